//! The parser's error: which token, and what should have stood there.

use super::cursor::Input;
use crate::lex::Tok;
use alloc::{boxed::Box, string::String};
use chumsky::DefaultExpected;
use chumsky::error::{Error, LabelError};
use chumsky::span::SimpleSpan;
use chumsky::util::MaybeRef;

#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// Index of the token; the number of tokens for the end of the line.
    pub(super) at: usize,
    pub(super) what: What,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// "expected X, found Y".
    Expected(&'static str),
    /// A sentence of its own, and what to do.
    Message(Box<(String, Option<String>)>),
}

impl Fault {
    pub(super) fn expected(at: usize, what: &'static str) -> Self {
        Self { at, what: What::Expected(what) }
    }

    pub(super) fn message(at: usize, text: impl Into<String>, help: Option<&str>) -> Self {
        Self { at, what: What::Message(Box::new((text.into(), help.map(String::from)))) }
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
