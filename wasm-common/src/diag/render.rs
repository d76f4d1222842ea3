//! Diagnostics as text without a terminal: `file:line:col: error: message [code]`, or JSON.
//!
//! In: a diagnostic and the sources it speaks of. Out: lines that editors and programs can read.
//! Pictures of the source are in [`picture`](super::picture).

use super::{Diagnostic, Message, Severity};
use crate::source::{SourceMap, Span};
use crate::text::format;
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// The message in one line, as small screens like it.
pub fn short(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let place = place(diagnostic.span, sources);
    let code = tag(diagnostic);
    format!("{place}: {}: {} [{code}]", diagnostic.severity, diagnostic.message)
}

/// The message in one line, and a line for each further place and for the help.
pub fn lines(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let mut text = short(diagnostic, sources);
    for label in &diagnostic.labels {
        text += &format!("\n{}: note: {}", place(label.span, sources), label.message);
    }
    if let Some(help) = &diagnostic.help {
        text += &format!("\n{}: help: {help}", place(diagnostic.span, sources));
    }
    text
}

/// Code of an error; of a warning the switch that turns it off, too.
pub(super) fn tag(diagnostic: &Diagnostic) -> String {
    match diagnostic.warning {
        "" => diagnostic.code.to_string(),
        name => format!("{}, -W{name}", diagnostic.code),
    }
}

/// `file:line:column`.
fn place(span: Span, sources: &SourceMap) -> String {
    let (file, line, column) = sources.presumed_place(span);
    format!("{}:{line}:{column}", sources.file(file).name)
}

/// One JSON object, without line breaks:
///
/// ```text
/// {"severity":"error","code":"C0201","warning":"","message":"...","help":null,
///  "place":{"file":"a.c","line":3,"column":9,"start":40,"end":43},
///  "labels":[{"message":"...","place":{...}}]}
/// ```
///
/// `file` and `line` are as `#line` directives have them; `start` and `end` are bytes of the file
/// as it was read; `help` is null or a string.
pub fn json(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let Message { severity, code, warning, message, span, labels, help } = &**diagnostic;
    let severity = match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let labels: Vec<String> = labels
        .iter()
        .map(|label| {
            let place = json_place(label.span, sources);
            format!("{{\"message\":{},\"place\":{place}}}", quoted(&label.message))
        })
        .collect();
    format!(
        "{{\"severity\":\"{severity}\",\"code\":\"{code}\",\"warning\":{},\"message\":{},\
         \"help\":{},\"place\":{},\"labels\":[{}]}}",
        quoted(warning),
        quoted(message),
        help.as_ref().map_or("null".to_string(), |help| quoted(help)),
        json_place(*span, sources),
        labels.join(","),
    )
}

fn json_place(span: Span, sources: &SourceMap) -> String {
    let (file, line, column) = sources.presumed_place(span);
    let file = quoted(&sources.file(file).name);
    let (start, end) = (span.start(), span.end());
    format!(
        "{{\"file\":{file},\"line\":{line},\"column\":{column},\"start\":{start},\"end\":{end}}}"
    )
}

/// `text` as a JSON string (RFC 8259, section 7).
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if u32::from(c) < 0x20 => out += &format!("\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> (Diagnostic, SourceMap) {
        let mut sources = SourceMap::new();
        let file = sources.add("a \"b\".c", "int x;\nint ö, x;\n");
        let diagnostic = Diagnostic::error("C0300", Span::new(file, 15, 16), "`x` is\ttwice")
            .label(Span::new(file, 4, 5), "first here")
            .help("rename one");
        (diagnostic, sources)
    }

    #[test]
    fn one_line_each() {
        let (diagnostic, sources) = example();
        assert_eq!(short(&diagnostic, &sources), "a \"b\".c:2:8: error: `x` is\ttwice [C0300]");
        let expected = "a \"b\".c:2:8: error: `x` is\ttwice [C0300]\n\
                        a \"b\".c:1:5: note: first here\n\
                        a \"b\".c:2:8: help: rename one";
        assert_eq!(lines(&diagnostic, &sources), expected);
    }

    #[test]
    fn warnings_name_their_switch() {
        let sources = {
            let mut sources = SourceMap::new();
            sources.add("a.c", "x");
            sources
        };
        let warning = Diagnostic::warning("C0301", "unused", Span::default(), "unused `x`");
        assert_eq!(short(&warning, &sources), "a.c:1:1: warning: unused `x` [C0301, -Wunused]");
    }

    #[test]
    fn json_escapes() {
        let (diagnostic, sources) = example();
        assert_eq!(
            json(&diagnostic, &sources),
            "{\"severity\":\"error\",\"code\":\"C0300\",\"warning\":\"\",\
             \"message\":\"`x` is\\u0009twice\",\"help\":\"rename one\",\
             \"place\":{\"file\":\"a \\\"b\\\".c\",\"line\":2,\"column\":8,\"start\":15,\"end\":16},\
             \"labels\":[{\"message\":\"first here\",\"place\":{\"file\":\"a \\\"b\\\".c\",\
             \"line\":1,\"column\":5,\"start\":4,\"end\":5}}]}"
        );
    }
}
