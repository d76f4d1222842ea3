//! `wasmcu new`: a first program, which blinks.

use super::Done;
use super::options::New;
use crate::compile::Language;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

/// In C: `setup` and `loop`, as on Arduino.
const C: &str = "\
/* Blinks the LEDs of channel 1 twice a second. */
#include <conez_api.h>

#define CHANNEL 1

static int on;

void setup(void) {
    led_fill(CHANNEL, 0, 0, 0);
}

void loop(void) {
    on = !on;
    led_fill(CHANNEL, on ? 64 : 0, 0, 0);
    led_show();
    delay_ms(250);
}
";

/// In the dialects without line numbers.
const STRUCTURED: &str = "\
DO
  SETLEDCOL(64, 0, 0)
  WAIT(250)
  SETLEDCOL(0, 0, 0)
  WAIT(250)
LOOP
";

/// In the dialects with line numbers.
const NUMBERED: &str = "\
20 SETLEDCOL(64, 0, 0)
30 WAIT(250)
40 SETLEDCOL(0, 0, 0)
50 WAIT(250)
60 GOTO 20
70 END
";

/// Writes the starter; a file that exists stays as it is.
pub(super) fn new(options: &New) -> Done {
    let path = options.file.display();
    let text = starter(options)?;
    let mut file =
        OpenOptions::new().write(true).create_new(true).open(&options.file).map_err(|error| {
            match error.kind() {
                ErrorKind::AlreadyExists => {
                    format!("{path}: it exists already, and stays as it is")
                }
                _ => format!("{path}: {error}"),
            }
        })?;
    file.write_all(text.as_bytes()).map_err(|error| format!("{path}: {error}"))?;
    println!("{path} is there. To see it blink, and to change it while it runs:");
    println!("    wasmcu watch {path}");
    Ok(0)
}

fn starter(options: &New) -> Result<String, String> {
    let name = options.file.to_string_lossy();
    let about = "Blinks the LEDs of channel 1 twice a second.";
    match (Language::of(&name), options.dialect.as_deref()) {
        (Some(Language::C), None) => Ok(C.into()),
        (Some(Language::C), Some(_)) => Err(format!("{name}: C has no dialects")),
        (Some(Language::Basic), None | Some("conez")) => Ok(format!("' {about}\n{STRUCTURED}")),
        (Some(Language::Basic), Some("qb")) => {
            Ok(format!("'$DIALECT: 'QB'\n' {about}\n{STRUCTURED}"))
        }
        (Some(Language::Basic), Some(dialect)) => {
            Ok(format!("1 OPTION DIALECT {}\n10 REM {about}\n{NUMBERED}", dialect.to_uppercase()))
        }
        (None, _) => Err(format!("{name}: name it .c or .bas")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{Settings, compile};
    use std::path::PathBuf;
    use wasm_common::source::NoFiles;

    #[test]
    fn every_starter_compiles_without_a_word() {
        let dialects = ["conez", "qb", "gw", "ansi"].map(|dialect| ("b.bas", Some(dialect)));
        for (name, dialect) in [("b.c", None), ("b.bas", None)].into_iter().chain(dialects) {
            let options = New { file: PathBuf::from(name), dialect: dialect.map(String::from) };
            let text = starter(&options).expect("there is one");
            let made = compile(name, text.as_bytes(), &Settings::default(), &mut NoFiles);
            let made = made.expect("a known language");
            assert!(made.module.is_some() && made.diagnostics.is_empty(), "{dialect:?}");
        }
    }
}
