#pragma once
// The state of an unfinished Ward run in a file, from which the same input goes on to the same tree.
// Thread: reentrant; one run per file.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/fingerprint.h"
#include "base/job_context.h"
#include "base/result.h"
#include "cluster/merge_order.h"
#include "cluster/neighbour_lists.h"
#include "cluster/neighbour_search.h"
#include "cluster/ward_points.h"

namespace palimpsest::cluster {

/// Everything of a run that cannot be computed again quickly. Sums are not in it: merging again what was
/// merged gives the same bits, since a sum's additions follow the tree.
struct WardState {
    std::vector<FoundMerge> merges; ///< in the order in which they were made, without those of equal rows
    FirstSearch first; ///< what an unfinished first search has; empty once it is done
    SavedLists lists; ///< of the alive clusters, ascending; empty before the first search is done
};

/// Of the rows, of the options that a state depends on, and of the format: a state fits only its own.
/// Fails with Cancelled.
[[nodiscard]] base::Result<base::Fingerprint> wardFingerprint(
    const WardPoints& points, std::size_t listLength, const base::JobContext& ctx);

/// Replaces `path` at once or not at all. Fails with DiskFull, NotFound or WriteFailed.
[[nodiscard]] base::Status saveWardState(
    const std::filesystem::path& path, const base::Fingerprint& fingerprint, const WardState& state);

enum class CheckpointKind : std::uint8_t {
    None, ///< no such file
    Foreign, ///< a file that no run of ours wrote: to be left alone
    Unusable, ///< damaged, or of other rows, options or versions
    Usable,
};

struct LoadedWardState {
    CheckpointKind kind = CheckpointKind::None;
    WardState state; ///< where Usable
};

/// Reads `path`. Every number is checked against `points` and `listLength`, so that a state that is Usable
/// can be put back without a further look.
[[nodiscard]] LoadedWardState loadWardState(const std::filesystem::path& path,
    const base::Fingerprint& fingerprint, const WardPoints& points, std::size_t listLength);

} // namespace palimpsest::cluster
