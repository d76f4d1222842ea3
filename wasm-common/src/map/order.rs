//! In which order the entries of a [`Map`](super::Map) stand, whatever they are.
//!
//! Always holds: `rows` is empty, and the entries stand as they came; or it has the index of each
//! entry once, and no row is empty or longer than `ROW`. So a search is two bisections, and a change
//! moves a row at most and, once in many times, the list of rows.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::slice;

/// How many indices a row may have.
const ROW: usize = 128;

/// Indices of entries, by their keys.
#[derive(Clone, Debug)]
pub(super) struct Order {
    rows: Vec<Vec<u32>>,
}

/// Row and place in it, of a key or for one. Without rows, row 0 has all entries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    row: usize,
    at: usize,
}

impl Order {
    /// That of the entries as they came.
    pub(super) const fn new() -> Self {
        Self { rows: Vec::new() }
    }

    /// The index that stands at a place.
    pub(super) fn index(&self, place: Place) -> usize {
        self.rows.get(place.row).map_or(place.at, |row| row[place.at] as usize)
    }

    /// The place of the entry, one of `len`, of which `compare` says that it is equal; or where such
    /// a one belongs.
    pub(super) fn search(
        &self,
        len: usize,
        compare: &dyn Fn(usize) -> Ordering,
    ) -> Result<Place, Place> {
        let behind = self.rows.partition_point(|row| compare(row[0] as usize).is_le());
        let row = behind.saturating_sub(1);
        let len = self.rows.get(row).map_or(len, Vec::len);
        let (mut from, mut to) = (0, len);
        while from < to {
            let at = from.midpoint(to);
            match compare(self.index(Place { row, at })) {
                Ordering::Less => from = at + 1,
                Ordering::Equal => return Ok(Place { row, at }),
                Ordering::Greater => to = at,
            }
        }
        Err(Place { row, at: from })
    }

    /// Gives a place to the next entry, whose index is `len`.
    pub(super) fn add(&mut self, mut place: Place, len: usize) {
        if self.rows.is_empty() && place.at == len {
            // Entries that come in their order need no indices.
            return;
        }
        self.count(len, slice::from_mut(&mut place));
        let Place { mut row, mut at } = place;
        if self.rows[row].len() == ROW {
            if at == ROW && row + 1 == self.rows.len() {
                // Keys that ascend leave full rows behind.
                self.rows.push(Vec::new());
                (row, at) = (row + 1, 0);
            } else {
                let behind = self.rows[row].split_off(ROW / 2);
                self.rows.insert(row + 1, behind);
                if at > ROW / 2 {
                    (row, at) = (row + 1, at - ROW / 2);
                }
            }
        }
        self.rows[row].insert(at, len as u32);
    }

    /// Takes a place away, of `len` entries; the last entry, which has place `last`, gets the index
    /// that stood there, which is returned.
    pub(super) fn remove(&mut self, place: Place, last: Place, len: usize) -> usize {
        let index = self.index(place);
        if self.rows.is_empty() && index + 1 == len {
            return index;
        }
        let mut places = [place, last];
        self.count(len, &mut places);
        let [place, last] = places;
        self.rows[last.row][last.at] = index as u32;
        self.rows[place.row].remove(place.at);
        if self.rows[place.row].is_empty() {
            self.rows.remove(place.row);
        }
        index
    }

    /// Writes down the order of `len` entries as they came, unless there is another; `places` become
    /// those in the rows.
    fn count(&mut self, len: usize, places: &mut [Place]) {
        if self.rows.is_empty() {
            let indices = (0..len as u32).collect::<Vec<_>>();
            self.rows = indices.chunks(ROW).map(<[u32]>::to_vec).collect();
            for place in places {
                *place = Place { row: place.at / ROW, at: place.at % ROW };
            }
        }
    }

    /// Puts the entries, which `swap` exchanges, into their order, which becomes that in which they
    /// came.
    pub(super) fn take(&mut self, swap: &mut dyn FnMut(usize, usize)) {
        let mut indices = core::mem::take(&mut self.rows).concat();
        for start in 0..indices.len() {
            // A place gets its entry, then the place that this left.
            let mut at = start;
            loop {
                let from = core::mem::replace(&mut indices[at], at as u32) as usize;
                if from == start {
                    break;
                }
                swap(at, from);
                at = from;
            }
        }
    }

    /// The indices of `len` entries.
    pub(super) fn indices(&self, len: usize) -> Indices<'_> {
        Indices { order: self, len, next: Place { row: 0, at: 0 } }
    }
}

/// The indices of entries in their order.
#[derive(Clone, Debug)]
pub(super) struct Indices<'a> {
    order: &'a Order,
    len: usize,
    next: Place,
}

impl Indices<'_> {
    /// Goes on at a place.
    pub(super) fn skip_to(&mut self, place: Place) {
        self.next = place;
    }
}

impl Iterator for Indices<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let rows = &self.order.rows;
        if rows.get(self.next.row).is_some_and(|row| row.len() == self.next.at) {
            self.next = Place { row: self.next.row + 1, at: 0 };
        }
        let end = if rows.is_empty() { self.len } else { rows.get(self.next.row)?.len() };
        let next = self.next;
        self.next.at += 1;
        (next.at < end).then(|| self.order.index(next))
    }
}
