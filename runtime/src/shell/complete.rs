//! Tab: the rest of a command's or file's name.

use super::{Session, command::COMMANDS, line::Line, path, words};
use alloc::{format, string::String, vec::Vec};

/// What a word can be completed to, and what then follows it.
struct Candidate {
    name: String,
    end: char,
}

impl Session<'_> {
    /// Adds to the line what all candidates for the word before the cursor share; when that is
    /// nothing, shows the candidates.
    pub(super) fn complete(&mut self, line: &mut Line, out: &mut String) {
        let words::Split { words, last, quote } = words::split_part(line.before_cursor());
        let word = last.unwrap_or_default().text;
        let is_command = words.first().is_none_or(|first| first.text == "help");
        let candidates = if is_command { commands(&word) } else { self.paths(&word) };
        let names: Vec<&str> = candidates.iter().map(|candidate| &*candidate.name).collect();
        let Some(shared) = shared_prefix(&names) else { return };
        let typed = word.rsplit('/').next().unwrap_or("").len();
        let mut rest = words::quoted(&shared[typed..], quote);
        if let [only] = &candidates[..] {
            // A directory's name goes on; the word of a file's is over, and so are its quotes.
            rest.extend(quote.filter(|_| only.end == ' '));
            rest.push(only.end);
        }
        if !rest.is_empty() {
            line.insert(&rest, out);
        } else if candidates.len() > 1 {
            out.push_str(&format!("\n{}\n", names.join("  ")));
            line.redraw(out);
        }
    }

    /// Names in the word's directory that begin with its last component.
    fn paths(&mut self, word: &str) -> Vec<Candidate> {
        let (dir, last) = word
            .rsplit_once('/')
            .map_or((".", word), |(dir, last)| (if dir.is_empty() { "/" } else { dir }, last));
        let dir = path::resolve(&self.shell.cwd, dir);
        let entries = self.entries(&dir).into_iter();
        entries
            .filter(|entry| entry.name.starts_with(last))
            .map(|entry| Candidate { name: entry.name, end: if entry.is_dir { '/' } else { ' ' } })
            .collect()
    }
}

fn commands(word: &str) -> Vec<Candidate> {
    let names = COMMANDS.iter().map(|command| command.name);
    let fitting = names.filter(|name| name.starts_with(word));
    fitting.map(|name| Candidate { name: name.into(), end: ' ' }).collect()
}

/// The longest prefix of all candidates; `None` when there are none.
fn shared_prefix<'n>(candidates: &[&'n str]) -> Option<&'n str> {
    let (first, rest) = candidates.split_first()?;
    let same = |other: &&str| first.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let mut len = rest.iter().map(same).min().unwrap_or(first.len());
    while !first.is_char_boundary(len) {
        len -= 1;
    }
    Some(&first[..len])
}
