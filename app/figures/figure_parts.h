#pragma once
// Sentences on which part of all there is a picture shows; empty where it shows all.
// Thread: reentrant.

#include "figures/matrix_viewport.h"
#include "figures/scatter_viewport.h"
#include "figures/tree_viewport.h"

namespace palimpsest::app {

[[nodiscard]] QString matrixPartText(const MatrixViewport& viewport);
[[nodiscard]] QString treePartText(const TreeViewport& viewport, double depthZoom);
[[nodiscard]] QString scatterPartText(const ScatterViewport& viewport);

} // namespace palimpsest::app
