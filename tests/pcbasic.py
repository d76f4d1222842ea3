#!/usr/bin/env python3
"""Runs BASIC programs through PC-BASIC and through ours (dialect gw), and compares what they print.

    python3 -m pip install pcbasic
    cargo build --release -p runtime
    python3 tests/pcbasic.py FOLDER_OR_FILE... [--wasmcu target/release/wasmcu] [--seconds 20] [--diff]

`X.in` beside `X.bas` is what it gets as input. Ends with 1 if any program prints something else.
"""

import argparse
import difflib
import pathlib
import re
import subprocess
import sys
import tempfile

# PC-BASIC in a process of its own, which can be stopped: program and input by name, output on stdout.
ORACLE = r"""
import sys, io
from pcbasic.basic import Session
program, entered = sys.argv[1], open(sys.argv[2], 'rb').read().replace(b'\n', b'\r')
out = io.BytesIO()
with Session(input_streams=[io.BytesIO(entered)], output_streams=[out]) as session:
    session.execute('NEW')
    for line in open(program, 'rb').read().splitlines():
        if line.strip():
            session.execute(line.decode('latin-1'))
    out.seek(0); out.truncate()
    try:
        session.execute('RUN')
    except BaseException as why:
        sys.stderr.write(repr(why))
sys.stdout.buffer.write(out.getvalue())
"""


def plain(output):
    """Line ends and what only a screen needs are of no interest."""
    text = output.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "")
    # PC-BASIC marks where an error was; ours shows the line in the message.
    return text.replace("\xff", "").rstrip("\n")


def run(command, entered, seconds):
    try:
        done = subprocess.run(command, stdin=entered, capture_output=True, timeout=seconds)
        return plain(done.stdout)
    except subprocess.TimeoutExpired as late:
        return plain(late.stdout or b"") + "\n(stopped)"


def programs(paths):
    for path in map(pathlib.Path, paths):
        yield from sorted(path.rglob("*.[bB][aA][sS]")) if path.is_dir() else [path]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("paths", nargs="+")
    options.add_argument("--wasmcu", default="target/release/wasmcu")
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--diff", action="store_true", help="show what differs")
    options = options.parse_args()
    same = other = 0
    for path in programs(options.paths):
        beside = path.with_suffix(".in")
        entered = beside if beside.exists() else pathlib.Path("/dev/null")
        with tempfile.NamedTemporaryFile() as copy:
            copy.write(entered.read_bytes())
            copy.flush()
            oracle = [sys.executable, "-c", ORACLE, str(path), copy.name]
            theirs = run(oracle, None, options.seconds)
        limit = ["--timeout", str(options.seconds)]
        command = [options.wasmcu, "run", "--dialect", "gw", "--echo", *limit, str(path)]
        with open(entered, "rb") as stream:
            ours = run(command, stream, options.seconds + 5)
        # PC-BASIC just stops where there is nothing more to read.
        ours = re.sub(r"\n?Input past end in \d+$", "", ours).rstrip("\n")
        if ours == theirs:
            same += 1
            continue
        other += 1
        print(f"differs: {path}")
        if options.diff:
            lines = difflib.unified_diff(
                theirs.splitlines(), ours.splitlines(), "pcbasic", "ours", lineterm="", n=1
            )
            print("\n".join("    " + line for line in lines))
    print(f"{same} programs print the same, {other} do not")
    return 1 if other else 0


if __name__ == "__main__":
    sys.exit(main())
