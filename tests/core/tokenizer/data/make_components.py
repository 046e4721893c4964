#!/usr/bin/env python3
"""Makes components.jsonl: what single normalizers, pre-tokenizers, post-processors and models of Hugging Face
tokenizers do with awkward texts. Run with tokenizers 0.19.1:  python3 make_components.py > components.jsonl

A line: {name, normalizer, pre_tokenizer, post_processor, model, added_tokens, cases: [[text, ids, offsets], …]}.
A model of null stands for the one of `byte_model()`: every byte is a token, so the ids spell out the text."""
import json
from tokenizers import Tokenizer, Regex, AddedToken, models, normalizers as n, pre_tokenizers as p, processors as pp

from make_texts import TEXTS


def byte_model(**options):
    vocab = {"<unk>": 0}
    for byte in range(256):
        vocab["<0x%02X>" % byte] = byte + 1
    return models.BPE(vocab=vocab, merges=[], unk_token="<unk>", byte_fallback=True, **options)


def word_model():
    return models.WordLevel({"<unk>": 0, "a": 1, "the": 2}, unk_token="<unk>")


def show(name, model=None, normalizer=None, pre=None, post=None, added=()):
    tokenizer = Tokenizer(model or byte_model())
    if normalizer:
        tokenizer.normalizer = normalizer
    if pre:
        tokenizer.pre_tokenizer = pre
    if post:
        tokenizer.post_processor = post
    tokenizer.add_tokens(list(added))
    tokenizer = Tokenizer.from_str(tokenizer.to_str())
    state = json.loads(tokenizer.to_str())
    cases = []
    for text in TEXTS:
        encoding = tokenizer.encode(text)
        cases.append([text, encoding.ids, [list(o) for o in encoding.offsets]])
    print(json.dumps({
        "name": name, "normalizer": state["normalizer"], "pre_tokenizer": state["pre_tokenizer"],
        "post_processor": state["post_processor"], "model": state["model"] if model else None,
        "added_tokens": state["added_tokens"], "cases": cases}, separators=(",", ":")))


for name, normalizer in {
    "NFC": n.NFC(), "NFD": n.NFD(), "NFKC": n.NFKC(), "NFKD": n.NFKD(), "Lowercase": n.Lowercase(), "Strip": n.Strip(),
    "Strip right": n.Strip(left=False), "StripAccents": n.Sequence([n.NFD(), n.StripAccents()]), "Nmt": n.Nmt(),
    "Prepend": n.Prepend("\u2581"), "Replace text": n.Replace("e", "\u00e9\u00e9"),
    "Replace spaces": n.Replace(Regex(" {2,}"), " "), "Replace pattern": n.Replace(Regex(r"[^\w\s]|\s+"), "_"),
    "BertNormalizer": n.BertNormalizer(), "BertNormalizer, cased": n.BertNormalizer(lowercase=False),
    "BertNormalizer, accents kept": n.BertNormalizer(strip_accents=False),
}.items():
    show("normalizer " + name, normalizer=normalizer)

pattern = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
pre_tokenizers = {
    "BertPreTokenizer": p.BertPreTokenizer(), "Whitespace": p.Whitespace(), "WhitespaceSplit": p.WhitespaceSplit(),
    "ByteLevel": p.ByteLevel(add_prefix_space=True), "ByteLevel, no regex": p.ByteLevel(add_prefix_space=False, use_regex=False),
    "CharDelimiterSplit": p.CharDelimiterSplit("_"), "Digits": p.Digits(False), "Digits, individual": p.Digits(True),
    "UnicodeScripts": p.UnicodeScripts(), "Metaspace": p.Metaspace(), "Metaspace, first": p.Metaspace(prepend_scheme="first"),
    "Metaspace, never, whole": p.Metaspace(prepend_scheme="never", split=False),
    "Split, Llama 3": p.Sequence([p.Split(Regex(pattern), "isolated"), p.ByteLevel(add_prefix_space=False, use_regex=False)]),
    "Sequence": p.Sequence([p.WhitespaceSplit(), p.Punctuation(), p.Digits(True), p.Metaspace()]),
}
for rule in ("removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous"):
    pre_tokenizers["Punctuation, " + rule] = p.Punctuation(rule)
    pre_tokenizers["Split, " + rule] = p.Split(Regex(r"\s+|\d|\w\b"), rule)
    pre_tokenizers["Split, inverted, " + rule] = p.Split(" ", rule, invert=True)
