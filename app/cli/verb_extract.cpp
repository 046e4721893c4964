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
    bool download = false;
    std::string device = "auto";
    corpus::ReadOptions reading;
    activation::Pooling pooling = activation::Pooling::Last;
    pipeline::LongSentences longSentences = pipeline::LongSentences::Cut;
    model::Precision precision = model::Precision::Float32;
    ElementType store = ElementType::F32;
};

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
    const std::shared_ptr<const corpus::Corpus>& corpus, std::span<const corpus::WordPlace> places,
    const std::vector<int>& layers, const base::JobContext& ctx)
{
    std::vector<corpus::Token> rows;
    rows.reserve(places.size());
    for (const auto& [sentence, position] : places)
        rows.push_back({sentence, position, base::WordId{corpus->wordsOf(sentence)[position]}});
    PALIMPSEST_TRY(tokens, corpus::TokenTable::fromRows(corpus, std::move(rows)));
    std::vector<tensorfile::MatrixFile> matrices;
    for (const int layer : layers) {
        PALIMPSEST_TRY(matrix, tensorfile::openMatrix(tensors, "layer_" + std::to_string(layer)));
        matrices.push_back(std::move(matrix));
    }
    return exchange::exportNeuroX(output, *tokens, layers, matrices, ctx);
}

/// What a model reads, and what is to be said about it.
base::Result<pipeline::EncodedCorpus> encode(const ExtractOptions& options, const model::ModelConfig& config,
    const corpus::Corpus& corpus, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(tokenizer, tokenizer::Tokenizer::open(options.model));
    const std::size_t maxPieces = std::min(config.maxPieces, tokenizer->maxLength());
    PALIMPSEST_TRY(encoded,
        pipeline::encodeCorpus(
            corpus, *tokenizer, {maxPieces, options.longSentences, config.isDecoder}, ctx));
    for (const std::string& warning :
        {pipeline::leftOutWarning(corpus, encoded.leftOut, encoded.cutSentences),
            pipeline::windowsWarning(encoded.windowedSentences)}) {
        if (!warning.empty())
            ctx.warn(warning);
    }
    return std::move(encoded);
}

/// The file of tensors: places, then values. Goes on with what a stopped call of the same file left.
Status writeTensors(const ExtractOptions& options, const std::filesystem::path& tensors,
    const std::vector<int>& layers, const pipeline::EncodedCorpus& encoded,
    const std::vector<corpus::WordPlace>& places, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(model, model::Model::open(options.model, {options.device, options.precision}));
    std::vector<tensorfile::TensorSpec> specs{
        {"sentence", ElementType::I32, {places.size()}}, {"position", ElementType::I32, {places.size()}}};
    for (const int layer : layers)
        specs.push_back(
            {"layer_" + std::to_string(layer), options.store, {places.size(), model->config().hiddenSize}});
    PALIMPSEST_TRY(writer, tensorfile::SafetensorsWriter::resume(tensors, specs));
    auto* sentences = reinterpret_cast<std::int32_t*>(writer.tensor("sentence").data());
    auto* positions = reinterpret_cast<std::int32_t*>(writer.tensor("position").data());
    std::vector<activation::WantedWord> rows;
    rows.reserve(places.size());
    for (std::size_t row = 0; row < places.size(); ++row) {
        sentences[row] = static_cast<std::int32_t>(base::toIndex(places[row].sentence));
        positions[row] = static_cast<std::int32_t>(places[row].position);
        rows.push_back({encoded.entryOf(places[row]), places[row].position});
    }
    std::vector<activation::Destination> destinations;
    for (const int layer : layers)
        destinations.push_back(
            activation::Destination::inFile(options.store, writer.tensor("layer_" + std::to_string(layer))));
    activation::ExtractOptions extraction;
    extraction.layers = layers;
    extraction.pooling = options.pooling;
    extraction.progressFile = tensors.string() + ".progress";
    const auto extracted
        = activation::extractActivations(*model, encoded.pieces(), rows, extraction, destinations, ctx);
    if (!extracted) {
        if (extracted.error().code == ErrorCode::Cancelled)
            writer.keepPart();
        return extracted.error();
    }
    if (extracted.value().reused > 0) {
        ctx.warn(std::to_string(extracted.value().reused) + " of "
            + std::to_string(extracted.value().sentences)
            + " sentences had been read by a run that was stopped");
    }
    return writer.commit();
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
    PALIMPSEST_TRY(corpus, corpus::readCorpus(options.corpus, options.reading, ctx.part(0.0, 0.01)));
    PALIMPSEST_TRY(encoded, encode(options, config, *corpus, ctx.part(0.01, 0.05)));
    const std::vector<corpus::WordPlace> places = pipeline::wordsWithPieces(*corpus, encoded);
    PALIMPSEST_CHECK(
        writeTensors(options, tensors, layers, encoded, places, ctx.part(0.05, asTensors ? 1.0 : 0.9)));
    return asTensors ? Status() : writeNeuroX(tensors, output, corpus, places, layers, ctx.part(0.9, 1.0));
}

} // namespace

VerbWork makeExtract(CLI::App& verb)
{
    const auto options = std::make_shared<ExtractOptions>();
    verb.add_option("--model", options->model, kModelHelp)->required();
    addDownloadOption(verb, options->download);
    addCorpusOptions(verb, options->corpus, options->reading, true);
    verb.add_option("--layers", options->layers, "Layers, for example 0,3,5-6 (default: all)");
    addPoolingOption(verb, options->pooling);
    addExtractionOptions(verb, options->longSentences, options->precision, options->store);
    verb.add_option("--device", options->device, "auto, cpu, cuda or cuda:N");
    verb.add_option("-o,--output", options->output,
            "The .safetensors file with layer_L [words, hidden], sentence and position; or NeuroX's .json or "
            ".hdf5")
        ->required();
    return [options](Console& console, Outcome&) -> Status {
        PALIMPSEST_CHECK(findModelFolder(options->model, options->download, console.context()));
        return extract(*options, console.context());
    };
}

} // namespace palimpsest::cli
