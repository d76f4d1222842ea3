#!/usr/bin/env bash
# Mutation check: changes one operator in one line at a time and runs the tests; a change that no
# test notices is a survivor, printed with its place.
#
#   tests/mutants.sh COUNT [FILE...]      by default COUNT mutants of check, lower, opt, link, memory
#
# Works in a copy of the tree, so that the tree itself is never broken. The tests of the file's own
# crate come first, the suites that cross crates only for what those let live. MUTANTS_SEED chooses
# other mutants, MUTANTS_TARGET another folder to build in.
set -euo pipefail
count=${1:?usage: tests/mutants.sh COUNT [FILE...]}
shift
root=$(cd "$(dirname "$0")/.." && pwd)
export CARGO_TARGET_DIR=${MUTANTS_TARGET:-$root/target/mutants}
mkdir -p "$CARGO_TARGET_DIR"
copy=$(cd "$CARGO_TARGET_DIR" && pwd)/tree
rm -rf "$copy"
git clone --quiet "$root" "$copy"
cd "$copy"

files=("$@")
if [ ${#files[@]} = 0 ]; then
    mapfile -t files < <(find c2wasm/src/{check,lower} bas2wasm/src/{check,lower} \
        wasm-common/src/{opt,link} runtime/src/memory -name '*.rs' | sort)
fi

# What is replaced by what, outside of comments, attributes and tests.
changes=('s/ < / <= /' 's/ <= / < /' 's/ > / >= /' 's/ >= / > /' 's/ == / != /' 's/ != / == /'
    's/ + / - /' 's/ - / + /' 's/ && / || /' 's/ || / \&\& /' 's/true/false/' 's/false/true/'
    's/if !/if /' 's/\.min(/.max(/' 's/\.max(/.min(/')

passes() {
    timeout 900 cargo test -q "$@" >/dev/null 2>&1
}

suites() {
    passes -p "$1" && passes -p tests --test programs --test generated --test must_hold
}

echo "baseline"
for crate in $(printf '%s\n' "${files[@]}" | cut -d/ -f1 | sort -u); do
    suites "$crate" || { echo "the tests of $crate fail without any change"; exit 1; }
done

RANDOM=${MUTANTS_SEED:-1}
killed=0 survived=0
while [ $((killed + survived)) -lt "$count" ]; do
    file=${files[RANDOM % ${#files[@]}]}
    end=$(grep -n '#\[cfg(test)\]' "$file" | head -1 | cut -d: -f1 || true)
    line=$((1 + (RANDOM * 32768 + RANDOM) % ${end:-$(wc -l <"$file")}))
    change=${changes[RANDOM % ${#changes[@]}]}
    text=$(sed -n "${line}p" "$file")
    case $text in *//* | *'#['* | *'use '* | *'fn '* | *'->'* | *'=>'*) continue ;; esac
    cp "$file" "$file.saved"
    sed -i "${line}${change}" "$file"
    if cmp -s "$file" "$file.saved" || ! cargo check -q -p "${file%%/*}" >/dev/null 2>&1; then
        mv "$file.saved" "$file"
        continue
    fi
    if suites "${file%%/*}"; then
        survived=$((survived + 1))
        echo "survivor: $file:$line $change: $text"
    else
        killed=$((killed + 1))
        echo "killed: $file:$line $change"
    fi
    mv "$file.saved" "$file"
    # An older time of change would look to cargo as if nothing had changed back.
    touch "$file"
done
echo "$killed killed, $survived survived"
