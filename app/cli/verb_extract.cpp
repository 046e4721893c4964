// palimpsest extract: word-level activations of one model over a corpus.

#include <memory>

#include "activation/extraction.h"
#include "cli/options.h"
#include "cli/verb.h"
#include "exchange/neurox_activations.h"
#include "model/model.h"
#include "pipeline/encoded_corpus.h"
#include "pipeline/study.h"
#include "tensorfile/matrix_file.h"
#include "tensorfile/safetensors.h"

namespace palimpsest::cli {

using base::Error;
using base::ErrorCode;
using base::Status;
using tensorfile::ElementType;

namespace {

struct ExtractOptions {
    std::string model, corpus, layers, output;
    std::string device = "auto";
    corpus::ReadOptions reading;
    activation::Pooling pooling = activation::Pooling::Last;
};

/// Every word that has a piece, in corpus order.
std::vector<activation::WantedWord> wordsWithPieces(const pipeline::EncodedCorpus& encoded)
{
    std::vector<activation::WantedWord> rows;
    for (std::size_t s = 0; s < encoded.sentences.size(); ++s) {
        const tokenizer::WordPieces& sentence = encoded.sentences[s];
        auto missing = sentence.wordsWithoutPiece.begin();
        for (std::uint32_t word = 0; word < sentence.wordCount; ++word) {
            if (missing != sentence.wordsWithoutPiece.end() && *missing == word)
                ++missing;
            else
                rows.push_back({static_cast<std::uint32_t>(s), word});
        }
    }
    return rows;
}

base::Result<std::vector<int>> chosenLayers(const std::string& text, std::size_t layerCount)
{
    if (!text.empty())
        return pipeline::parseLayers(text);
    std::vector<int> layers;
    for (std::size_t layer = 0; layer <= layerCount; ++layer)
        layers.push_back(static_cast<int>(layer));
    return layers;
}

/// Removes a file that only served on the way.
struct Intermediate {
    std::filesystem::path path;
    ~Intermediate()
    {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
};

/// NeuroX's files hold whole sentences, so they are written from the tensors.
Status writeNeuroX(const std::filesystem::path& tensors, const std::filesystem::path& output,
    const std::shared_ptr<const corpus::Corpus>& corpus, std::span<const activation::WantedWord> words,
    const std::vector<int>& layers, const base::JobContext& ctx)
{
    std::vector<corpus::Token> rows;
    rows.reserve(words.size());
    for (const activation::WantedWord& word : words) {
        const auto sentence = base::toId<base::SentenceId>(word.sentence);
        rows.push_back({sentence, word.word, base::WordId{corpus->wordsOf(sentence)[word.word]}});
    }
    PALIMPSEST_TRY(tokens, corpus::TokenTable::fromRows(corpus, std::move(rows)));
    std::vector<tensorfile::MatrixFile> matrices;
    for (const int layer : layers) {
        PALIMPSEST_TRY(matrix, tensorfile::openMatrix(tensors, "layer_" + std::to_string(layer)));
        matrices.push_back(std::move(matrix));
    }
    return exchange::exportNeuroX(output, *tokens, layers, matrices, ctx);
}

Status extract(const ExtractOptions& options, const base::JobContext& ctx)
{
    const std::filesystem::path output = options.output;
    const bool asTensors = output.extension() == ".safetensors";
    if (!asTensors && output.extension() != ".json" && !exchange::isHdf5(output)) {
        return Error{ErrorCode::Unsupported,
            "Activations are written as .safetensors, or as NeuroX's .json or .hdf5; " + options.output
                + " has another ending"};
    }
    const std::filesystem::path tensors = options.output + (asTensors ? "" : ".part.safetensors");
    const Intermediate intermediate{asTensors ? std::filesystem::path() : tensors};
    PALIMPSEST_TRY(config, model::readModelConfig(options.model));
    PALIMPSEST_TRY(layers, chosenLayers(options.layers, config.layerCount));
    for (const int layer : layers) {
        if (static_cast<std::size_t>(layer) > config.layerCount) {
            return Error{ErrorCode::NotFound,
                "The model has no layer " + std::to_string(layer) + "; its layers are 0 to "
                    + std::to_string(config.layerCount)};
        }
    }
    PALIMPSEST_TRY(tokenizer, tokenizer::Tokenizer::open(options.model));
    PALIMPSEST_TRY(corpus, corpus::readCorpus(options.corpus, options.reading, ctx.part(0.0, 0.01)));
    const std::size_t maxPieces = std::min(config.maxPieces, tokenizer->maxLength());
    PALIMPSEST_TRY(encoded, pipeline::encodeCorpus(*corpus, *tokenizer, maxPieces, ctx.part(0.01, 0.05)));
    if (const std::string warning = pipeline::leftOutWarning(*corpus, encoded.leftOut, encoded.cutSentences);
        !warning.empty())
        ctx.warn(warning);
    PALIMPSEST_TRY(model, model::Model::open(options.model, {options.device}));

    const std::vector<activation::WantedWord> rows = wordsWithPieces(encoded);
    std::vector<tensorfile::TensorSpec> specs{
        {"sentence", ElementType::I32, {rows.size()}}, {"position", ElementType::I32, {rows.size()}}};
    for (const int layer : layers)
        specs.push_back(
            {"layer_" + std::to_string(layer), ElementType::F32, {rows.size(), config.hiddenSize}});
    PALIMPSEST_TRY(writer, tensorfile::SafetensorsWriter::create(tensors, specs));
    auto* sentences = reinterpret_cast<std::int32_t*>(writer.tensor("sentence").data());
    auto* positions = reinterpret_cast<std::int32_t*>(writer.tensor("position").data());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        sentences[row] = static_cast<std::int32_t>(rows[row].sentence);
        positions[row] = static_cast<std::int32_t>(rows[row].word);
    }
    std::vector<std::span<float>> destinations;
    for (const int layer : layers)
        destinations.push_back(writer.floats("layer_" + std::to_string(layer)));
    activation::ExtractOptions extraction;
    extraction.layers = layers;
    extraction.pooling = options.pooling;
    PALIMPSEST_CHECK(activation::extractActivations(
        *model, encoded.pieces(), rows, extraction, destinations, ctx.part(0.05, asTensors ? 1.0 : 0.9)));
    PALIMPSEST_CHECK(writer.commit());
    return asTensors ? Status() : writeNeuroX(tensors, output, corpus, rows, layers, ctx.part(0.9, 1.0));
}

} // namespace

VerbWork makeExtract(CLI::App& verb)
{
    const auto options = std::make_shared<ExtractOptions>();
    verb.add_option("--model", options->model, "Folder of the checkpoint")->required();
    addCorpusOptions(verb, options->corpus, options->reading, true);
    verb.add_option("--layers", options->layers, "Layers, for example 0,3,5-6 (default: all)");
    addPoolingOption(verb, options->pooling);
    verb.add_option("--device", options->device, "auto, cpu, cuda or cuda:N");
    verb.add_option("-o,--output", options->output,
            "The .safetensors file with layer_L [words, hidden], sentence and position; or NeuroX's .json or "
            ".hdf5")
        ->required();
    return [options](Console& console, Outcome&) { return extract(*options, console.context()); };
}

} // namespace palimpsest::cli
