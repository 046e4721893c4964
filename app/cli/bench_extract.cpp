// palimpsest bench extract: word-level extraction beside NeuroX's extractor and a batched transformers loop.

#include <algorithm>
#include <chrono>
#include <memory>
#include <span>

#include "activation/extraction.h"
#include "base/mapped_file.h"
#include "cli/bench.h"
#include "cli/tables.h"
#include "cluster/product_rate.h"
#include "corpus/reader.h"
#include "model/matrix_product.h"
#include "model/model.h"
#include "pipeline/demo.h"
#include "pipeline/demo_material.h"
#include "pipeline/encoded_corpus.h"
#include "pipeline/snippets.h"

namespace palimpsest::cli {

namespace fs = std::filesystem;
using base::Status;

namespace {

struct ExtractBenchOptions {
    std::string model, corpus;
    std::string threads = "1,2";
    std::string peers = "neurox,transformers";
    std::string torch = "pip,system";
    std::string coreType = "unset";
    std::vector<std::string> environments;
    std::uint32_t repeat = 3;
    std::size_t sentences = 0;
    std::size_t neuroxSentences = 400;
    std::size_t measure = 0; ///< threads of one run of ours, which the script asks for
    std::string save;
};

/// The faster of LibTorch's product and the one that the encoders use, so that no share is flattered by the
/// slower.
double machineProductRate()
{
    constexpr std::int64_t kSide = 2048;
    double best = cluster::measureProductRate();
    if (!model::hasMatrixProduct())
        return best;
    const std::vector<float> operand(static_cast<std::size_t>(kSide * kSide), 1.0F);
    std::vector<float> product(operand.size());
    for (int repeat = 0; repeat < 5; ++repeat) {
        const auto start = std::chrono::steady_clock::now();
        if (!model::multiply(kSide, kSide, kSide, {operand.data(), kSide}, {operand.data(), kSide}, 0.0F,
                product.data(), kSide))
            return best;
        best = std::max(best, 2.0 * kSide * kSide * kSide / secondsSince(start));
    }
    return best;
}

/// Additions and multiplications of the matrix products of all layers; embeddings, normalisation and GELU are
/// not counted.
double operationsOf(const model::ModelConfig& config, const std::vector<model::SentencePieces>& sentences)
{
    const auto hidden = static_cast<double>(config.hiddenSize);
    const double piece = 4.0 * hidden * hidden + 2.0 * hidden * static_cast<double>(config.intermediateSize);
    double total = 0.0;
    for (const model::SentencePieces& sentence : sentences) {
        const auto length = static_cast<double>(sentence.ids.size());
        total += 2.0 * length * (piece + 2.0 * length * hidden);
    }
    return total * static_cast<double>(config.layerCount);
}

/// One run of ours over all layers, from sentences in memory to vectors in memory, as one line of JSON.
Status measureExtraction(const ExtractBenchOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(model, model::Model::open(options.model));
    PALIMPSEST_TRY(tokenizer, tokenizer::Tokenizer::open(options.model));
    PALIMPSEST_TRY(corpus, corpus::readCorpus(options.corpus, {}, ctx));
    const model::ModelConfig& config = model->config();
    activation::ExtractOptions extraction;
    extraction.workers = options.measure;
    for (std::size_t layer = 0; layer <= config.layerCount; ++layer)
        extraction.layers.push_back(static_cast<int>(layer));
    const double rateBefore = machineProductRate();

    const auto start = std::chrono::steady_clock::now();
    const std::size_t maxPieces = std::min(config.maxPieces, tokenizer->maxLength());
    PALIMPSEST_TRY(encoded,
        pipeline::encodeCorpus(
            *corpus, *tokenizer, {maxPieces, pipeline::LongSentences::Cut, config.isDecoder}, ctx));
    const double tokenizing = secondsSince(start);
    std::vector<activation::WantedWord> rows;
    for (const corpus::WordPlace& place : pipeline::wordsWithPieces(*corpus, encoded))
        rows.push_back({encoded.entryOf(place), place.position});
    const std::size_t values = rows.size() * config.hiddenSize;
    std::vector<std::unique_ptr<float[]>> layers;
    std::vector<activation::Destination> destinations;
    for (std::size_t layer = 0; layer <= config.layerCount; ++layer) {
        layers.push_back(std::make_unique_for_overwrite<float[]>(values));
        destinations.emplace_back(std::span(layers.back().get(), values));
    }
    const auto pieces = encoded.pieces();
    PALIMPSEST_CHECK(activation::extractActivations(*model, pieces, rows, extraction, destinations, ctx));
    const double seconds = secondsSince(start);

    const double rate = std::max(rateBefore, machineProductRate());
    if (!options.save.empty())
        PALIMPSEST_CHECK(base::writeFileAtomically(
            options.save, {reinterpret_cast<const char*>(layers.back().get()), values * sizeof(float)}));
    const double operations = operationsOf(config, pieces);
    std::size_t pieceCount = 0;
    for (const model::SentencePieces& sentence : pieces)
        pieceCount += sentence.ids.size();
    const Json line{{"sentences", pieces.size()}, {"words", rows.size()}, {"pieces", pieceCount},
        {"seconds", seconds}, {"tokenizing", tokenizing}, {"gflops", operations / seconds / 1e9},
        {"productGflops", rate / 1e9}, {"shareOfProduct", operations / seconds / rate}};
    return writeOutput(std::nullopt, jsonLine(line));
}

/// The snippets with a class as plain text, one a line, words separated by spaces.
base::Result<std::string> snippetCorpus(const fs::path& snippetFile)
{
    PALIMPSEST_TRY(snippets, pipeline::readSnippets(snippetFile));
    std::string text;
    for (const pipeline::Snippet& snippet : snippets)
        text += snippet.text + '\n';
    const fs::path path = benchCache() / "review-snippets.txt";
    std::error_code problem;
    fs::create_directories(benchCache(), problem);
    PALIMPSEST_CHECK(base::writeFileAtomically(path, text));
    return path.string();
}

Status compareExtraction(ExtractBenchOptions options, const base::JobContext& ctx)
{
    if (options.model.empty() || options.corpus.empty()) {
        PALIMPSEST_TRY(material, pipeline::ensureDemoMaterial(pipeline::demoFolders().material, ctx));
        if (options.model.empty())
            options.model = material.encoder.string();
        if (options.corpus.empty()) {
            PALIMPSEST_TRY(corpus, snippetCorpus(material.snippets));
            options.corpus = corpus;
        }
    }
    std::vector<std::string> arguments{"--model", options.model, "--corpus", options.corpus, "--threads",
        options.threads, "--rounds", std::to_string(options.repeat), "--peers", options.peers, "--torch",
        options.torch, "--sentences", std::to_string(options.sentences), "--neurox-sentences",
        std::to_string(options.neuroxSentences), "--core-type", options.coreType};
    for (const std::string& environment : options.environments)
        arguments.insert(arguments.end(), {"--venv", environment});
    return runBenchScript("extract_bench.py", arguments, ctx);
}

} // namespace

VerbWork makeBenchExtract(CLI::App& bench)
{
    const auto options = std::make_shared<ExtractBenchOptions>();
    CLI::App* verb = bench.add_subcommand("extract",
        "Word-level extraction of all layers beside NeuroX's extractor and a length-sorted, padded, batched "
        "loop with transformers, taking turns in one run; installs them into environments of their own in "
        "the cache folder");
    verb->add_option("--model", options->model, "Folder of a checkpoint (default: the demo's MiniLM)");
    verb->add_option("--corpus", options->corpus,
            "Sentences, one a line, words separated by spaces (default: the demo's review snippets)")
        ->check(CLI::ExistingFile);
    verb->add_option("--threads", options->threads, "Numbers of threads, the same for all programs");
    verb->add_option("--repeat", options->repeat, "Rounds; medians of them are shown")
        ->check(CLI::Range(1, 100));
    verb->add_option("--peers", options->peers, "Which programs to compare with");
    verb->add_option("--torch", options->torch,
        "Which torch they run on: pip (the newest; 3 GB on the first run), system (python3-torch of the "
        "system), or both");
    verb->add_option("--sentences", options->sentences, "Evenly spread sentences of the corpus (0: all)");
    verb->add_option("--neurox-sentences", options->neuroxSentences,
        "Evenly spread sentences for NeuroX, which runs one at a time (0: as many as the others)");
    verb->add_option("--core-type", options->coreType,
            "OPENBLAS_CORETYPE while measuring: unset (OpenBLAS chooses its kernels), kept (as it is in the "
            "environment) or both, one after the other")
        ->check(CLI::IsMember({"unset", "kept", "both"}));
    verb->add_option("--venv", options->environments,
        "TORCH=FOLDER: a virtual environment that has torch, transformers and neurox, instead of one made "
        "here; repeatable");
    verb->add_option("--measure", options->measure)->group("");
    verb->add_option("--save", options->save)->group("");
    return [options](Console& console, Outcome&) -> Status {
        return options->measure > 0 ? measureExtraction(*options, console.context())
                                    : compareExtraction(*options, console.context());
    };
}

} // namespace palimpsest::cli
