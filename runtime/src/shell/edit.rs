//! A line editor, for terminals that can do no more and for scripts that type.

use super::{Input, Outcome, Purpose, Session, command};
use alloc::{format, string::String, vec::Vec};

const HELP: &str = "\
[p] N [M]  print lines N to M (p: all)   a [N]   append after line N (the last), up to a `.`\n\
d N [M]    delete lines N to M           i [N]   insert before line N (the first), up to a `.`\n\
c N TEXT   change line N to TEXT         s/A/B/  put B for A in every line\n\
w          write the file                q       leave (q! without writing)\n";

const NOT_WRITTEN: &str = "not written: `w` writes, `q!` leaves all the same";

/// A file being edited.
struct Buffer {
    name: String,
    lines: Vec<String>,
    changed: bool,
}

pub(super) fn edit(session: &mut Session<'_>, args: &[String]) -> Outcome {
    let [name] = args else { return Err(command::usage("edit")) };
    let path = session.resolve(name);
    let bytes =
        if session.board.stat(&path).is_ok() { session.read_all(name)? } else { Vec::new() };
    let text = String::from_utf8(bytes).map_err(|_| format!("{name}: is not a text"))?;
    let lines = text.lines().map(String::from).collect();
    let mut buffer = Buffer { name: name.clone(), lines, changed: false };
    session.print(&format!("{name}: {} lines; `h` for help\n", buffer.lines.len()));
    let mut is_warned = false;
    loop {
        let done = match session.read_line("* ", Purpose::Text) {
            Input::Line(line) => buffer.execute(session, line.trim()),
            Input::TooLong => Err(super::too_long()),
            Input::Cancelled => Ok(false),
            // Ctrl-D, or the end of all input, which comes again.
            Input::End if buffer.changed && !is_warned => {
                is_warned = true;
                session.print(&format!("\n{NOT_WRITTEN}\n"));
                continue;
            }
            Input::End => return Ok(()),
        };
        is_warned = false;
        match done {
            Ok(true) => return Ok(()),
            Ok(false) => {}
            Err(why) => session.print(&format!("{why}\n")),
        }
    }
}

impl Buffer {
    /// Executes one line; true when the editor is to be left.
    fn execute(&mut self, session: &mut Session<'_>, line: &str) -> Result<bool, String> {
        let (name, rest) =
            line.split_at(line.find(|c: char| !c.is_alphabetic()).unwrap_or(line.len()));
        let rest = rest.trim();
        match name {
            "" if rest.is_empty() => {}
            "h" => session.print(HELP),
            "p" | "" => self.print(session, rest)?,
            "a" => {
                let after = if rest.is_empty() { self.lines.len() } else { self.number(rest, 0)? };
                self.insert(session, after);
            }
            "i" => {
                let before = if rest.is_empty() { 1 } else { self.number(rest, 1)? };
                self.insert(session, before.saturating_sub(1));
            }
            "d" if !rest.is_empty() => {
                let (first, last) = self.range(rest)?;
                self.lines.drain(first - 1..last);
                self.changed = true;
            }
            "c" => {
                let (number, text) = rest.split_once(' ').unwrap_or((rest, ""));
                let at = self.number(number, 1)?;
                self.lines[at - 1] = String::from(text);
                self.changed = true;
            }
            "s" => self.substitute(rest)?,
            "w" => self.write(session)?,
            "q" if rest == "!" => return Ok(true),
            "q" if self.changed => {
                return Err(NOT_WRITTEN.into());
            }
            "q" => return Ok(true),
            _ => return Err(format!("{line}: not known; `h` helps, `q` leaves")),
        }
        Ok(false)
    }

    /// The number of a line, at least `low`.
    fn number(&self, text: &str, low: usize) -> Result<usize, String> {
        let number = command::number(text, "a line number")?;
        if number < low || number > self.lines.len() {
            return Err(format!("line {number}: there are {}", self.lines.len()));
        }
        Ok(number)
    }

    fn range(&self, text: &str) -> Result<(usize, usize), String> {
        let mut words = text.split_whitespace();
        let first = self.number(words.next().unwrap_or("1"), 1)?;
        let last = words.next().map_or(Ok(first), |word| self.number(word, 1))?;
        if last < first {
            Err(format!("{text}: the lines end before they begin"))
        } else {
            Ok((first, last))
        }
    }

    fn print(&self, session: &mut Session<'_>, rest: &str) -> Outcome {
        if self.lines.is_empty() {
            return Ok(());
        }
        let (first, last) = if rest.is_empty() { (1, self.lines.len()) } else { self.range(rest)? };
        for number in first..=last {
            session.print(&format!("{number:>4}  {}\n", self.lines[number - 1]));
        }
        Ok(())
    }

    fn insert(&mut self, session: &mut Session<'_>, mut at: usize) {
        loop {
            match session.read_line(&format!("{:>4}+ ", at + 1), Purpose::Text) {
                Input::Line(line) if line == "." => return,
                Input::Line(line) => {
                    self.lines.insert(at, line);
                    self.changed = true;
                    at += 1;
                }
                Input::TooLong => session.print(&(super::too_long() + "\n")),
                Input::Cancelled | Input::End => return,
            }
        }
    }

    fn substitute(&mut self, rest: &str) -> Outcome {
        let parts: Vec<&str> = rest.split('/').collect();
        let ["", from, to, ..] = parts[..] else { return Err("expected s/A/B/".into()) };
        if from.is_empty() {
            return Err("expected a text between the first two slashes".into());
        }
        for line in self.lines.iter_mut().filter(|line| line.contains(from)) {
            *line = line.replace(from, to);
            self.changed = true;
        }
        Ok(())
    }

    fn write(&mut self, session: &mut Session<'_>) -> Outcome {
        let mut text = String::new();
        for line in &self.lines {
            text.push_str(line);
            text.push('\n');
        }
        session.write_all(&self.name, text.as_bytes())?;
        session.print(&format!("{}: {} bytes\n", self.name, text.len()));
        self.changed = false;
        Ok(())
    }
}
