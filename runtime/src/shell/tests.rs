//! The shell driven as a terminal drives it: keys in, text out.

use super::{Ended, Machine, Shell, run_on};
use crate::board::Board;
use crate::board::sim::{Setup, Sim, Source};
use crate::engine::Limits;
use crate::memory::Flat;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

struct Desktop;

impl Machine for Desktop {
    fn run(
        &mut self,
        wasm: &[u8],
        board: &mut dyn Board,
        fuel: Option<u64>,
    ) -> Result<Ended, String> {
        run_on(wasm, Flat::new(4), board, &Limits::default(), fuel, |_| ())
    }

    fn describe(&self) -> String {
        "flat".into()
    }

    fn test_psram(&mut self) -> Result<String, String> {
        Err("there is none".into())
    }
}

#[derive(Clone, Default)]
struct Screen(Arc<Mutex<Vec<u8>>>);

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a session shows that types `keys` and then ends.
fn session(keys: &[u8]) -> String {
    let screen = Screen::default();
    let mut board = Sim::new(Setup {
        input: Box::new(io::Cursor::new(keys.to_vec())),
        source: Source::Script,
        output: Box::new(screen.clone()),
        virtual_time: true,
        ..Setup::default()
    });
    Shell::new(Box::new(Desktop)).run(&mut board);
    let bytes = screen.0.lock().unwrap().clone();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The lines that a command printed, each command given as a line of its own.
fn output(commands: &str) -> Vec<String> {
    let shown = session(commands.as_bytes());
    let lines = shown.lines().skip(1).filter(|line| !line.contains("> ") && !line.is_empty());
    lines.map(String::from).collect()
}

#[test]
fn files_are_made_copied_found_and_removed() {
    let shown = output(
        "load a.txt\none\ntwo\n.\nmkdir d\ncp a.txt d\nls\nls d\ncat d/a.txt\nmv d/a.txt d/b.txt\n\
         grep -n w d/b.txt\nrm *.txt\nls\nrmdir d\nrm d/*\nrmdir d\nls\n",
    );
    let expected = [
        "one",
        "two",
        ".",
        "a.txt: 8 bytes",
        "a.txt",
        "d/",
        "a.txt",
        "one",
        "two",
        "2:two",
        "d/",
        "rmdir: d: is not empty",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn hexdump_shows_offset_bytes_and_text() {
    let shown = output("load x\nHello, world, again\n.\nhexdump x 14\n");
    assert_eq!(
        shown.last().unwrap(),
        "0000000e  61 67 61 69 6e 0a                                |again.|"
    );
}

#[test]
fn errors_name_the_command_and_the_way_out() {
    let shown = output("frob\ncat\ncat nope\ncat \"a\ncd nope\nparam 99\nled 1 2\ncp a b c\nrun\n");
    let expected = [
        "frob: no such command",
        "cat: usage: cat FILE...",
        "cat: nope: no such file",
        "missing closing \"",
        "cd: nope: no such directory",
        "param: 99: there are parameters 0 to 15",
        "led: usage: led CHANNEL [R G B]",
        "cp: c: not a directory",
        "run: usage: run [-n INSTRUCTIONS] FILE",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn the_line_editor_changes_a_file() {
    let shown = output(
        "load f\nalpha\nbeta\n.\nedit f\n2\nexit\nc 1 ALPHA\na\ngamma\n.\ns/eta/ETA/\nd 9\nq\nw\nq\ncat f\n",
    );
    assert_eq!(shown[shown.len() - 3..], ["ALPHA", "bETA", "gamma"]);
    assert!(shown.contains(&"   2  beta".into()));
    assert!(shown.contains(&"exit: not known; `h` helps, `q` leaves".into()));
    assert!(shown.contains(&"line 9: there are 3".into()));
    assert!(shown.iter().any(|line| line.starts_with("not written")));
}

#[test]
fn tab_completes_commands_and_files() {
    let shown = session(b"load file.txt\nx\n.\nca\tfi\t\n");
    assert!(shown.contains("/> cat file.txt \nx\n"), "{shown}");
}

#[test]
fn tab_quotes_what_it_completes() {
    let shown = session(b"load 'my file.txt'\nx\n.\ncat my\t\ncat \"my f\t\nhelp comp\t\n");
    assert!(shown.contains("/> cat my\\ file.txt \nx\n"), "{shown}");
    assert!(shown.contains("/> cat \"my file.txt\" \nx\n"), "{shown}");
    assert!(shown.contains("/> help compile \n"), "{shown}");
}

#[test]
fn a_quoted_wildcard_removes_no_other_file() {
    let shown = output("load 'a*1'\n.\nload ab1\n.\nrm 'a*'?\nls\n");
    assert_eq!(shown.last().unwrap(), "ab1");
}

#[test]
fn text_is_taken_as_it_is_sent() {
    let shown = session(b"load t\r\n\tx\r\n\r\ny\r\n.\r\nhexdump t\r\n");
    assert!(shown.contains("09 78 0a 0a 79 0a  "), "{shown}");
    let long = "x".repeat(600);
    let shown = output(&format!("load t\n{long}\nls\n.\ncat t\n{long}\n"));
    let errors: Vec<_> = shown.iter().filter(|line| line.contains("512 bytes")).collect();
    assert_eq!(errors.len(), 2, "{shown:?}");
    assert!(
        errors[0].ends_with("nothing written") && shown.contains(&"cat: t: no such file".into())
    );
}

#[test]
fn a_name_that_cannot_be_is_refused_before_the_text_is_typed() {
    let shown = output("load /\nload no/x\nmkdir d\nload d\nload x\n1\n.\ncp x no/y\n");
    let expected = [
        "load: /: is a directory",
        "load: /no: no such directory",
        "load: d: is a directory",
        "1",
        ".",
        "x: 2 bytes",
        "cp: /no: no such directory",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn a_program_reads_what_is_typed() {
    let keys = b"load n.bas\rINPUT \"name\";A$\rPRINT \"hi \";A$\r.\rrun n.bas\rbox\x7fb\r";
    let shown = session(keys);
    assert!(shown.contains("name? box\x08 \x08b\nhi bob\n"), "{shown}");
}

#[test]
fn ctrl_c_stops_a_program_that_reads() {
    let shown = session(b"load n.bas\rINPUT \"name\";A$\r.\rrun n.bas\rbo\x03");
    assert!(shown.contains("name? bo^C\nn.bas: stopped\n"), "{shown}");
}

#[test]
fn the_source_is_not_compiled_over() {
    let shown =
        output("load a.c\nint main(void) { return 0; }\n.\ncompile a.c -o ./a.c\ncat a.c\n");
    assert!(shown.iter().any(|line| line.contains("is the source itself")), "{shown:?}");
    assert_eq!(shown.last().unwrap(), "int main(void) { return 0; }");
}

#[test]
fn the_editor_warns_before_changes_are_lost() {
    let shown = output("edit f\na\nx\n.\n\x04w\n\x04cat f\n");
    assert!(shown.contains(&"not written: `w` writes, `q!` leaves all the same".into()));
    assert_eq!(shown.last().unwrap(), "x");
}

#[test]
fn random_bytes_never_end_it_early() {
    let mut state = 1u32;
    for _ in 0..20 {
        let mut keys: Vec<u8> = (0..2000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            // Ctrl-D on an empty line leaves, as it should.
            .filter(|&byte| byte != 4)
            .collect();
        keys.extend_from_slice(b"\x03\n.\nq!\nversion\n");
        let shown = session(&keys);
        assert!(shown.contains("wasmcu 0."), "{shown}");
    }
}

#[test]
fn a_run_ends_after_so_many_instructions() {
    let shown = session(b"load x.bas\rWHILE 1:WEND\r.\rrun -n 1000 x.bas\rrun -n many x.bas\r");
    assert!(shown.contains("x.bas: trap: out of fuel"), "{shown}");
    assert!(shown.contains("expected a number of instructions, got `many`"), "{shown}");
}
