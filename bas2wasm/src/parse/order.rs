//! Lines in the order of their numbers, as GW-BASIC keeps them: where a listing has them in another
//! order, or one number twice, the text that LIST would show takes its place.
//!
//! In: the text of a file. Out: `None` if it is in order, or has lines without numbers.

use alloc::string::String;
use alloc::vec::Vec;

/// The lines sorted by their numbers; of several with one number, the last.
#[inline(never)]
pub(super) fn in_order(text: &str) -> Option<String> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let numbered: Option<Vec<(u32, &str)>> =
        lines.map(|line| number(line).map(|number| (number, line))).collect();
    let mut numbered = numbered?;
    if numbered.is_sorted_by(|a, b| a.0 < b.0) {
        return None;
    }
    numbered.sort_by_key(|line| line.0);
    let mut out = String::with_capacity(text.len() + 1);
    for (at, (number, line)) in numbered.iter().enumerate() {
        if numbered.get(at + 1).is_none_or(|next| next.0 != *number) {
            out.push_str(line);
            out.push('\n');
        }
    }
    Some(out)
}

/// The number that a line begins with.
fn number(line: &str) -> Option<u32> {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    line[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn lines_are_sorted_and_the_last_of_a_number_counts() {
        let sorted = in_order("30 C\n10 A\n20 B\n10 D\n").unwrap();
        assert_eq!(sorted, "10 D\n20 B\n30 C\n");
        assert_eq!(in_order("10 A\n20 B\n"), None);
        assert_eq!(in_order("20 A\nPRINT\n10 B\n"), None);
    }
}
