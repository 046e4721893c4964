#pragma once
// Torch-facing. Sentences laid end to end without padding: matrices multiply all pieces at once, and
// attention runs over sentences of equal length together, so no piece is ever computed for nothing. Thread:
// values.

#include <cstdint>
#include <span>
#include <vector>

#include <torch/torch.h>

#include "base/result.h"
#include "model/model_config.h"
#include "model/sentence_pieces.h"

namespace palimpsest::model {

/// Consecutive sentences of one length.
struct LengthRun {
    std::int64_t begin = 0; ///< first piece of the first sentence
    std::int64_t sentences = 0;
    std::int64_t length = 0;
};

struct PackedBatch {
    std::vector<std::int64_t> hostIds; ///< vocabulary ids of all pieces
    std::vector<std::int64_t> hostTypes; ///< segments of all pieces; empty: all 0
    std::vector<std::int64_t> starts; ///< first piece of each sentence; one more at the end
    std::vector<LengthRun> runs;
    at::Device device = at::kCPU;

    [[nodiscard]] std::int64_t pieces() const { return static_cast<std::int64_t>(hostIds.size()); }
    [[nodiscard]] std::int64_t sentences() const { return static_cast<std::int64_t>(starts.size()) - 1; }

    /// int64 [pieces] on the device.
    [[nodiscard]] at::Tensor ids() const;
    /// int64 [pieces]: 0, 1, … within each sentence, plus `first`.
    [[nodiscard]] at::Tensor positions(std::int64_t first = 0) const;
    /// int64 [sentences]: the first piece of each sentence.
    [[nodiscard]] at::Tensor firstPieces() const;
    /// int64 [sentences]: the last piece of each sentence that is not `paddingId`, which may be the id of a
    /// text's end; the first where all are.
    [[nodiscard]] at::Tensor lastPieces(std::int64_t paddingId) const;
    /// int64 [pieces]: places in a position table that begins behind the padding, `paddingId` + 1, … within
    /// each sentence; create_position_ids_from_input_ids of transformers: a padding id that the text itself
    /// holds stays at the padding's place and is not counted.
    [[nodiscard]] at::Tensor positionsAfterPadding(std::int64_t paddingId) const;
    /// Rows of a table of segment vectors, one per piece; the first row alone where all segments are 0 or the
    /// table has no other.
    [[nodiscard]] at::Tensor typeVectors(const at::Tensor& table) const;
    /// Numbers of the host as an int64 tensor on the device.
    [[nodiscard]] at::Tensor onDevice(std::span<const std::int64_t> numbers) const;
};

/// `which` are indices into `sentences`; the batch is fastest where equal lengths follow each other.
[[nodiscard]] PackedBatch packSentences(
    std::span<const SentencePieces> sentences, std::span<const std::uint32_t> which, at::Device device);

/// InvalidArgument where a sentence is empty, too long for the model, or has an id outside the vocabulary or
/// a segment that the model does not know (one without segments takes any); the message counts sentences
/// from 1.
[[nodiscard]] base::Status checkSentence(
    const SentencePieces& sentence, std::size_t index, const ModelConfig& config);

} // namespace palimpsest::model
