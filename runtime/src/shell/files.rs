//! Commands on files and directories.

use super::{Outcome, Session, command, path};
use crate::board::{Entry, FileId};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use wasm_common::abi::files::FileMode;

/// Bytes moved at a time: on a device this is on the stack.
const CHUNK: usize = 256;

/// What the name of a file ends in that is being written: no name that anybody gives a file, and
/// one that says what it is when the power failed.
const UNFINISHED: &str = ".unfinished";

impl Session<'_> {
    /// The entries of a directory; none when it cannot be read.
    pub(super) fn entries(&mut self, dir: &str) -> Vec<Entry> {
        let mut entries = Vec::new();
        while let Ok(Some(entry)) = self.board.entry(dir, entries.len()) {
            entries.push(entry);
        }
        entries
    }

    /// Opens the file that the user calls `name`.
    pub(super) fn open(&mut self, name: &str, mode: FileMode) -> Result<FileId, String> {
        let path = self.resolve(name);
        match self.board.stat(&path) {
            Ok(entry) if entry.is_dir => Err(format!("{name}: is a directory")),
            Err(_) if !mode.creates() => Err(format!("{name}: no such file")),
            _ => self.board.open(&path, mode).map_err(|_| format!("{name}: cannot be opened")),
        }
    }

    /// Feeds a file to `take`, piece by piece, until it returns false.
    pub(super) fn for_each_chunk(
        &mut self,
        name: &str,
        mut offset: u32,
        mut take: impl FnMut(&mut Self, &[u8]) -> Result<bool, String>,
    ) -> Outcome {
        let file = self.open(name, FileMode::Read)?;
        let mut chunk = [0; CHUNK];
        let outcome = loop {
            match self.board.read_at(file, offset, &mut chunk) {
                Ok(0) => break Ok(()),
                Ok(len) => {
                    match take(self, &chunk[..len]) {
                        Ok(true) => {}
                        Ok(false) => break Ok(()),
                        Err(why) => break Err(why),
                    }
                    let Some(next) = offset.checked_add(len as u32) else {
                        break Err(format!("{name}: is longer than 4 GiB"));
                    };
                    offset = next;
                }
                Err(_) => break Err(format!("{name}: cannot be read")),
            }
        };
        self.board.close(file);
        outcome
    }

    /// The whole file.
    pub(super) fn read_all(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        self.for_each_chunk(name, 0, |_, chunk| {
            bytes.extend_from_slice(chunk);
            Ok(true)
        })?;
        Ok(bytes)
    }

    /// Whether a file can have this name: it is in a directory, and is none.
    pub(super) fn check_target(&mut self, name: &str) -> Outcome {
        let target = self.resolve(name);
        if self.is_dir(&target) {
            return Err(format!("{name}: is a directory"));
        }
        let dir = path::split(&target).0;
        if self.is_dir(dir) { Ok(()) } else { Err(format!("{dir}: no such directory")) }
    }

    /// Makes or replaces a file. It is whole or not there at all: the bytes go into a file beside
    /// it, which takes its name when they are complete.
    pub(super) fn write_all(&mut self, name: &str, bytes: &[u8]) -> Outcome {
        self.check_target(name)?;
        let target = self.resolve(name);
        let beside = format!("{target}{UNFINISHED}");
        let failed = |_| format!("{name}: cannot be written");
        let written = self.board.open(&beside, FileMode::Write).map_err(failed).and_then(|file| {
            let outcome = self.append_all(file, bytes, name);
            self.board.close(file);
            outcome
        });
        let renamed = written.and_then(|()| self.board.rename(&beside, &target).map_err(failed));
        if renamed.is_err() {
            let _ = self.board.remove(&beside);
        }
        renamed
    }

    fn append_all(&mut self, file: FileId, bytes: &[u8], name: &str) -> Outcome {
        for (index, piece) in bytes.chunks(CHUNK).enumerate() {
            let offset = (index * CHUNK) as u32;
            self.board
                .write_at(file, offset, piece)
                .map_err(|_| format!("{name}: cannot be written"))?;
        }
        self.board.flush(file).map_err(|_| format!("{name}: cannot be written"))
    }

    fn is_dir(&mut self, path: &str) -> bool {
        path == "/" || self.board.stat(path).is_ok_and(|entry| entry.is_dir)
    }

    /// Applies `act` to each `(from, to)`; `to` is inside the last argument if that is a directory.
    fn each_pair(
        &mut self,
        args: &[String],
        name: &str,
        mut act: impl FnMut(&mut Self, &str, &str) -> Outcome,
    ) -> Outcome {
        let [sources @ .., last] = args else { return Err(command::usage(name)) };
        let target = self.resolve(last);
        let into = self.is_dir(&target);
        match sources {
            [] => return Err(command::usage(name)),
            [_, _, ..] if !into => return Err(format!("{last}: not a directory")),
            _ => {}
        }
        for source in sources {
            let from = self.resolve(source);
            let to = if into { path::join(&target, path::split(&from).1) } else { target.clone() };
            if from == to {
                return Err(format!("{source}: is the same file"));
            }
            act(self, &from, &to)?;
        }
        Ok(())
    }
}

