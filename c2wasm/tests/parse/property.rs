//! `parse(print(tree)) == tree`, for random trees: printing puts parentheses exactly where the
//! tree needs them.

use super::{parse, parse_with_names};
use c2wasm::ast::*;
use c2wasm::names::{Name, Names};
use proptest::prelude::*;
use wasm_common::source::Span;

/// A tree without names, places and parentheses, from which one with names is made.
#[derive(Clone, Debug)]
enum Shape {
    Name(u8),
    Int(u64, bool, bool, u8),
    Float(f64),
    Char(i8),
    Text(Vec<u8>),
    Unary(UnaryOp, Box<Shape>),
    Postfix(bool, Box<Shape>),
    Binary(Box<Shape>, Vec<(BinaryOp, Shape)>),
    Assign(Option<BinaryOp>, Box<Shape>, Box<Shape>),
    Conditional(Box<Shape>, Option<Box<Shape>>, Box<Shape>),
    Comma(Vec<Shape>),
    Index(Box<Shape>, Box<Shape>),
    Call(Box<Shape>, Vec<Shape>),
    Member(Box<Shape>, bool, u8),
    Cast(Vec<Step2>, Box<Shape>),
    SizeofType(Vec<Step2>),
    SizeofExpr(Box<Shape>),
    Literal(Vec<Step2>, Vec<Shape>),
}

/// A step of a declarator.
#[derive(Clone, Copy, Debug)]
enum Step2 {
    Pointer(u8),
    Array(u8),
    Function,
}

const LEVELS: [&[BinaryOp]; 10] = [
    &[BinaryOp::LogicalOr],
    &[BinaryOp::LogicalAnd],
    &[BinaryOp::Or],
    &[BinaryOp::Xor],
    &[BinaryOp::And],
    &[BinaryOp::Eq, BinaryOp::Ne],
    &[BinaryOp::Lt, BinaryOp::Gt, BinaryOp::Le, BinaryOp::Ge],
    &[BinaryOp::Shl, BinaryOp::Shr],
    &[BinaryOp::Add, BinaryOp::Sub],
    &[BinaryOp::Mul, BinaryOp::Div, BinaryOp::Rem],
];

const UNARY: [UnaryOp; 8] = [
    UnaryOp::Plus,
    UnaryOp::Minus,
    UnaryOp::BitNot,
    UnaryOp::Not,
    UnaryOp::Deref,
    UnaryOp::AddressOf,
    UnaryOp::Increment,
    UnaryOp::Decrement,
];

fn steps() -> impl Strategy<Value = Vec<Step2>> {
    let step = prop_oneof![
        (0..8_u8).prop_map(Step2::Pointer),
        (1..9_u8).prop_map(Step2::Array),
        Just(Step2::Function),
    ];
    prop::collection::vec(step, 0..4)
}

fn shape() -> impl Strategy<Value = Shape> {
    let leaf = prop_oneof![
        (0..4_u8).prop_map(Shape::Name),
        (any::<u64>(), any::<bool>(), any::<bool>(), 0..3_u8)
            .prop_map(|(v, d, u, l)| Shape::Int(v, d, u, l)),
        (0.0..1e300_f64).prop_map(Shape::Float),
        any::<i8>().prop_map(Shape::Char),
        prop::collection::vec(any::<u8>(), 0..6).prop_map(Shape::Text),
        steps().prop_map(Shape::SizeofType),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let run = (0..LEVELS.len()).prop_flat_map({
            let inner = inner.clone();
            move |level| {
                let op = (0..LEVELS[level].len()).prop_map(move |i| LEVELS[level][i]);
                let rest = prop::collection::vec((op, inner.clone()), 1..4);
                (inner.clone().prop_map(Box::new), rest)
            }
        });
        let any_op = (0..LEVELS.len()).prop_map(|level| LEVELS[level][0]);
        prop_oneof![
            (0..UNARY.len(), boxed()).prop_map(|(op, e)| Shape::Unary(UNARY[op], e)),
            (any::<bool>(), boxed()).prop_map(|(up, e)| Shape::Postfix(up, e)),
            run.prop_map(|(first, rest)| Shape::Binary(first, rest)),
            (prop::option::of(any_op), boxed(), boxed())
                .prop_filter("no such assignment", |(op, ..)| op
                    .is_none_or(|op| { !matches!(op.precedence(), 1 | 2 | 6 | 7) }))
                .prop_map(|(op, a, b)| Shape::Assign(op, a, b)),
            (boxed(), prop::option::of(boxed()), boxed())
                .prop_map(|(c, t, e)| Shape::Conditional(c, t, e)),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Shape::Comma),
            (boxed(), boxed()).prop_map(|(a, i)| Shape::Index(a, i)),
            (boxed(), prop::collection::vec(inner.clone(), 0..3))
                .prop_map(|(f, args)| Shape::Call(f, args)),
            (boxed(), any::<bool>(), 0..4_u8).prop_map(|(e, a, n)| Shape::Member(e, a, n)),
            (steps(), boxed()).prop_map(|(t, e)| Shape::Cast(t, e)),
            boxed().prop_map(Shape::SizeofExpr),
            (steps(), prop::collection::vec(inner.clone(), 0..3))
                .prop_map(|(t, items)| Shape::Literal(t, items)),
        ]
    })
}

