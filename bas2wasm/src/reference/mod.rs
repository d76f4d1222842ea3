//! The language reference, in Markdown: made from the tables that the compiler works by.
//!
//! Out: one page with dialects, operators, statements, builtins and messages. `REFERENCE.md` in
//! the crate is this page; `bas2wasm --reference` prints it.

mod meanings;
mod minimal;
mod statements;

use crate::ast::NumType;
use crate::builtins::{self, Builtin, How};
use crate::codes::{self, Page};
use crate::dialect::{Dialect, DialectName, Precedence, Rounding};
use alloc::{format, string::String, vec::Vec};
use meanings::MEANINGS;
use statements::STATEMENTS;
use wasm_common::abi::imports;

const HEAD: &str = "\
# The BASIC of bas2wasm

Made from the compiler's tables by `bas2wasm --reference`; do not edit.

Case does not matter. A colon separates statements on a line; `'` and REM begin a comment. A number \
in front of a line, or a name and a colon, is a label. Suffixes give names their types: `%` integer, \
`&` long, `!` single, `#` double (a single in conez), `$` string, `&&` 64 bits.
";

/// The page.
pub fn markdown() -> String {
    let mut page = String::from(HEAD);
    dialects(&mut page);
    operators(&mut page);
    minimal(&mut page);
    statements(&mut page);
    builtins(&mut page);
    messages(&mut page);
    page
}

fn all() -> [Dialect; 4] {
    DialectName::ALL.map(DialectName::flags)
}

fn dialects(page: &mut String) {
    *page += "\n## Dialects\n\n| | conez | qb | gw | ansi |\n|---|---|---|---|---|\n";
    /// What a row of the table says about a dialect.
    type Say = fn(&Dialect) -> String;
    let rows: [(&str, Say); 11] = [
        ("type of a name without suffix", |d| match d.inferred {
            true => format!("{}, or that of its first assignment", type_name(d.default_type)),
            false => type_name(d.default_type).into(),
        }),
        ("`%`, `&`, `#`", |d| [d.percent, d.ampersand, d.hash].map(type_name).join(", ")),
        ("`/` of two integers truncates", |d| yes(d.integer_division)),
        ("float to integer", |d| rounding(d.rounding).into()),
        ("lower bound of arrays", |d| format!("{}", d.base)),
        ("parameters are the caller's variables", |d| yes(d.by_reference)),
        ("procedures see all variables", |d| yes(d.global_scope)),
        ("`\\n` and other escapes in strings", |d| yes(d.escapes)),
        ("words may touch: `FORI=1TO9`", |d| yes(d.crunched)),
        ("singles are rounded as Microsoft's were", |d| yes(d.mbf)),
        ("a line that is missing is an error of the run", |d| yes(d.late_errors)),
    ];
    for (what, say) in rows {
        let cells: Vec<String> = all().iter().map(say).collect();
        *page += &format!("| {what} | {} |\n", cells.join(" | "));
    }
}

fn type_name(ty: NumType) -> &'static str {
    match ty {
        NumType::I16 => "16 bits",
        NumType::I32 => "32 bits",
        NumType::I64 => "64 bits",
        NumType::F32 => "single",
        NumType::F64 => "double",
    }
}

fn rounding(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::Truncate => "toward zero",
        Rounding::Even => "to the nearest, halves to even",
        Rounding::Away => "to the nearest, halves away from zero",
        Rounding::Up => "to the nearest, halves up",
    }
}

fn yes(flag: bool) -> String {
    String::from(if flag { "yes" } else { "no" })
}

fn operators(page: &mut String) {
    *page += "\n## Operators\n\nFrom the one that binds tightest; those of one line bind alike.\n";
    for (name, dialect) in [("conez", all()[0]), ("qb, gw, ansi", all()[1])] {
        *page += &format!("\n{name}:\n\n");
        ranks(page, &dialect.precedence);
    }
}

