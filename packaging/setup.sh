# Functions shared by run.sh and test.sh: say what is done, install what is missing, build. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build_dir="$root/build/release"

say() { printf '\n== %s\n' "$*"; }
die() { printf 'palimpsest: %s\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    elif command -v sudo >/dev/null; then
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    else
        die "packages have to be installed; run this as root or install sudo"
    fi
}

# install_packages LIST…: the packages named in the files that are not installed yet.
install_packages() {
    command -v dpkg-query >/dev/null || die "this script installs with apt; it needs Debian 12 or a relative"
    local wanted missing
    wanted=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@")
    missing=$(for package in $wanted; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
    done)
    if [ -z "$missing" ]; then
        say "Packages: all $(echo "$wanted" | wc -w) are installed"
        return
    fi
    say "Packages: installing $(echo "$missing" | wc -w) of $(echo "$wanted" | wc -w)"
    as_root apt-get update -qq
    # shellcheck disable=SC2086
    as_root apt-get install -y --no-install-recommends -qq $missing
}

# build TARGET…: configures once, then lets ninja do what is left.
build() {
    say "Build: $build_dir"
    if [ ! -f "$build_dir/build.ninja" ]; then
        cmake --preset release -S "$root" >"$root/build-configure.log" 2>&1 || {
            cat "$root/build-configure.log" >&2
            die "configuring failed; the log is above"
        }
        rm -f "$root/build-configure.log"
    fi
    NINJA_STATUS='[%f/%t %es] ' ninja -C "$build_dir" "$@"
}
