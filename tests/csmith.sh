#!/bin/sh
# Random programs of csmith: ours at -O0 and -O2 must print the checksum that gcc -m32 gives.
# usage: tests/csmith.sh [FIRST [LAST]]     seeds, 1 to 500 by default
# Needs csmith, libcsmith-dev and gcc-multilib, and c2wasm and wasmcu built (cargo build --release).
first=${1:-1} last=${2:-500}
bin=${BIN:-target/release}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
include=-I/usr/include/csmith
passed=0 failed=0
for seed in $(seq "$first" "$last"); do
    # It leaves a file about the platform where it runs.
    (cd "$work" && csmith --seed "$seed" --no-argc -o p.c) 2>/dev/null
    gcc -m32 -O1 -w $include "$work/p.c" -o "$work/p" 2>/dev/null || continue
    # A program that does not end says nothing.
    want=$(timeout 10 "$work/p") || continue
    for level in 0 2; do
        if "$bin/c2wasm" -w -O$level $include "$work/p.c" -o "$work/p.wasm" &&
            [ "$(timeout 600 "$bin/wasmcu" run "$work/p.wasm")" = "$want" ]; then
            passed=$((passed + 1))
        else
            echo "seed $seed at -O$level differs"
            failed=$((failed + 1))
        fi
    done
done
echo "passed $passed, failed $failed"
[ "$failed" -eq 0 ]
