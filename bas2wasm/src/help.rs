//! The texts of `--help` around the options.

pub(super) const DESCRIPTION: &str = "\
Compiles BASIC to WebAssembly for microcontrollers.

The dialect is the one that the file names before its first statement (OPTION DIALECT QB, or \
'$DIALECT: 'QB'), else that of --dialect, else gw for a file with line numbers, else conez. Arrays \
and strings that the program uses most lie in the fast memory from address 0. The module runs with \
`wasmcu run`, on the device, and on any engine that has its imports; REFERENCE.md lists statements \
and builtins.";

pub(super) const EXAMPLES: &str = "\
Examples:
  bas2wasm rainbow.bas                       rainbow.wasm
  bas2wasm --dialect qb game.bas -o game.wasm
  bas2wasm -O0 --emit wat ping.bas           the module as text, to stdout
  bas2wasm --emit layout sieve.bas           what lies where in memory
  bas2wasm -Wno-by-value -Werror ping.bas    choose warnings
  bas2wasm --explain B0303                   what a message means, with an example
  echo '> 6 * 7' | bas2wasm - -o answer.wasm";

/// What `--help` says after the options, and `-h` does not.
pub(super) const MANUAL: &str = "\
Dialects:
  conez  ConeZ BASIC: integers by default, arrays from 1, `>` prints
  qb     QuickBASIC 4.5: singles by default, arrays from 0, parameters by reference
  gw     GW-BASIC: line numbers, keywords may touch, FOR and NEXT meet at run time
  ansi   ECMA-55 Minimal BASIC

Exit status:
  0  the module is written; there may have been warnings
  1  an error in the source, or a file that cannot be read or written
  2  wrong usage

Environment:
  NO_COLOR  if set, messages have no colours; they have none either unless stderr is a terminal

Files:
  FILE.wasm  the module of FILE.bas, in the current folder, unless -o says otherwise; it carries
             function names, a line table and the layout in custom sections
  Included files ('$INCLUDE: 'NAME') are looked for beside the program, then in the -I folders in
  their order.

Messages:
  human  a picture of the source and the fix
  short  FILE:LINE:COLUMN: error: TEXT [CODE], and lines for notes and help
  json   one object a line: severity, code, warning, message, help, place (file, line,
         column, start, end), labels; README.md has a problem matcher for VS Code

";
