//! Random modules: valid ones do what wasmi says they do, mutated ones are refused exactly when
//! wasmparser refuses them.
//!
//! A few hundred of each here; many thousands with `cargo test -p runtime --release --test
//! differential -- --ignored`.

use arbitrary::Unstructured;
use runtime::engine::{
    Dispatch, Extern, FuncType, Host, HostError, Instance, Limits, LinkError, Module, TrapKind,
    ValType,
};
use runtime::memory::{Flat, Geometry, GuestMemory, Memory, SimChip, SpiChip, Windowed};
use std::collections::BTreeMap;
use wasm_smith::Config;

/// SplitMix64: enough to make test cases, the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len).map(|_| self.next() as u8).collect()
    }

    /// A value that is interesting to an instruction.
    fn value(&mut self, ty: ValType) -> u64 {
        let small = [0, 1, 2, 7, 16, 255, u64::MAX, 1 << 31, 1 << 63, 0x7FFF_FFFF, 65_530];
        let bits = match self.below(3) {
            0 => self.next(),
            1 => small[self.below(small.len())],
            _ => self.next() % 100,
        };
        match ty {
            ValType::I32 => bits & 0xFFFF_FFFF,
            ValType::I64 => bits,
            ValType::F32 => u64::from((bits as i32 as f32).to_bits()),
            ValType::F64 => (bits as i64 as f64).to_bits(),
        }
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// What the imports of both engines give: a hash of name and arguments.
fn import_result(name: &str, args: &[u64]) -> u64 {
    let seed = name.bytes().fold(0, |hash, byte| mix(hash ^ u64::from(byte)));
    args.iter().fold(seed, |hash, &arg| mix(hash ^ arg))
}

const IMPORTS: &str = r#"(module
  (import "env" "none" (func))
  (import "env" "i32" (func (param i32) (result i32)))
  (import "env" "i64" (func (param i32 i64) (result i64)))
  (import "env" "f32" (func (param f32 f64) (result i32)))
  (import "env" "global" (global i32)))"#;

fn config() -> Config {
    Config {
        available_imports: Some(wat::parse_str(IMPORTS).expect("good wat")),
        max_imports: 5,
        min_funcs: 1,
        max_funcs: 12,
        max_instructions: 400,
        max_memories: 1,
        max_memory32_bytes: 3 << 16,
        memory_max_size_required: true,
        max_tables: 1,
        max_table_elements: 1000,
        table_max_size_required: true,
        export_everything: true,
        canonicalize_nans: true,
        bulk_memory_enabled: true,
        multi_value_enabled: true,
        saturating_float_to_int_enabled: true,
        sign_extension_ops_enabled: true,
        reference_types_enabled: false,
        simd_enabled: false,
        relaxed_simd_enabled: false,
        exceptions_enabled: false,
        gc_enabled: false,
        tail_call_enabled: false,
        threads_enabled: false,
        wide_arithmetic_enabled: false,
        extended_const_enabled: false,
        memory64_enabled: false,
        compact_imports_enabled: false,
        ..Config::default()
    }
}

/// A valid module that ends, from `seed`.
fn smith(seed: u64) -> Option<Vec<u8>> {
    let mut random = Random(seed);
    let len = 200 + random.below(4000);
    let bytes = random.bytes(len);
    let mut module = wasm_smith::Module::new(config(), &mut Unstructured::new(&bytes)).ok()?;
    module.ensure_termination(2000).ok()?;
    Some(module.to_bytes())
}

struct HashHost;

const NAMES: [&str; 4] = ["none", "i32", "i64", "f32"];

impl Host for HashHost {
    fn resolve(&self, _: &str, name: &str, _: &[u8], _: &[u8]) -> Option<u32> {
        NAMES.iter().position(|&known| known == name).map(|index| index as u32)
    }

    fn global(&self, _: &str, _: &str, _: u8) -> Option<u64> {
        Some(9)
    }

    fn call(
        &mut self,
        number: u32,
        args: &[u64],
        _: &mut dyn GuestMemory,
    ) -> Result<u64, HostError> {
        Ok(import_result(NAMES[number as usize], args))
    }
}

/// What a call gave: results, or whether it was a trap, and of which kind.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    Values(Vec<u64>),
    Trap(String),
    /// Stacks end at other depths in other engines; what comes after is not compared.
    Exhausted,
}

