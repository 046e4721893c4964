#pragma once
// What this machine's matrix products reach: the unit in which benchmarks of clustering are stated.
// Thread: reentrant; takes all processors for a moment.

namespace palimpsest::cluster {

/// Operations per second of the float32 product of two 2048×2048 matrices, two per multiplication, the best
/// of five. B = n²·d / this is the time of multiplying every pair of n rows of d columns once.
[[nodiscard]] double measureProductRate();

} // namespace palimpsest::cluster
