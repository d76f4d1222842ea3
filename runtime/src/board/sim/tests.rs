//! What is seen on a terminal where a program both prints and shows.

use super::*;
use std::cell::RefCell;
use std::rc::Rc;

/// A terminal of so many columns and lines, that knows what the painter uses and turns line ends
/// into new lines. Cells of colour are letters: `R`, `G`, `B`, or `#` for others.
struct Screen {
    cells: Vec<Vec<char>>,
    at: (usize, usize),
    saved: (usize, usize),
    pending: String,
    color: Option<char>,
}

impl Screen {
    fn new(columns: usize, lines: usize) -> Self {
        let cells = vec![vec![' '; columns]; lines];
        Self { cells, at: (0, 0), saved: (0, 0), pending: String::new(), color: None }
    }

    /// The lines, down to the last that has something.
    fn text(&self) -> Vec<String> {
        let line = |cells: &Vec<char>| cells.iter().collect::<String>().trim_end().to_owned();
        let mut lines: Vec<String> = self.cells.iter().map(line).collect();
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        lines
    }

    fn down(&mut self) {
        if self.at.0 + 1 < self.cells.len() {
            self.at.0 += 1;
        } else {
            self.cells.rotate_left(1);
            self.cells.last_mut().unwrap().fill(' ');
        }
    }

    fn put(&mut self, c: char) {
        if self.at.1 == self.cells[0].len() {
            self.at.1 = 0;
            self.down();
        }
        self.cells[self.at.0][self.at.1] = self.color.unwrap_or(c);
        self.at.1 += 1;
    }

    fn byte(&mut self, byte: u8) {
        self.pending.push(byte.into());
        match self.pending.as_bytes() {
            [0x1B] | [0x1B, b'['] => return,
            [0x1B, b'[', .., last] if !last.is_ascii_alphabetic() => return,
            [0x1B, b'[', ..] => self.control(),
            [0x1B, b'D'] => self.down(),
            [0x1B, b'7'] => self.saved = self.at,
            [0x1B, b'8'] => self.at = self.saved,
            b"\r" => self.at.1 = 0,
            b"\n" => {
                self.at.1 = 0;
                self.down();
            }
            _ => self.put(byte.into()),
        }
        self.pending.clear();
    }

    fn control(&mut self) {
        let command = self.pending.pop();
        let numbers = self.pending[2..].split(';').map(|n| n.parse().unwrap_or(0));
        let numbers: Vec<usize> = numbers.collect();
        match (command, &numbers[..]) {
            (Some('A'), &[n]) => self.at.0 = self.at.0.saturating_sub(n.max(1)),
            (Some('B'), &[n]) => self.at.0 = (self.at.0 + n.max(1)).min(self.cells.len() - 1),
            (Some('J'), [0]) => {
                self.cells[self.at.0][self.at.1..].fill(' ');
                self.cells[self.at.0 + 1..].iter_mut().for_each(|line| line.fill(' '));
            }
            (Some('K'), [0]) => self.cells[self.at.0][self.at.1..].fill(' '),
            (Some('m'), [0]) => self.color = None,
            (Some('m'), [48, 2, color @ ..]) => {
                self.color = Some(match color {
                    [255, 0, 0] => 'R',
                    [0, 255, 0] => 'G',
                    [0, 0, 255] => 'B',
                    _ => '#',
                });
            }
            other => panic!("{other:?}"),
        }
    }
}

/// One terminal for output and messages.
#[derive(Clone)]
struct Terminal(Rc<RefCell<Screen>>);

impl Write for Terminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        bytes.iter().for_each(|&byte| self.0.borrow_mut().byte(byte));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const COLUMNS: usize = 10;
const LINES: usize = 6;
const RED: Rgb = Rgb { r: 255, g: 0, b: 0 };
const GREEN: Rgb = Rgb { r: 0, g: 255, b: 0 };

/// A board that draws on a small terminal, and what is seen there.
fn board(input: &'static [u8]) -> (Sim, impl Fn() -> Vec<String>) {
    let terminal = Terminal(Rc::new(RefCell::new(Screen::new(COLUMNS, LINES))));
    let mut sim = Sim::new(Setup {
        input: Box::new(input),
        output: Box::new(terminal.clone()),
        messages: Box::new(terminal.clone()),
        draw: true,
        ..Setup::default()
    });
    sim.size = || (COLUMNS, LINES);
    (sim, move || terminal.0.borrow().text())
}

