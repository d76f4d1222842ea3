#!/bin/sh
# The outputs of tests/cases/c_small are gcc's: writes each X.out from what `gcc -m32` makes of X.c.
# usage: tests/bless_gcc.sh [--check]     with --check it only says which differ
# Needs gcc-multilib. Programs are within what ISO C and a 32-bit target say, so any right compiler
# gives the same text.
cd "$(dirname "$0")/cases/c_small" || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
for source in *.c; do
    name=${source%.c}
    standard=$(sed -n '1s/.*run:.*std=\([a-z0-9]*\).*/\1/p' "$source" | sed 's/gnu23/gnu2x/')
    printf '%b' "$(sed -n '1s/.*run:.*stdin=\([^ ]*\).*/\1/p' "$source" | sed 's/\\s/ /g')" >"$work/in"
    if ! gcc -m32 -msse2 -mfpmath=sse -O1 -w -std="${standard:-gnu17}" "$source" -o "$work/p" -lm; then
        echo "$name does not compile"
        failed=1
        continue
    fi
    timeout 10 "$work/p" <"$work/in" >"$work/out"
    status=$?
    if [ "$status" -ne 0 ]; then
        echo "$name ends with $status"
        failed=1
    fi
    if [ "$1" != --check ]; then
        cp "$work/out" "$name.out"
    elif ! cmp -s "$work/out" "$name.out"; then
        echo "$name differs from gcc"
        failed=1
    fi
done
exit "$failed"
