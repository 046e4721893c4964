#include "figures/layer_matrix_painter.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "figures/color_ramp.h"

namespace palimpsest::app {

namespace {

constexpr double kPlotGap = 4.0;
constexpr double kMostCell = 96.0; ///< pixels: larger cells say no more

/// Every layer, or every second, fifth, … one where there is no room for all.
int labelStep(double cell, double room)
{
    for (const int step : {1, 2, 5, 10, 20, 50})
        if (cell * step >= room)
            return step;
    return 100;
}

} // namespace

std::optional<double> LayerMatrixPicture::shareAt(int row, int column) const
{
    if (row < 0 || column < 0 || row >= rows() || column >= columns())
        return std::nullopt;
    const align::LayerPair* pair
        = matrix->at(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
    if (!pair)
        return std::nullopt;
    switch (share) {
    case LayerShare::RowInColumn:
        return pair->alignedShareA(theta);
    case LayerShare::ColumnInRow:
        return pair->alignedShareB(theta);
    default:
        return pair->keptShare(theta);
    }
}

QRectF layerMatrixPlot(QSizeF size, const LayerMatrixPicture& picture, const FigureStyle& style)
{
    const double line = QFontMetricsF(style.font).height();
    const double left = 3.4 * line;
    const double bottom = 2.6 * line;
    const double room = std::max(0.0,
        std::min((size.width() - left - line) / std::max(1, picture.columns()),
            (size.height() - bottom - line) / std::max(1, picture.rows())));
    const double cell = std::floor(std::min(room, kMostCell));
    const double width = cell * picture.columns();
    const double height = cell * picture.rows();
    return {std::round((size.width() - left - line - width) / 2 + left),
        std::round((size.height() - bottom - line - height) / 2 + line), width, height};
}

QRectF layerCell(const QRectF& plot, const LayerMatrixPicture& picture, int row, int column)
{
    const double width = plot.width() / std::max(1, picture.columns());
    const double height = plot.height() / std::max(1, picture.rows());
    return {plot.left() + column * width, plot.bottom() - (row + 1) * height, width, height};
}

void paintLayerMatrix(
    QPainter& painter, QSizeF size, const LayerMatrixPicture& picture, const FigureStyle& style)
{
    if (picture.rows() == 0 || picture.columns() == 0)
        return;
    painter.setFont(style.font);
    const QFontMetricsF metrics(style.font);
    const double line = metrics.height();
    const QRectF plot = layerMatrixPlot(size, picture, style);
    const ColorRamp ramp(style.dark);
    const double cell = plot.width() / picture.columns();
    const bool numbers = cell >= metrics.horizontalAdvance(QStringLiteral("100")) + 4;
    const bool units = cell >= metrics.horizontalAdvance(QStringLiteral("100\u00a0%")) + 4;
    for (int row = 0; row < picture.rows(); ++row) {
        for (int column = 0; column < picture.columns(); ++column) {
            const QRectF rect = layerCell(plot, picture, row, column);
            const auto share = picture.shareAt(row, column);
            if (!share) {
                painter.fillRect(rect, QBrush(style.border, Qt::BDiagPattern));
                continue;
            }
            const QRgb color = *share > 0.0 ? ramp.at(*share) : style.surface.rgb();
            painter.fillRect(rect, QColor::fromRgb(color));
            if (!numbers)
                continue;
            painter.setPen(*share <= 0.0 ? style.muted
                    : qGray(color) < 110 ? QColor(Qt::white)
                                         : QColor(0x22, 0x20, 0x1c));
            const QString percent = QString::number(std::lround(*share * 100));
            painter.drawText(rect, Qt::AlignCenter, units ? percent + QStringLiteral("\u00a0%") : percent);
        }
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(style.border, 1));
    for (int column = 0; column <= picture.columns(); ++column)
        painter.drawLine(QPointF(plot.left() + column * cell, plot.top()),
            QPointF(plot.left() + column * cell, plot.bottom()));
    for (int row = 0; row <= picture.rows(); ++row)
        painter.drawLine(
            QPointF(plot.left(), plot.top() + row * cell), QPointF(plot.right(), plot.top() + row * cell));

    painter.setPen(style.muted);
    const int step = labelStep(cell, 1.3 * line);
    for (int row = 0; row < picture.rows(); row += step) {
        const QRectF rect = layerCell(plot, picture, row, 0);
        painter.drawText(QRectF(plot.left() - 40 - kPlotGap, rect.center().y() - line / 2, 40, line),
            Qt::AlignRight | Qt::AlignVCenter,
            QString::number(picture.matrix->rows[static_cast<std::size_t>(row)]));
    }
    for (int column = 0; column < picture.columns(); column += step) {
        const QRectF rect = layerCell(plot, picture, 0, column);
        painter.drawText(QRectF(rect.center().x() - 40, plot.bottom() + kPlotGap, 80, line),
            Qt::AlignHCenter | Qt::AlignTop,
            QString::number(picture.matrix->columns[static_cast<std::size_t>(column)]));
    }
    QFont strong = style.font;
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    painter.setPen(style.text);
    const double middle = plot.center().x();
    painter.drawText(QRectF(middle - 300, plot.bottom() + kPlotGap + 1.2 * line, 600, line), Qt::AlignCenter,
        picture.columnTitle);
    painter.save();
    painter.translate(plot.left() - 2.8 * line, plot.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-300, -line / 2, 600, line), Qt::AlignCenter, picture.rowTitle);
    painter.restore();
}

} // namespace palimpsest::app
