#pragma once
// NeuroX's activations as JSON lines (F3), to and from the tensors that `extract` writes.
// Thread: call from a worker.

#include <cstddef>
#include <filesystem>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "corpus/token_table.h"
#include "tensorfile/matrix_file.h"

namespace palimpsest::exchange {

struct NeuroXReport {
    std::size_t sentences = 0;
    std::size_t words = 0;
    std::vector<int> layers; ///< the numbers that the file gives them
};

/// Reads a file with one line a sentence, `{"linex_index", "features": [{"token", "layers": [{"index",
/// "values"}]}]}`, and writes float32 `layer_L` [words, hidden] for each layer, with int32 `sentence` and
/// `position`. The file is read twice, one line in memory at a time. Fails with Malformed or ShapeMismatch
/// (another number of layers or values than the first word has; the sentence names the line), TooLarge,
/// Cancelled, or as the writer does.
[[nodiscard]] base::Result<NeuroXReport> importNeuroX(
    const std::filesystem::path& json, const std::filesystem::path& safetensors, const base::JobContext& ctx);

/// Writes such a file from matrices with one row per row of `tokens`, rounded to eight decimals as NeuroX
/// does; `layers` are the numbers written as "index". Words that are not analysed get zeros, as NeuroX gives
/// words without a subword. The token is the corpus word (NeuroX joins the subwords with their marks). Fails
/// with ShapeMismatch, DiskFull, WriteFailed or Cancelled.
[[nodiscard]] base::Status exportNeuroX(const std::filesystem::path& json, const corpus::TokenTable& tokens,
    const std::vector<int>& layers, const std::vector<tensorfile::MatrixFile>& matrices,
    const base::JobContext& ctx);

} // namespace palimpsest::exchange
