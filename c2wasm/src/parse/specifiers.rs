//! Declaration specifiers: storage, qualifiers and the base type (C11 6.7.1 to 6.7.5).

use super::attribute::{attribute_group, attributes};
use super::declaration::{enum_body, static_assert, struct_body};
use super::declarator::{starts_type, type_name};
use super::expression::{conditional, expression};
use super::syntax::{
    Expected, Input, Parsed, eat, expect, here, nested, peek, peek_at, report, span_from,
    unexpected,
};
use crate::ast::{
    AlignAs, Attribute, Basic, EnumSpec, Ident, Quals, RecordSpec, Specifiers, Storage, TypeSpec,
};
use crate::codes;
use crate::lex::{Flags, Kind, Token};
use crate::session::Edition;
use alloc::{boxed::Box, string::String, vec::Vec};
use wasm_common::diag::nearest::nearest;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// Whether a keyword begins specifiers.
pub(super) fn starts_specifiers(kind: Kind) -> bool {
    use Kind::{
        Alignas, Atomic, Attribute, Auto, AutoType, Bool, BuiltinVaList, CharKw, Complex, Const,
        Constexpr, Double, Enum, Extern, Float, Float128, Imaginary, Inline, Int, Int128, Long,
        Noreturn, Register, Restrict, Short, Signed, Static, Struct, ThreadLocal, Typedef, Typeof,
        TypeofUnqual, Union, Unsigned, Void, Volatile,
    };
    matches!(
        kind,
        Alignas
            | Atomic
            | Attribute
            | Auto
            | AutoType
            | Bool
            | BuiltinVaList
            | CharKw
            | Complex
            | Const
            | Constexpr
            | Double
            | Enum
            | Extern
            | Float
            | Float128
            | Imaginary
            | Inline
            | Int
            | Int128
            | Long
            | Noreturn
            | Register
            | Restrict
            | Short
            | Signed
            | Static
            | Struct
            | ThreadLocal
            | Typedef
            | Typeof
            | TypeofUnqual
            | Union
            | Unsigned
            | Void
            | Volatile
    )
}

/// The arithmetic keywords met, to be combined at the end.
#[derive(Clone, Copy, Default)]
struct Words {
    signed: u8,
    unsigned: u8,
    short: u8,
    long: u8,
    /// `char`, `int`, `float`, `double`, `void` or `_Bool`.
    base: Option<Kind>,
    complex: bool,
}

/// All specifiers up to the declarator; without any, [`TypeSpec::Implicit`].
pub(super) fn specifiers(input: &mut Input<'_, '_>) -> Parsed<Specifiers> {
    let start = here(input);
    let mut specs = Specifiers {
        storage: Storage::NONE,
        quals: Quals::NONE,
        ty: TypeSpec::Implicit,
        align: Vec::new(),
        attributes: Vec::new(),
        span: Span::default(),
    };
    let mut words = Words::default();
    let mut clash = None;
    loop {
        let token = peek(input);
        let typed = !matches!(specs.ty, TypeSpec::Implicit) || words.any();
        if typed && type_ends_line(input, &specs) {
            break;
        }
        if let Some(storage) = storage_class(token.kind) {
            input.skip();
            let edition = input.state().standard.edition;
            if is_class(specs.storage, edition) && is_class(storage, edition) {
                let text = text!("there is a storage class before this one");
                report(input, codes::BAD_SPECIFIERS.error(token.span, text));
            }
            specs.storage |= storage;
        } else if qualifiers(input, &mut specs.quals, &mut specs.attributes)? {
        } else if words.add(token.kind) {
            input.skip();
            if !matches!(specs.ty, TypeSpec::Implicit) {
                clash = clash.or(Some(token));
            }
        } else if token.kind == Kind::Alignas {
            specs.align.push(alignas(input)?);
        } else if token.kind == Kind::Ident {
            if typed || !is_type_here(input, token) {
                break;
            }
            input.skip();
            specs.ty = TypeSpec::Typedef(Ident { name: token.name, span: token.span });
        } else if let Some(ty) = other_type(input, token.kind)? {
            if typed {
                clash = clash.or(Some(token));
            }
            specs.ty = ty;
        } else {
            break;
        }
    }
    specs.span = span_from(input, start);
    if words.any() {
        let (basic, good) = words.combine();
        clash = clash.or((!good).then(|| Token { span: specs.span, ..peek(input) }));
        specs.ty = TypeSpec::Basic(basic);
    }
    if words.complex {
        report(
            input,
            codes::UNSUPPORTED.error(specs.span, text!("complex numbers are not supported")),
        );
    }
    if let Some(token) = clash {
        let text = text!("these type specifiers do not go together");
        report(input, codes::BAD_SPECIFIERS.error(token.span, text));
    }
    let edition = input.state().standard.edition;
    if edition >= Edition::C23
        && matches!(specs.ty, TypeSpec::Implicit)
        && specs.storage.has(Storage::AUTO)
    {
        specs.ty = TypeSpec::Auto;
    }
    Ok(specs)
}

