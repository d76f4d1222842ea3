//! Statements, bounded in number by a budget and in time by `fuel`.

use super::types::Ty;
use super::{Callee, Generator, Shape, Var, show};
use std::fmt::Write as _;

impl Generator<'_> {
    /// Locals, at most `budget` statements, and the labels they jump to.
    pub(super) fn body(&mut self, budget: usize) -> String {
        self.budget = budget * 2;
        self.loops = 0;
        let mut text = String::new();
        for _ in 0..self.tape.below(5) {
            text += &self.local();
        }
        let end = self.name("end");
        let mut jumped = false;
        for _ in 0..=self.tape.below(budget) {
            text += &self.statement(3);
            if self.tape.once_in(12) {
                let (condition, _) = self.expr(1);
                writeln!(text, "if ({condition}) goto {end};").expect("a string");
                jumped = true;
            }
        }
        if jumped {
            writeln!(text, "{end}:;").expect("a string");
        }
        text
    }

    /// A local with an initial value.
    fn local(&mut self) -> String {
        let ty = self.tape.pick(Ty::ALL);
        let name = self.name("v");
        let local = |name: &str, shape| Var { name: name.into(), ty, shape };
        match self.tape.below(8) {
            4 => {
                let len = self.tape.pick(&[2, 4, 8]);
                let first = self.converted(ty, 1);
                self.locals.push(local(&name, Shape::Array(len)));
                format!("{} {name}[{len}] = {{{first}}};\n", ty.name())
            }
            5 => {
                let arrays = self.vars(|var| matches!(var.shape, Shape::Array(_)));
                if arrays.is_empty() {
                    return String::new();
                }
                let array = &arrays[self.tape.below(arrays.len())];
                let Shape::Array(len) = array.shape else { unreachable!("filtered") };
                let at = self.tape.below(len);
                let text = format!("{} *{name} = {} + {at};\n", array.ty.name(), array.name);
                self.bases.push((name.clone(), array.clone()));
                self.locals.push(Var { name, ty: array.ty, shape: Shape::Pointer });
                text
            }
            6 if !self.pure && !self.objects.is_empty() => {
                let (object, record) = self.objects[self.tape.below(self.objects.len())].clone();
                for (field, ty) in self.records[record].fields.clone() {
                    self.locals.push(Var {
                        name: format!("{name}->{field}"),
                        ty,
                        shape: Shape::Scalar,
                    });
                }
                format!("{} *{name} = &{object};\n", self.records[record].name)
            }
            7 if !self.pure => {
                let value = ty.literal(&mut self.tape);
                self.locals.push(local(&name, Shape::Scalar));
                format!("static {} {name} = {value};\n", ty.name())
            }
            shape => {
                let value = self.converted(ty, 2);
                let qualifier = if shape == 3 { "volatile " } else { "" };
                self.locals.push(local(&name, Shape::Scalar));
                format!("{qualifier}{} {name} = {value};\n", ty.name())
            }
        }
    }

    /// One statement with a line end; nested ones to `depth`.
    pub(super) fn statement(&mut self, depth: usize) -> String {
        if self.budget == 0 {
            return ";\n".into();
        }
        self.budget -= 1;
        let dead = if self.style.dead_code {
            "if (0) { fuel = 0; while (fuel) fuel += 2; }\n"
        } else {
            ""
        };
        let choice = if depth == 0 { self.tape.below(6) } else { self.tape.below(16) };
        let text = match choice {
            0 | 1 => self.assignment(),
            2 => self.compound(),
            3 => self.step(),
            4 => self.call_statement(),
            5 => self.print(),
            6 | 7 => self.branch(depth),
            8 | 9 => self.count_loop(depth),
            10 => self.while_loop(depth),
            11 => self.switch(depth),
            12 => self.block(depth),
            13 => self.tangle(depth),
            14 => self.whole_record(),
            _ => self.leave(),
        };
        format!("{dead}{text}")
    }

    /// Something that can be assigned to, and its type.
    fn place(&mut self, wanted: impl Fn(Ty) -> bool) -> Option<(String, Ty)> {
        let places = self.vars(|var| var.shape != Shape::Fixed && wanted(var.ty));
        if places.is_empty() {
            return None;
        }
        let var = places[self.tape.below(places.len())].clone();
        let text = match var.shape {
            Shape::Array(_) => self.indexed(&var, 1),
            Shape::Pointer => format!("*{}", var.name),
            _ => var.name,
        };
        Some((text, var.ty))
    }

    fn assignment(&mut self) -> String {
        let Some((place, ty)) = self.place(|_| true) else { return ";\n".into() };
        let value = self.converted(ty, 3);
        format!("{place} = {value};\n")
    }

    fn compound(&mut self) -> String {
        let Some((place, ty)) = self.place(|ty| ty != Ty::Bool) else { return ";\n".into() };
        if ty.is_float() {
            let (value, _) = self.expr(2);
            return format!("{place} {} {value};\n", self.tape.pick(&["+=", "-=", "*="]));
        }
        let value = self.converted(Ty::I32, 2);
        let mask = ty.shift_mask();
        match self.tape.below(9) {
            6 => format!("{place} <<= {value} & {mask};\n"),
            7 => format!("{place} >>= {value} & {mask};\n"),
            8 => format!("{place} {} ({value} & 31) + 1;\n", self.tape.pick(&["/=", "%="])),
            op => format!("{place} {} {value};\n", ["+=", "-=", "*=", "&=", "|=", "^="][op]),
        }
    }

    fn step(&mut self) -> String {
        let Some((place, _)) = self.place(|ty| ty != Ty::Bool) else { return ";\n".into() };
        match self.tape.below(5) {
            0 => format!("({place})++;\n"),
            1 => format!("--({place});\n"),
            2 => format!("({place})--;\n"),
            3 => self.byte_assignment(),
            _ => self.move_pointer(),
        }
    }

    /// Writes one byte of an array.
    fn byte_assignment(&mut self) -> String {
        let is_ints = |var: &Var| {
            matches!(var.shape, Shape::Array(_)) && !var.ty.is_float() && var.ty != Ty::Bool
        };
        let arrays = self.vars(is_ints);
        if arrays.is_empty() {
            return self.assignment();
        }
        let array = arrays[self.tape.below(arrays.len())].clone();
        let (byte, value) = (self.byte(&array, 1), self.converted(Ty::I32, 2));
        format!("{byte} = {value};\n")
    }

    /// Points a pointer at another element of its array.
    fn move_pointer(&mut self) -> String {
        let pointers = self.vars(|var| var.shape == Shape::Pointer);
        if pointers.is_empty() {
            return self.assignment();
        }
        let name = pointers[self.tape.below(pointers.len())].name.clone();
        let base =
            self.bases.iter().find(|(pointer, _)| *pointer == name).expect("has one").1.clone();
        let element = self.indexed(&base, 1);
        format!("{name} = &{element};\n")
    }

    fn call_statement(&mut self) -> String {
        if self.callees.is_empty() || self.loops > 1 || self.pure {
            return self.assignment();
        }
        let callee = self.callees[self.tape.below(self.callees.len())].clone();
        let mut call = self.call(&callee, 2);
        if self.tape.once_in(4) {
            call = self.through_pointer(&callee, &call);
        }
        let assigned =
            self.place(|ty| callee.result == ty || (ty.is_float() && !callee.result.is_float()));
        match assigned {
            // The place is a plain name: an index would not be sequenced with the call.
            Some((place, _)) if !place.contains(['[', '*', '(']) => format!("{place} = {call};\n"),
            _ => format!("{call};\n"),
        }
    }

    /// `call`, by way of a pointer to `callee` or to another function of its type.
    fn through_pointer(&mut self, callee: &Callee, call: &str) -> String {
        let alike = |other: &&Callee| {
            (&other.params, other.result, other.recursive)
                == (&callee.params, callee.result, callee.recursive)
        };
        let others: Vec<_> = self.callees.iter().filter(alike).cloned().collect();
        let other = &others[self.tape.below(others.len())].name;
        let (condition, _) = self.expr(1);
        let args = call.strip_prefix(&callee.name).expect("a call of it");
        format!("({condition} ? {} : &{other}){args}", callee.name)
    }

    fn print(&mut self) -> String {
        if self.pure {
            return self.assignment();
        }
        let (text, ty) = self.expr(2);
        self.names += 1;
        let number = 1000 + self.names;
        let var = Var { name: text, ty, shape: Shape::Scalar };
        format!("if (fuel-- > 0) {}\n", show(number, &var))
    }

    /// Statements in braces, with locals of their own.
    fn block(&mut self, depth: usize) -> String {
        let outside = self.locals.len();
        let mut text = String::from("{\n");
        if self.tape.once_in(3) {
            text += &self.local();
        }
        for _ in 0..=self.tape.below(3) {
            text += &self.statement(depth - 1);
        }
        self.locals.truncate(outside);
        text + "}\n"
    }

    fn branch(&mut self, depth: usize) -> String {
        let (condition, _) = self.expr(2);
        let then = self.block(depth);
        if self.tape.once_in(2) {
            let other = self.block(depth);
            return format!("if ({condition}) {then}else {other}");
        }
        format!("if ({condition}) {then}")
    }

    fn count_loop(&mut self, depth: usize) -> String {
        let counter = self.name("i");
        let kind = self.tape.below(5);
        let ty = match kind {
            // Counters that wrap before the test ends the loop, so that only the fuel does.
            3 | 4 => Ty::U32,
            _ => self.tape.pick(&[Ty::I32, Ty::U32, Ty::U8, Ty::I16, Ty::I64]),
        };
        let outside = self.locals.len();
        self.locals.push(Var { name: counter.clone(), ty, shape: Shape::Fixed });
        let limit = 1 + self.tape.below(9);
        let first = match kind {
            0 | 2 => 0,
            1 => limit,
            3 => limit + self.tape.below(9),
            _ => self.tape.pick(&[0xFFFF_FFFF, 0x7FFF_FFFF, 0x7FFF_FFFE]),
        };
        let rest = match kind {
            0 => format!("{counter} < {limit} && fuel-- > 0; {counter}++"),
            1 => format!("{counter} && fuel-- > 0; --{counter}"),
            2 => format!("fuel-- > 0 && {counter} < 50; {counter} += {limit}"),
            _ => format!("fuel-- > 0 && {counter} > {limit}; {counter} -= 3"),
        };
        self.loops += 1;
        let body = self.block(depth);
        self.loops -= 1;
        self.locals.truncate(outside);
        let name = ty.name();
        if kind < 4 {
            return format!("for ({name} {counter} = {first}; {rest}) {body}");
        }
        format!(
            "{{ {name} {counter} = {first}; do {{ if (fuel-- <= 0) break; {body}}} \
             while ((int)++{counter} < {limit}); }}\n"
        )
    }

    fn while_loop(&mut self, depth: usize) -> String {
        self.loops += 1;
        let body = self.block(depth);
        self.loops -= 1;
        let (condition, _) = self.expr(2);
        if self.tape.once_in(2) {
            format!("do {body}while (fuel-- > 0 && {condition});\n")
        } else {
            format!("while (fuel-- > 0 && {condition}) {body}")
        }
    }

    /// A switch over a few low values, with and without breaks.
    fn switch(&mut self, depth: usize) -> String {
        let value = self.converted(Ty::I32, 2);
        let mut text = format!("switch ({value} & 15) {{\n");
        let default = self.tape.below(5);
        let mut case = self.tape.below(4);
        for arm in 0..=self.tape.below(5) {
            if arm == default {
                text += "default:\n";
            }
            writeln!(text, "case {case}:").expect("a string");
            text += &self.block(depth);
            if !self.tape.once_in(3) {
                text += "break;\n";
            }
            case += 1 + self.tape.below(3);
        }
        text + "}\n"
    }

    /// Jumps that no structured statement makes: a loop with two entries, or a Duff's device.
    fn tangle(&mut self, depth: usize) -> String {
        let (condition, _) = self.expr(1);
        let (first, second) = (self.statement(0), self.statement(depth - 1));
        if self.tape.once_in(2) {
            let value = self.converted(Ty::I32, 1);
            return format!(
                "switch ({value} & 3) {{ case 0: do {{ {first}case 1: {second}case 2:; }} while (fuel-- > 0 && {condition}); }}\n"
            );
        }
        let (into, back) = (self.name("into"), self.name("back"));
        format!(
            "if ({condition}) goto {into};\n{back}:\n{first}{into}:\n{second}if (fuel-- > 0 && {condition}) goto {back};\n"
        )
    }

    /// Assigns one object of a record type to another: plainly, byte by byte, or through a function
    /// that takes and returns it.
    fn whole_record(&mut self) -> String {
        if self.pure || self.objects.is_empty() {
            return self.assignment();
        }
        let (to, kind) = self.objects[self.tape.below(self.objects.len())].clone();
        let same: Vec<_> =
            self.objects.iter().filter(|(_, other)| *other == kind).cloned().collect();
        let from = &same[self.tape.below(same.len())].0;
        match self.tape.below(3) {
            0 => format!("{to} = {from};\n"),
            1 => format!("memmove(&{to}, &{from}, sizeof {to});\n"),
            _ => {
                let twist = self.records[kind].twist.clone();
                format!("{to} = {twist}({from}, {});\n", self.converted(Ty::I32, 1))
            }
        }
    }

    /// Leaves or repeats the loop.
    fn leave(&mut self) -> String {
        if self.loops == 0 {
            return self.assignment();
        }
        let (condition, _) = self.expr(1);
        format!("if ({condition}) {};\n", self.tape.pick(&["continue", "break"]))
    }
}
