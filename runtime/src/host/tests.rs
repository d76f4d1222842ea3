use super::*;
use crate::board::Null;
use crate::memory::{Flat, Memory};
use ::alloc::{format, string::String, vec};
use proptest::prelude::*;
use wasm_common::abi::args::Packing;
use wasm_common::abi::imports::ValType;

/// A board that remembers what was printed.
#[derive(Default)]
struct Tape(Vec<u8>);

impl crate::board::Console for Tape {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}
impl crate::board::Clock for Tape {}
impl crate::board::Leds for Tape {
    fn led_count(&self, channel: u32) -> usize {
        7 * channel as usize
    }
}
impl crate::board::Pins for Tape {}
impl crate::board::Sensors for Tape {}
impl crate::board::Params for Tape {}
impl crate::board::Storage for Tape {}

fn page() -> Flat {
    let mut memory = Flat::new(1);
    assert!(memory.grow_to(1));
    memory
}

/// Calls an import by name, as a module with its signature would.
fn call(device: &mut Device<'_>, memory: &mut Flat, name: &str, args: &[u64]) -> Outcome {
    let import = imports::by_name(name).expect(name);
    let params: Vec<u8> = import.params().map(|t| t.byte()).collect();
    let results: Vec<u8> = import.result().iter().map(|t| t.byte()).collect();
    let number = device.resolve("env", name, &params, &results).expect(name);
    device.call(number, args, memory)
}

fn with_heap(board: &mut Tape) -> (Device<'_>, Flat) {
    let mut device = Device::new(board);
    device.lay_out(|name| (name == names::HEAP_PTR).then_some(0x2000), 0x1_0000);
    (device, page())
}

#[test]
fn every_import_of_the_table_is_here_and_nothing_else() {
    for group in Group::ALL {
        let table: Vec<_> = group.imports().iter().map(|i| i.name).collect();
        for (name, _) in calls(group) {
            assert!(table.contains(name), "{name} is not in the table");
        }
        for name in table {
            let place = calls(group).iter().filter(|(n, _)| *n == name).count();
            assert_eq!(place, 1, "{name}");
        }
    }
}

#[test]
fn a_wrong_signature_or_module_does_not_resolve() {
    let mut board = Null;
    let device = Device::new(&mut board);
    assert!(device.resolve("env", "malloc", &[0x7F], &[0x7F]).is_some());
    assert!(device.resolve("env", "malloc", &[0x7E], &[0x7F]).is_none());
    assert!(device.resolve("env", "malloc", &[0x7F], &[]).is_none());
    assert!(device.resolve("wasi", "malloc", &[0x7F], &[0x7F]).is_none());
}

