//! Vectors that live as long as a compilation grow by a quarter, not to the double: on a device
//! the room that is kept for later is what runs out.

use alloc::vec::Vec;

/// Bytes of a vector that is not worth making room in twice.
const SMALL: usize = 64;

/// Appends `item`, in constant time on average.
pub fn push<T>(vec: &mut Vec<T>, item: T) {
    if vec.len() == vec.capacity() {
        let few = (SMALL / size_of::<T>().max(1)).max(1);
        vec.reserve_exact(vec.len() / 4 + few);
    }
    vec.push(item);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_at_most_is_left_free() {
        let mut vec = Vec::new();
        for i in 0..10_000 {
            push(&mut vec, i);
            assert!(vec.capacity() <= vec.len() + vec.len() / 4 + SMALL / 4);
        }
    }
}
