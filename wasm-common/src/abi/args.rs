//! Packing of the argument block: a wasm32 `va_list`.
//!
//! In: the types of the arguments, in order. Out: the offset of each. i32 and pointers take 4
//! bytes at 4-alignment; i64 and f64 take 8 at 8-alignment; f32 is promoted to f64 before it
//! gets here. The compilers use it to store, the host to read.

use super::imports::ValType;

/// Hands out the offsets of one argument after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Packing {
    next: u32,
}

impl Packing {
    /// Before the first argument.
    pub const fn new() -> Self {
        Self { next: 0 }
    }

    /// The offset of the next argument, of type `ty` (F32 is taken as the F64 it is promoted to).
    /// Offsets saturate, so that a hostile list ends outside every block instead of wrapping.
    pub const fn place(&mut self, ty: ValType) -> u32 {
        let size = match ty {
            ValType::I32 => 4,
            ValType::I64 | ValType::F32 | ValType::F64 => 8,
        };
        let at = match self.next.checked_next_multiple_of(size) {
            Some(at) => at,
            None => u32::MAX,
        };
        self.next = at.saturating_add(size);
        at
    }

    /// Bytes taken so far: what must fit in [`super::memory_map::ARG_BLOCK_SIZE`].
    pub const fn size(&self) -> u32 {
        self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ValType::{F32, F64, I32, I64};

    #[test]
    fn places_as_clang_does_for_wasm32() {
        let mut p = Packing::new();
        let at = [I32, I64, I32, F64, F32, I32, I32].map(|t| p.place(t));
        assert_eq!(at, [0, 8, 16, 24, 32, 40, 44]);
        assert_eq!(p.size(), 48);
    }

    #[test]
    fn saturates() {
        let mut p = Packing { next: u32::MAX - 3 };
        assert_eq!(p.place(I64), u32::MAX);
        assert_eq!(p.place(I64), u32::MAX);
    }
}
