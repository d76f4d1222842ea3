//! Compatible and composite types (C11 6.2.7).

use super::{FuncType, Length, QTy, Ty, TypeKind, Types};

/// Pairs of types that one question looks at; those beyond count as compatible. Functions of
/// functions can double them at each level.
const MAX_PAIRS: u32 = 10_000;

impl Types {
    /// Whether `a` and `b` are compatible, quals apart.
    pub fn compatible(&self, a: Ty, b: Ty) -> bool {
        self.compatible_within(a, b, &mut { MAX_PAIRS })
    }

    fn compatible_within(&self, a: Ty, b: Ty, left: &mut u32) -> bool {
        if a == b || *left == 0 || a == Ty::ERROR || b == Ty::ERROR {
            return true;
        }
        *left -= 1;
        let mut qualified =
            |a: &QTy, b: &QTy| a.quals == b.quals && self.compatible_within(a.ty, b.ty, left);
        match (self.kind(a), self.kind(b)) {
            (TypeKind::Enum(id), _) if self.is_integer(b) => self.enumeration(*id).underlying == b,
            (_, TypeKind::Enum(id)) if self.is_integer(a) => self.enumeration(*id).underlying == a,
            (TypeKind::Pointer(a), TypeKind::Pointer(b)) => qualified(a, b),
            (TypeKind::Array(a, m), TypeKind::Array(b, n)) => {
                qualified(a, b)
                    && match (m, n) {
                        (Length::Known(m), Length::Known(n)) => m == n,
                        _ => true,
                    }
            }
            (TypeKind::Function(a), TypeKind::Function(b)) => self.functions_match(a, b, left),
            _ => false,
        }
    }

    fn functions_match(&self, a: &FuncType, b: &FuncType, left: &mut u32) -> bool {
        if !self.compatible_within(a.result, b.result, left) {
            return false;
        }
        match (a.prototype, b.prototype) {
            (true, true) => {
                a.variadic == b.variadic
                    && a.params.len() == b.params.len()
                    && a.params
                        .iter()
                        .zip(&b.params)
                        .all(|(&a, &b)| self.compatible_within(a, b, left))
            }
            // 6.7.6.3p15: every parameter must be what an argument is promoted to.
            (true, false) => self.survives_promotion(a),
            (false, true) => self.survives_promotion(b),
            (false, false) => true,
        }
    }

    fn survives_promotion(&self, func: &FuncType) -> bool {
        let promoted = |&ty: &Ty| {
            let to = self.promote_argument(ty);
            self.represented(ty) == to
        };
        !func.variadic && func.params.iter().all(promoted)
    }

    /// The composite of two compatible types: what either knows.
    pub fn composite(&mut self, a: Ty, b: Ty) -> Ty {
        self.composite_within(a, b, &mut { MAX_PAIRS })
    }

    fn composite_within(&mut self, a: Ty, b: Ty, left: &mut u32) -> Ty {
        if a == b || *left == 0 {
            return a;
        }
        *left -= 1;
        match (self.kind(a).clone(), self.kind(b).clone()) {
            (TypeKind::Pointer(x), TypeKind::Pointer(y)) => {
                let to = QTy::new(self.composite_within(x.ty, y.ty, left), x.quals);
                self.pointer(to)
            }
            (TypeKind::Array(x, m), TypeKind::Array(y, n)) => {
                let element = QTy::new(self.composite_within(x.ty, y.ty, left), x.quals);
                let length = match (m, n) {
                    (Length::Known(_), _) => m,
                    (_, Length::Known(_)) => n,
                    (Length::Unknown | Length::Star, _) => n,
                    _ => m,
                };
                self.array(element, length)
            }
            (TypeKind::Function(x), TypeKind::Function(y)) => match (x.prototype, y.prototype) {
                (true, true) => {
                    let pairs = x.params.iter().zip(&y.params);
                    let params = pairs.map(|(&a, &b)| self.composite_within(a, b, left)).collect();
                    let result = self.composite_within(x.result, y.result, left);
                    self.function(FuncType { result, params, ..x })
                }
                (false, true) => b,
                _ => a,
            },
            _ => a,
        }
    }
}
