#pragma once
// The two inner loops of Ward clustering, compiled for several vector units of the processor.
// Thread: pure functions.

#include <cstddef>
#include <cstdint>

namespace palimpsest::cluster {

// Sums of squares of `scaleA * a - scaleB * b` over `cols` columns in float64, where a float32 operand stands
// for (value - centre). Partial sums are kept per column modulo 16 and no multiplication is fused with an
// addition, so the result is the same on every processor, and the same with the operands exchanged.
[[nodiscard]] double squaredGap(
    const float* a, double scaleA, const float* b, double scaleB, const double* centre, std::size_t cols);
[[nodiscard]] double squaredGap(
    const float* a, double scaleA, const double* b, double scaleB, const double* centre, std::size_t cols);
[[nodiscard]] double squaredGap(
    const double* a, double scaleA, const double* b, double scaleB, const double* centre, std::size_t cols);

/// One row of a tile of products, as seen by the candidate filter.
template <typename Element>
struct TileRow {
    const Element* products = nullptr; ///< per column: x·y
    const float* columnNorms = nullptr; ///< per column: the lower norm of y
    const float* columnShares = nullptr; ///< per column: 1 / size of y
    const float* columnLimits = nullptr; ///< per column: the distance that still interests y; null: not asked
    float norm = 0.0F; ///< lower norm of x
    float share = 0.0F; ///< 1 / size of x
    float limit = 0.0F; ///< the distance that still interests x
};

/// bfloat16 as LibTorch stores it: the upper half of a float32.
struct BFloat16Bits {
    std::uint16_t bits = 0;
};

/// TensorFloat32 as CUDA multiplies it: a float32 whose lowest 13 bits are zero.
struct TensorFloat32Bits {
    float value = 0.0F;
};

/// A column that may matter, and a lower bound on the distance between its cluster and the row's.
struct TileHit {
    std::int32_t column = 0;
    float value = 0.0F;
};

/// Writes the columns of `row` whose gap norm + columnNorm - 2·product lies below
/// max(limit, columnLimit) · (share + columnShare), in ascending order, to `hits` (room for `columns`).
/// Returns how many. The bound written is gap / (share + columnShare), rounded down. For bfloat16 the
/// rounding of the product itself is taken off the gap, see search_operand.cpp.
std::size_t filterTileRow(const TileRow<float>& row, std::size_t columns, TileHit* hits);
std::size_t filterTileRow(const TileRow<BFloat16Bits>& row, std::size_t columns, TileHit* hits);

} // namespace palimpsest::cluster
