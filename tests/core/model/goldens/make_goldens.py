"""Makes the tiny checkpoints of this folder, with what transformers computes from them. See README.md."""

import json
import pathlib

import torch
import transformers
from safetensors.torch import save_file
from transformers import (
    CamembertConfig,
    DebertaV2Config,
    GPT2Config,
    LlamaConfig,
    MistralConfig,
    MPNetConfig,
    Qwen2Config,
)

FOLDER = pathlib.Path(__file__).parent
LENGTHS = [7, 24, 1, 13, 13, 2]
VOCABULARY = 64
LABELS = {"id2label": {0: "down", 1: "flat", 2: "up"}, "label2id": {"down": 0, "flat": 1, "up": 2}}

SMALL = dict(
    vocab_size=VOCABULARY,
    hidden_size=16,
    num_hidden_layers=2,
    num_attention_heads=4,
    intermediate_size=24,
    max_position_embeddings=32,
)
GPT2 = dict(
    vocab_size=VOCABULARY,
    n_embd=16,
    n_layer=2,
    n_head=4,
    n_inner=24,
    n_positions=32,
    bos_token_id=2,
    eos_token_id=2,
)
GROUPED = dict(SMALL, num_key_value_heads=2)
NO_POSITIONS = dict(position_biased_input=False, relative_attention=True, max_relative_positions=-1)

# name: class, configuration, keys. What each shows is in README.md.
CHECKPOINTS = {
    "gpt2": ("GPT2LMHeadModel", GPT2Config, GPT2),
    "gpt2-scaled": ("GPT2Model", GPT2Config, dict(GPT2, scale_attn_by_inverse_layer_idx=True, n_inner=None)),
    "gpt2-classifier": ("GPT2ForSequenceClassification", GPT2Config, dict(GPT2, pad_token_id=1, **LABELS)),
    "gpt2-token-classifier": ("GPT2ForTokenClassification", GPT2Config, dict(GPT2, scale_attn_weights=False, **LABELS)),
    "llama": ("LlamaForCausalLM", LlamaConfig, dict(GROUPED, pad_token_id=None)),
    "llama-tied": (
        "LlamaForCausalLM",
        LlamaConfig,
        dict(
            GROUPED,
            tie_word_embeddings=True,
            head_dim=6,
            rope_theta=5000.0,
            rope_scaling={"rope_type": "linear", "factor": 2.0},
        ),
    ),
    "llama-classifier": (
        "LlamaForSequenceClassification",
        LlamaConfig,
        dict(
            GROUPED,
            attention_bias=True,
            mlp_bias=True,
            pad_token_id=None,
            rope_scaling={
                "rope_type": "llama3",
                "factor": 4.0,
                "low_freq_factor": 1.0,
                "high_freq_factor": 4.0,
                "original_max_position_embeddings": 16,
            },
            **LABELS,
        ),
    ),
    "llama-token-classifier": ("LlamaForTokenClassification", LlamaConfig, dict(SMALL, pad_token_id=1, **LABELS)),
    "qwen2-classifier": ("Qwen2ForSequenceClassification", Qwen2Config, dict(GROUPED, pad_token_id=1, **LABELS)),
    "mistral": ("MistralModel", MistralConfig, dict(GROUPED, sliding_window=5)),
    "mpnet": ("MPNetForMaskedLM", MPNetConfig, SMALL),
    "mpnet-classifier": ("MPNetForSequenceClassification", MPNetConfig, dict(SMALL, **LABELS)),
    "mpnet-token-classifier": ("MPNetForTokenClassification", MPNetConfig, dict(SMALL, **LABELS)),
    "deberta-v3-classifier": (
        "DebertaV2ForSequenceClassification",
        DebertaV2Config,
        dict(
            SMALL,
            **NO_POSITIONS,
            position_buckets=8,
            share_att_key=True,
            norm_rel_ebd="layer_norm",
            pos_att_type="p2c|c2p",
            layer_norm_eps=1e-7,
            type_vocab_size=0,
            **LABELS,
        ),
    ),
    "deberta-v2-conv": (
        "DebertaV2ForMaskedLM",
        DebertaV2Config,
        dict(
            SMALL,
            relative_attention=True,
            pos_att_type=["c2p", "p2c"],
            conv_kernel_size=3,
            conv_act="gelu",
            type_vocab_size=2,
        ),
    ),
    "deberta-v2-absolute": ("DebertaV2Model", DebertaV2Config, dict(SMALL, type_vocab_size=0)),
    "deberta-v2-token-classifier": (
        "DebertaV2ForTokenClassification",
        DebertaV2Config,
        dict(SMALL, **NO_POSITIONS, max_position_embeddings=8, embedding_size=12, pos_att_type=["p2c"], **LABELS),
    ),
    "camembert-classifier": (
        "CamembertForSequenceClassification",
        CamembertConfig,
        dict(SMALL, max_position_embeddings=34, type_vocab_size=1, layer_norm_eps=1e-5, **LABELS),
    ),
}


def perturb(model, seed):
    """No weight keeps a value (0, 1) with which a wrong mapping would not show."""
    generator = torch.Generator().manual_seed(seed)
    for name, value in model.named_parameters():
        noise = torch.randn(value.shape, generator=generator)
        with torch.no_grad():
            if value.dim() > 1:
                value.copy_(0.25 * noise)
            elif name.endswith("bias"):
                value.copy_(0.1 * noise)
            else:
                value.copy_(1.0 + 0.1 * noise)