/// Whether `specs` end in `}` and the next line begins with another type: the semicolon between
/// them is missing.
pub(super) fn type_ends_line(input: &mut Input<'_, '_>, specs: &Specifiers) -> bool {
    let closed = match &specs.ty {
        TypeSpec::Record(record) => record.members.is_some(),
        TypeSpec::Enum(spec) => spec.enumerators.is_some(),
        _ => false,
    };
    let token = peek(input);
    if !closed || !token.flags.has(Flags::LINE_START) {
        return false;
    }
    let ahead = usize::from(storage_class(token.kind).is_some());
    let next = peek_at(input, ahead);
    let qualifier = matches!(next.kind, Kind::Const | Kind::Volatile | Kind::Attribute);
    next.kind != Kind::Ident && starts_type(next, input) && !qualifier
}

/// Whether an identifier where a type may stand is one. An unknown one that can only be meant as
/// a type is reported, and becomes a typedef so that it is reported once.
fn is_type_here(input: &mut Input<'_, '_>, token: Token) -> bool {
    if starts_type(token, input) {
        return true;
    }
    let declares = reads_as_declaration(input);
    if declares {
        let wrong = token.text(&input.state().names);
        let message = format!("unknown type name `{wrong}`");
        let mut message = codes::UNKNOWN_TYPE.error(token.span, message);
        let header = header_of_type(wrong);
        message.help = match (header, nearest_typedef(input, token)) {
            (Some(header), _) => Some(format!("write `#include <{header}>`")),
            (None, Some(near)) => Some(format!("did you mean `{near}`?")),
            (None, None) => None,
        };
        report(input, message);
        input.state().typedefs.declare(token.name, true);
    }
    declares
}

/// Whether `name other` or `name *other` followed by what follows declarators comes next.
fn reads_as_declaration(input: &mut Input<'_, '_>) -> bool {
    use Kind::{Assign, Comma, Ident, LBracket, LParen, RParen, Semi, Star};
    let next = peek_at(input, 1).kind;
    let after = peek_at(input, 3).kind;
    next == Ident
        || next == Star
            && peek_at(input, 2).kind == Ident
            && matches!(after, Semi | Assign | Comma | RParen | LParen | LBracket)
}

/// Whether a statement that begins with an identifier can only be meant as a declaration with an
/// unknown type: `name other`, or `name *other;` where `name` was never declared.
pub(super) fn unknown_type(input: &mut Input<'_, '_>) -> bool {
    let token = peek(input);
    let next = peek_at(input, 1).kind;
    let after = peek_at(input, 3).kind;
    let pointer = next == Kind::Star && matches!(after, Kind::Semi | Kind::Assign);
    token.kind == Kind::Ident
        && (next == Kind::Ident
            || pointer
                && reads_as_declaration(input)
                && !input.state().typedefs.declared(token.name))
}

/// The standard header that defines a type.
fn header_of_type(name: &str) -> Option<&'static str> {
    let sized = name.strip_prefix('u').unwrap_or(name);
    let sized = sized.strip_prefix("int").and_then(|rest| rest.strip_suffix("_t"));
    Some(match name {
        "FILE" | "fpos_t" => "stdio.h",
        "size_t" | "ptrdiff_t" | "wchar_t" | "max_align_t" => "stddef.h",
        "bool" => "stdbool.h",
        "va_list" => "stdarg.h",
        "time_t" | "clock_t" => "time.h",
        "div_t" | "ldiv_t" | "lldiv_t" => "stdlib.h",
        _ if sized.is_some() => "stdint.h",
        _ => return None,
    })
}

/// The typedef that an unknown name may be a slip of.
fn nearest_typedef(input: &mut Input<'_, '_>, token: Token) -> Option<String> {
    let state = input.state();
    let wrong = token.text(&state.names);
    nearest(wrong, state.typedefs.iter().map(|index| state.names.text_at(index)))
}

/// Whether a storage class is among them of which there can be one only (C11 6.7.1p2); in C23
/// `auto` may stand beside another.
fn is_class(storage: Storage, edition: Edition) -> bool {
    let auto = if edition < Edition::C23 { Storage::AUTO } else { Storage::NONE };
    let classes = [Storage::TYPEDEF, Storage::EXTERN, Storage::STATIC, Storage::REGISTER, auto];
    classes.iter().any(|&class| class != Storage::NONE && storage.has(class))
}

