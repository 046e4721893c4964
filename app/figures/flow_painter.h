#pragma once
// Paints a flow: columns of blocks, ribbons between them. One path for the screen and for files.
// Thread: reentrant; a painter belongs to one thread.

#include <QPainterPath>
#include <QRectF>
#include <QStringList>

#include <memory>
#include <optional>

#include "figures/figure_style.h"
#include "layout/alluvial.h"

class QPainter;

namespace palimpsest::app {

/// A flow with its layout, and what a person follows through it.
struct FlowPicture {
    std::shared_ptr<const align::Flow> flow;
    std::shared_ptr<const layout::Alluvial> alluvial; ///< of `flow`
    std::shared_ptr<const align::Lineage> lineage; ///< of `flow`; may be null
    QStringList groupNames; ///< by group
    QStringList columnTitles; ///< by column

    [[nodiscard]] bool isEmpty() const { return !flow || !alluvial; }
};

/// A ribbon, or a block when `to` is nothing.
struct FlowPlace {
    int column = -1;
    int from = -1;
    int to = -1; ///< -1: a block
    friend bool operator==(const FlowPlace&, const FlowPlace&) = default;
};

/// Where ribbons and blocks go when the figure has this size: the rest is for names and titles.
[[nodiscard]] QRectF flowPlot(QSizeF size, const FlowPicture& picture, const FigureStyle& style);
[[nodiscard]] QRectF flowBlock(const QRectF& plot, const FlowPicture& picture, int column, int group);
/// The outline of one of the flow's ribbons.
[[nodiscard]] QPainterPath flowRibbon(const QRectF& plot, const FlowPicture& picture, std::size_t ribbon);
/// The block or ribbon under a point; blocks win. Nothing: `column` is -1.
[[nodiscard]] FlowPlace flowPlaceAt(const QRectF& plot, const FlowPicture& picture, QPointF point);
[[nodiscard]] QColor flowColor(const align::Flow& flow, int group, bool dark);

void paintFlow(QPainter& painter, QSizeF size, const FlowPicture& picture, const FigureStyle& style);
/// Outlines a block or a ribbon.
void paintFlowMark(QPainter& painter, const QRectF& plot, const FlowPicture& picture, const FlowPlace& place,
    const QColor& color, double width);

} // namespace palimpsest::app
