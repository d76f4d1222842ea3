//! Macro definitions (C11 6.10.3): their table and their checks.
//!
//! In: the tokens of a `#define` line. Out: a [`Macro`] that expansion need not check again.

use super::predefined;
use super::waiting::Definitions;
use crate::codes;
use crate::lex::{FileLexer, Flags, Kind, Token, lex_text};
use crate::names::Name;
use crate::session::{Session, Standard};
use alloc::{boxed::Box, rc::Rc, string::String, vec, vec::Vec};
use core::cell::Cell;
use wasm_common::text::{format, text};
use wasm_common::{diag::Diagnostic, frugal, map::Map, source::Span};

/// What a name stands for.
#[derive(Debug)]
pub(super) struct Macro {
    pub(super) name: Name,
    pub(super) kind: MacroKind,
    /// Parameters in it are flagged, [`Flags::PARAMETER`].
    pub(super) body: Box<[Token]>,
    /// `__VA_OPT__` is in the body.
    pub(super) has_va_opt: bool,
    /// Its name where it was defined; `None` for predefined ones.
    pub(super) definition: Option<Span>,
    /// While its own expansion is being rescanned.
    pub(super) disabled: Cell<bool>,
}

/// How a macro is used.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum MacroKind {
    Object,
    Function {
        params: Box<[Name]>,
        /// The last parameter takes all further arguments.
        variadic: bool,
    },
    Builtin(Builtin),
}

/// Macros whose value is not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Builtin {
    Line,
    File,
    BaseFile,
    Counter,
    IncludeLevel,
    Pragma,
}

/// The builtins by name.
const BUILTINS: [(&str, Builtin); 6] = [
    ("__LINE__", Builtin::Line),
    ("__FILE__", Builtin::File),
    ("__BASE_FILE__", Builtin::BaseFile),
    ("__COUNTER__", Builtin::Counter),
    ("__INCLUDE_LEVEL__", Builtin::IncludeLevel),
    ("_Pragma", Builtin::Pragma),
];

impl Macro {
    /// Whether a second definition says the same (C11 6.10.3, paragraph 2).
    fn same_as(&self, other: &Self) -> bool {
        let same =
            |a: &Token, b: &Token| a.kind == b.kind && a.name == b.name && a.spaced() == b.spaced();
        self.kind == other.kind
            && self.body.len() == other.body.len()
            && self.body.iter().zip(&other.body).all(|(a, b)| same(a, b))
    }

    /// Which parameter a flagged token of the body is.
    pub(super) fn parameter(&self, token: &Token) -> Option<usize> {
        match &self.kind {
            MacroKind::Function { params, .. } if token.flags.has(Flags::PARAMETER) => {
                params.iter().position(|&name| name == token.name)
            }
            _ => None,
        }
    }

    /// Whether parameter `index` stands somewhere in the body outside of `#` and `##`, so that its
    /// argument must be expanded. `__VA_OPT__` asks whether the variadic one is empty.
    pub(super) fn expands(&self, index: usize) -> bool {
        let MacroKind::Function { params, .. } = &self.kind else { return false };
        let name = params[index];
        let operator = |at: Option<usize>| {
            let token = at.and_then(|at| self.body.get(at));
            token.is_some_and(|t| matches!(t.kind, Kind::Hash | Kind::HashHash))
        };
        let plain = |(at, token): (usize, &Token)| {
            let used = token.flags.has(Flags::PARAMETER) && token.name == name;
            let after_comma = at >= 2 && self.body[at - 2].kind == Kind::Comma;
            let pasted = operator(at.checked_sub(1)) && !after_comma;
            let next = self.body.get(at + 1).is_some_and(|t| t.kind == Kind::HashHash);
            used && !pasted && !next
        };
        let uses = || self.body.iter().enumerate().any(plain);
        self.is_variadic(index) && self.has_va_opt || uses()
    }

    /// Whether parameter `index` takes all further arguments.
    pub(super) fn is_variadic(&self, index: usize) -> bool {
        matches!(&self.kind, MacroKind::Function { params, variadic: true }
            if index + 1 == params.len())
    }
}

/// The macros that are defined, by name.
#[derive(Debug, Default)]
pub(super) struct MacroTable {
    /// By [`Name::index`].
    by_name: Vec<Option<Rc<Macro>>>,
    /// How many names were asked whether they are predefined.
    met: usize,
    /// Definitions of headers whose names did not come up yet.
    pub(super) waiting: Definitions,
    /// What `#pragma push_macro` saved.
    pushed: Map<Name, Vec<Option<Rc<Macro>>>>,
}

