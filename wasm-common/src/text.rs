//! Texts of messages. On desktops they are what the standard library has: [`format`] is its `format!`, and
//! `text!` gives back its literal. For a device, which has little flash, they are packed while the program is
//! compiled (crate `terse`), at half their size: sites name [`format`] and `text!` of here, and are the same.

#[doc(hidden)]
pub extern crate alloc;

use alloc::string::String;
use core::fmt::{Display, Write};

#[cfg(not(feature = "std"))]
pub use terse::{format, text};
#[cfg(feature = "std")]
pub use {crate::plain_text as text, alloc::format};

/// A literal of ASCII that is to be a message: what a `String` is made of.
#[cfg(feature = "std")]
#[doc(hidden)]
#[macro_export]
macro_rules! plain_text {
    ($text:literal) => {
        $text
    };
}

/// What each code above 127 stands for.
static VOCABULARY: [[u8; 2]; 128] = terse::vocabulary!();

/// A packed literal.
#[derive(Clone, Copy, Debug)]
pub struct Text(pub &'static [u8]);

impl From<Text> for String {
    #[inline(never)]
    fn from(text: Text) -> Self {
        unpack(text.0, [])
    }
}

/// A packed text with its arguments.
#[inline(never)]
pub fn unpack<const N: usize>(text: &[u8], arguments: [&dyn Display; N]) -> String {
    unpacked(text, &arguments)
}

fn unpacked(text: &[u8], arguments: &[&dyn Display]) -> String {
    let mut out = String::new();
    text.iter().for_each(|&code| add(code, arguments, &mut out));
    out
}

/// Recursion ends: a code of the vocabulary is made of those before it.
fn add(code: u8, arguments: &[&dyn Display], out: &mut String) {
    match code {
        1..10 => {
            let argument = arguments.get(usize::from(code) - 1);
            // A String takes everything.
            let _ = argument.map_or(Ok(()), |argument| write!(out, "{argument}"));
        }
        128.. => VOCABULARY[usize::from(code) - 128]
            .into_iter()
            .for_each(|half| add(half, arguments, out)),
        _ => out.push(char::from(code)),
    }
}

/// Where `part` first stands in `text`. The standard library's search is for long texts, and takes as much
/// flash as a pass of the optimiser.
pub fn find(text: &str, part: &str) -> Option<usize> {
    if cfg!(feature = "std") {
        return text.find(part);
    }
    text.as_bytes().windows(part.len().max(1)).position(|window| window == part.as_bytes())
}

/// `text` with `to` wherever it had `from`.
pub fn replaced(text: &str, from: &str, to: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = find(rest, from) {
        out += &rest[..at];
        out += to;
        rest = &rest[at + from.len()..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    #[test]
    fn parts_are_replaced() {
        assert_eq!(super::replaced("/./a/././b/.", "/./", "/"), "/a/./b/.");
        assert_eq!(super::replaced("\\\\x", "\\\\", "\\"), "\\x");
        assert_eq!(super::find("at the end", "end"), Some(7));
    }

    #[test]
    fn packed_texts_say_the_same() {
        let (name, count) = ("blink", 3);
        assert_eq!(
            terse::format!("`{name}` takes {count} arguments, and {} is {}", count + 1, "more"),
            "`blink` takes 3 arguments, and 4 is more",
        );
        assert_eq!(terse::format!("{0}{{{name}}}{0}\n\"\\", count), "3{blink}3\n\"\\");
        assert_eq!(terse::format!("{count:03} {name:?}"), "003 \"blink\"");
        assert_eq!(terse::format!("é{name}"), "éblink");
        let text = terse::text!(
            "a function `{` cannot be \
                                 static"
        );
        assert_eq!(String::from(text), "a function `{` cannot be static");
    }
}