/// Everything that can be seen of a run.
#[derive(Debug, PartialEq)]
struct Observed {
    outcomes: Vec<Outcome>,
    memory: Vec<u8>,
    globals: BTreeMap<String, u64>,
}

fn functions(module: &Module) -> Vec<(String, FuncType)> {
    let functions = module.exports().filter_map(|(name, kind)| match kind {
        Extern::Function(_, ty) => Some((name.to_string(), ty)),
        _ => None,
    });
    functions.collect()
}

/// Arguments for every exported function, twice.
fn calls(module: &Module, seed: u64) -> Vec<(String, Vec<(ValType, u64)>)> {
    let mut random = Random(seed);
    let functions = functions(module);
    let twice = functions.iter().chain(&functions);
    let call = |(name, ty): &(String, FuncType)| {
        let args = ty.params.iter().map(|&ty| (ty, random.value(ty))).collect();
        (name.clone(), args)
    };
    twice.map(call).collect()
}

/// Runs the module in the given dispatch, or the best there is.
fn run_ours<M: Memory>(
    module: &Module,
    memory: M,
    seed: u64,
    dispatch: Option<Dispatch>,
) -> (Observed, u64) {
    let mut host = HashHost;
    let calls = calls(module, seed);
    let (mut outcomes, mut globals) = (Vec::new(), BTreeMap::new());
    let mut instance = match Instance::new(module.clone(), memory, &mut host) {
        Ok(instance) => instance,
        Err(LinkError::Start(trap)) => {
            outcomes.push(outcome(&trap.kind));
            return (Observed { outcomes, memory: Vec::new(), globals }, 0);
        }
        Err(error) => panic!("{error}"),
    };
    if dispatch == Some(Dispatch::Loop) {
        instance.use_loop();
    }
    for (name, args) in &calls {
        let args: Vec<_> = args.iter().map(|&(_, bits)| bits).collect();
        let outcome = match instance.call(name, &args, &mut host) {
            Ok(values) => Outcome::Values(values),
            Err(trap) => outcome(&trap.kind),
        };
        outcomes.push(outcome);
        if outcomes.last() == Some(&Outcome::Exhausted) {
            break;
        }
    }
    let mut bytes = vec![0; instance.memory().size() as usize];
    instance.memory_mut().read(0, &mut bytes).expect("all of it");
    for (name, kind) in module.exports() {
        if let Extern::Global(..) = kind {
            globals.extend(instance.global(name).map(|value| (name.to_string(), value)));
        }
    }
    let count = instance.instructions();
    (Observed { outcomes, memory: bytes, globals }, count)
}

fn outcome(kind: &TrapKind) -> Outcome {
    match kind {
        TrapKind::StackExhausted => Outcome::Exhausted,
        kind => Outcome::Trap(kind.to_string()),
    }
}

fn from_wasmi(value: &wasmi::Val) -> u64 {
    match value {
        wasmi::Val::I32(value) => u64::from(*value as u32),
        wasmi::Val::I64(value) => *value as u64,
        wasmi::Val::F32(value) => u64::from(value.to_bits()),
        wasmi::Val::F64(value) => value.to_bits(),
        other => panic!("{other:?}"),
    }
}

fn to_wasmi(ty: ValType, bits: u64) -> wasmi::Val {
    match ty {
        ValType::I32 => wasmi::Val::I32(bits as i32),
        ValType::I64 => wasmi::Val::I64(bits as i64),
        ValType::F32 => wasmi::Val::F32(wasmi::F32::from_bits(bits as u32)),
        ValType::F64 => wasmi::Val::F64(wasmi::F64::from_bits(bits)),
    }
}

fn wasmi_outcome(error: &wasmi::Error) -> Outcome {
    use wasmi::TrapCode as T;
    let kind = match error.as_trap_code() {
        Some(T::UnreachableCodeReached) => TrapKind::Unreachable,
        Some(T::MemoryOutOfBounds) => TrapKind::MemoryOutOfBounds,
        Some(T::TableOutOfBounds) => TrapKind::UndefinedElement,
        Some(T::IndirectCallToNull) => TrapKind::UninitializedElement,
        Some(T::IntegerDivisionByZero) => TrapKind::DivisionByZero,
        Some(T::IntegerOverflow) => TrapKind::IntegerOverflow,
        Some(T::BadConversionToInteger) => TrapKind::InvalidConversion,
        Some(T::BadSignature) => TrapKind::IndirectCallTypeMismatch,
        Some(T::StackOverflow) => TrapKind::StackExhausted,
        other => panic!("{other:?} {error}"),
    };
    outcome(&kind)
}

