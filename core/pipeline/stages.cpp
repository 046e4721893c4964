#include "pipeline/stages.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "activation/activation_store.h"
#include "activation/extraction.h"
#include "cluster/ward.h"
#include "corpus/reader.h"
#include "model/model.h"
#include "pipeline/encoded_corpus.h"

namespace palimpsest::pipeline {

using base::JobContext;
using project::Side;

namespace fs = std::filesystem;

namespace {

std::vector<corpus::WordPlace> unite(
    const std::vector<corpus::WordPlace>& a, const std::vector<corpus::WordPlace>& b)
{
    const auto before = [](const corpus::WordPlace& first, const corpus::WordPlace& second) {
        return std::pair(first.sentence, first.position) < std::pair(second.sentence, second.position);
    };
    std::vector<corpus::WordPlace> both;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both), before);
    return both;
}

EncodeOptions encodeOptions(const PreparedStudy& study, const PreparedModel& model)
{
    return {model.maxPieces, study.study.longSentences, model.config.isDecoder};
}

/// Words that either model cannot represent. Two models of one tokenizer, the usual case, are asked once.
base::Result<std::vector<corpus::WordPlace>> findLeftOut(const PreparedStudy& study,
    const corpus::Corpus& corpus, const JobContext& ctx, std::vector<std::string>& warnings)
{
    const PreparedModel& first = study.model(Side::Base);
    const PreparedModel& second = study.model(Side::FineTuned);
    PALIMPSEST_TRY(
        encoded, encodeCorpus(corpus, *first.tokenizer, encodeOptions(study, first), ctx.part(0.0, 0.5)));
    std::vector<corpus::WordPlace> leftOut = std::move(encoded.leftOut);
    std::size_t cutSentences = encoded.cutSentences;
    std::size_t windowedSentences = encoded.windowedSentences;
    if (first.maxPieces != second.maxPieces
        || first.tokenizer->fingerprint() != second.tokenizer->fingerprint()) {
        PALIMPSEST_TRY(
            other, encodeCorpus(corpus, *second.tokenizer, encodeOptions(study, second), ctx.part(0.5, 1.0)));
        leftOut = unite(leftOut, other.leftOut);
        cutSentences = std::max(cutSentences, other.cutSentences);
        windowedSentences = std::max(windowedSentences, other.windowedSentences);
    }
    for (const std::string& warning :
        {leftOutWarning(corpus, leftOut, cutSentences), windowsWarning(windowedSentences)}) {
        if (!warning.empty()) {
            warnings.push_back(warning);
            ctx.warn(warning);
        }
    }
    return leftOut;
}

} // namespace

JobContext relay(const JobContext& ctx, double from, double to, std::function<std::string(double)> activity,
    std::vector<std::string>& warnings)
{
    const JobContext part = ctx.part(from, to);
    return {ctx.stopToken(),
        [part, activity = std::move(activity)](
            double fraction, std::string_view) { part.progress(fraction, activity(fraction)); },
        [part, &warnings](std::string warning) {
            warnings.push_back(warning);
            part.warn(std::move(warning));
        }};
}

base::Result<std::shared_ptr<const corpus::TokenTable>> makeTokens(
    const PreparedStudy& study, const JobContext& ctx, std::vector<std::string>& warnings)
{
    const JobContext reading = relay(
        ctx, 0.0, 0.3, [](double) { return "Reading the corpus"; }, warnings);
    PALIMPSEST_TRY(corpus, corpus::readCorpus(study.study.corpus, study.study.reading, reading));
    PALIMPSEST_TRY(leftOut, findLeftOut(study, *corpus, ctx.part(0.3, 1.0), warnings));
    return corpus::filterOccurrences(corpus, study.study.frequency, leftOut);
}

std::vector<int> missingActivations(
    const fs::path& folder, const std::vector<int>& layers, std::size_t rows, std::size_t hidden)
{
    std::vector<int> missing;
    for (const int layer : layers) {
        if (!activation::ActivationStore::open(folder, std::array{layer}, rows, hidden))
            missing.push_back(layer);
    }
    return missing;
}

base::Result<activation::ExtractReport> extractLayers(const PreparedStudy& study, Side side, const corpus::TokenTable& tokens,
    const std::vector<int>& layers, const fs::path& folder, const JobContext& ctx)
{
    constexpr double kEncodingShare = 0.02;
    const PreparedModel& prepared = study.model(side);
    // The place on disk first: a full disk is said before the model works for minutes.
    PALIMPSEST_TRY(writer,
        activation::ActivationStoreWriter::create(
            folder, layers, tokens.size(), prepared.config.hiddenSize, study.study.store));
    PALIMPSEST_TRY(model, model::Model::open(prepared.folder, {study.study.device, study.study.precision}));
    PALIMPSEST_TRY(encoded,
        encodeCorpus(tokens.corpus(), *prepared.tokenizer, encodeOptions(study, prepared),
            ctx.part(0.0, kEncodingShare)));
    std::vector<activation::WantedWord> wanted;
    wanted.reserve(tokens.size());
    for (const corpus::Token& token : tokens.rows())
        wanted.push_back({encoded.entryOf({token.sentence, token.position}), token.position});
    const auto pieces = encoded.pieces();
    const auto destinations = writer.destinations();
    activation::ExtractOptions options;
    options.layers = layers;
    options.pooling = study.study.pooling;
    options.progressFile = folder / "progress";
    const auto extracted = activation::extractActivations(
        *model, pieces, wanted, options, destinations, ctx.part(kEncodingShare, 1.0));
    if (!extracted) {
        if (extracted.error().code == base::ErrorCode::Cancelled)
            writer.keepParts();
        return extracted.error();
    }
    PALIMPSEST_CHECK(writer.commit());
    return extracted;
}

base::Result<cluster::Linkage> clusterActivations(const fs::path& folder, int layer, std::size_t rows,
    std::size_t hidden, const std::string& device, const JobContext& ctx)
{
    PALIMPSEST_TRY(store, activation::ActivationStore::open(folder, std::array{layer}, rows, hidden));
    PALIMPSEST_TRY(view, store.layer(layer));
    cluster::WardOptions options;
    options.device = device;
    return cluster::wardLinkage(view, options, ctx);
}

} // namespace palimpsest::pipeline
