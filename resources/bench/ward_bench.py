#!/usr/bin/env python3
"""Compares the exact Ward clustering of `palimpsest` with fastcluster, fastcluster on a product-built matrix
(fcgemm), scipy and genieclust, in one run. `palimpsest bench ward` calls it.

The programs take turns, round after round, so that a busy machine slows all of them; ratios are medians of the
ratios of each round. The others are installed into a virtual environment in the cache folder. Trees are compared
too: largest relative difference of heights, and whether all merges are the same. genieclust is another method
(a minimum spanning tree): its time is shown for scale, its tree is not compared.
B = n²·d / R is the time of multiplying every pair once, with R the float32 product of 2048³ measured around each
run of ours.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

from bench_common import Environment, run_json, run_script, spread

PEER = """
import json, sys, time
import numpy
name, path, rows, save = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
def megabytes(field):
    for line in open('/proc/self/status'):
        if line.startswith(field):
            return int(line.split()[1]) / 1024
if name == 'scipy':
    from scipy.cluster.hierarchy import linkage
elif name == 'genieclust':
    import genieclust
else:
    import fastcluster
points = numpy.array(numpy.load(path, mmap_mode='r')[:rows])
open('/proc/self/clear_refs', 'w').write('5')
base = megabytes('VmRSS:')
start = time.perf_counter()
tree = numpy.empty((0, 4))
if name == 'scipy':
    tree = linkage(points.astype(numpy.float64), 'ward')
elif name == 'fastcluster':
    tree = fastcluster.linkage(points.astype(numpy.float64), 'ward')
elif name == 'fcgemm':
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
elif name == 'genieclust':
    genieclust.Genie(n_clusters=min(600, rows // 2)).fit(points)
seconds = time.perf_counter() - start
peak = megabytes('VmHWM:') - base
tree.astype(numpy.float64).tofile(save)
print(json.dumps({'seconds': seconds, 'peakOverBase': peak}))
"""

COMPARE = """
import json, sys
import numpy
ours, theirs = (numpy.fromfile(path).reshape(-1, 4) for path in sys.argv[1:3])
error = float(numpy.max(numpy.abs(ours[:, 2] - theirs[:, 2]) / numpy.maximum(theirs[:, 2], 1e-12)))
print(json.dumps({'heightError': error, 'sameMerges': bool((ours[:, [0, 1, 3]] == theirs[:, [0, 1, 3]]).all())}))
"""


MADE = """
import sys
import numpy
# 1,500 overlapping directions of uneven width in 384 columns with a falling spectrum; one large column.
random = numpy.random.default_rng(1)
rows, cols = int(sys.argv[2]), 384
spectrum = numpy.linspace(1, 0, cols) ** 2 + 0.05
centres = random.standard_normal((1500, cols)) * spectrum
widths = random.uniform(0.3, 1.0, 1500)
label = random.integers(0, 1500, rows)
points = centres[label] + random.standard_normal((rows, cols)) * spectrum * widths[label, None]
points[:, 7] += 20
numpy.save(sys.argv[1], points.astype(numpy.float32))
"""


def compare(options, python: str, vectors: str, rows: int, peers: list[str], folder: str) -> None:
    ours: list[dict] = []
    theirs: dict[str, list[dict]] = {name: [] for name in peers}
    for _ in range(options.rounds):
        ours.append(run_json([options.program, "bench", "ward", "--vectors", vectors, "--measure", str(rows),
                              "--save", f"{folder}/ours"]))
        for name in peers:
            theirs[name].append(run_json([python, "-c", PEER, name, vectors, str(rows), f"{folder}/{name}"]))
    seconds = [run["seconds"] for run in ours]
    print(f"{ours[0]['rows']} rows of {ours[0]['cols']}, {ours[0]['precision']}, {options.rounds} rounds,"
          f" R {spread([run['gflops'] for run in ours])} GFLOP/s")
    print(f"  palimpsest    {spread(seconds)} s, {max(run['peakOverBase'] for run in ours):.0f} MB,"
          f" {spread([run['overBound'] for run in ours])} B, evaluations/n² {ours[0]['evaluations']:.3f}")
    for name in peers:
        ratios = [a / b["seconds"] for a, b in zip(seconds, theirs[name])]
        line = (f"  {name:13} {spread([run['seconds'] for run in theirs[name]])} s,"
                f" {max(run['peakOverBase'] for run in theirs[name]):.0f} MB, ours/{name} {spread(ratios)}")
        if name == "genieclust":
            line += ", another method"
        else:
            check = run_json([python, "-c", COMPARE, f"{folder}/ours", f"{folder}/{name}"])
            line += f", height error {check['heightError']:.1e}, same merges: {check['sameMerges']}"
        print(line, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--cache", type=pathlib.Path, required=True)
    parser.add_argument("--vectors")
    parser.add_argument("--rows", default="5000,10000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", default="fastcluster,fcgemm,scipy,genieclust")
    options = parser.parse_args()
    peers = [name for name in options.peers.split(",") if name]
    unknown = set(peers) - {"fastcluster", "fcgemm", "scipy", "genieclust"}
    if unknown:
        sys.exit(f"unknown programs to compare with: {', '.join(sorted(unknown))}")
    sizes = [int(part) for part in options.rows.split(",")]
    options.cache.mkdir(parents=True, exist_ok=True)
    python = Environment(options.cache / "venv").install(
        sorted({"numpy"} | {"fastcluster" if peer == "fcgemm" else peer for peer in peers}))
    vectors = options.vectors
    if not vectors:
        vectors = str(options.cache / f"made-{max(sizes)}.npy")
        print("rows are made, not activations: name a file by --vectors for yours", flush=True)
        if not os.path.exists(vectors):
            subprocess.run([python, "-c", MADE, f"{vectors}.part.npy", str(max(sizes))], check=True)
            os.replace(f"{vectors}.part.npy", vectors)
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            compare(options, python, vectors, rows, peers, folder)


if __name__ == "__main__":
    run_script(main)
