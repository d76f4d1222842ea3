//! Puts `memory.x` where the linker script of cortex-m-rt looks for it, and links what littlefs
//! needs of the C compiler's libraries.

use std::{env, fs, path::PathBuf, process::Command};

fn main() {
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::copy("memory.x", out.join("memory.x")).expect("OUT_DIR can be written");
    println!("cargo:rustc-link-search={}", out.display());
    println!("cargo:rerun-if-changed=memory.x");

    for library in ["c_nano", "gcc"] {
        let archive = find(&format!("lib{library}.a"));
        let folder = archive.parent().expect("a file in a folder");
        println!("cargo:rustc-link-search={}", folder.display());
        println!("cargo:rustc-link-lib=static={library}");
    }
}

/// The C compiler's archive of this name for a Cortex-M4F.
fn find(archive: &str) -> PathBuf {
    let gcc = Command::new("arm-none-eabi-gcc")
        .args(["-mthumb", "-mcpu=cortex-m4", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"])
        .arg(format!("-print-file-name={archive}"))
        .output()
        .expect("arm-none-eabi-gcc is installed");
    PathBuf::from(String::from_utf8_lossy(&gcc.stdout).trim())
}
