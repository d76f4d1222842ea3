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
/// Bits of a place in a row, which may be its end.
const BITS: u32 = 8;

/// Indices of entries, by their keys.
#[derive(Clone, Debug)]
pub(super) struct Order {
    rows: Vec<Vec<u32>>,
}

/// Where a key is, or where one belongs: an index without rows; else row and place in it. One word,
/// since each type of map has its own copy of what goes with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place(u32);

impl Place {
    fn new(row: usize, at: usize) -> Self {
        Self(((row << BITS) + at) as u32)
    }

    fn row(self) -> usize {
        (self.0 >> BITS) as usize
    }

    fn at(self) -> usize {
        (self.0 & ((1 << BITS) - 1)) as usize
    }
}

impl Order {
    /// That of the entries as they came.
    pub(super) const fn new() -> Self {
        Self { rows: Vec::new() }
    }

    /// The index that stands at a place.
    fn index(&self, place: Place) -> u32 {
        if self.rows.is_empty() { place.0 } else { self.rows[place.row()][place.at()] }
    }

    /// The index of the entry, one of `len`, of which `compare` says that it is equal; or the place
    /// where such a one belongs.
    pub(super) fn search(
        &self,
        len: usize,
        compare: impl Fn(usize) -> Ordering + Copy,
    ) -> Result<usize, Place> {
        self.place(len, compare).map(|place| self.index(place) as usize)
    }

    /// The same; such an entry that is missing gets its place, and is to be the next.
    pub(super) fn search_or_add(
        &mut self,
        len: usize,
        compare: impl Fn(usize) -> Ordering + Copy,
    ) -> Option<usize> {
        if self.rows.is_empty() && len.checked_sub(1).is_none_or(|last| compare(last).is_lt()) {
            // Keys that come in their order need no search.
            return None;
        }
        match self.place(len, compare) {
            Ok(place) => Some(self.index(place) as usize),
            Err(place) => {
                self.add(place, len);
                None
            }
        }
    }

    /// The place of that entry, or for it.
    pub(super) fn place(
        &self,
        len: usize,
        compare: impl Fn(usize) -> Ordering + Copy,
    ) -> Result<Place, Place> {
        if self.rows.is_empty() {
            return bisect(0, len, compare);
        }
        let behind = self.rows.partition_point(|row| compare(row[0] as usize).is_le());
        let row = behind.saturating_sub(1);
        let indices = &self.rows[row];
        bisect(Place::new(row, 0).0, indices.len(), |at| compare(indices[at] as usize))
    }

    /// Gives a place to the next entry, whose index is `len`.
    fn add(&mut self, mut place: Place, len: usize) {
        if self.rows.is_empty() && place.0 as usize == len {
            // Entries that come in their order need no indices.
            return;
        }
        self.count(len, slice::from_mut(&mut place));
        let (mut row, mut at) = (place.row(), place.at());
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
        if !self.rows.is_empty() || index as usize + 1 < len {
            let mut places = [place, last];
            self.count(len, &mut places);
            let [place, last] = places;
            self.rows[last.row()][last.at()] = index;
            self.rows[place.row()].remove(place.at());
            if self.rows[place.row()].is_empty() {
                self.rows.remove(place.row());
            }
        }
        index as usize
    }

    /// Writes down the order of `len` entries as they came, unless there is another; `places` become
    /// those in the rows.
    fn count(&mut self, len: usize, places: &mut [Place]) {
        if self.rows.is_empty() {
            let indices = (0..len as u32).collect::<Vec<_>>();
            self.rows = indices.chunks(ROW).map(<[u32]>::to_vec).collect();
            for place in places {
                *place = Place::new(place.0 as usize / ROW, place.0 as usize % ROW);
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
        Indices { order: self, len: len as u32, next: Place(0) }
    }
}

/// Which of `len` places, the first of which is `start`, `compare` finds equal, or where such a one
/// belongs.
fn bisect(start: u32, len: usize, compare: impl Fn(usize) -> Ordering) -> Result<Place, Place> {
    let (mut from, mut to) = (0, len);
    while from < to {
        let middle = from.midpoint(to);
        match compare(middle) {
            Ordering::Less => from = middle + 1,
            Ordering::Equal => return Ok(Place(start + middle as u32)),
            Ordering::Greater => to = middle,
        }
    }
    Err(Place(start + from as u32))
}

/// The indices of entries in their order.
#[derive(Clone, Debug)]
pub(super) struct Indices<'a> {
    order: &'a Order,
    len: u32,
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
        if rows.get(self.next.row()).is_some_and(|row| row.len() == self.next.at()) {
            self.next = Place::new(self.next.row() + 1, 0);
        }
        let here = self.next;
        let is_inside = if rows.is_empty() { here.0 < self.len } else { here.row() < rows.len() };
        self.next.0 += u32::from(is_inside);
        is_inside.then(|| self.order.index(here) as usize)
    }
}
