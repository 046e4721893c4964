#pragma once
// What the head of a model says about sentences and words.
// Thread: reentrant; call from a worker, one at a time, since a run uses all cores by itself.

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

/// One prediction per sentence, in order. Sentences run by length without padding.
/// Fails with Unsupported (no head, or a head for words), InvalidArgument (an id outside the vocabulary, an
/// empty sentence or one longer than config().maxPieces), TooLarge (out of memory) or Cancelled.
[[nodiscard]] base::Result<std::vector<Prediction>> predict(
    const model::Model& model, std::span<const model::SentencePieces> sentences, const base::JobContext& ctx);

/// One prediction per word 0..max(wordOfPiece) of each sentence, taken at the word's first piece, where token
/// classifiers are trained. A word without a piece gets label -1 and empty lists.
/// Fails as predict() does, with Unsupported where the head is for sentences.
[[nodiscard]] base::Result<std::vector<std::vector<Prediction>>> predictWords(
    const model::Model& model, std::span<const model::SentencePieces> sentences, const base::JobContext& ctx);

} // namespace palimpsest::probe
