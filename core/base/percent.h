#pragma once
// Shares as whole per cent, rounded the same way wherever they are shown.
// Thread: reentrant.

#include <cmath>

namespace palimpsest::base {

/// Nearest whole per cent of a share in 0..1, halves upwards: 3 of 600 is 1 %.
[[nodiscard]] inline int wholePercent(double share)
{
    // The tiny term absorbs the error of share * 100 (0.145 * 100 is below 14.5).
    return static_cast<int>(std::floor(share * 100.0 + 0.5 + 1e-9));
}

} // namespace palimpsest::base
