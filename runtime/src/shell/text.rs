//! Commands that print what is in files, or make them from what is typed.

use super::{Input, Outcome, Purpose, Session, command};
use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

pub(super) fn cat(session: &mut Session<'_>, args: &[String]) -> Outcome {
    if args.is_empty() {
        return Err(command::usage("cat"));
    }
    for name in args {
        session.for_each_chunk(name, 0, |session, chunk| {
            session.board.write(chunk);
            Ok(!session.board.stop_requested())
        })?;
    }
    Ok(())
}

/// Bytes after which a line is looked at in pieces: a file without line ends need not fit into RAM.
const LONGEST_LINE: usize = 4096;

/// What `grep` was asked for.
#[derive(Default)]
struct Grep {
    ignore_case: bool,
    numbers: bool,
    invert: bool,
}

pub(super) fn grep(session: &mut Session<'_>, args: &[String]) -> Outcome {
    let mut how = Grep::default();
    let mut rest = args;
    while let Some((option, after)) = rest.split_first().filter(|(first, _)| first.starts_with('-'))
    {
        match option.as_str() {
            "-i" => how.ignore_case = true,
            "-n" => how.numbers = true,
            "-v" => how.invert = true,
            "--" => {
                rest = after;
                break;
            }
            _ => return Err(command::usage("grep")),
        }
        rest = after;
    }
    let [pattern, names @ ..] = rest else { return Err(command::usage("grep")) };
    if names.is_empty() {
        return Err(command::usage("grep"));
    }
    for name in names {
        let prefix = if names.len() > 1 { format!("{name}:") } else { String::new() };
        grep_file(session, name, &prefix, pattern, &how)?;
    }
    Ok(())
}

fn grep_file(
    session: &mut Session<'_>,
    name: &str,
    prefix: &str,
    pattern: &str,
    how: &Grep,
) -> Outcome {
    let fold = |text: &str| if how.ignore_case { text.to_lowercase() } else { text.to_owned() };
    let pattern = fold(pattern);
    let mut number = 0;
    let mut pending: Vec<u8> = Vec::new();
    let mut show = |session: &mut Session<'_>, line: &mut Vec<u8>| {
        number += 1;
        let text = String::from_utf8_lossy(line);
        if fold(&text).contains(&pattern) != how.invert {
            let number = if how.numbers { format!("{number}:") } else { String::new() };
            session.print(&format!("{prefix}{number}{}\n", text.trim_end_matches('\r')));
        }
        line.clear();
    };
    session.for_each_chunk(name, 0, |session, chunk| {
        for part in chunk.split_inclusive(|&byte| byte == b'\n') {
            let text = part.strip_suffix(b"\n");
            pending.extend_from_slice(text.unwrap_or(part));
            if text.is_some() || pending.len() > LONGEST_LINE {
                show(session, &mut pending);
            }
        }
        Ok(!session.board.stop_requested())
    })?;
    if !pending.is_empty() {
        show(session, &mut pending);
    }
    Ok(())
}

pub(super) fn hexdump(session: &mut Session<'_>, args: &[String]) -> Outcome {
    let name = args.first().ok_or_else(|| command::usage("hexdump"))?;
    let start = args.get(1).map_or(Ok(0), |arg| command::bytes(arg, "an offset"))?;
    let limit = args.get(2).map_or(Ok(u32::MAX), |arg| command::bytes(arg, "a length"))?;
    let (mut at, mut left) = (start, limit as usize);
    session.for_each_chunk(name, start, |session, chunk| {
        let shown = &chunk[..chunk.len().min(left)];
        for row in shown.chunks(16) {
            session.print(&hex_row(at, row));
            at = at.saturating_add(row.len() as u32);
        }
        left -= shown.len();
        Ok(left > 0 && !session.board.stop_requested())
    })
}

fn hex_row(at: u32, row: &[u8]) -> String {
    let mut text = format!("{at:08x} ");
    for column in 0..16 {
        text.push_str(&row.get(column).map_or(String::from("   "), |byte| format!(" {byte:02x}")));
    }
    text.push_str("  |");
    let printable = |&byte: &u8| if (0x20..0x7F).contains(&byte) { char::from(byte) } else { '.' };
    text.extend(row.iter().map(printable));
    text.push_str("|\n");
    text
}

pub(super) fn load(session: &mut Session<'_>, args: &[String]) -> Outcome {
    let [name] = args else { return Err(command::usage("load")) };
    session.check_target(name)?;
    let mut content = String::new();
    let mut wrong = None;
    loop {
        // What is not taken is read to its end all the same: it is no list of commands.
        match session.read_line("", Purpose::Text) {
            Input::Line(line) if line == "." => break,
            Input::Line(line) => {
                content.push_str(line.strip_prefix("..").map_or(&line, |_| &line[1..]));
                content.push('\n');
            }
            Input::TooLong => wrong = Some(super::too_long()),
            Input::Cancelled => return Err("given up, nothing written".into()),
            Input::End => return Err("input ended before the line with a dot".into()),
        }
    }
    if let Some(why) = wrong {
        return Err(format!("{why}; nothing written"));
    }
    session.write_all(name, content.as_bytes())?;
    session.print(&format!("{name}: {} bytes\n", content.len()));
    Ok(())
}
