#!/usr/bin/env bash
# Makes the pictures of the README and of the gallery (resources/screenshots), both themes, from a project file:
#   packaging/screenshots.sh PROJECT.palimpsest [STUDY.toml [LABELLED.palimpsest]]
# STUDY.toml fills in the new-project dialog, which shows its folder and HOME: choose both so that anyone may see them.
# LABELLED has label sets and gives the pictures of the views that need them.
# Every view and dialog that `--screenshot` visits has its place in the gallery; one without a line below goes to its end.
# Needs a built program, xvfb-run and ImageMagick; the Map view shows nothing where the activations were deleted.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=${PALIMPSEST:-$root/build/release/bin/palimpsest}
pictures=$root/resources/screenshots
limit=6000000 # bytes of all pictures

captions="
overview|Overview: what fine-tuning did, over all layers
concepts|Concepts of a layer: list, card, counterpart in the other model
alignment|Alignment: concepts of both models against each other
labels|Labels: human-defined labels by layer, beside their chance levels
label-curves|Labels: a curve a set
dendrogram|Dendrogram: the merge trees of both models face to face
layers|Layers: every layer against every layer
flow|Flow: where the occurrences of a layer went
flow-layers|Flow: occurrences through the layers of a model
map|Map: a layer in two dimensions, base and fine-tuned in one frame
words|Words: a word through layers and models
task|Task: polar concepts of a class
task-triggers|Task: what their words do to the classifier
task-sentence|Task: a sentence answered while it is typed
story|Story: saved places with texts
search|Search for a word in all layers of both models
commands|All commands by a few letters
menu|The menu
annotators|Annotators and their agreement
add-labels|A label set is tried before it is attached
import|Import of the community's files
export|Export of the community's files
start|Start
new-project|A new project
help|Words and keys
"

[ $# -ge 1 ] || { sed -n '2,7s/^# //p' "$0" >&2; exit 2; }
project=$(realpath "$1")
study=${2:+$(realpath -s "$2")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CONFIG_HOME="$work/config" XDG_CACHE_HOME="$work/cache" XDG_DATA_HOME="$work/data" LC_ALL=C.UTF-8

shoot() { # into FOLDER, with further arguments of the program
    xvfb-run -a -s "-screen 0 1600x1000x24" "$program" --screenshot "$work/$1" --screenshot-size 1280x800 "${@:2}"
}
shoot shots "$project"
shoot shots ${study:+--screenshot-study "$study"}
if [ $# -ge 3 ]; then
    labelled=$(realpath "$3")
    # The Map view shows what was computed before, and is kept in the project.
    [ ! -d "$labelled.cache" ] || "$program" map "$labelled"
    shoot labelled "$labelled"
    for view in labels label-curves add-labels dendrogram layers flow map words; do
        for theme in light dark; do
            [ ! -e "$work/labelled/$view-$theme.png" ] || mv "$work/labelled/$view-$theme.png" "$work/shots"
        done
    done
fi

mkdir -p "$pictures"
rm -f "$pictures"/*-{light,dark}.png
for shot in "$work"/shots/*.png; do
    # A window has few colours; 256 that are chosen well look the same and take a third.
    convert "$shot" -strip +dither -colors 256 -define png:compression-level=9 "PNG8:$pictures/$(basename "$shot")"
done
all=$(cat "$pictures"/*.png | wc -c)
[ "$all" -le $limit ] || { echo "The pictures take $all bytes, more than $limit" >&2; exit 1; }

{
    echo "# Gallery"
    echo "Made by \`packaging/screenshots.sh\`; do not edit. Every view and dialog in both themes, at 1280 × 800."
    names=$(printf '%s\n' "$captions" | cut -d'|' -f1)
    rest=$(cd "$pictures" && ls ./*-light.png | sed 's|^\./||; s|-light\.png$||' | grep -vxF "$names" || true)
    for view in $names $rest; do
        [ -e "$pictures/$view-light.png" ] && [ -e "$pictures/$view-dark.png" ] || continue
        caption=$(printf '%s\n' "$captions" | sed -n "s/^$view|//p")
        printf '\n## %s\n| | |\n|---|---|\n| ![%s, light theme](%s-light.png) | ![%s, dark theme](%s-dark.png) |\n' \
            "${caption:-$view}" "${caption:-$view}" "$view" "${caption:-$view}" "$view"
    done
} > "$pictures/gallery.md"
echo "$(ls "$pictures"/*.png | wc -l) pictures, $all bytes; $pictures/gallery.md"
