#include "figures/color_ramp.h"

#include <algorithm>
#include <cmath>

namespace palimpsest::app {

namespace {

using Stops = std::array<QRgb, 5>; // at 0, 1/4, 1/2, 3/4 and 1
constexpr Stops kLight{0xffd3ecc0, 0xff7fcdbb, 0xff2c9dc2, 0xff2457a4, 0xff0b1f5c};
constexpr Stops kDark{0xff23405a, 0xff24648c, 0xff2f95b6, 0xff86cfb5, 0xfff3f7b8};

QRgb mix(QRgb from, QRgb to, double amount)
{
    const auto channel
        = [amount](int low, int high) { return static_cast<int>(std::lround(low + (high - low) * amount)); };
    return qRgb(
        channel(qRed(from), qRed(to)), channel(qGreen(from), qGreen(to)), channel(qBlue(from), qBlue(to)));
}

} // namespace

ColorRamp::ColorRamp(bool dark)
{
    const Stops& stops = dark ? kDark : kLight;
    for (std::size_t i = 0; i < m_table.size(); ++i) {
        const double place = static_cast<double>(i) / 255.0 * 4.0;
        const auto stop = std::min<std::size_t>(static_cast<std::size_t>(place), 3);
        m_table[i] = mix(stops[stop], stops[stop + 1], place - static_cast<double>(stop));
    }
}

QRgb ColorRamp::at(double share) const
{
    return m_table[static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * 255.0))];
}

} // namespace palimpsest::app
