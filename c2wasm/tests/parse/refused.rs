//! Errors: where, and that there is one for each mistake.

use super::{errors, parse};

#[test]
fn three_mistakes_three_messages() {
    errors(
        "int f(int n) {\n    int x = 1\n    x = n +;\n    if (x { return 1; }\n    return x;\n}\n\
         int g(void) { return 2 }\n",
        &[
            "2:14: expected `;` after `1`",
            "3:12: expected an expression, found `;`",
            "4:11: expected `)`, found `{`",
            "7:24: expected `;`, found `}`",
        ],
    );
}

/// Frames are an order of magnitude larger without optimisation than with it.
#[test]
fn nesting_has_a_limit() {
    let big = std::thread::Builder::new().stack_size(16 << 20);
    big.spawn(nest).expect("a thread").join().expect("no panic");
}

fn nest() {
    let open = "(".repeat(100_000);
    let close = ")".repeat(100_000);
    let parsed = parse(&format!("int x = {open}1{close}; int y = 2;"));
    assert_eq!(parsed.errors, ["1:265: nested more than 256 levels deep"]);
    assert_eq!(parsed.items.len(), 1);
    for source in [
        format!("int f(void) {{ {} }}", "{".repeat(100_000)),
        format!("int x = {}1;", "-".repeat(100_000).replace("--", "- ")),
        format!("int x = {}1;", "(int)".repeat(100_000)),
        format!("int f(void) {{ {}; }}", "a = ".repeat(100_000) + "1"),
        format!("int f(void) {{ {}; }}", "a ? b : ".repeat(100_000) + "1"),
        format!("int f(void) {{ {}; }}", "if (a) ".repeat(100_000)),
        format!("int f(void) {{ a{}; }}", "[0]".repeat(100_000)),
        format!("int {}x;", "(".repeat(100_000)),
        format!("int x{};", "[1]".repeat(100_000)),
        format!("int x = {}", "{".repeat(100_000)),
        format!("{} x;", "struct { ".repeat(100_000)),
        format!("int f{};", "(int (*)".repeat(100_000)),
        format!("int x = {}1;", "sizeof ".repeat(100_000)),
        format!("int x = {}1;", "({ 1 + ".repeat(100_000)),
        format!("typeof{} x;", "(typeof".repeat(100_000)),
    ] {
        let errors = parse(&source).errors;
        assert!(!errors.is_empty() && errors.len() < 4, "{}: {errors:?}", &source[..40]);
    }
}
