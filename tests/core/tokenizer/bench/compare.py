#!/usr/bin/env python3
"""Tokenizes 1 million words with Palimpsest and with Hugging Face's (Rust) tokenizers, one thread each, side by side.

    python3 compare.py BENCH_TOKENIZER REFERENCE_FOLDER [VENV]

BENCH_TOKENIZER is the built program, REFERENCE_FOLDER holds data/ and tokenizers/. Hugging Face's library is installed
into a virtual environment of its own (default: compare-venv beside the program)."""
import json
import os
import pathlib
import subprocess
import sys
import time
import venv

WORDS = 1_000_000


def in_own_environment(folder):
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "tokenizers==0.19.1"], check=True)
    if pathlib.Path(sys.prefix).resolve() != folder.resolve():
        os.execv(python, [str(python), *sys.argv])


def corpus(reference):
    """SST-2's sentences, repeated until there are enough words."""
    lines = []
    for part in ("train", "dev", "test"):
        text = (reference / "data" / f"sst2-{part}.tsv").read_text(encoding="utf-8")
        lines += [line.split("\t")[0] for line in text.splitlines()]
    texts, words = [], 0
    while words < WORDS:
        for line in lines:
            texts.append(line)
            words += len(line.split())
            if words >= WORDS:
                break
    return texts


def main():
    bench, reference = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    in_own_environment(pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else bench.parent / "compare-venv")
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    os.environ["RAYON_NUM_THREADS"] = "1"
    from tokenizers import Tokenizer

    texts = corpus(reference)
    file = bench.parent / "compare-texts.txt"
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    print(f"{'tokenizer':20s}{'Hugging Face':>14s}{'Palimpsest':>12s}{'ratio':>8s}{'pieces':>10s}")
    for folder in sorted((reference / "tokenizers").iterdir()):
        if not (folder / "tokenizer.json").exists():
            continue
        peer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            encodings = peer.encode_batch(texts)
            best = min(best, time.perf_counter() - start)
            pieces = sum(len(encoding.ids) for encoding in encodings)
        ours = json.loads(subprocess.run([bench, folder, file], check=True, capture_output=True).stdout)
        same = "" if ours["pieces"] == pieces else f"  (Hugging Face: {pieces} pieces)"
        print(f"{folder.name:20s}{best:12.2f} s{ours['seconds']:10.3f} s{best / ours['seconds']:8.1f}{ours['pieces']:10d}{same}", flush=True)


main()
