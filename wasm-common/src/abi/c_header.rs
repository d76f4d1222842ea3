//! The C header `conez_api.h`, made from the import table; c2wasm has it as a file among its headers,
//! which a test there compares with this one.
//!
//! Out: one text with the structs and constants, a prototype for each import that C may call, and
//! the inline helpers. A prototype without a definition is an import of the same name: nothing
//! else is needed to call it.

use super::files::{
    DIRENT_NAME, FileMode, KIND_DIR, KIND_FILE, MAX_PATH, SEEK_CUR, SEEK_END, SEEK_SET,
};
use super::imports::{Group, Import};
use alloc::string::String;
use core::fmt::{self, Write};

/// The header's text.
pub fn text() -> String {
    let mut out = String::new();
    // A String takes everything.
    let _ = write(&mut out);
    out
}

fn write(out: &mut dyn Write) -> fmt::Result {
    out.write_str("#ifndef CONEZ_API_H\n#define CONEZ_API_H\n\n")?;
    for name in INCLUDED {
        writeln!(out, "#include <{name}.h>")?;
    }
    out.write_char('\n')?;
    constants(out)?;
    out.write_str(STRUCTS)?;
    for group in Group::ALL {
        prototypes(out, group)?;
    }
    out.write_str(HELPERS)?;
    out.write_str("\n#endif\n")
}

/// Standard headers that ConeZ's programs count on without including them.
const INCLUDED: [&str; 8] =
    ["math", "stdarg", "stdbool", "stddef", "stdint", "stdio", "stdlib", "string"];

fn constants(out: &mut dyn Write) -> fmt::Result {
    let numbers: &[(&str, u32)] = &[
        ("FILE_READ", FileMode::Read.number()),
        ("FILE_WRITE", FileMode::Write.number()),
        ("FILE_APPEND", FileMode::Append.number()),
        ("FILE_READ_UPDATE", FileMode::ReadUpdate.number()),
        ("FILE_WRITE_UPDATE", FileMode::WriteUpdate.number()),
        ("FILE_APPEND_UPDATE", FileMode::AppendUpdate.number()),
        ("FILE_SEEK_SET", SEEK_SET),
        ("FILE_SEEK_CUR", SEEK_CUR),
        ("FILE_SEEK_END", SEEK_END),
        ("FILE_TYPE_FILE", KIND_FILE),
        ("FILE_TYPE_DIR", KIND_DIR),
        ("FILE_MAX_PATH", MAX_PATH as u32),
        ("DIRENT_NAME_SIZE", DIRENT_NAME),
        ("WAIT_GT", super::files::WAIT_GT),
        ("WAIT_LT", super::files::WAIT_LT),
        ("WAIT_EQ", super::files::WAIT_EQ),
        ("WAIT_NE", super::files::WAIT_NE),
        ("WAIT_NEQ", super::files::WAIT_NE),
    ];
    for (name, value) in numbers {
        writeln!(out, "#define {name} {value}")?;
    }
    Ok(())
}

fn prototypes(out: &mut dyn Write, group: Group) -> fmt::Result {
    let for_c = |import: &&Import| !import.name.starts_with("basic_");
    let mut imports = group.imports().iter().filter(for_c).peekable();
    if imports.peek().is_some() {
        writeln!(out, "\n/* {} */", group.title())?;
    }
    for import in imports {
        out.write_str(import.c.text())?;
        out.write_str(";\n")?;
    }
    Ok(())
}

const STRUCTS: &str = "
struct conez_stat { int size; int type; int mtime; };
struct conez_dirent { int type; char name[DIRENT_NAME_SIZE]; };
typedef struct conez_stat conez_stat_t;
typedef struct conez_dirent conez_dirent_t;

#define print_i8(x) print_i32((signed char)(x))
#define print_u8(x) print_i32((unsigned char)(x))
#define print_i16(x) print_i32((short)(x))
#define print_u16(x) print_i32((unsigned short)(x))
#define print_u32(x) printf(\"%u\\n\", (unsigned)(x))
#define print_u64(x) printf(\"%llu\\n\", (unsigned long long)(x))
";

/// Helpers in C, each on a line: so the compiler steps over those that nothing names. `sin256` goes
/// through a turn in 256 steps and gives 0 to 255, as BASIC's SIN256.
const HELPERS: &str = "
/* Helpers */
static inline int clamp(int x, int low, int high) { return x < low ? low : x > high ? high : x; }
static inline float clampf(float x, float low, float high) { \
return x < low ? low : x > high ? high : x; }
static inline int map_range(int x, int in_min, int in_max, int out_min, int out_max) { \
if (in_min == in_max) return out_min; \
return (int)((long long)(x - in_min) * (out_max - out_min) / (in_max - in_min)) + out_min; }
static inline float map_rangef(float x, float in_min, float in_max, float out_min, float out_max) { \
if (in_min == in_max) return out_min; \
return (x - in_min) * (out_max - out_min) / (in_max - in_min) + out_min; }
static inline int clamp255(int x) { return clamp(x, 0, 255); }
static inline int abs_i(int x) { return x < 0 ? -x : x; }
static inline int sin256(int x) { \
return (int)((sinf((float)(x & 255) / 255.0f * 6.28318531f) + 1.0f) * 127.5f); }
static inline int cos256(int x) { return sin256(x + 64); }
static inline int rgb(int r, int g, int b) { return (r & 255) << 16 | (g & 255) << 8 | (b & 255); }
static inline int rgb_r(int color) { return color >> 16 & 255; }
static inline int rgb_g(int color) { return color >> 8 & 255; }
static inline int rgb_b(int color) { return color & 255; }
static inline int hsv_h(int color) { return color >> 16 & 255; }
static inline int hsv_s(int color) { return color >> 8 & 255; }
static inline int hsv_v(int color) { return color & 255; }
static inline int file_exists(const char *path) { \
struct conez_stat s; return file_stat(path, &s) == 0; }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declares_every_import_that_c_may_call() {
        let text = text();
        for import in super::super::imports::all() {
            let declared = text.contains(&alloc::format!("\n{};\n", import.c.text()));
            assert_eq!(declared, !import.name.starts_with("basic_"), "{}", import.name);
        }
    }
}