def states_and_logits(model, ids, mask):
    with torch.no_grad():
        result = model(input_ids=ids, attention_mask=mask, output_hidden_states=True)
    return result.hidden_states, result.get("logits"), result.get("pooler_output")


def expected(model, ids, mask):
    """Batched with padding on the right, and every sentence alone; rows of padding are left out."""
    real = mask.bool()
    classifies = model.config.architectures[0].endswith("Classification")
    of_words = model.config.architectures[0].endswith("ForTokenClassification")
    batch_classifies = classifies and (of_words or model.config.pad_token_id is not None)
    encoder = model if batch_classifies or not classifies else model.base_model
    tensors = {}
    states, logits, pooled = states_and_logits(encoder, ids, mask)
    for k, state in enumerate(states):
        tensors[f"batch.hidden_states.{k}"] = state[real]
    alone = [
        states_and_logits(model, ids[i : i + 1, : int(mask[i].sum())], mask[i : i + 1, : int(mask[i].sum())])
        for i in range(len(ids))
    ]
    for k in range(len(states)):
        tensors[f"single.hidden_states.{k}"] = torch.cat([one[0][k][0] for one in alone])
    if classifies:
        tensors["single.logits"] = torch.cat([one[1][0] if of_words else one[1] for one in alone])
        # transformers refuses a padded batch where config.json names no padding.
        tensors["batch.logits"] = (
            (logits[real] if of_words else logits) if batch_classifies else tensors["single.logits"].clone()
        )
    if pooled is not None:
        tensors["batch.pooler_output"] = pooled
        tensors["single.pooler_output"] = torch.cat([one[2] for one in alone])
    worst = max(
        float((tensors[f"batch.{name}"] - tensors[f"single.{name}"]).abs().max())
        for name in sorted({name.split(".", 1)[1] for name in tensors})
    )
    return {name: value.contiguous() for name, value in tensors.items()}, worst


def make(name, seed):
    class_name, config_class, keys = CHECKPOINTS[name]
    config = config_class(**keys, attn_implementation="eager")
    torch.manual_seed(seed)
    model = getattr(transformers, class_name)(config).eval()
    perturb(model, seed)
    model.config.architectures = [class_name]
    folder = FOLDER / name
    model.save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    padding = config.pad_token_id if config.pad_token_id is not None else 0
    generator = torch.Generator().manual_seed(seed)
    ids = torch.full((len(LENGTHS), max(LENGTHS)), padding)
    mask = torch.zeros_like(ids)
    for i, length in enumerate(LENGTHS):
        ids[i, :length] = torch.randint(4, VOCABULARY, (length,), generator=generator)
        mask[i, :length] = 1
    tensors, worst = expected(model, ids, mask)
    tensors.update(input_ids=ids, attention_mask=mask)
    save_file(tensors, folder / "expected.safetensors")
    states = sum(1 for key in tensors if key.startswith("batch.hidden"))
    print(f"{name}: {states} states, batch - single {worst:.1e}")


def make_decoder_pair():
    """Two decoders with one byte-level BPE tokenizer without special pieces around a sentence."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    sentences = (FOLDER / "sentences.txt").read_text(encoding="utf-8").splitlines()
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=320, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=["<|endoftext|>"]
    )
    tokenizer.train_from_iterator(sentences, trainer)
    fast = transformers.GPT2TokenizerFast(tokenizer_object=tokenizer, model_max_length=32)
    for number, name in enumerate(("decoder-base", "decoder-finetuned")):
        keys = dict(GPT2, vocab_size=len(fast), bos_token_id=0, eos_token_id=0)
        class_name = "GPT2LMHeadModel"
        if number == 1:
            keys.update(pad_token_id=0, id2label={0: "bad", 1: "good"}, label2id={"bad": 0, "good": 1})
            class_name = "GPT2ForSequenceClassification"
        torch.manual_seed(100 + number)
        model = getattr(transformers, class_name)(GPT2Config(**keys, attn_implementation="eager")).eval()
        perturb(model, 100 + number)
        model.config.architectures = [class_name]
        model.save_pretrained(FOLDER / name)
        (FOLDER / name / "generation_config.json").unlink(missing_ok=True)
        fast.save_pretrained(FOLDER / name)
        for extra in ("vocab.json", "merges.txt", "special_tokens_map.json"):
            (FOLDER / name / extra).unlink(missing_ok=True)
        rows, tensors = [], {}
        states = []
        for s, sentence in enumerate(sentences):
            encoding = fast(sentence, return_offsets_mapping=True)
            ids = torch.tensor([encoding["input_ids"]])
            hidden = states_and_logits(model.base_model, ids, torch.ones_like(ids))[0]
            ends = []
            for word in sentence.split(" "):
                ends.append((ends[-1] + 1 if ends else 0) + len(word))
            last = {}
            for piece, (begin, end) in enumerate(encoding["offset_mapping"]):
                last[next(w for w, stop in enumerate(ends) if end <= stop)] = piece
            for word in range(len(ends)):
                rows.append([s, word])
                states.append(torch.stack([layer[0, last[word]] for layer in hidden]))
        tensors["places"] = torch.tensor(rows)
        for layer in range(states[0].shape[0]):
            tensors[f"layer_{layer}"] = torch.stack([state[layer] for state in states]).contiguous()
        save_file(tensors, FOLDER / name / "expected.safetensors")
        print(f"{name}: {len(rows)} words, {len(fast)} pieces")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for number, checkpoint in enumerate(CHECKPOINTS):
        make(checkpoint, 40 + number)
    make_decoder_pair()
    print(json.dumps({"transformers": transformers.__version__, "torch": torch.__version__}))
