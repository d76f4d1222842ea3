//! Arithmetic types: ranks, promotions, conversions (C11 6.3.1).

use super::{Ty, TypeKind, Types};

impl Types {
    /// Whether `ty` is an integer type (`_Bool`, characters, enumerations too).
    pub fn is_integer(&self, ty: Ty) -> bool {
        (Ty::BOOL..=Ty::ULLONG).contains(&ty) || matches!(self.kind(ty), TypeKind::Enum(_))
    }

    /// Whether `ty` is `float`, `double` or `long double`.
    pub fn is_float(&self, ty: Ty) -> bool {
        (Ty::FLOAT..=Ty::LDOUBLE).contains(&ty)
    }

    /// Whether `ty` is an integer or floating type.
    pub fn is_arithmetic(&self, ty: Ty) -> bool {
        self.is_integer(ty) || self.is_float(ty)
    }

    /// Whether `ty` is a pointer type.
    pub fn is_pointer(&self, ty: Ty) -> bool {
        matches!(self.kind(ty), TypeKind::Pointer(_))
    }

    /// Whether `ty` is arithmetic, a pointer or `nullptr_t`.
    pub fn is_scalar(&self, ty: Ty) -> bool {
        self.is_arithmetic(ty) || self.is_pointer(ty) || ty == Ty::NULLPTR
    }

    /// Whether `ty` is a struct or union.
    pub fn is_record(&self, ty: Ty) -> bool {
        matches!(self.kind(ty), TypeKind::Record(_))
    }

    /// Whether `ty` is `char`, `signed char` or `unsigned char`.
    pub fn is_character(&self, ty: Ty) -> bool {
        (Ty::CHAR..=Ty::UCHAR).contains(&ty)
    }

    /// The integer type that represents `ty`: the underlying type of an enumeration.
    pub fn represented(&self, ty: Ty) -> Ty {
        match self.kind(ty) {
            TypeKind::Enum(id) => self.enumeration(*id).underlying,
            _ => ty,
        }
    }

    /// Whether the integer type `ty` has negative values. Pointers have none.
    pub fn is_signed(&self, ty: Ty) -> bool {
        let ty = self.represented(ty);
        [Ty::CHAR, Ty::SCHAR, Ty::SHORT, Ty::INT, Ty::LONG, Ty::LLONG].contains(&ty)
    }

    /// Width of an integer or pointer type in bits, with the sign; 1 for `_Bool`.
    pub fn bits(&self, ty: Ty) -> u32 {
        match ty {
            Ty::BOOL => 1,
            _ => self.size(ty).unwrap_or(4) * 8,
        }
    }

    /// `bits` of `value` as a value of the integer or pointer type `ty`: cut, then sign- or
    /// zero-extended to 64 bits. `_Bool` must have been compared with 0 before.
    pub fn wrap(&self, ty: Ty, value: u64) -> u64 {
        let spare = 64 - self.bits(ty);
        match self.is_signed(ty) {
            true => ((value << spare) as i64 >> spare) as u64,
            false => value << spare >> spare,
        }
    }

    /// The integer promotions (6.3.1.1p2); other types stay.
    pub fn promote(&self, ty: Ty) -> Ty {
        let ty = self.represented(ty);
        match ty {
            Ty::BOOL | Ty::CHAR | Ty::SCHAR | Ty::UCHAR | Ty::SHORT | Ty::USHORT => Ty::INT,
            _ => ty,
        }
    }

    /// The type that a bit-field of declared type `ty` and `width` bits promotes to: `int` if it
    /// holds all its values, `unsigned` if that does, else the declared type.
    pub fn promote_bits(&self, ty: Ty, width: u32) -> Ty {
        let ty = self.represented(ty);
        match width {
            ..32 => Ty::INT,
            32 if self.is_signed(ty) => Ty::INT,
            32 => Ty::UINT,
            _ => ty,
        }
    }

    /// The default argument promotions (6.5.2.2p6).
    pub fn promote_argument(&self, ty: Ty) -> Ty {
        if ty == Ty::FLOAT { Ty::DOUBLE } else { self.promote(ty) }
    }

    /// The usual arithmetic conversions (6.3.1.8): the common type of two arithmetic types.
    pub fn common(&self, a: Ty, b: Ty) -> Ty {
        for float in [Ty::LDOUBLE, Ty::DOUBLE, Ty::FLOAT] {
            if a == float || b == float {
                return float;
            }
        }
        let (a, b) = (self.promote(a), self.promote(b));
        // Ranks ascend with the numbers: int, unsigned, long, unsigned long, ...
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        if self.is_signed(high) && !self.is_signed(low) && self.size(low) == self.size(high) {
            // unsigned and long: long cannot hold every unsigned, so it is unsigned long.
            return Ty(high.0 + 1);
        }
        high
    }

    /// The unsigned type of the same rank as the integer type `ty`.
    pub fn to_unsigned(&self, ty: Ty) -> Ty {
        match self.represented(ty) {
            Ty::CHAR | Ty::SCHAR => Ty::UCHAR,
            Ty::SHORT => Ty::USHORT,
            Ty::INT => Ty::UINT,
            Ty::LONG => Ty::ULONG,
            Ty::LLONG => Ty::ULLONG,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_conversions_as_the_standard_has_them_on_ilp32() {
        let types = Types::new();
        for (a, b, common) in [
            (Ty::CHAR, Ty::UCHAR, Ty::INT),
            (Ty::INT, Ty::UINT, Ty::UINT),
            (Ty::UINT, Ty::LONG, Ty::ULONG),
            (Ty::LONG, Ty::ULONG, Ty::ULONG),
            (Ty::UINT, Ty::LLONG, Ty::LLONG),
            (Ty::ULONG, Ty::LLONG, Ty::LLONG),
            (Ty::LLONG, Ty::ULLONG, Ty::ULLONG),
            (Ty::ULLONG, Ty::FLOAT, Ty::FLOAT),
            (Ty::FLOAT, Ty::DOUBLE, Ty::DOUBLE),
            (Ty::SHORT, Ty::BOOL, Ty::INT),
        ] {
            assert_eq!(types.common(a, b), common, "{a:?} {b:?}");
            assert_eq!(types.common(b, a), common, "{b:?} {a:?}");
        }
    }

    #[test]
    fn wrapping_cuts_and_extends() {
        let types = Types::new();
        assert_eq!(types.wrap(Ty::UCHAR, 255 + 7), 6);
        assert_eq!(types.wrap(Ty::SCHAR, 0x80) as i64, -128);
        assert_eq!(types.wrap(Ty::INT, 0x8000_0000) as i64, -0x8000_0000);
        assert_eq!(types.wrap(Ty::UINT, u64::MAX), 0xFFFF_FFFF);
        assert_eq!(types.wrap(Ty::LLONG, u64::MAX), u64::MAX);
    }
}
