#pragma once
// What the head of a model says about sentences and words.
// Thread: reentrant; call from a job's thread, one at a time, since a run uses all cores by itself.

#include <cstddef>
#include <span>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "model/model.h"
#include "model/sentence_pieces.h"

namespace palimpsest::probe {

struct Prediction {
    int label = -1; ///< index into config().labels, the largest logit (ties: the smaller index); -1: no piece
    std::vector<float> logits; ///< one per label
    std::vector<float> probabilities; ///< softmax of the logits; for multi-label models the sigmoid of each
};

struct PredictOptions {
    std::size_t workers = 0; ///< batches that run at a time on a CPU; 0: one per processor
};

/// One prediction per sentence, in order. Sentences run by length without padding; the number of workers does
/// not change a byte.
/// Fails with Unsupported (no head, or a head for words), InvalidArgument (an id outside the vocabulary, an
/// empty sentence or one longer than config().maxPieces), TooLarge (out of memory) or Cancelled.
[[nodiscard]] base::Result<std::vector<Prediction>> predict(const model::Model& model,
    std::span<const model::SentencePieces> sentences, const PredictOptions& options,
    const base::JobContext& ctx);

/// One prediction per word 0..max(wordOfPiece) of each sentence, taken at the word's first piece, where token
/// classifiers are trained. A word without a piece gets label -1 and empty lists.
/// Fails as predict() does, with Unsupported where the head is for sentences.
[[nodiscard]] base::Result<std::vector<std::vector<Prediction>>> predictWords(const model::Model& model,
    std::span<const model::SentencePieces> sentences, const PredictOptions& options,
    const base::JobContext& ctx);

[[nodiscard]] inline base::Result<std::vector<Prediction>> predict(
    const model::Model& model, std::span<const model::SentencePieces> sentences, const base::JobContext& ctx)
{
    return predict(model, sentences, PredictOptions(), ctx);
}

[[nodiscard]] inline base::Result<std::vector<std::vector<Prediction>>> predictWords(
    const model::Model& model, std::span<const model::SentencePieces> sentences, const base::JobContext& ctx)
{
    return predictWords(model, sentences, PredictOptions(), ctx);
}

} // namespace palimpsest::probe