/// An argument of a block.
enum Arg {
    I(i32),
    L(i64),
    D(f64),
    S(&'static str),
}
use Arg::{D, I, L, S};

/// What `printf(format, args...)` prints and returns.
fn printed(format: &str, args: &[Arg]) -> (String, u64) {
    let mut board = Tape::default();
    let (mut device, mut m) = with_heap(&mut board);
    m.write(0x100, format.as_bytes()).unwrap();
    let (mut packing, mut strings) = (Packing::new(), 0x1000);
    for arg in args {
        let (ty, bits) = match *arg {
            I(v) => (ValType::I32, v as u32 as u64),
            L(v) => (ValType::I64, v as u64),
            D(v) => (ValType::F64, v.to_bits()),
            S(text) => {
                let at = strings;
                m.write(at, text.as_bytes()).unwrap();
                strings += text.len() as u32 + 1;
                (ValType::I32, at.into())
            }
        };
        let size = if ty == ValType::I32 { 4 } else { 8 };
        m.write(0xF000 + packing.place(ty), &bits.to_le_bytes()[..size]).unwrap();
    }
    let len = call(&mut device, &mut m, "host_printf", &[0x100, 0xF000]).unwrap();
    (String::from_utf8(board.0).unwrap(), len)
}

#[test]
fn printf_as_glibc_prints() {
    let cases: &[(&str, &[Arg], &str)] = &[
        ("plain", &[], "plain"),
        ("100%%", &[], "100%"),
        (
            "%d|%5d|%-5d|%05d|%+d|% d",
            &[I(1), I(2), I(3), I(4), I(5), I(6)],
            "1|    2|3    |00004|+5| 6",
        ),
        ("%d %u", &[I(-1), I(-1)], "-1 4294967295"),
        ("%hhd %hu %hd", &[I(255), I(65537), I(40000)], "-1 1 -25536"),
        ("%lld %d", &[L(i64::MIN), I(7)], "-9223372036854775808 7"),
        ("%d %llu %d", &[I(1), L(-1), I(2)], "1 18446744073709551615 2"),
        (
            "%x %X %#x %o %#o %#x",
            &[I(255), I(255), I(255), I(8), I(8), I(0)],
            "ff FF 0xff 10 010 0",
        ),
        (
            "%.3d|%.0d|%8.3d|%-8.3d|%08.3d",
            &[I(5), I(0), I(5), I(5), I(5)],
            "005||     005|005     |     005",
        ),
        ("%c%c|%3c|%-3c|", &[I(72), I(105), I(33), I(63)], "Hi|  !|?  |"),
        (
            "%s|%8s|%-8s|%.2s|%8.2s",
            &[S("abc"), S("abc"), S("abc"), S("abc"), S("abc")],
            "abc|     abc|abc     |ab|      ab",
        ),
        ("%f %.2f %.0f %#.0f", &[D(1.5), D(2.345), D(2.5), D(3.0)], "1.500000 2.35 2 3."),
        (
            "%10.3f|%-10.3f|%010.3f|%+.1f",
            &[D(-2.71428), D(2.71428), D(-2.71428), D(0.25)],
            "    -2.714|2.714     |-00002.714|+0.2",
        ),
        ("%e %.0e %E", &[D(12345.678), D(5e-7), D(0.0)], "1.234568e+04 5e-07 0.000000E+00"),
        (
            "%g %g %g %#g %G",
            &[D(1e-5), D(123456789.0), D(0.0001), D(1.0), D(1e-10)],
            "1e-05 1.23457e+08 0.0001 1.00000 1E-10",
        ),
        (
            "%f %5.1f|%-6f|%06f",
            &[D(f64::INFINITY), D(f64::NEG_INFINITY), D(f64::INFINITY), D(f64::INFINITY)],
            "inf  -inf|inf   |   inf",
        ),
        ("%*d|%-*d|%.*f", &[I(5), I(1), I(5), I(2), I(2), D(2.71428)], "    1|2    |2.71"),
        ("%*d|%.*d", &[I(-4), I(1), I(-1), I(7)], "1   |7"),
        ("%zu %jd %ld", &[I(9), L(10), I(11)], "9 10 11"),
        ("%p", &[I(0x2000)], "0x2000"),
        ("%a", &[D(-0.1)], "-0x1.999999999999ap-4"),
        ("%s", &[I(0)], "(null)"),
        ("%.3s|%.9s", &[I(0), I(0)], "(nu|(null)"),
        ("%5", &[], "%5"),
        ("%d %s %lld %g", &[I(1), S("two"), L(3), D(4.5)], "1 two 3 4.5"),
    ];
    for (format, args, expected) in cases {
        assert_eq!(
            printed(format, args),
            (String::from(*expected), expected.len() as u64),
            "{format}"
        );
    }
}

#[test]
fn long_output_is_not_cut() {
    let (text, len) = printed("%3000d|%.400f|", &[I(1), D(0.1)]);
    assert_eq!((text.len() as u64, len), (3404, 3404));
    assert!(
        text.starts_with("   ")
            && text.ends_with("0|")
            && text.contains("1|0.1000000000000000055511")
    );
}

#[test]
fn printf_out_of_memory_prints_nothing() {
    let mut board = Tape::default();
    let (mut device, mut m) = with_heap(&mut board);
    m.write(0x100, b"abc %d %s").unwrap();
    for args in [[0x100, 0xFFFE], [0x100, 0xFFFF_FFFF], [0xFFFF_FFFF, 0xF000], [0x1_0000, 0]] {
        assert_eq!(call(&mut device, &mut m, "host_printf", &args), Ok(0));
    }
    assert!(board.0.is_empty());
}

#[test]
fn snprintf_cuts_and_counts() {
    let mut board = Tape::default();
    let (mut device, mut m) = with_heap(&mut board);
    m.write(0x100, b"hello %d").unwrap();
    m.write_u32(0xF000, 12345).unwrap();
    m.fill(0x200, b'#', 32).unwrap();
    let mut format = |at: u64, size: u64| {
        let len = call(&mut device, &mut m, "host_snprintf", &[at, size, 0x100, 0xF000]);
        let mut bytes = [0; 12];
        m.read(0x200, &mut bytes).unwrap();
        (len.unwrap(), bytes)
    };
    assert_eq!(format(0x200, 0), (11, *b"############"));
    assert_eq!(format(0x200, 6), (11, *b"hello\0######"));
    assert_eq!(format(0x200, 0x7FFF_FFFF), (11, *b"hello 12345\0"));
    assert_eq!(format(0xFFFF_FFF0, 100).0, 11);
    // A buffer that memory ends in is not written; the text of sprintf, which has no size, is.
    let mut end = |at: u32, size: u64| {
        m.fill(at, b'#', 0x1_0000 - at).unwrap();
        let len = call(&mut device, &mut m, "host_snprintf", &[at.into(), size, 0x100, 0xF000]);
        let mut bytes = [0; 4];
        m.read(0x1_0000 - 4, &mut bytes).unwrap();
        (len.unwrap(), bytes)
    };
    assert_eq!(end(0xFFFA, 100), (11, *b"####"));
    assert_eq!(end(0xFFFA, 7), (11, *b"####"));
    assert_eq!(end(0xFFFA, 6), (11, *b"llo\0"));
    assert_eq!(end(0xFFF4, 0x7FFF_FFFE), (11, *b"####"));
    assert_eq!(end(0xFFF4, 0x7FFF_FFFF), (11, *b"345\0"));
    assert_eq!(
        call(&mut device, &mut m, "host_snprintf", &[0x200, 9, 0xFFFF_FFFF, 0]),
        Ok(u32::MAX.into())
    );
}

#[test]
fn sscanf_stores_what_it_reads() {
    let mut board = Tape::default();
    let (mut device, mut m) = with_heap(&mut board);
    let mut scan = |text: &str, format: &str| {
        m.fill(0x100, 0, 0x300).unwrap();
        m.write(0x100, text.as_bytes()).unwrap();
        m.write(0x200, format.as_bytes()).unwrap();
        for i in 0..8 {
            m.write_u32(0xF000 + 4 * i, 0x300 + 16 * i).unwrap();
        }
        let items = call(&mut device, &mut m, "host_sscanf", &[0x100, 0x200, 0xF000]).unwrap();
        let mut out = [[0u8; 16]; 8];
        m.read(0x300, out.as_flattened_mut()).unwrap();
        (items as i32, out)
    };
    let word = |bytes: &[u8; 16]| i32::from_le_bytes(bytes[..4].try_into().unwrap());
    let (n, out) = scan("12 -7 0x1f", "%d %d %i");
    assert_eq!((n, word(&out[0]), word(&out[1]), word(&out[2])), (3, 12, -7, 31));
    let (n, out) = scan("3.5 1e3", "%f %lf");
    assert_eq!(n, 2);
    assert_eq!(f32::from_le_bytes(out[0][..4].try_into().unwrap()), 3.5);
    assert_eq!(f64::from_le_bytes(out[1][..8].try_into().unwrap()), 1000.0);
    let (n, out) = scan("key=value;rest", "%[^=]=%[a-z];%*s%n");
    assert_eq!(n, 2);
    assert_eq!((&out[0][..4], &out[1][..6], word(&out[2])), (&b"key\0"[..], &b"value\0"[..], 14));
    assert_eq!(scan("x", "%d").0, 0);
    assert_eq!(scan("", "%d").0, -1);
    assert_eq!(scan("12345", "%2d%c").1[1][0], b'3');
    let (n, out) = scan("9999999999", "%lld");
    assert_eq!((n, i64::from_le_bytes(out[0][..8].try_into().unwrap())), (1, 9_999_999_999));
}

/// Calls a string function whose arguments are texts (put into memory) or numbers.
fn basic(name: &str, args: &[Arg]) -> String {
    let mut board = Tape::default();
    let (mut device, mut m) = with_heap(&mut board);
    let raw: Vec<u64> = args
        .iter()
        .enumerate()
        .map(|(i, arg)| match arg {
            I(v) => u64::from(*v as u32),
            L(v) => *v as u64,
            D(v) => v.to_bits(),
            S(text) => {
                let at = 0x1000 + 0x400 * i as u32;
                m.write(at, text.as_bytes()).unwrap();
                at.into()
            }
        })
        .collect();
    let result = call(&mut device, &mut m, name, &raw).unwrap();
    assert!((0x8000..0xF000).contains(&result), "{name} gave {result:#x}");
    String::from_utf8(guest::text(&mut m, result as u32).unwrap()).unwrap()
}

#[test]
fn strings() {
    let cases: &[(&str, &[Arg], &str)] = &[
        ("basic_str_chr", &[I(65)], "A"),
        ("basic_str_from_int", &[I(-5)], "-5"),
        ("basic_str_from_i64", &[L(i64::MAX)], "9223372036854775807"),
        ("basic_str_from_float", &[I(0.1f32.to_bits() as i32)], "0.1"),
        ("basic_str_repeat", &[I(3), I(42)], "***"),
        ("basic_str_space", &[I(-3)], ""),
        ("basic_str_hex", &[I(-1)], "FFFFFFFF"),
        ("basic_str_oct", &[I(8)], "10"),
        ("basic_str_concat", &[S("ab"), S("cd")], "abcd"),
        ("basic_str_concat", &[I(0), S("cd")], "cd"),
        ("basic_str_mid", &[S("hello"), I(2), I(3)], "ell"),
        ("basic_str_mid", &[S("hello"), I(9), I(3)], ""),
        ("basic_str_mid", &[S("hello"), I(-9), I(i32::MAX)], "hello"),
        ("basic_str_left", &[S("hello"), I(2)], "he"),
        ("basic_str_right", &[S("hello"), I(2)], "lo"),
        ("basic_str_right", &[S("hello"), I(99)], "hello"),
        ("basic_str_upper", &[S("aZ1")], "AZ1"),
        ("basic_str_trim", &[S("  a b ")], "a b"),
        ("basic_str_mid_assign", &[S("hello"), I(2), I(9), S("EY")], "hEYlo"),
        ("basic_str_print_f32", &[I(0.5f32.to_bits() as i32)], ".5"),
        ("basic_str_using", &[S("##.#"), D(2.25)], " 2.2"),
    ];
    for (name, args, expected) in cases {
        assert_eq!(basic(name, args), *expected, "{name}");
    }
    let long = "x".repeat(300);
    let long: &'static str = long.leak();
    assert_eq!(basic("basic_str_concat", &[S(long), S("y")]), format!("{long}y"));
}

#[test]
fn string_numbers() {
    let mut board = Tape::default();
    let (mut device, mut m) = with_heap(&mut board);
    let mut number = |name: &str, texts: &[&str], tail: &[u64]| {
        let mut args = vec![];
        for (i, text) in texts.iter().enumerate() {
            let at = 0x1000 + 0x400 * i as u32;
            m.write(at, text.as_bytes()).unwrap();
            m.write(at + text.len() as u32, &[0]).unwrap();
            args.push(u64::from(at));
        }
        args.extend_from_slice(tail);
        call(&mut device, &mut m, name, &args).unwrap() as i64
    };
    assert_eq!(number("basic_str_len", &["abc"], &[]), 3);
    assert_eq!(number("basic_str_asc", &["abc"], &[]), 97);
    assert_eq!(number("basic_str_cmp", &["abc", "abd"], &[]) as i32, -1);
    let long = "x".repeat(300);
    assert_eq!(number("basic_str_cmp", &[&format!("{long}b"), &format!("{long}a")], &[]), 1);
    assert_eq!(number("basic_str_instr", &["hello", "l"], &[4]), 4);
    assert_eq!(number("basic_str_instr", &["hello", "z"], &[1]), 0);
    assert_eq!(number("basic_str_to_int", &[" -42x"], &[]) as i32, -42);
    assert_eq!(number("basic_str_to_int", &["0xFFFFFFFF"], &[]) as i32, -1);
    assert_eq!(number("basic_str_to_int", &["99999999999"], &[]) as i32, i32::MAX);
    assert_eq!(number("basic_str_to_i64", &["-9223372036854775808"], &[]), i64::MIN);
    assert_eq!(f32::from_bits(number("basic_str_to_float", &["1.5e2"], &[]) as u32), 150.0);
    assert_eq!(number("basic_str_len", &[], &[0]), 0);
}

#[test]
fn a_module_without_heap_ptr_allocates_from_the_pool() {
    let mut board = Null;
    let mut device = Device::new(&mut board);
    device.lay_out(|_| None, 0x1_0000);
    assert_eq!(call(&mut device, &mut page(), "malloc", &[100]), Ok(0x8000));
}

#[test]
fn sizes_that_are_none() {
    let mut board = Tape::default();
    let (mut device, mut m) = with_heap(&mut board);
    let mut alloc = |name: &str, args: &[i32]| {
        let args: Vec<u64> = args.iter().map(|&arg| u64::from(arg as u32)).collect();
        call(&mut device, &mut m, name, &args).unwrap()
    };
    assert_eq!([0, -1, 1].map(|size| alloc("malloc", &[size])), [0x2000, 0x2004, 0x2008]);
    for args in [[0, 5], [5, 0], [-1, 5], [-1, -1], [0x8000, 0x1_0000], [0x1_0000, 0x1_0000]] {
        assert_eq!(alloc("calloc", &args), 0, "{args:?}");
    }
    assert_eq!(alloc("calloc", &[2, 3]), 0x2010);
}

#[test]
fn led_pixels_shift_and_rotate() {
    let mut board = Tape::default();
    let (mut device, mut m) = with_heap(&mut board);
    for i in 0..7 {
        call(&mut device, &mut m, "led_set_pixel", &[1, i, i, 0, 0]).unwrap();
    }
    let reds = |d: &mut Device<'_>| -> Vec<u8> {
        d.strips.channel(&Null, 1).iter().map(|pixel| pixel.r).collect()
    };
    call(&mut device, &mut m, "led_rotate", &[1, u64::from(-2i32 as u32)]).unwrap();
    assert_eq!(reds(&mut device), [2, 3, 4, 5, 6, 0, 1]);
    call(&mut device, &mut m, "led_shift", &[1, 2, 9, 0, 0]).unwrap();
    assert_eq!(reds(&mut device), [9, 9, 2, 3, 4, 5, 6]);
    call(&mut device, &mut m, "led_reverse", &[1]).unwrap();
    assert_eq!(reds(&mut device), [6, 5, 4, 3, 2, 9, 9]);
    m.write(0x100, &[1, 2, 3, 4, 5, 6]).unwrap();
    call(&mut device, &mut m, "led_set_buffer", &[1, 0x100, 2]).unwrap();
    assert_eq!(reds(&mut device)[..3], [1, 4, 4]);
    assert!(call(&mut device, &mut m, "led_set_buffer", &[1, 0xFFFF, 2]).is_err());
    for (channel, count) in [(1, 0), (1, u64::from(u32::MAX)), (0, 3), (9, 3)] {
        let ignored = call(&mut device, &mut m, "led_set_buffer", &[channel, 0xFFFF_FFF0, count]);
        assert_eq!(ignored, Ok(0), "{channel} {count}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Nothing that a program can pass, to any import, panics; memory stays its size.
    #[test]
    fn no_argument_panics(
        seeds in prop::collection::vec(
            prop_oneof![
                any::<u64>(),
                0u64..20,
                0xF0u64..0x120,
                0x7FF0u64..0x8010,
                0xEFF0u64..0x1_0010,
                (0u64..40).prop_map(|n| u64::from(u32::MAX) - n),
                any::<f64>().prop_map(f64::to_bits),
                any::<f32>().prop_map(|f| f.to_bits().into()),
            ],
            8,
        ),
        fill in prop::collection::vec(any::<u8>(), 64),
        format in "[ -~]{0,24}",
    ) {
        let mut board = Tape::default();
        let (mut device, mut m) = with_heap(&mut board);
        m.write(0x100, format.as_bytes()).unwrap();
        m.write(0xF0, &fill[..16]).unwrap();
        m.write(0xF000, &fill).unwrap();
        m.write(0xFFC0, &fill).unwrap();
        for import in imports::all() {
            // A wait without end is no panic.
            if !import.name.starts_with("wait_") {
                let args = &seeds[..import.params().len()];
                let _ = call(&mut device, &mut m, import.name, args);
            }
        }
        prop_assert_eq!(m.size(), 0x1_0000);
    }
}
