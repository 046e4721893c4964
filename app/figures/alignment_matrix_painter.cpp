#include "figures/alignment_matrix_painter.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "figures/figure_words.h"

namespace palimpsest::app {

namespace {

constexpr double kSmallestMark = 2.0; ///< pixels: a lone cell must stay visible
constexpr double kGridFrom = 7.0; ///< cells of this many pixels get grid lines
constexpr double kNumbersFrom = 38.0; ///< cells of this many pixels say their share
constexpr double kStatusStrip = 6.0;
constexpr double kMatrixGap = 3.0;
constexpr double kTickRoom = kStatusStrip + 4 * kMatrixGap;

/// Everything the parts of the figure need; lives for one paint.
struct MatrixCanvas {
    QPainter& painter;
    QSizeF size;
    const AlignmentMatrix& matrix;
    const MatrixViewport& viewport;
    const MatrixStyle& style;
    QFontMetricsF metrics;

    [[nodiscard]] bool namesConcepts() const { return app::namesConcepts(viewport.cellPixels(), style); }
};

/// Cells of a level under the centres of `pixels` device pixels that start at `start`.
std::vector<int> sample(
    double start, double cellStart, double cellPixels, int pixels, double ratio, int count)
{
    std::vector<int> cells(static_cast<std::size_t>(pixels));
    for (int pixel = 0; pixel < pixels; ++pixel) {
        const double place = (start + (pixel + 0.5) / ratio - cellStart) / cellPixels;
        cells[static_cast<std::size_t>(pixel)]
            = std::clamp(static_cast<int>(std::floor(place)), 0, count - 1);
    }
    return cells;
}

void paintCells(const MatrixCanvas& canvas, const QRectF& covered)
{
    const double ratio = canvas.style.pixelRatio;
    const double cellPixels = canvas.viewport.cellPixels();
    // A printer's dot is finer than a screen's pixel, but a mark of less than a pixel is seen by nobody.
    const auto& level = canvas.matrix.levelFor(cellPixels, kSmallestMark * std::max(0.5, 1.0 / ratio));
    // Whole device pixels, so that drawing resamples nothing.
    const QRectF target(std::round(covered.left() * ratio) / ratio, std::round(covered.top() * ratio) / ratio,
        std::max(1.0, std::round(covered.width() * ratio)) / ratio,
        std::max(1.0, std::round(covered.height() * ratio)) / ratio);
    const int width = static_cast<int>(std::lround(target.width() * ratio));
    const int height = static_cast<int>(std::lround(target.height() * ratio));
    const double pixels = cellPixels * level.factor;
    const auto columns = sample(target.left(), canvas.viewport.xOf(0), pixels, width, ratio, level.columns);
    const auto rows = sample(target.top(), canvas.viewport.yOf(0), pixels, height, ratio, level.rows);

    std::array<QRgb, 256> colors{};
    const ColorRamp ramp(canvas.style.dark);
    colors[0] = canvas.style.surface.rgb();
    for (int value = 1; value < 256; ++value)
        colors[static_cast<std::size_t>(value)] = ramp.at((value - 1) / 254.0);

    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        const int row = rows[static_cast<std::size_t>(y)];
        for (int x = 0; x < width; ++x)
            line[x] = colors[level.at(row, columns[static_cast<std::size_t>(x)])];
    }
    canvas.painter.drawImage(target, image);
}

void paintGrid(const MatrixCanvas& canvas, const QRectF& covered)
{
    if (canvas.viewport.cellPixels() < kGridFrom)
        return;
    QColor color = canvas.style.border;
    color.setAlphaF(0.6F);
    canvas.painter.setPen(QPen(color, 1));
    const auto first = canvas.viewport.firstVisible();
    const auto last = canvas.viewport.lastVisible();
    for (int column = first.column + 1; column <= last.column; ++column) {
        const double x = std::round(canvas.viewport.xOf(column)) + 0.5;
        canvas.painter.drawLine(QPointF(x, covered.top()), QPointF(x, covered.bottom()));
    }
    for (int row = first.row + 1; row <= last.row; ++row) {
        const double y = std::round(canvas.viewport.yOf(row)) + 0.5;
        canvas.painter.drawLine(QPointF(covered.left(), y), QPointF(covered.right(), y));
    }
}

void paintShares(const MatrixCanvas& canvas, const QRectF& covered)
{
    if (canvas.viewport.cellPixels() < kNumbersFrom)
        return;
    const QPointF reach(
        canvas.metrics.horizontalAdvance(QStringLiteral("100\u00a0%")) / 2, canvas.metrics.height() / 2);
    const ColorRamp ramp(canvas.style.dark);
    const auto first = canvas.viewport.firstVisible();
    const auto last = canvas.viewport.lastVisible();
    for (int row = first.row; row <= last.row; ++row) {
        for (int column = first.column; column <= last.column; ++column) {
            const auto share = canvas.matrix.share(row, column);
            if (!share)
                continue;
            const QRectF cell = canvas.viewport.rectOf({row, column});
            if (!covered.contains(QRectF(cell.center() - reach, cell.center() + reach)))
                continue; // half of a number at the edge says the wrong thing
            canvas.painter.setPen(qGray(ramp.at(*share)) < 110 ? Qt::white : QColor(0x22, 0x20, 0x1c));
            canvas.painter.drawText(cell, Qt::AlignCenter,
                QString::number(std::lround(*share * 100)) + QStringLiteral("\u00a0%"));
        }
    }
}

/// One colour per row (or column) beside the plot: what became of its concept.
void paintStatusStrips(const MatrixCanvas& canvas, const QRectF& covered)
{
    const auto& alignment = canvas.matrix.comparison().alignment;
    const double ratio = canvas.style.pixelRatio;
    const double cell = canvas.viewport.cellPixels();
    const auto strip = [&](int pixels, double start, double origin, int count, bool horizontal,
                           const std::function<align::Status(int)>& statusAt) {
        const auto cells = sample(start, origin, cell, pixels, ratio, count);
        QImage image(horizontal ? pixels : 1, horizontal ? 1 : pixels, QImage::Format_RGB32);
        for (int i = 0; i < pixels; ++i)
            image.setPixelColor(horizontal ? i : 0, horizontal ? 0 : i,
                statusColor(statusAt(cells[static_cast<std::size_t>(i)])));
        return image;
    };
    const QImage rows = strip(std::max(1, static_cast<int>(std::lround(covered.height() * ratio))),
        covered.top(), canvas.viewport.yOf(0), canvas.matrix.rows(), false,
        [&](int row) { return alignment.a[base::toIndex(canvas.matrix.baseAt(row))].status; });
    const QImage columns = strip(std::max(1, static_cast<int>(std::lround(covered.width() * ratio))),
        covered.left(), canvas.viewport.xOf(0), canvas.matrix.columns(), true,
        [&](int column) { return alignment.b[base::toIndex(canvas.matrix.fineTunedAt(column))].status; });
    canvas.painter.drawImage(
        QRectF(covered.left() - kStatusStrip - kMatrixGap, covered.top(), kStatusStrip, covered.height()),
        rows);
    canvas.painter.drawImage(
        QRectF(covered.left(), covered.bottom() + kMatrixGap, covered.width(), kStatusStrip), columns);
}

QString conceptLabel(const concepts::ConceptSet& concepts, base::ClusterId id)
{
    return QString::number(base::toIndex(id)) + QStringLiteral("  ") + figureConceptWords(concepts, id, 1);
}

void paintNames(const MatrixCanvas& canvas, const QRectF& covered)
{
    QPainter& painter = canvas.painter;
    const auto& comparison = canvas.matrix.comparison();
    const double cell = canvas.viewport.cellPixels();
    const double line = canvas.metrics.height();
    const auto first = canvas.viewport.firstVisible();
    const auto last = canvas.viewport.lastVisible();
    const double right = covered.left() - kStatusStrip - 2 * kMatrixGap;
    const double room = right - line - 2 * kMatrixGap;
    painter.setPen(canvas.style.text);
    for (int row = first.row; row <= last.row; ++row) {
        const double y = canvas.viewport.yOf(row) + cell / 2;
        if (y < covered.top() || y > covered.bottom())
            continue;
        const QString label = conceptLabel(*comparison.a, canvas.matrix.baseAt(row));
        painter.drawText(QRectF(right - room, y - line / 2, room, line), Qt::AlignRight | Qt::AlignVCenter,
            canvas.metrics.elidedText(label, Qt::ElideRight, room));
    }
    const double top = covered.bottom() + kStatusStrip + 2 * kMatrixGap;
    const double depth = canvas.size.height() - top - line - 2 * kMatrixGap;
    for (int column = first.column; column <= last.column; ++column) {
        const double x = canvas.viewport.xOf(column) + cell / 2;
        if (x < covered.left() || x > covered.right())
            continue;
        const QString label = conceptLabel(*comparison.b, canvas.matrix.fineTunedAt(column));
        painter.save();
        painter.translate(x, top);
        painter.rotate(-90);
        painter.drawText(QRectF(-depth, -line / 2, depth, line), Qt::AlignRight | Qt::AlignVCenter,
            canvas.metrics.elidedText(label, Qt::ElideRight, depth));
        painter.restore();
    }
}

/// 1, 2 or 5 times a power of ten, so that ticks are at least `pixels` apart.
int tickStep(double cellPixels, double pixels)
{
    for (int power = 1; power < 1'000'000; power *= 10)
        for (const int digit : {1, 2, 5})
            if (digit * power * cellPixels >= pixels)
                return digit * power;
    return 1'000'000;
}

void paintPlaces(const MatrixCanvas& canvas, const QRectF& covered)
{
    QPainter& painter = canvas.painter;
    const double cell = canvas.viewport.cellPixels();
    const double line = canvas.metrics.height();
    const double right = covered.left() - kStatusStrip - 2 * kMatrixGap;
    const double top = covered.bottom() + kStatusStrip + 2 * kMatrixGap;
    const auto first = canvas.viewport.firstVisible();
    const auto last = canvas.viewport.lastVisible();
    painter.setPen(canvas.style.muted);
    const int rowStep = tickStep(cell, 3 * line);
    for (int row = first.row; row <= last.row; ++row) {
        if ((row + 1) % rowStep != 0 && row != 0)
            continue;
        const double y = canvas.viewport.yOf(row + 0.5);
        painter.drawLine(QPointF(right + 1, y), QPointF(right + kMatrixGap, y));
        painter.drawText(QRectF(0, y - line / 2, right - kMatrixGap, line), Qt::AlignRight | Qt::AlignVCenter,
            QString::number(row + 1));
    }
    const int columnStep = tickStep(cell, 4 * line);
    for (int column = first.column; column <= last.column; ++column) {
        if ((column + 1) % columnStep != 0 && column != 0)
            continue;
        const double x = canvas.viewport.xOf(column + 0.5);
        painter.drawLine(QPointF(x, top - kMatrixGap), QPointF(x, top - 1));
        painter.drawText(QRectF(x - 50, top + kMatrixGap - 2, 100, line), Qt::AlignHCenter | Qt::AlignTop,
            QString::number(column + 1));
    }
}

void paintTitles(const MatrixCanvas& canvas, const MatrixTitles& titles)
{
    QPainter& painter = canvas.painter;
    const QRectF plot = canvas.viewport.plot();
    const double line = canvas.metrics.height();
    const QFont plain = painter.font();
    QFont strong = plain;
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    painter.setPen(canvas.style.text);
    // Beside the ticks when concepts are not named, else where the names end.
    const bool named = canvas.namesConcepts();
    const double below = named ? canvas.size.height() - line - 1 : plot.bottom() + kTickRoom + line;
    painter.drawText(
        QRectF(plot.left(), below, plot.width(), line), Qt::AlignCenter | Qt::TextDontClip, titles.columns);
    painter.save();
    const double beside = named ? 0.0 : canvas.viewport.covered().left() - kTickRoom - 2.6 * line;
    painter.translate(std::max(beside, line / 2 + 1), plot.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-plot.height() / 2, -line / 2, plot.height(), line),
        Qt::AlignCenter | Qt::TextDontClip, titles.rows);
    painter.restore();
    painter.setFont(plain);
}

