#include "figures/scatter_points.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace palimpsest::app {

namespace {

constexpr double kSmallestSide = 1e-6; // all points in one place still have an extent

/// Where all but the outermost half per cent at either end lie along an axis: one stray point must not make
/// all others small.
std::pair<double, double> extent(const ScatterPoints& points, std::size_t axis)
{
    std::vector<float> values;
    values.reserve(2 * points.size());
    for (const auto* places : {&points.base, &points.fineTuned}) {
        for (std::size_t i = axis; i < places->size(); i += 2)
            values.push_back((*places)[i]);
    }
    const auto cut = static_cast<std::ptrdiff_t>(values.size() / 200);
    std::nth_element(values.begin(), values.begin() + cut, values.end());
    const float low = values[static_cast<std::size_t>(cut)];
    std::nth_element(values.begin(), values.end() - 1 - cut, values.end());
    return {low, *(values.end() - 1 - cut)};
}

QRectF boundsOf(const ScatterPoints& points)
{
    if (points.size() == 0)
        return {-1, -1, 2, 2};
    const auto [left, right] = extent(points, 0);
    const auto [top, bottom] = extent(points, 1);
    QRectF bounds(QPointF(left, top), QPointF(right, bottom));
    const double side = std::max({bounds.width(), bounds.height(), kSmallestSide});
    if (bounds.width() < kSmallestSide)
        bounds.adjust(-side / 2, 0, side / 2, 0);
    if (bounds.height() < kSmallestSide)
        bounds.adjust(0, -side / 2, 0, side / 2);
    return bounds;
}

} // namespace

QPointF ScatterPoints::place(std::size_t point, double morph) const
{
    const double x = base[2 * point], y = base[2 * point + 1];
    return {x + morph * (fineTuned[2 * point] - x), y + morph * (fineTuned[2 * point + 1] - y)};
}

ScatterData makeScatterPoints(std::vector<float> base, std::vector<float> fineTuned)
{
    auto points = std::make_shared<ScatterPoints>();
    points->base = std::move(base);
    points->fineTuned = std::move(fineTuned);
    points->bounds = boundsOf(*points);
    return points;
}

std::optional<std::uint32_t> nearestPoint(
    const ScatterPoints& points, double morph, QPointF place, double radius)
{
    const auto x = static_cast<float>(place.x()), y = static_cast<float>(place.y());
    const auto share = static_cast<float>(morph);
    auto best = static_cast<float>(radius * radius);
    std::optional<std::uint32_t> nearest;
    const std::size_t count = points.size();
    for (std::size_t i = 0; i < count; ++i) {
        const float* a = points.base.data() + 2 * i;
        const float* b = points.fineTuned.data() + 2 * i;
        const float dx = a[0] + share * (b[0] - a[0]) - x, dy = a[1] + share * (b[1] - a[1]) - y;
        const float squared = dx * dx + dy * dy;
        if (squared < best || (squared == best && !nearest)) {
            best = squared;
            nearest = static_cast<std::uint32_t>(i);
        }
    }
    return nearest;
}

std::vector<std::uint32_t> pointsInside(
    const ScatterPoints& points, double morph, const QPolygonF& outline, int resolution)
{
    std::vector<std::uint32_t> inside;
    const QRectF box = outline.boundingRect();
    const double side = std::max(box.width(), box.height());
    if (outline.size() < 3 || side <= 0.0)
        return inside;
    const double scale = resolution / side;
    QImage mask(static_cast<int>(box.width() * scale) + 1, static_cast<int>(box.height() * scale) + 1,
        QImage::Format_Grayscale8);
    mask.fill(0);
    {
        QPainter painter(&mask);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Qt::white);
        painter.scale(scale, scale);
        painter.translate(-box.topLeft());
        painter.drawPolygon(outline, Qt::OddEvenFill);
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        const QPointF place = points.place(i, morph) - box.topLeft();
        const double x = place.x() * scale, y = place.y() * scale;
        if (x < 0 || y < 0 || x >= mask.width() || y >= mask.height())
            continue;
        if (mask.constScanLine(static_cast<int>(y))[static_cast<int>(x)] > 127)
            inside.push_back(static_cast<std::uint32_t>(i));
    }
    return inside;
}

} // namespace palimpsest::app
