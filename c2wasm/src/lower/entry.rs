//! The functions that the device calls: `setup` and `loop`, `main`, or exports alone.

use super::{Program, adapter};
use alloc::vec::Vec;
use wasm_common::abi::names;
use wasm_common::ir::{
    DataObject, DataReloc, FunctionBuilder, Signature, Symbol, SymbolKind, Type, Value,
};

/// What `argv[0]` says.
const PROGRAM_NAME: &[u8] = b"program\0";
/// The library function that runs what `atexit` was given.
const RUN_ATEXIT: &str = "__run_atexit";

impl Program {
    /// Exports the entry points that the program defines; false when it has none.
    pub fn export_entry(&mut self) -> bool {
        let cyclic = [names::SETUP, names::LOOP].map(|name| {
            let defined = self.is_plain(name);
            if defined {
                self.export(name);
            }
            defined
        });
        if cyclic.contains(&true) {
            return true;
        }
        if !self.is_defined(names::MAIN) || self.signature_of(names::MAIN).is_none() {
            return self.has_exports();
        }
        self.export_main();
        true
    }

    /// Whether the program defines a function of this name that takes and returns nothing: others
    /// are none of the device's.
    fn is_plain(&self, name: &str) -> bool {
        self.is_defined(name) && self.signature_of(name).is_some_and(|sig| sig.params.is_empty())
    }

    fn signature_of(&self, name: &str) -> Option<&Signature> {
        self.backend.symbols.func_sig(self.find(name)?)
    }

    /// Exports `main` as it is, if the device can call it so and nothing happens around it.
    fn export_main(&mut self) {
        let Some(main) = self.find(names::MAIN) else { return };
        let sig = self.backend.symbols.func_sig(main).cloned().unwrap_or_default();
        let plain = sig.params.is_empty() && sig.result == Some(Type::I32);
        let alone = self.constructors.is_empty() && self.destructors.is_empty();
        if plain && alone && self.find("atexit").is_none() {
            self.export(names::MAIN);
            return;
        }
        let entry = self.wrap_main(main, &sig);
        self.backend.symbols.get_mut(entry).export = Some(names::MAIN.into());
    }

    /// A function without parameters that calls `main` with all that belongs around it.
    fn wrap_main(&mut self, main: Symbol, sig: &Signature) -> Symbol {
        let result = sig.result.map(|_| Type::I32);
        let entry_sig = Signature { params: Vec::new(), result };
        let entry = self.backend.symbols.add_func("main.entry", entry_sig.clone(), None);
        let mut builder = FunctionBuilder::new(entry, entry_sig);
        for constructor in self.constructors.clone() {
            builder.call(constructor, None, &[]);
        }
        let args = self.main_arguments(&mut builder, sig);
        let status = builder.call(main, sig.result, &args);
        if self.find("atexit").is_some() {
            let run = self.require(RUN_ATEXIT, Signature::default());
            builder.call(run, None, &[]);
        }
        for destructor in self.destructors.clone() {
            builder.call(destructor, None, &[]);
        }
        let status = match (status, sig.result) {
            (Some(value), Some(ty)) => Some(adapter::convert(&mut builder, value, ty, Type::I32)),
            _ => None,
        };
        builder.ret(status);
        self.define(builder.finish());
        entry
    }

    /// `argc` 1, `argv` { "program", NULL }; further parameters (`envp`) are an empty list.
    fn main_arguments(&mut self, builder: &mut FunctionBuilder, sig: &Signature) -> Vec<Value> {
        let mut args = Vec::new();
        for (index, &ty) in sig.params.iter().enumerate() {
            args.push(match (index, ty) {
                (0, Type::I32) => builder.i32_const(1),
                (1, Type::I32) => {
                    let list = self.argument_list();
                    builder.symbol_addr(list, 0)
                }
                (2, Type::I32) => {
                    let list = self.argument_list();
                    builder.symbol_addr(list, 4)
                }
                _ => adapter::zero(builder, ty),
            });
        }
        args
    }

    fn argument_list(&mut self) -> Symbol {
        let name = "main.argv";
        if let Some(known) = self.backend.symbols.find(name) {
            return known;
        }
        let target = self.string(PROGRAM_NAME, 1);
        let relocs = alloc::vec![DataReloc { offset: 0, target, addend: 0 }];
        let data = DataObject { size: 8, align: 4, relocs, ..DataObject::default() };
        self.backend.symbols.add(name, SymbolKind::Data(data))
    }
}
