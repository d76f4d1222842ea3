//! Initializers (C11 6.7.9): brace lists, nested designators and elided braces to a flat list of
//! places and values.

use super::tree::{ExprId, ExprKind, Init, InitItem, LocalId, Stmt, StmtKind};
use super::{Checker, codes};
use crate::ast::{self, Designator, InitItem as Item, InitList, Initializer};
use crate::session::Edition;
use crate::types::{BitField, Length, MAX_OBJECT, QTy, Ty, TypeKind};
use alloc::vec::Vec;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// Items that one initializer may expand to: bounds `[0 ... 2000000000] = 1`.
pub(super) const MAX_ITEMS: usize = 1 << 20;

/// The object, or part of one, that is being initialized.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) ty: QTy,
    pub(super) offset: u32,
    pub(super) bits: Option<BitField>,
    /// How many parts are around it: 0 is the object itself.
    pub(super) depth: u32,
}

impl Part {
    /// A whole object.
    pub(super) fn whole(ty: QTy) -> Self {
        Self { ty, offset: 0, bits: None, depth: 0 }
    }

    /// An element or member of this part.
    pub(super) fn inner(self, ty: QTy, offset: u32, bits: Option<BitField>) -> Self {
        Self { ty, offset: self.offset + offset, bits, depth: self.depth + 1 }
    }

    /// A member of this union, which ends no sooner.
    fn variant(self, ty: QTy, bits: Option<BitField>) -> Self {
        Self { ty, bits, ..self }
    }
}

/// The items of a brace list that are still to come.
pub(super) struct Cursor<'i> {
    items: core::slice::Iter<'i, Item>,
    /// The checked value of the next item, if it had to be looked at before its place was known.
    value: Option<ExprId>,
    /// Whether the next item's designators have led here already.
    pub(super) placed: bool,
}

impl<'i> Cursor<'i> {
    fn peek(&self) -> Option<&'i Item> {
        self.items.as_slice().first()
    }

    fn advance(&mut self) {
        self.items.next();
        self.value = None;
        self.placed = false;
    }
}

/// What was collected so far.
#[derive(Default)]
pub(super) struct Output {
    pub(super) items: Vec<InitItem>,
    /// End of the furthest item, in bytes.
    pub(super) end: u64,
    /// Bytes of all items, or something larger when they may overlap.
    pub(super) filled: u64,
    /// Whether designators were used.
    pub(super) designated: bool,
}

impl Checker<'_, '_> {
    /// The initializer of a static object: its list, its type with the length that the list
    /// gives it, and its size.
    pub(super) fn static_initializer(
        &mut self,
        ty: QTy,
        init: &Initializer,
    ) -> Option<(Init, QTy, u32)> {
        let (init, ty, end) = self.initializer(ty, init)?;
        let size = u64::from(self.types().size(ty.ty)?).max(end);
        let constant = self.all_constant(&init);
        (constant && size <= MAX_OBJECT).then_some((init, ty, size as u32))
    }

    /// The initializer of a local: appends what it does to `out`.
    pub(super) fn local_initializer(
        &mut self,
        local: LocalId,
        ty: QTy,
        init: &Initializer,
        out: &mut Vec<Stmt>,
    ) {
        let span = self.tree.local(local).span;
        // A scalar or a whole record is assigned.
        if let Initializer::Expr(expr) = init
            && !matches!(self.types().kind(ty.ty), TypeKind::Array(..))
        {
            let value = self.value(expr);
            let value = self.assign_convert(value, ty.ty, "initializing", expr.span);
            return self.assign_local(local, value, out);
        }
        let Some((init, ty, _)) = self.initializer(ty, init) else {
            self.tree.local_mut(local).used = true;
            if self.types().size(ty.ty).is_none() {
                self.tree.local_mut(local).ty = Ty::INT.into();
            }
            return;
        };
        self.tree.local_mut(local).ty = ty;
        out.push(Stmt { kind: StmtKind::Init(local, init), span });
    }

    /// Assigns a converted value to a local scalar or record.
    pub(super) fn assign_local(&mut self, local: LocalId, value: ExprId, out: &mut Vec<Stmt>) {
        if self.tree.is_error(value) {
            self.tree.local_mut(local).used = true;
            return;
        }
        let (ty, declared) = (self.tree.local(local).ty.ty, self.tree.local(local).span);
        let span = self.tree.span(value);
        let place = self.add(ExprKind::Local(local), ty, declared);
        let assign = self.add(ExprKind::Assign(place, value), ty, span);
        out.push(Stmt { kind: StmtKind::Expr(assign), span });
    }

