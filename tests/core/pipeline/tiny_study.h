#pragma once
// A model pair of a few kilobytes with seeded weights and a corpus of forty sentences: everything a run
// needs. Thread: one test at a time.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "pipeline/study.h"
#include "tensorfile/safetensors.h"

namespace palimpsest::testing {

struct TinyShape {
    std::size_t hidden = 16;
    std::size_t layers = 2;
    std::size_t intermediate = 32;
    std::size_t pieces = 24; ///< longest sentence, special pieces included
};

inline std::string fileContent(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline void writeFile(const std::filesystem::path& path, const std::string& content)
{
    std::ofstream(path, std::ios::binary) << content;
}

/// Special pieces, then letters as whole words and as continuations: every word of letters has pieces.
inline std::vector<std::string> tinyVocabulary()
{
    std::vector<std::string> pieces{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "good", "bad", "film"};
    for (char letter = 'a'; letter <= 'z'; ++letter) {
        pieces.emplace_back(1, letter);
        pieces.push_back("##" + std::string(1, letter));
    }
    return pieces;
}

inline std::vector<tensorfile::TensorSpec> tinyTensors(const TinyShape& shape)
{
    const std::size_t h = shape.hidden;
    std::vector<tensorfile::TensorSpec> specs;
    const auto add = [&specs](const std::string& name, std::vector<std::size_t> dimensions) {
        specs.push_back({name, tensorfile::ElementType::F32, std::move(dimensions)});
    };
    const auto addLinear = [&add](const std::string& name, std::size_t out, std::size_t in) {
        add(name + ".weight", {out, in});
        add(name + ".bias", {out});
    };
    const auto addNorm = [&add, h](const std::string& name) {
        add(name + ".LayerNorm.weight", {h});
        add(name + ".LayerNorm.bias", {h});
    };
    add("embeddings.word_embeddings.weight", {tinyVocabulary().size(), h});
    add("embeddings.position_embeddings.weight", {shape.pieces, h});
    add("embeddings.token_type_embeddings.weight", {2, h});
    addNorm("embeddings");
    for (std::size_t layer = 0; layer < shape.layers; ++layer) {
        const std::string scope = "encoder.layer." + std::to_string(layer) + ".";
        for (const char* part : {"query", "key", "value"})
            addLinear(scope + "attention.self." + part, h, h);
        addLinear(scope + "attention.output.dense", h, h);
        addNorm(scope + "attention.output");
        addLinear(scope + "intermediate.dense", shape.intermediate, h);
        addLinear(scope + "output.dense", h, shape.intermediate);
        addNorm(scope + "output");
    }
    addLinear("pooler.dense", h, h);
    return specs;
}

/// Writes config.json, model.safetensors, vocab.txt and tokenizer_config.json; `seed` decides the weights.
inline bool writeTinyCheckpoint(
    const std::filesystem::path& folder, std::uint32_t seed, const TinyShape& shape = {})
{
    std::filesystem::create_directories(folder);
    std::string vocabulary;
    for (const std::string& piece : tinyVocabulary())
        vocabulary += piece + "\n";
    writeFile(folder / "vocab.txt", vocabulary);
    writeFile(folder / "tokenizer_config.json",
        R"({"tokenizer_class": "BertTokenizer", "do_lower_case": true, "model_max_length": )"
            + std::to_string(shape.pieces) + "}");
    writeFile(folder / "config.json",
        R"({"architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu", "layer_norm_eps": 1e-12,)"
        R"( "num_attention_heads": 2, "type_vocab_size": 2, "pad_token_id": 0, "hidden_size": )"
            + std::to_string(shape.hidden) + R"(, "num_hidden_layers": )" + std::to_string(shape.layers)
            + R"(, "intermediate_size": )" + std::to_string(shape.intermediate)
            + R"(, "max_position_embeddings": )" + std::to_string(shape.pieces) + R"(, "vocab_size": )"
            + std::to_string(tinyVocabulary().size()) + "}");
    const auto specs = tinyTensors(shape);
    auto writer = tensorfile::SafetensorsWriter::create(folder / "model.safetensors", specs);
    if (!writer)
        return false;
    std::mt19937 random(seed);
    for (const auto& spec : specs) {
        const bool isScale = spec.name.ends_with("LayerNorm.weight");
        for (float& value : writer.value().floats(spec.name)) {
            const float noise = static_cast<float>(random() % 2001) / 1000.0F - 1.0F; // -1..1
            value = isScale ? 1.0F + 0.1F * noise : 0.5F * noise;
        }
    }
    return static_cast<bool>(writer.value().commit());
}

/// A table of `sentences` sentences of five words; positive ones say "good", negative ones "bad".
inline std::string tinyTable(int sentences = 40)
{
    std::string table = "sentence\tlabel\n";
    for (int number = 0; number < sentences; ++number) {
        const bool positive = number % 2 == 0;
        const std::string word(
            static_cast<std::size_t>(1 + number % 3), static_cast<char>('a' + number % 26));
        table += "A " + std::string(positive ? "good" : "bad") + " film " + word + " .\t"
            + (positive ? "pos" : "neg") + "\n";
    }
    return table;
}

/// Both checkpoints (seeds 1 and 2) and the table in `folder`, and the study that names them.
inline pipeline::Study writeTinyStudy(const std::filesystem::path& folder)
{
    pipeline::Study study;
    study.base = folder / "base";
    study.fineTuned = folder / "finetuned";
    study.corpus = folder / "corpus.tsv";
    study.reading.textColumn = "sentence";
    study.reading.labelColumn = "label";
    study.k = 10;
    study.device = "cpu";
    writeTinyCheckpoint(study.base, 1);
    writeTinyCheckpoint(study.fineTuned, 2);
    writeFile(study.corpus, tinyTable());
    return study;
}

} // namespace palimpsest::testing
