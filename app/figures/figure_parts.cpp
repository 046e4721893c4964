#include "figures/figure_parts.h"

#include <QCoreApplication>

namespace palimpsest::app {

namespace {

constexpr double kZoomed = 1.001; ///< from this zoom on, a part is seen

QString figurePartText(const char* source)
{
    return QCoreApplication::translate("Figures", source);
}

} // namespace

QString matrixPartText(const MatrixViewport& viewport)
{
    if (viewport.isEmpty() || viewport.zoom() < kZoomed)
        return {};
    const MatrixCell first = viewport.firstVisible();
    const MatrixCell last = viewport.lastVisible();
    return figurePartText(
        QT_TRANSLATE_NOOP("Figures", "Shown are rows %1 to %2 of %3 and columns %4 to %5 of %6."))
        .arg(first.row + 1)
        .arg(last.row + 1)
        .arg(viewport.rows())
        .arg(first.column + 1)
        .arg(last.column + 1)
        .arg(viewport.columns());
}

QString treePartText(const TreeViewport& viewport, double depthZoom)
{
    QString text;
    const SeenPart seen = viewport.seen();
    const auto percent
        = [](double share) { return QString::number(100.0 * share, 'f', share < 0.1 ? 1 : 0); };
    if (seen.zoom >= kZoomed)
        text = figurePartText(
            QT_TRANSLATE_NOOP("Figures", "Shown is the part from %1 to %2 % of the leaves' axis."))
                   .arg(percent(seen.middle.y() - 0.5 / seen.zoom),
                       percent(seen.middle.y() + 0.5 / seen.zoom));
    if (depthZoom >= kZoomed)
        text += (text.isEmpty() ? QString() : QStringLiteral(" "))
            + figurePartText(QT_TRANSLATE_NOOP("Figures", "Depth is enlarged %1 times."))
                  .arg(depthZoom, 0, 'f', 1);
    return text;
}

QString scatterPartText(const ScatterViewport& viewport)
{
    const SeenPart seen = viewport.seen();
    if (seen.zoom < kZoomed)
        return {};
    return figurePartText(QT_TRANSLATE_NOOP("Figures", "Shown is a part of the map, enlarged %1 times."))
        .arg(seen.zoom, 0, 'f', 1);
}

} // namespace palimpsest::app