    /// The list, the completed type, and the end of the last item; `None` if it was wrong.
    fn initializer(&mut self, ty: QTy, init: &Initializer) -> Option<(Init, QTy, u64)> {
        let mut output = Output::default();
        let length = self.part(Part::whole(ty), init, &mut output)?;
        let mut ty = ty;
        if let (Some((element, Length::Unknown)), Some(length)) =
            (self.types().as_array(ty.ty), length)
        {
            ty = self.unit.types.array(element, Length::Known(length)).into();
            if self.types().size(ty.ty).is_none_or(|size| u64::from(size) > MAX_OBJECT) {
                return None;
            }
        }
        let covers = output.filled == u64::from(self.types().size(ty.ty)?);
        let designated = output.designated;
        Some((Init { items: output.items, covers, designated }, ty, output.end))
    }

    /// Initializes `part`; the number of elements for an array of unknown length.
    fn part(&mut self, part: Part, init: &Initializer, out: &mut Output) -> Option<Option<u32>> {
        match init {
            Initializer::Expr(expr) => {
                let value = self.expr(expr);
                self.part_from_value(part, value, out)
            }
            Initializer::List(list) => self.part_from_list(part, list, out),
        }
    }

    fn part_from_value(
        &mut self,
        part: Part,
        value: ExprId,
        out: &mut Output,
    ) -> Option<Option<u32>> {
        if self.tree.is_error(value) {
            return None;
        }
        let span = self.tree.span(value);
        if let Some((element, length)) = self.types().as_array(part.ty.ty) {
            if let Some(length) = self.string_for(element.ty, length, value) {
                let ty = self.unit.types.array(element, Length::Known(length)).into();
                let size = u64::from(length) * u64::from(self.types().size(element.ty)?);
                self.put(Part { ty, ..part }, value, size, out);
                return Some(Some(length));
            }
            if let Some(length) = self.copy_array(part, value, out) {
                return Some(Some(length));
            }
            let message = format!("{} needs a list in braces", self.show(part.ty));
            self.error(&codes::BAD_INITIALIZER, span, message);
            return None;
        }
        let value = self.rvalue(value);
        if self.types().is_record(part.ty.ty)
            && self.types().compatible(part.ty.ty, self.tree.ty(value))
        {
            if self.splice_literal(part, value, out) {
                return Some(None);
            }
            let size = self.types().size(part.ty.ty)?;
            self.put(part, value, u64::from(size), out);
            return Some(None);
        }
        let value = self.assign_convert(value, part.ty.ty, "initializing", span);
        if self.tree.is_error(value) {
            return None;
        }
        let size = self.types().size(part.ty.ty)?;
        self.put(part, value, u64::from(size), out);
        Some(None)
    }

    fn put(&mut self, part: Part, value: ExprId, size: u64, out: &mut Output) {
        let Part { ty, offset, bits, .. } = part;
        out.end = out.end.max(u64::from(offset) + size);
        // Bit-fields share bytes, so they never count as covering.
        out.filled = if bits.is_some() { u64::MAX } else { out.filled.saturating_add(size) };
        out.items.push(InitItem { offset, bits, ty, value });
    }

    /// The number of elements that a string gives an array of `element`, if it can initialize it.
    fn string_for(&mut self, element: Ty, length: Length, value: ExprId) -> Option<u32> {
        let &ExprKind::String(id) = self.tree.kind(value) else { return None };
        let text = &self.tree.strings[id.0 as usize];
        let (encoding, bytes) = (text.encoding, text.bytes.len());
        let width = encoding.width();
        let types = self.types();
        let fits = types.is_integer(element)
            && types.size(element) == Some(width as u32)
            && (width > 1 || types.is_character(element));
        if !fits {
            return None;
        }
        let count = (bytes / width) as u32;
        match length {
            Length::Known(room) => {
                // The terminating zero may be left out (6.7.9p14).
                if count - 1 > room {
                    let span = self.tree.span(value);
                    self.warn(
                        &codes::EXTRA_INITIALIZERS,
                        span,
                        "the string is longer than the array",
                    );
                }
                Some(room)
            }
            _ => Some(count),
        }
    }

