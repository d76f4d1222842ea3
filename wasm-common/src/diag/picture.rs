//! Diagnostics as pictures of the source, for terminals (ariadne).
//!
//! In: diagnostics and sources. Out: text with or without colours; nothing is printed here. A
//! line too long to be looked at gives the one-line form instead, so the output stays small for
//! any input.

use super::{Diagnostic, Severity, render};
use crate::source::{FileId, SourceMap, Span};
use ariadne::{Cache, Color, Config, IndexType, Label, Report, ReportKind, Source};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::format;
use std::ops::Range;
use std::string::String;
use std::vec::Vec;

/// How much larger a `#line` directive may make the numbers in a picture.
const MAX_SHIFT: i64 = 1_000_000;

/// Bytes of a line that a picture may show.
const MAX_LINE: usize = 500;

/// Makes pictures; keeps the line tables of the files it has shown.
pub struct Painter<'s> {
    sources: &'s SourceMap,
    color: bool,
    views: BTreeMap<View, Source<Cow<'s, str>>>,
}

/// A file with the name and the line numbers that a `#line` directive gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct View {
    file: FileId,
    /// The file that it is said to be.
    presumed: FileId,
    /// What is added to its own line numbers.
    shift: i64,
}

impl View {
    /// The one in which `span` lies.
    fn of(span: Span, sources: &SourceMap) -> Self {
        let (presumed, line) = sources.presumed_line(span);
        let own = sources.file(span.file()).line_of(span.start());
        Self { file: span.file(), presumed, shift: i64::from(line) - i64::from(own) }
    }

    /// Bytes before the first line that is shown: line numbers become smaller by leaving lines
    /// out.
    fn cut(self, sources: &SourceMap) -> usize {
        let left_out = u32::try_from(-self.shift).unwrap_or(0);
        sources.file(self.file).line_start(left_out + 1).unwrap_or(0) as usize
    }

    /// Empty lines before the text: line numbers become larger by them.
    fn added(self) -> usize {
        usize::try_from(self.shift).unwrap_or(0)
    }
}

impl<'s> Painter<'s> {
    /// Pictures of `sources`, coloured or not.
    pub fn new(sources: &'s SourceMap, color: bool) -> Self {
        Self { sources, color, views: BTreeMap::new() }
    }

    /// The picture of one diagnostic, ending in a newline.
    pub fn picture(&mut self, diagnostic: &Diagnostic) -> String {
        if !self.can_show(diagnostic) {
            return render::lines(diagnostic, self.sources) + "\n";
        }
        let main = self.range(diagnostic.span);
        let (kind, color) = match diagnostic.severity {
            Severity::Error => (ReportKind::Error, Color::Red),
            Severity::Warning => (ReportKind::Warning, Color::Yellow),
            Severity::Note => (ReportKind::Advice, Color::Blue),
        };
        let config = Config::default().with_color(self.color).with_index_type(IndexType::Byte);
        let mut labels: Vec<_> = diagnostic
            .labels
            .iter()
            .map(|label| (self.range(label.span), label.message.as_str(), Color::Blue))
            .collect();
        if labels.iter().all(|label| label.0 != main) {
            labels.push((main.clone(), "", color));
        }
        // The main file first, each file's lines in order: otherwise ariadne shows a file twice.
        labels.sort_by_key(|label| (label.0.0 != main.0, label.0.0, label.0.1.start));
        let mut report = Report::build(kind, main)
            .with_config(config)
            .with_code(render::tag(diagnostic))
            .with_message(&diagnostic.message);
        for (range, message, color) in labels {
            report.add_label(Label::new(range).with_message(message).with_color(color));
        }
        if let Some(help) = &diagnostic.help {
            report.set_help(help);
        }
        let mut bytes = Vec::new();
        if report.finish().write(&mut *self, &mut bytes).is_err() {
            return render::lines(diagnostic, self.sources) + "\n";
        }
        let text = String::from_utf8_lossy(&bytes);
        text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// Whether every line to be shown is there and short enough.
    fn can_show(&self, diagnostic: &Diagnostic) -> bool {
        let spans = diagnostic.labels.iter().map(|label| label.span).chain([diagnostic.span]);
        spans.into_iter().all(|span| {
            let file = self.sources.file(span.file());
            let first = file.line_col(span.start()).0;
            let last = file.line_col(span.end()).0;
            let short = |line: u32| file.line(line).len() <= MAX_LINE;
            let shift = View::of(span, self.sources).shift;
            !file.text.is_empty()
                && shift <= MAX_SHIFT
                && last - first <= 20
                && (first..=last).all(short)
        })
    }

    /// The bytes of `span`, at least one where the text has any, cut at characters.
    fn range(&self, span: Span) -> (View, Range<usize>) {
        let view = View::of(span, self.sources);
        let moved = |at: usize| (at + view.added()).saturating_sub(view.cut(self.sources));
        let text = &self.sources.file(span.file()).text;
        let boundary =
            |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
        let start = boundary(span.start() as usize).unwrap_or(0);
        let start = if start == text.len() {
            boundary(start.saturating_sub(1)).unwrap_or(0)
        } else {
            start
        };
        let least = start + text[start..].chars().next().map_or(0, char::len_utf8);
        let end = boundary(span.end() as usize).unwrap_or(0).max(least);
        (view, moved(start)..moved(end))
    }
}

impl<'s> Cache<View> for Painter<'s> {
    type Storage = Cow<'s, str>;

