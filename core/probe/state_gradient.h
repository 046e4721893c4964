#pragma once
// How a classifier's logit changes with the hidden states of a layer.
// Thread: reentrant; call from a job's thread, one at a time, since a run uses all cores by itself.

#include <cstddef>
#include <span>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "model/model.h"
#include "model/sentence_pieces.h"

namespace palimpsest::probe {

/// Per sentence, row after row of hiddenSize values: the sum over its pieces of d logit(label) / d
/// hidden_states[layer]. Its product with a direction is the change of the logit when all states of the
/// sentence move along it (Kim et al. 2018, eq. 1).
/// Fails as predict() does, with InvalidArgument (a label or layer that the model does not have).
[[nodiscard]] base::Result<std::vector<float>> stateGradients(const model::Model& model,
    std::span<const model::SentencePieces> sentences, std::size_t layer, std::size_t label,
    const base::JobContext& ctx);

} // namespace palimpsest::probe
