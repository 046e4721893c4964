#!/usr/bin/env python3
"""Compares word-level extraction of all layers by `palimpsest` with NeuroX's extractor and with a batched loop of
transformers, in one run. `palimpsest bench extract` calls it.

The programs take turns, round after round, so that a busy machine slows all of them; ratios are medians of the
ratios of each round. All get the same number of threads. Timed is what comes after loading: from sentences in
memory to one float32 vector per word and layer in memory (NeuroX: in the HDF5 file that it writes). The loop with
transformers sorts by length, pads, picks the last piece of every word by the fast tokenizer's word ids and tries
several batch sizes first; the best one is kept. NeuroX runs sentence by sentence, so it gets a sample of them;
its words per second are of that sample.
Both are run on the torch of PyPI and on the system's (python3-torch), each in an environment of its own.
OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE are taken out of everybody's environment, so that every library chooses its
kernels; with --core-type kept they stay, and with both, both are measured.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from bench_common import Environment, run_json, run_script, spread

LOOP = """
import json, sys, time
import numpy, torch, transformers
model_path, corpus, threads, sizes, save = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5]
transformers.logging.set_verbosity_error()
torch.set_num_threads(threads)
tokenizer = transformers.AutoTokenizer.from_pretrained(model_path)
model = transformers.AutoModel.from_pretrained(model_path, torch_dtype=torch.float32).eval()
sentences = [line.rstrip('\\n').split(' ') for line in open(corpus, encoding='utf-8')]
layers = model.config.num_hidden_layers + 1
pad = tokenizer.pad_token_id

def extract(sentences, batch):
    encoded = tokenizer(sentences, is_split_into_words=True, truncation=True, max_length=512)
    ids = encoded['input_ids']
    lasts, firsts, count = [], [], 0
    for index in range(len(ids)):
        last = {}
        for piece, word in enumerate(encoded.word_ids(index)):
            if word is not None:
                last[word] = piece
        lasts.append(list(last.values()))
        firsts.append(count)
        count += len(last)
    out = torch.empty(layers, count, model.config.hidden_size)
    order = sorted(range(len(ids)), key=lambda index: -len(ids[index]))
    for begin in range(0, len(order), batch):
        part = order[begin:begin + batch]
        length = len(ids[part[0]])
        padded = torch.tensor([ids[i] + [pad] * (length - len(ids[i])) for i in part])
        mask = torch.tensor([[1] * len(ids[i]) + [0] * (length - len(ids[i])) for i in part])
        with torch.inference_mode():
            states = model(input_ids=padded, attention_mask=mask, output_hidden_states=True).hidden_states
            rows = torch.tensor([row for row, i in enumerate(part) for _ in lasts[i]])
            pieces = torch.tensor([piece for i in part for piece in lasts[i]])
            to = torch.tensor([firsts[i] + word for i in part for word in range(len(lasts[i]))])
            for layer in range(layers):
                out[layer, to] = states[layer][rows, pieces]
    return out

def timed(sentences, batch):
    start = time.perf_counter()
    out = extract(sentences, batch)
    return time.perf_counter() - start, out

