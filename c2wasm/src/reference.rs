//! The language reference, in Markdown: made from the tables that the compiler works by.
//!
//! Out: one page with standards, the library by header, builtins, host imports, warnings and
//! messages. `REFERENCE.md` in the crate is this page; `c2wasm --reference` prints it.

use crate::builtins::{functions, operations};
use crate::check::warnings::{Level, NAMES};
use crate::codes::{self, Page};
use crate::include::DEVICE;
use crate::texts;
use alloc::{borrow::Cow, format, string::String, vec::Vec};
use wasm_common::abi;

const HEAD: &str = "\
# The C of c2wasm

Made from the compiler's tables by `c2wasm --reference`; do not edit.

`--std` takes c89, c99, c11, c17, c23 and their gnu forms; gnu17 is the default. `char` is signed and \
has 8 bits; `short` has 16, `int`, `long`, `size_t` and pointers 32, `long long` 64; `float` and \
`double` are IEEE 754 single and double, `long double` is as `double`. Types are aligned to their \
size. Signed overflow wraps; a null pointer is address 0, where nothing lies.

A program has `main`, or `setup` and `loop` as on Arduino. A function that is declared and not \
defined is a host import of its name, if the device has it.
";

/// The page.
pub fn markdown() -> String {
    let mut page = String::from(HEAD);
    library(&mut page);
    builtins(&mut page);
    page += "\n## Host imports\n\n`#include <conez_api.h>` declares them.\n";
    // The page of the imports, its headings a step lower.
    let imports = abi::reference::markdown();
    for line in imports.lines().skip_while(|line| !line.starts_with("## ")) {
        let deeper = if line.starts_with("## ") { "#" } else { "" };
        page += &format!("{}{deeper}{line}\n", if deeper.is_empty() { "" } else { "\n" });
    }
    page = page.replace("\n\n\n", "\n\n");
    warnings(&mut page);
    messages(&mut page);
    page
}

/// The prototypes of each header, as it has them.
fn library(page: &mut String) {
    *page += "\n## Library\n\nOf what is here, a module holds what it reaches. Characters of several \
              bytes are UTF-8. Functions of `math.h` do not say that they failed: `math_errhandling` is \
              0. Headers without functions:";
    let (with, without): (Vec<_>, Vec<_>) =
        headers().partition(|(_, text)| prototypes(text).next().is_some());
    let names: Vec<String> = without.iter().map(|(name, _)| format!(" `{name}`")).collect();
    *page += &(names.join(",") + ".\n");
    for (name, text) in with {
        *page += &format!("\n### `{name}`\n\n");
        prototypes(&text).for_each(|line| *page += &format!("    {line}\n"));
    }
    *page += "\nKnown too, for programs that declare them:\n\n";
    for function in functions().filter(|f| !f.name.starts_with("__") && !is_declared(f.name)) {
        *page += &format!("    {};\n", prototype(function.name, function.signature));
    }
}

/// The standard headers and their texts; the device's is not among them.
fn headers() -> impl Iterator<Item = (&'static str, Cow<'static, str>)> {
    let standard = texts::headers().iter().copied().filter(|name| *name != DEVICE);
    standard.map(|name| (name, texts::header(name).unwrap_or_default()))
}

fn is_declared(function: &str) -> bool {
    let starts = [format!(" {function}("), format!("*{function}(")];
    headers().any(|(_, text)| starts.iter().any(|start| text.contains(start)))
}

/// A line that names another symbol is about a function that has its line already.
fn prototypes(header: &str) -> impl Iterator<Item = &str> {
    let is_code = |line: &&str| line.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_first = |line: &&str| line.ends_with(");") && !line.contains("__asm__");
    header.lines().filter(is_code).filter(is_first)
}

fn builtins(page: &mut String) {
    *page += "\n## Builtins\n\nEach is an instruction, or a few. Besides these there are gcc's \
              `__builtin_expect`, `__builtin_constant_p`, `__builtin_offsetof`, `__builtin_va_arg` \
              and kin, and `__builtin_NAME` for each function of the library.\n\n";
    for operation in operations().filter(|operation| !operation.name.starts_with("__")) {
        let name = format!("__builtin_{}", operation.name);
        *page += &format!("    {};\n", prototype(&name, &operation.signature()));
    }
}

/// `int strcmp(const char *, const char *)` from a name and letters.
fn prototype(name: &str, letters: &str) -> String {
    let (result, params) = letters.split_at(1);
    let mut list: Vec<&str> = params.chars().map(type_of).collect();
    if list.is_empty() {
        list.push("void");
    }
    let result = type_of(result.chars().next().unwrap_or('v'));
    let gap = if result.ends_with('*') { "" } else { " " };
    format!("{result}{gap}{name}({})", list.join(", "))
}

/// The type that a letter stands for; see [`crate::builtins`].
fn type_of(letter: char) -> &'static str {
    match letter {
        'b' => "_Bool",
        'h' => "unsigned short",
        'i' => "int",
        'u' => "unsigned",
        'l' => "long",
        'm' => "unsigned long",
        'L' => "long long",
        'U' => "unsigned long long",
        'f' => "float",
        'd' => "double",
        'D' => "long double",
        'p' => "void *",
        'P' => "const void *",
        's' => "char *",
        'S' => "const char *",
        '.' => "...",
        _ => "void",
    }
}

fn warnings(page: &mut String) {
    *page += "\n## Warnings\n\n| `-W` | on with |\n|---|---|\n";
    for (name, level) in NAMES {
        let level = match level {
            Level::Default => "always",
            Level::All => "`-Wall`",
            Level::Extra => "`-Wextra`",
            Level::Named => "its name",
        };
        *page += &format!("| `{name}` | {level} |\n");
    }
}

fn messages(page: &mut String) {
    *page += "\n## Messages\n\n`c2wasm --explain CODE` says more, with an example.\n\n";
    *page += "| code | about | switch |\n|---|---|---|\n";
    for Page { kind, title, .. } in codes::all() {
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
    fn prototypes_come_from_letters() {
        assert_eq!(prototype("strcmp", "iSS"), "int strcmp(const char *, const char *)");
        assert_eq!(prototype("strdup", "sS"), "char *strdup(const char *)");
        assert_eq!(prototype("printf", "iS."), "int printf(const char *, ...)");
        assert_eq!(prototype("rand", "i"), "int rand(void)");
    }

    #[test]
    fn every_library_function_is_listed() {
        let page = markdown();
        for function in functions().filter(|function| !function.name.starts_with("__")) {
            let name = function.name;
            let listed = page.contains(&format!(" {name}(")) || page.contains(&format!("*{name}("));
            assert!(listed, "{name}");
        }
    }
}
