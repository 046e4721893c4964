#pragma once
// Ward clustering of activation rows into a merge tree.
// Thread: reentrant; call from a worker, never from the GUI thread.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/job_context.h"
#include "base/matrix_view.h"
#include "base/result.h"
#include "cluster/linkage.h"

namespace palimpsest::cluster {

/// In what the candidates are searched. It changes the time, never the tree: candidates are decided in
/// float64.
enum class SearchPrecision : std::uint8_t {
    Automatic, ///< CUDA: TensorFloat32; BFloat16 where the processor multiplies it natively; else Float32
    Float32,
    BFloat16,
    TensorFloat32, ///< of CUDA's tensor cores; Float32 on the processor
};

/// How much work a run took; for benchmarks and tests.
struct WardStatistics {
    SearchPrecision precision = SearchPrecision::Automatic; ///< the one used at the end
    double evaluations = 0.0; ///< products of two clusters, the first search counted by half
    std::size_t rounds = 0; ///< of merges
    std::size_t searches = 0; ///< beside the first
    std::size_t searchedRows = 0; ///< in them
    std::size_t scans = 0; ///< searches that products left open and distances in float64 decided
};

struct WardOptions {
    /// Scale every row to unit length first, so that merges follow cosine instead of Euclidean distance.
    /// The scaled rows are rounded to float32; a row of zeros stays one.
    bool normalizeRows = false;
    /// Threads that work; 0 takes one per processor. The result does not depend on it.
    std::size_t threads = 0;
    /// Neighbours remembered per cluster, 2..1024. The result does not depend on it; 16 is fastest around d =
    /// 384.
    std::size_t listLength = 16;
    SearchPrecision precision = SearchPrecision::Automatic;
    /// Where candidates are searched: "cpu"; "cuda" (all CUDA devices), "cuda:1", "cuda:0,cuda:1" (the rows
    /// of a search are split); "auto" (all CUDA devices where there are any and rows enough, else cpu);
    /// "operations" (what runs on CUDA, on the processor: for tests). The result does not depend on it.
    std::string device = "auto";
    /// Bytes that the run may need beside the rows, by estimateWard; 0: any number.
    std::size_t memoryBudget = 0;
    /// A file that keeps the state of the run, so that one of the same rows and options goes on from it after
    /// a stop or a power failure, and gives the same bytes; empty: none. It is written at every
    /// `checkpointEvery` and when stopped, and removed at the end. A damaged one, or one of other rows, is
    /// ignored with a warning; a file that is no checkpoint is left alone with a warning.
    std::filesystem::path checkpoint;
    std::chrono::seconds checkpointEvery = std::chrono::minutes(5);
    WardStatistics* statistics = nullptr; ///< filled where not null
};

/// Builds the full merge tree of `rows` in scipy's convention: height = sqrt(2|A||B|/(|A|+|B|))·‖mean A −
/// mean B‖ of `linkage(rows, "ward")` in float64, here correct to about 1e-14 relative.
///
/// The tree is that of merging the closest pair of clusters again and again, where equal distances are
/// resolved towards the smaller smallest row, then the smaller other one. Exact: float32 or bfloat16 products
/// only rule out pairs that are certainly too far, see README.md. Same bytes for any number of threads.
///
/// Time about 1.1 to 1.6 times n²·d multiplications, memory about 12·n·d bytes: no distance matrix is stored.
/// `rows` must stay valid and unchanged during the call. Polls `ctx` many times a second.
/// Fails with TooFewRows (n < 2), InvalidArgument (no columns, or an option out of range), NotFinite (NaN or
/// infinity; the message names the row), Unsupported (no such device here), TooLarge (over the budget, or out
/// of memory) or Cancelled.
[[nodiscard]] base::Result<Linkage> wardLinkage(
    base::MatrixView rows, const WardOptions& options, const base::JobContext& ctx);

struct WardEstimate {
    double seconds = 0.0; ///< on this machine with all its processors, when nothing else runs
    std::size_t bytes = 0; ///< peak beside the rows themselves
};

/// What wardLinkage of a matrix of this shape will take, from a short measured product (a few milliseconds).
/// Data with many rows nearly equally far from each other may take several times as long.
/// `device` as in WardOptions; one that is not there counts as "cpu".
[[nodiscard]] WardEstimate estimateWard(
    std::size_t rows, std::size_t cols, const std::string& device = "auto");

} // namespace palimpsest::cluster
