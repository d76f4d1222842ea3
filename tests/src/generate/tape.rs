//! Choices as a list of numbers, so that any generator shrinks by shrinking one list.
//!
//! A generator asks the tape what to do next; the answer 0 is always the simplest thing that ends,
//! and a tape that has run out answers 0 for ever. Every tape gives a program, and a shorter tape
//! of smaller numbers gives a simpler one.

use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::{prelude::Rng, test_runner::TestRunner};

use std::fmt::Debug;

/// The choices of one program.
#[derive(Debug)]
pub struct Tape<'a> {
    words: &'a [u32],
    at: usize,
}

impl<'a> Tape<'a> {
    /// Reads `words` from the first on.
    #[must_use]
    pub fn new(words: &'a [u32]) -> Self {
        Self { words, at: 0 }
    }

    /// The next word; 0 at the end.
    pub fn word(&mut self) -> u32 {
        let word = self.words.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        word
    }

    /// A number below `n`, which must not be 0.
    pub fn below(&mut self, n: usize) -> usize {
        self.word() as usize % n
    }

    /// A number from `low` to `high`, both included.
    pub fn range(&mut self, low: i64, high: i64) -> i64 {
        low + i64::from(self.word()) % (high - low + 1)
    }

    /// True once in `n` times; never when the tape has run out.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    /// One of `choices`, the first when the tape has run out.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// Whether there are words left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.at >= self.words.len()
    }
}

/// The tape of `seed`, of at most `most` words.
#[must_use]
pub fn seeded(seed: u64, most: usize) -> Vec<u32> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678_9ABC_DEF1;
    let mut next = || {
        // xorshift64* (Vigna 2016).
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        (state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 40) as u32
    };
    let len = 1 + next() as usize % most;
    (0..len).map(|_| next()).collect()
}

/// Random tapes of at most `self.0` words.
#[derive(Clone, Copy, Debug)]
pub struct Tapes(pub usize);

impl Strategy for Tapes {
    type Tree = TapeTree;
    type Value = Vec<u32>;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        Ok(TapeTree::new(seeded(runner.rng().next_u64(), self.0)))
    }
}

/// What is tried next to make a tape simpler.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Take `len` words out at `at`.
    Cut {
        len: usize,
        at: usize,
    },
    /// Put 0 in the place of the word at `at`.
    Zero {
        at: usize,
    },
    /// Halve the word at `at`, after reducing it to a small residue.
    Halve {
        at: usize,
    },
    Done,
}

/// A failing tape on its way to a simple one: pieces are cut out, from halves of it down to single
/// words; then words become 0, then smaller.
#[derive(Clone, Debug)]
pub struct TapeTree {
    good: Vec<u32>,
    next: Vec<u32>,
    step: Step,
}

impl TapeTree {
    /// Starts with a tape that fails.
    #[must_use]
    pub fn new(words: Vec<u32>) -> Self {
        Self { good: words.clone(), next: words, step: Step::Cut { len: 1 << 20, at: 0 } }
    }

    /// Where to go on after the attempt `step` failed.
    fn after(&self, step: Step) -> Step {
        let len = self.good.len();
        match step {
            Step::Cut { len: piece, at } if at + piece < len => {
                Step::Cut { len: piece, at: at + piece }
            }
            Step::Cut { len: piece, .. } if piece > 1 => {
                Step::Cut { len: (piece / 2).min(len.max(1)), at: 0 }
            }
            Step::Cut { .. } => Step::Zero { at: 0 },
            Step::Zero { at } if at + 1 < len => Step::Zero { at: at + 1 },
            Step::Zero { .. } => Step::Halve { at: 0 },
            Step::Halve { at } if at + 1 < len => Step::Halve { at: at + 1 },
            Step::Halve { .. } | Step::Done => Step::Done,
        }
    }

    /// The tape that `step` leads to; `None` when it changes nothing.
    fn attempt(&self, step: Step) -> Option<Vec<u32>> {
        let mut words = self.good.clone();
        match step {
            Step::Cut { len, at } if at < words.len() => {
                words.drain(at..(at + len).min(words.len()));
            }
            Step::Zero { at } if words.get(at).is_some_and(|&word| word != 0) => words[at] = 0,
            Step::Halve { at } if words.get(at).is_some_and(|&word| word > 1) => {
                words[at] = if words[at] >= 5040 { words[at] % 5040 } else { words[at] / 2 };
            }
            _ => return None,
        }
        Some(words)
    }

    /// Moves on to the next attempt; false when there is none left.
    fn advance(&mut self) -> bool {
        while !matches!(self.step, Step::Done) {
            if let Some(words) = self.attempt(self.step) {
                self.next = words;
                return true;
            }
            self.step = self.after(self.step);
        }
        false
    }
}

impl ValueTree for TapeTree {
    type Value = Vec<u32>;

    fn current(&self) -> Vec<u32> {
        self.next.clone()
    }

    /// The tape shown last fails too: go on from it.
    fn simplify(&mut self) -> bool {
        self.good.clone_from(&self.next);
        self.advance()
    }

    /// The tape shown last passes: forget it, and show another.
    fn complicate(&mut self) -> bool {
        self.step = self.after(self.step);
        if self.advance() {
            return true;
        }
        self.next.clone_from(&self.good);
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What proptest does with a failing case.
    fn shrink(words: Vec<u32>, fails: impl Fn(&[u32]) -> bool) -> Vec<u32> {
        let mut tree = TapeTree::new(words);
        let mut best = tree.current();
        let mut more = tree.simplify();
        while more {
            let shown = tree.current();
            more = if fails(&shown) {
                best = shown;
                tree.simplify()
            } else {
                tree.complicate()
            };
        }
        best
    }

    #[test]
    fn a_failing_tape_shrinks_to_what_matters() {
        let words: Vec<u32> = (0..300).map(|i| i * 7919 % 100_000).collect();
        let fails = |words: &[u32]| words.iter().any(|word| word % 10 == 7) && words.len() >= 2;
        assert!(fails(&words));
        let small = shrink(words, fails);
        assert_eq!(small.len(), 2);
        assert!(small.iter().all(|&word| word < 5040));
    }

    #[test]
    fn a_tape_that_has_run_out_answers_zero() {
        let mut tape = Tape::new(&[5]);
        assert_eq!((tape.below(3), tape.below(3), tape.once_in(2)), (2, 0, false));
        assert!(tape.is_empty());
    }
}
