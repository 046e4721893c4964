#!/usr/bin/env bash
# Makes the README's table of label-aligned concepts per layer, base and fine-tuned, beside chance (RQ2 of the paper):
#   packaging/label_curves.sh BASE FINETUNED PROJECT.palimpsest WORDS.tsv...
# WORDS.tsv: FORM<TAB>UPOS<TAB>XPOS, a blank line after each sentence (Universal Dependencies). A project that is
# there already goes on where it stopped. Environment: PALIMPSEST (program), K (600), THETA (0.9), ROUNDS (100).
set -euo pipefail
[ $# -ge 4 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=${PALIMPSEST:-$root/build/release/bin/palimpsest}
base=$1 finetuned=$2 project=$3
shift 3
folder=$(dirname "$project")/$(basename "$project" .palimpsest).corpus
mkdir -p "$folder"

# One file of words with labels, and the same sentences as text.
awk 'FNR == 1 && NR > 1 && !blank { print "" } { print; blank = ($0 == "") }' "$@" > "$folder/words.tsv"
awk -F '\t' '$0 == "" { if (line != "") print line; line = ""; next }
             { line = line (line == "" ? "" : " ") $1 }
             END { if (line != "") print line }' "$folder/words.tsv" > "$folder/sentences.txt"

"$program" run --base "$base" --finetuned "$finetuned" --corpus "$folder/sentences.txt" \
    --max-occurrences 10 --k "${K:-600}" --theta "${THETA:-0.9}" -o "$project"

has() { "$program" label "$project" | awk '{ print $1 }' | grep -qx "$1"; }
has UPOS || "$program" label "$project" --source "$folder/words.tsv" --option column=2 --option name=UPOS
has XPOS || "$program" label "$project" --source "$folder/words.tsv" --option column=3 --option name=XPOS
has Casing || "$program" label "$project" --source casing
has Suffixes || "$program" label "$project" --source suffixes
if [ -e /usr/share/wordnet/index.noun ]; then
    has WordNet || "$program" label "$project" --source wordnet
fi
"$program" labels "$project" --curves --k "${K:-600}" --theta "${THETA:-0.9}" --rounds "${ROUNDS:-100}" --json | python3 -c '
import json, sys
points = {(p["source"], p["layer"], p["model"]): p for p in json.load(sys.stdin)["rows"]}
sets = [s for s in ("UPOS", "XPOS", "WordNet", "Suffixes", "Casing") if any(key[0] == s for key in points)]
layers = sorted({key[1] for key in points})
print("| layer | " + " | ".join(sets) + " |")
print("|---" * (len(sets) + 1) + "|")
for layer in layers:
    cells = []
    for name in sets:
        base, tuned = points[name, layer, "base"], points[name, layer, "finetuned"]
        cells.append("{} → {} ({:.1f}, {:.1f})".format(base["aligned"], tuned["aligned"], base["chance"], tuned["chance"]))
    print("| " + str(layer) + " | " + " | ".join(cells) + " |")
'
