//! Programs at random, in types that agree, most of which run to their end.

use super::ast::{Case, Expr, Kind, Op, Place, Program, Stmt, Sub, Ty};
use crate::generate::tape::Tape;

/// The program that `words` describe.
#[must_use]
pub fn program(words: &[u32]) -> Program {
    let mut generator = Generator {
        tape: Tape::new(words),
        program: Program::default(),
        budget: 0,
        counters: 0,
        loops: Vec::new(),
        in_sub: false,
        recursion: None,
    };
    generator.fill();
    generator.program
}

const VARS: &[&str] = &["A", "B", "CNT", "X#", "Y#", "L&", "M&", "S$", "T$", "NAME$"];
const TYPES: &[Ty] = &[Ty::Int, Ty::Text, Ty::Single, Ty::Long];

struct Generator<'a> {
    tape: Tape<'a>,
    program: Program,
    budget: usize,
    counters: usize,
    /// The words of the loops around, for EXIT.
    loops: Vec<&'static str>,
    in_sub: bool,
    /// The SUB being written, if it may call itself: its name.
    recursion: Option<String>,
}

fn bin(op: Op, a: Expr, b: Expr) -> Expr {
    Expr::Binary(op, Box::new(a), Box::new(b))
}

fn var(name: &str) -> Expr {
    Expr::Var(name.into())
}

fn call(name: &str, args: Vec<Expr>) -> Expr {
    Expr::Call(name.into(), args)
}

fn stmt(kind: Kind) -> Stmt {
    Stmt { line: 0, end_line: 0, kind }
}