/// Longer than a picture stays.
const LONG: u64 = 2 * FRAME_MS;

#[test]
fn text_stays_and_the_strip_lies_below_it() {
    let (mut sim, seen) = board(b"");
    for line in ["one", "two", "three"] {
        sim.show(1, &[RED, GREEN]);
        sim.sleep(LONG);
        sim.write(line.as_bytes());
        sim.write(b"\n");
    }
    sim.sleep(LONG);
    assert_eq!(seen(), ["one", "two", "three", "", "RG"]);
    // The terminal scrolls; the strip goes with it.
    for line in ["four\n", "five\nsix", "\nse", "ven\n", "eight"] {
        sim.show(1, &[RED, GREEN]);
        sim.sleep(LONG);
        sim.write(line.as_bytes());
    }
    sim.sleep(LONG);
    assert_eq!(seen(), ["four", "five", "six", "seven", "eight", "RG"]);
    sim.finish().unwrap();
    assert_eq!(seen(), ["five", "six", "seven", "eight", "RG"]);
}

#[test]
fn an_unfinished_line_goes_on_where_it_was() {
    let (mut sim, seen) = board(b"");
    sim.show(1, &[RED]);
    for _ in 0..3 {
        sim.sleep(LONG);
        sim.write(b".");
    }
    sim.write(b"99%\r");
    sim.sleep(LONG);
    assert_eq!(seen(), ["...99%", "R"]);
    sim.write(b"!\n");
    sim.finish().unwrap();
    assert_eq!(seen(), ["!..99%", "R"]);
}

#[test]
fn a_line_end_that_is_typed_leaves_no_stale_row() {
    let (mut sim, seen) = board(b"\nx\n");
    sim.show(1, &[RED]);
    sim.write(b"name? ");
    let mut answer = [0; 8];
    for typed in ["Bo\n", "Al\n"] {
        sim.paint();
        // The terminal's echo does not pass through the board.
        sim.setup.messages.write_all(typed.as_bytes()).unwrap();
        sim.read(&mut answer);
        sim.write(b"more? ");
    }
    sim.finish().unwrap();
    assert_eq!(seen(), ["name? Bo", "more? Al", "more?", "R"]);
}

#[test]
fn a_strip_wider_than_the_terminal_takes_several_rows() {
    let (mut sim, seen) = board(b"");
    for color in [RED, GREEN, RED] {
        sim.show(1, &[color; 25]);
        sim.show(3, &[GREEN; 3]);
        sim.sleep(LONG);
    }
    let row = "R".repeat(COLUMNS);
    assert_eq!(seen(), ["", &row, &row, "RRRRR", "GGG"]);
    // What does not fit below a line of text is not drawn.
    sim.show(1, &[RED; 1000]);
    sim.sleep(LONG);
    assert_eq!(seen(), ["", &row, &row, &row, &row, &row]);
    sim.write(b"end\n");
    sim.finish().unwrap();
    assert_eq!(seen(), vec![row; LINES - 1]);
}

#[test]
fn a_picture_that_came_too_soon_is_drawn_when_its_time_comes() {
    let (mut painter, mut out) = (Painter::default(), Vec::new());
    painter.show(1, &[RED]);
    assert!(painter.due(7));
    painter.draw(&mut out, 7, (COLUMNS, LINES));
    assert!(!painter.due(1000));
    painter.show(1, &[GREEN]);
    assert_eq!([7 + FRAME_MS - 1, 7 + FRAME_MS].map(|now| painter.due(now)), [false, true]);

    let (mut sim, seen) = board(b"");
    sim.show(1, &[RED]);
    sim.sleep(1);
    sim.show(1, &[GREEN]);
    sim.sleep(LONG);
    assert_eq!(seen(), ["", "G"]);
}

#[test]
fn what_is_written_past_the_board_finds_its_place() {
    let (mut sim, seen) = board(b"");
    sim.show(1, &[RED; 9]);
    sim.write(b"text\n");
    sim.sleep(LONG);
    sim.flush();
    sim.setup.messages.write_all(b"trap\nat f\n").unwrap();
    sim.finish().unwrap();
    assert_eq!(seen(), ["text", "trap", "at f", "RRRRRRRRR"]);
}
