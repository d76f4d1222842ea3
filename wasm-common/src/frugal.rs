//! Vectors that live as long as a compilation grow by a quarter, not to the double: on a device
//! the room that is kept for later is what runs out. What is large and short-lived lies in chunks,
//! which never move: a block that moves is there twice for a while.

use alloc::vec::Vec;
use core::ops::{Index, IndexMut};

/// Bytes of a vector that is not worth making room in twice.
const SMALL: usize = 64;

/// Appends `item`, in constant time on average.
#[cfg_attr(not(feature = "std"), inline(never))]
pub fn push<T>(vec: &mut Vec<T>, item: T) {
    if vec.len() == vec.capacity() {
        grow(vec);
    }
    vec.push(item);
}

/// Not where it is needed, which is in a hundred places.
#[cold]
#[inline(never)]
fn grow<T>(vec: &mut Vec<T>) {
    let few = (SMALL / size_of::<T>().max(1)).max(1);
    vec.reserve_exact(vec.len() / 4 + few);
}

/// Makes `vec` at least `len` long, with `item` in the new places.
pub fn lengthen<T: Clone>(vec: &mut Vec<T>, len: usize, item: T) {
    if vec.len() < len {
        if vec.capacity() < len {
            vec.reserve_exact(len - vec.len() + len / 8);
        }
        vec.resize(len, item);
    }
}

/// A number that stands for a text whose bytes are elsewhere: FNV-1a, 32 bits, its high half folded
/// in, since keys are short and the low bits are what is looked at first.
pub fn hash(text: &str) -> u32 {
    let hash =
        text.bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    hash ^ (hash >> 15)
}

/// Items of a chunk.
const CHUNK: usize = 32;

/// A list whose items never move.
#[derive(Clone, Debug)]
pub struct Chunks<T> {
    /// All are full but the last.
    chunks: Vec<Vec<T>>,
}

impl<T> Chunks<T> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.chunks.last().map_or(0, |last| (self.chunks.len() - 1) * CHUNK + last.len())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// The items.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flatten()
    }

    /// Appends an item.
    pub fn push(&mut self, item: T) {
        match self.chunks.last_mut() {
            Some(last) if last.len() < CHUNK => last.push(item),
            _ => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push(item);
                push(&mut self.chunks, chunk);
            }
        }
    }

    /// Drops the items behind the first `len`.
    pub fn truncate(&mut self, len: usize) {
        self.chunks.truncate(len.div_ceil(CHUNK));
        if let Some(before) = self.chunks.len().checked_sub(1) {
            self.chunks[before].truncate(len.saturating_sub(before * CHUNK));
        }
    }
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<T> Index<usize> for Chunks<T> {
    type Output = T;

    /// # Panics
    /// Beyond the last item.
    fn index(&self, at: usize) -> &T {
        &self.chunks[at / CHUNK][at % CHUNK]
    }
}

impl<T> IndexMut<usize> for Chunks<T> {
    fn index_mut(&mut self, at: usize) -> &mut T {
        &mut self.chunks[at / CHUNK][at % CHUNK]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_a_list() {
        let mut chunks = Chunks::default();
        assert!(chunks.is_empty());
        for i in 0..3 * CHUNK {
            assert_eq!(chunks.len(), i);
            chunks.push(i);
        }
        chunks[CHUNK] = 7;
        for len in (0..=3 * CHUNK).rev() {
            chunks.truncate(len);
            assert_eq!(chunks.len(), len);
            assert!(
                chunks.iter().enumerate().all(|(at, &i)| i == if at == CHUNK { 7 } else { at })
            );
            assert!((0..len).zip(chunks.iter()).all(|(at, i)| chunks[at] == *i));
        }
    }

    #[test]
    fn a_fifth_at_most_is_left_free() {
        let mut vec = Vec::new();
        for i in 0..10_000 {
            push(&mut vec, i);
            assert!(vec.capacity() <= vec.len() + vec.len() / 4 + SMALL / 4);
        }
    }
}
