//! Imports with effects outside linear memory, called as a module calls them: files, tables,
//! compression, clock, parameters, waits, BASIC's INPUT.

use runtime::board::sim::{Scenario, Setup, Sim};
use runtime::engine::{Host, HostError};
use runtime::host::Device;
use runtime::memory::{Flat, GuestMemory, Memory};
use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use wasm_common::abi::imports;

/// Where the tests keep their strings and buffers.
const PATH: u32 = 0x100;
const PATH2: u32 = 0x200;
const TEXT: u32 = 0x300;
const BUFFER: u32 = 0x1000;

struct Guest<'b> {
    device: Device<'b>,
    memory: Flat,
}

impl Guest<'_> {
    fn try_call(&mut self, name: &str, args: &[i64]) -> Result<i64, HostError> {
        let import = imports::by_name(name).expect(name);
        let params: Vec<u8> = import.params().map(imports::ValType::byte).collect();
        let results: Vec<u8> = import.result().map(imports::ValType::byte).into_iter().collect();
        assert_eq!(args.len(), params.len(), "{name}");
        let number = self.device.resolve("env", name, &params, &results).expect(name);
        let raw: Vec<u64> = args
            .iter()
            .zip(&params)
            .map(|(&arg, &ty)| if ty == 0x7E { arg as u64 } else { u64::from(arg as u32) })
            .collect();
        self.device.call(number, &raw, &mut self.memory).map(|bits| bits as i64)
    }

    /// An i32 result.
    fn call(&mut self, name: &str, args: &[i64]) -> i32 {
        self.try_call(name, args).unwrap() as i32
    }

    fn float(&mut self, name: &str) -> f32 {
        f32::from_bits(self.try_call(name, &[]).unwrap() as u32)
    }

    fn put(&mut self, address: u32, text: &str) -> i64 {
        self.memory.write(address, text.as_bytes()).unwrap();
        self.memory.write(address + text.len() as u32, &[0]).unwrap();
        address.into()
    }

    fn get(&mut self, address: u32, len: usize) -> Vec<u8> {
        let mut bytes = vec![0; len];
        self.memory.read(address, &mut bytes).unwrap();
        bytes
    }

    fn string(&mut self, address: i32) -> String {
        let bytes = self.get(address as u32, 100);
        String::from_utf8(bytes.split(|&b| b == 0).next().unwrap().to_vec()).unwrap()
    }

    fn open(&mut self, path: &str, mode: i64) -> i64 {
        let path = self.put(PATH, path);
        self.call("file_open", &[path, mode]).into()
    }

    /// Makes a file with this content.
    fn file(&mut self, path: &str, content: &[u8]) {
        let handle = self.open(path, 1);
        self.memory.write(BUFFER, content).unwrap();
        let len = content.len() as i64;
        assert_eq!(i64::from(self.call("file_write", &[handle, BUFFER.into(), len])), len);
        self.call("file_close", &[handle]);
    }
}

