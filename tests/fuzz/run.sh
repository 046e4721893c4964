#!/bin/bash
# tests/fuzz/run.sh COUNT [TARGET…]: builds the readers with address and undefined-behaviour sanitizers and feeds each
# COUNT mutated files (default: a million). Fails on the first finding. BUILD names another build folder.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
count=${1:-1000000}
build=${BUILD:-$root/build/asan}
cmake -S "$root" --preset asan -B "$build" >/dev/null
ninja -C "$build" fuzz_readers >/dev/null
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=0:max_allocation_size_mb=512
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
targets=("${@:2}")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <("$build/bin/fuzz_readers" 2>/dev/null || true)
for target in "${targets[@]}"; do
    start=$SECONDS
    "$build/bin/fuzz_readers" "$target" "$count"
    echo "  $((SECONDS - start)) s"
done
