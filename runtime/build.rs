//! Chooses how the engine dispatches; see `src/engine/exec/run.rs`.

use std::env;

/// Targets with at least six argument registers, whose backend makes a call in tail position a
/// jump when it optimises.
const TARGETS: [&str; 3] = ["x86_64", "aarch64", "riscv64"];

fn main() {
    println!("cargo::rustc-check-cfg=cfg(threaded_dispatch)");
    println!("cargo::rerun-if-changed=build.rs");
    let is = |key: &str, values: &[&str]| {
        env::var(key).is_ok_and(|value| values.contains(&value.as_str()))
    };
    let optimised = is("OPT_LEVEL", &["2", "3"]);
    // Windows passes only four arguments in registers.
    if optimised
        && is("CARGO_CFG_TARGET_ARCH", &TARGETS)
        && !is("CARGO_CFG_TARGET_OS", &["windows"])
    {
        println!("cargo::rustc-cfg=threaded_dispatch");
    }
}
