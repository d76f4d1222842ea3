//! Links a compiler's program so that it starts soon, where that can be done.
//!
//! A compiler is started for each file. A third of the time that 100 lines of C take went into
//! loading libc and libgcc_s and into relocations, so there are no shared libraries: cargo's own way,
//! `-C target-feature=+crt-static`, cannot be asked for by a package, and without `--target` forbids
//! procedural macros. Of what was left, a sixth went into mapping the program page by page.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The libraries that rustc names when it links with shared ones. A file `libX.so` may be a linker
/// script; ours, in a folder that is searched first, name the archives.
const SHARED: [&str; 3] = ["libc", "libm", "libgcc_s"];
const ARCHIVES: [&str; 4] = ["libc.a", "libm.a", "libgcc_eh.a", "libgcc.a"];

/// Called by the build script of a package: its programs, built for release on Linux with glibc for
/// the machine itself, are linked with the archives if the C compiler has them, else as always. They
/// are told by `c_start`.
pub(crate) fn link_statically() {
    println!("cargo::rustc-check-cfg=cfg(c_start)");
    println!("cargo::rerun-if-changed=../wasm-common/build/static_link.rs");
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|v| v == value);
    let here = env::var("HOST") == env::var("TARGET");
    if here
        && is("PROFILE", "release")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && is("CARGO_CFG_TARGET_OS", "linux")
        && ARCHIVES.iter().all(|archive| has(archive))
    {
        let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
        let script = format!("GROUP({})", ARCHIVES.join(" "));
        for library in SHARED {
            fs::write(out.join(library).with_extension("so"), &script)
                .expect("OUT_DIR can be written");
        }
        for argument in [&format!("-L{}", out.display()), "-static", "-no-pie"] {
            println!("cargo::rustc-link-arg-bins={argument}");
        }
        println!("cargo::rustc-cfg=c_start");
        write_in_one_piece();
    }
}

/// Lets LLD, where rustc has it, write the program in one piece. It else writes into a mapping of the
/// file, so that Linux keeps the file in single pages until it is read anew, as after a restart, and
/// each start maps them one by one. LLD 22 takes the option the other way round: by default, it maps.
fn write_in_one_piece() {
    let rustc = env::var_os("RUSTC").expect("cargo sets RUSTC");
    let Ok(sysroot) = Command::new(rustc).args(["--print", "sysroot"]).output() else { return };
    let target = env::var("TARGET").expect("cargo sets TARGET");
    let folder = Path::new(String::from_utf8_lossy(&sysroot.stdout).trim())
        .join(format!("lib/rustlib/{target}/bin/gcc-ld"));
    let help = Command::new(folder.join("ld.lld")).arg("--help").output();
    let option = "--mmap-output-file";
    if help.is_ok_and(|it| String::from_utf8_lossy(&it.stdout).contains(option)) {
        // As rustc does by itself where LLD is its default, which it is not for all versions.
        for argument in
            ["-fuse-ld=lld", &format!("-B{}", folder.display()), &format!("-Wl,{option}")]
        {
            println!("cargo::rustc-link-arg-bins={argument}");
        }
    }
}

/// Whether the C compiler that links has this library: it prints a path, else the bare name.
fn has(archive: &str) -> bool {
    let printed = Command::new("cc").arg(format!("-print-file-name={archive}")).output();
    printed.is_ok_and(|it| Path::new(String::from_utf8_lossy(&it.stdout).trim()).is_absolute())
}
