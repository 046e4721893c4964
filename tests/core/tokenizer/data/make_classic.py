#!/usr/bin/env python3
"""Makes classic.jsonl: folders without tokenizer.json, and what transformers' AutoTokenizer makes of them. Run with
transformers 4.40.2, tokenizers 0.19.1, sentencepiece 0.2:  python3 make_classic.py > classic.jsonl

A line: {name, files: {name: text, or {"base64": …}}, cases: [[text, ids, offsets], …]}."""
import base64
import io
import json
import os
import tempfile

import sentencepiece
from tokenizers.pre_tokenizers import ByteLevel
from transformers import AutoTokenizer

from make_texts import TEXTS

CORPUS = """A palimpsest is a page from which the text has been scraped off so that it can be used again.
The older writing is still there, faintly, below the newer one, and with patience it can be read.
What a language model has learned before it is trained again for a task can be looked for in the same way.
Some concepts are kept, some are merged or split, some vanish, and some are new: 12 of 100, or 3.5 in 28.
"""


def sentence_piece(name, **options):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(CORPUS.splitlines()), model_writer=model, minloglevel=2, normalization_rule_name="identity", **options)
    return {name: {"base64": base64.b64encode(model.getvalue()).decode()}}


def byte_level():
    tokens = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"] + sorted(ByteLevel.alphabet()) + ["th", "the", "\u0120th", "\u0120the", "an", "can"]
    merges = ["#version: 0.2", "t h", "th e", "\u0120 th", "\u0120th e", "a n", "c an"]
    return {"vocab.json": json.dumps({token: i for i, token in enumerate(tokens)}), "merges.txt": "\n".join(merges) + "\n"}


def word_piece():
    return {"vocab.txt": "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "##n", "a", "##b", "can", "'", "t", "caf", "##\u00e9", "##e", "one"]) + "\n"}


def show(name, model_type, files, **config):
    with tempfile.TemporaryDirectory() as folder:
        files["config.json"] = json.dumps({"model_type": model_type})
        if config:
            files["tokenizer_config.json"] = json.dumps(config)
        for path, content in files.items():
            data = content.encode() if isinstance(content, str) else base64.b64decode(content["base64"])
            with open(os.path.join(folder, path), "wb") as file:
                file.write(data)
        tokenizer = AutoTokenizer.from_pretrained(folder)
        cases = []
        for text in TEXTS:
            encoding = tokenizer.backend_tokenizer.encode(text)
            cases.append([text, encoding.ids, [list(o) for o in encoding.offsets]])
        print(json.dumps({"name": name, "files": files, "cases": cases}, separators=(",", ":")))


DEBERTA = dict(model_type="unigram", vocab_size=80, pad_id=0, bos_id=1, eos_id=2, unk_id=3, pad_piece="[PAD]", bos_piece="[CLS]", eos_piece="[SEP]", unk_piece="[UNK]")
show("Llama", "llama", sentence_piece("tokenizer.model", model_type="bpe", vocab_size=360, byte_fallback=True))
show("Llama, end but no start token", "llama", sentence_piece("tokenizer.model", model_type="bpe", vocab_size=320, byte_fallback=True),
     tokenizer_class="LlamaTokenizer", add_bos_token=False, add_eos_token=True)
show("DeBERTa-v2", "deberta-v2", sentence_piece("spm.model", **DEBERTA))
show("DeBERTa-v2, lower case", "deberta-v2", sentence_piece("spm.model", **DEBERTA), tokenizer_class="DebertaV2Tokenizer", do_lower_case=True)
show("T5", "t5", sentence_piece("spiece.model", model_type="unigram", vocab_size=80, pad_id=0, eos_id=1, unk_id=2, bos_id=-1))
show("CamemBERT", "camembert", sentence_piece("sentencepiece.bpe.model", model_type="unigram", vocab_size=80))
show("XLM-R with BPE", "xlm-roberta", sentence_piece("sentencepiece.bpe.model", model_type="bpe", vocab_size=80))
show("ALBERT, accents and case kept", "albert", sentence_piece(
    "spiece.model", model_type="unigram", vocab_size=80, pad_id=0, unk_id=1, bos_id=-1, eos_id=-1, control_symbols=["[CLS]", "[SEP]", "[MASK]"]),
     tokenizer_class="AlbertTokenizer", keep_accents=True, do_lower_case=False)
show("RoBERTa", "roberta", byte_level())
show("RoBERTa, prefix space", "roberta", byte_level(), tokenizer_class="RobertaTokenizer", add_prefix_space=True)
show("GPT-2", "gpt2", byte_level())
show("Qwen2", "qwen2", byte_level())
show("DeBERTa", "deberta", byte_level())
show("BERT", "bert", word_piece())
show("BERT, cased, accents stripped", "bert", word_piece(), tokenizer_class="BertTokenizer", do_lower_case=False, strip_accents=True, tokenize_chinese_chars=False)
show("MPNet", "mpnet", word_piece())
