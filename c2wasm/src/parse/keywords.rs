//! Which words are keywords (C11 6.4.1, GNU's alternates), under each standard.

use crate::lex::Kind;
use crate::names::{Name, Names};
use crate::session::{Edition, Standard};
use alloc::vec::Vec;

/// Other spellings, in every standard: with underscores they are always reserved.
const ALTERNATES: [(&str, Kind); 46] = [
    ("__alignof__", Kind::Alignof),
    ("__alignof", Kind::Alignof),
    ("__asm__", Kind::Asm),
    ("__asm", Kind::Asm),
    ("__attribute", Kind::Attribute),
    ("__complex__", Kind::Complex),
    ("__complex", Kind::Complex),
    ("__const__", Kind::Const),
    ("__const", Kind::Const),
    ("__imag", Kind::Imag),
    ("__inline__", Kind::Inline),
    ("__inline", Kind::Inline),
    ("__real", Kind::Real),
    ("__restrict__", Kind::Restrict),
    ("__restrict", Kind::Restrict),
    ("__signed__", Kind::Signed),
    ("__signed", Kind::Signed),
    ("__thread", Kind::ThreadLocal),
    ("__typeof__", Kind::Typeof),
    ("__typeof", Kind::Typeof),
    ("__volatile__", Kind::Volatile),
    ("__volatile", Kind::Volatile),
    ("__float128", Kind::Float128),
    ("__int128_t", Kind::Int128),
    ("__uint128_t", Kind::Int128),
    ("_Float32", Kind::Float),
    ("_Float64", Kind::Double),
    ("_Float32x", Kind::Double),
    ("_Alignas", Kind::Alignas),
    ("_Alignof", Kind::Alignof),
    ("_Atomic", Kind::Atomic),
    ("_Bool", Kind::Bool),
    ("_Complex", Kind::Complex),
    ("_Generic", Kind::Generic),
    ("_Imaginary", Kind::Imaginary),
    ("_Noreturn", Kind::Noreturn),
    ("_Static_assert", Kind::StaticAssert),
    ("_Thread_local", Kind::ThreadLocal),
    ("__auto_type", Kind::AutoType),
    ("__label__", Kind::Label),
    ("__extension__", Kind::Extension),
    ("__builtin_va_list", Kind::BuiltinVaList),
    ("__builtin_va_arg", Kind::BuiltinVaArg),
    ("__builtin_offsetof", Kind::BuiltinOffsetof),
    ("__int128", Kind::Int128),
    ("__builtin_types_compatible_p", Kind::BuiltinTypesCompatible),
];

/// C23's words for what had underscores.
const NEW: [(&str, Kind); 11] = [
    ("alignas", Kind::Alignas),
    ("alignof", Kind::Alignof),
    ("bool", Kind::Bool),
    ("constexpr", Kind::Constexpr),
    ("false", Kind::False),
    ("nullptr", Kind::Nullptr),
    ("static_assert", Kind::StaticAssert),
    ("thread_local", Kind::ThreadLocal),
    ("true", Kind::True),
    ("typeof", Kind::Typeof),
    ("typeof_unqual", Kind::TypeofUnqual),
];

/// The keywords of one standard, by name.
#[derive(Clone, Debug)]
pub(super) struct Keywords {
    /// By [`Name::index`]; [`Kind::Ident`] for what is none.
    kinds: Vec<Kind>,
}

impl Keywords {
    /// The keywords of `standard`, interned.
    pub(super) fn new(standard: Standard, names: &mut Names) -> Self {
        let mut table = Self { kinds: Vec::new() };
        let gnu_or = |edition| standard.gnu || standard.edition >= edition;
        for &kind in Kind::KEYWORDS {
            let known = match kind {
                Kind::Inline => gnu_or(Edition::C99),
                Kind::Restrict => standard.edition >= Edition::C99,
                Kind::Typeof => gnu_or(Edition::C23),
                Kind::Asm => standard.gnu,
                Kind::True | Kind::False | Kind::Nullptr | Kind::Constexpr | Kind::TypeofUnqual => {
                    standard.edition >= Edition::C23
                }
                _ => true,
            };
            if known {
                table.add(kind.spelling(), kind, names);
            }
        }
        for (word, kind) in ALTERNATES {
            table.add(word, kind, names);
        }
        if standard.edition >= Edition::C23 {
            NEW.into_iter().for_each(|(word, kind)| table.add(word, kind, names));
        }
        table
    }

    fn add(&mut self, word: &str, kind: Kind, names: &mut Names) {
        let index = names.intern(word).index();
        if self.kinds.len() <= index {
            self.kinds.resize(index + 1, Kind::Ident);
        }
        self.kinds[index] = kind;
    }

    /// The keyword that `name` is, or [`Kind::Ident`].
    pub(super) fn kind(&self, name: Name) -> Kind {
        self.kinds.get(name.index()).copied().unwrap_or(Kind::Ident)
    }
}