fn run_wasmi(bytes: &[u8], ours: &Module, seed: u64) -> Observed {
    let engine = wasmi::Engine::default();
    let module = wasmi::Module::new(&engine, bytes).expect("wasmi loads it");
    let mut store = wasmi::Store::new(&engine, ());
    let mut linker = wasmi::Linker::<()>::new(&engine);
    for import in module.imports() {
        let name = import.name().to_string();
        if let wasmi::ExternType::Func(ty) = import.ty() {
            let results = ty.results().to_vec();
            let defined = linker.func_new("env", &name.clone(), ty.clone(), move |_, args, out| {
                let args: Vec<_> = args.iter().map(from_wasmi).collect();
                let bits = import_result(&name, &args);
                if let Some(ty) = results.first() {
                    let ty = if *ty == wasmi::ValType::I32 { ValType::I32 } else { ValType::I64 };
                    out[0] = to_wasmi(ty, bits);
                }
                Ok(())
            });
            // The same import may come twice.
            drop(defined);
        } else {
            let nine = wasmi::Val::I32(9);
            let global = wasmi::Global::new(&mut store, nine, wasmi::Mutability::Const);
            drop(linker.define("env", &name, global));
        }
    }
    let mut outcomes = Vec::new();
    let instance = match linker.instantiate_and_start(&mut store, &module) {
        Ok(instance) => instance,
        Err(error) => {
            outcomes.push(start_outcome(&error));
            return Observed { outcomes, memory: Vec::new(), globals: BTreeMap::new() };
        }
    };
    for (name, args) in calls(ours, seed) {
        let func = instance.get_func(&store, &name).expect("an export");
        let args: Vec<_> = args.iter().map(|&(ty, bits)| to_wasmi(ty, bits)).collect();
        let mut results = vec![wasmi::Val::I32(0); func.ty(&store).results().len()];
        outcomes.push(match func.call(&mut store, &args, &mut results) {
            Ok(()) => Outcome::Values(results.iter().map(from_wasmi).collect()),
            Err(error) => wasmi_outcome(&error),
        });
        if outcomes.last() == Some(&Outcome::Exhausted) {
            break;
        }
    }
    let (mut memory, mut globals) = (Vec::new(), BTreeMap::new());
    for export in module.exports() {
        match export.ty() {
            wasmi::ExternType::Memory(_) => {
                let exported = instance.get_memory(&store, export.name()).expect("an export");
                memory = exported.data(&store).to_vec();
            }
            wasmi::ExternType::Global(_) => {
                let exported = instance.get_global(&store, export.name()).expect("an export");
                let value = from_wasmi(&exported.get(&store));
                globals.insert(export.name().to_string(), value);
            }
            _ => {}
        }
    }
    Observed { outcomes, memory, globals }
}

/// Segments that do not fit are errors of their own kind in wasmi.
fn start_outcome(error: &wasmi::Error) -> Outcome {
    if error.as_trap_code().is_some() {
        return wasmi_outcome(error);
    }
    let text = error.to_string();
    let kind = if text.contains("table") {
        TrapKind::TableOutOfBounds
    } else {
        TrapKind::MemoryOutOfBounds
    };
    outcome(&kind)
}

/// wasmi tells accesses outside a table and calls through one apart no more than this.
fn alike(a: &Outcome, b: &Outcome) -> bool {
    let table = [TrapKind::TableOutOfBounds.to_string(), TrapKind::UndefinedElement.to_string()];
    match (a, b) {
        (Outcome::Trap(a), Outcome::Trap(b)) if table.contains(a) => table.contains(b),
        (a, b) => a == b,
    }
}

