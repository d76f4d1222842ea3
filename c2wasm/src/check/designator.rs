//! Designators (C11 6.7.9p7): from `.a[1].b =` to the part of an object that it names.

use super::init::{Cursor, MAX_ITEMS, Output, Part, init_span};
use super::tree::InitItem;
use super::{Checker, codes};
use crate::ast::{self, Designator, InitItem as Item};
use crate::types::{Length, MAX_OBJECT};
use alloc::vec::Vec;
use wasm_common::text::{format, text};

/// The parts on the way to what designators name, from the outermost on, each with the number of
/// the element behind the way. Of GNU's ranges it is the last element that the way leads through.
#[derive(Default)]
struct Trail {
    parts: Vec<(Part, u32)>,
    /// Bytes from the first to the last elements of the ranges so far.
    shift: u32,
}

impl Trail {
    fn push(&mut self, part: Part, next: u32) {
        self.parts.push((Part { offset: part.offset + self.shift, ..part }, next));
    }
}

impl Checker<'_, '_> {
    /// Initializes what `designators` name in `part` from the cursor's item, and goes on behind it;
    /// gives the number of the element after it.
    pub(super) fn designated(
        &mut self,
        part: Part,
        cursor: &mut Cursor<'_>,
        designators: &[Designator],
        item: &Item,
        out: &mut Output,
    ) -> Option<u32> {
        // What is designated may be designated again: coverage is no longer a sum.
        out.filled = u64::MAX;
        out.designated = true;
        let mut trail = Trail::default();
        self.designate(part, cursor, designators, item, out, &mut trail)?;
        let mut parts = trail.parts.into_iter();
        let (_, next) = parts.next()?;
        for (inner, next) in parts.rev() {
            self.walk(inner, cursor, next, false, out)?;
        }
        Some(next)
    }

    /// Initializes what `designators` name and nothing behind it; `trail` tells where that is.
    fn designate(
        &mut self,
        part: Part,
        cursor: &mut Cursor<'_>,
        designators: &[Designator],
        item: &Item,
        out: &mut Output,
        trail: &mut Trail,
    ) -> Option<()> {
        let (first, last, path) = self.resolve(part, &designators[0])?;
        let from = out.items.len();
        trail.push(part, last + 1);
        let mut element = self.any_element(part, first)?;
        if first < last {
            trail.shift += self.element(part, last)?.offset - element.offset;
        }
        for &index in &path {
            trail.push(element, index + 1);
            element = self.any_element(element, index)?;
        }
        let rest = &designators[1..];
        if rest.is_empty() {
            cursor.placed = true;
            self.next_element(element, cursor, out)?;
        } else {
            self.accept_flexible(element, item)?;
            self.designate(element, cursor, rest, item, out, trail)?;
        }
        self.repeat(part, first, last, from, item, out)
    }

    /// Like [`Self::element`], but any member of a union may be named.
    fn any_element(&self, part: Part, index: u32) -> Option<Part> {
        if !self.types().is_record(part.ty.ty) {
            return self.element(part, index);
        }
        let field = self.types().fields(part.ty.ty).get(index as usize)?;
        Some(part.inner(field.ty, field.offset, field.bits))
    }

    /// First and last element that a designator names, and the way on through anonymous members.
    fn resolve(&mut self, part: Part, step: &Designator) -> Option<(u32, u32, Vec<u32>)> {
        match step {
            Designator::Field(name) => {
                if !self.types().is_record(part.ty.ty) {
                    let message = format!("{} has no members", self.show(part.ty));
                    self.error(&codes::BAD_INITIALIZER, name.span, message);
                    return None;
                }
                let Some(mut path) = self.types().find_field(part.ty.ty, name.name) else {
                    self.no_member(part.ty.ty, *name);
                    return None;
                };
                let first = path.remove(0);
                Some((first, first, path))
            }
            Designator::Index(index) => {
                let first = self.designated_index(part, index)?;
                Some((first, first, Vec::new()))
            }
            Designator::Range(first, last) => {
                let (low, high) =
                    (self.designated_index(part, first)?, self.designated_index(part, last)?);
                if low > high {
                    self.error(&codes::BAD_INITIALIZER, first.span, text!("the range is empty"));
                    return None;
                }
                Some((low, high, Vec::new()))
            }
        }
    }

    fn designated_index(&mut self, part: Part, index: &ast::Expr) -> Option<u32> {
        let Some((_, length)) = self.types().as_array(part.ty.ty) else {
            let message = format!("{} has no elements", self.show(part.ty));
            self.error(&codes::BAD_INITIALIZER, index.span, message);
            return None;
        };
        let (value, ty) = self.integer_constant(index, "an array designator")?;
        let negative = self.types().is_signed(ty) && (value as i64) < 0;
        let limit = match length {
            Length::Known(length) => u64::from(length),
            _ => MAX_OBJECT,
        };
        if negative || value >= limit {
            let message = format!("index {} is outside of {}", value as i64, self.show(part.ty));
            self.error(&codes::BAD_INITIALIZER, index.span, message);
            return None;
        }
        Some(value as u32)
    }

    /// GNU's ranges: what the first element got, the others get too.
    fn repeat(
        &mut self,
        part: Part,
        first: u32,
        last: u32,
        from: usize,
        item: &Item,
        out: &mut Output,
    ) -> Option<()> {
        if first == last {
            return Some(());
        }
        let stride = self.element(part, first + 1)?.offset - self.element(part, first)?.offset;
        let made = out.items.len() - from;
        if made.saturating_mul((last - first) as usize) > MAX_ITEMS {
            self.error(
                &codes::TOO_LARGE,
                init_span(&item.init),
                text!("the range makes too many elements"),
            );
            return None;
        }
        for step in 1..=last - first {
            for index in from..from + made {
                let item = out.items[index];
                out.items.push(InitItem { offset: item.offset + step * stride, ..item });
            }
        }
        let end = self.element(part, last)?;
        out.end = out.end.max(u64::from(end.offset) + u64::from(stride));
        Some(())
    }
}