/// An outline that stays visible on any cell colour and at any zoom.
void paintMark(const MatrixCanvas& canvas, MatrixCell cell, const QColor& color, double width)
{
    const QRectF rect = canvas.viewport.rectOf(cell).adjusted(-1, -1, 1, 1);
    const double grow = std::max(0.0, 9.0 - rect.width()) / 2.0;
    canvas.painter.setBrush(Qt::NoBrush);
    canvas.painter.setPen(QPen(canvas.style.surface, width + 2));
    canvas.painter.drawRect(rect.adjusted(-grow, -grow, grow, grow));
    canvas.painter.setPen(QPen(color, width));
    canvas.painter.drawRect(rect.adjusted(-grow, -grow, grow, grow));
}

/// The row and the column of the selected cell: a line where cells are small, else a band that hides no
/// number.
void paintCross(const MatrixCanvas& canvas, const QRectF& covered, MatrixCell selected)
{
    QPainter& painter = canvas.painter;
    const double cell = canvas.viewport.cellPixels();
    const bool bands = cell >= kGridFrom;
    QColor band = canvas.style.accent;
    band.setAlphaF(0.13F);
    painter.setPen(QPen(canvas.style.accent, 1, Qt::DashLine));
    if (selected.row >= 0) {
        const double top = canvas.viewport.yOf(selected.row);
        const double y = std::round(top + cell / 2) + 0.5;
        if (bands)
            painter.fillRect(QRectF(covered.left(), top, covered.width(), cell), band);
        else
            painter.drawLine(QPointF(covered.left(), y), QPointF(covered.right(), y));
    }
    if (selected.column >= 0) {
        const double left = canvas.viewport.xOf(selected.column);
        const double x = std::round(left + cell / 2) + 0.5;
        if (bands)
            painter.fillRect(QRectF(left, covered.top(), cell, covered.height()), band);
        else
            painter.drawLine(QPointF(x, covered.top()), QPointF(x, covered.bottom()));
    }
}

