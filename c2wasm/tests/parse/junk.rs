//! Input that nobody means: an answer in bounded time and memory, never a panic.

use super::{Parsed, errors, parse};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Parses within a time that even a loaded machine keeps.
#[track_caller]
fn quickly(source: &str) -> Parsed {
    let start = Instant::now();
    let parsed = parse(source);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    parsed
}

#[test]
fn nothing_at_all() {
    errors("", &[]);
    errors(";;\n;", &[]);
    errors("/* only a comment */\n#define X 1\n", &[]);
}

#[test]
fn what_is_not_closed() {
    errors("int x; /* never", &["1:8: comment is not closed; expected `*/`"]);
    errors(
        "char *s = \"abc;\nint y;",
        &["1:11: literal is not closed; expected `\"` on this line"],
    );
    errors("int f(void) { if (1) { return 2;", &["1:33: expected `}` before the end of the file"]);
    errors("#if 1\nint x;\n", &["1:1: conditional without `#endif`"]);
    errors("#define f(x) x\nf(1, 2", &["2:1: expected `)` to end the arguments of macro `f`"]);
}

#[test]
fn closed_twice() {
    errors("int f(void) { return 0; } }\nint x;", &["1:27: `}` without `{`"]);
    errors("#endif\nint x;", &["1:1: `#endif` without `#if`"]);
}

#[test]
fn binary() {
    let bytes: Vec<u8> =
        (0..100_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let parsed = quickly(&String::from_utf8_lossy(&bytes));
    assert!(!parsed.errors.is_empty());
    assert!(parsed.errors.len() <= wasm_common::diag::MAX_ERRORS);
}

#[test]
fn lines_of_megabytes() {
    assert_eq!(quickly(&format!("int x = {}1;", "1 + ".repeat(250_000))).items.len(), 1);
    assert_eq!(quickly(&format!("char *s = \"{}\";", "x".repeat(1_000_000))).items.len(), 1);
    assert!(!quickly(&"@".repeat(1_000_000)).errors.is_empty());
}

#[test]
fn macros_that_multiply() {
    let mut source = String::from("#define m0 x x\n");
    for i in 1..40 {
        source += &format!("#define m{i} m{} m{}\n", i - 1, i - 1);
    }
    let parsed = quickly(&format!("{source}int y;\nint m39;"));
    assert_eq!(parsed.errors.len(), 1, "{:?}", parsed.errors);
    assert!(parsed.errors[0].starts_with("42:5: the expansion of macro"), "{:?}", parsed.errors);
}

#[test]
fn macro_arguments_that_nest() {
    let source = format!("#define f(x) x\nint y = {}1{};", "f(".repeat(10_000), ")".repeat(10_000));
    assert!(!quickly(&source).errors.is_empty());
    let source = format!("#if {}1{}\n#endif", "(".repeat(100_000), ")".repeat(100_000));
    assert_eq!(quickly(&source).errors.len(), 1);
    let source = format!("#if {}1\n#endif", "!".repeat(100_000));
    assert_eq!(quickly(&source).errors.len(), 1);
}

#[test]
fn files_that_include_themselves() {
    let parsed = super::parse_with(
        "#include \"a.h\"\n",
        &[("a.h", "#include \"b.h\"\n"), ("b.h", "#include \"a.h\"\n#include \"a.h\"\n")],
    );
    assert_eq!(parsed.errors.len(), 1, "{:?}", parsed.errors);
    assert!(parsed.errors[0].contains("nests too deeply"), "{:?}", parsed.errors);
}

/// Pieces of C from which soups are made.
const PIECES: [&str; 64] = [
    "int",
    "x",
    "y",
    "T",
    "typedef",
    "struct",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ";",
    ",",
    "=",
    "*",
    "&",
    "+",
    "-",
    "++",
    "1",
    "2.0",
    "'c'",
    "\"s\"",
    "if",
    "else",
    "for",
    "while",
    "do",
    "switch",
    "case",
    "default",
    ":",
    "return",
    "goto",
    "break",
    "sizeof",
    "_Generic",
    "typeof",
    "__attribute__",
    "((packed))",
    "enum",
    "union",
    "static",
    "void",
    "f",
    ".",
    "->",
    "?",
    "...",
    "#define X(a) a #a\n",
    "X(",
    "\n",
    "\n#if 1\n",
    "\n#endif\n",
    "asm",
    "_Static_assert",
    "__extension__",
    "{ .a = 1 }",
    "[[",
    "]]",
    "&&",
    "__builtin_offsetof",
    "__builtin_va_arg",
];

proptest! {
    #[test]
    fn soup(indices in prop::collection::vec(0..PIECES.len(), 0..80)) {
        let text: Vec<&str> = indices.iter().map(|&i| PIECES[i]).collect();
        parse(&text.join(" "));
    }

    #[test]
    fn characters(text in "[ -~\n]{0,200}") {
        parse(&text);
    }

    /// A program with one piece put in, replaced or taken out still gives at most a few messages.
    #[test]
    fn one_slip(at in 0..400_usize, piece in 0..PIECES.len(), length in 0..6_usize) {
        let program = "typedef struct node { int key; struct node *next; } node;\n\
            static int sum(const node *list, int (*f)(int))\n{\n    int total = 0;\n\
            \x20   for (const node *at = list; at; at = at->next) {\n        if (at->key > 3)\n\
            \x20           total += f(at->key) * 2;\n        else\n            total--;\n    }\n\
            \x20   switch (total) {\n    case 0: return 1;\n    default: break;\n    }\n\
            \x20   return total;\n}\nint table[4] = { 1, [2] = 3 };\n";
        let mut text = String::from(program);
        let at = at.min(text.len() - length);
        text.replace_range(at..at + length, PIECES[piece]);
        let found = parse(&text).errors;
        prop_assert!(found.len() <= 8, "{}\n{:#?}", text, found);
    }
}
