//! The device's command line.
//!
//! In: keys from the board's console, which is a terminal: each byte comes as it is typed, and
//! nobody else echoes it (the console turns `\n` into what the terminal wants). Out: what the
//! commands print. A command is one row of a table (`command`) and one function.
//!
//! Invariant: whatever is typed, the shell comes back to its prompt.

mod build;
mod command;
mod complete;
mod device;
mod edit;
mod files;
mod history;
mod line;
mod path;
mod programs;
mod psram;
mod text;
mod words;

use crate::board::{Board, Key};
use alloc::{boxed::Box, format, string::String, vec::Vec};
use history::History;
use line::{Event, Line};

pub use programs::{Ended, Machine, Watched, run_on};
pub use psram::test_psram;

/// What a command did; the text says why it failed.
type Outcome = Result<(), String>;

/// The state that outlives a command.
pub struct Shell {
    cwd: String,
    history: History,
    machine: Box<dyn Machine>,
    /// The last file compiled, and the RAM that took.
    last_build: Option<(String, Watched)>,
    last_run: Option<programs::LastRun>,
    /// `exit` was executed.
    is_left: bool,
}

/// A command at work: the shell, and the board it acts on.
struct Session<'a> {
    shell: &'a mut Shell,
    board: &'a mut dyn Board,
}

/// What a line that is read is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// Words, which Tab completes.
    Command,
    /// The content of a file, in which Tab is a character.
    Text,
}

/// How a line of input ended.
enum Input {
    Line(String),
    /// More was typed than a line can have.
    TooLong,
    Cancelled,
    End,
}

/// Why a line is not taken.
fn too_long() -> String {
    format!("a line of more than {} bytes is not taken", line::MAX_LINE)
}

impl Shell {
    /// A shell in the root directory, whose programs run on `machine`.
    pub fn new(machine: Box<dyn Machine>) -> Self {
        let cwd = String::from("/");
        let history = History::default();
        Self { cwd, history, machine, last_build: None, last_run: None, is_left: false }
    }

    /// Reads and executes commands until `exit` or the end of input.
    pub fn run(&mut self, board: &mut dyn Board) {
        let mut session = Session { shell: self, board };
        session.print("wasmcu shell: `help` lists the commands\n");
        while !session.shell.is_left {
            let prompt = format!("{}> ", session.shell.cwd);
            match session.read_line(&prompt, Purpose::Command) {
                Input::Line(line) => drop(session.execute(&line)),
                Input::TooLong => session.print(&(too_long() + "\n")),
                Input::Cancelled => {}
                Input::End => return session.print("\n"),
            }
        }
    }

    /// Executes one line; false if it failed, after the reason was printed.
    pub fn execute(&mut self, board: &mut dyn Board, line: &str) -> bool {
        Session { shell: self, board }.execute(line)
    }
}

impl Session<'_> {
    fn print(&mut self, text: &str) {
        self.board.write(text.as_bytes());
    }

    /// The line is remembered, split, its wildcards expanded, and given to its command.
    fn execute(&mut self, line: &str) -> bool {
        self.shell.history.add(line);
        let outcome = self.words(line).and_then(|words| {
            let Some((name, args)) = words.split_first() else { return Ok(()) };
            let command = command::find(name).ok_or_else(|| command::unknown(name))?;
            (command.run)(self, args).map_err(|why| format!("{name}: {why}"))
        });
        if let Err(why) = &outcome {
            self.print(&format!("{why}\n"));
        }
        outcome.is_ok()
    }

    fn words(&mut self, line: &str) -> Result<Vec<String>, String> {
        let words = words::split(line).map_err(|quote| format!("missing closing {quote}"))?;
        let mut expanded = Vec::new();
        for word in words {
            let found = if word.has_wildcard() { self.expand(&word) } else { Vec::new() };
            if found.is_empty() {
                expanded.push(word.text);
            } else {
                expanded.extend(found);
            }
        }
        Ok(expanded)
    }

    /// The paths that match a pattern; wildcards count in the last component only.
    fn expand(&mut self, word: &words::Word) -> Vec<String> {
        let dir = word.text.rsplit_once('/').map(|(dir, _)| dir);
        let last = word.pattern(dir.map_or(0, |dir| dir.len() + 1));
        let absolute = self.resolve(dir.map_or(".", |dir| if dir.is_empty() { "/" } else { dir }));
        let mut found: Vec<String> = Vec::new();
        for entry in self.entries(&absolute) {
            if words::matches(&last, &entry.name) && !entry.name.starts_with('.') {
                found.push(dir.map_or(entry.name.clone(), |dir| format!("{dir}/{}", entry.name)));
            }
        }
        found.sort_unstable();
        found
    }

    fn resolve(&self, path: &str) -> String {
        path::resolve(&self.shell.cwd, path)
    }

    /// Reads a line, in which Ctrl-C is a key; while anything else happens, it is a wish to stop.
    fn read_line(&mut self, prompt: &str, purpose: Purpose) -> Input {
        let stopped = self.board.stop_requested();
        self.board.let_ctrl_c_stop(false);
        // What stopped the command before is over. A stop that stays is the end of input.
        let input = if stopped && !self.board.stop_requested() {
            Input::Cancelled
        } else {
            self.edit_line(prompt, purpose)
        };
        self.board.let_ctrl_c_stop(true);
        input
    }

    /// Edits a line on the terminal until it is complete.
    fn edit_line(&mut self, prompt: &str, purpose: Purpose) -> Input {
        let mut out = String::new();
        // Text comes as fast as it is sent: nothing that is longer than itself goes back.
        let columns = match purpose {
            Purpose::Command => self.board.columns(),
            Purpose::Text => usize::MAX,
        };
        let mut line = Line::new(prompt, columns, &mut out);
        loop {
            if !out.is_empty() {
                self.print(&out);
                out.clear();
            }
            let byte = match self.board.wait_key() {
                Key::Byte(byte) => byte,
                Key::None => {
                    self.board.sleep(1);
                    continue;
                }
                Key::End => return Input::End,
            };
            match line.key(byte, &self.shell.history, &mut out) {
                Event::None => {}
                Event::Complete if purpose == Purpose::Text => line.insert("\t", &mut out),
                Event::Complete => self.complete(&mut line, &mut out),
                Event::Done => {
                    self.print(&out);
                    let cut = line.is_cut();
                    return if cut { Input::TooLong } else { Input::Line(line.text().into()) };
                }
                Event::Cancelled => {
                    self.print(&out);
                    return Input::Cancelled;
                }
                Event::End => return Input::End,
            }
        }
    }
}

#[cfg(all(test, feature = "std"))]
mod tests;