impl MacroTable {
    /// A table with the builtins. No macro is predefined for the names so far: they are keywords,
    /// and those that mean something in definitions.
    pub(super) fn new(session: &mut Session<'_>) -> Self {
        let mut table = Self::default();
        for (text, builtin) in BUILTINS {
            let name = session.names.intern(text);
            let (kind, body) = (MacroKind::Builtin(builtin), Box::default());
            table.set(
                name,
                Some(Rc::new(Macro {
                    name,
                    kind,
                    body,
                    has_va_opt: false,
                    definition: None,
                    disabled: Cell::new(false),
                })),
            );
        }
        for word in ["__VA_ARGS__", "__VA_OPT__"] {
            session.names.intern(word);
        }
        table.met = session.names.len();
        table
    }

    /// Defines the predefined macros, and those that wait, among the names that came up since the
    /// last call. To be called before a name is looked for or defined.
    #[inline]
    pub(super) fn meet(&mut self, standard: Standard, session: &mut Session<'_>) {
        if self.met < session.names.len() {
            self.define_met(standard, session);
        }
    }

    fn define_met(&mut self, standard: Standard, session: &mut Session<'_>) {
        while self.met < session.names.len() {
            let text = session.names.text_at(self.met);
            self.met += 1;
            if let Some((file, start)) = self.waiting.take(text, session.sources) {
                let line = FileLexer::line_at(file, start, session.sources, &mut session.names);
                if let [hash, _, definition @ ..] = &line[..] {
                    self.define(definition, hash.span, false, session);
                }
            } else if predefined::may_be(text)
                && let Some(definition) = predefined::definition(text, standard)
            {
                let span = Span::new(session.sources.add("<built-in>", ""), 0, 0);
                let line = lex_text(&definition, span, &mut session.names);
                self.define(&line, span, true, session);
            }
        }
    }

    /// The macro of this name.
    pub(super) fn get(&self, name: Name) -> Option<&Rc<Macro>> {
        self.by_name.get(name.index())?.as_ref()
    }

    fn set(&mut self, name: Name, value: Option<Rc<Macro>>) {
        frugal::lengthen(&mut self.by_name, name.index() + 1, None);
        self.by_name[name.index()] = value;
    }

    /// `#undef`
    pub(super) fn undefine(&mut self, name: Name) {
        if self.get(name).is_some() {
            self.set(name, None);
        }
    }

    /// `#pragma push_macro`
    pub(super) fn push(&mut self, name: Name) {
        let now = self.get(name).cloned();
        self.pushed.entry(name).or_default().push(now);
    }

    /// `#pragma pop_macro`; nothing without a push.
    pub(super) fn pop(&mut self, name: Name) {
        if let Some(saved) = self.pushed.get_mut(&name).and_then(Vec::pop) {
            self.set(name, saved);
        }
    }

    /// `#define` with the tokens after the word; `predefined` macros have no definition to show.
    pub(super) fn define(
        &mut self,
        line: &[Token],
        directive: Span,
        predefined: bool,
        session: &mut Session<'_>,
    ) {
        match parse_definition(line, directive, predefined, session) {
            Ok(new) => {
                let redefined = self.get(new.name).filter(|old| !old.same_as(&new));
                if let Some(old) = redefined.filter(|_| !predefined) {
                    let text = format!("macro `{}` redefined", session.names.text(new.name));
                    let message = codes::MACRO_REDEFINED.warning(line[0].span, text);
                    session.report(match old.definition {
                        Some(span) => message.label(span, text!("previous definition is here")),
                        None => message.help(text!("it is predefined; `#undef` it first")),
                    });
                }
                self.set(new.name, Some(Rc::new(new)));
            }
            Err(diagnostic) => session.report(diagnostic),
        }
    }
}