for name, pre in pre_tokenizers.items():
    show("pre-tokenizer " + name, model=word_model(), pre=pre)

added = [
    AddedToken("<s>", special=True), AddedToken("<mask>", lstrip=True, rstrip=True, special=True), AddedToken("the", single_word=True),
    AddedToken("end", rstrip=True, normalized=False), AddedToken("then", normalized=True), AddedToken("WE'LL", normalized=True),
]
show("added tokens", added=added)
show("added tokens, normalized", normalizer=n.Sequence([n.NFKC(), n.Lowercase()]), added=added)
show("added tokens, Metaspace", model=word_model(), pre=p.Metaspace(prepend_scheme="first"), added=added)

letters = sorted(set("abcdefghijklmnopqrstuvwxyz") | set(p.ByteLevel.alphabet()))
vocab = {token: i for i, token in enumerate(["<s>", "</s>"] + letters + ["th", "the", "\u0120th", "\u0120the", "ll", "ca", "can", "on"])}
merges = [("t", "h"), ("th", "e"), ("\u0120", "th"), ("\u0120th", "e"), ("l", "l"), ("c", "a"), ("ca", "n"), ("o", "n")]
for prefix in (True, False):
    show(f"RobertaProcessing, {prefix}", model=models.BPE(vocab=vocab, merges=merges), pre=p.ByteLevel(add_prefix_space=prefix),
         post=pp.RobertaProcessing(("</s>", 1), ("<s>", 0), trim_offsets=True, add_prefix_space=prefix), added=added[:2])
    show(f"ByteLevel then TemplateProcessing, {prefix}", model=models.BPE(vocab=vocab, merges=merges), pre=p.ByteLevel(add_prefix_space=prefix),
         post=pp.Sequence([pp.ByteLevel(trim_offsets=True, add_prefix_space=prefix),
                           pp.TemplateProcessing(single="<s> $A </s>:1 <s>", special_tokens=[("<s>", 0), ("</s>", 1)])]))
show("BertProcessing", post=pp.BertProcessing(("</s>", 1), ("<s>", 0)))

show("BPE, suffix, unknown fused", pre=p.Whitespace(), model=models.BPE(
    vocab={"<unk>": 0, "a": 1, "t": 2, "h": 3, "e": 4, "e</w>": 5, "th": 6, "the</w>": 7, "a</w>": 8, "b": 9}, merges=[("t", "h"), ("th", "e</w>")],
    unk_token="<unk>", end_of_word_suffix="</w>", fuse_unk=True))
show("BPE, no unknown token", model=models.BPE(vocab={"a": 0, "e": 1, " ": 2, "the": 3, "t": 4, "h": 5, "th": 6}, merges=[("t", "h"), ("th", "e")]))
show("BPE, unknown not fused", model=models.BPE(vocab={"<unk>": 0, "a": 1, " ": 2}, merges=[], unk_token="<unk>"))
show("Unigram", pre=p.Metaspace(), model=models.Unigram(
    [("<unk>", 0.0), ("\u2581", -3.0), ("the", -4.0), ("\u2581the", -3.5), ("t", -6.0), ("h", -6.0), ("e", -5.0), ("n", -5.0), ("\u2581b", -7.0), ("a", -5.5), ("xy", -60.0)], 0))
show("WordPiece, short words", pre=p.BertPreTokenizer(), model=models.WordPiece(
    {"[UNK]": 0, "the": 1, "##n": 2, "b": 3, "##a": 4, "##the": 5, "it": 6, "'": 7, "s": 8, "can": 9, "##t": 10}, unk_token="[UNK]", max_input_chars_per_word=5))
