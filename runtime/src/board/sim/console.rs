//! The console's input, read by a thread of its own, so that a key can be asked for without
//! waiting and a wait can be stopped.

use crate::board::Key;
use std::collections::VecDeque;
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, sync_channel};
use std::time::Duration;

/// Input that arrived and was not read yet. The thread starts at the first use: a program that
/// does not read leaves its input alone.
pub(super) struct Input {
    source: Option<Box<dyn Read + Send>>,
    pieces: Option<Receiver<Vec<u8>>>,
    waiting: VecDeque<u8>,
    ended: bool,
}

/// Time between looks at the stop flag.
const PATIENCE: Duration = Duration::from_millis(20);

/// Bytes read at a time.
const PIECE: usize = 4096;

impl Input {
    /// Nothing read from `source` yet.
    pub(super) fn new(source: Box<dyn Read + Send>) -> Self {
        Self { source: Some(source), pieces: None, waiting: VecDeque::new(), ended: false }
    }

    /// The thread's end of the channel. It ends with its input, or with the process.
    fn pieces(&mut self) -> &Receiver<Vec<u8>> {
        let source = &mut self.source;
        self.pieces.get_or_insert_with(|| {
            let (sender, receiver) = sync_channel(16);
            let mut source = source.take().unwrap_or_else(|| Box::new(std::io::empty()));
            std::thread::spawn(move || {
                let mut piece = [0; PIECE];
                while let Ok(len @ 1..) = source.read(&mut piece) {
                    if sender.send(piece[..len].to_vec()).is_err() {
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
            match self.pieces().recv_timeout(PATIENCE) {
                Ok(piece) => self.waiting.extend(piece),
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
            match self.pieces().try_recv() {
                Ok(piece) => self.waiting.extend(piece),
                Err(TryRecvError::Empty) => return Key::None,
                Err(TryRecvError::Disconnected) => self.ended = true,
            }
        }
        self.waiting.pop_front().map_or(Key::End, Key::Byte)
    }
}
