#!/usr/bin/env bash
# Installs what is missing, builds, makes the demo and opens the window on it.
# Without a display it does the same headless and prints the overview. May be run again at no cost.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

install_packages "$root/packaging/packages.txt"
build palimpsest
say "Demo: MiniLM-L6 before and after fine-tuning on movie-review snippets (made once, then kept)"
exec "$build_dir/bin/palimpsest" demo "$@"
