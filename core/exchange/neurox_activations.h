#pragma once
// NeuroX's activations as JSON lines (F3) or HDF5 (F4), to and from the tensors that `extract` writes.
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

/// Whether a file name means HDF5: it ends in .hdf5 or .h5.
[[nodiscard]] bool isHdf5(const std::filesystem::path& path);

/// Reads HDF5 (one data set a sentence, float16 or float32 [layers, words, values], in the order of
/// their numbers; layers are numbered from 0), or a file with one line a sentence, `{"linex_index",
/// "features": [{"token", "layers": [{"index", "values"}]}]}`, and writes float32 `layer_L` [words, hidden]
/// for each layer, with int32 `sentence` and `position`. The file is read twice, one sentence in memory at a
/// time. Fails with Malformed or ShapeMismatch (another number of layers or values than the first word has;
/// the sentence names the line), TooLarge, Cancelled, or as the writer does.
[[nodiscard]] base::Result<NeuroXReport> importNeuroX(
    const std::filesystem::path& path, const std::filesystem::path& safetensors, const base::JobContext& ctx);

/// Writes such a file from matrices with one row per row of `tokens`; in JSON rounded to eight decimals as
/// NeuroX does, in HDF5 as they are; `layers` are the numbers written as "index". Words that are not analysed
/// get zeros, as NeuroX gives words without a subword. The token is the corpus word (NeuroX joins the
/// subwords with their marks). Fails with ShapeMismatch, DiskFull, WriteFailed or Cancelled.
[[nodiscard]] base::Status exportNeuroX(const std::filesystem::path& path, const corpus::TokenTable& tokens,
    const std::vector<int>& layers, const std::vector<tensorfile::MatrixFile>& matrices,
    const base::JobContext& ctx);

} // namespace palimpsest::exchange
