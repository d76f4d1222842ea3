//! Options that makefiles written for gcc and clang pass: translated, or dropped where they have
//! no meaning here.

use std::iter;

/// Options without effect here; a star stands for any rest.
const IGNORED: &[&str] = &[
    "-g*",
    "-f*",
    "-m*",
    "-pipe",
    "-l*",
    "-L*",
    "-nostdlib",
    "-nostdinc",
    "-nostartfiles",
    "-nodefaultlibs",
    "-static",
    "-rdynamic",
    "-pthread",
    "-MD",
    "-MMD",
    "-MP",
    "-s",
    "--target=*",
];

/// Options whose argument follows, and is dropped with them.
const IGNORED_WITH_VALUE: &[&str] = &["-MF", "-MT", "-MQ", "-target", "-Xlinker", "-u", "-z"];

/// What it means in this compiler's own spelling.
const RENAMED: &[(&str, &str)] = &[
    ("-shared", "--shared"),
    ("-ansi", "--std=c89"),
    ("-pedantic", "-Wpedantic"),
    ("-pedantic-errors", "-Werror=pedantic"),
    ("-isystem", "-I"),
    ("-iquote", "-I"),
    ("-idirafter", "-I"),
    ("-include", "--include"),
    ("-S", "--emit=wat"),
    ("-O", "-O1"),
    ("-Og", "-O1"),
    ("-Ofast", "-O2"),
];

/// The arguments in this compiler's spelling.
pub(crate) fn translated(arguments: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut arguments = arguments.peekable();
    while let Some(argument) = arguments.next() {
        if IGNORED_WITH_VALUE.contains(&argument.as_str()) {
            arguments.next();
        } else if argument == "-W" && !arguments.peek().is_some_and(|word| is_warning(word)) {
            out.push("-Wextra".into());
        } else if takes_value(&argument) {
            out.extend(iter::once(argument).chain(arguments.next()));
        } else if !is_ignored(&argument) {
            out.push(renamed(argument));
        }
    }
    out
}

/// Whether the next argument belongs to this one and must not be looked at.
fn takes_value(argument: &str) -> bool {
    ["-o", "-D", "-U", "-I", "-W"].contains(&argument)
}

/// Whether a word behind `-W` can be a warning's name: alone it is gcc's old `-Wextra`.
fn is_warning(word: &str) -> bool {
    !word.starts_with('-') && !word.contains(['.', '/'])
}

fn is_ignored(argument: &str) -> bool {
    argument.starts_with("-Wl,")
        || IGNORED.iter().any(|known| match known.strip_suffix('*') {
            Some(start) => argument.starts_with(start),
            None => argument == *known,
        })
}

fn renamed(argument: String) -> String {
    if let Some(known) = RENAMED.iter().find(|(gcc, _)| *gcc == argument) {
        return known.1.into();
    }
    match argument.strip_prefix("-std=") {
        Some(standard) => format!("--std={standard}"),
        None => argument,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        translated(text.split(' ').map(String::from))
    }

    #[test]
    fn a_makefile_of_gcc_is_understood() {
        let given = "-std=gnu99 -O -g3 -Wall -ffreestanding -m32 -isystem inc -o -g.wasm a.c -lm";
        let wanted = "--std=gnu99 -O1 -Wall -I inc -o -g.wasm a.c";
        assert_eq!(words(given).join(" "), wanted);
        assert_eq!(words("-MF x.d -D -g a.c").join(" "), "-D -g a.c");
        assert_eq!(words("-W -Wall a.c -W b.c").join(" "), "-Wextra -Wall a.c -Wextra b.c");
        assert_eq!(words("-W unused a.c").join(" "), "-W unused a.c");
    }
}