fn storage_class(kind: Kind) -> Option<Storage> {
    Some(match kind {
        Kind::Typedef => Storage::TYPEDEF,
        Kind::Extern => Storage::EXTERN,
        Kind::Static => Storage::STATIC,
        Kind::Auto => Storage::AUTO,
        Kind::Register => Storage::REGISTER,
        Kind::ThreadLocal => Storage::THREAD_LOCAL,
        Kind::Inline => Storage::INLINE,
        Kind::Noreturn => Storage::NORETURN,
        Kind::Constexpr => Storage::CONSTEXPR,
        Kind::Extension => Storage::NONE,
        _ => return None,
    })
}

/// Qualifiers and attributes, if any come next.
pub(super) fn qualifiers(
    input: &mut Input<'_, '_>,
    quals: &mut Quals,
    attributes: &mut Vec<Attribute>,
) -> Parsed<bool> {
    let mut any = false;
    loop {
        *quals |= match peek(input).kind {
            Kind::Const => Quals::CONST,
            Kind::Volatile => Quals::VOLATILE,
            Kind::Restrict => Quals::RESTRICT,
            Kind::Atomic if peek_at(input, 1).kind != Kind::LParen => {
                let span = peek(input).span;
                report(input, codes::UNSUPPORTED.error(span, text!("`_Atomic` is not supported")));
                Quals::NONE
            }
            _ => {
                if !attribute_group(input, attributes)? {
                    return Ok(any);
                }
                any = true;
                continue;
            }
        };
        input.skip();
        any = true;
    }
}

impl Words {
    fn any(&self) -> bool {
        self.base.is_some()
            || self.complex
            || self.signed + self.unsigned + self.short + self.long > 0
    }

    /// Counts `kind` if it is one of the words.
    fn add(&mut self, kind: Kind) -> bool {
        match kind {
            Kind::Signed => self.signed = self.signed.saturating_add(1),
            Kind::Unsigned => self.unsigned = self.unsigned.saturating_add(1),
            Kind::Short => self.short = self.short.saturating_add(1),
            Kind::Long => self.long = self.long.saturating_add(1),
            Kind::Complex | Kind::Imaginary => self.complex = true,
            Kind::CharKw | Kind::Int | Kind::Float | Kind::Double | Kind::Void | Kind::Bool => {
                // Two bases: any count that no combination has.
                if self.base.is_some() {
                    self.short = 2;
                }
                self.base = Some(kind);
            }
            _ => return false,
        }
        true
    }

    /// The type (C11 6.7.2), and whether the words name one.
    fn combine(self) -> (Basic, bool) {
        let Self { signed, unsigned, short, long, base, complex } = self;
        let sign = signed + unsigned;
        let plain = sign == 0 && short == 0 && long == 0;
        let pick = |s, u| if unsigned > 0 { u } else { s };
        let integer = |s, u| (pick(s, u), sign <= 1);
        match (base, short, long) {
            (Some(Kind::Void), ..) => (Basic::Void, plain),
            (Some(Kind::Bool), ..) => (Basic::Bool, plain),
            (Some(Kind::Float), ..) => (Basic::Float, plain),
            (Some(Kind::Double), 0, 1) => (Basic::LongDouble, sign == 0),
            (Some(Kind::Double), ..) => (Basic::Double, plain),
            (None, 0, 0) if complex && sign == 0 => (Basic::Double, true),
            (Some(Kind::CharKw), 0, 0) if sign == 0 => (Basic::Char, true),
            (Some(Kind::CharKw), 0, 0) => integer(Basic::SChar, Basic::UChar),
            (None | Some(Kind::Int), 0, 0) => integer(Basic::Int, Basic::UInt),
            (None | Some(Kind::Int), 1, 0) => integer(Basic::Short, Basic::UShort),
            (None | Some(Kind::Int), 0, 1) => integer(Basic::Long, Basic::ULong),
            (None | Some(Kind::Int), 0, 2) => integer(Basic::LongLong, Basic::ULongLong),
            _ => (Basic::Int, false),
        }
    }
}