/// Builds trees with the names of one table.
struct Builder {
    names: [Name; 4],
}

impl Builder {
    fn ident(&self, index: u8) -> Ident {
        Ident { name: self.names[usize::from(index)], span: Span::default() }
    }

    fn boxed(&self, shape: &Shape) -> Box<Expr> {
        Box::new(self.expr(shape))
    }

    fn all(&self, shapes: &[Shape]) -> Vec<Expr> {
        shapes.iter().map(|one| self.expr(one)).collect()
    }

    fn expr(&self, shape: &Shape) -> Expr {
        let span = Span::default();
        let kind = match shape {
            Shape::Name(index) => ExprKind::Ident(self.ident(*index).name),
            &Shape::Int(value, decimal, unsigned, longs) => {
                ExprKind::Int(IntLit { value, decimal, unsigned, longs })
            }
            &Shape::Float(value) => ExprKind::Float(FloatLit { value, suffix: FloatSuffix::None }),
            &Shape::Char(value) => ExprKind::Char(CharLit {
                value: value.into(),
                encoding: Encoding::Plain,
                several: false,
                unknown_escape: None,
            }),
            Shape::Text(bytes) => {
                let encoding = Encoding::Plain;
                ExprKind::String(StringLit {
                    bytes: bytes.clone(),
                    encoding,
                    span,
                    unknown_escape: None,
                })
            }
            Shape::Unary(op, operand) => ExprKind::Unary(*op, self.boxed(operand)),
            Shape::Postfix(up, operand) => {
                let step = if *up { Step::Increment } else { Step::Decrement };
                ExprKind::Postfix(step, self.boxed(operand))
            }
            Shape::Binary(first, rest) => {
                let tail = |(op, operand): &(BinaryOp, Shape)| BinaryTail {
                    op: *op,
                    op_span: span,
                    operand: self.expr(operand),
                };
                let (first, rest) = (self.boxed(first), rest.iter().map(tail).collect());
                ExprKind::Binary { first, rest }
            }
            Shape::Assign(op, target, value) => ExprKind::Assign {
                op: *op,
                op_span: span,
                target: self.boxed(target),
                value: self.boxed(value),
            },
            Shape::Conditional(condition, then, otherwise) => ExprKind::Conditional {
                condition: self.boxed(condition),
                then: then.as_ref().map(|then| self.boxed(then)),
                otherwise: self.boxed(otherwise),
            },
            Shape::Comma(all) => ExprKind::Comma(self.all(all)),
            Shape::Index(base, index) => ExprKind::Index(self.boxed(base), self.boxed(index)),
            Shape::Call(callee, args) => ExprKind::Call(self.boxed(callee), self.all(args)),
            Shape::Member(base, arrow, name) => {
                ExprKind::Member { base: self.boxed(base), arrow: *arrow, name: self.ident(*name) }
            }
            Shape::Cast(steps, operand) => {
                ExprKind::Cast(Box::new(self.type_name(steps)), self.boxed(operand))
            }
            Shape::SizeofType(steps) => ExprKind::SizeofType(Box::new(self.type_name(steps))),
            Shape::SizeofExpr(operand) => ExprKind::SizeofExpr(self.boxed(operand)),
            Shape::Literal(steps, items) => {
                let item = |expr| InitItem { designators: vec![], init: Initializer::Expr(expr) };
                let items = self.all(items).into_iter().map(item).collect();
                let list = InitList { items, span };
                ExprKind::CompoundLiteral(Box::new(self.type_name(steps)), list)
            }
        };
        Expr::new(kind, span)
    }

    fn type_name(&self, steps: &[Step2]) -> TypeName {
        let span = Span::default();
        let derive = |step: &Step2| match *step {
            Step2::Pointer(quals) => Derived::Pointer { quals: Quals(quals), attributes: vec![] },
            Step2::Array(size) => {
                let lit = IntLit { value: size.into(), decimal: true, unsigned: false, longs: 0 };
                let size = ArraySize::Expr(Box::new(Expr::new(ExprKind::Int(lit), span)));
                Derived::Array { size, quals: Quals::NONE, is_static: false }
            }
            Step2::Function => Derived::Function(Params::Unspecified),
        };
        let derived = steps.iter().map(derive).collect();
        let specs = Specifiers {
            storage: Storage::NONE,
            quals: Quals::NONE,
            ty: TypeSpec::Basic(Basic::Int),
            align: vec![],
            attributes: vec![],
            span,
        };
        TypeName { specs, declarator: Declarator { name: None, derived, span }, span }
    }
}