pub(super) fn ls(session: &mut Session<'_>, args: &[String]) -> Outcome {
    let has = |option: &str| args.iter().any(|arg| arg == option);
    let (long, all) = (has("-l"), has("-a"));
    let is_name = |arg: &&str| !matches!(*arg, "-l" | "-a");
    let mut names: Vec<&str> = args.iter().map(String::as_str).filter(is_name).collect();
    if names.is_empty() {
        names.push(".");
    }
    for name in &names {
        let path = session.resolve(name);
        let mut entries = if session.is_dir(&path) {
            if names.len() > 1 {
                session.print(&format!("{name}:\n"));
            }
            session.entries(&path)
        } else {
            let found = session.board.stat(&path);
            alloc::vec![found.map_err(|_| format!("{name}: no such file or directory"))?]
        };
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        for entry in entries.iter().filter(|entry| all || !entry.name.starts_with('.')) {
            let slash = if entry.is_dir { "/" } else { "" };
            let size = if long { format!("{:>8} ", entry.size) } else { String::new() };
            session.print(&format!("{size}{}{slash}\n", entry.name));
        }
    }
    Ok(())
}

pub(super) fn cd(session: &mut Session<'_>, args: &[String]) -> Outcome {
    let name = args.first().map_or("/", String::as_str);
    let path = session.resolve(name);
    if !session.is_dir(&path) {
        return Err(format!("{name}: no such directory"));
    }
    session.shell.cwd = path;
    Ok(())
}

pub(super) fn pwd(session: &mut Session<'_>, _args: &[String]) -> Outcome {
    let cwd = format!("{}\n", session.shell.cwd);
    session.print(&cwd);
    Ok(())
}

pub(super) fn cp(session: &mut Session<'_>, args: &[String]) -> Outcome {
    session.each_pair(args, "cp", |session, from, to| {
        session.check_target(to)?;
        let bytes = session.read_all(from)?;
        session.write_all(to, &bytes)
    })
}

pub(super) fn mv(session: &mut Session<'_>, args: &[String]) -> Outcome {
    session.each_pair(args, "mv", |session, from, to| {
        session.board.stat(from).map_err(|_| format!("{from}: no such file or directory"))?;
        session.board.rename(from, to).map_err(|_| format!("{from}: cannot be renamed to {to}"))
    })
}

/// Applies `act` to each argument's path; its failure is told as `why`.
fn each(
    session: &mut Session<'_>,
    args: &[String],
    name: &str,
    mut act: impl FnMut(&mut Session<'_>, &str) -> Result<(), &'static str>,
) -> Outcome {
    if args.is_empty() {
        return Err(command::usage(name));
    }
    for arg in args {
        let path = session.resolve(arg);
        act(session, &path).map_err(|why| format!("{arg}: {why}"))?;
    }
    Ok(())
}

pub(super) fn rm(session: &mut Session<'_>, args: &[String]) -> Outcome {
    each(session, args, "rm", |session, path| match session.board.stat(path) {
        Err(_) => Err("no such file"),
        Ok(entry) if entry.is_dir => Err("is a directory; use `rmdir`"),
        Ok(_) => session.board.remove(path).map_err(|_| "cannot be removed"),
    })
}

pub(super) fn mkdir(session: &mut Session<'_>, args: &[String]) -> Outcome {
    each(session, args, "mkdir", |session, path| {
        if session.board.stat(path).is_ok() {
            return Err("is there already");
        }
        session.board.make_dir(path).map_err(|_| "cannot be made")
    })
}

pub(super) fn rmdir(session: &mut Session<'_>, args: &[String]) -> Outcome {
    each(session, args, "rmdir", |session, path| {
        if !session.is_dir(path) {
            return Err("no such directory");
        }
        session.board.remove_dir(path).map_err(|_| "is not empty")
    })
}

pub(super) fn df(session: &mut Session<'_>, _args: &[String]) -> Outcome {
    let Some((total, free)) = session.board.capacity() else {
        session.print("the storage has no fixed size\n");
        return Ok(());
    };
    let used = total.saturating_sub(free);
    let percent = (used * 100).checked_div(total).unwrap_or(0).to_string();
    let text = format!("{total} bytes, {used} used ({percent} %), {free} free\n");
    session.print(&text);
    Ok(())
}
