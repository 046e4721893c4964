#pragma once
// Paints the scale of the colour ramp: one path for the screen and for files.
// Thread: reentrant; a painter belongs to one thread.

#include <QFontMetricsF>

#include "figures/figure_style.h"

class QPainter;

namespace palimpsest::app {

/// A horizontal bar of the ramp from (0, 0) on, with ticks at 0, 25, 50, 75 and 100 % and, where `theta` is
/// in 0..1, a mark.
void paintColorLegend(QPainter& painter, double width, double theta, const FigureStyle& style);
[[nodiscard]] double colorLegendHeight(const QFontMetricsF& metrics);

} // namespace palimpsest::app