void paintMarks(const MatrixCanvas& canvas, const QRectF& covered, const MatrixMarks& marks)
{
    QPainter& painter = canvas.painter;
    painter.save();
    painter.setClipRect(canvas.viewport.plot().adjusted(-1, -1, 1, 1));
    paintCross(canvas, covered, marks.selected);
    if (marks.hovered.row >= 0 && marks.hovered.column >= 0)
        paintMark(canvas, marks.hovered, canvas.style.text, 1);
    if (marks.selected.row >= 0 && marks.selected.column >= 0)
        paintMark(canvas, marks.selected, canvas.style.accent, 2);
    painter.restore();
}

} // namespace

bool namesConcepts(double cellPixels, const MatrixStyle& style)
{
    return cellPixels >= 1.3 * QFontMetricsF(style.font).height();
}

QRectF matrixPlotRect(QSizeF size, const MatrixStyle& style, bool named)
{
    const double line = QFontMetricsF(style.font).height();
    // Names of concepts give way where the figure is narrow, as in a column of a paper.
    const double left
        = std::floor(named ? std::clamp(0.2 * size.width(), 6.0 * line, 8.5 * line) : 5.0 * line);
    const double bottom = named ? std::clamp(0.2 * size.height(), 5.0 * line, 7.5 * line) : 3.8 * line;
    const double top = std::ceil(line / 2); // half of the first row's number
    const double right = 1.5 * line; // half of the last column's number
    return {
        left, top, std::max(0.0, size.width() - left - right), std::max(0.0, size.height() - bottom - top)};
}

