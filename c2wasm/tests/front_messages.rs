//! Every diagnostic of lexer, preprocessor and parser as a user sees it.

use c2wasm::codes;
use c2wasm::parse::Parser;
use c2wasm::session::{FrontOptions, Session};
use std::collections::{BTreeMap, BTreeSet};
use wasm_common::diag::{Diagnostics, picture::Painter};
use wasm_common::source::SourceMap;

/// A name for the snapshot, and a program.
const CASES: [(&str, &str); 30] = [
    ("C0001_character", "int x = “1”;\n"),
    ("C0002_comment", "int x;\n/* never closed\nint y;\n"),
    ("C0003_literal", "char *s = \"abc;\nint y;\n"),
    ("C0004_number", "int x = 089, y = 12ab, z = 99999999999999999999;\n"),
    ("C0005_escape", "char *s = \"\\x\", c = '\\xfff';\n"),
    ("C0101_include", "#include <stdoi.h>\nFILE *f;\n#include \"strng.h\"\n"),
    ("C0102_include_cycle", "#include \"a.h\"\n"),
    ("C0103_directive", "#inlcude <stdio.h>\n#line x\n#assert machine(x86)\n"),
    ("C0103_pragma", "_Pragma()\n#define E\n_Pragma(E)\n#define T(x) _Pragma(x)\nT()\nint x;\n"),
    ("C0104_conditional", "#if 1\n#else\n#else\n#endif\n#endif\n#ifdef X\n"),
    ("C0105_condition", "#if 1 +\n#endif\n#if 1 / 0\n#endif\n#if MAX(1)\n#endif\n"),
    ("C0106_macro", "#define 1x\n#define f(a, a) a\n#define g(a) #b\n#define h ## x\n"),
    ("C0107_redefined", "#define N 10\n#define N 20\n"),
    (
        "C0108_arguments",
        "#define MAX(a, b) ((a) > (b) ? (a) : (b))\nint x = MAX(1);\nint y = MAX(1, 2;\n",
    ),
    ("C0109_paste", "#define CAT(a, b) a ## b\nint CAT(x, +) = 1;\n"),
    ("C0110_error", "#ifndef N\n#error N must be defined\n#endif\n"),
    ("C0111_warning", "#warning not finished\n"),
    (
        "C0112_bomb",
        "#define A B B B B B B B B\n#define B C C C C C C C C\n#define C D D D D D D D D\n\
        #define D E E E E E E E E\n#define E F F F F F F F F\n#define F G G G G G G G G\n\
        #define G x x x x x x x x\nint y = A;\n",
    ),
    ("C0113_extra", "#ifdef X\n#endif X\n"),
    ("C0114_pragma", "#pragma warp 9\n"),
    ("C0201_semicolon", "int f(void)\n{\n    int x = 1\n    return x\n}\n"),
    ("C0201_expression", "int f(int n) { return n + ; }\nint a[3] = { 1, 2;\n"),
    ("C0201_in_macro", "#define TWICE(x) (x) + (x\nint y = TWICE(1);\n"),
    (
        "C0202_nesting",
        "int x = - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - 1;\n",
    ),
    ("C0203_specifiers", "unsigned float x;\nint char y;\n"),
    (
        "C0204_unsupported",
        "void f(void) {\n    int g(int a) { return a; }\n}\n_Complex double z;\n",
    ),
    ("C0205_type", "#include <stddef.h>\nsise_t n;\nuint8_t b;\n"),
    (
        "C0206_unclosed",
        "int f(int n)\n{\n    if (n) {\n        return 1;\n\nint g(void)\n{\n    return 2;\n}\n",
    ),
    (
        "C0206_one_too_many",
        "int f(int n)\n{\n    if (n)\n        n++; }\n    else {\n        n--;\n    }\n    \
        return n;\n}\nint g(void) { return 0; }\n",
    ),
    ("C0206_end_of_file", "int f(int n)\n{\n    while (n) {\n        n--;\n"),
];

fn shown(source: &str, seen: &mut BTreeSet<&'static str>) -> String {
    let mut sources = SourceMap::new();
    let main = sources.add("t.c", source.to_string());
    let mut diagnostics = Diagnostics::new();
    let mut files: BTreeMap<String, Vec<u8>> =
        [("a.h".to_string(), b"#include \"a.h\"\n".to_vec())].into();
    let mut session = Session::new(&mut sources, &mut files, &mut diagnostics);
    // So little that a test shows it on one line.
    let options = FrontOptions { max_nesting: 32, ..FrontOptions::default() };
    let mut parser = Parser::new(main, &options, &mut session);
    while parser.next_item(&mut session).is_some() {}
    seen.extend(diagnostics.iter().map(|d| d.code));
    let mut painter = Painter::new(&sources, false);
    diagnostics.iter().map(|d| painter.picture(d)).collect()
}

#[test]
fn every_message() {
    let mut seen = BTreeSet::new();
    for (name, source) in CASES {
        let before = seen.len();
        let text = shown(source, &mut seen);
        assert!(text.contains(&name[..5]) && seen.len() >= before, "{name}:\n{text}");
        insta::assert_snapshot!(name, text);
    }
    // Nobody has a file of four gigabytes.
    let untested = [codes::FILE_TOO_LARGE.code];
    for code in codes::ALL.iter().map(|page| page.kind.code).filter(|c| !untested.contains(c)) {
        assert!(seen.contains(code), "no test shows {code}");
    }
}
