#include "projection/procrustes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace palimpsest::projection {

namespace {

struct Pair {
    double x = 0.0;
    double y = 0.0;
};

Pair centreOf(std::span<const float> places)
{
    Pair mean;
    for (std::size_t i = 0; i + 1 < places.size(); i += 2) {
        mean.x += static_cast<double>(places[i]);
        mean.y += static_cast<double>(places[i + 1]);
    }
    const double count = static_cast<double>(std::max<std::size_t>(places.size() / 2, 1));
    return {mean.x / count, mean.y / count};
}

} // namespace

void rotateOnto(std::span<float> moving, std::span<const float> fixed)
{
    const std::size_t size = std::min(moving.size(), fixed.size());
    const Pair from = centreOf(moving.first(size));
    const Pair to = centreOf(fixed.first(size));
    double xx = 0.0, xy = 0.0, yx = 0.0, yy = 0.0; // sums of moving times fixed
    for (std::size_t i = 0; i + 1 < size; i += 2) {
        const double mx = static_cast<double>(moving[i]) - from.x,
                     my = static_cast<double>(moving[i + 1]) - from.y;
        const double fx = static_cast<double>(fixed[i]) - to.x, fy = static_cast<double>(fixed[i + 1]) - to.y;
        xx += mx * fx;
        xy += mx * fy;
        yx += my * fx;
        yy += my * fy;
    }
    // The trace of Q times the sums is largest at these angles; whichever kind reaches more is taken.
    const bool reflect = std::hypot(xx - yy, xy + yx) > std::hypot(xx + yy, xy - yx) * (1.0 + 1e-12);
    const double angle = reflect ? std::atan2(xy + yx, xx - yy) : std::atan2(xy - yx, xx + yy);
    const double cosine = std::cos(angle), sine = std::sin(angle);
    const double sign = reflect ? -1.0 : 1.0;
    for (std::size_t i = 0; i + 1 < size; i += 2) {
        const double x = static_cast<double>(moving[i]) - from.x;
        const double y = sign * (static_cast<double>(moving[i + 1]) - from.y);
        moving[i] = static_cast<float>(cosine * x - sine * y + to.x);
        moving[i + 1] = static_cast<float>(sine * x + cosine * y + to.y);
    }
}

} // namespace palimpsest::projection
