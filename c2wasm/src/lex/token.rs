//! Tokens: what the lexer makes, the preprocessor rearranges and the parser reads.

use crate::names::{Name, Names};
use core::fmt;
use wasm_common::source::Span;

/// A token: 20 bytes, without borrowed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// What stood before it, and whether it may be expanded.
    pub flags: Flags,
    /// The spelling, if the kind alone does not tell.
    pub name: Name,
    /// Where the user wrote it; for what comes from a macro's body, where the macro was used.
    pub span: Span,
}

/// A set of facts about a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Flags(u8);

impl Flags {
    /// None.
    pub const NONE: Self = Self(0);
    /// White space or a comment stood before it.
    pub const SPACE: Self = Self(1);
    /// It is the first of its line.
    pub const LINE_START: Self = Self(2);
    /// A macro's name that must not be expanded any more (C11 6.10.3.4, paragraph 2).
    pub const PAINTED: Self = Self(4);
    /// In the body of a macro: the name of one of its parameters.
    pub const PARAMETER: Self = Self(8);

    /// Whether any flag of `other` is set.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// With those of `other` too.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Without those of `other`.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl Token {
    /// The text as the user wrote it.
    pub fn text<'n>(&self, names: &'n Names) -> &'n str {
        if self.name == Name::EMPTY { self.kind.spelling() } else { names.text(self.name) }
    }

    /// Whether white space stands before it.
    pub fn spaced(&self) -> bool {
        self.flags.has(Flags::SPACE.with(Flags::LINE_START))
    }
}

/// Declares [`Kind`] with its spellings.
macro_rules! kinds {
    (
        described { $($(#[$doc:meta])* $described:ident $description:literal;)* }
        punctuators { $($punct:ident $spelling:literal;)* }
        keywords { $($keyword:ident $word:literal;)* }
    ) => {
        /// What a token is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Kind {
            $($(#[$doc])* $described,)*
            $(
                #[doc = concat!("`", $spelling, "`")]
                $punct,
            )*
            $(
                #[doc = concat!("`", $word, "`")]
                $keyword,
            )*
        }

        /// All spellings in the order of the kinds, one behind the other.
        const SPELLINGS: &str =
            concat!($($description,)* $($spelling,)* $($word,)*);

        /// Length of each.
        const LENGTHS: &[usize] =
            &[$($description.len(),)* $($spelling.len(),)* $($word.len(),)*];

        impl Kind {
            /// Every punctuator.
            #[cfg(test)]
            pub(super) const PUNCTUATORS: &[Self] = &[$(Self::$punct),*];

            /// Every keyword.
            pub const KEYWORDS: &[Self] = &[$(Self::$keyword),*];
        }
    };
}

kinds! {
    described {
        /// The end of the file or of a list of tokens.
        Eof "end of file";
        /// Blanks, or a comment.
        Blank "";
        /// The end of a line.
        Newline "";
        /// `/*` that is closed is [`Self::Blank`]; this one is not.
        OpenComment "/*";
        /// A name that is no keyword; in the preprocessor, any.
        Ident "identifier";
        /// A preprocessing number (C11 6.4.8).
        Number "number";
        /// A character constant.
        Char "character constant";
        /// A string.
        String "string";
        /// A string or character constant that its line does not close.
        OpenLiteral "unterminated literal";
        /// A character that starts no token.
        Other "character";
        /// Stands for no token: an empty argument beside `##`.
        Placemarker "";
        /// A `#pragma` that the parser or `-E` may want; the spelling is the whole line.
        Pragma "#pragma";
        /// A name that is a typedef where it stands.
        TypeName "type name";
    }
    punctuators {
        LParen "("; RParen ")";
        LBracket "["; RBracket "]";
        LBrace "{"; RBrace "}";
        Dot "."; Ellipsis "..."; Arrow "->";
        PlusPlus "++"; MinusMinus "--";
        Amp "&"; Star "*"; Plus "+"; Minus "-"; Tilde "~"; Not "!";
        Slash "/"; Percent "%"; Shl "<<"; Shr ">>";
        Lt "<"; Gt ">"; Le "<="; Ge ">="; EqEq "=="; Ne "!=";
        Caret "^"; Pipe "|"; AndAnd "&&"; OrOr "||";
        Question "?"; Colon ":"; ColonColon "::"; Semi ";"; Comma ",";
        Assign "="; StarAssign "*="; SlashAssign "/="; PercentAssign "%=";
        PlusAssign "+="; MinusAssign "-="; ShlAssign "<<="; ShrAssign ">>=";
        AmpAssign "&="; CaretAssign "^="; PipeAssign "|=";
        Hash "#"; HashHash "##";
    }
    keywords {
        Auto "auto"; Break "break"; Case "case"; CharKw "char"; Const "const"; Continue "continue";
        Default "default"; Do "do"; Double "double"; Else "else"; Enum "enum"; Extern "extern";
        Float "float"; For "for"; Goto "goto"; If "if"; Inline "inline"; Int "int"; Long "long";
        Register "register"; Restrict "restrict"; Return "return"; Short "short"; Signed "signed";
        Sizeof "sizeof"; Static "static"; Struct "struct"; Switch "switch"; Typedef "typedef";
        Union "union"; Unsigned "unsigned"; Void "void"; Volatile "volatile"; While "while";
        Alignas "_Alignas"; Alignof "_Alignof"; Atomic "_Atomic"; Bool "_Bool";
        Complex "_Complex"; Generic "_Generic"; Imaginary "_Imaginary"; Noreturn "_Noreturn";
        StaticAssert "_Static_assert"; ThreadLocal "_Thread_local";
        True "true"; False "false"; Nullptr "nullptr"; Constexpr "constexpr";
        Typeof "typeof"; TypeofUnqual "typeof_unqual"; Asm "asm"; Attribute "__attribute__";
        Extension "__extension__"; Label "__label__"; AutoType "__auto_type";
        Real "__real__"; Imag "__imag__"; Int128 "__int128"; Float128 "_Float128";
        BuiltinVaList "__builtin_va_list"; BuiltinVaArg "__builtin_va_arg";
        BuiltinOffsetof "__builtin_offsetof";
        BuiltinTypesCompatible "__builtin_types_compatible_p";
    }
}

/// Where each spelling begins, and where the last one ends.
const STARTS: [u16; LENGTHS.len() + 1] = {
    let mut starts = [0; LENGTHS.len() + 1];
    let mut kind = 0;
    while kind < LENGTHS.len() {
        starts[kind + 1] = starts[kind] + LENGTHS[kind] as u16;
        kind += 1;
    }
    starts
};

impl Kind {
    /// How a punctuator or keyword is written; a description of other kinds.
    pub fn spelling(self) -> &'static str {
        let kind = self as usize;
        &SPELLINGS[STARTS[kind].into()..STARTS[kind + 1].into()]
    }
}

impl fmt::Display for Kind {
    /// As a message shows it: `` `;` `` or "identifier".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let described = *self <= Self::TypeName;
        if described { f.write_str(self.spelling()) } else { write!(f, "`{}`", self.spelling()) }
    }
}
