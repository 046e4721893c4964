"""Makes pairs.jsonl and pair_states.jsonl, what Hugging Face makes of sentence pairs (transformers 4.40.2, tokenizers
0.19.1, torch 1.13):

    python3 -m venv --system-site-packages venv && venv/bin/pip install transformers==4.40.2 safetensors
    venv/bin/python make_pairs.py FOLDER_OF_REFERENCE_DATA

pairs.jsonl: for each reference tokenizer and pair of sentences the ids and segments, whole and truncated to 14 pieces
(longest_first). pair_states.jsonl: for each pair the logits of the reference pair's fine-tuned model, and the first
four values of every piece's state in its last layer.
"""
import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

PAIRS = [
    ("A soccer game with multiple males playing .", "Some men are playing a sport ."),
    ("The film is dull , slow and far too long for what it has to say .", "It is short ."),
    ("No .", "The director never finds out what the story is about , and neither do we , sadly enough ."),
    ("Unbelievably charming", "unbelievably tedious"),
    ("One", "two"),
    ("An older man is drinking orange juice at a restaurant in the evening .",
     "A man is drinking juice while he waits for his daughter to come home ."),
    ("Caf\u00e9s na\u00efve r\u00e9sum\u00e9", "\u4f60\u597d world !"),
    ("x", "A man, a plan, a canal: Panama-like antidisestablishmentarianism"),
]


def main():
    reference = Path(sys.argv[1])
    here = Path(__file__).parent
    with open(here / "pairs.jsonl", "w", encoding="utf-8") as out:
        for folder in sorted((reference / "tokenizers").iterdir()):
            if not (folder / "tokenizer.json").exists():
                continue
            tokenizer = AutoTokenizer.from_pretrained(folder, use_fast=True)
            for first, second in PAIRS:
                whole = tokenizer(first, second, return_token_type_ids=True)
                cut = tokenizer(first, second, return_token_type_ids=True, truncation="longest_first", max_length=14)
                out.write(json.dumps({
                    "tokenizer": folder.name, "first": first, "second": second,
                    "ids": whole["input_ids"], "types": whole["token_type_ids"],
                    "cut_ids": cut["input_ids"], "cut_types": cut["token_type_ids"]}, ensure_ascii=False) + "\n")
    folder = reference / "pairs/minilm-sst2/finetuned"
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with open(here / "pair_states.jsonl", "w", encoding="utf-8") as out, torch.no_grad():
        for first, second in PAIRS:
            batch = tokenizer(first, second, return_tensors="pt")
            result = model(**batch, output_hidden_states=True)
            out.write(json.dumps({
                "first": first, "second": second, "logits": result.logits[0].tolist(),
                "states": result.hidden_states[-1][0, :, :4].tolist()}, ensure_ascii=False) + "\n")


main()
