//! What a recording holds, from what a board is told to show and when.

use runtime::board::sim::{Recorder, Setup, Sim};
use runtime::board::{Clock, Leds, Pins, Rgb};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const RED: Rgb = Rgb { r: 255, g: 0, b: 0 };
const GREEN: Rgb = Rgb { r: 0, g: 255, b: 0 };
const BLUE: Rgb = Rgb { r: 0, g: 0, b: 255 };
const BLACK: Rgb = Rgb { r: 0, g: 0, b: 0 };

fn path(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&path);
    path
}

/// What `test` shows on a board, recorded: whether it was stopped, and how recording ended.
fn record(path: &Path, test: impl FnOnce(&mut Sim)) -> (bool, Result<(), String>) {
    let stop = Arc::new(AtomicBool::new(false));
    let recorder = Some(Recorder::new(path).unwrap());
    let setup = Setup { virtual_time: true, stop: stop.clone(), recorder, ..Setup::default() };
    let mut sim = Sim::new(setup);
    test(&mut sim);
    let ended = sim.finish().map_err(|error| error.to_string());
    (stop.load(Ordering::Relaxed), ended)
}

/// The pictures of a GIF: how many hundredths of a second each stays, and its LEDs.
fn pictures(path: &Path) -> Vec<(u16, Vec<Rgb>)> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(std::fs::File::open(path).unwrap()).unwrap();
    let mut pictures = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        let row = frame.buffer[..4 * usize::from(frame.width)].chunks(4).step_by(8);
        let leds = row.map(|c| Rgb { r: c[0], g: c[1], b: c[2] }).collect();
        pictures.push((frame.delay, leds));
    }
    pictures
}

#[test]
fn a_channel_has_its_place_before_it_is_used() {
    let path = path("places.gif");
    let outcome = record(&path, |sim| {
        sim.show(3, &[RED]);
        sim.sleep(100);
        sim.show(1, &[GREEN, BLUE]);
    });
    assert_eq!(outcome, (false, Ok(())));
    let expected = [(10, vec![BLACK, BLACK, RED]), (100, vec![GREEN, BLUE, RED])];
    assert_eq!(pictures(&path), expected);
}

#[test]
fn pictures_are_as_far_apart_as_on_the_device() {
    let path = path("rate.gif");
    let outcome = record(&path, |sim| {
        for (ms, color) in [(0, RED), (10, GREEN), (22, BLUE), (1, RED), (100, GREEN)] {
            sim.sleep(ms);
            sim.show(1, &[color]);
        }
    });
    assert_eq!(outcome, (false, Ok(())));
    assert_eq!(pictures(&path), [(3, vec![BLUE]), (10, vec![RED]), (100, vec![GREEN])]);
}

#[test]
fn a_file_is_replaced_when_there_is_something_to_write() {
    for name in ["empty.gif", "empty.png", "empty.jsonl"] {
        let path = path(name);
        std::fs::write(&path, "old").unwrap();
        let (stopped, ended) = record(&path, |sim| sim.sleep(1000));
        let error = ended.unwrap_err();
        assert!(error.contains(name) && error.contains("nothing was shown"), "{error}");
        assert_eq!((stopped, std::fs::read_to_string(&path).unwrap()), (false, "old".into()));
        assert_eq!(record(&path, |sim| sim.show(1, &[RED])), (false, Ok(())));
        assert_ne!(std::fs::read(&path).unwrap(), b"old");
    }
    let path = path("pins.jsonl");
    assert_eq!(record(&path, |sim| sim.set_pin(4, true)), (false, Ok(())));
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text, "{\"ms\":0,\"pin\":4,\"level\":1}\n");
}

#[test]
fn a_strip_too_wide_for_a_gif_is_told_at_once() {
    let path = path("wide.gif");
    let (stopped, ended) = record(&path, |sim| sim.show(1, &[RED; 8192]));
    let error = ended.unwrap_err();
    assert!(stopped && error.contains("8191 LEDs") && error.contains("found 8192"), "{error}");
    assert!(!path.exists());
    assert_eq!(record(&path, |sim| sim.show(1, &[RED; 8191])), (false, Ok(())));
}

#[test]
fn a_recording_that_is_cut_says_so() {
    for (name, leds, most) in [("long.png", 1, 20_000), ("large.png", 65_535, 256)] {
        let path = path(name);
        let (stopped, ended) = record(&path, |sim| {
            for _ in 0..most + 5 {
                sim.show(1, &vec![RED; leds]);
                sim.sleep(40);
            }
        });
        let error = ended.unwrap_err();
        assert!(error.contains(&format!("after {most} pictures")), "{error}");
        let head = std::fs::read(&path).unwrap();
        assert!(!stopped && head[20..24] == u32::to_be_bytes(most), "{name}");
    }
}

#[test]
fn a_place_where_nothing_can_be_written_is_told_before_the_run() {
    let error = |path: &Path| Recorder::new(path).err().unwrap().to_string();
    assert!(error(Path::new("no/such/x.gif")).contains("there is no folder no/such"));
    assert!(error(Path::new("x.mp4")).contains("expected a name that ends with"));
    let folder = path("folder.gif");
    std::fs::create_dir_all(&folder).unwrap();
    assert!(error(&folder).contains("found a folder"));
}
