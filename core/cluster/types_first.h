#pragma once
// "Types first": Ward clustering in which the occurrences of one word are one cluster from the start.
// A different method from wardLinkage, for contrast and for larger data.
// Thread: reentrant; call from a worker, never from the GUI thread.

#include <cstdint>
#include <span>

#include "base/job_context.h"
#include "base/matrix_view.h"
#include "base/result.h"
#include "cluster/linkage.h"
#include "cluster/ward.h"

namespace palimpsest::cluster {

/// Ward's tree over words: every row counts as the mean of the rows of its type (rounded to float32), so the
/// occurrences of a type join at height 0 and types then merge as clusters of that size and mean. Only cuts
/// into at most as many clusters as there are types say something; no concept ever holds one sense of a word
/// without the others. `typeOf` is any id per row. O(n·d) more time and memory than wardLinkage of as many
/// different rows as there are types.
/// Fails as wardLinkage does, and with ShapeMismatch where `typeOf` is not one id per row.
[[nodiscard]] base::Result<Linkage> typesFirstLinkage(base::MatrixView rows,
    std::span<const std::uint32_t> typeOf, const WardOptions& options, const base::JobContext& ctx);

} // namespace palimpsest::cluster
