//! Every diagnostic of c2wasm: code, warning name, title, explanation. One table.
//!
//! `C00xx` characters and tokens, `C01xx` preprocessor, `C02xx` syntax; from `C03xx` on the
//! checker. Stages make diagnostics with [`Code::error`] and [`Code::warning`] only, so that none
//! exists which is not listed here.

use alloc::string::String;
use wasm_common::{diag::Diagnostic, source::Span};

/// One kind of diagnostic.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable: `C0103`.
    pub code: &'static str,
    /// As in `-Wno-NAME`; empty for what is always an error.
    pub warning: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// Why it is reported and what to do.
    pub explanation: &'static str,
}

impl Code {
    /// An error of this kind.
    pub fn error(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.code, span, message)
    }

    /// A warning of this kind.
    pub fn warning(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(self.code, self.warning, span, message)
    }
}

/// Declares the codes as constants and [`ALL`] from one list.
macro_rules! codes {
    ($($name:ident $code:literal $warning:literal $title:literal $explanation:literal)*) => {
        $(
            #[doc = concat!("`", $code, "`: ", $title, ".")]
            pub const $name: Code = Code {
                code: $code, warning: $warning, title: $title, explanation: $explanation,
            };
        )*
        /// All of them, by code.
        pub const ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    BAD_CHARACTER "C0001" "" "character that C does not use"
        "A byte outside of strings and comments that starts no token. Often a typographic quote or an invisible blank from a web page."
    UNTERMINATED_COMMENT "C0002" "" "comment without end"
        "A `/*` has no `*/` after it in this file."
    UNTERMINATED_LITERAL "C0003" "" "string or character constant without end"
        "A quote is not closed on its line. Close it, or end the line with a backslash to go on."
    BAD_NUMBER "C0004" "" "malformed number"
        "A number has digits its base does not know, an unknown suffix, an empty exponent, or is too large for 64 bits."
    BAD_ESCAPE "C0005" "" "malformed escape sequence"
        "After a backslash in a literal comes something that is no escape, or its value does not fit."
    FILE_TOO_LARGE "C0006" "" "source file too large"
        "Positions are 32 bits and files 16 bits wide; the input is larger than that."
    INCLUDE_NOT_FOUND "C0101" "" "include file not found"
        "The file is neither beside the including one, nor in a folder of -I, nor one of the built-in headers."
    INCLUDE_DEPTH "C0102" "" "includes nested too deeply"
        "A file includes itself, directly or through others, without an include guard."
    BAD_DIRECTIVE "C0103" "" "malformed preprocessor directive"
        "The directive's name is unknown, or what follows is not of its form."
    UNBALANCED_CONDITIONAL "C0104" "" "unbalanced conditional"
        "`#else`, `#elif` or `#endif` without `#if`, or an `#if` without `#endif` in the same file."
    BAD_CONDITION "C0105" "" "malformed #if condition"
        "The condition must be an integer constant expression; names that are no macros count as 0."
    BAD_MACRO "C0106" "" "malformed macro definition"
        "Parameter list or body break the rules of C11 6.10.3."
    MACRO_REDEFINED "C0107" "macro-redefined" "macro redefined differently"
        "A macro may be defined again only with the same body; `#undef` it first."
    MACRO_ARGUMENTS "C0108" "" "wrong arguments for a macro"
        "The number of arguments does not match, or the closing parenthesis is missing."
    BAD_PASTE "C0109" "" "`##` does not make a token"
        "The two pieces together are not one valid token."
    USER_ERROR "C0110" "" "#error"
        "The source asked for this error."
    USER_WARNING "C0111" "cpp" "#warning"
        "The source asked for this warning."
    EXPANSION_LIMIT "C0112" "" "macro expansion too large"
        "One expansion made more tokens than the limit; the macros multiply."
    EXTRA_TOKENS "C0113" "endif-labels" "extra tokens after a directive"
        "Only a comment may follow here."
    UNKNOWN_PRAGMA "C0114" "unknown-pragmas" "unknown pragma"
        "The pragma is ignored."
    SYNTAX "C0201" "" "syntax error"
        "The token does not fit here."
    NESTING "C0202" "" "nested too deeply"
        "Parentheses, blocks, declarators and initializers together nest deeper than the limit."
    BAD_SPECIFIERS "C0203" "" "specifiers that do not go together"
        "The keywords before a declarator name no type, or name two."
    UNSUPPORTED "C0204" "" "not supported"
        "A part of C, or an extension, that this compiler leaves out on purpose."
    UNKNOWN_TYPE "C0205" "" "unknown type name"
        "An identifier stands where a type is needed, and no typedef of that name is in scope."
    UNBALANCED "C0206" "" "unbalanced bracket"
        "An opening bracket is never closed, or a closing one was never opened."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_unique() {
        assert!(ALL.windows(2).all(|pair| pair[0].code < pair[1].code));
    }
}
