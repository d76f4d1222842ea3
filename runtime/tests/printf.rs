//! `host_printf` against the C library of this machine, on random conversions.

use runtime::board::{Clock, Console, Leds, Params, Pins, Sensors, Storage};
use runtime::engine::Host;
use runtime::host::Device;
use runtime::memory::{Flat, GuestMemory, Memory};
use std::fmt::Write;
use std::process::Command;
use wasm_common::abi::args::Packing;
use wasm_common::abi::imports::ValType;

#[derive(Default)]
struct Tape(Vec<u8>);

impl Console for Tape {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}
impl Clock for Tape {}
impl Leds for Tape {}
impl Pins for Tape {}
impl Sensors for Tape {}
impl Params for Tape {}
impl Storage for Tape {}

/// An argument: how C writes it, and its type and bits in the block.
struct Arg {
    c: String,
    ty: ValType,
    bits: u64,
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    fn integer(&mut self) -> u64 {
        match self.below(4) {
            0 => self.below(200).wrapping_sub(100),
            1 => 0,
            _ => self.next() >> self.below(64),
        }
    }

    fn float(&mut self) -> f64 {
        match self.below(8) {
            0 => self.pick(&[0.0, -0.0, 0.5, 1.5, 2.5, 0.125, 1e6, 999_999.5, 1e-5]),
            1 => self.pick(&[f64::INFINITY, f64::NEG_INFINITY]),
            2 => self.below(100_000) as f64 / 8.0,
            3 => {
                let any = f64::from_bits(self.next());
                if any.is_nan() { 1.0 } else { any }
            }
            _ => (self.next() as i64 as f64) / 10f64.powi(self.below(30) as i32),
        }
    }

    /// A conversion without undefined behaviour, and its arguments.
    fn conversion(&mut self, args: &mut Vec<Arg>) -> String {
        let letter = self.pick(b"dixXouucsfFeEgGaA");
        let mut text = String::from("%");
        let numeric = !matches!(letter, b'c' | b's');
        let allowed: &[char] = match letter {
            b'd' | b'i' => &['-', '+', ' ', '0'],
            b'u' => &['-', '0'],
            b'c' | b's' => &['-'],
            _ if letter.is_ascii_alphabetic() && b"xXo".contains(&letter) => &['-', '#', '0'],
            // glibc before 2.38 loses the zeros of `%#g` when rounding carries.
            b'g' | b'G' => &['-', '+', ' ', '0'],
            _ => &['-', '+', ' ', '#', '0'],
        };
        for &flag in allowed {
            if self.below(4) == 0 {
                text.push(flag);
            }
        }
        for (is_width, count) in [(true, self.below(24) as i32), (false, self.below(20) as i32)] {
            if (!is_width && letter == b'c') || self.below(2) == 0 {
                continue;
            }
            text.push_str(if is_width { "" } else { "." });
            if self.below(4) == 0 {
                let count = if self.below(3) == 0 { -count } else { count };
                args.push(Arg {
                    c: count.to_string(),
                    ty: ValType::I32,
                    bits: count as u32 as u64,
                });
                text.push('*');
            } else if count > 0 || !is_width {
                write!(text, "{count}").unwrap();
            }
        }
        let arg = match letter {
            b's' => Arg { c: "word".into(), ty: ValType::I32, bits: 0x200 },
            b'c' => Arg { c: "'x'".into(), ty: ValType::I32, bits: b'x'.into() },
            _ if numeric && b"dixXou".contains(&letter) => {
                let length = self.pick(&["", "hh", "h", "ll", "j"]);
                text.push_str(length);
                let bits = self.integer();
                match length {
                    "ll" | "j" => Arg { c: format!("{bits}ull"), ty: ValType::I64, bits },
                    _ => Arg {
                        c: format!("(int){}u", bits as u32),
                        ty: ValType::I32,
                        bits: (bits as u32).into(),
                    },
                }
            }
            _ => {
                let bits = self.float().to_bits();
                Arg { c: format!("bits({bits}ull)"), ty: ValType::F64, bits }
            }
        };
        args.push(arg);
        text.push(char::from(letter));
        text
    }
}

fn ours(format: &str, args: &[Arg]) -> String {
    let mut tape = Tape::default();
    let mut device = Device::new(&mut tape);
    let mut memory = Flat::new(1);
    assert!(memory.grow_to(1));
    memory.write(0x100, format.as_bytes()).unwrap();
    memory.write(0x200, b"word of a string").unwrap();
    let mut packing = Packing::new();
    for arg in args {
        let at = 0xF000 + packing.place(arg.ty);
        let size = if arg.ty == ValType::I32 { 4 } else { 8 };
        memory.write(at, &arg.bits.to_le_bytes()[..size]).unwrap();
    }
    let number = device.resolve("env", "host_printf", &[0x7F, 0x7F], &[0x7F]).unwrap();
    let len = device.call(number, &[0x100, 0xF000], &mut memory).unwrap();
    assert_eq!(len, tape.0.len() as u64);
    String::from_utf8(tape.0).unwrap()
}

#[test]
fn prints_as_the_c_library_does() {
    const CASES: usize = 4000;
    if Command::new("gcc").arg("--version").output().is_err() {
        eprintln!("no gcc here: not compared");
        return;
    }
    let mut random = Random(1);
    let mut source = String::from(
        "#include <stdio.h>\n#include <stdint.h>\n#include <string.h>\n\
         static const char *word = \"word of a string\";\n\
         static double bits(uint64_t b) { double d; memcpy(&d, &b, 8); return d; }\n\
         int main(void) {\n",
    );
    let mut expected = Vec::new();
    for _ in 0..CASES {
        let mut args = Vec::new();
        let mut format = String::from("<");
        for _ in 0..=random.below(3) {
            format += &random.conversion(&mut args);
            format.push('|');
        }
        let list: String = args.iter().map(|arg| format!(", {}", arg.c)).collect();
        writeln!(source, "printf(\"{format}\\n\"{list});").unwrap();
        expected.push((ours(&format, &args), format + &list));
    }
    source.push_str("}\n");
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (file, program) = (folder.join("printf.c"), folder.join("printf"));
    std::fs::write(&file, source).unwrap();
    let gcc = Command::new("gcc").arg("-w").arg("-o").args([&program, &file]).status().unwrap();
    assert!(gcc.success());
    let output = String::from_utf8(Command::new(&program).output().unwrap().stdout).unwrap();
    assert_eq!(output.lines().count(), CASES);
    for (line, (ours, case)) in output.lines().zip(expected) {
        assert_eq!(ours, line, "{case}");
    }
}
