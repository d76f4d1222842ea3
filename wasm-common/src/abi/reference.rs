//! The reference page of the imports, in Markdown, made from the table.

use super::imports::{Group, Import};
use alloc::string::String;
use core::fmt::Write;

/// The page.
pub fn markdown() -> String {
    let mut out = String::from("# Host imports\n\nFrom module `env`.\n");
    for group in Group::ALL {
        let _ = write!(
            out,
            "\n## {}\n\n| prototype | meaning | bad input |\n|---|---|---|\n",
            group.title()
        );
        for import in group.imports() {
            row(&mut out, import);
        }
    }
    out
}

fn row(out: &mut String, import: &Import) {
    let ours = if import.ours { " Not on ConeZ." } else { "" };
    let bad = import.bad_input.text().replace('|', "\\|");
    let doc = import.doc.text().replace('|', "\\|");
    let _ = writeln!(out, "| `{}` | {doc}{ours} | {bad} |", import.c.text());
}

#[cfg(test)]
mod tests {
    #[test]
    fn has_a_row_for_each_import() {
        let page = super::markdown();
        let rows = page.lines().filter(|l| l.starts_with("| `")).count();
        assert_eq!(rows, super::super::imports::all().count());
        assert!(
            page.lines()
                .filter(|l| l.starts_with('|'))
                .all(|l| { l.replace("\\|", "").matches('|').count() == 4 })
        );
    }
}
