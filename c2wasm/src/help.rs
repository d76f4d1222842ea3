//! The texts of `--help` around the options.

pub(super) const DESCRIPTION: &str = "\
Compiles C to WebAssembly for microcontrollers.

All sources become one module, with what they use of the C library. The language is C17 with the \
GNU extensions that programs use; `char` is signed, `int`, `long` and pointers have 32 bits, signed \
overflow wraps. Data that the program uses most lies in the fast memory from address 0. The module \
runs with `wasmcu run`, on the device, and on any engine that has its imports (`#include \
<conez_api.h>` declares them; REFERENCE.md lists them).";

pub(super) const EXAMPLES: &str = "\
Examples:
  c2wasm blink.c                      blink.wasm
  c2wasm main.c led.c -o program.wasm two files, one module
  c2wasm -O0 --emit wat blink.c       the module as text, to stdout
  c2wasm --emit layout blink.c        what lies where in memory
  c2wasm -E -DDEBUG=1 blink.c         the preprocessed source
  c2wasm --explain C0201              what a message means, with an example
  echo 'int main(void) { return 7; }' | c2wasm - -o seven.wasm";

/// What `--help` says after the options, and `-h` does not.
pub(super) const MANUAL: &str = "\
Exit status:
  0  the module is written; there may have been warnings
  1  an error in a source, or a file that cannot be read or written
  2  wrong usage

Environment:
  NO_COLOR  if set, messages have no colours; they have none either unless stderr is a terminal

Files:
  FILE.wasm  the module of the first source FILE.c, in the current folder, unless -o says otherwise;
             it carries function names, a line table and the layout in custom sections
  FILE.prof  counts of loads and stores, written by `wasmcu run --profile FILE.prof`, read by
             --profile
  Headers are looked for beside the file that includes them, then in the -I folders in their order,
  then among the built-in ones, which are in the program itself.

Messages:
  human  a picture of the source and the fix
  short  FILE:LINE:COLUMN: error: TEXT [CODE], and lines for notes and help
  json   one object a line: severity, code, warning, message, help, place (file, line,
         column, start, end), labels; README.md has a problem matcher for VS Code

";
