//! Calls: arguments, results, variable arguments, and `printf` as a host import.

use super::function::Lowering;
use super::program::passed_types;
use super::types::{ir_type, result_type, returns_in_memory, store_op};
use crate::check::tree::{Base, Call, EntityId, ExprId, ExprKind};
use crate::check::{Definition, Entity, Linkage};
use crate::types::Ty;
use alloc::vec::Vec;
use wasm_common::abi::args::Packing;
use wasm_common::abi::format::{Piece, pieces};
use wasm_common::abi::imports::ValType;
use wasm_common::ir::{Signature, Type, Value};

impl Lowering<'_> {
    /// A call; its value, or the address of its record.
    pub(super) fn call(&mut self, call: &Call) -> Option<Value> {
        let entity = self.called(call.callee);
        if let Some(id) = entity
            && let Some(value) = self.host_call(id, call)
        {
            return Some(value);
        }
        let types = self.types();
        let func = types.as_function(call.func)?;
        let passed =
            passed_types(func, entity.map(|id| self.context.unit.entity(id))).map(<[Ty]>::to_vec);
        // A call through a pointer evaluates the pointer first.
        let index = entity.is_none().then(|| self.value(call.callee));
        let values = self.evaluate(&call.args);
        let mut args: Vec<Value> = Vec::with_capacity(values.len() + 2);
        let result_slot =
            returns_in_memory(types, func.result).then(|| self.result_slot(func.result));
        args.extend(result_slot);
        let mut list: Vec<Type> = args.iter().map(|_| Type::I32).collect();
        self.named_arguments(call, &values, passed.as_deref(), &mut args, &mut list);
        if func.variadic {
            let named = call.named.map_or(values.len(), |n| n as usize);
            let rest = self.variable_arguments(&call.args[named..], &values[named..]);
            args.push(rest);
            list.push(Type::I32);
        }
        let result = result_type(types, func.result);
        let sig = Signature { params: list, result };
        let value = match (entity, index) {
            (Some(id), _) => self.direct(id, &sig, &args),
            (_, Some(index)) => {
                let sig = self.program.backend.symbols.sig_id(sig);
                self.builder.call_indirect(sig, result, index, &args)
            }
            _ => None,
        };
        if self.never_returns(entity) {
            self.builder.unreachable();
            let dead = self.builder.create_block();
            self.builder.seal(dead);
            self.builder.switch_to(dead);
        }
        result_slot.or(value)
    }

    fn never_returns(&self, entity: Option<EntityId>) -> bool {
        entity.is_some_and(|id| self.context.unit.entity(id).attributes.noreturn)
    }

    /// Calls a function by its symbol; where that has another signature, with what fits it.
    fn direct(&mut self, id: EntityId, sig: &Signature, args: &[Value]) -> Option<Value> {
        let symbol = self.symbol(id, Some(sig));
        let known = self.program.backend.symbols.func_sig(symbol).cloned().unwrap_or_default();
        if known == *sig {
            return self.builder.call(symbol, sig.result, args);
        }
        let mut fitted = Vec::with_capacity(known.params.len());
        for (index, &ty) in known.params.iter().enumerate() {
            fitted.push(match (args.get(index), sig.params.get(index)) {
                (Some(&value), Some(&from)) => {
                    super::adapter::convert(&mut self.builder, value, from, ty)
                }
                _ => super::adapter::zero(&mut self.builder, ty),
            });
        }
        let value = self.builder.call(symbol, known.result, &fitted);
        let to = sig.result?;
        Some(match (value, known.result) {
            (Some(value), Some(from)) => {
                super::adapter::convert(&mut self.builder, value, from, to)
            }
            _ => super::adapter::zero(&mut self.builder, to),
        })
    }

    /// The function that a callee names.
    fn called(&self, callee: ExprId) -> Option<EntityId> {
        match *self.tree.kind(callee) {
            ExprKind::Symbol(Base::Entity(id), 0) => Some(id),
            _ => None,
        }
    }

    /// All arguments in order; records are copied, since the callee may change them.
    fn evaluate(&mut self, args: &[ExprId]) -> Vec<Value> {
        let mut values = Vec::with_capacity(args.len());
        for &arg in args {
            let value = self.value(arg);
            let ty = self.ty(arg);
            let fresh = matches!(self.tree.kind(arg), ExprKind::Call(_));
            let record = !self.types().is_scalar(ty) && !fresh;
            values.push(if record { self.copied(value, ty) } else { value });
        }
        values
    }

    fn named_arguments(
        &mut self,
        call: &Call,
        values: &[Value],
        passed: Option<&[Ty]>,
        args: &mut Vec<Value>,
        list: &mut Vec<Type>,
    ) {
        let named = call.named.map_or(values.len(), |n| n as usize);
        for index in 0..named {
            let Some(&value) = values.get(index) else { break };
            let from = self.ty(call.args[index]);
            // What a K&R definition takes is known once it was seen.
            let to = match (call.named, passed.and_then(|p| p.get(index))) {
                (None, Some(&to)) if self.types().is_scalar(to) && self.types().is_scalar(from) => {
                    to
                }
                _ => from,
            };
            let value = self.convert_value(value, from, to);
            list.push(ir_type(self.types(), to));
            args.push(value);
        }
        // Missing arguments of an old-style call are 0.
        if let (None, Some(passed)) = (call.named, passed) {
            for &ty in passed.iter().skip(named) {
                let ty = ir_type(self.types(), ty);
                args.push(super::adapter::zero(&mut self.builder, ty));
                list.push(ty);
            }
            let hidden = args.len().min(list.len()) - named.max(passed.len()).min(args.len());
            args.truncate(hidden + passed.len());
            list.truncate(hidden + passed.len());
        }
    }

    fn result_slot(&mut self, ty: Ty) -> Value {
        let size = self.types().size(ty).unwrap_or(0);
        let slot = self.builder.add_slot(size.max(1), self.types().align(ty).min(16));
        self.builder.slot_addr(slot, 0)
    }

    /// Stores the variable arguments, all of which are evaluated, into the frame; their address.
    fn variable_arguments(&mut self, args: &[ExprId], values: &[Value]) -> Value {
        let mut packing = Packing::new();
        let mut places = Vec::with_capacity(args.len());
        for &arg in args {
            let ty = self.ty(arg);
            let ty = if self.types().is_scalar(ty) { ir_type(self.types(), ty) } else { Type::I32 };
            places.push(packing.place(val_type(ty)));
        }
        if args.is_empty() {
            return self.builder.i32_const(0);
        }
        // One room for each size: nothing is stored before everything is evaluated, so that
        // calls inside arguments have used it by then.
        let room = packing.size().next_power_of_two().max(16);
        let slot = match self.argument_slots.get(&room) {
            Some(&slot) => slot,
            None => {
                let slot = self.builder.add_slot(room, 8);
                self.argument_slots.insert(room, slot);
                slot
            }
        };
        let base = self.builder.slot_addr(slot, 0);
        for ((&arg, &value), &at) in args.iter().zip(values).zip(&places) {
            let ty = self.ty(arg);
            let store = if self.types().is_scalar(ty) {
                store_op(self.types(), self.types().promote_argument(ty))
            } else {
                wasm_common::ir::StoreOp::I32Store
            };
            self.builder.store(store, base, value, at);
        }
        base
    }

    // The printf family.

    /// `printf` and kin straight as host imports, unless the program defines its own.
    fn host_call(&mut self, id: EntityId, call: &Call) -> Option<Value> {
        let entity = self.context.unit.entity(id);
        let foreign = entity.linkage == Linkage::External
            && entity.definition == Definition::No
            && entity.asm_name.is_none();
        let named = call.named?;
        if !foreign || !self.types().as_function(call.func)?.variadic {
            return None;
        }
        let import = match (self.context.names.text(entity.name), named) {
            ("printf", 1) if !self.program.redirects => "host_printf",
            ("snprintf", 3) => "host_snprintf",
            ("sscanf", 2) => "host_sscanf",
            _ => return None,
        };
        if self.is_user_defined(entity) {
            return None;
        }
        if import == "host_printf"
            && let Some(value) = self.plain_text(call)
        {
            return Some(value);
        }
        let named = named as usize;
        let values = self.evaluate(&call.args);
        let mut args = values[..named].to_vec();
        let rest = self.variable_arguments(&call.args[named..], &values[named..]);
        // The host reads its order: destination, size, format, arguments.
        args.push(rest);
        let symbol = self.program.import(import)?;
        self.builder.call(symbol, Some(Type::I32), &args)
    }

    fn is_user_defined(&self, entity: &Entity) -> bool {
        self.program.is_defined(self.context.names.text(entity.name))
    }

    /// `printf("text")` prints the text.
    fn plain_text(&mut self, call: &Call) -> Option<Value> {
        let &[format] = &call.args[..] else { return None };
        let &ExprKind::Symbol(Base::String(id), 0) = self.tree.kind(format) else { return None };
        let bytes = &self.tree.strings[id.0 as usize].bytes;
        let text = &bytes[..bytes.iter().position(|&b| b == 0)?];
        let literal = pieces(text).all(|piece| matches!(piece, Piece::Literal(_)));
        if !literal {
            return None;
        }
        let length = text.len() as i32;
        let symbol = self.string_symbol(id);
        let (text, length) = (self.builder.symbol_addr(symbol, 0), self.builder.i32_const(length));
        let import = self.program.import("print_str")?;
        if self.builder.constant(length).is_some_and(|n| n.bits() != 0) {
            self.builder.call(import, None, &[text, length]);
        }
        Some(length)
    }
}

fn val_type(ty: Type) -> ValType {
    match ty {
        Type::I32 => ValType::I32,
        Type::I64 => ValType::I64,
        Type::F32 => ValType::F32,
        Type::F64 => ValType::F64,
    }
}
