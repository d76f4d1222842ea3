//! Standard input, read by a thread of its own, so that a key can be asked for without waiting
//! and a wait can be stopped.

use crate::board::Key;
use std::collections::VecDeque;
use std::io::BufRead;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, sync_channel};
use std::time::Duration;

/// Input that arrived and was not read yet. The thread starts at the first use: a program that
/// does not read leaves standard input alone.
#[derive(Default)]
pub(super) struct Input {
    lines: Option<Receiver<Vec<u8>>>,
    waiting: VecDeque<u8>,
    ended: bool,
}

/// Time between looks at the stop flag.
const PATIENCE: Duration = Duration::from_millis(20);

impl Input {
    /// The thread's end of the channel. It ends with its input, or with the process.
    fn lines(&mut self) -> &Receiver<Vec<u8>> {
        self.lines.get_or_insert_with(|| {
            let (sender, receiver) = sync_channel(16);
            std::thread::spawn(move || {
                let mut input = std::io::stdin().lock();
                let mut line = Vec::new();
                while matches!(input.read_until(b'\n', &mut line), Ok(1..)) {
                    if sender.send(core::mem::take(&mut line)).is_err() {
                        break;
                    }
                }
            });
            receiver
        })
    }

    /// Waits for input and takes up to a line end; 0 bytes at the end of input or at a stop.
    pub(super) fn read(&mut self, into: &mut [u8], stop: &AtomicBool) -> usize {
        while self.waiting.is_empty() && !self.ended && !stop.load(Ordering::Relaxed) {
            match self.lines().recv_timeout(PATIENCE) {
                Ok(line) => self.waiting.extend(line),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => self.ended = true,
            }
        }
        let line = self.waiting.iter().position(|&b| b == b'\n').map(|at| at + 1);
        let len = line.unwrap_or(self.waiting.len()).min(into.len());
        into.iter_mut().zip(self.waiting.drain(..len)).for_each(|(place, byte)| *place = byte);
        len
    }

    pub(super) fn key(&mut self) -> Key {
        if self.waiting.is_empty() && !self.ended {
            match self.lines().try_recv() {
                Ok(line) => self.waiting.extend(line),
                Err(TryRecvError::Empty) => return Key::None,
                Err(TryRecvError::Disconnected) => self.ended = true,
            }
        }
        self.waiting.pop_front().map_or(Key::End, Key::Byte)
    }
}
