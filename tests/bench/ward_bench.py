#!/usr/bin/env python3
"""Compares `bench_ward` with fastcluster, fastcluster on a product-built matrix, and scipy, in one run.

usage: ward_bench.py FILE.npy [--rows 5000,10000,25000] [--rounds 5] [--program build/release/bin/bench_ward]
                     [--peers fastcluster,fcgemm,scipy] [--venv build/ward-bench-venv]

The programs alternate, round after round, so that a busy machine slows all of them; ratios are medians of the
ratios of each round. numpy, scipy and fastcluster are installed into a virtual environment of their own.
Trees are compared too: largest relative difference of heights, and whether all merges are the same.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import venv

PEER = """
import json, sys, time
import numpy
name, path, rows, save = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
points = numpy.array(numpy.load(path, mmap_mode='r')[:rows])
start = time.perf_counter()
if name == 'scipy':
    from scipy.cluster.hierarchy import linkage
    start = time.perf_counter()
    tree = linkage(points.astype(numpy.float64), 'ward')
elif name == 'fastcluster':
    import fastcluster
    start = time.perf_counter()
    tree = fastcluster.linkage(points.astype(numpy.float64), 'ward')
elif name == 'fcgemm':
    import fastcluster
    start = time.perf_counter()
    centred = points - points.mean(axis=0, dtype=numpy.float64).astype(numpy.float32)
    norms = numpy.einsum('ij,ij->i', centred, centred)
    upper = numpy.empty(rows * (rows - 1) // 2, dtype=numpy.float64)
    at = 0
    step = 1024
    for first in range(0, rows, step):
        block = centred[first:first + step]
        squares = norms[first:first + step, None] + norms[None, first:] - 2.0 * (block @ centred[first:].T)
        distances = numpy.sqrt(numpy.maximum(squares, 0.0))
        for i in range(len(block)):
            count = rows - first - i - 1
            upper[at:at + count] = distances[i, i + 1:]
            at += count
    tree = fastcluster.linkage(upper, 'ward')
seconds = time.perf_counter() - start
tree.astype(numpy.float64).tofile(save)
print(json.dumps({'seconds': seconds}))
"""

COMPARE = """
import json, sys
import numpy
ours, theirs = (numpy.fromfile(path).reshape(-1, 4) for path in sys.argv[1:3])
error = float(numpy.max(numpy.abs(ours[:, 2] - theirs[:, 2]) / numpy.maximum(theirs[:, 2], 1e-12)))
print(json.dumps({'heightError': error, 'sameMerges': bool((ours[:, [0, 1, 3]] == theirs[:, [0, 1, 3]]).all())}))
"""


def environment(folder: pathlib.Path) -> str:
    """The interpreter of the virtual environment, made on the first call."""
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        print(f"installing numpy, scipy and fastcluster into {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "numpy", "scipy", "fastcluster"], check=True)
        (folder / "ready").touch()
    return str(python)


def run_json(command: list[str]) -> dict:
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True,
                          env=dict(os.environ, OMP_WAIT_POLICY="passive"))
    return json.loads(done.stdout.strip().splitlines()[-1])


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):.4g} [{min(values):.4g}-{max(values):.4g}]"


def main() -> None:
    root = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--rows", default="5000,10000,25000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--program", default=str(root / "build/release/bin/bench_ward"))
    parser.add_argument("--peers", default="fastcluster,fcgemm,scipy")
    parser.add_argument("--venv", type=pathlib.Path, default=root / "build/ward-bench-venv")
    options = parser.parse_args()
    python = environment(options.venv)
    peers = [name for name in options.peers.split(",") if name]
    with tempfile.TemporaryDirectory() as folder:
        for rows in map(int, options.rows.split(",")):
            ours: list[dict] = []
            theirs: dict[str, list[float]] = {name: [] for name in peers}
            for _ in range(options.rounds):
                ours.append(run_json([options.program, options.file, "--rows", str(rows),
                                      "--save", f"{folder}/ours"]))
                for name in peers:
                    result = run_json([python, "-c", PEER, name, options.file, str(rows), f"{folder}/{name}"])
                    theirs[name].append(result["seconds"])
            seconds = [run["median"] for run in ours]
            print(f"{rows} rows of {ours[0]['cols']}, {ours[0]['precision']}, {options.rounds} rounds")
            print(f"  ours          {spread(seconds)} s, /B {spread([run['overB'] for run in ours])},"
                  f" peak over base {max(run['peakOverBaseMB'] for run in ours):.0f} MB,"
                  f" evaluations/n² {ours[0]['evaluationsOverN2']}")
            for name in peers:
                ratios = [a / b for a, b in zip(seconds, theirs[name])]
                check = run_json([python, "-c", COMPARE, f"{folder}/ours", f"{folder}/{name}"])
                print(f"  {name:13} {spread(theirs[name])} s, ours/{name} {spread(ratios)},"
                      f" height error {check['heightError']:.1e}, same merges: {check['sameMerges']}", flush=True)


if __name__ == "__main__":
    main()
