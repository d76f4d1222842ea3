//! What a program means, by walking its tree.
//!
//! The rules of conez (spec/basic.md): i32 and i64 wrap; `/` of integers truncates; float to
//! integer truncates, and is an error out of range; comparisons give -1 or 0, anything but zero is
//! true; variables are global, and parameters and LOCALs shadow them for as long as the call lasts
//! (callees see them); a LOCAL number starts with the outer value, a LOCAL text empty; arrays start
//! at 1 and are checked; a SUB that does not RETURN a value gives 0 or "".

use super::ast::{Case, Expr, Kind, Op, Place, Program, Stmt, Sub, Ty};
use super::value::Value::{self, Int, Long, Single, Text};
use super::value::{
    as_f32, as_i64, compare, comparison, floating, general, integer32, integer64, shown, truthy,
    zero,
};
use std::collections::BTreeMap;

/// What a run came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It ended by itself.
    Done,
    /// It must stop with an error in this line.
    Error(u32),
    /// It took too long, or built texts too long, to be worth running.
    Beyond,
}

/// Runs `program`: its output, and how it ended.
#[must_use]
pub fn run(program: &Program) -> (String, End) {
    let mut machine = Machine {
        program,
        vars: BTreeMap::new(),
        arrays: BTreeMap::new(),
        saved: Vec::new(),
        read: 0,
        output: String::new(),
        column: 0,
        line: 0,
        steps: 200_000,
        depth: 0,
    };
    for (name, bounds) in &program.arrays {
        let count = bounds.iter().product::<i32>() as usize;
        let zero = zero(Ty::of(name));
        machine.arrays.insert(name, (bounds, vec![zero; count]));
    }
    let end = match machine.block(&program.setup).and_then(|_| machine.block(&program.body)) {
        Ok(_) => End::Done,
        Err(end) => end,
    };
    (machine.output, end)
}

/// How a statement passed control on.
#[derive(Debug)]
enum Flow {
    Next,
    Exit(&'static str),
    Return(Value),
}

type Outcome<T> = Result<T, End>;

struct Machine<'p> {
    program: &'p Program,
    vars: BTreeMap<String, Value>,
    arrays: BTreeMap<&'p str, (&'p [i32], Vec<Value>)>,
    /// What to restore when the calls in progress return.
    saved: Vec<(String, Value)>,
    read: usize,
    output: String,
    column: usize,
    line: u32,
    steps: u32,
    depth: u32,
}

impl<'p> Machine<'p> {
    fn error<T>(&self) -> Outcome<T> {
        Err(End::Error(self.line))
    }

    fn step(&mut self) -> Outcome<()> {
        self.steps = self.steps.checked_sub(1).ok_or(End::Beyond)?;
        Ok(())
    }

    fn print(&mut self, text: &str) {
        self.output.push_str(text);
        match text.rfind('\n') {
            Some(at) => self.column = text.len() - at - 1,
            None => self.column += text.len(),
        }
    }

    fn block(&mut self, body: &'p [Stmt]) -> Outcome<Flow> {
        for stmt in body {
            match self.stmt(stmt)? {
                Flow::Next => {}
                other => return Ok(other),
            }
        }
        Ok(Flow::Next)
    }