/// The macro that a `#define` line makes.
fn parse_definition(
    line: &[Token],
    directive: Span,
    predefined: bool,
    session: &mut Session<'_>,
) -> Result<Macro, Diagnostic> {
    let error = |span, text: String| Err(codes::BAD_MACRO.error(span, text));
    let name = match line.first() {
        Some(first) if first.kind == Kind::Ident => *first,
        Some(other) => return error(other.span, text!("macro names must be identifiers").into()),
        None => return error(directive, text!("expected a macro name after `#define`").into()),
    };
    if matches!(name.text(&session.names), "defined" | "__VA_ARGS__" | "__VA_OPT__") {
        let text = format!("`{}` cannot be a macro name", name.text(&session.names));
        return error(name.span, text);
    }
    let function = line.get(1).is_some_and(|t| t.kind == Kind::LParen && !t.spaced());
    let (kind, body) = if function {
        let (params, variadic, used) = parse_parameters(&line[2..], name.span, session)?;
        (MacroKind::Function { params: params.into(), variadic }, &line[2 + used..])
    } else {
        (MacroKind::Object, &line[1..])
    };
    if let (MacroKind::Object, Some(first)) = (&kind, body.first())
        && !first.spaced()
    {
        let text = text!("a blank is missing between the macro's name and its body");
        session.report(codes::BAD_MACRO.warning(first.span, text));
    }
    let mut body: Box<[Token]> = body.into();
    check_body(&mut body, &kind, session)?;
    let definition = (!predefined).then_some(name.span);
    let va_opt = session.names.intern("__VA_OPT__");
    let has_va_opt = body.iter().any(|t| t.name == va_opt);
    let (name, disabled) = (name.name, Cell::new(false));
    Ok(Macro { name, kind, body, has_va_opt, definition, disabled })
}

/// Parameters after `(`: their names, whether the last is variadic, and tokens read with `)`.
fn parse_parameters(
    tokens: &[Token],
    name: Span,
    session: &mut Session<'_>,
) -> Result<(Vec<Name>, bool, usize), Diagnostic> {
    let error = |token: Option<&Token>, text: String| {
        Err(codes::BAD_MACRO.error(token.map_or(name, |t| t.span), text))
    };
    let va_args = session.names.intern("__VA_ARGS__");
    let mut params = vec![];
    let mut at = 0;
    loop {
        let token = tokens.get(at);
        let mut variadic = false;
        match token.map(|t| t.kind) {
            Some(Kind::RParen) if params.is_empty() && at == 0 => return Ok((params, false, 1)),
            Some(Kind::Ellipsis) => {
                params.push(va_args);
                variadic = true;
            }
            Some(Kind::Ident) => {
                let param = tokens[at].name;
                if params.contains(&param) {
                    return error(token, text!("two parameters of one name").into());
                }
                if param == va_args {
                    return error(token, text!("`__VA_ARGS__` cannot be a parameter name").into());
                }
                params.push(param);
                if tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Ellipsis) {
                    at += 1;
                    variadic = true;
                }
            }
            _ => {
                return error(
                    token,
                    text!("expected a parameter name or `)` in the macro's parameters").into(),
                );
            }
        }
        at += 1;
        match tokens.get(at).map(|t| t.kind) {
            Some(Kind::RParen) => return Ok((params, variadic, at + 1)),
            Some(Kind::Comma) if !variadic => at += 1,
            _ => {
                return error(
                    tokens.get(at),
                    text!("expected `,` or `)` in the macro's parameters").into(),
                );
            }
        }
    }
}

/// Flags the parameters in a body and checks its `#` and `##`.
fn check_body(
    body: &mut [Token],
    kind: &MacroKind,
    session: &mut Session<'_>,
) -> Result<(), Diagnostic> {
    if let Some(first) = body.first_mut() {
        first.flags = Flags::NONE;
    }
    for end in [body.first(), body.last()].into_iter().flatten() {
        if end.kind == Kind::HashHash {
            let text = text!("`##` cannot be at either end of a macro's body");
            return Err(codes::BAD_MACRO.error(end.span, text));
        }
    }
    let MacroKind::Function { params, .. } = kind else { return Ok(()) };
    let va_opt = session.names.intern("__VA_OPT__");
    for token in body.iter_mut().filter(|t| t.kind == Kind::Ident) {
        if params.contains(&token.name) {
            token.flags = token.flags.with(Flags::PARAMETER);
        }
    }
    for (at, token) in body.iter().enumerate() {
        let parameter = |t: &Token| t.flags.has(Flags::PARAMETER) || t.name == va_opt;
        if token.kind == Kind::Hash && !body.get(at + 1).is_some_and(parameter) {
            let text = text!("`#` in a function-like macro must stand before a parameter");
            return Err(codes::BAD_MACRO.error(token.span, text));
        }
    }
    Ok(())
}
