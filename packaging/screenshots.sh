#!/usr/bin/env bash
# Makes the pictures of the README in both themes from a project file:
#   packaging/screenshots.sh PROJECT.palimpsest [STUDY.toml [LABELLED.palimpsest]]
# STUDY.toml fills in the new-project dialog; LABELLED has label sets and gives the pictures of the views that come after them in the README.
# Needs a built program, xvfb-run and ImageMagick; the Map view shows nothing where the activations were deleted.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=${PALIMPSEST:-$root/build/release/bin/palimpsest}
pictures=$root/resources/screenshots
limit=250000 # bytes of one picture

[ $# -ge 1 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
project=$(realpath "$1")
study=${2:+$(realpath -s "$2")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CONFIG_HOME="$work/config" XDG_CACHE_HOME="$work/cache" XDG_DATA_HOME="$work/data" LC_ALL=C.UTF-8

shoot() {
    xvfb-run -a -s "-screen 0 1600x1000x24" "$program" --screenshot "$work/shots" --screenshot-size 1280x800 "$@"
}
shoot "$project"
shoot ${study:+--screenshot-study "$study"}
views=(overview concepts alignment new-project task task-triggers task-sentence)
if [ $# -ge 3 ]; then
    labelled=$(realpath "$3")
    mv "$work/shots" "$work/others"
    # The Map view shows what was computed before, and is kept in the project.
    [ ! -d "$labelled.cache" ] || "$program" map "$labelled"
    shoot "$labelled"
    mv "$work/shots"/{labels,label-curves,dendrogram,layers,flow,map,words}-*.png "$work/others"
    rm -rf "$work/shots"
    mv "$work/others" "$work/shots"
    views+=(labels label-curves dendrogram layers flow map words)
fi

mkdir -p "$pictures"
for view in "${views[@]}"; do
    for theme in light dark; do
        picture=$pictures/$view-$theme.png
        convert "$work/shots/$view-$theme.png" -strip -define png:compression-level=9 "$picture"
        # Fewer colours only where it must be.
        [ "$(stat -c %s "$picture")" -le $limit ] \
            || convert "$work/shots/$view-$theme.png" -strip +dither -colors 256 -define png:compression-level=9 "PNG8:$picture"
        [ "$(stat -c %s "$picture")" -le $limit ] || { echo "$picture is larger than $limit bytes" >&2; exit 1; }
    done
done
ls -l "$pictures"