    fn fetch(&mut self, view: &View) -> Result<&Source<Cow<'s, str>>, impl fmt::Debug> {
        let text = &self.sources.file(view.file).text[view.cut(self.sources)..];
        // ariadne's own offset of line numbers does not reach the margin.
        let text = || match view.added() {
            0 => Cow::Borrowed(text),
            added => Cow::Owned("\n".repeat(added) + text),
        };
        Ok::<_, fmt::Error>(self.views.entry(*view).or_insert_with(|| Source::from(text())))
    }

    fn display<'a>(&self, view: &'a View) -> Option<impl fmt::Display + 'a> {
        Some(self.sources.file(view.presumed).name.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(text: &str, start: usize, end: usize) -> String {
        let mut sources = SourceMap::new();
        let file = sources.add("a.c", String::from(text));
        let span = Span::new(file, start, end);
        let error = Diagnostic::error("C0201", span, "expected `;`").help("add it");
        Painter::new(&sources, false).picture(&error.label(span, "here it goes"))
    }

    #[test]
    fn points_at_the_token() {
        let shown = picture("int ä = 1\nint y;\n", 9, 10);
        insta::assert_snapshot!(shown, @r"
        [C0201] Error: expected `;`
           ╭─[ a.c:1:9 ]
           │
         1 │ int ä = 1
           │         ┬
           │         ╰── here it goes
           │
           │ Help: add it
        ───╯
        ");
    }

    #[test]
    fn lines_are_those_of_line_directives() {
        let mut sources = SourceMap::new();
        let file = sources.add("a.c", "int x;\n#line 80 \"b.c\"\nint y;\n#line 2\nint z;\n");
        sources.add_line_directive(file, 21, Some("b.c"), 80 - 3);
        sources.add_line_directive(file, 36, None, 2 - 5);
        let mut painter = Painter::new(&sources, false);
        let mut shown = |start| {
            let span = Span::new(file, start, start + 1);
            painter.picture(&Diagnostic::error("C0301", span, "here"))
        };
        assert!(shown(4).contains("[ a.c:1:5 ]") && shown(4).contains("1 │ int x;"));
        assert!(shown(26).contains("[ b.c:80:5 ]") && shown(26).contains("80 │ int y;"));
        assert!(shown(41).contains("[ b.c:2:5 ]") && shown(41).contains("2 │ int z;"));
    }

    #[test]
    fn any_span_of_any_text_has_a_picture() {
        for text in ["", "\n", "x", "ä", "ä\n\n", "\u{feff}\r\n\0\t€"] {
            for start in 0..12 {
                for end in start..12 {
                    assert!(picture(text, start, end).contains("C0201"));
                }
            }
        }
    }

    #[test]
    fn long_lines_are_not_shown() {
        let text = "x".repeat(10_000);
        assert!(picture(&text, 5000, 5001).len() < 200);
    }
}
