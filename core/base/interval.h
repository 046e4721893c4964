#pragma once
// Confidence intervals of shares.
// Thread: reentrant.

#include <algorithm>
#include <cmath>

namespace palimpsest::base {

struct Interval {
    double low = 0.0;
    double high = 1.0;
};

/// 95 % interval of a share in 0..1 that was observed in `count` independent cases (Wilson 1927), which
/// stays within 0..1 and works for few cases; `count` need not be whole. 0..1 where there is no case.
[[nodiscard]] inline Interval wilsonInterval(double share, double count)
{
    if (count <= 0.0)
        return {};
    constexpr double kZ = 1.959963984540054; // 97.5 % quantile of the normal distribution
    const double z2 = kZ * kZ / count;
    const double centre = (share + z2 / 2.0) / (1.0 + z2);
    const double half = kZ / (1.0 + z2) * std::sqrt(share * (1.0 - share) / count + z2 / (4.0 * count));
    return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

} // namespace palimpsest::base
