#!/usr/bin/env bash
# How long compiling takes beside clang, as whole processes: CPU seconds of one run, from the best of
# three rounds. The sources are generated; the larger of a pair is ten times the smaller, so that a
# ratio near 10 means linear growth.
# usage: tests/compile_speed.sh [NAME...]      Needs clang, and c2wasm built (cargo build --release).
cd "$(dirname "$0")/.." || exit 2
bin=${BIN:-target/release}/c2wasm
headers=c2wasm/src/include
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
TIMEFORMAT='%U %S'

# $1 functions of 12 lines, and a main that calls them.
program() {
    awk -v n="$1" 'BEGIN {
        print "#include <stdio.h>"
        for (i = 0; i < n; i++)
            printf "static int t%d[8] = { 1, 2, 3, 4, 5, 6, 7, %d };\nstatic int f%d(int a, int b) {\n" \
                "    int i, s = %d;\n    for (i = 0; i < a; i++) {\n        if ((i ^ b) & 1)\n" \
                "            s += t%d[i & 7] * b;\n        else\n            s -= i >> 2;\n    }\n" \
                "    return s;\n}\n", i, i, i, i, i
        print "int main(void) {\n    int s = 0;"
        for (i = 0; i < n; i++) printf "    s += f%d(%d, s);\n", i, i % 9
        print "    return s & 127;\n}"
    }'
}

small_functions() {
    awk -v n="$1" 'BEGIN {
        for (i = 0; i < n; i++) printf "int f%d(int a) { return a + %d; }\n", i, i
        print "int main(void) { return f0(1); }"
    }'
}

one_function() {
    awk -v n="$1" 'BEGIN {
        print "int g[64];\nint main(int argc, char **argv) {\n    int a = argc, b = 2, c = 3;"
        line[0] = "a = a * 3 + b;"; line[1] = "if (a > c) b ^= a; else c += b;"
        line[2] = "g[a & 63] += b;"; line[3] = "while (c > 100) c -= 37;"
        for (i = 0; i < n; i++) print "    " line[i % 4]
        print "    return a ^ b ^ c;\n}"
    }'
}

expression() {
    awk -v n="$1" 'BEGIN {
        printf "int main(int x, char **argv) { return x"
        for (i = 1; i < n; i++) printf " + x * %d", i
        print "; }"
    }'
}

# CPU milliseconds of one run of a command; $1 is how often it is run.
milliseconds() {
    local runs=$1 best= round
    shift
    "$@" >/dev/null 2>&1 || { echo "compile_speed: failed: $*" >&2; exit 1; }
    for round in 1 2 3; do
        local used
        used=$({ time for ((i = 0; i < runs; i++)); do "$@" >/dev/null 2>&1; done; } 2>&1 |
            awk -v runs="$runs" '{ printf "%.2f", ($1 + $2) * 1000 / runs }')
        best=$(awk -v a="$used" -v b="${best:-$used}" 'BEGIN { print (a < b) ? a : b }')
        [ "$runs" -gt 1 ] || break
    done
    echo "$best"
}

echo '| source | lines | -O0 ms | -O1 ms | -O2 ms | clang -O0 ms | clang / ours -O0 |'
echo '|---|---|---|---|---|---|---|'
row() {
    local name=$1 runs=$2 clang=$3 source=$work/$1.c
    [ ${#wanted[@]} -eq 0 ] || [[ " ${wanted[*]} " == *" $name "* ]] || return
    "$4" "$5" >"$source"
    local cells= level base= theirs=- ratio=-
    for level in 0 1 2; do
        local took
        took=$(milliseconds "$runs" "$bin" -O$level -w "$source" -o "$work/out.wasm") || exit
        base=${base:-$took}
        cells+=" $took |"
    done
    if [ "$clang" = yes ]; then
        theirs=$(milliseconds "$runs" timeout 300 clang --target=wasm32 -O0 -c -w -I"$headers" "$source" -o "$work/out.o") || exit
        ratio=$(awk -v a="$theirs" -v b="$base" 'BEGIN { printf "%.1f", a / b }')
    fi
    echo "| $name | $(wc -l <"$source") |$cells $theirs | $ratio |"
}

wanted=("$@")
row lines-100 20 yes program 8
row lines-1000 10 yes program 77
row lines-50000 1 yes program 3845
row functions-10000 1 yes small_functions 10000
row functions-100000 1 no small_functions 100000
row function-of-5000 1 yes one_function 5000
row function-of-50000 1 no one_function 50000
row terms-1000 5 no expression 1000
row terms-10000 1 no expression 10000
