//! Random programs, and what can be seen of a run.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]

pub mod random;
pub mod wasm;

use wasm_common::ir::interp::{Host, Interpreter, Layout, Trap};
use wasm_common::ir::{Program, SymbolKind, Type, verify};

/// Writes down what a program tells it.
#[derive(Default)]
pub struct Log(pub Vec<(String, Vec<u64>)>);

impl Host for Log {
    fn call(
        &mut self,
        _module: &str,
        field: &str,
        args: &[u64],
        _memory: &mut Vec<u8>,
    ) -> Result<u64, Trap> {
        self.0.push((field.to_string(), args.to_vec()));
        Ok(args.iter().fold(7, |sum: u64, arg| sum.wrapping_mul(31).wrapping_add(*arg)) & 0xFFFF)
    }
}

/// Everything that a run leaves behind, apart from the shadow stack. After a trap nothing runs that
/// could look at memory or globals, so they are not compared then.
#[derive(Debug, PartialEq)]
pub struct Outcome {
    pub result: Result<Option<u64>, Trap>,
    pub log: Vec<(String, Vec<u64>)>,
    pub globals: Vec<u64>,
    /// Each object, in the order of the symbols.
    pub data: Vec<Option<Vec<u8>>>,
}

/// Runs `name` and says what came of it, and how many instructions it took.
pub fn run(program: &Program, name: &str, args: &[u64], fuel: u64) -> (Outcome, u64) {
    run_at(program, Layout::simple(&program.symbols), name, args, fuel)
}

/// The same with everything where `layout` says; an object without an address is not there.
pub fn run_at(
    program: &Program,
    layout: Layout,
    name: &str,
    args: &[u64],
    fuel: u64,
) -> (Outcome, u64) {
    let addresses = layout.addresses.clone();
    let mut interpreter = Interpreter::new(program, layout);
    interpreter.fuel = fuel;
    let mut log = Log::default();
    let result = interpreter.run(name, args, &mut log);
    let symbol = program.symbols.find(name).expect("the function exists");
    let ty = program.symbols.func_sig(symbol).and_then(|sig| sig.result);
    let globals = program
        .symbols
        .iter()
        .filter_map(|(symbol, data)| match &data.kind {
            SymbolKind::Global(global) if result.is_ok() => {
                Some(canonical(interpreter.global(symbol), global.ty))
            }
            _ => None,
        })
        .collect();
    let data = program
        .symbols
        .iter()
        .filter_map(|(symbol, data)| match &data.kind {
            SymbolKind::Data(object) if result.is_ok() => {
                let bytes = addresses.get(&symbol).and_then(|&at| {
                    interpreter.memory.get(at as usize..)?.get(..object.size as usize)
                });
                Some(bytes.map(|bytes| contents(&data.name, bytes)))
            }
            _ => None,
        })
        .collect();
    let outcome = Outcome {
        result: result.map(|bits| bits.zip(ty).map(|(bits, ty)| canonical(bits, ty))),
        log: log.0,
        globals,
        data,
    };
    (outcome, interpreter.executed)
}

/// Which NaN an operation gives is open (core specification 4.3.3): all count as one.
pub fn canonical(bits: u64, ty: Type) -> u64 {
    match ty {
        Type::F32 if f32::from_bits(bits as u32).is_nan() => u64::from(f32::NAN.to_bits()),
        Type::F64 if f64::from_bits(bits).is_nan() => f64::NAN.to_bits(),
        _ => bits,
    }
}

/// What an object holds; the one called `floats` holds f64s.
pub fn contents(name: &str, bytes: &[u8]) -> Vec<u8> {
    if name != "floats" {
        return bytes.to_vec();
    }
    let floats = bytes.chunks_exact(8).map(|float| float.try_into().expect("has eight bytes"));
    let bits = floats.map(|float| canonical(u64::from_le_bytes(float), Type::F64));
    bits.flat_map(u64::to_le_bytes).collect()
}

/// The calls that a case asks for: names and arguments.
pub fn calls(text: &str) -> Vec<(String, Vec<u64>)> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("; run: "));
    lines
        .map(|line| {
            let (name, args) = line.trim_end_matches(')').split_once('(').expect("name(args)");
            let args = args.split(',').map(str::trim).filter(|arg| !arg.is_empty());
            let number = |arg: &str| arg.parse::<i64>().expect("a number") as u64;
            (name.to_string(), args.map(number).collect())
        })
        .collect()
}

/// Checks every function.
pub fn verify_all(program: &Program) {
    for func in &program.functions {
        if let Err(error) = verify(func, &program.symbols) {
            panic!("{error}\n{}", func.display(&program.symbols));
        }
    }
}
