//! Vectors that live as long as a compilation grow by a quarter, not to the double: on a device
//! the room that is kept for later is what runs out.

use alloc::vec::Vec;

/// Appends `item`, in constant time on average.
pub fn push<T>(vec: &mut Vec<T>, item: T) {
    if vec.len() == vec.capacity() {
        vec.reserve_exact(vec.len() / 4 + 8);
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
            assert!(vec.capacity() <= vec.len() + vec.len() / 4 + 8);
        }
    }
}
