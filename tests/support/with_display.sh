#!/usr/bin/env bash
# Runs a test with a display: the one there is, or a private xvfb with OpenGL by llvmpipe.
# Settings and caches of the person who runs the tests stay untouched.
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" XDG_DATA_HOME="$home/data"
if [ -n "${DISPLAY:-}" ]; then
    "$@"
else
    xvfb-run -a -s "-screen 0 1600x1000x24" "$@"
fi
