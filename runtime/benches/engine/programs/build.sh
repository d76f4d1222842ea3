#!/bin/sh
# Makes the .wasm files from the C sources; they are kept, so that the bench needs no clang.
cd "$(dirname "$0")" || exit 1
for source in *.c; do
    clang --target=wasm32 -O2 -nostdlib -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=4096 \
        -fno-builtin -o "${source%.c}.wasm" "$source"
done
