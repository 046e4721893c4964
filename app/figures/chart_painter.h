#pragma once
// Paints lines or stacked bars over the layers, and several such charts beside each other with one scale.
// Thread: reentrant; a painter belongs to one thread.

#include <QColor>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <vector>

#include "figures/figure.h"

namespace palimpsest::app {

struct ChartPicture {
    struct Line {
        QString name;
        QColor light, dark; ///< in the two themes
        bool dashed = false; ///< base model: dashed line, open marks
        std::vector<double> values; ///< one per category; NaN: none
        std::vector<double> low{}, high{}; ///< a band about the values; empty: none
        friend bool operator==(const Line&, const Line&) = default;
    };
    bool bars = false; ///< stacked, else lines
    bool horizontal = false; ///< bars from left to right, names of categories at their left
    QString title; ///< above the plot; for charts beside each other
    QString xTitle, yTitle;
    double maximum = 0.0; ///< of the axis of values; 0: whatever fits
    int steps = 4; ///< of that axis, where `maximum` is given
    QStringList categories; ///< names along the x axis: layers
    std::vector<Line> lines;
    friend bool operator==(const ChartPicture&, const ChartPicture&) = default;
};

/// Lines of the same kind are told apart by their marks too, for readers of grey print: as paintChartMark has
/// them.
[[nodiscard]] int chartMarkShape(const ChartPicture& chart, std::size_t line);

/// An axis from 0 on.
struct ChartScale {
    double maximum = 1.0;
    int steps = 4;
};
/// At most five steps of 1, 2 or 5 times a power of ten that reach `largest`.
[[nodiscard]] ChartScale roundScale(double largest);
/// Largest value, or sum of bars, that a chart has to show.
[[nodiscard]] double largestValue(const ChartPicture& chart);

/// Where the marks are in a chart that paintChart paints at this size, if it is not horizontal: categories
/// share its width evenly. Its height depends on the font and on which titles there are, so that charts of a
/// row line up.
[[nodiscard]] QRectF chartPlot(QSizeF size, const ChartPicture& chart, const FigureStyle& style);
void paintChart(QPainter& painter, QSizeF size, const ChartPicture& chart, const FigureStyle& style);

/// A chart as a figure with its legend and its numbers.
[[nodiscard]] Figure chartFigure(const ChartPicture& chart);
/// Charts beside each other in rows of at most `perRow`, with one scale and one legend; names of lines mean
/// the same in all of them. Numbers have one more column, the title of the chart.
[[nodiscard]] Figure chartsFigure(const std::vector<ChartPicture>& charts, int perRow);

} // namespace palimpsest::app
