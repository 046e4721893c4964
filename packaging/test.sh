#!/usr/bin/env bash
# Installs what is missing, builds everything and runs all tests. May be run again at no cost.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

install_packages "$root/packaging/packages.txt" "$root/packaging/packages-test.txt"
build all

results="$build_dir/tests/results"
rm -rf "$results"
mkdir -p "$results"
say "Tests"
code=0
ctest --test-dir "$build_dir" --output-on-failure --no-tests=error -j 2 "$@" || code=$?

# Every QtTest program leaves a line "Totals: P passed, F failed, S skipped, …"; one that died leaves none.
counts=$(cat "$results"/*.txt | awk '/^Totals:/ { p += $2; f += $4; s += $6 } END { print p + 0, f + 0, s + 0 }')
read -r passed failed skipped <<<"$counts"
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1
fi
if [ "$skipped" -gt 0 ]; then
    say "Skipped"
    grep -h -A 1 '^SKIP' "$results"/*.txt || true
fi
printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