fn with(setup: Setup, test: impl FnOnce(&mut Guest<'_>)) {
    let mut board = Sim::new(Setup { virtual_time: true, ..setup });
    let mut memory = Flat::new(1);
    assert!(memory.grow_to(1));
    let mut device = Device::new(&mut board);
    device.lay_out(|name| (name == "_heap_ptr").then_some(0x4000), 0x1_0000);
    test(&mut Guest { device, memory });
}

fn guest(test: impl FnOnce(&mut Guest<'_>)) {
    with(Setup::default(), test);
}

#[test]
fn a_file_is_written_sought_cut_and_read() {
    guest(|g| {
        let f = g.open("/a.txt", 4);
        let text = g.put(TEXT, "hello world");
        assert_eq!(g.call("file_write", &[f, text, 11]), 11);
        assert_eq!(g.call("file_tell", &[f]), 11);
        assert_eq!(g.call("file_eof", &[f]), 1);
        assert_eq!(g.call("file_seek", &[f, -5, 2]), 0);
        assert_eq!(g.call("file_eof", &[f]), 0);
        assert_eq!(g.call("file_read", &[f, BUFFER.into(), 100]), 5);
        assert_eq!(g.get(BUFFER, 5), b"world");
        assert_eq!(g.call("file_seek", &[f, 12, 0]), -1);
        assert_eq!(g.call("file_seek", &[f, -1, 0]), -1);
        assert_eq!(g.call("file_seek", &[f, 0, 3]), -1);
        assert_eq!(g.call("file_truncate", &[f, 4]), 0);
        assert_eq!(g.call("file_size", &[f]), 4);
        assert_eq!(g.call("file_truncate", &[f, -1]), -1);
        assert_eq!(g.call("file_flush", &[f]), 0);
        g.call("file_close", &[f]);
        assert_eq!(g.call("file_tell", &[f]), -1);
        let f = g.open("/a.txt", 2);
        assert_eq!(g.call("file_writeln", &[f, text]), 0);
        assert_eq!(g.call("file_size", &[f]), 16);
        assert_eq!(g.call("file_read", &[f, BUFFER.into(), 4]), -1);
    });
}

#[test]
fn lines_blank_lines_and_the_end() {
    guest(|g| {
        g.file("/l", b"one\r\n\nlast");
        let f = g.open("/l", 0);
        let mut line = |expected: &str| {
            let len = g.call("file_readln", &[f, BUFFER.into(), 80]);
            assert_eq!(len as usize, expected.len());
            assert_eq!(g.get(BUFFER, expected.len() + 1), [expected.as_bytes(), &[0]].concat());
            g.call("file_eof", &[f])
        };
        assert_eq!([line("one"), line(""), line("last"), line("")], [0, 0, 1, 1]);
        g.call("file_close", &[f]);
        let f = g.open("/l", 0);
        let first = g.call("file_readln_str", &[f]);
        assert_eq!(g.string(first), "one");
        // A short buffer leaves the rest of the line for the next call.
        g.call("file_seek", &[f, 0, 0]);
        assert_eq!(g.call("file_readln", &[f, BUFFER.into(), 3]), 2);
        assert_eq!(g.string(BUFFER as i32), "on");
        assert_eq!(g.call("file_readln", &[f, BUFFER.into(), 80]), 1);
        let long = "x".repeat(1000);
        g.file("/long", long.as_bytes());
        let f = g.open("/long", 0);
        assert_eq!(g.call("file_readln", &[f, BUFFER.into(), 2000]), 1000);
        assert_eq!(g.call("file_readln_str", &[f]), 0);
    });
}

#[test]
fn only_a_return_before_the_feed_ends_a_line() {
    guest(|g| {
        // Each line, for a buffer of so many bytes.
        let mut lines = |content: &[u8], room: i64| {
            g.file("/l", content);
            let (f, mut lines) = (g.open("/l", 0), Vec::new());
            while g.call("file_eof", &[f]) == 0 {
                let len = g.call("file_readln", &[f, BUFFER.into(), room]);
                assert!(len >= 0, "{content:?}");
                lines.push(String::from_utf8(g.get(BUFFER, len as usize)).unwrap());
            }
            g.call("file_close", &[f]);
            lines
        };
        assert_eq!(lines(b"ab\rcd\n", 80), ["ab\rcd"]);
        assert_eq!(lines(b"ab\rcd\n", 4), ["ab\r", "cd"]);
        assert_eq!(lines(b"ab\r\n\ncd\r", 80), ["ab", "", "cd\r"]);
        // A line that just fits is one, whatever its end; a longer one is cut.
        assert_eq!(lines(b"ab\ncd\r\nef", 3), ["ab", "cd", "ef"]);
        assert_eq!(lines(b"abc\r\nd\n", 3), ["ab", "c", "d"]);
        assert_eq!(lines(b"ab\r\n", 2), ["a", "b"]);
        let long = [b"x".repeat(63), b"\r\ny\n".to_vec()].concat();
        assert_eq!(lines(&long, 80).len(), 2);
        g.file("/l", b"ab\n");
        let f = g.open("/l", 0);
        assert_eq!(g.call("file_readln", &[f, BUFFER.into(), 1]), -1);
        assert_eq!(g.call("file_readln", &[f, BUFFER.into(), 0]), -1);
    });
}

#[test]
fn a_file_longer_than_an_int_counts_has_the_size_of_the_greatest() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("imports");
    std::fs::create_dir_all(&folder).unwrap();
    let long = std::fs::File::create(folder.join("long")).unwrap();
    if long.set_len(1 << 33).is_err() {
        return;
    }
    let storage = Box::new(runtime::board::sim::Folder::new(&folder));
    with(Setup { storage, ..Setup::default() }, |g| {
        let path = g.put(PATH, "/long");
        assert_eq!(g.call("file_stat", &[path, BUFFER.into()]), 0);
        assert_eq!(g.get(BUFFER, 4), i32::MAX.to_le_bytes());
        let f = g.open("/long", 0);
        assert_eq!(g.call("file_size", &[f]), i32::MAX);
        for _ in 0..2 {
            assert_eq!(g.call("file_seek", &[f, i32::MAX.into(), 1]), 0);
        }
        assert_eq!(g.call("file_read", &[f, BUFFER.into(), 5]), 1);
        assert_eq!(g.call("file_read", &[f, BUFFER.into(), 5]), 0);
        assert_eq!([g.call("file_eof", &[f]), g.call("file_tell", &[f])], [1, i32::MAX]);
    });
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn paths_handles_and_modes_that_are_refused() {
    guest(|g| {
        let long = format!("/{}", "x".repeat(130));
        for path in
            ["", "a", "/../a", "/config.ini", "/d/CONFIG.INI/", "/config.ini/.", "/", long.as_str()]
        {
            assert_eq!(g.open(path, 1), -1, "{path}");
        }
        assert_eq!(g.call("file_open", &[0, 1]), -1);
        assert_eq!(g.call("file_open", &[0xFFFF_FFFF, 1]), -1);
        assert_eq!(g.open("/none", 0), -1);
        assert_eq!(g.open("/none", 3), -1);
        assert_eq!(g.open("/a", 6), -1);
        let handles: Vec<i64> = (0..5).map(|i| g.open(&format!("/{i}"), 1)).collect();
        assert_eq!(handles, [0, 1, 2, 3, -1]);
        g.call("file_close", &[2]);
        assert_eq!(g.open("/x", 1), 2);
        for handle in [4, -1, 1 << 20] {
            assert_eq!(g.call("file_size", &[handle]), -1);
            assert_eq!(g.call("file_eof", &[handle]), 1);
            g.call("file_close", &[handle]);
        }
        assert_eq!(g.call("file_write", &[0, 0xFFF0, 100]), -1);
        assert_eq!(g.call("file_write", &[0, TEXT.into(), -1]), -1);
    });
}

#[test]
fn directories() {
    guest(|g| {
        let dir = g.put(PATH, "/d");
        assert_eq!(g.call("file_mkdir", &[dir]), 0);
        assert_eq!(g.call("file_mkdir", &[dir]), -1);
        g.file("/d/one", b"12345");
        let dir = g.put(PATH, "/d");
        assert_eq!(g.call("file_rmdir", &[dir]), -1);
        let handle = g.call("dir_open", &[dir]).into();
        assert_eq!(g.call("dir_read", &[handle, BUFFER.into()]), 1);
        assert_eq!(g.get(BUFFER, 8), [1, 0, 0, 0, b'o', b'n', b'e', 0]);
        assert_eq!(g.call("dir_read", &[handle, BUFFER.into()]), 0);
        assert_eq!(g.call("dir_read", &[handle, 0xFF00]), -1);
        g.call("dir_close", &[handle]);
        assert_eq!(g.call("dir_read", &[handle, BUFFER.into()]), -1);
        let (from, to) = (g.put(PATH, "/d/one"), g.put(PATH2, "/two"));
        assert_eq!(g.call("file_rename", &[from, to]), 0);
        assert_eq!(g.call("file_stat", &[to, BUFFER.into()]), 0);
        assert_eq!(g.get(BUFFER, 8), [5, 0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(g.call("file_stat", &[from, BUFFER.into()]), -1);
        assert_eq!(g.call("file_delete", &[to]), 0);
        assert_eq!(g.call("file_delete", &[to]), -1);
        let dir = g.put(PATH, "/d");
        assert_eq!(g.call("file_rmdir", &[dir]), 0);
        assert_eq!(g.call("dir_open", &[dir]), -1);
        let root = g.put(PATH, "/");
        assert_eq!(g.call("file_rmdir", &[root]), -1);
        assert!(g.call("dir_open", &[root]) >= 0);
    });
}

#[test]
fn tables() {
    guest(|g| {
        g.file("/LUT_7.csv", b"1, -2,\n300;4\n");
        assert_eq!(g.call("lut_check", &[7]), 4);
        assert_eq!(g.call("lut_size", &[]), 0);
        assert_eq!(g.call("lut_load", &[7]), 4);
        assert_eq!([0, 1, 2, 3, 4, -1].map(|i| g.call("lut_get", &[i])), [1, -2, 300, 4, 0, 0]);
        g.call("lut_set", &[1, 99]);
        g.call("lut_set", &[100, 99]);
        assert_eq!(g.call("lut_save", &[8]), 1);
        assert_eq!(g.call("lut_load", &[8]), 4);
        assert_eq!(g.call("lut_get", &[1]), 99);
        assert_eq!([9, 256, -1].map(|n| g.call("lut_load", &[n])), [0, 0, 0]);
        assert_eq!([9, 256, -1].map(|n| g.call("lut_check", &[n])), [-1; 3]);
    });
}

#[test]
fn a_table_is_whole_or_not_loaded() {
    guest(|g| {
        // 84 KB, in which a number lies over every border of a chunk; more than 4096 entries.
        let f = g.open("/LUT_2.csv", 1);
        g.memory.write(BUFFER, &b"1234567,".repeat(700)).unwrap();
        for _ in 0..15 {
            assert_eq!(g.call("file_write", &[f, BUFFER.into(), 5600]), 5600);
        }
        g.call("file_close", &[f]);
        assert_eq!([g.call("lut_check", &[2]), g.call("lut_load", &[2])], [10_500; 2]);
        assert!((0..10_500).all(|i| g.call("lut_get", &[i]) == 1_234_567));
        // A table as large as linear memory is the largest.
        g.file("/LUT_3.csv", &b"7 ".repeat(0x4000));
        assert_eq!(g.call("lut_load", &[3]), 0x4000);
        g.file("/LUT_4.csv", &b"8 ".repeat(0x4001));
        assert_eq!([g.call("lut_check", &[4]), g.call("lut_load", &[4])], [0x4001, 0]);
        assert_eq!([g.call("lut_size", &[]), g.call("lut_get", &[0])], [0x4000, 7]);
    });
}

#[test]
fn an_entry_of_a_table_is_one_number() {
    guest(|g| {
        g.file("/LUT_5.csv", b"first,second\r\n1.5;-2.9\t\"30\",99999999999 1e3");
        assert_eq!(g.call("lut_load", &[5]), 5);
        let entries = [0, 1, 2, 3, 4].map(|i| g.call("lut_get", &[i]));
        assert_eq!(entries, [1, -2, 30, i32::MAX, 1000]);
    });
}

#[test]
fn compression_through_files_and_memory() {
    guest(|g| {
        let text = b"around and around and around and around it goes".repeat(4);
        g.file("/in", &text);
        let (from, to) = (g.put(PATH, "/in"), g.put(PATH2, "/in.gz"));
        let packed = g.call("deflate_file", &[from, to]);
        assert!(packed > 0 && (packed as usize) < text.len() / 2);
        let out = g.put(TEXT, "/out");
        assert_eq!(g.call("inflate_file", &[to, out]) as usize, text.len());
        assert_eq!(g.call("inflate_file_to_mem", &[out, BUFFER.into(), 1000]), -1);
        assert_eq!(g.call("inflate_file_to_mem", &[to, BUFFER.into(), 1000]) as usize, text.len());
        assert_eq!(g.get(BUFFER, text.len()), text);
        assert_eq!(g.call("inflate_file_to_mem", &[to, BUFFER.into(), 10]), -1);
        let size = text.len() as i64;
        let packed = g.call("deflate_mem", &[BUFFER.into(), size, 0x2000, 0x800]);
        let unpacked = g.call("inflate_mem", &[0x2000, packed.into(), 0x3000, 0x800]);
        assert_eq!((unpacked as usize, g.get(0x3000, text.len())), (text.len(), text));
        assert_eq!(g.call("deflate_mem", &[BUFFER.into(), size, 0x2000, 8]), -1);
        assert_eq!(g.call("deflate_mem", &[BUFFER.into(), size, 0xFFF0, 0x800]), -1);
    });
}

#[test]
fn clock_sensors_and_sun_of_a_scenario() {
    // Noon UTC on 2024-06-20 in Greenwich, whose summer time is an hour ahead.
    let scenario = "start = 1718884800\nutc_offset = 3600\n[gps]\nlat = 51.48\nlon = 0\n\
                    [origin]\nlat = 51.48\nlon = 1\n[imu]\nroll = 3\n[env]\ntemperature = 21.5\n";
    let scenario = Scenario::parse(scenario).unwrap();
    with(Setup { scenario, ..Setup::default() }, |g| {
        let now = ["get_year", "get_month", "get_day", "get_hour", "get_day_of_week"];
        assert_eq!(now.map(|name| g.call(name, &[])), [2024, 6, 20, 13, 4]);
        assert_eq!([g.call("get_day_of_year", &[]), g.call("get_is_leap_year", &[])], [172, 1]);
        g.call("delay_ms", &[61_500]);
        assert_eq!(g.try_call("get_epoch_ms", &[]), Ok(1_718_884_861_500));
        assert_eq!([g.call("get_minute", &[]), g.call("get_second", &[])], [1, 1]);
        assert_eq!(g.call("millis", &[]), 61_500);
        let time = g.call("basic_time", &[]);
        assert_eq!(g.string(time), "13:01:01");
        assert!((g.call("get_sunrise", &[]) - 283).abs() <= 2);
        assert!((g.call("get_sunset", &[]) - 1282).abs() <= 2);
        assert_eq!(g.call("is_daylight", &[]), 1);
        assert!((g.float("origin_dist") / 69_260.0 - 1.0).abs() < 0.01);
        assert!((g.float("origin_bearing") - 270.4).abs() < 0.5);
        assert_eq!(
            ["get_roll", "get_temp", "get_humidity"].map(|n| g.float(n)),
            [3.0, 21.5, -1000.0]
        );
        assert_eq!(g.call("wait_pps", &[0]), 1);
        assert_eq!(g.call("millis", &[]), 62_000);
        assert_eq!(g.call("wait_pps", &[300]), 0);
        assert_eq!(g.call("millis", &[]), 62_300);
    });
}

#[test]
fn the_last_position_stays_when_the_fix_is_lost() {
    let scenario = "[gps]\nlat = [[0, 10], [20, 30]]\nalt = 500\nfix = [[5, 1], [10, 0]]\n";
    let scenario = Scenario::parse(scenario).unwrap();
    with(Setup { scenario, ..Setup::default() }, |g| {
        let mut at = |ms| {
            g.call("delay_ms", &[ms]);
            (g.call("gps_valid", &[]), g.float("get_lat"), g.float("get_alt"))
        };
        assert_eq!(at(0), (0, 0.0, 0.0));
        assert_eq!(at(6_000), (1, 16.0, 500.0));
        assert_eq!(at(60_000), (0, 20.0, 500.0));
    });
}

#[test]
fn a_device_without_sensors_says_so() {
    guest(|g| {
        let none =
            ["gps_valid", "gps_present", "has_origin", "imu_valid", "sun_valid", "cue_playing"];
        assert_eq!(none.map(|name| g.call(name, &[])), [0; 6]);
        assert_eq!(["get_sunrise", "is_daylight"].map(|name| g.call(name, &[])), [-1; 2]);
        let absent = ["get_temp", "get_brightness", "get_battery_percentage", "get_sun_azimuth"];
        assert_eq!(absent.map(|name| g.float(name)), [-1000.0; 4]);
        assert_eq!(["get_lat", "get_roll"].map(|name| g.float(name)), [0.0; 2]);
        assert_eq!(g.call("wait_pps", &[100]), -1);
    });
}

#[test]
fn parameters_and_waits() {
    let scenario = Scenario::parse("[params]\n3 = [[2, 42]]\n").unwrap();
    with(Setup { scenario, ..Setup::default() }, |g| {
        g.call("set_param", &[5, -7]);
        g.call("set_param", &[16, 1]);
        g.call("set_param", &[-1, 1]);
        assert_eq!([5, 15, 16, -1].map(|id| g.call("get_param", &[id])), [-7, 0, 0, 0]);
        assert_eq!(g.call("wait_param", &[3, 0, 41, 0]), 1);
        assert_eq!(g.call("millis", &[]), 2000);
        assert_eq!(g.call("wait_param", &[3, 1, 0, 500]), 0);
        assert_eq!(g.call("wait_param", &[3, 9, 42, 500]), 0);
        assert_eq!(g.call("should_stop", &[]), 0);
        g.call("set_param", &[0, 1]);
        assert_eq!(g.call("should_stop", &[]), 1);
        for _ in 0..1000 {
            let n = g.call("random_int", &[-3, 4]);
            assert!((-3..4).contains(&n));
        }
        assert_eq!(g.call("random_int", &[7, 7]), 7);
        let wide = g.call("random_int", &[i32::MIN.into(), i32::MAX.into()]);
        assert!(wide < i32::MAX);
    });
}

#[test]
fn the_program_sets_a_parameter_after_what_the_device_set_before() {
    let scenario = Scenario::parse("[params]\n3 = [[5, 42], [20, 43]]\n4 = 77\n").unwrap();
    with(Setup { scenario, ..Setup::default() }, |g| {
        assert_eq!(g.call("get_param", &[4]), 77);
        g.call("delay_ms", &[10_000]);
        g.call("set_param", &[3, 7]);
        g.call("set_param", &[4, 8]);
        assert_eq!([3, 4].map(|id| g.call("get_param", &[id])), [7, 8]);
        g.call("delay_ms", &[10_000]);
        assert_eq!([3, 4].map(|id| g.call("get_param", &[id])), [43, 8]);
    });
}

#[test]
fn a_stop_ends_every_wait() {
    let stop = Arc::new(AtomicBool::new(false));
    with(Setup { stop: stop.clone(), ..Setup::default() }, |g| {
        stop.store(true, Ordering::Relaxed);
        assert_eq!(g.try_call("delay_ms", &[1_000_000]), Err(HostError::Stopped));
        assert_eq!(g.call("wait_param", &[3, 0, 41, 0]), 0);
        assert_eq!(g.call("should_stop", &[]), 1);
        assert_eq!(g.device.poll(), Err(HostError::Stopped));
        assert_eq!(g.call("millis", &[]), 0);
    });
}

#[test]
fn input_by_line_by_key_and_by_count() {
    let input = Box::new(Cursor::new(b"first line\n\nab\x01cdef".to_vec()));
    with(Setup { input, ..Setup::default() }, |g| {
        for expected in ["first line", ""] {
            let line = g.call("basic_input_line", &[]);
            assert_eq!(g.string(line), expected);
        }
        let key = g.call("basic_inkey", &[]);
        assert_eq!(g.string(key), "a");
        assert_eq!(g.call("console_key", &[]), i32::from(b'b'));
        assert_eq!(g.call("console_key", &[]), 1);
        let three = g.call("basic_input_chars", &[3]);
        assert_eq!(g.string(three), "cde");
        let rest = g.call("basic_input_line", &[]);
        assert_eq!(g.string(rest), "f");
        assert_eq!(g.call("basic_input_line", &[]), 0);
        assert_eq!(g.call("console_key", &[]), -2);
        assert_eq!(g.call("console_read", &[BUFFER.into(), 10]), 0);
    });
}

/// The 175 imports of ConeZ's firmware, from its own table: each links here with its signature, and
/// with no other.
#[test]
fn what_conez_offers_is_here() {
    let byte = |name: &str| match name {
        "i32" => 0x7F,
        "i64" => 0x7E,
        "f32" => 0x7D,
        "f64" => 0x7C,
        _ => panic!("{name}"),
    };
    let mut board = runtime::board::Null;
    let device = Device::new(&mut board);
    let rows = include_str!("data/conez-imports.csv").lines().skip(1);
    let mut numbers = std::collections::HashSet::new();
    for row in rows {
        let [name, params, results] = row.split(',').collect::<Vec<_>>()[..] else {
            panic!("{row}")
        };
        let types = |list: &str| list.split_whitespace().map(byte).collect::<Vec<u8>>();
        let (mut params, results) = (types(params), types(results));
        let number = device.resolve("env", name, &params, &results);
        assert!(numbers.insert(number.unwrap_or_else(|| panic!("{name} does not link"))));
        assert!(!imports::by_name(name).expect(name).ours, "{name}");
        params.push(0x7F);
        assert_eq!(device.resolve("env", name, &params, &results), None, "{name}");
    }
    assert_eq!(numbers.len(), 175);
}
