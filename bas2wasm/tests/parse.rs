//! The parser: trees that print and parse back, recovery, and bounds on junk.

use bas2wasm::ast::{self, StmtKind};
use bas2wasm::dialect::DialectName;
use bas2wasm::parse::parse;
use std::fs;
use std::path::Path;
use wasm_common::diag::{Diagnostics, Severity};
use wasm_common::source::{NoFiles, SourceMap};

fn tree(text: &str, dialect: Option<DialectName>) -> (ast::Program, bool, Vec<String>) {
    let mut sources = SourceMap::new();
    let id = sources.add("x.bas", text.to_string());
    let mut diagnostics = Diagnostics::new();
    let (program, flags) = parse(&mut sources, id, dialect, &mut NoFiles, &mut diagnostics);
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let errors = errors.map(|d| wasm_common::diag::render::short(d, &sources)).collect();
    (program, flags.escapes, errors)
}

/// `parse(print(tree)) == tree`.
fn round_trip(text: &str, dialect: DialectName) {
    let (first, escapes, errors) = tree(text, Some(dialect));
    assert!(errors.is_empty(), "{errors:?}");
    let printed = ast::print(&first, escapes);
    let (second, _, errors) = tree(&printed, Some(dialect));
    assert!(errors.is_empty(), "{errors:?}\n{printed}");
    assert_eq!(first, second, "{printed}");
}

#[test]
fn probes_print_and_parse_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/conez-probes");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("the probes") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|e| e == "bas") {
            round_trip(&fs::read_to_string(&path).expect("text"), DialectName::Conez);
            count += 1;
        }
    }
    assert_eq!(count, 87);
}

#[test]
fn statements_of_every_dialect_print_and_parse_back() {
    let qb = "DEFINT A-C, X\nTYPE P\n X AS INTEGER\n N AS STRING * 8\nEND TYPE\n\
        DIM SHARED A(1 TO 5, 3) AS LONG, Q AS P\nREDIM PRESERVE B$(N)\n\
        SUB S (A(), BYVAL B%, C AS P) STATIC\nEXIT SUB\nEND SUB\n\
        Q.X = A(1, 2) MOD 3 : PRINT USING \"##.#\"; 1; 2\n\
        SELECT CASE X\nCASE 1, 3 TO 4, IS > 9\nPRINT 1\nCASE ELSE\nEND SELECT\n\
        DO UNTIL X > 3\nLOOP WHILE NOT Y AND 1\nON ERROR GOTO H\nRESUME NEXT\nH:\n\
        OPEN \"a\" FOR RANDOM AS #1 LEN = 20\nGET #1, 2, Q\nCLOSE #1, #2\n\
        IF A THEN IF B THEN C = 1 ELSE D = 2 ELSE E = 3\nINPUT ; \"x\", A, B$(2)\n\
        DEF FNA(X) = X ^ 2\nON X GOSUB 10, H\nMID$(A$, 2) = \"x\"\nSTATIC Z, W$\n";
    round_trip(qb, DialectName::Qb);
    let gw = "10 FORI=1TO9:PRINTI;:NEXT\n20 IFA=1THEN40ELSEPRINT\"N\"\n30 REMARKABLE\n\
        40 DATA 1, \"a,b\" ,, x y\n50 ON X GOTO 10,20:GO TO 10\n60 PRINT A\" T\"TAB(5)B\n";
    round_trip(gw, DialectName::Gw);
}

#[test]
fn crunched_words_are_taken_apart_only_where_they_must_be() {
    let (program, ..) = tree("10 FORI=1TO9:FORCE=2:TOTAL=3:NEXTI:PRINTX\n", Some(DialectName::Gw));
    let text = ast::print(&program, false);
    assert_eq!(text, "10 FOR I = 1 TO 9\nLET FORCE = 2\nLET TOTAL = 3\nNEXT I\nPRINT X \n");
    let (program, ..) = tree("10 IFA=BTHEN20\n", Some(DialectName::Gw));
    assert!(matches!(program.stmts[1].kind, StmtKind::LineIf(_)));
}

#[test]
fn three_errors_are_three_errors() {
    let text = "X = 1 +\nIF X = THEN\n> 1\nEND IF\nFOR 3 = 1 TO 2\nNEXT\n";
    let (program, _, errors) = tree(text, None);
    assert_eq!(
        errors,
        [
            "x.bas:1:8: error: expected an expression, found the end of the line [B0105]",
            "x.bas:2:8: error: expected an expression, found `THEN` [B0105]",
            "x.bas:5:5: error: expected a variable, found `3` [B0105]",
        ]
    );
    assert!(program.stmts.iter().any(|s| matches!(s.kind, StmtKind::EndIf)));
    assert!(program.stmts.iter().any(|s| matches!(s.kind, StmtKind::For { .. })));
}

#[test]
fn junk_is_an_error_in_bounded_time() {
    let deep = format!("X = {}1{}", "(".repeat(100_000), ")".repeat(100_000));
    let signs = format!("X = {}1", "-".repeat(50_000));
    let sum = format!("X = 1{}", " + 1".repeat(5_000));
    let long = "A".repeat(10_000_000);
    let nots = format!("X = {}1", "NOT ".repeat(10_000));
    for text in [&deep, &signs, &sum, &long, &nots] {
        assert!(!tree(text, None).2.is_empty());
    }
    let bytes: Vec<u8> =
        (0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    assert!(!tree(&String::from_utf8_lossy(&bytes), None).2.is_empty());
}

/// Files that include one another.
struct Circle;

impl wasm_common::source::Files for Circle {
    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        match path {
            "b.bas" => Some(b"PRINT 2\n'$INCLUDE: 'c.bas'\n".to_vec()),
            "c.bas" => Some(b"PRINT 3\n'$INCLUDE: 'b.bas'\n".to_vec()),
            "deep.bas" => Some(b"'$INCLUDE: 'deep.bas'\n".to_vec()),
            _ => None,
        }
    }
}

#[test]
fn files_that_include_one_another_are_an_error_each() {
    for (first, line) in [("b.bas", "c.bas:2"), ("deep.bas", "deep.bas:1")] {
        let source = format!("PRINT 1\n'$INCLUDE: '{first}'\nPRINT 4\n");
        let options = bas2wasm::Options { name: "a.bas".into(), ..Default::default() };
        let failure = bas2wasm::compile(&source, &options, &mut Circle).expect_err("a circle");
        let errors: Vec<String> = failure
            .diagnostics
            .iter()
            .map(|d| wasm_common::diag::render::lines(d, &failure.sources))
            .collect();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains(line) && errors[0].contains("B0108"), "{errors:?}");
    }
}
