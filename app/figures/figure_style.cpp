#include "figures/figure_style.h"

#include <array>

namespace palimpsest::app {

namespace {

constexpr std::array<QRgb, 6> kLightClasses{
    0xff882255, 0xff117733, 0xff332288, 0xffb59a2b, 0xff2b8f80, 0xffaa4499};
constexpr std::array<QRgb, 6> kDarkClasses{
    0xffde8db4, 0xff66c089, 0xff9a93e8, 0xffe5d58a, 0xff6fcdbd, 0xffd58ad5};

} // namespace

QColor statusColor(align::Status status, bool dark)
{
    switch (status) {
    case align::Status::Kept:
        return dark ? QColor(0x2d, 0xbe, 0x93) : QColor(0x00, 0x9e, 0x73);
    case align::Status::Split:
        return {0x56, 0xb4, 0xe9};
    case align::Status::Merged:
        return {0xe6, 0x9f, 0x00};
    case align::Status::New:
        return {0xcc, 0x79, 0xa7};
    case align::Status::Vanished:
        break;
    }
    return dark ? QColor(0x85, 0x88, 0x8c) : QColor(0x99, 0x99, 0x99);
}

QColor classColor(int index, bool dark)
{
    if (index < 0)
        return {0x99, 0x99, 0x99};
    const auto& colors = dark ? kDarkClasses : kLightClasses;
    return QColor::fromRgb(colors[static_cast<std::size_t>(index) % colors.size()]);
}

QColor categoryColor(int index, bool dark)
{
    constexpr std::array<QRgb, kCategories> colors{
        0xff0072b2, 0xffe69f00, 0xff009e73, 0xffcc79a7, 0xff56b4e9, 0xffd55e00, 0xffb0a000};
    if (index < 0)
        return dark ? QColor(0x4a, 0x4d, 0x51) : QColor(0xd4, 0xd0, 0xc8);
    if (static_cast<std::size_t>(index) >= colors.size())
        return {0x88, 0x88, 0x88};
    return QColor::fromRgb(colors[static_cast<std::size_t>(index)]);
}

QColor modelColor(bool fineTuned, bool dark)
{
    if (fineTuned)
        return dark ? QColor(0xf0, 0x85, 0x48) : QColor(0xd5, 0x5e, 0x00);
    return dark ? QColor(0x56, 0xa8, 0xdc) : QColor(0x00, 0x72, 0xb2);
}

QColor mixed(const QColor& color, const QColor& other, double share)
{
    const auto channel = [share](int a, int b) { return static_cast<int>(b + (a - b) * share + 0.5); };
    return {channel(color.red(), other.red()), channel(color.green(), other.green()),
        channel(color.blue(), other.blue())};
}

} // namespace palimpsest::app