fn ranks(page: &mut String, table: &Precedence) {
    let mut levels: Vec<u16> = table.binary.iter().map(|b| b.level).collect();
    levels.extend([table.sign, table.not]);
    levels.sort_unstable_by(|a, b| b.cmp(a));
    levels.dedup();
    for level in levels {
        let mut words: Vec<String> = Vec::new();
        if table.sign == level {
            words.push("sign".into());
        }
        if table.not == level {
            words.push("`NOT`".into());
        }
        for binding in table.binary.iter().filter(|b| b.level == level) {
            let right = if binding.right { " (from the right)" } else { "" };
            words.push(format!("`{}`{right}", binding.op.as_str()));
        }
        *page += &format!("- {}\n", words.join(", "));
    }
}

fn minimal(page: &mut String) {
    *page += "\n## Minimal BASIC\n\nWhat ECMA-55 leaves open, in the ansi dialect:\n\n| feature | here |\n|---|---|\n";
    for (feature, here) in minimal::DEFINED {
        *page += &format!("| {feature} | {here} |\n");
    }
    *page += "\nWhat goes beyond ECMA-55 and is taken:\n\n| form | meaning |\n|---|---|\n";
    for (form, meaning) in minimal::ACCEPTED {
        *page += &format!("| {form} | {meaning} |\n");
    }
}

fn statements(page: &mut String) {
    *page += "\n## Statements\n";
    for (heading, list) in STATEMENTS {
        *page += &format!("\n### {heading}\n");
        for statement in *list {
            let example = statement.example.replace('\n', "\n    ");
            let form = statement.form.replace('\n', "\n    ");
            *page +=
                &format!("\n    {form}\n\n{} For example:\n\n    {example}\n", statement.meaning);
        }
    }
}

fn builtins(page: &mut String) {
    *page += "\n## Builtins\n\n| builtin | gives | meaning |\n|---|---|---|\n";
    for builtin in builtins::all() {
        let (must, may, result) = builtin.signature();
        let mut arguments: Vec<String> = must.bytes().map(|b| letter(b).into()).collect();
        arguments.extend(may.bytes().map(|b| format!("[{}]", letter(b))));
        let list = match arguments.is_empty() {
            true => String::new(),
            false => format!("({})", arguments.join(", ")),
        };
        let meaning = meaning(&builtin).replace('|', "\\|");
        *page += &format!("| `{}{list}` | {} | {meaning} |\n", builtin.name, letter(result));
    }
}

fn letter(letter: u8) -> &'static str {
    match letter {
        b'i' | b'c' => "integer",
        b'l' => "64 bits",
        b'f' => "single",
        b'd' => "double",
        b's' => "string",
        b'n' => "number",
        b'a' => "array",
        _ => "integers()",
    }
}

/// From the import that it is, or from the table of the others.
fn meaning(builtin: &Builtin) -> String {
    if let Some((_, meaning)) = MEANINGS.iter().find(|(name, _)| *name == builtin.name) {
        return String::from(*meaning);
    }
    let import = match builtin.how {
        How::Host(import) => Some((import, "")),
        _ => builtins::truncated_import(builtin.name).map(|import| (import, " A whole number.")),
    };
    let doc = import.and_then(|(name, more)| Some((imports::by_name(name)?.doc.text(), more)));
    doc.map(|(doc, more)| format!("{doc}{more}")).unwrap_or_default()
}

fn messages(page: &mut String) {
    *page += "\n## Messages\n\n`bas2wasm --explain CODE` says more, with an example.\n\n";
    *page += "| code | about | switch |\n|---|---|---|\n";
    for Page { kind, title, .. } in codes::ALL {
        let switch = match kind.warning {
            "" => String::new(),
            name => format!("`-Wno-{name}`"),
        };
        *page += &format!("| {} | {} | {switch} |\n", kind.code, title);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_builtin_has_a_meaning() {
        let without: Vec<&str> =
            builtins::all().filter(|b| meaning(b).is_empty()).map(|b| b.name).collect();
        assert!(without.is_empty(), "{without:?}");
    }

    #[test]
    fn meanings_are_of_builtins() {
        for (name, _) in MEANINGS {
            assert!(builtins::find(name, false).is_some(), "{name}");
        }
    }
}