/// The tree as text without places, parentheses left out: two trees are equal if this is.
fn bare(expr: &Expr) -> String {
    let expr = expr.unparen();
    let all = |list: &[Expr]| list.iter().map(bare).collect::<Vec<_>>().join(" ");
    let ty = |ty: &TypeName| {
        let derived = |one: &Derived| match one {
            Derived::Pointer { quals, .. } => format!("*{}", quals.0),
            Derived::Array { size: ArraySize::Expr(size), .. } => format!("[{}]", bare(size)),
            other => format!("{other:?}"),
        };
        let steps: Vec<String> = ty.declarator.derived.iter().map(derived).collect();
        format!("{:?} {}", ty.specs.ty, steps.join(" "))
    };
    match &expr.kind {
        ExprKind::Unary(op, e) => format!("({op:?} {})", bare(e)),
        ExprKind::Postfix(step, e) => format!("(post{step:?} {})", bare(e)),
        ExprKind::Binary { first, rest } => {
            let tail = |t: &BinaryTail| format!("{:?} {}", t.op, bare(&t.operand));
            let rest: Vec<String> = rest.iter().map(tail).collect();
            format!("(run {} {})", bare(first), rest.join(" "))
        }
        ExprKind::Assign { op, target, value, .. } => {
            format!("({op:?}= {} {})", bare(target), bare(value))
        }
        ExprKind::Conditional { condition, then, otherwise } => {
            let then = then.as_ref().map(|then| bare(then));
            format!("(? {} {then:?} {})", bare(condition), bare(otherwise))
        }
        ExprKind::Comma(list) => format!("(, {})", all(list)),
        ExprKind::Index(a, i) => format!("([] {} {})", bare(a), bare(i)),
        ExprKind::Call(f, args) => format!("(call {} {})", bare(f), all(args)),
        ExprKind::Member { base, arrow, name } => {
            format!("(. {} {arrow} {})", bare(base), name.name.index())
        }
        ExprKind::Cast(to, e) => format!("(cast {} {})", ty(to), bare(e)),
        ExprKind::SizeofType(of) => format!("(sizeof {})", ty(of)),
        ExprKind::SizeofExpr(e) => format!("(sizeof {})", bare(e)),
        ExprKind::CompoundLiteral(of, list) => {
            let items: Vec<String> = list
                .items
                .iter()
                .map(|item| match &item.init {
                    Initializer::Expr(e) => bare(e),
                    Initializer::List(_) => "{}".into(),
                })
                .collect();
            format!("(literal {} {})", ty(of), items.join(" "))
        }
        ExprKind::String(lit) => format!("{:?}", lit.bytes),
        ExprKind::Ident(name) => format!("name{}", name.index()),
        leaf => format!("{leaf:?}"),
    }
}

/// The statement's expression in `void f(void) { expression; }`.
fn body_of(item: &Item) -> Option<&Expr> {
    let Item::Function(function) = item else { return None };
    match &function.body.stmts[..] {
        [Stmt { kind: StmtKind::Expr(expr), .. }] => Some(expr),
        _ => None,
    }
}

/// `void f(void) { expression; }` as a tree.
fn function_of(expr: Expr, names: &mut Names) -> Item {
    let mut template = parse_with_names("void f(void) { 0; }", names);
    let Some(Item::Function(function)) = template.first_mut() else { unreachable!() };
    function.body.stmts[0].kind = StmtKind::Expr(expr);
    template.remove(0)
}

/// Printed and parsed, the tree is the same but for parentheses.
fn parses_back(shape: &Shape) -> Result<(), TestCaseError> {
    let mut names = Names::new();
    let builder = Builder { names: ["a", "b", "c", "d"].map(|name| names.intern(name)) };
    let tree = builder.expr(shape);
    let wanted = bare(&tree);
    let printed = print_item(&function_of(tree, &mut names), &names);
    let items = parse_with_names(&printed, &mut names);
    let got = items.first().and_then(body_of).map(bare);
    prop_assert_eq!(got, Some(wanted), "{}", printed);
    prop_assert!(parse(&printed).errors.is_empty());
    Ok(())
}

proptest! {
    #[test]
    fn printed_trees_parse_back(shape in shape()) {
        parses_back(&shape)?;
    }
}

/// `0xe--` is one preprocessing number, and no expression.
#[test]
fn a_step_does_not_join_a_number_that_ends_in_e() {
    let number = Shape::Int(0xe, false, false, 0);
    parses_back(&Shape::Postfix(false, Box::new(number))).expect("the law holds");
}