void paintAlignmentMatrix(QPainter& painter, QSizeF size, const AlignmentMatrix& matrix,
    const MatrixViewport& viewport, const MatrixStyle& style, const MatrixMarks& marks,
    const MatrixTitles& titles)
{
    painter.setFont(style.font);
    const MatrixCanvas canvas{painter, size, matrix, viewport, style, QFontMetricsF(style.font)};
    paintTitles(canvas, titles);
    if (viewport.isEmpty())
        return;
    const QRectF covered = viewport.covered();
    paintCells(canvas, covered);
    paintGrid(canvas, covered);
    paintShares(canvas, covered);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(style.border, 1));
    painter.drawRect(covered.adjusted(-0.5, -0.5, 0.5, 0.5));
    paintStatusStrips(canvas, covered);
    if (canvas.namesConcepts())
        paintNames(canvas, covered);
    else
        paintPlaces(canvas, covered);
    paintMarks(canvas, covered, marks);
}

void paintMatrixMarks(QPainter& painter, QSizeF size, const AlignmentMatrix& matrix,
    const MatrixViewport& viewport, const MatrixStyle& style, const MatrixMarks& marks)
{
    if (!viewport.isEmpty())
        paintMarks(
            {painter, size, matrix, viewport, style, QFontMetricsF(style.font)}, viewport.covered(), marks);
}

} // namespace palimpsest::app
