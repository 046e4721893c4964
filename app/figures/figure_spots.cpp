#include "figures/figure_spots.h"

#include <QCoreApplication>

#include <algorithm>

#include "figures/figure_words.h"
#include "figures/label_matrix_painter.h"

namespace palimpsest::app {

namespace {

QString spotText(const char* source)
{
    return QCoreApplication::translate("Figures", source);
}

QPainterPath rectangle(const QRectF& rect)
{
    QPainterPath path;
    path.addRect(rect);
    return path;
}

/// "41.2 %", exact to a tenth.
QString exactPercent(double share)
{
    return QStringLiteral("%1\u00a0%").arg(100.0 * share, 0, 'f', 1);
}

QString conceptLine(const char* source, const concepts::ConceptSet& concepts, base::ClusterId id)
{
    return spotText(source)
        .arg(base::toIndex(id))
        .arg(concepts.size(id))
        .arg(figureConceptWords(concepts, id));
}

struct CellShare {
    MatrixCell cell;
    double share = 0.0;
};

/// Cells that are seen and not empty, the largest shares first.
std::vector<CellShare> seenCells(const AlignmentMatrix& matrix, const MatrixViewport& viewport)
{
    std::vector<CellShare> cells;
    const QRectF plot = viewport.plot();
    for (int row = 0; row < matrix.rows(); ++row) {
        for (const align::OverlapCell& cell : matrix.comparison().overlap->cellsOfA(matrix.baseAt(row))) {
            const int column = matrix.columnOf(cell.other);
            const auto share = column < 0 ? std::nullopt : matrix.share(row, column);
            if (share && plot.contains(viewport.rectOf({row, column}).center()))
                cells.push_back({{row, column}, *share});
        }
    }
    std::ranges::stable_sort(cells, std::ranges::greater{}, &CellShare::share);
    cells.resize(std::min(cells.size(), kMostCellSpots));
    return cells;
}

} // namespace

QList<FigureSpot> alignmentSpots(const AlignmentMatrix& matrix, const MatrixViewport& viewport)
{
    QList<FigureSpot> spots;
    if (viewport.isEmpty())
        return spots;
    const align::LayerComparison& comparison = matrix.comparison();
    for (const CellShare& one : seenCells(matrix, viewport)) {
        const base::ClusterId a = matrix.baseAt(one.cell.row);
        const base::ClusterId b = matrix.fineTunedAt(one.cell.column);
        // A cell may be smaller than a pointer can hit.
        QRectF room = viewport.rectOf(one.cell);
        const double grow = std::max(0.0, 1.5 - room.width() / 2);
        room.adjust(-grow, -grow, grow, grow);
        spots.append({rectangle(room),
            conceptLine(QT_TRANSLATE_NOOP("Figures", "Base concept %1, %2 occurrences: %3"), *comparison.a, a)
                + QLatin1Char('\n')
                + conceptLine(QT_TRANSLATE_NOOP("Figures", "Fine-tuned concept %1, %2 occurrences: %3"),
                    *comparison.b, b)
                + QLatin1Char('\n')
                + spotText(QT_TRANSLATE_NOOP("Figures", "Share in common: %1"))
                      .arg(exactPercent(one.share))});
    }
    return spots;
}

QList<FigureSpot> layerMatrixSpots(QSizeF size, const LayerMatrixPicture& picture, const FigureStyle& style)
{
    QList<FigureSpot> spots;
    const QRectF plot = layerMatrixPlot(size, picture, style);
    for (int row = 0; row < picture.rows(); ++row) {
        for (int column = 0; column < picture.columns(); ++column) {
            const auto share = picture.shareAt(row, column);
            if (!share)
                continue;
            spots.append({rectangle(layerCell(plot, picture, row, column)),
                QStringLiteral("%1 %2\n%3 %4\n%5")
                    .arg(picture.rowTitle)
                    .arg(picture.matrix->rows[static_cast<std::size_t>(row)])
                    .arg(picture.columnTitle)
                    .arg(picture.matrix->columns[static_cast<std::size_t>(column)])
                    .arg(exactPercent(*share))});
        }
    }
    return spots;
}

QList<FigureSpot> labelMatrixSpots(QSizeF size, const LabelMatrix& matrix, const FigureStyle& style)
{
    QList<FigureSpot> spots;
    const LabelMatrixLayout layout(matrix, size, labelMatrixStyle(style));
    for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
        for (std::size_t column = 0; column < matrix.columns.size(); ++column) {
            const LabelMatrix::Column& where = matrix.columns[column];
            const double chance = matrix.chance(row, column);
            QString text = spotText(where.side == 0
                    ? QT_TRANSLATE_NOOP("Figures", "%1, layer %2 of the base model: %3 concepts")
                    : QT_TRANSLATE_NOOP("Figures", "%1, layer %2 of the fine-tuned model: %3 concepts"))
                               .arg(QString::fromStdString(matrix.rows[row].name))
                               .arg(where.layer)
                               .arg(matrix.count(row, column));
            if (chance >= 0.0)
                text += QLatin1Char('\n')
                    + spotText(QT_TRANSLATE_NOOP("Figures", "by chance %1")).arg(chance, 0, 'f', 2);
            spots.append(
                {rectangle(layout.rectOf({static_cast<int>(row), static_cast<int>(column)}, {0, 0})), text});
        }
    }
    return spots;
}

QList<FigureSpot> flowSpots(QSizeF size, const FlowPicture& picture, const FigureStyle& style)
{
    QList<FigureSpot> spots;
    if (picture.isEmpty())
        return spots;
    const QRectF plot = flowPlot(size, picture, style);
    const align::Flow& flow = *picture.flow;
    for (std::size_t at = 0; at < flow.ribbons.size(); ++at) {
        const align::FlowRibbon& ribbon = flow.ribbons[at];
        const auto column = static_cast<qsizetype>(ribbon.column);
        spots.append({flowRibbon(plot, picture, at),
            spotText(QT_TRANSLATE_NOOP("Figures", "%1, %2 → %3, %4\n%5 occurrences"))
                .arg(picture.columnTitles.value(column), picture.groupNames.value(ribbon.from),
                    picture.columnTitles.value(column + 1), picture.groupNames.value(ribbon.to))
                .arg(ribbon.occurrences)});
    }
    for (std::size_t column = 0; column < flow.columns.size(); ++column) {
        for (std::size_t group = 0; group < flow.columns[column].occurrences.size(); ++group) {
            if (flow.columns[column].occurrences[group] == 0)
                continue;
            spots.append(
                {rectangle(flowBlock(plot, picture, static_cast<int>(column), static_cast<int>(group))),
                    spotText(QT_TRANSLATE_NOOP("Figures", "%1, %2\n%3 concepts, %4 occurrences"))
                        .arg(picture.columnTitles.value(static_cast<qsizetype>(column)),
                            picture.groupNames.value(static_cast<qsizetype>(group)))
                        .arg(flow.columns[column].conceptCounts[group])
                        .arg(flow.columns[column].occurrences[group])});
        }
    }
    return spots;
}

QList<FigureSpot> cloudSpots(QSizeF size, const std::vector<CloudWord>& words, const FigureStyle& style)
{
    QList<FigureSpot> spots;
    for (const PlacedWord& word : layOutWordCloud(words, size, style.font)) {
        spots.append({rectangle(word.rect),
            spotText(QT_TRANSLATE_NOOP("Figures", "%1: %2 occurrences")).arg(word.text).arg(word.count)});
    }
    return spots;
}

} // namespace palimpsest::app