/// Compares one module; whether something was compared.
fn agree(seed: u64) -> bool {
    let Some(bytes) = smith(seed) else { return false };
    let module = Module::new(&bytes, &Limits::default())
        .unwrap_or_else(|error| panic!("seed {seed}: a valid module is refused: {error}"));
    let (flat, count) = run_ours(&module, Flat::new(16), seed, None);
    let wasmi = run_wasmi(&bytes, &module, seed);
    let exhausted = flat.outcomes.iter().chain(&wasmi.outcomes).any(|o| *o == Outcome::Exhausted);
    if exhausted {
        return false;
    }
    for (nth, (a, b)) in flat.outcomes.iter().zip(&wasmi.outcomes).enumerate() {
        assert!(alike(a, b), "seed {seed}, call {nth}: ours {a:?}, wasmi {b:?}");
    }
    assert_eq!(flat.outcomes.len(), wasmi.outcomes.len(), "seed {seed}");
    assert_eq!(flat.globals, wasmi.globals, "seed {seed}");
    assert!(flat.memory == wasmi.memory, "seed {seed}: memories differ");
    // The same in the loop, and on split memory, to the instruction.
    let (looped, loop_count) = run_ours(&module, Flat::new(16), seed, Some(Dispatch::Loop));
    assert!(looped == flat, "seed {seed}: the loop differs");
    assert_eq!(loop_count, count, "seed {seed}");
    let mut random = Random(seed);
    let geometry = Geometry {
        window: [0, 40, 4096, 70_000][random.below(4)],
        page_size: 32 << random.below(5),
        pages: 1 + random.below(6) as u32,
    };
    let chip = SpiChip::new(SimChip::new(80), 80).expect("a good chip");
    let (split, split_count) = run_ours(&module, Windowed::new(chip, geometry), seed, None);
    assert!(split == flat, "seed {seed}: {geometry:?} differs");
    assert_eq!(split_count, count, "seed {seed}");
    true
}

fn valid_modules(seeds: core::ops::Range<u64>) {
    let wanted = (seeds.end - seeds.start) / 2;
    let compared = seeds.filter(|&seed| agree(seed)).count() as u64;
    println!("{compared} modules compared");
    assert!(compared > wanted, "only {compared} modules compared");
}

fn features() -> wasmparser::WasmFeatures {
    use wasmparser::WasmFeatures as F;
    F::WASM1 | F::SIGN_EXTENSION | F::SATURATING_FLOAT_TO_INT | F::BULK_MEMORY | F::MULTI_VALUE
}

/// Changes a few bytes.
fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        match random.below(6) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = random.next() as u8,
            2 => bytes[at] = [0x00, 0x01, 0x0B, 0x40, 0x41, 0x7C, 0x7F, 0x80][random.below(8)],
            3 => bytes.insert(at, random.next() as u8),
            4 => {
                bytes.remove(at);
            }
            _ => {
                let from = random.below(bytes.len());
                bytes[at] = bytes[from];
            }
        }
    }
}

/// Compares the verdicts on one mutated module.
fn verdicts_agree(seed: u64) -> Option<bool> {
    let mut bytes = smith(seed)?;
    let mut random = Random(!seed);
    mutate(&mut bytes, &mut random);
    let ours = Module::new(&bytes, &Limits::default());
    let theirs = wasmparser::Validator::new_with_features(features()).validate_all(&bytes);
    match (&ours, &theirs) {
        // Limits are not rules.
        (Err(error), Ok(_)) if error.message.contains("limit") => None,
        (Ok(_), Ok(_)) => Some(true),
        (Err(_), Err(_)) => Some(false),
        (Ok(_), Err(error)) => panic!("seed {seed}: accepted what is invalid: {error}"),
        (Err(error), Ok(_)) => panic!("seed {seed}: refused what is valid: {error}"),
    }
}

fn mutated_modules(seeds: core::ops::Range<u64>) {
    let verdicts: Vec<_> = seeds.filter_map(verdicts_agree).collect();
    let valid = verdicts.iter().filter(|&&valid| valid).count();
    println!("{} modules mutated, {valid} still valid", verdicts.len());
    assert!(valid > verdicts.len() / 100 && valid < verdicts.len());
}

#[test]
fn valid_modules_do_what_wasmi_says() {
    valid_modules(0..500);
}

#[test]
fn mutated_modules_are_refused_when_wasmparser_refuses() {
    mutated_modules(0..500);
}

#[test]
#[ignore = "minutes long"]
fn many_valid_modules_do_what_wasmi_says() {
    valid_modules(1_000..41_000);
}

#[test]
#[ignore = "minutes long"]
fn many_mutated_modules_are_refused_when_wasmparser_refuses() {
    mutated_modules(1_000..41_000);
}
