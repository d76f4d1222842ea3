//! The texts of `--help` around the options.

pub(super) const DESCRIPTION: &str = "\
Compiles, runs and looks into programs for microcontrollers whose fast memory is small.

A program is C (.c), BASIC (.bas), a WebAssembly module (.wasm) or its text (.wat). `run` and `watch` \
are the device: its console is this terminal, its LEDs are coloured cells, its files a folder or RAM, \
its sensors a scenario. What the program prints goes to standard output; messages, reports and the \
strip go to standard error.";

pub(super) const EXAMPLES: &str = "\
Examples:
  wasmcu new blink.c                                  a first program
  wasmcu watch blink.c                                run it, and again on each save
  wasmcu run examples/c/bench.c                       compile and run
  wasmcu run --memory psram --report bench.c          as on the device, with its counts
  wasmcu run --leds 50 --timeout 10 rainbow.bas       the strip in the terminal, for 10 s
  wasmcu run --window 2048 --cache 8x256 fft.wasm     smaller fast memory and cache
  wasmcu inspect bench.wasm                           imports, exports, layout, ConeZ
  wasmcu shell --files examples/c                     the device's command line on a folder
  wasmcu explain C0201                                what a compiler's message means
  echo '> 6 * 7' | wasmcu run -x bas -                a program from standard input";

/// What `--help` says after the options, and `-h` does not.
pub(super) const MANUAL: &str = "\
Exit status:
  The program's own, its low eight bits; 0 when it was stopped by --timeout, --loops or Ctrl-C
  1    a trap, an error in a source, or a file that cannot be read or written
  2    wrong usage
  130  a second Ctrl-C, when the first did not end the program

Environment:
  NO_COLOR  if set, messages have no colours; they have none either unless stderr is a terminal

Files:
  --scenario FILE  TOML: what sensors, pins and clock say over time
  --record FILE    LEDs over time: one JSON object a line (.jsonl, pins too), .gif, or .png
  --profile FILE   loads and stores of each object, for `c2wasm --profile`
  --files DIR      the device's file system; a program sees DIR as `/`

";