    fn stmt(&mut self, stmt: &'p Stmt) -> Outcome<Flow> {
        self.step()?;
        self.line = stmt.line;
        match &stmt.kind {
            Kind::Let(to, value) => {
                // The value first, then the indices of the place: either order gives the same
                // unless both fail, and then in the same line.
                let value = self.eval(value)?;
                self.line = stmt.line;
                self.assign(to, value)?;
            }
            Kind::Show(value) => {
                let value = self.eval(value)?;
                let text = shown(&value) + "\n";
                self.print(&text);
            }
            Kind::Format(pieces, args) => {
                let args = args.iter().map(|arg| self.eval(arg)).collect::<Outcome<Vec<_>>>()?;
                let mut args = args.iter();
                let fill = |piece: &String| match piece.as_str() {
                    "%" | "&" | "$" => args.next().map(shown).unwrap_or_default(),
                    text => text.into(),
                };
                let text: String = pieces.iter().map(fill).collect();
                self.print(&(text + "\n"));
            }
            Kind::Print(items) => self.print_items(items)?,
            Kind::If(arms, rest) => {
                for (line, condition, body) in arms {
                    self.line = *line;
                    if self.truth(condition)? {
                        return self.block(body);
                    }
                }
                return self.block(rest);
            }
            Kind::IfLine(condition, then, other) => {
                if self.truth(condition)? {
                    return self.stmt(then);
                }
                if let Some(other) = other {
                    return self.stmt(other);
                }
            }
            Kind::For(var, from, to, by, body) => {
                return self.count(var, [from, to], by.as_ref(), body);
            }
            Kind::While(condition, body) => {
                let test = |machine: &mut Self| machine.truth(condition);
                return self.repeat(stmt.line, test, "WHILE", body);
            }
            Kind::Do(true, until, condition, body) => {
                let test = |machine: &mut Self| Ok(machine.truth(condition)? != *until);
                return self.repeat(stmt.line, test, "DO", body);
            }
            Kind::Do(false, until, condition, body) => loop {
                self.step()?;
                match self.block(body)? {
                    Flow::Exit("DO") => break,
                    Flow::Next => {}
                    other => return Ok(other),
                }
                self.line = stmt.end_line;
                if self.truth(condition)? == *until {
                    break;
                }
            },
            Kind::Exit(what) => return Ok(Flow::Exit(what)),
            Kind::Select(subject, arms, rest) => {
                let subject = self.eval(subject)?;
                for (cases, body) in arms {
                    for case in cases {
                        if self.matches(&subject, case)? {
                            return self.block(body);
                        }
                    }
                }
                return self.block(rest);
            }
            Kind::CallSub(name, args) => {
                self.call(name, args)?;
            }
            Kind::Return(value) => return Ok(Flow::Return(self.eval(value)?)),
            Kind::Local(name) => {
                let outer = self.get(name);
                self.saved.push((name.clone(), outer));
                if Ty::of(name) == Ty::Text {
                    self.vars.insert(name.clone(), zero(Ty::Text));
                }
            }
            Kind::Swap(a, b) => {
                let (left, right) = (self.load(a)?, self.load(b)?);
                self.assign(a, right)?;
                self.assign(b, left)?;
            }
            Kind::MidAssign(name, start, count, value) => {
                let (start, count) = (self.int(start)?, self.int(count)?);
                let before = self.get(name);
                let value = self.text(value)?;
                if self.get(name) != before {
                    // The rules do not say whether the old text or the new one is changed.
                    return Err(End::Beyond);
                }
                let Text(mut old) = before else { unreachable!("a text") };
                let start = start.max(1) as usize - 1;
                if start < old.len() {
                    let len = (count.max(0) as usize).min(value.len()).min(old.len() - start);
                    old.replace_range(start..start + len, &value[..len]);
                }
                self.vars.insert(name.clone(), Text(old));
            }
            Kind::Read(to) => {
                let Some(item) = self.program.data.get(self.read) else { return self.error() };
                self.read += 1;
                let value = self.eval(item)?;
                self.assign(to, value)?;
            }
            Kind::Restore => self.read = 0,
            Kind::Gosub(label) => {
                let program = self.program;
                let routine = program.routines.iter().find(|(other, _)| other == label);
                return self.block(&routine.expect("generated").1);
            }
        }
        Ok(Flow::Next)
    }

    fn repeat(
        &mut self,
        line: u32,
        test: impl Fn(&mut Self) -> Outcome<bool>,
        word: &str,
        body: &'p [Stmt],
    ) -> Outcome<Flow> {
        loop {
            self.step()?;
            self.line = line;
            if !test(self)? {
                return Ok(Flow::Next);
            }
            match self.block(body)? {
                Flow::Exit(what) if what == word => return Ok(Flow::Next),
                Flow::Next => {}
                other => return Ok(other),
            }
        }
    }

