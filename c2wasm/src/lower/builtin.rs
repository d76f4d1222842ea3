//! Builtin operations as instructions.

use super::function::Lowering;
use super::types::{ir_type, store_op};
use crate::check::tree::{Builtin, ExprId};
use crate::types::Ty;
use wasm_common::ir::{BinOp, NaryOp, Type, UnOp, Value};

impl Lowering<'_> {
    pub(super) fn builtin(&mut self, builtin: Builtin, operands: &[ExprId]) -> Option<Value> {
        if matches!(builtin, Builtin::AddOverflow | Builtin::SubOverflow | Builtin::MulOverflow) {
            return Some(self.overflow(builtin, operands));
        }
        let from = operands.first().map_or(Ty::INT, |&id| self.ty(id));
        let values: alloc::vec::Vec<Value> = operands.iter().map(|&id| self.value(id)).collect();
        let ir = ir_type(self.types(), from);
        Some(match (builtin, &values[..]) {
            (Builtin::MemoryCopy, &[to, from, size]) => {
                self.builder.nary(NaryOp::MemoryCopy, &[to, from, size]);
                to
            }
            (Builtin::MemoryFill, &[to, byte, size]) => {
                self.builder.nary(NaryOp::MemoryFill, &[to, byte, size]);
                to
            }
            (Builtin::MemorySize, _) => return self.builder.nary(NaryOp::MemorySize, &[]),
            (Builtin::MemoryGrow, &[_, pages]) => {
                return self.builder.nary(NaryOp::MemoryGrow, &[pages]);
            }
            (Builtin::Alloca, &[size]) => {
                self.allocas += 1;
                return self.builder.nary(NaryOp::StackAlloc, &[size]);
            }
            (Builtin::Trap, _) => return self.stop(),
            (Builtin::Exit, &[status]) => {
                let global = self.program.exit_global();
                self.builder.global_set(global, status);
                return self.stop();
            }
            (Builtin::VaStart, _) => {
                let none = self.builder.i32_const(0);
                self.variadic.unwrap_or(none)
            }
            (Builtin::HeapBase, _) => {
                let symbol = self.program.heap_base();
                self.builder.symbol_addr(symbol, 0)
            }
            (Builtin::FrameAddress, _) => self.builder.i32_const(0),
            (Builtin::Fence, _) => return None,
            (_, &[a]) => self.unary_builtin(builtin, a, ir),
            (_, &[a, b]) => self.binary_builtin(builtin, a, b, ir),
            _ => return None,
        })
    }

    /// Traps; what follows is dead.
    fn stop(&mut self) -> Option<Value> {
        self.builder.unreachable();
        let dead = self.builder.create_block();
        self.builder.seal(dead);
        self.builder.switch_to(dead);
        None
    }

    fn unary_builtin(&mut self, builtin: Builtin, a: Value, ir: Type) -> Value {
        let wide = ir == Type::I64;
        let single = ir == Type::F32;
        let pick = |narrow: UnOp, other: UnOp| if wide { other } else { narrow };
        let float = |f32: UnOp, f64: UnOp| if single { f32 } else { f64 };
        let op = match builtin {
            Builtin::Clz => pick(UnOp::I32Clz, UnOp::I64Clz),
            Builtin::Ctz => pick(UnOp::I32Ctz, UnOp::I64Ctz),
            Builtin::Popcount | Builtin::Parity => pick(UnOp::I32Popcnt, UnOp::I64Popcnt),
            Builtin::Sqrt => float(UnOp::F32Sqrt, UnOp::F64Sqrt),
            Builtin::Floor => float(UnOp::F32Floor, UnOp::F64Floor),
            Builtin::Ceil => float(UnOp::F32Ceil, UnOp::F64Ceil),
            Builtin::Trunc => float(UnOp::F32Trunc, UnOp::F64Trunc),
            Builtin::Nearest => float(UnOp::F32Nearest, UnOp::F64Nearest),
            Builtin::Fabs => float(UnOp::F32Abs, UnOp::F64Abs),
            Builtin::Abs => return self.absolute(a, wide),
            Builtin::Ffs => return self.find_first_set(a, wide),
            Builtin::Clrsb => return self.redundant_sign_bits(a, wide),
            Builtin::Bswap16 => return self.swap16(a),
            Builtin::Bswap => return self.swap(a, wide),
            _ => return self.classify(builtin, a, single),
        };
        let value = self.builder.unary(op, a);
        let value = match builtin {
            Builtin::Clz | Builtin::Ctz | Builtin::Popcount | Builtin::Parity if wide => {
                self.builder.unary(UnOp::I32WrapI64, value)
            }
            _ => value,
        };
        if builtin == Builtin::Parity {
            let one = self.builder.i32_const(1);
            return self.builder.binary(BinOp::I32And, value, one);
        }
        value
    }

    fn binary_builtin(&mut self, builtin: Builtin, a: Value, b: Value, ir: Type) -> Value {
        let op = match (builtin, ir) {
            (Builtin::CopySign, Type::F32) => BinOp::F32Copysign,
            (Builtin::CopySign, _) => BinOp::F64Copysign,
            (Builtin::RotateLeft, Type::I64) => BinOp::I64Rotl,
            (Builtin::RotateLeft, _) => BinOp::I32Rotl,
            (Builtin::RotateRight, Type::I64) => BinOp::I64Rotr,
            (Builtin::RotateRight, _) => BinOp::I32Rotr,
            _ => {
                // Unordered: one of them is not equal to itself.
                let ne = if ir == Type::F32 { BinOp::F32Ne } else { BinOp::F64Ne };
                let (a, b) = (self.builder.binary(ne, a, a), self.builder.binary(ne, b, b));
                return self.builder.binary(BinOp::I32Or, a, b);
            }
        };
        self.builder.binary(op, a, b)
    }

    fn absolute(&mut self, a: Value, wide: bool) -> Value {
        let (zero, sub, lt) = match wide {
            true => (self.builder.i64_const(0), BinOp::I64Sub, BinOp::I64LtS),
            false => (self.builder.i32_const(0), BinOp::I32Sub, BinOp::I32LtS),
        };
        let minus = self.builder.binary(sub, zero, a);
        let negative = self.builder.binary(lt, a, zero);
        self.builder.select(minus, a, negative)
    }

    /// One more than the lowest bit that is set, or 0.
    fn find_first_set(&mut self, a: Value, wide: bool) -> Value {
        let count = self.builder.unary(if wide { UnOp::I64Ctz } else { UnOp::I32Ctz }, a);
        let count = if wide { self.builder.unary(UnOp::I32WrapI64, count) } else { count };
        let one = self.builder.i32_const(1);
        let next = self.builder.binary(BinOp::I32Add, count, one);
        let zero = self.builder.i32_const(0);
        let set = self.is_not_zero(a);
        self.builder.select(next, zero, set)
    }

    /// Bits below the sign bit that equal it: leading zeros of `a ^ (a >> all)`, less one.
    fn redundant_sign_bits(&mut self, a: Value, wide: bool) -> Value {
        if wide {
            let count = self.builder.i64_const(63);
            let sign = self.builder.binary(BinOp::I64ShrS, a, count);
            let bits = self.builder.binary(BinOp::I64Xor, a, sign);
            let zeros = self.builder.unary(UnOp::I64Clz, bits);
            let zeros = self.builder.unary(UnOp::I32WrapI64, zeros);
            let one = self.builder.i32_const(1);
            return self.builder.binary(BinOp::I32Sub, zeros, one);
        }
        let count = self.builder.i32_const(31);
        let sign = self.builder.binary(BinOp::I32ShrS, a, count);
        let bits = self.builder.binary(BinOp::I32Xor, a, sign);
        let zeros = self.builder.unary(UnOp::I32Clz, bits);
        let one = self.builder.i32_const(1);
        self.builder.binary(BinOp::I32Sub, zeros, one)
    }

    fn swap16(&mut self, a: Value) -> Value {
        let swapped = self.swap(a, false);
        let count = self.builder.i32_const(16);
        self.builder.binary(BinOp::I32ShrU, swapped, count)
    }

    /// Bytes in the other order: 32 bits by two rotations, 64 as two halves.
    fn swap(&mut self, a: Value, wide: bool) -> Value {
        if wide {
            let low = self.builder.unary(UnOp::I32WrapI64, a);
            let count = self.builder.i64_const(32);
            let high = self.builder.binary(BinOp::I64ShrU, a, count);
            let high = self.builder.unary(UnOp::I32WrapI64, high);
            let (low, high) = (self.swap(low, false), self.swap(high, false));
            let low = self.builder.unary(UnOp::I64ExtendI32U, low);
            let high = self.builder.unary(UnOp::I64ExtendI32U, high);
            let up = self.builder.binary(BinOp::I64Shl, low, count);
            return self.builder.binary(BinOp::I64Or, up, high);
        }
        let eight = self.builder.i32_const(8);
        let odd = self.builder.i32_const(0x00FF_00FF);
        let even = self.builder.i32_const(0xFF00_FF00_u32 as i32);
        let left = self.builder.binary(BinOp::I32Rotl, a, eight);
        let left = self.builder.binary(BinOp::I32And, left, odd);
        let right = self.builder.binary(BinOp::I32Rotr, a, eight);
        let right = self.builder.binary(BinOp::I32And, right, even);
        self.builder.binary(BinOp::I32Or, left, right)
    }

    /// Tests of floating values on their bits.
    fn classify(&mut self, builtin: Builtin, a: Value, single: bool) -> Value {
        let (ne, abs) = match single {
            true => (BinOp::F32Ne, UnOp::F32Abs),
            false => (BinOp::F64Ne, UnOp::F64Abs),
        };
        match builtin {
            Builtin::IsNan => self.builder.binary(ne, a, a),
            Builtin::SignBit => {
                if single {
                    let bits = self.builder.unary(UnOp::I32ReinterpretF32, a);
                    let count = self.builder.i32_const(31);
                    return self.builder.binary(BinOp::I32ShrU, bits, count);
                }
                let bits = self.builder.unary(UnOp::I64ReinterpretF64, a);
                let count = self.builder.i64_const(63);
                let sign = self.builder.binary(BinOp::I64ShrU, bits, count);
                self.builder.unary(UnOp::I32WrapI64, sign)
            }
            _ => {
                let size = self.builder.unary(abs, a);
                self.compare_magnitude(builtin, size, single)
            }
        }
    }

    fn compare_magnitude(&mut self, builtin: Builtin, size: Value, single: bool) -> Value {
        let infinity = if single {
            self.builder.f32_const(f32::INFINITY)
        } else {
            self.builder.f64_const(f64::INFINITY)
        };
        let (eq, lt, ge) = match single {
            true => (BinOp::F32Eq, BinOp::F32Lt, BinOp::F32Ge),
            false => (BinOp::F64Eq, BinOp::F64Lt, BinOp::F64Ge),
        };
        match builtin {
            Builtin::IsInf => self.builder.binary(eq, size, infinity),
            Builtin::IsFinite => self.builder.binary(lt, size, infinity),
            _ => {
                let least = if single {
                    self.builder.f32_const(f32::MIN_POSITIVE)
                } else {
                    self.builder.f64_const(f64::MIN_POSITIVE)
                };
                let finite = self.builder.binary(lt, size, infinity);
                let large = self.builder.binary(ge, size, least);
                self.builder.binary(BinOp::I32And, finite, large)
            }
        }
    }

    /// `__builtin_add_overflow` and kin: computed exactly in 128 bits as far as needed.
    fn overflow(&mut self, builtin: Builtin, operands: &[ExprId]) -> Value {
        let &[a, b, result] = operands else { return self.builder.i32_const(0) };
        let types = self.types();
        let to = types.pointee(self.ty(result)).map_or(Ty::INT, |to| to.ty);
        let (ta, tb) = (self.ty(a), self.ty(b));
        let (a, b, pointer) = (self.value(a), self.value(b), self.value(result));
        let (a, a_high) = self.widened(a, ta);
        let (b, b_high) = self.widened(b, tb);
        let (low, high) = match builtin {
            Builtin::MulOverflow => self.wide_product(a, a_high, b, b_high),
            Builtin::AddOverflow => {
                let low = self.builder.binary(BinOp::I64Add, a, b);
                let carry = self.builder.binary(BinOp::I64LtU, low, a);
                let carry = self.builder.unary(UnOp::I64ExtendI32U, carry);
                let high = self.builder.binary(BinOp::I64Add, a_high, b_high);
                (low, self.builder.binary(BinOp::I64Add, high, carry))
            }
            _ => {
                let low = self.builder.binary(BinOp::I64Sub, a, b);
                let borrow = self.builder.binary(BinOp::I64LtU, a, b);
                let borrow = self.builder.unary(UnOp::I64ExtendI32U, borrow);
                let high = self.builder.binary(BinOp::I64Sub, a_high, b_high);
                (low, self.builder.binary(BinOp::I64Sub, high, borrow))
            }
        };
        let wide = if self.types().is_signed(to) { Ty::LLONG } else { Ty::ULLONG };
        let stored = self.convert_value(low, wide, to);
        let op = store_op(self.types(), to);
        self.builder.store(op, pointer, stored, 0);
        // It fits if what was stored, extended, is the exact result.
        let (back, back_high) = self.widened(stored, to);
        let low_differs = self.builder.binary(BinOp::I64Ne, back, low);
        let high_differs = self.builder.binary(BinOp::I64Ne, back_high, high);
        self.builder.binary(BinOp::I32Or, low_differs, high_differs)
    }

    /// A value extended to 128 bits: low and high half.
    fn widened(&mut self, value: Value, ty: Ty) -> (Value, Value) {
        let signed = self.types().is_signed(ty);
        let wide = if signed { Ty::LLONG } else { Ty::ULLONG };
        let low = self.convert_value(value, ty, wide);
        if !signed {
            return (low, self.builder.i64_const(0));
        }
        let count = self.builder.i64_const(63);
        (low, self.builder.binary(BinOp::I64ShrS, low, count))
    }

    /// The product of two 128-bit numbers, modulo 2^128.
    fn wide_product(&mut self, a: Value, a_high: Value, b: Value, b_high: Value) -> (Value, Value) {
        let mask = self.builder.i64_const(0xFFFF_FFFF);
        let half = self.builder.i64_const(32);
        let (a0, b0) = (
            self.builder.binary(BinOp::I64And, a, mask),
            self.builder.binary(BinOp::I64And, b, mask),
        );
        let (a1, b1) = (
            self.builder.binary(BinOp::I64ShrU, a, half),
            self.builder.binary(BinOp::I64ShrU, b, half),
        );
        let p00 = self.builder.binary(BinOp::I64Mul, a0, b0);
        let p01 = self.builder.binary(BinOp::I64Mul, a0, b1);
        let p10 = self.builder.binary(BinOp::I64Mul, a1, b0);
        let p11 = self.builder.binary(BinOp::I64Mul, a1, b1);
        let carry = self.builder.binary(BinOp::I64ShrU, p00, half);
        let middle = self.builder.binary(BinOp::I64Add, p01, carry);
        let middle_low = self.builder.binary(BinOp::I64And, middle, mask);
        let middle_high = self.builder.binary(BinOp::I64ShrU, middle, half);
        let other = self.builder.binary(BinOp::I64Add, p10, middle_low);
        let other_high = self.builder.binary(BinOp::I64ShrU, other, half);
        let high = self.builder.binary(BinOp::I64Add, p11, middle_high);
        let high = self.builder.binary(BinOp::I64Add, high, other_high);
        let cross = self.builder.binary(BinOp::I64Mul, a_high, b);
        let high = self.builder.binary(BinOp::I64Add, high, cross);
        let cross = self.builder.binary(BinOp::I64Mul, a, b_high);
        let high = self.builder.binary(BinOp::I64Add, high, cross);
        (self.builder.binary(BinOp::I64Mul, a, b), high)
    }
}
