//! A growing bitmap with searches by word.

use alloc::vec::Vec;

/// Bits that are all 0 until set; only as long as the highest bit ever set needs.
#[derive(Clone, Debug, Default)]
pub(super) struct Bits {
    words: Vec<u32>,
}

impl Bits {
    pub(super) fn get(&self, index: u32) -> bool {
        self.word(index / 32) >> (index % 32) & 1 != 0
    }

    /// The word of bits `32 * number ..`; 0 past the end.
    fn word(&self, number: u32) -> u32 {
        self.words.get(number as usize).copied().unwrap_or(0)
    }

    pub(super) fn set(&mut self, index: u32) {
        self.fill(index, index + 1, true);
    }

    pub(super) fn clear(&mut self, index: u32) {
        self.fill(index, index + 1, false);
    }

    /// Gives the bits `from .. to` one value.
    pub(super) fn fill(&mut self, from: u32, to: u32, value: bool) {
        if value && self.words.len() < to.div_ceil(32) as usize {
            self.words.resize(to.div_ceil(32) as usize, 0);
        }
        let mut at = from;
        while at < to {
            let bits = (32 - at % 32).min(to - at);
            let mask = (u32::MAX >> (32 - bits)) << (at % 32);
            if let Some(word) = self.words.get_mut((at / 32) as usize) {
                *word = if value { *word | mask } else { *word & !mask };
            }
            at += bits;
        }
    }

    /// The first bit from `from` on that is set, or `limit` when none before it is.
    pub(super) fn next_set(&self, from: u32, limit: u32) -> u32 {
        self.next(from, limit, 0)
    }

    /// The first bit from `from` on that is clear, or `limit` when none before it is.
    pub(super) fn next_clear(&self, from: u32, limit: u32) -> u32 {
        self.next(from, limit, u32::MAX)
    }

    /// The first bit in `from .. limit` that differs from those of `skip`, all 0 or all 1.
    fn next(&self, from: u32, limit: u32, skip: u32) -> u32 {
        let mut at = from;
        while at < limit {
            let rest = (self.word(at / 32) ^ skip) >> (at % 32);
            if rest != 0 {
                return (at + rest.trailing_zeros()).min(limit);
            }
            at = (at / 32 + 1) * 32;
            if skip == 0 && (at / 32) as usize >= self.words.len() {
                break;
            }
        }
        limit
    }
}