    pub(super) fn part_from_list(
        &mut self,
        part: Part,
        list: &InitList,
        out: &mut Output,
    ) -> Option<Option<u32>> {
        match self.types().kind(part.ty.ty) {
            TypeKind::Array(..) | TypeKind::Record(_) => {}
            TypeKind::Error => return None,
            _ => return self.scalar_from_list(part, list, out),
        }
        // `char s[] = { "text" }`
        if let ([Item { designators, init: Initializer::Expr(expr) }], Some((element, length))) =
            (&list.items[..], self.types().as_array(part.ty.ty))
            && designators.is_empty()
            && matches!(expr.unparen().kind, ast::ExprKind::String(_))
            && self.types().is_integer(element.ty)
        {
            let value = self.expr(expr);
            if self.string_for(element.ty, length, value).is_some() {
                return self.part_from_value(part, value, out);
            }
        }
        if !self.types().is_complete(part.ty.ty) && self.types().as_array(part.ty.ty).is_none() {
            let message = format!("{} is incomplete", self.show(part.ty));
            self.error(&codes::INCOMPLETE, list.span, message);
            return None;
        }
        self.reset(part, list.span, out);
        let mut cursor = Cursor { items: list.items.iter(), value: None, placed: false };
        let length = self.walk(part, &mut cursor, 0, true, out)?;
        Some(Some(length))
    }

    /// A list of its own overrides all that an aggregate was given before (6.7.9p19): it is
    /// zeroed once more.
    pub(super) fn reset(&mut self, part: Part, span: Span, out: &mut Output) {
        if out.designated && u64::from(part.offset) < out.end {
            let value = self.int(0, Ty::INT, span);
            out.items.push(InitItem { offset: part.offset, bits: None, ty: part.ty, value });
        }
    }

    fn scalar_from_list(
        &mut self,
        part: Part,
        list: &InitList,
        out: &mut Output,
    ) -> Option<Option<u32>> {
        let Some(first) = list.items.first() else {
            if self.edition() < Edition::C23 {
                let message = text!("a scalar needs a value between the braces before C23");
                self.error(&codes::BAD_INITIALIZER, list.span, message);
            }
            let zero = self.int(0, Ty::INT, list.span);
            let zero = self.convert(zero, part.ty.ty);
            self.put(part, zero, u64::from(self.types().size(part.ty.ty)?), out);
            return Some(None);
        };
        if let Some(step) = first.designators.first() {
            self.error(
                &codes::BAD_INITIALIZER,
                designator_span(step),
                text!("a scalar has no parts to designate"),
            );
            return None;
        }
        if list.items.len() > 1 {
            self.warn(
                &codes::EXTRA_INITIALIZERS,
                list.span,
                text!("a scalar takes one initializer"),
            );
        }
        self.part(part, &first.init, out)
    }

    /// Initializes the elements or members of `part` from number `next` on. With `braced`, the
    /// list is this part's own; without, it ends where the part is full or a designator stands.
    /// Gives one past the highest element.
    pub(super) fn walk(
        &mut self,
        part: Part,
        cursor: &mut Cursor<'_>,
        next: u32,
        braced: bool,
        out: &mut Output,
    ) -> Option<u32> {
        let mut next = next;
        let mut highest = next;
        let (mut complained, mut full) = (false, false);
        while let Some(item) = cursor.peek() {
            if out.items.len() > MAX_ITEMS {
                self.error(
                    &codes::TOO_LARGE,
                    init_span(&item.init),
                    text!("the initializer has too many elements"),
                );
                return None;
            }
            if !item.designators.is_empty() && !cursor.placed {
                if !braced {
                    break;
                }
                next = self.designated(part, cursor, &item.designators, item, out)?;
                highest = highest.max(next);
                continue;
            }
            let element = self.element(part, next).filter(|_| !full);
            let Some(element) = element else {
                if !braced {
                    break;
                }
                if !complained {
                    let message =
                        format!("more initializers than {} has elements", self.show(part.ty));
                    self.warn(&codes::EXTRA_INITIALIZERS, init_span(&item.init), message);
                    complained = true;
                }
                cursor.advance();
                continue;
            };
            let left = cursor.items.len();
            self.next_element(element, cursor, out)?;
            // GNU's elements without size take nothing, however many there are.
            full = left == cursor.items.len() && !self.types().is_record(part.ty.ty);
            next += 1;
            highest = highest.max(next);
        }
        Some(highest)
    }