impl Generator<'_> {
    fn fill(&mut self) {
        for number in 0..self.tape.below(4) {
            let ty = self.tape.pick(TYPES);
            let bounds: &[i32] = self.tape.pick(&[&[4], &[8], &[1], &[2, 4], &[16]]);
            self.program.arrays.push((format!("ARR{number}{}", ty.suffix()), bounds.to_vec()));
        }
        for _ in 0..self.tape.below(6) {
            let ty = self.tape.pick(&[Ty::Int, Ty::Single]);
            let item = self.literal(ty);
            self.program.data.push(item);
        }
        for number in 0..self.tape.below(4) {
            self.sub(number);
        }
        let mut body = Vec::new();
        for name in VARS {
            let value = self.literal(Ty::of(name));
            self.program.setup.push(stmt(Kind::Let(Place::Var((*name).into()), value)));
        }
        if self.tape.once_in(3) {
            self.budget = 4;
            let routine = self.block(1);
            self.program.routines.push(("SHARE".into(), routine));
        }
        self.budget = 25;
        for _ in 0..=self.tape.below(12) {
            body.push(self.statement(3));
        }
        for name in VARS {
            body.push(stmt(Kind::Show(shown(var(name), Ty::of(name)))));
        }
        for (name, bounds) in self.program.arrays.clone() {
            body.push(show_array(&name, &bounds));
        }
        self.program.body = body;
    }

    fn sub(&mut self, number: usize) {
        let ty = self.tape.pick(TYPES);
        let name = format!("DO{number}IT{}", ty.suffix());
        let own = ["P", "Q#", "R$", "A", "S$", "X#"];
        let mut params: Vec<String> = Vec::new();
        for _ in 0..self.tape.below(4) {
            let param = self.tape.pick(&own).to_string();
            if !params.contains(&param) {
                params.push(param);
            }
        }
        self.in_sub = true;
        self.budget = 8;
        let mut body = Vec::new();
        if self.tape.once_in(3) {
            let local = self.tape.pick(&["B", "T$", "Y#", "Z"]).to_string();
            body.push(stmt(Kind::Local(local.clone())));
            if !self.tape.once_in(3) {
                let value = self.expr(Ty::of(&local), 1);
                body.push(stmt(Kind::Let(Place::Var(local), value)));
            }
        }
        if params.first().is_some_and(|param| param == "P") && self.tape.once_in(2) {
            // Counts its first parameter down, so that it ends.
            let stop = self.expr(ty, 1);
            let guard = bin(Op::Le, var("P"), Expr::Int(0));
            body.push(stmt(Kind::IfLine(guard, Box::new(stmt(Kind::Return(stop))), None)));
            self.recursion = Some(name.clone());
        }
        for _ in 0..=self.tape.below(4) {
            body.push(self.statement(2));
        }
        if let Some(name) = self.recursion.take() {
            let less = bin(Op::Sub, bin(Op::And, var("P"), Expr::Int(7)), Expr::Int(1));
            let args = params.iter().skip(1).map(|param| var(param));
            let args = std::iter::once(less).chain(args).collect();
            body.push(stmt(Kind::Return(call(&name, args))));
        } else if !self.tape.once_in(4) {
            let value = self.expr(ty, 2);
            body.push(stmt(Kind::Return(value)));
        }
        self.in_sub = false;
        self.program.subs.push(Sub { name, params, body });
    }

    fn block(&mut self, depth: usize) -> Vec<Stmt> {
        (0..=self.tape.below(3)).map(|_| self.statement(depth)).collect()
    }

    fn statement(&mut self, depth: usize) -> Stmt {
        if self.budget == 0 {
            return stmt(Kind::Restore);
        }
        self.budget -= 1;
        let kind = match self.tape.below(if depth == 0 { 10 } else { 18 }) {
            0..=2 => self.assignment(),
            3 => {
                let ty = self.tape.pick(TYPES);
                let value = self.expr(ty, 3);
                Kind::Show(shown(value, ty))
            }
            4 => self.format(),
            5 => self.print(),
            6 => self.swap(),
            7 => self.read(),
            8 => self.call_sub(),
            9 => self.mid_assign(),
            10 | 11 => self.branch(depth - 1),
            12 => self.line_branch(),
            13 | 14 => self.count(depth - 1),
            15 => self.repeat(depth - 1),
            16 => self.select(depth - 1),
            _ => self.leave(),
        };
        stmt(kind)
    }

    fn place(&mut self, ty: Ty) -> Place {
        if self.tape.once_in(3)
            && let Some((name, indices)) = self.element(ty, 1)
        {
            return Place::Element(name, indices);
        }
        let names: Vec<&str> = VARS.iter().copied().filter(|name| Ty::of(name) == ty).collect();
        Place::Var(self.tape.pick(&names).into())
    }

    fn assignment(&mut self) -> Kind {
        let ty = self.tape.pick(TYPES);
        let to = self.place(ty);
        // An integer may get a float that fits: a small one.
        let value = match ty {
            Ty::Single if self.tape.once_in(4) => self.expr(Ty::Int, 2),
            Ty::Long if self.tape.once_in(3) => self.expr(Ty::Int, 2),
            Ty::Int if self.tape.once_in(5) => self.expr(Ty::Single, 1),
            _ => self.expr(ty, 3),
        };
        Kind::Let(to, value)
    }

    fn format(&mut self) -> Kind {
        let (mut pieces, mut args) = (vec!["f: ".to_string()], Vec::new());
        for _ in 0..self.tape.below(4) {
            let ty = self.tape.pick(&[Ty::Int, Ty::Text]);
            pieces.push(if ty == Ty::Int { "%" } else { "$" }.into());
            pieces.push(self.tape.pick(&[" ", ", ", " end", "%%"]).replace("%%", " pct "));
            args.push(self.expr(ty, 2));
        }
        Kind::Format(pieces, args)
    }

    fn print(&mut self) -> Kind {
        let mut items = Vec::new();
        for _ in 0..self.tape.below(4) {
            let ty = self.tape.pick(&[Ty::Int, Ty::Text]);
            let item = match ty {
                Ty::Int => self.pure(Ty::Int),
                _ => call("LEFT$", vec![self.pure(Ty::Text), Expr::Int(6)]),
            };
            items.push((item, self.tape.pick(&[';', ','])));
        }
        if let Some(last) = items.last_mut() {
            last.1 = ' ';
        }
        Kind::Print(items)
    }

    fn swap(&mut self) -> Kind {
        let ty = self.tape.pick(TYPES);
        let names: Vec<&str> = VARS.iter().copied().filter(|name| Ty::of(name) == ty).collect();
        let (a, b) = (self.tape.pick(&names), self.tape.pick(&names));
        Kind::Swap(Place::Var(a.into()), Place::Var(b.into()))
    }

    fn read(&mut self) -> Kind {
        if self.program.data.is_empty() || self.tape.once_in(3) {
            return Kind::Restore;
        }
        Kind::Read(self.place(Ty::Single))
    }

    fn call_sub(&mut self) -> Kind {
        let Some((name, args)) = self.sub_call(None) else { return self.assignment() };
        Kind::CallSub(name, args)
    }

    fn mid_assign(&mut self) -> Kind {
        let (start, count) = (self.small(1), self.small(0));
        let value = self.expr(Ty::Text, 1);
        Kind::MidAssign(self.tape.pick(&["S$", "T$", "NAME$"]).into(), start, count, value)
    }

    fn branch(&mut self, depth: usize) -> Kind {
        let mut arms = vec![(0, self.condition(), self.block(depth))];
        for _ in 0..self.tape.below(3) {
            arms.push((0, self.condition(), self.block(depth)));
        }
        let rest = if self.tape.once_in(2) { self.block(depth) } else { Vec::new() };
        Kind::If(arms, rest)
    }

    fn line_branch(&mut self) -> Kind {
        let condition = self.condition();
        let then = Box::new(stmt(self.assignment()));
        let other =
            if self.tape.once_in(2) { Some(Box::new(stmt(self.assignment()))) } else { None };
        Kind::IfLine(condition, then, other)
    }

    fn counter(&mut self, suffix: &str) -> String {
        self.counters += 1;
        format!("K{}{suffix}", self.counters)
    }

    fn count(&mut self, depth: usize) -> Kind {
        let float = self.tape.once_in(5);
        let counter = self.counter(if float { "#" } else { "" });
        let (from, to) = (self.small(0), self.small(1));
        let step = match self.tape.below(4) {
            1 if float => Some(Expr::Single(0.25)),
            1 => Some(Expr::Int(2)),
            2 => Some(Expr::Neg(Box::new(Expr::Int(1)))),
            _ => None,
        };
        self.loops.push("FOR");
        let body = self.block(depth);
        self.loops.pop();
        Kind::For(counter, from, to, step, body)
    }

    /// A loop on a condition, with a counter that ends it.
    fn repeat(&mut self, depth: usize) -> Kind {
        let counter = self.counter("");
        let condition = bin(Op::Ne, self.condition(), Expr::Int(0));
        let more = bin(Op::Lt, var(&counter), Expr::Int(1 + self.tape.below(6) as i32));
        let form = self.tape.below(5);
        let word = if form == 0 { "WHILE" } else { "DO" };
        self.loops.push(word);
        let mut body = self.block(depth);
        self.loops.pop();
        let up = bin(Op::Add, var(&counter), Expr::Int(1));
        body.insert(0, stmt(Kind::Let(Place::Var(counter), up)));
        let go_on = bin(Op::And, condition, more);
        let stop = bin(Op::Eq, go_on.clone(), Expr::Int(0));
        match form {
            0 => Kind::While(go_on, body),
            1 => Kind::Do(true, false, go_on, body),
            2 => Kind::Do(false, false, go_on, body),
            3 => Kind::Do(true, true, stop, body),
            _ => Kind::Do(false, true, stop, body),
        }
    }

    fn select(&mut self, depth: usize) -> Kind {
        let ty = self.tape.pick(&[Ty::Int, Ty::Text]);
        let subject = self.expr(ty, 2);
        let mut arms = Vec::new();
        for _ in 0..=self.tape.below(3) {
            let mut cases = Vec::new();
            for _ in 0..=self.tape.below(2) {
                cases.push(match self.tape.below(3) {
                    0 => Case::Is(self.literal(ty)),
                    1 => Case::Range(self.literal(ty), self.literal(ty)),
                    _ => Case::Compare(
                        self.tape.pick(&[Op::Lt, Op::Ge, Op::Ne, Op::Gt]),
                        self.literal(ty),
                    ),
                });
            }
            arms.push((cases, self.block(depth)));
        }
        let rest = if self.tape.once_in(2) { self.block(depth) } else { Vec::new() };
        Kind::Select(subject, arms, rest)
    }

    /// Leaves a loop or the SUB, if there is one; else calls the routine.
    fn leave(&mut self) -> Kind {
        match self.loops.last() {
            Some(&word) if word != "WHILE" => {
                let exit = stmt(Kind::Exit(word));
                Kind::IfLine(self.condition(), Box::new(exit), None)
            }
            _ if !self.in_sub && self.loops.is_empty() && !self.program.routines.is_empty() => {
                Kind::Gosub("SHARE".into())
            }
            _ => self.assignment(),
        }
    }

    /// A number from `low` to a little more.
    fn small(&mut self, low: i32) -> Expr {
        if self.tape.once_in(3) {
            let value = self.expr(Ty::Int, 1);
            return bin(Op::Add, bin(Op::And, value, Expr::Int(7)), Expr::Int(low));
        }
        Expr::Int(low + self.tape.below(7) as i32)
    }

    fn condition(&mut self) -> Expr {
        let ty = self.tape.pick(&[Ty::Int, Ty::Int, Ty::Text, Ty::Single]);
        let op = self.tape.pick(&[Op::Lt, Op::Eq, Op::Ne, Op::Gt, Op::Le, Op::Ge]);
        bin(op, self.expr(ty, 2), self.expr(ty, 1))
    }

    fn literal(&mut self, ty: Ty) -> Expr {
        match ty {
            Ty::Int => {
                Expr::Int(self.tape.pick(&[0, 1, 2, 3, 7, 10, 100, 255, 65_536, 2_147_483_647]))
            }
            Ty::Long => {
                Expr::Long(self.tape.pick(&[4_294_967_296, 9_000_000_000_000, 5_000_000_000]))
            }
            Ty::Single => Expr::Single(self.tape.pick(&[0.5, 1.0, 2.25, 10.125, 1000.0, 0.0])),
            Ty::Text => {
                Expr::Text(self.tape.pick(&["", "a", "Hello", "12", "abc def", "Zz", "pq"]).into())
            }
        }
    }

    /// An element of an array of this type, if there is one; sometimes out of bounds.
    fn element(&mut self, ty: Ty, depth: usize) -> Option<(String, Vec<Expr>)> {
        let arrays: Vec<_> =
            self.program.arrays.iter().filter(|(name, _)| Ty::of(name) == ty).cloned().collect();
        if arrays.is_empty() {
            return None;
        }
        let (name, bounds) = &arrays[self.tape.below(arrays.len())];
        let mut indices = Vec::new();
        for bound in bounds {
            indices.push(if self.tape.once_in(40) {
                self.expr(Ty::Int, 1)
            } else if self.tape.once_in(2) {
                let value = self.expr(Ty::Int, depth);
                bin(Op::Add, bin(Op::And, value, Expr::Int(bound - 1)), Expr::Int(1))
            } else {
                Expr::Int(1 + self.tape.below(*bound as usize) as i32)
            });
        }
        Some((name.clone(), indices))
    }

    /// A call of a SUB, of the given type if one is given.
    fn sub_call(&mut self, ty: Option<Ty>) -> Option<(String, Vec<Expr>)> {
        let fits = |sub: &&Sub| ty.is_none_or(|ty| Ty::of(&sub.name) == ty);
        let subs: Vec<Sub> = self.program.subs.iter().filter(fits).cloned().collect();
        if subs.is_empty() || self.loops.len() > 1 {
            return None;
        }
        let sub = &subs[self.tape.below(subs.len())];
        let args = sub.params.iter().map(|param| match param.as_str() {
            "P" => self.small(0),
            param => self.expr(Ty::of(param), 1),
        });
        Some((sub.name.clone(), args.collect()))
    }

    /// An expression without calls of SUBs.
    fn pure(&mut self, ty: Ty) -> Expr {
        let subs = std::mem::take(&mut self.program.subs);
        let value = self.expr(ty, 2);
        self.program.subs = subs;
        value
    }

    fn leaf(&mut self, ty: Ty) -> Expr {
        if self.tape.once_in(3) {
            return self.literal(ty);
        }
        let names: Vec<&str> = VARS.iter().copied().filter(|name| Ty::of(name) == ty).collect();
        var(self.tape.pick(&names))
    }

    /// An expression of type `ty`.
    fn expr(&mut self, ty: Ty, depth: usize) -> Expr {
        if depth == 0 || self.tape.is_empty() {
            return self.leaf(ty);
        }
        let below = depth - 1;
        if self.tape.once_in(7)
            && let Some((name, args)) = self.sub_call(Some(ty))
        {
            return call(&name, args);
        }
        if self.tape.once_in(6)
            && let Some((name, indices)) = self.element(ty, below)
        {
            return Expr::Element(name, indices);
        }
        match ty {
            Ty::Int => self.int(below),
            Ty::Long => self.long(below),
            Ty::Single => self.single(below),
            Ty::Text => self.text(below),
        }
    }

    fn int(&mut self, depth: usize) -> Expr {
        let ty = Ty::Int;
        match self.tape.below(12) {
            0 => self.leaf(ty),
            1 | 2 => {
                let op = self.tape.pick(&[Op::Add, Op::Sub, Op::Mul]);
                bin(op, self.expr(ty, depth), self.expr(ty, depth))
            }
            3 => {
                let op = self.tape.pick(&[Op::And, Op::Or, Op::Xor]);
                bin(op, self.expr(ty, depth), self.expr(ty, depth))
            }
            4 => {
                let op = self.tape.pick(&[Op::Div, Op::IntDiv, Op::Mod]);
                let by = Expr::Int(self.tape.pick(&[2, 3, 7, 10, 1, 64]));
                // Once in a while by anything, 0 included.
                let by = if self.tape.once_in(30) { self.leaf(ty) } else { by };
                bin(op, self.expr(ty, depth), by)
            }
            5 => {
                let ty = self.tape.pick(&[Ty::Int, Ty::Single, Ty::Text, Ty::Long]);
                let op = self.tape.pick(&[Op::Lt, Op::Eq, Op::Ne, Op::Gt, Op::Le, Op::Ge]);
                bin(op, self.expr(ty, depth), self.expr(ty, depth))
            }
            6 => Expr::Neg(Box::new(self.expr(ty, depth))),
            7 => Expr::Not(Box::new(self.expr(ty, depth))),
            8 => call("LEN", vec![self.expr(Ty::Text, depth)]),
            9 => match self.tape.below(4) {
                0 => call("ASC", vec![self.expr(Ty::Text, depth)]),
                1 => call(
                    "INSTR",
                    vec![
                        self.expr(Ty::Text, depth),
                        Expr::Text(self.tape.pick(&["a", "l", "1", "lo"]).into()),
                    ],
                ),
                2 => call("VAL", vec![call("STR$", vec![self.expr(ty, depth)])]),
                _ => call("ABS", vec![self.expr(ty, depth)]),
            },
            10 => call("INT", vec![self.expr(Ty::Single, depth)]),
            _ => match self.program.arrays.first() {
                Some((name, bounds)) if bounds.len() == 1 => Expr::Upper(name.clone()),
                _ => self.leaf(ty),
            },
        }
    }

    fn long(&mut self, depth: usize) -> Expr {
        match self.tape.below(4) {
            0 => self.leaf(Ty::Long),
            1 => {
                let op = self.tape.pick(&[Op::Add, Op::Sub, Op::Mul, Op::And, Op::Xor]);
                bin(op, self.expr(Ty::Long, depth), self.expr(Ty::Int, depth))
            }
            2 => {
                let op = self.tape.pick(&[Op::Add, Op::Sub, Op::Or]);
                bin(op, self.expr(Ty::Int, depth), self.expr(Ty::Long, depth))
            }
            _ => bin(
                self.tape.pick(&[Op::Div, Op::Mod]),
                self.expr(Ty::Long, depth),
                Expr::Int(self.tape.pick(&[7, 2, 1000])),
            ),
        }
    }

    fn single(&mut self, depth: usize) -> Expr {
        match self.tape.below(5) {
            0 => self.leaf(Ty::Single),
            1 => {
                let op = self.tape.pick(&[Op::Add, Op::Sub, Op::Mul]);
                bin(op, self.expr(Ty::Single, depth), self.expr(Ty::Single, depth))
            }
            2 => {
                let op = self.tape.pick(&[Op::Add, Op::Sub, Op::Mul]);
                bin(op, self.expr(Ty::Single, depth), self.expr(Ty::Int, depth))
            }
            3 => bin(
                Op::Div,
                self.expr(Ty::Single, depth),
                Expr::Single(self.tape.pick(&[2.0, 3.0, 0.5])),
            ),
            _ => Expr::Neg(Box::new(self.expr(Ty::Single, depth))),
        }
    }

    fn text(&mut self, depth: usize) -> Expr {
        let ty = Ty::Text;
        match self.tape.below(10) {
            0 => self.leaf(ty),
            1 | 2 => bin(Op::Add, self.expr(ty, depth), self.expr(ty, depth)),
            3 => call("STR$", vec![self.expr(Ty::Int, depth)]),
            4 => call("STR$", vec![self.expr(Ty::Single, depth)]),
            5 => call("LEFT$", vec![self.expr(ty, depth), self.small(0)]),
            6 => call("RIGHT$", vec![self.expr(ty, depth), self.small(0)]),
            7 => {
                let mut args = vec![self.expr(ty, depth), self.small(1)];
                if self.tape.once_in(2) {
                    args.push(self.small(0));
                }
                call("MID$", args)
            }
            8 => {
                let code = bin(
                    Op::Add,
                    bin(Op::And, self.expr(Ty::Int, depth), Expr::Int(15)),
                    Expr::Int(65),
                );
                call("CHR$", vec![code])
            }
            _ => call(self.tape.pick(&["UPPER$", "LOWER$"]), vec![self.expr(ty, depth)]),
        }
    }
}

/// What `>` prints of a value: floats by way of STR$.
fn shown(value: Expr, ty: Ty) -> Expr {
    if ty == Ty::Single { call("STR$", vec![value]) } else { value }
}

/// Prints an array, element by element.
fn show_array(name: &str, bounds: &[i32]) -> Stmt {
    let counters = ["I9", "J9"];
    let indices = bounds.iter().zip(counters).map(|(_, counter)| var(counter)).collect();
    let element = Expr::Element(name.into(), indices);
    let mut inner = stmt(Kind::Show(shown(element, Ty::of(name))));
    for (bound, counter) in bounds.iter().zip(counters) {
        inner = stmt(Kind::For(counter.into(), Expr::Int(1), Expr::Int(*bound), None, vec![inner]));
    }
    inner
}
