#pragma once
// The points of a scatter figure: where each stands in two pictures between which it moves.
// Thread: immutable values; functions are reentrant.

#include <QColor>
#include <QPolygonF>
#include <QRectF>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace palimpsest::app {

struct ScatterPoints {
    std::vector<float> base; ///< x, y of each point
    std::vector<float> fineTuned; ///< in the same frame
    QRectF bounds; ///< of both, without the outermost half per cent at each end
    [[nodiscard]] std::size_t size() const { return base.size() / 2; }
    /// Between the two: 0 is base, 1 is fine-tuned.
    [[nodiscard]] QPointF place(std::size_t point, double morph) const;
};

using ScatterData = std::shared_ptr<const ScatterPoints>;
/// One colour a point.
using ScatterColors = std::shared_ptr<const std::vector<QRgb>>;
/// Some of the points, ascending.
using ScatterRows = std::shared_ptr<const std::vector<std::uint32_t>>;

/// A name that stands on the figure and moves with it.
struct ScatterName {
    QPointF base;
    QPointF fineTuned;
    QString text;
    int id = 0;
};
/// The most important first.
using ScatterNames = std::shared_ptr<const std::vector<ScatterName>>;

/// Takes the places over and finds their bounds. Both have the same size.
[[nodiscard]] ScatterData makeScatterPoints(std::vector<float> base, std::vector<float> fineTuned);

/// The point nearest to `place` no farther than `radius`; ties to the smaller. One pass over all of them:
/// about 0.8 ms for 250,000, wherever they are between the two pictures.
[[nodiscard]] std::optional<std::uint32_t> nearestPoint(
    const ScatterPoints& points, double morph, QPointF place, double radius);

/// Points inside a closed outline (odd-even rule), by its picture of `resolution` pixels along its longer
/// side: linear in points, whatever the outline.
[[nodiscard]] std::vector<std::uint32_t> pointsInside(
    const ScatterPoints& points, double morph, const QPolygonF& outline, int resolution = 2048);

} // namespace palimpsest::app
