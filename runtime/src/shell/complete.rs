//! Tab: the rest of a command's or file's name.

use super::{
    Session,
    command::COMMANDS,
    line::{Line, last_word},
    path,
};
use alloc::{format, string::String, vec::Vec};

impl Session<'_> {
    /// Adds to the line what all candidates for the word before the cursor share; when that is
    /// nothing, shows the candidates.
    pub(super) fn complete(&mut self, line: &mut Line, out: &mut String) {
        let before = String::from(line.before_cursor());
        let start = last_word(&before);
        let word = &before[start..];
        let is_first = before[..start].trim().is_empty();
        let candidates = if is_first { commands(word) } else { self.paths(word) };
        let Some(shared) = shared_prefix(&candidates) else { return };
        let typed = word.rsplit('/').next().unwrap_or("").len();
        if shared.len() > typed {
            line.insert(&shared[typed..], out);
        } else if candidates.len() > 1 {
            out.push_str(&format!("\n{}\n", candidates.join("  ")));
            line.redraw(out);
        }
    }

    /// Names in the word's directory that begin with its last component.
    fn paths(&mut self, word: &str) -> Vec<String> {
        let (dir, last) = word
            .rsplit_once('/')
            .map_or((".", word), |(dir, last)| (if dir.is_empty() { "/" } else { dir }, last));
        let dir = path::resolve(&self.shell.cwd, dir);
        let entries = self.entries(&dir).into_iter();
        entries
            .filter(|entry| entry.name.starts_with(last))
            .map(|entry| format!("{}{}", entry.name, if entry.is_dir { "/" } else { " " }))
            .collect()
    }
}

fn commands(word: &str) -> Vec<String> {
    let names = COMMANDS.iter().map(|command| command.name);
    names.filter(|name| name.starts_with(word)).map(|name| format!("{name} ")).collect()
}

/// The longest prefix of all candidates; `None` when there are none.
fn shared_prefix(candidates: &[String]) -> Option<&str> {
    let (first, rest) = candidates.split_first()?;
    let same =
        |other: &String| first.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let mut len = rest.iter().map(same).min().unwrap_or(first.len());
    while !first.is_char_boundary(len) {
        len -= 1;
    }
    Some(&first[..len])
}
