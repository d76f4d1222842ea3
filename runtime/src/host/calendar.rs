//! Dates of the proleptic Gregorian calendar from seconds since 1970.

/// A moment in local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) year: i32,
    /// 1 to 12.
    pub(super) month: u32,
    /// 1 to 31.
    pub(super) day: u32,
    /// 1 to 366.
    pub(super) day_of_year: u32,
    /// 0 Sunday to 6.
    pub(super) weekday: u32,
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
}

const DAY: i64 = 86_400;

/// Whether `year` has 366 days.
pub(super) fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The moment `seconds` after 1970-01-01 00:00; seconds beyond a hundred thousand years are
/// clamped.
pub(super) fn moment(seconds: i64) -> Moment {
    const LIMIT: i64 = 100_000 * 366 * DAY;
    let seconds = seconds.clamp(-LIMIT, LIMIT);
    let (days, rest) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY) as u32);
    // Years that begin in March put the leap day last; 400 of them are an era of 146,097 days.
    // The epoch is day 719,468 of era 0.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let leap_days = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day + 2) / 153;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = (year_of_era + era * 400 + i64::from(month <= 2)) as i32;
    // Day 306 of a March year is the first of January.
    let before_march = 59 + i64::from(is_leap(year));
    let day_of_year = if month <= 2 { day - 306 } else { day + before_march };
    Moment {
        year,
        month: month as u32,
        day: (day - (153 * month_from_march + 2) / 5 + 1) as u32,
        day_of_year: day_of_year as u32 + 1,
        weekday: (days + 4).rem_euclid(7) as u32,
        hour: rest / 3600,
        minute: rest / 60 % 60,
        second: rest % 60,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next_day(m: Moment) -> Moment {
        let lengths = [31, 28 + u32::from(is_leap(m.year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let mut next = m;
        next.weekday = (m.weekday + 1) % 7;
        next.day += 1;
        next.day_of_year += 1;
        if next.day > lengths[m.month as usize - 1] {
            (next.day, next.month) = (1, m.month + 1);
        }
        if next.month > 12 {
            (next.month, next.year, next.day_of_year) = (1, m.year + 1, 1);
        }
        next
    }

    #[test]
    fn counts_days_as_a_calendar_on_the_wall() {
        let mut expected = moment(0);
        assert_eq!(
            (expected.year, expected.month, expected.day, expected.weekday),
            (1970, 1, 1, 4)
        );
        assert_eq!(expected.day_of_year, 1);
        for day in 1..200_000 {
            expected = next_day(expected);
            assert_eq!(moment(day * DAY), expected);
        }
    }

    #[test]
    fn time_of_day_and_before_1970() {
        let m = moment(-1);
        assert_eq!((m.year, m.month, m.day), (1969, 12, 31));
        assert_eq!((m.hour, m.minute, m.second), (23, 59, 59));
        moment(i64::MAX);
        moment(i64::MIN);
    }
}
