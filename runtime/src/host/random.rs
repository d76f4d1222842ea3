//! BASIC's random numbers: the 24-bit linear congruential generator of QuickBASIC, which gives
//! the same numbers in every run unless RANDOMIZE says otherwise.

use super::{Calls, give};

pub(super) const CALLS: Calls = &[
    ("basic_rnd", |d, a, _| give(d.rnd.next(a.f32(0)))),
    ("basic_randomize", |d, a, _| {
        d.rnd.seed(a.f64(0));
        give(())
    }),
];

/// The generator's 24 bits.
pub(super) struct Rnd(u32);

impl Default for Rnd {
    fn default() -> Self {
        Self(327_680)
    }
}

impl Rnd {
    fn next(&mut self, x: f32) -> f32 {
        if x < 0.0 {
            let bits = x.to_bits();
            self.0 = bits.wrapping_add(bits >> 24) & 0xFF_FFFF;
        }
        if x != 0.0 {
            self.0 = self.0.wrapping_mul(16_598_013).wrapping_add(12_820_163) & 0xFF_FFFF;
        }
        self.0 as f32 / 16_777_216.0
    }

    /// The upper half of the number's bits, folded, become bits 8 to 23.
    fn seed(&mut self, seed: f64) {
        let high = (seed.to_bits() >> 32) as u32;
        let folded = (high ^ high >> 16) & 0xFFFF;
        self.0 = folded << 8 | self.0 & 0xFF;
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
    fn negative_depends_on_the_argument_alone() {
        let mut rnd = Rnd::default();
        let a = rnd.next(-5.0);
        rnd.next(1.0);
        assert_eq!(rnd.next(-5.0), a);
    }
}
