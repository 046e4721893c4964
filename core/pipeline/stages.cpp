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

/// Words that either model cannot represent. Two models of one tokenizer, the usual case, are asked once.
base::Result<std::vector<corpus::WordPlace>> findLeftOut(const PreparedStudy& study,
    const corpus::Corpus& corpus, const JobContext& ctx, std::vector<std::string>& warnings)
{
    const PreparedModel& first = study.model(Side::Base);
    const PreparedModel& second = study.model(Side::FineTuned);
    PALIMPSEST_TRY(encoded, encodeCorpus(corpus, *first.tokenizer, first.maxPieces, ctx.part(0.0, 0.5)));
    std::vector<corpus::WordPlace> leftOut = std::move(encoded.leftOut);
    std::size_t cutSentences = encoded.cutSentences;
    if (first.maxPieces != second.maxPieces
        || first.tokenizer->fingerprint() != second.tokenizer->fingerprint()) {
        PALIMPSEST_TRY(other, encodeCorpus(corpus, *second.tokenizer, second.maxPieces, ctx.part(0.5, 1.0)));
        leftOut = unite(leftOut, other.leftOut);
        cutSentences = std::max(cutSentences, other.cutSentences);
    }
    if (std::string warning = leftOutWarning(corpus, leftOut, cutSentences); !warning.empty()) {
        warnings.push_back(warning);
        ctx.warn(std::move(warning));
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

base::Status extractLayers(const PreparedStudy& study, Side side, const corpus::TokenTable& tokens,
    const std::vector<int>& layers, const fs::path& folder, const JobContext& ctx)
{
    constexpr double kEncodingShare = 0.02;
    const PreparedModel& prepared = study.model(side);
    // The place on disk first: a full disk is said before the model works for minutes.
    PALIMPSEST_TRY(writer,
        activation::ActivationStoreWriter::create(folder, layers, tokens.size(), prepared.config.hiddenSize));
    PALIMPSEST_TRY(model, model::Model::open(prepared.folder, {study.study.device}));
    PALIMPSEST_TRY(encoded,
        encodeCorpus(
            tokens.corpus(), *prepared.tokenizer, prepared.maxPieces, ctx.part(0.0, kEncodingShare)));
    std::vector<activation::WantedWord> wanted;
    wanted.reserve(tokens.size());
    for (const corpus::Token& token : tokens.rows())
        wanted.push_back({static_cast<std::uint32_t>(token.sentence), token.position});
    const auto pieces = encoded.pieces();
    const auto destinations = writer.destinations();
    activation::ExtractOptions options;
    options.layers = layers;
    options.pooling = study.study.pooling;
    PALIMPSEST_CHECK(activation::extractActivations(
        *model, pieces, wanted, options, destinations, ctx.part(kEncodingShare, 1.0)));
    return writer.commit();
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
