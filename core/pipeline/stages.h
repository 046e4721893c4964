#pragma once
// The stages of a run, each from its inputs to its result, without the project; private to this module.
// Thread: call from a worker, one at a time, since a stage uses all cores by itself.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "activation/extraction.h"
#include "base/job_context.h"
#include "base/result.h"
#include "corpus/token_table.h"
#include "pipeline/prepared_study.h"

namespace palimpsest::pipeline {

/// A part of `ctx` with words of its own for what is done (given the fraction of the part); warnings go to
/// `warnings` as well as to `ctx`.
[[nodiscard]] base::JobContext relay(const base::JobContext& ctx, double from, double to,
    std::function<std::string(double)> activity, std::vector<std::string>& warnings);

/// Reads the corpus and keeps the occurrences that pass the filter and that both models can represent.
/// Fails as readCorpus and filterOccurrences do.
[[nodiscard]] base::Result<std::shared_ptr<const corpus::TokenTable>> makeTokens(
    const PreparedStudy& study, const base::JobContext& ctx, std::vector<std::string>& warnings);

/// Those of `layers` whose activations are not in `folder`.
[[nodiscard]] std::vector<int> missingActivations(const std::filesystem::path& folder,
    const std::vector<int>& layers, std::size_t rows, std::size_t hidden);

/// Runs one model over the corpus and writes the activations of `layers` into `folder`, which is made.
/// Goes on where an earlier call was cancelled or killed. Fails as Model::open, extractActivations and
/// ActivationStoreWriter do; nothing is left behind then, except by Cancelled, for the next call.
[[nodiscard]] base::Result<activation::ExtractReport> extractLayers(const PreparedStudy& study, project::Side side,
    const corpus::TokenTable& tokens, const std::vector<int>& layers, const std::filesystem::path& folder,
    const base::JobContext& ctx);

/// The linkage of one layer from its activations; `device` as in WardOptions. Fails as ActivationStore::open
/// and wardLinkage do.
[[nodiscard]] base::Result<cluster::Linkage> clusterActivations(const std::filesystem::path& folder,
    int layer, std::size_t rows, std::size_t hidden, const std::string& device, const base::JobContext& ctx);

} // namespace palimpsest::pipeline
