"""Golden attributions for tst_attribution.cpp, made without our code.

Needs torch, transformers (4.40.2 with torch 1.13 were used) and the reference data:
    python3 make_attributions.py REFERENCE_DIR > attributions.tsv
Ten sentences of SST-2 (every 83rd of the dev set) through pairs/minilm-sst2/finetuned in float32. Baseline: [PAD]
at all but special tokens. Target: the predicted label. ig: integrated gradients over
bert.embeddings.word_embeddings with 64 Gauss-Legendre points (numpy); gradient: gradient * (input - baseline);
occlusion: logit - logit with all pieces of a word replaced by [MASK], at the word's first piece.
Lines: sentence, label, target logit, baseline logit, then the scores per piece of ig, gradient and occlusion.
"""
import sys
import numpy
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

root = sys.argv[1]
folder = root + "/pairs/minilm-sst2/finetuned"
tokenizer = AutoTokenizer.from_pretrained(folder)
model = AutoModelForSequenceClassification.from_pretrained(folder).float().eval()
table = model.bert.embeddings.word_embeddings.weight
lines = open(root + "/data/sst2-dev.tsv", encoding="utf-8").read().split("\n")
sentences = [lines[i].split("\t")[0] for i in range(0, 830, 83)]


def logits(vectors):
    return model(inputs_embeds=vectors).logits


def gradient(vectors, target):
    vectors = vectors.detach().requires_grad_(True)
    logits(vectors)[:, target].sum().backward()
    return vectors.grad.detach()


points, weights = numpy.polynomial.legendre.leggauss(64)
points, weights = (points + 1) / 2, weights / 2
for text in sentences:
    encoding = tokenizer(text, return_tensors="pt", return_special_tokens_mask=True)
    ids, special = encoding["input_ids"], encoding["special_tokens_mask"].bool()
    plain = table[ids].detach()
    baseline = table[torch.where(special, ids, torch.full_like(ids, tokenizer.pad_token_id))].detach()
    with torch.no_grad():
        target = int(logits(plain)[0].argmax())
        full, empty = float(logits(plain)[0, target]), float(logits(baseline)[0, target])
    path = torch.cat([baseline + (plain - baseline) * float(p) for p in points])
    mean = (gradient(path, target).double() * torch.tensor(weights)[:, None, None]).sum(0)
    ig = (mean * (plain - baseline)[0].double()).sum(1).tolist()
    slope = (gradient(plain, target)[0].double() * (plain - baseline)[0].double()).sum(1).tolist()
    occlusion = [0.0] * ids.shape[1]
    # Words are separated by spaces, so a word's pieces are those whose characters lie in it.
    offsets = tokenizer(text, return_offsets_mapping=True)["offset_mapping"]
    begin = 0
    for word in text.split(" "):
        end = begin + len(word)
        mine = [i for i, (a, b) in enumerate(offsets) if b > a and begin <= b - 1 < end]
        begin = end + 1
        if not mine:
            continue
        changed = ids.clone()
        changed[0, mine] = tokenizer.mask_token_id
        with torch.no_grad():
            occlusion[mine[0]] = full - float(model(changed).logits[0, target])
    numbers = [" ".join("%.9g" % value for value in row) for row in (ig, slope, occlusion)]
    print("\t".join([text, str(target), "%.9g" % full, "%.9g" % empty] + numbers))