sizes = [int(size) for size in sizes.split(',')]
sample = sentences[::max(1, len(sentences) // 600)]
extract(sample[:64], sizes[0])
if len(sizes) > 1:
    sizes = [min(sizes, key=lambda size: timed(sample, size)[0])]
seconds, out = timed(sentences, sizes[0])
if save:
    out[-1].numpy().tofile(save)
print(json.dumps({'seconds': seconds, 'words': out.shape[1], 'batch': sizes[0], 'torch': torch.__version__,
    'transformers': transformers.__version__}))
"""

NEUROX = """
import contextlib, io, json, os, sys, time, warnings
warnings.filterwarnings('ignore')
import torch, transformers
from neurox.data.extraction import transformers_extractor as extractor
model_path, corpus, threads, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
transformers.logging.set_verbosity_error()
torch.set_num_threads(threads)
loaded = extractor.get_model_and_tokenizer(model_path)
extractor.get_model_and_tokenizer = lambda *names, **options: loaded
words = sum(len(line.strip().split(' ')) for line in open(corpus, encoding='utf-8'))
with open(os.devnull, 'w') as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
    start = time.perf_counter()
    extractor.extract_representations(model_path, corpus, os.path.join(folder, 'neurox.hdf5'), output_type='hdf5')
    seconds = time.perf_counter() - start
print(json.dumps({'seconds': seconds, 'words': words, 'torch': torch.__version__,
    'transformers': transformers.__version__}))
"""

COMPARE = """
import json, sys
import numpy
ours, theirs = (numpy.fromfile(path, dtype=numpy.float32) for path in sys.argv[1:3])
same = len(ours) == len(theirs)
print(json.dumps({'gap': float(numpy.max(numpy.abs(ours - theirs))) if same else None}))
"""

KERNEL_VARIABLES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
BATCH_SIZES = "8,16,32,64,128"
PIP = ["torch", "transformers<5", "h5py", "tqdm"]
SYSTEM = ["transformers==4.40.2", "h5py", "tqdm"]  # the last ones that take torch 1.13


def system_python() -> str | None:
    """The interpreter of the system's packages, where it has torch."""
    for python in ("/usr/bin/python3", shutil.which("python3")):
        if python and subprocess.run([python, "-c", "import torch"], stderr=subprocess.DEVNULL).returncode == 0:
            return python
    return None


def interpreters(options) -> dict[str, str]:
    """Name of a torch -> interpreter of the environment in which it is."""
    found = {}
    given = dict(pair.split("=", 1) for pair in options.venv)
    for name in filter(None, options.torch.split(",")):
        folder = options.cache / f"extract-{name}"
        if name in given:
            found[name] = str(pathlib.Path(given[name]) / "bin" / "python")
        elif name == "pip":
            try:
                found[name] = Environment(folder).install(PIP, "NeuroX")
            except subprocess.CalledProcessError:
                print("torch cannot be installed by pip here", flush=True)
        elif name == "system":
            if base := system_python():
                found[name] = Environment(folder, base).install(SYSTEM, "NeuroX")
            else:
                print("the system's Python has no torch (Debian: python3-torch)", flush=True)
        else:
            sys.exit(f"unknown torch: {name}")
    if not found:
        sys.exit("there is no torch to compare with")
    return found


def sample(corpus: str, count: int, path: pathlib.Path) -> str:
    lines = pathlib.Path(corpus).read_text(encoding="utf-8").split("\n")
    lines = [line for line in lines if line.strip()]
    if 0 < count < len(lines):
        lines = [lines[index * len(lines) // count] for index in range(count)]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return str(path)


def kernels() -> str:
    names = [f"{name}={os.environ[name]}" for name in KERNEL_VARIABLES if name in os.environ]
    return " ".join(names) or " and ".join(KERNEL_VARIABLES) + " unset"


def compare(options, pythons: dict[str, str], threads: int, folder: pathlib.Path) -> None:
    corpus = sample(options.corpus, options.sentences, folder / "corpus.txt")
    short = sample(options.corpus, options.neurox_sentences or options.sentences, folder / "short.txt")
    count = str(threads)
    limits = {name: count for name in
              ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")}
    ours: list[dict] = []
    theirs: dict[str, list[dict]] = {}
    batches = {name: BATCH_SIZES for name in pythons}
    for _ in range(options.rounds):
        ours.append(run_json([options.program, "bench", "extract", "--model", options.model, "--corpus", corpus,
                              "--measure", count, "--save", str(folder / "ours")], **limits))
        for name, python in pythons.items():
            if "transformers" in options.peers:
                run = run_json([python, "-c", LOOP, options.model, corpus, count, batches[name],
                                str(folder / name)], **limits)
                batches[name] = str(run["batch"])
                theirs.setdefault(f"transformers, torch of {name}", []).append(run)
            if "neurox" in options.peers:
                theirs.setdefault(f"NeuroX, torch of {name}", []).append(
                    run_json([python, "-c", NEUROX, options.model, short, count, str(folder)], **limits))
    rates = [run["words"] / run["seconds"] for run in ours]
    print(f"{threads} thread{'s' if threads > 1 else ''}, {kernels()}, {options.rounds} rounds, {ours[0]['sentences']} sentences,"
          f" {ours[0]['words']} words, {ours[0]['pieces']} pieces, words per second")
    print(f"  palimpsest {spread(rates)}; {spread([run['gflops'] for run in ours])} GFLOP/s ="
          f" {spread([100 * run['shareOfProduct'] for run in ours])} % of a 2048-cubed product's"
          f" {spread([run['productGflops'] for run in ours])}; tokenizing"
          f" {spread([run['tokenizing'] for run in ours])} s of {spread([run['seconds'] for run in ours])} s")
    for name, runs in theirs.items():
        peer = [run["words"] / run["seconds"] for run in runs]
        line = (f"  {name} {runs[0]['torch']}, transformers {runs[0]['transformers']}: {spread(peer)}, ours/theirs"
                f" {spread([a / b for a, b in zip(rates, peer)])}")
        if "batch" in runs[0]:
            python = name.split()[-1]
            check = run_json([pythons[python], "-c", COMPARE, str(folder / "ours"), str(folder / python)])
            gap = "other words" if check["gap"] is None else f"largest difference {check['gap']:.1e}"
            line += f", batches of {runs[0]['batch']}, {gap}"
        print(line, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--cache", type=pathlib.Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", default="neurox,transformers")
    parser.add_argument("--torch", default="pip,system")
    parser.add_argument("--sentences", type=int, default=0)
    parser.add_argument("--neurox-sentences", type=int, default=400)
    parser.add_argument("--core-type", choices=("unset", "kept", "both"), default="unset")
    parser.add_argument("--venv", action="append", default=[])
    options = parser.parse_args()
    unknown = set(filter(None, options.peers.split(","))) - {"neurox", "transformers"}
    if unknown:
        sys.exit(f"unknown programs to compare with: {', '.join(sorted(unknown))}")
    if any("=" not in pair for pair in options.venv):
        sys.exit("--venv takes pip=FOLDER or system=FOLDER")
    options.cache.mkdir(parents=True, exist_ok=True)
    pythons = interpreters(options)
    with tempfile.TemporaryDirectory() as folder:
        for core_type in ("kept", "unset"):
            if core_type == "unset":
                for name in KERNEL_VARIABLES:
                    os.environ.pop(name, None)
            if options.core_type in (core_type, "both"):
                for threads in options.threads.split(","):
                    compare(options, pythons, int(threads), pathlib.Path(folder))


if __name__ == "__main__":
    run_script(main)
