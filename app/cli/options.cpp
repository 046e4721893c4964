#include "cli/options.h"

#include "hub/model_source.h"

#include <map>

#include <fmt/format.h>

namespace palimpsest::cli {

void addCorpusOptions(CLI::App& verb, std::string& path, corpus::ReadOptions& options, bool required)
{
    verb.add_option("--corpus", path, "Sentences: plain text (one a line), .tsv or .csv")->required(required);
    verb.add_option("--text-column", options.textColumn,
        "Column with the text: a name (first line is the header) or a number from 1");
    verb.add_option("--pair-column", options.pairColumn,
        "Column with the second text of sentence pairs, such as MNLI's hypothesis: a name or a number from "
        "1");
    verb.add_option("--label-column", options.labelColumn,
        "Column with the class of each sentence: a name or a number from 1");
    verb.add_option("--max-words", options.maxWords, "Sentences of fewer than this many words are kept")
        ->check(CLI::Range(1, std::numeric_limits<int>::max()));
}

void addDownloadOption(CLI::App& verb, bool& download)
{
    verb.add_flag("--download", download,
        "Fetch the files of models named by an id that are not in the cache, or have changed since "
        "(HF_ENDPOINT, HF_TOKEN, HF_HUB_CACHE, HF_HOME)");
}

base::Status findModelFolder(std::string& model, bool download, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(folder, hub::findModel(model, download, ctx));
    model = folder.string();
    return {};
}

void addPoolingOption(CLI::App& verb, activation::Pooling& pooling)
{
    static const std::map<std::string, activation::Pooling> kNames{{"last", activation::Pooling::Last},
        {"first", activation::Pooling::First}, {"mean", activation::Pooling::Mean}};
    verb.add_option("--pooling", pooling, "Which subwords make the vector of a word: last, first or mean")
        ->transform(CLI::CheckedTransformer(kNames).description(""))
        ->default_str("last");
}

void addExtractionOptions(CLI::App& verb, pipeline::LongSentences& longSentences, model::Precision& precision,
    tensorfile::ElementType& store)
{
    static const std::map<std::string, pipeline::LongSentences> kLong{
        {"cut", pipeline::LongSentences::Cut}, {"window", pipeline::LongSentences::Window}};
    static const std::map<std::string, model::Precision> kPrecisions{{"float32", model::Precision::Float32},
        {"float16", model::Precision::Float16}, {"bfloat16", model::Precision::BFloat16}};
    static const std::map<std::string, tensorfile::ElementType> kStores{
        {"float32", tensorfile::ElementType::F32}, {"float16", tensorfile::ElementType::F16}};
    verb.add_option("--long-sentences", longSentences,
            "Sentences longer than a model takes: cut (as NeuroX) or read in overlapping windows: cut, "
            "window")
        ->transform(CLI::CheckedTransformer(kLong).description(""))
        ->default_str("cut");
    verb.add_option(
            "--precision", precision, "What a model computes with: float32, float16 (on CUDA) or bfloat16")
        ->transform(CLI::CheckedTransformer(kPrecisions).description(""))
        ->default_str("float32");
    verb.add_option("--store", store,
            "Activations in the file: float32, or float16 with half the space and 3 correct digits")
        ->transform(CLI::CheckedTransformer(kStores).description(""))
        ->default_str("float32");
}

void addCutOptions(CLI::App& verb, std::uint32_t& k, double& theta)
{
    verb.add_option("--k", k, "Number of concepts per layer (default: the run's)")
        ->check(CLI::Range(1, std::numeric_limits<int>::max()));
    verb.add_option(
            "--theta", theta, "Share of members that counts as aligned, in (0, 1] (default: the run's)")
        ->check(CLI::Range(1e-9, 1.0));
}

void addSideOption(CLI::App& verb, const char* name, project::Side& side, const char* help)
{
    static const std::map<std::string, project::Side> kNames{
        {"base", project::Side::Base}, {"finetuned", project::Side::FineTuned}};
    verb.add_option(name, side, help)->transform(CLI::CheckedTransformer(kNames).description(""));
}

base::Status checkK(std::uint32_t k, std::size_t occurrences)
{
    if (k > occurrences) {
        return base::Error{base::ErrorCode::InvalidArgument,
            fmt::format(
                "--k {} is more than the {} occurrences of the project; choose a smaller K", k, occurrences)};
    }
    return {};
}

} // namespace palimpsest::cli