    /// The element or member number `index` of `part`.
    pub(super) fn element(&self, part: Part, index: u32) -> Option<Part> {
        match *self.types().kind(part.ty.ty) {
            TypeKind::Array(element, length) => {
                let inside = match length {
                    Length::Known(length) => index < length,
                    _ => true,
                };
                let offset = self.types().size(element.ty)?.checked_mul(index)?;
                part.offset.checked_add(offset).filter(|&o| u64::from(o) < MAX_OBJECT)?;
                inside.then(|| part.inner(element, offset, None))
            }
            TypeKind::Record(id) => {
                let union = self.types().record(id).is_union;
                let field = self.types().fields(part.ty.ty).get(index as usize)?;
                match union {
                    true => (index == 0).then(|| part.variant(field.ty, field.bits)),
                    false => Some(part.inner(field.ty, field.offset, field.bits)),
                }
            }
            _ => None,
        }
    }

    /// Takes as many items as one element needs: one, or several where its braces are left out.
    pub(super) fn next_element(
        &mut self,
        element: Part,
        cursor: &mut Cursor<'_>,
        out: &mut Output,
    ) -> Option<()> {
        let Some(item) = cursor.peek() else { return Some(()) };
        self.accept_flexible(element, item)?;
        let expr = match &item.init {
            Initializer::List(_) => {
                cursor.advance();
                return self.part(element, &item.init, out).map(|_| ());
            }
            Initializer::Expr(expr) => expr,
        };
        let value = match cursor.value {
            Some(value) => value,
            None => self.expr(expr),
        };
        cursor.value = Some(value);
        if self.tree.is_error(value) {
            return None;
        }
        if self.takes_whole(element, value) {
            cursor.advance();
            return self.part_from_value(element, value, out).map(|_| ());
        }
        // Braces are left out: the element's own elements take from the same list.
        self.walk(element, cursor, 0, false, out).map(|_| ())
    }

    /// A flexible array member has room only at the end of a static object (GNU).
    pub(super) fn accept_flexible(&mut self, part: Part, item: &Item) -> Option<()> {
        let Some((_, Length::Unknown)) = self.types().as_array(part.ty.ty) else { return Some(()) };
        if part.depth == 0 || (part.depth == 1 && self.in_static) || is_empty(&item.init) {
            return Some(());
        }
        let message =
            text!("a flexible array member can be initialized only at the end of a static object");
        self.error(&codes::BAD_INITIALIZER, init_span(&item.init), message);
        None
    }

    /// Whether a value initializes the whole of an element, rather than its first part.
    fn takes_whole(&mut self, element: Part, value: ExprId) -> bool {
        match *self.types().kind(element.ty.ty) {
            TypeKind::Array(inner, length) => {
                self.string_for(inner.ty, length, value).is_some()
                    || (matches!(
                        self.tree.kind(value),
                        ExprKind::Literal(..) | ExprKind::Entity(_)
                    ) && self.types().compatible(self.tree.ty(value), element.ty.ty))
            }
            TypeKind::Record(_) => self.types().compatible(self.tree.ty(value), element.ty.ty),
            _ => true,
        }
    }

    /// Whether every value is a constant; reports the first that is not.
    pub(super) fn all_constant(&mut self, init: &Init) -> bool {
        let constant = |kind: &ExprKind| {
            matches!(
                kind,
                ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Symbol(..) | ExprKind::String(_)
            )
        };
        let bad = init
            .items
            .iter()
            .find(|item| !constant(self.tree.kind(item.value)) || self.cuts_address(item));
        let Some(item) = bad else { return true };
        let span = self.tree.span(item.value);
        self.error(
            &codes::NOT_CONSTANT,
            span,
            text!("the initializer of a static object must be constant"),
        );
        false
    }

    /// An address does not fit in less than a word.
    fn cuts_address(&self, item: &InitItem) -> bool {
        matches!(self.tree.kind(item.value), ExprKind::Symbol(..))
            && (item.bits.is_some() || self.types().size(item.ty.ty) != Some(4))
    }
}

pub(super) fn init_span(init: &Initializer) -> Span {
    match init {
        Initializer::Expr(expr) => expr.span,
        Initializer::List(list) => list.span,
    }
}

fn is_empty(init: &Initializer) -> bool {
    matches!(init, Initializer::List(list) if list.items.is_empty())
}

fn designator_span(step: &Designator) -> Span {
    match step {
        Designator::Field(name) => name.span,
        Designator::Index(index) | Designator::Range(index, _) => index.span,
    }
}