/// Types that are more than words.
fn other_type(input: &mut Input<'_, '_>, kind: Kind) -> Parsed<Option<TypeSpec>> {
    Ok(Some(match kind {
        Kind::Struct | Kind::Union => TypeSpec::Record(Box::new(nested(input, record)?)),
        Kind::Enum => TypeSpec::Enum(Box::new(nested(input, enumeration)?)),
        Kind::Typeof | Kind::TypeofUnqual => nested(input, type_of)?,
        Kind::BuiltinVaList => {
            input.skip();
            TypeSpec::VaList
        }
        Kind::AutoType => {
            input.skip();
            TypeSpec::Auto
        }
        Kind::Int128 | Kind::Float128 => {
            let token = peek(input);
            input.skip();
            // `unsigned __int128` and `__int128 unsigned` too.
            while matches!(peek(input).kind, Kind::Unsigned | Kind::Signed) {
                input.skip();
            }
            let text = format!("`{}` is not supported", token.text(&input.state().names));
            report(input, codes::UNSUPPORTED.error(token.span, text));
            let int = kind == Kind::Int128;
            TypeSpec::Basic(if int { Basic::LongLong } else { Basic::LongDouble })
        }
        Kind::Atomic => {
            let span = peek(input).span;
            input.skip();
            expect(input, Kind::LParen)?;
            let ty = Box::new(nested(input, type_name)?);
            expect(input, Kind::RParen)?;
            report(input, codes::UNSUPPORTED.error(span, text!("`_Atomic` is not supported")));
            TypeSpec::TypeofType { ty, unqual: false }
        }
        _ => return Ok(None),
    }))
}

/// `typeof(...)`
fn type_of(input: &mut Input<'_, '_>) -> Parsed<TypeSpec> {
    let unqual = peek(input).kind == Kind::TypeofUnqual;
    input.skip();
    expect(input, Kind::LParen)?;
    let first = peek(input);
    let ty = if starts_type(first, input) {
        TypeSpec::TypeofType { ty: Box::new(type_name(input)?), unqual }
    } else {
        TypeSpec::TypeofExpr { expr: Box::new(expression(input)?), unqual }
    };
    expect(input, Kind::RParen)?;
    Ok(ty)
}

/// `_Alignas(...)`
fn alignas(input: &mut Input<'_, '_>) -> Parsed<AlignAs> {
    input.skip();
    expect(input, Kind::LParen)?;
    let first = peek(input);
    let align = if starts_type(first, input) {
        AlignAs::Type(Box::new(nested(input, type_name)?))
    } else {
        AlignAs::Expr(Box::new(nested(input, conditional)?))
    };
    expect(input, Kind::RParen)?;
    Ok(align)
}

/// The tag of a struct, union or enum; a typedef's name may be one too.
fn tag(input: &mut Input<'_, '_>) -> Option<Ident> {
    let token = peek(input);
    let is_tag = token.kind == Kind::Ident;
    if is_tag {
        input.skip();
    }
    is_tag.then_some(Ident { name: token.name, span: token.span })
}

/// `struct` or `union`.
fn record(input: &mut Input<'_, '_>) -> Parsed<RecordSpec> {
    let start = here(input);
    let is_union = peek(input).kind == Kind::Union;
    input.skip();
    let mut all = attributes(input)?;
    let tag = tag(input);
    all.extend(attributes(input)?);
    let members = match peek(input).kind {
        Kind::LBrace => Some(struct_body(input)?),
        _ if tag.is_none() => return unexpected(input, Expected::Token(Kind::LBrace)),
        _ => None,
    };
    let span = span_from(input, start);
    if members.is_some() {
        all.extend(attributes(input)?);
    }
    Ok(RecordSpec { is_union, tag, members, attributes: all, span })
}

/// `enum`
fn enumeration(input: &mut Input<'_, '_>) -> Parsed<EnumSpec> {
    let start = here(input);
    input.skip();
    let mut all = attributes(input)?;
    let tag = tag(input);
    all.extend(attributes(input)?);
    // In `struct { enum e : 3; }` the colon begins a bit-field's width.
    let colon = peek(input).kind == Kind::Colon;
    let after = peek_at(input, 1);
    let underlying = if colon && starts_type(after, input) {
        if input.state().standard.edition < Edition::C23 {
            let text = text!("the type of an `enum` needs -std=c23");
            report(input, codes::SYNTAX.error(after.span, text));
        }
        input.skip();
        Some(Box::new(type_name(input)?))
    } else {
        None
    };
    let enumerators = match peek(input).kind {
        Kind::LBrace => Some(enum_body(input)?),
        _ if tag.is_none() => return unexpected(input, Expected::Token(Kind::LBrace)),
        _ => None,
    };
    let span = span_from(input, start);
    if enumerators.is_some() {
        all.extend(attributes(input)?);
    }
    Ok(EnumSpec { tag, underlying, enumerators, attributes: all, span })
}

/// Whether `_Static_assert` comes next and was read into `out`.
pub(super) fn maybe_static_assert(
    input: &mut Input<'_, '_>,
) -> Parsed<Option<crate::ast::StaticAssert>> {
    match peek(input).kind {
        Kind::StaticAssert => static_assert(input).map(Some),
        _ => Ok(None),
    }
}

/// Skips `__extension__`s.
pub(super) fn skip_extension(input: &mut Input<'_, '_>) {
    while eat(input, Kind::Extension) {}
}
