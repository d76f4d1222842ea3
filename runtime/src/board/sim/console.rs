//! The console's input, read by a thread of its own, so that a key can be asked for without
//! waiting, a wait can be stopped, and Ctrl-C is heard whatever the program does.

use crate::board::Key;
use crate::board::typing::{CTRL_C, Lines, Returns};
use std::collections::VecDeque;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, TrySendError, sync_channel};
use std::time::Duration;

/// Input that arrived and was not read yet. The thread starts at the first use: a program that
/// does not read leaves its input alone.
pub(super) struct Input {
    from: Option<Box<dyn Read + Send>>,
    pieces: Option<Receiver<Vec<u8>>>,
    waiting: VecDeque<u8>,
    ended: bool,
    kind: Source,
    returns: Returns,
    lines: Lines,
    ctrl_c_stops: Arc<AtomicBool>,
    stop: Arc<AtomicBool>,
}

/// What the console's input is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Lines; who sends them has seen and corrected them.
    #[default]
    Lines,
    /// Keys, as a person would type them: the board echoes, and edits what a program reads. Ctrl-C
    /// can be a wish to stop.
    Script,
    /// Keys of a person: where more wait than are ever typed, keys are lost rather than Ctrl-C.
    Keyboard,
}

/// Time between looks at the stop flag.
const PATIENCE: Duration = Duration::from_millis(20);

/// Bytes read at a time.
const PIECE: usize = 4096;

/// Pieces that can wait.
const PIECES: usize = 16;
/// The same for a keyboard, where a key is a piece.
const KEYS: usize = 4096;

impl Input {
    /// Nothing read from `source` yet; a wish to stop is told to `stop`.
    pub(super) fn new(from: Box<dyn Read + Send>, kind: Source, stop: Arc<AtomicBool>) -> Self {
        Self {
            from: Some(from),
            pieces: None,
            waiting: VecDeque::new(),
            ended: false,
            kind,
            ctrl_c_stops: Arc::default(),
            returns: Returns::default(),
            lines: Lines::default(),
            stop,
        }
    }

    /// The thread's end of the channel. It ends with its input, or with the process.
    fn pieces(&mut self) -> &Receiver<Vec<u8>> {
        self.pieces.get_or_insert_with(|| {
            let from = self.from.take().unwrap_or_else(|| Box::new(std::io::empty()));
            let keyboard = self.kind == Source::Keyboard;
            let (sender, receiver) = sync_channel(if keyboard { KEYS } else { PIECES });
            let (stops, stop) = (self.ctrl_c_stops.clone(), self.stop.clone());
            std::thread::spawn(move || {
                pass(from, |mut piece| {
                    if stops.load(Ordering::Relaxed)
                        && let Some(last) = piece.iter().rposition(|&byte| byte == CTRL_C)
                    {
                        stop.store(true, Ordering::Relaxed);
                        piece.drain(..=last);
                    }
                    if keyboard {
                        !matches!(sender.try_send(piece), Err(TrySendError::Disconnected(_)))
                    } else {
                        sender.send(piece).is_ok()
                    }
                });
            });
            receiver
        })
    }

    /// Waits for input and takes up to a line end; 0 bytes at the end of input or at a stop.
    pub(super) fn read(&mut self, into: &mut [u8], echo: impl FnMut(&[u8])) -> usize {
        if self.kind != Source::Lines {
            let mut lines = std::mem::take(&mut self.lines);
            let len = lines.read(into, || self.key_or_stop(), echo);
            self.lines = lines;
            return len;
        }
        self.wait();
        let line = self.waiting.iter().position(|&b| b == b'\n').map(|at| at + 1);
        let len = line.unwrap_or(self.waiting.len()).min(into.len());
        into.iter_mut().zip(self.waiting.drain(..len)).for_each(|(place, byte)| *place = byte);
        len
    }

    /// The next key; `None` at the end of input or at a stop. Ctrl-C may have been typed, or sent by
    /// a script, before the program began that it shall stop.
    fn key_or_stop(&mut self) -> Option<u8> {
        match self.wait_key() {
            Key::Byte(CTRL_C) => {
                self.stop.store(true, Ordering::Relaxed);
                None
            }
            Key::Byte(byte) => Some(byte),
            Key::None | Key::End => None,
        }
    }

    /// Waits until there is input, or a stop was asked for.
    fn wait(&mut self) {
        while self.waiting.is_empty() && !self.ended && !self.stop.load(Ordering::Relaxed) {
            match self.pieces().recv_timeout(PATIENCE) {
                Ok(piece) => self.waiting.extend(piece),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => self.ended = true,
            }
        }
    }

    /// The next key, which is waited for; `None` at a stop.
    pub(super) fn wait_key(&mut self) -> Key {
        loop {
            self.wait();
            match self.key() {
                Key::None if !self.stop.load(Ordering::Relaxed) => {}
                key => return key,
            }
        }
    }

    pub(super) fn key(&mut self) -> Key {
        loop {
            if self.waiting.is_empty() && !self.ended {
                match self.pieces().try_recv() {
                    Ok(piece) => self.waiting.extend(piece),
                    Err(TryRecvError::Empty) => return Key::None,
                    Err(TryRecvError::Disconnected) => self.ended = true,
                }
            }
            let Some(byte) = self.waiting.pop_front() else { return Key::End };
            if self.kind == Source::Lines || self.returns.is_key(byte) {
                return Key::Byte(byte);
            }
        }
    }

    /// Whether Ctrl-C asks to stop from now on. What was typed before one that did is gone, as on
    /// any terminal.
    pub(super) fn let_ctrl_c_stop(&mut self, on: bool) {
        self.ctrl_c_stops.store(on && self.kind != Source::Lines, Ordering::Relaxed);
        // What a program did not read of its line is not the next one's.
        self.lines.clear();
        if self.stop.swap(false, Ordering::Relaxed) {
            self.waiting.clear();
            let pieces = self.pieces();
            while pieces.try_recv().is_ok() {}
        }
    }
}

/// Gives input to `take`, piece by piece, until it ends or nobody wants more.
fn pass(mut from: impl Read, mut take: impl FnMut(Vec<u8>) -> bool) {
    let mut piece = [0; PIECE];
    while let Ok(len @ 1..) = from.read(&mut piece) {
        if !take(piece[..len].to_vec()) {
            break;
        }
    }
}