    /// FOR: bounds and step are evaluated once, in the type of the variable.
    fn count(
        &mut self,
        var: &str,
        bounds: [&'p Expr; 2],
        by: Option<&'p Expr>,
        body: &'p [Stmt],
    ) -> Outcome<Flow> {
        let ty = Ty::of(var);
        let first = self.eval(bounds[0])?;
        let first = self.convert(first, ty)?;
        self.vars.insert(var.into(), first);
        let last = self.eval(bounds[1])?;
        let last = self.convert(last, ty)?;
        let by = by.map_or(Ok(Int(1)), |by| self.eval(by))?;
        let by = self.convert(by, ty)?;
        let down = compare(&by, &zero(ty)).is_some_and(std::cmp::Ordering::is_lt);
        loop {
            self.step()?;
            let order = compare(&self.get(var), &last);
            if order.is_none_or(|order| if down { order.is_lt() } else { order.is_gt() }) {
                return Ok(Flow::Next);
            }
            match self.block(body)? {
                Flow::Exit("FOR") => return Ok(Flow::Next),
                Flow::Next => {}
                other => return Ok(other),
            }
            let next = self.arithmetic(Op::Add, self.get(var), by.clone())?;
            self.vars.insert(var.into(), next);
        }
    }

    fn print_items(&mut self, items: &'p [(Expr, char)]) -> Outcome<()> {
        for (item, end) in items {
            let text = match self.eval(item)? {
                Text(text) => text,
                Int(value) if value < 0 => format!("{value} "),
                Int(value) => format!(" {value} "),
                other => unreachable!("{other:?} is not generated"),
            };
            self.print(&text);
            if *end == ',' {
                let blanks = 14 - self.column % 14;
                self.print(&" ".repeat(blanks));
            }
        }
        if items.last().is_none_or(|(_, end)| *end == ' ') {
            self.print("\n");
        }
        Ok(())
    }

    fn matches(&mut self, subject: &Value, case: &'p Case) -> Outcome<bool> {
        let is = |subject: &Value, op, value: Value| truthy(&comparison(op, subject, &value));
        Ok(match case {
            Case::Is(value) => is(subject, Op::Eq, self.eval(value)?),
            Case::Compare(op, value) => is(subject, *op, self.eval(value)?),
            Case::Range(low, high) => {
                let (low, high) = (self.eval(low)?, self.eval(high)?);
                is(subject, Op::Ge, low) && is(subject, Op::Le, high)
            }
        })
    }

    fn get(&self, name: &str) -> Value {
        self.vars.get(name).cloned().unwrap_or_else(|| zero(Ty::of(name)))
    }

    fn slot(&mut self, name: &'p str, indices: &'p [Expr]) -> Outcome<&mut Value> {
        let indices = indices.iter().map(|index| self.int(index)).collect::<Outcome<Vec<_>>>()?;
        let line = self.line;
        let (bounds, items) = self.arrays.get_mut(name).expect("generated");
        let mut at = 0;
        for (index, bound) in indices.iter().zip(bounds.iter()) {
            if index < &1 || index > bound {
                return Err(End::Error(line));
            }
            at = at * *bound as usize + *index as usize - 1;
        }
        Ok(&mut items[at])
    }

    fn load(&mut self, place: &'p Place) -> Outcome<Value> {
        match place {
            Place::Var(name) => Ok(self.get(name)),
            Place::Element(name, indices) => self.slot(name, indices).map(|slot| slot.clone()),
        }
    }

    fn assign(&mut self, place: &'p Place, value: Value) -> Outcome<()> {
        let value = self.convert(value, place.ty())?;
        match place {
            Place::Var(name) => {
                self.vars.insert(name.clone(), value);
            }
            Place::Element(name, indices) => *self.slot(name, indices)? = value,
        }
        Ok(())
    }

    /// Assignments, arguments and results convert.
    fn convert(&self, value: Value, ty: Ty) -> Outcome<Value> {
        Ok(match (value, ty) {
            (Single(value), Ty::Int) => {
                if !(-2_147_483_904.0..2_147_483_648.0).contains(&value) || value < -2_147_483_648.0
                {
                    return self.error();
                }
                Int(value as i32)
            }
            (Single(value), Ty::Long) => {
                if !(-9.223_372e18..9.223_372e18).contains(&value) {
                    return self.error();
                }
                Long(value as i64)
            }
            (Int(value), Ty::Long) => Long(value.into()),
            (Int(value), Ty::Single) => Single(value as f32),
            (Long(value), Ty::Single) => Single(value as f32),
            (Long(value), Ty::Int) => Int(value as i32),
            (value, _) => value,
        })
    }

    fn truth(&mut self, condition: &'p Expr) -> Outcome<bool> {
        self.eval(condition).map(|value| truthy(&value))
    }

    fn int(&mut self, value: &'p Expr) -> Outcome<i32> {
        let value = self.eval(value)?;
        match self.convert(value, Ty::Int)? {
            Int(value) => Ok(value),
            other => unreachable!("{other:?} as an integer"),
        }
    }

    fn text(&mut self, value: &'p Expr) -> Outcome<String> {
        match self.eval(value)? {
            Text(text) => Ok(text),
            other => unreachable!("{other:?} as a text"),
        }
    }

    fn eval(&mut self, value: &'p Expr) -> Outcome<Value> {
        self.step()?;
        Ok(match value {
            Expr::Int(value) => Int(*value),
            Expr::Long(value) => Long(*value),
            Expr::Single(value) => Single(*value),
            Expr::Text(value) => Text(value.clone()),
            Expr::Var(name) => self.get(name),
            Expr::Element(name, indices) => self.slot(name, indices)?.clone(),
            Expr::Upper(name) => Int(self.arrays[name.as_str()].0[0]),
            Expr::Neg(a) => match self.eval(a)? {
                Int(a) => Int(a.wrapping_neg()),
                Long(a) => Long(a.wrapping_neg()),
                Single(a) => Single(-a),
                Text(_) => unreachable!("a text is not negated"),
            },
            Expr::Not(a) => match self.eval(a)? {
                Int(a) => Int(!a),
                Long(a) => Long(!a),
                other => unreachable!("NOT {other:?} is not generated"),
            },
            Expr::Binary(op, a, b) => {
                let (a, b) = (self.eval(a)?, self.eval(b)?);
                match op {
                    Op::Eq | Op::Ne | Op::Lt | Op::Gt | Op::Le | Op::Ge => comparison(*op, &a, &b),
                    _ => self.arithmetic(*op, a, b)?,
                }
            }
            Expr::Call(name, args) => self.call(name, args)?,
        })
    }

    fn arithmetic(&self, op: Op, a: Value, b: Value) -> Outcome<Value> {
        Ok(match (a, b) {
            (Text(a), Text(b)) => {
                if a.len() + b.len() > 300 {
                    return Err(End::Beyond);
                }
                Text(a + &b)
            }
            (Single(a), b) => Single(floating(op, a, as_f32(&b))),
            (a, Single(b)) => Single(floating(op, as_f32(&a), b)),
            (Int(a), Int(b)) => match integer32(op, a, b) {
                Some(value) => Int(value),
                None => return self.error(),
            },
            (a, b) => match integer64(op, as_i64(&a), as_i64(&b)) {
                Some(value) => Long(value),
                None => return self.error(),
            },
        })
    }

    fn call(&mut self, name: &str, args: &'p [Expr]) -> Outcome<Value> {
        let program = self.program;
        match program.subs.iter().find(|sub| sub.name == name) {
            Some(sub) => self.call_sub(sub, args),
            None => self.builtin(name, args),
        }
    }

    fn call_sub(&mut self, sub: &'p Sub, args: &'p [Expr]) -> Outcome<Value> {
        self.depth += 1;
        if self.depth > 30 {
            return Err(End::Beyond);
        }
        let line = self.line;
        let args = args.iter().map(|arg| self.eval(arg)).collect::<Outcome<Vec<_>>>()?;
        let mut converted = Vec::new();
        for (param, arg) in sub.params.iter().zip(args) {
            converted.push(self.convert(arg, Ty::of(param))?);
        }
        let before = self.saved.len();
        for (param, arg) in sub.params.iter().zip(converted) {
            let outer = self.get(param);
            self.saved.push((param.clone(), outer));
            self.vars.insert(param.clone(), arg);
        }
        let result = match self.block(&sub.body)? {
            Flow::Return(value) => self.convert(value, Ty::of(&sub.name))?,
            _ => zero(Ty::of(&sub.name)),
        };
        for (name, outer) in self.saved.split_off(before).into_iter().rev() {
            self.vars.insert(name, outer);
        }
        self.depth -= 1;
        self.line = line;
        Ok(result)
    }

    fn builtin(&mut self, name: &str, args: &'p [Expr]) -> Outcome<Value> {
        Ok(match name {
            "LEN" => Int(self.text(&args[0])?.len() as i32),
            "ASC" => Int(self.text(&args[0])?.bytes().next().unwrap_or(0).into()),
            "INSTR" => {
                let (hay, needle) = (self.text(&args[0])?, self.text(&args[1])?);
                Int(hay.find(&needle).map_or(0, |at| at as i32 + 1))
            }
            "VAL" => Int(self.text(&args[0])?.parse().expect("of STR$ of an integer")),
            "ABS" => match self.eval(&args[0])? {
                Int(value) => Int(value.wrapping_abs()),
                Single(value) => Single(value.abs()),
                other => unreachable!("ABS of {other:?} is not generated"),
            },
            "INT" => {
                let value = self.eval(&args[0])?;
                self.convert(value, Ty::Int)?
            }
            "STR$" => Text(general(&self.eval(&args[0])?)),
            "CHR$" => Text(char::from(self.int(&args[0])? as u8).to_string()),
            "UPPER$" => Text(self.text(&args[0])?.to_uppercase()),
            "LOWER$" => Text(self.text(&args[0])?.to_lowercase()),
            "LEFT$" => {
                let (text, count) = (self.text(&args[0])?, self.int(&args[1])?);
                Text(text.chars().take(count.max(0) as usize).collect())
            }
            "RIGHT$" => {
                let (text, count) = (self.text(&args[0])?, self.int(&args[1])?);
                let skip = text.len().saturating_sub(count.max(0) as usize);
                Text(text[skip..].into())
            }
            "MID$" => {
                let (text, start) = (self.text(&args[0])?, self.int(&args[1])?);
                let count = args.get(2).map_or(Ok(i32::MAX), |count| self.int(count))?;
                let rest = text.chars().skip(start.max(1) as usize - 1);
                Text(rest.take(count.max(0) as usize).collect())
            }
            other => unreachable!("{other} is not generated"),
        })
    }
}
