//! The parser's error: which token, and what should have stood there.

use super::cursor::Input;
use crate::lex::Tok;
use alloc::{boxed::Box, string::String};
use chumsky::DefaultExpected;
use chumsky::error::{Error, LabelError};
use chumsky::span::SimpleSpan;
use chumsky::util::MaybeRef;
use core::ops::Deref;

/// A pointer: what may be one is handed from function to function, and hardly ever is.
#[derive(Clone, Debug)]
pub(super) struct Fault(Box<Found>);

#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Index of the token; the number of tokens for the end of the line.
    pub(super) at: usize,
    pub(super) what: What,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// "expected X, found Y".
    Expected(&'static str),
    /// A sentence of its own, and what to do.
    Message(String, Option<String>),
}

impl Deref for Fault {
    type Target = Found;

    fn deref(&self) -> &Found {
        &self.0
    }
}

impl Fault {
    fn new(at: usize, what: What) -> Self {
        Self(Box::new(Found { at, what }))
    }

    #[cold]
    #[inline(never)]
    pub(super) fn expected(at: usize, what: &'static str) -> Self {
        Self::new(at, What::Expected(what))
    }

    pub(super) fn message(at: usize, text: impl Into<String>, help: Option<&str>) -> Self {
        Self::new(at, What::Message(text.into(), help.map(String::from)))
    }
}

impl<'src> Error<'src, Input<'src>> for Fault {}

impl<'src> LabelError<'src, Input<'src>, DefaultExpected<'src, Tok>> for Fault {
    fn expected_found<E: IntoIterator<Item = DefaultExpected<'src, Tok>>>(
        _expected: E,
        _found: Option<MaybeRef<'src, Tok>>,
        span: SimpleSpan,
    ) -> Self {
        Self::expected(span.start, "an expression")
    }
}
