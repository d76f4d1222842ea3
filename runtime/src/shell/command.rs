//! The table of commands.

use super::{Outcome, Session, device, edit, files, programs, text};
use alloc::{format, string::String};

/// A row of the table.
pub(super) struct Command {
    /// What is typed.
    pub(super) name: &'static str,
    /// Its arguments, as `help` shows them.
    usage: &'static str,
    /// What it does, in a line.
    about: &'static str,
    /// Does it.
    pub(super) run: fn(&mut Session<'_>, &[String]) -> Outcome,
}

const fn row(
    name: &'static str,
    usage: &'static str,
    about: &'static str,
    run: fn(&mut Session<'_>, &[String]) -> Outcome,
) -> Command {
    Command { name, usage, about, run }
}

/// All commands, in the order of `help`.
pub(super) const COMMANDS: &[Command] = &[
    row("help", "[COMMAND]", "list the commands, or explain one", help),
    row(
        "compile",
        "FILE [-o OUT] [run]",
        "compile C or BASIC to wasm, and run it",
        programs::compile,
    ),
    row(
        "run",
        "[-n INSTRUCTIONS] FILE",
        "run a program: .c, .bas or .wasm (Ctrl-C stops it)",
        programs::run,
    ),
    row("stop", "", "stop what runs", programs::stop),
    row("ps", "", "show what ran last, and how it ended", programs::ps),
    row("mem", "", "show how the last program used its memory", programs::mem),
    row("psram", "[test]", "show the PSRAM and its cache, or test it", programs::psram),
    row("ls", "[-a] [-l] [PATH...]", "list files (-a: those with a dot in front too)", files::ls),
    row("cd", "[DIR]", "change the directory", files::cd),
    row("pwd", "", "print the directory", files::pwd),
    row("cat", "FILE...", "print files", text::cat),
    row(
        "grep",
        "[-i] [-n] [-v] [--] TEXT FILE...",
        "print the lines that contain TEXT",
        text::grep,
    ),
    row("hexdump", "FILE [START [LENGTH]]", "print bytes in hexadecimal", text::hexdump),
    row("edit", "FILE", "edit a file, line by line", edit::edit),
    row("load", "FILE", "receive a file: text, up to a line with a dot alone", text::load),
    row("cp", "FROM... TO", "copy files", files::cp),
    row("mv", "FROM... TO", "move or rename files", files::mv),
    row("rm", "FILE...", "remove files", files::rm),
    row("mkdir", "DIR...", "make directories", files::mkdir),
    row("rmdir", "DIR...", "remove empty directories", files::rmdir),
    row("df", "", "show how full the storage is", files::df),
    row("param", "[ID [VALUE]]", "show or set the shared parameters 0 to 15", device::param),
    row("led", "CHANNEL [R G B]", "show a strip, or fill it with a colour", device::led),
    row("gpio", "PIN [0|1]", "read a pin, or make it an output", device::gpio),
    row("time", "", "show the time and the time since boot", device::time),
    row("history", "", "show the lines typed before", device::history),
    row("version", "", "show the version", device::version),
    row("exit", "", "leave the shell", exit),
    row("quit", "", "leave the shell", exit),
];

/// The command of this name.
pub(super) fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// What to say when there is none.
pub(super) fn unknown(name: &str) -> String {
    let near = COMMANDS.iter().map(|command| command.name).find(|known| is_near(known, name));
    let hint = near.map(|known| format!("; did you mean `{known}`?")).unwrap_or_default();
    format!("{name}: no such command{hint}")
}

/// Same letters but for one that is missing, added, changed, or swapped with its neighbour.
fn is_near(known: &str, typed: &str) -> bool {
    let (a, b) = (known.as_bytes(), typed.as_bytes());
    let same = |a: &[u8], b: &[u8]| a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let head = same(a, b);
    let (a, b) = (&a[head..], &b[head..]);
    let swapped = || match (a, b) {
        ([p, q, a @ ..], [r, s, b @ ..]) => p == s && q == r && a == b,
        _ => false,
    };
    let (a_rest, b_rest) = (a.get(1..).unwrap_or(a), b.get(1..).unwrap_or(b));
    a_rest == b_rest || a_rest == b || a == b_rest || swapped()
}

/// `value` as a number, or what was expected.
pub(super) fn number<T: core::str::FromStr>(value: &str, what: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("expected {what}, got `{value}`"))
}

/// `value` as a number of bytes, decimal or behind `0x` hexadecimal, or what was expected.
pub(super) fn bytes(value: &str, what: &str) -> Result<u32, String> {
    match value.strip_prefix("0x").or_else(|| value.strip_prefix("0X")) {
        Some(digits) => {
            u32::from_str_radix(digits, 16).map_err(|_| format!("expected {what}, got `{value}`"))
        }
        None => number(value, what),
    }
}

/// The error that shows how a command is used.
pub(super) fn usage(name: &str) -> String {
    find(name).map_or_else(String::new, |command| format!("usage: {name} {}", command.usage))
}

fn exit(session: &mut Session<'_>, args: &[String]) -> Outcome {
    if !args.is_empty() {
        return Err(usage("exit"));
    }
    session.shell.is_left = true;
    Ok(())
}

fn help(session: &mut Session<'_>, args: &[String]) -> Outcome {
    if let Some(name) = args.first() {
        let command = find(name).ok_or_else(|| unknown(name))?;
        session.print(&format!("{} {}\n    {}\n", command.name, command.usage, command.about));
        return Ok(());
    }
    for command in COMMANDS {
        let call = format!("{} {}", command.name, command.usage);
        session.print(&format!("{call:<36} {}\n", command.about));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_finds_its_command() {
        assert_eq!(unknown("hlep"), "hlep: no such command; did you mean `help`?");
        assert_eq!(unknown("compil"), "compil: no such command; did you mean `compile`?");
        assert_eq!(unknown("grepp"), "grepp: no such command; did you mean `grep`?");
        assert_eq!(unknown("xyzzy"), "xyzzy: no such command");
    }

    #[test]
    fn names_are_unique() {
        for (at, command) in COMMANDS.iter().enumerate() {
            assert!(COMMANDS[..at].iter().all(|other| other.name != command.name));
        }
    }
}
