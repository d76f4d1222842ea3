//! Kinds of diagnostics, and the pages that explain them.
//!
//! Each compiler lists its kinds once, with [`diagnostic_codes!`](crate::diagnostic_codes): from
//! that table come the codes of its messages, the names that `-W` knows, and the pages and the
//! index of `--explain`. A program that explains nothing, as a device's, holds no pages.

use super::Diagnostic;
use crate::source::Span;
use crate::text::format;
use alloc::string::String;
use core::fmt::Write;

/// One kind of diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable: `C0103`.
    pub code: &'static str,
    /// As in `-Wno-NAME`; empty for what is always an error.
    pub warning: &'static str,
}

/// What there is to say of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Its code, and the name of the warning.
    pub kind: Code,
    /// What it is about.
    pub title: &'static str,
    /// Why it is reported and what to do.
    pub explanation: &'static str,
    /// A program that shows it, and one that does not: the same, put right.
    pub example: Option<(&'static str, &'static str)>,
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

impl Page {
    /// What the kind means, how it is switched, and an example.
    pub fn text(&self) -> String {
        let Self { kind: Code { code, warning }, title, explanation, example } = *self;
        let mut page = format!("{code}: {title}\n\n{explanation}\n");
        if !warning.is_empty() {
            page += &format!("\n-Wno-{warning} turns the warning off.\n");
        }
        if let Some((wrong, right)) = example {
            for (heading, program) in [("For example", wrong), ("Instead", right)] {
                page += &format!("\n{heading}:\n\n");
                for line in program.lines() {
                    // A String takes everything.
                    let _ = writeln!(page, "{:4}{line}", "");
                }
            }
        }
        page
    }
}

/// A line for each kind: code and title, and the name of a warning.
pub fn index<'c>(pages: impl IntoIterator<Item = &'c Page>) -> String {
    let mut text = String::new();
    for Page { kind: Code { code, warning }, title, .. } in pages {
        text += &match *warning {
            "" => format!("{code}  {title}\n"),
            name => format!("{code}  {title} (-W{name})\n"),
        };
    }
    text
}

/// The page of the kind that `text` names: a code in any case.
pub fn find<'c>(pages: impl IntoIterator<Item = &'c Page>, text: &str) -> Option<&'c Page> {
    pages.into_iter().find(|page| page.kind.code.eq_ignore_ascii_case(text))
}

/// What `--explain` prints: the page of the kind that `text` names, or the index when it is empty.
///
/// # Errors
/// When there is no such kind.
pub fn explain<'c>(
    pages: impl IntoIterator<Item = &'c Page>,
    text: &str,
) -> Result<String, String> {
    if text.is_empty() {
        return Ok(index(pages));
    }
    find(pages, text)
        .map(Page::text)
        .ok_or_else(|| format!("no message has the code `{text}`; without a code, all are listed"))
}

/// Declares kinds of diagnostics as constants, and the pages of `ALL` of them, from one list: name, code, name
/// of the warning (empty for an error), title, explanation, and an example `wrong => right`.
#[macro_export]
macro_rules! diagnostic_codes {
    ($($name:ident $code:literal $warning:literal $title:literal $explanation:literal
        $($wrong:literal => $right:literal)?)*) => {
        $(
            #[doc = concat!("`", $code, "`: ", $title, ".")]
            pub const $name: $crate::diag::code::Code =
                $crate::diag::code::Code { code: $code, warning: $warning };
        )*
        /// The pages of all of them, by code.
        pub static ALL: &[$crate::diag::code::Page] = &[$($crate::diag::code::Page {
            kind: $name,
            title: $title,
            explanation: $explanation,
            example: $crate::diagnostic_codes!(@example $($wrong, $right)?),
        }),*];
    };
    (@example) => { None };
    (@example $wrong:literal, $right:literal) => { Some(($wrong, $right)) };
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "tables are public where compilers make them")]
mod tests {
    use super::*;

    crate::diagnostic_codes! {
        ODD "X0001" "" "an odd thing" "It is odd." "int x = 5" => "int x = 5;"
        EVEN "X0002" "even" "an even thing" "It is even."
    }

    #[test]
    fn pages_come_from_the_table() {
        let page = "X0001: an odd thing\n\nIt is odd.\n\nFor example:\n\n    int x = 5\n\n\
                    Instead:\n\n    int x = 5;\n";
        assert_eq!(ALL[0].text(), page);
        assert_eq!(
            ALL[1].text(),
            "X0002: an even thing\n\nIt is even.\n\n-Wno-even turns the warning off.\n"
        );
        assert_eq!(index(ALL), "X0001  an odd thing\nX0002  an even thing (-Weven)\n");
        assert_eq!(explain(ALL, "x0002"), Ok(ALL[1].text()));
        assert!(explain(ALL, "X0003").is_err());
    }
}
