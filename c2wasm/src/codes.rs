//! Every diagnostic of c2wasm: code, warning name, title, explanation. One table.
//!
//! `C00xx` characters and tokens, `C01xx` preprocessor, `C02xx` syntax; from `C03xx` on the
//! checker. Stages make diagnostics with [`Code::error`] and [`Code::warning`] only, so that none
//! exists which is not listed here or in [`crate::check::codes`].

pub use wasm_common::diag::code::{Code, Page};

/// Every kind: those of this table, then the checker's.
pub fn all() -> impl Iterator<Item = &'static Page> {
    ALL.iter().chain(crate::check::codes::ALL)
}

wasm_common::diagnostic_codes! {
    BAD_CHARACTER "C0001" "" "character that C does not use"
        "A byte outside of strings and comments that starts no token. Often a typographic quote or an invisible blank from a web page."
        "int x = “1”;"
        => "int x = 1;"
    UNTERMINATED_COMMENT "C0002" "" "comment without end"
        "A `/*` has no `*/` after it in this file."
        "int x; /* the width\nint y;"
        => "int x; /* the width */\nint y;"
    UNTERMINATED_LITERAL "C0003" "" "string or character constant without end"
        "A quote is not closed on its line. Close it, or end the line with a backslash to go on."
        "char *s = \"abc;"
        => "char *s = \"abc\";"
    BAD_NUMBER "C0004" "" "malformed number"
        "A number has digits its base does not know, an unknown suffix, an empty exponent, or is too large for 64 bits."
        "int x = 089;"
        => "int x = 89;"
    BAD_ESCAPE "C0005" "" "malformed escape sequence"
        "An escape in a literal lacks its digits, or its value does not fit."
        "char *bell = \"\\x\";"
        => "char *bell = \"\\x7\";"
    FILE_TOO_LARGE "C0006" "" "source file too large"
        "A file has at most 64 MiB, and a program 4095 files."
    INCLUDE_NOT_FOUND "C0101" "" "include file not found"
        "The file is neither beside the including one, nor in a folder of -I, nor one of the built-in headers."
        "#include <stdoi.h>"
        => "#include <stdio.h>"
    INCLUDE_DEPTH "C0102" "" "includes nested too deeply"
        "A file includes itself, directly or through others, without an include guard."
    BAD_DIRECTIVE "C0103" "" "malformed preprocessor directive"
        "The directive's name is unknown, or what follows is not of its form."
        "#inlcude <stdio.h>"
        => "#include <stdio.h>"
    UNBALANCED_CONDITIONAL "C0104" "" "unbalanced conditional"
        "`#else`, `#elif` or `#endif` without `#if`, or an `#if` without `#endif` in the same file."
        "#ifdef DEBUG\nint level = 1;"
        => "#ifdef DEBUG\nint level = 1;\n#endif"
    BAD_CONDITION "C0105" "" "malformed #if condition"
        "The condition must be an integer constant expression; names that are no macros count as 0."
        "#if 1 +\n#endif"
        => "#if 1 + 1\n#endif"
    BAD_MACRO "C0106" "" "malformed macro definition"
        "Parameter list or body break the rules of C11 6.10.3."
        "#define MAX(a, a) ((a) > (a) ? (a) : (a))"
        => "#define MAX(a, b) ((a) > (b) ? (a) : (b))"
    MACRO_REDEFINED "C0107" "macro-redefined" "macro redefined differently"
        "A macro may be defined again only with the same body; `#undef` it first."
        "#define LEDS 10\n#define LEDS 20"
        => "#define LEDS 10\n#undef LEDS\n#define LEDS 20"
    MACRO_ARGUMENTS "C0108" "" "wrong arguments for a macro"
        "The number of arguments does not match, or the closing parenthesis is missing."
        "#define MAX(a, b) ((a) > (b) ? (a) : (b))\nint x = MAX(1);"
        => "#define MAX(a, b) ((a) > (b) ? (a) : (b))\nint x = MAX(1, 2);"
    BAD_PASTE "C0109" "" "`##` does not make a token"
        "The two pieces together are not one valid token."
        "#define JOIN(a, b) a ## b\nint JOIN(x, +) = 1;"
        => "#define JOIN(a, b) a ## b\nint JOIN(x, 1) = 1;"
    USER_ERROR "C0110" "" "#error"
        "The source asked for this error."
        "#ifndef LEDS\n#error LEDS must be defined\n#endif"
        => "#define LEDS 50\n#ifndef LEDS\n#error LEDS must be defined\n#endif"
    USER_WARNING "C0111" "cpp" "#warning"
        "The source asked for this warning."
        "#warning not finished"
        => "/* not finished */"
    EXPANSION_LIMIT "C0112" "" "macro expansion too large"
        "One expansion made more tokens than the limit; the macros multiply."
    EXTRA_TOKENS "C0113" "endif-labels" "extra tokens after a directive"
        "Only a comment may follow here."
        "#ifdef DEBUG\n#endif DEBUG"
        => "#ifdef DEBUG\n#endif /* DEBUG */"
    UNKNOWN_PRAGMA "C0114" "unknown-pragmas" "unknown pragma"
        "The pragma is ignored."
        "#pragma warp 9"
        => "#pragma once"
    SYNTAX "C0201" "" "syntax error"
        "The token does not fit here."
        "int x = 5\nint y;"
        => "int x = 5;\nint y;"
    NESTING "C0202" "" "nested too deeply"
        "Parentheses, blocks, declarators and initializers together nest deeper than the limit."
    BAD_SPECIFIERS "C0203" "" "specifiers that do not go together"
        "The keywords before a declarator name no type, or name two."
        "unsigned float x;"
        => "float x;"
    UNSUPPORTED "C0204" "" "not supported"
        "A part of C, or an extension, that this compiler leaves out on purpose."
        "void f(void) {\n    int g(int a) { return a; }\n}"
        => "int g(int a) { return a; }\nvoid f(void) { g(1); }"
    UNKNOWN_TYPE "C0205" "" "unknown type name"
        "An identifier stands where a type is needed, and no typedef of that name is in scope."
        "uint8_t level;"
        => "#include <stdint.h>\nuint8_t level;"
    UNBALANCED "C0206" "" "unbalanced bracket"
        "An opening bracket is never closed, or a closing one was never opened."
        "int f(int n) {\n    if (n) {\n        return 1;\n    return 0;\n}"
        => "int f(int n) {\n    if (n) {\n        return 1;\n    }\n    return 0;\n}"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_unique() {
        assert!(all().map(|page| page.kind.code).is_sorted_by(|a, b| a < b));
    }
}
