#pragma once
// Turns one picture of the same occurrences onto another.
// Thread: reentrant.

#include <span>

namespace palimpsest::projection {

/// Moves the pairs of `moving` by the orthogonal matrix (a rotation, or a reflection where it fits better)
/// that brings them nearest to those of `fixed` in the sum of squares, about the mean of each; then puts
/// their mean on that of `fixed`. Nothing is scaled. Both hold x, y of the same occurrences. The closed form
/// in two dimensions of Schönemann, "A generalized solution of the orthogonal Procrustes problem" (1966).
void rotateOnto(std::span<float> moving, std::span<const float> fixed);

} // namespace palimpsest::projection
