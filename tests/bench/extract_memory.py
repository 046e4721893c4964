#!/usr/bin/env python3
"""Peak resident memory of `palimpsest extract` for a corpus, and for the same corpus several times over.

    python3 extract_memory.py PROGRAM MODEL CORPUS [TIMES]

Memory is bounded when both are alike but for what the longer corpus itself takes (its pieces and words)."""
import os
import pathlib
import subprocess
import sys
import tempfile


def peak(program: str, model: str, corpus: pathlib.Path, output: pathlib.Path) -> tuple[float, float]:
    """Megabytes: of the process, and of the file it wrote."""
    process = subprocess.Popen([program, "extract", "--model", model, "--corpus", str(corpus), "-o", str(output)],
                               stderr=subprocess.DEVNULL)
    _, state, usage = os.wait4(process.pid, 0)
    if state != 0:
        sys.exit(f"{program} extract did not finish")
    return usage.ru_maxrss / 1024, output.stat().st_size / 2**20


def main() -> None:
    program, model, corpus = sys.argv[1:4]
    times = int(sys.argv[4]) if len(sys.argv) > 4 else 10
    text = pathlib.Path(corpus).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", ".")) as folder:
        for count in (1, times):
            repeated = pathlib.Path(folder) / "corpus.txt"
            repeated.write_text(text * count, encoding="utf-8")
            memory, written = peak(program, model, repeated, pathlib.Path(folder) / "out.safetensors")
            print(f"corpus × {count}: {repeated.stat().st_size / 2**20:.1f} MB of text, peak {memory:.0f} MB,"
                  f" {written:.0f} MB written", flush=True)


if __name__ == "__main__":
    main()
