//! BASIC's random numbers: the 24-bit linear congruential generators of QuickBASIC and GW-BASIC,
//! which give the same numbers in every run unless RANDOMIZE says otherwise; or what the host has
//! decided ([`Fixed`]), which RANDOMIZE does not change.

use super::{Calls, give};
use ::alloc::collections::VecDeque;

pub(super) const CALLS: Calls = &[
    ("basic_rnd", |d, a, _| give(d.rnd.next(a.f32(0)))),
    ("basic_randomize", |d, a, _| {
        d.rnd.seed(a.f64(0));
        give(())
    }),
    ("basic_rnd_kind", |d, a, _| {
        d.rnd.start(a.i32(0) == 1);
        give(())
    }),
];

/// Random numbers that the host decides, so that a run repeats.
#[derive(Clone, Debug, Default)]
pub enum Fixed {
    /// The program's own RANDOMIZE counts.
    #[default]
    No,
    /// The generator starts here.
    Seed(f64),
    /// These numbers first, one for each RND; then the generator's. `RND(0)`, which repeats the last
    /// number, takes it only if it is there again: a recording may have it so or not.
    Numbers(VecDeque<f32>),
}

/// The generator's 24 bits, and whose it is.
pub(super) struct Rnd {
    bits: u32,
    gw: bool,
    last: f32,
    fixed: Fixed,
}

impl Default for Rnd {
    fn default() -> Self {
        Self::new(false)
    }
}

impl Rnd {
    fn new(gw: bool) -> Self {
        let bits = if gw { 5_228_370 } else { 327_680 };
        Self { bits, gw, last: bits as f32 / 16_777_216.0, fixed: Fixed::No }
    }

    /// What the host has decided; the generator starts anew.
    pub(super) fn fix(&mut self, fixed: Fixed) {
        *self = Self { fixed, ..Self::new(self.gw) };
        if let Fixed::Seed(seed) = self.fixed {
            self.mix(seed);
        }
    }

    /// Chooses the generator and starts it.
    fn start(&mut self, gw: bool) {
        self.gw = gw;
        let fixed = core::mem::take(&mut self.fixed);
        self.fix(fixed);
    }

    fn step(&mut self) {
        let (factor, term) = if self.gw { (214_013, 2_531_011) } else { (16_598_013, 12_820_163) };
        self.bits = self.bits.wrapping_mul(factor).wrapping_add(term) & 0xFF_FFFF;
    }

    fn next(&mut self, x: f32) -> f32 {
        if x == 0.0 {
            self.skip_repeated();
            return self.last;
        }
        self.last = match &mut self.fixed {
            Fixed::Numbers(numbers) if !numbers.is_empty() => numbers.pop_front().unwrap_or(0.0),
            _ => self.generated(x),
        };
        self.last
    }

    fn skip_repeated(&mut self) {
        if let Fixed::Numbers(numbers) = &mut self.fixed {
            // Recordings have six digits or more.
            numbers.pop_front_if(|next| (*next - self.last).abs() < 1e-6);
        }
    }

    fn generated(&mut self, x: f32) -> f32 {
        if x < 0.0 {
            let bits = x.to_bits();
            self.bits = match self.gw {
                // The mantissa with its leading one.
                true => bits & 0x7F_FFFF | 0x80_0000,
                false => bits.wrapping_add(bits >> 24) & 0xFF_FFFF,
            };
        }
        self.step();
        self.bits as f32 / 16_777_216.0
    }

    /// RANDOMIZE.
    fn seed(&mut self, seed: f64) {
        if matches!(self.fixed, Fixed::No) {
            self.mix(seed);
        }
    }

    /// QuickBASIC: the upper half of the number's bits, folded, become bits 8 to 23. GW-BASIC:
    /// so many multiples of a constant are added.
    fn mix(&mut self, seed: f64) {
        let high = (seed.to_bits() >> 32) as u32;
        let folded = (high ^ high >> 16) & 0xFFFF;
        if !self.gw {
            self.bits = folded << 8 | self.bits & 0xFF;
            return;
        }
        let whole = seed as i16;
        let number = if f64::from(whole) == seed { whole } else { folded as i16 };
        self.bits &= 0xFF;
        self.step();
        let more = i32::from(number).wrapping_mul(4_455_680) as u32;
        self.bits = self.bits.wrapping_add(more) & 0xFF_FFFF;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_numbers_are_quickbasics() {
        let mut rnd = Rnd::default();
        let first: [f32; 3] = core::array::from_fn(|_| rnd.next(1.0));
        assert_eq!(first, [0.705_547_5, 0.533_424, 0.579_518_6]);
        assert_eq!(rnd.next(0.0), first[2]);
    }

    #[test]
    fn first_numbers_are_gw_basics() {
        let mut rnd = Rnd::new(true);
        let first: [f32; 3] = core::array::from_fn(|_| rnd.next(1.0));
        assert_eq!(first, [0.121_350_11, 0.651_860_95, 0.868_861_14]);
        // PC-BASIC 2.0.8, after five numbers: RND(-5), RND(1), then RANDOMIZE 42 and two more.
        assert_eq!([rnd.next(-5.0), rnd.next(1.0)], [0.275_86, 0.779_517_77]);
        rnd.seed(42.0);
        assert_eq!([rnd.next(1.0), rnd.next(1.0)], [0.510_204_55, 0.557_990_5]);
    }

    #[test]
    fn fixed_numbers_come_first_and_a_seed_stays() {
        let mut rnd = Rnd::new(true);
        rnd.fix(Fixed::Numbers([0.25, 0.75].into()));
        rnd.seed(9.0);
        assert_eq!([rnd.next(1.0), rnd.next(0.0), rnd.next(1.0)], [0.25, 0.25, 0.75]);
        assert_eq!(rnd.next(1.0), 0.121_350_11);
        rnd.fix(Fixed::Numbers([0.25, 0.25, 0.75].into()));
        assert_eq!([rnd.next(1.0), rnd.next(0.0), rnd.next(1.0)], [0.25, 0.25, 0.75]);
        rnd.fix(Fixed::Seed(42.0));
        let first = rnd.next(1.0);
        rnd.start(true);
        rnd.seed(1.0);
        assert_eq!(rnd.next(1.0), first);
    }

    #[test]
    fn negative_depends_on_the_argument_alone() {
        let mut rnd = Rnd::default();
        let a = rnd.next(-5.0);
        rnd.next(1.0);
        assert_eq!(rnd.next(-5.0), a);
    }
}
