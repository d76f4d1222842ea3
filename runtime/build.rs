//! Chooses how the engine dispatches; see `src/engine/exec/run.rs`.

use std::env;

/// Targets with at least six argument registers, whose backend makes a call in tail position a
/// jump when it optimises for speed.
const WIDE: [&str; 3] = ["x86_64", "aarch64", "riscv64"];
/// Targets with four of them, whose backend does so whenever it optimises. (Armv6-M's does not.)
const ARM: [&str; 3] = ["thumbv7", "thumbv8m.main", "armv7"];

fn main() {
    println!("cargo::rustc-check-cfg=cfg(threaded_dispatch)");
    println!("cargo::rerun-if-changed=build.rs");
    let get = |key: &str| env::var(key).unwrap_or_default();
    let (level, arch, target) = (get("OPT_LEVEL"), get("CARGO_CFG_TARGET_ARCH"), get("TARGET"));
    let fast = ["2", "3"].contains(&level.as_str());
    let small = ["s", "z"].contains(&level.as_str());
    // Windows passes only four arguments in registers.
    let wide = WIDE.contains(&arch.as_str()) && get("CARGO_CFG_TARGET_OS") != "windows";
    let arm = ARM.iter().any(|start| target.starts_with(start));
    if wide && fast || arm && (fast || small) {
        println!("cargo::rustc-cfg=threaded_dispatch");
    }
}
