#pragma once
// Ward clustering of activation rows into a merge tree.
// Thread: reentrant; call from a worker, never from the GUI thread.

#include "base/job_context.h"
#include "base/matrix_view.h"
#include "base/result.h"
#include "cluster/linkage.h"

namespace palimpsest::cluster {

struct WardOptions {
    /// Scale every row to unit length first, so that merges follow cosine instead of Euclidean distance.
    bool normalizeRows = false;
};

/// Builds the full merge tree of `rows`.
[[nodiscard]] base::Result<Linkage> wardLinkage(
    base::MatrixView rows, const WardOptions& options, const base::JobContext& ctx);

} // namespace palimpsest::cluster
