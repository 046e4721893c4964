#include "figures/label_matrix_painter.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "figures/chance_text.h"

namespace palimpsest::app {

namespace {

constexpr double kPadding = 8.0;
constexpr double kLayerGap = 6.0; ///< between the pairs of two layers
constexpr std::size_t kMeasuredNames = 400; ///< names whose width decides that of the gutter
constexpr double kFaintest = 0.14; ///< opacity of a count of one

QString text(const char* source)
{
    return QCoreApplication::translate("LabelMatrix", source);
}

QString countText(std::uint32_t count)
{
    return QLocale(QLocale::English, QLocale::UnitedStates).toString(count);
}

bool isPaired(const LabelMatrix& matrix)
{
    return matrix.columns.size() > 1 && matrix.columns[0].layer == matrix.columns[1].layer;
}

/// Everything the parts of the figure need; lives for one paint.
struct LabelCanvas {
    QPainter& painter;
    const LabelMatrix& matrix;
    const LabelMatrixLayout& layout;
    QPointF offset;
    const LabelMatrixStyle& style;
    const LabelMatrixMarks& marks;
    QFontMetricsF metrics;

    [[nodiscard]] int columns() const { return static_cast<int>(matrix.columns.size()); }
    [[nodiscard]] const LabelMatrix::Column& column(int index) const
    {
        return matrix.columns[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] QColor ink(int index) const
    {
        return column(index).side == 0 ? style.baseModel : style.fineTuned;
    }
};

QColor mixed(const QColor& front, const QColor& back, double opacity)
{
    const auto mix
        = [&](int a, int b) { return static_cast<int>(std::lround(a * opacity + b * (1 - opacity))); };
    return QColor(
        mix(front.red(), back.red()), mix(front.green(), back.green()), mix(front.blue(), back.blue()));
}

void paintCount(const LabelCanvas& canvas, LabelCell cell, std::uint32_t count, double chance)
{
    const QRectF rect = canvas.layout.rectOf(cell, canvas.offset);
    if (count == 0) {
        canvas.painter.setPen(canvas.style.border);
        canvas.painter.drawText(rect, Qt::AlignCenter, QStringLiteral("·"));
        return;
    }
    // Square root: most labels have few concepts, and these must be told apart.
    const double strength = std::sqrt(count / static_cast<double>(std::max(canvas.matrix.largest, 1U)));
    const QColor fill
        = mixed(canvas.ink(cell.column), canvas.style.surface, kFaintest + (1 - kFaintest) * strength);
    canvas.painter.fillRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), fill);
    const QColor ink = qGray(fill.rgb()) < 140 ? QColor(Qt::white) : QColor(0x22, 0x20, 0x1c);
    canvas.painter.setPen(ink);
    const QString number = QString::number(count);
    const QString beside = chance < 0 ? QString() : chanceText(chance);
    const double needed = canvas.metrics.horizontalAdvance(number + beside) + 2.5 * kPadding;
    if (beside.isEmpty() || needed > rect.width()) {
        canvas.painter.drawText(rect, Qt::AlignCenter, number);
        return;
    }
    QRectF left = rect;
    left.setRight(rect.center().x() + canvas.metrics.horizontalAdvance(number) / 2);
    canvas.painter.drawText(left, Qt::AlignRight | Qt::AlignVCenter, number);
    QColor faint = ink;
    faint.setAlphaF(0.75F);
    canvas.painter.setPen(faint);
    canvas.painter.drawText(rect.adjusted(0, 0, -kPadding / 2, 0), Qt::AlignRight | Qt::AlignVCenter, beside);
}

void paintRows(const LabelCanvas& canvas)
{
    const LabelMatrixLayout& layout = canvas.layout;
    const QRectF plot = layout.plot();
    const int first = std::max(0, static_cast<int>(canvas.offset.y() / layout.rowHeight()));
    const int last = std::min(static_cast<int>(canvas.matrix.rows.size()) - 1,
        static_cast<int>((canvas.offset.y() + plot.height()) / layout.rowHeight()));
    canvas.painter.save();
    canvas.painter.setClipRect(QRectF(0, plot.top(), plot.right(), plot.height()));
    for (int row = first; row <= last; ++row) {
        const auto& entry = canvas.matrix.rows[static_cast<std::size_t>(row)];
        const double y = plot.top() + row * layout.rowHeight() - canvas.offset.y();
        const QRectF name(0, y, layout.gutter() - kPadding, layout.rowHeight());
        if (row == canvas.marks.selected.row || row == canvas.marks.hovered.row)
            canvas.painter.fillRect(QRectF(0, y, plot.right(), layout.rowHeight()), canvas.style.raised);
        const QString occurrences = countText(entry.occurrences);
        const double room = name.width() - canvas.metrics.horizontalAdvance(occurrences) - 2 * kPadding;
        canvas.painter.setPen(canvas.style.text);
        canvas.painter.drawText(name.adjusted(kPadding, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
            canvas.metrics.elidedText(QString::fromStdString(entry.name), Qt::ElideRight, room));
        canvas.painter.setPen(canvas.style.muted);
        canvas.painter.drawText(name, Qt::AlignRight | Qt::AlignVCenter, occurrences);
    }
    canvas.painter.setClipRect(plot);
    for (int row = first; row <= last; ++row) {
        const auto at = static_cast<std::size_t>(row);
        for (int column = 0; column < canvas.columns(); ++column) {
            const auto which = static_cast<std::size_t>(column);
            paintCount(
                canvas, {row, column}, canvas.matrix.count(at, which), canvas.matrix.chance(at, which));
        }
    }
    canvas.painter.restore();
}

void paintPinned(const LabelCanvas& canvas)
{
    const LabelMatrixLayout& layout = canvas.layout;
    const double top = layout.headHeight();
    const QRectF plot = layout.plot();
    canvas.painter.fillRect(QRectF(0, top, plot.right(), layout.pinnedHeight()), canvas.style.raised);
    QFont bold = canvas.style.font;
    bold.setWeight(QFont::DemiBold);
    canvas.painter.setFont(bold);
    canvas.painter.setPen(canvas.style.text);
    const QRectF name(kPadding, top, layout.gutter() - 2 * kPadding, layout.rowHeight());
    canvas.painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, text("All labels"));
    canvas.painter.setFont(canvas.style.font);
    canvas.painter.setPen(canvas.style.muted);
    canvas.painter.drawText(
        name.translated(0, layout.rowHeight()), Qt::AlignLeft | Qt::AlignVCenter, text("By chance"));
    QFont small = canvas.style.font; // "<0.1" is the widest text of a narrow column
    small.setPixelSize(std::max(8, small.pixelSize() - 2));
    canvas.painter.save();
    canvas.painter.setClipRect(QRectF(plot.left(), top, plot.width(), layout.pinnedHeight()));
    for (int index = 0; index < canvas.columns(); ++index) {
        const auto& column = canvas.column(index);
        const QRectF cell = layout.rectOf({-1, index}, canvas.offset);
        canvas.painter.setFont(bold);
        canvas.painter.setPen(canvas.style.text);
        canvas.painter.drawText(cell, Qt::AlignCenter, QString::number(column.aligned));
        canvas.painter.setFont(small);
        canvas.painter.setPen(canvas.style.muted);
        canvas.painter.drawText(cell.translated(0, layout.rowHeight()), Qt::AlignCenter,
            column.chance < 0 ? QStringLiteral("…") : chanceText(column.chance));
    }
    canvas.painter.restore();
}

void paintHeadings(const LabelCanvas& canvas)
{
    const LabelMatrixLayout& layout = canvas.layout;
    const QRectF plot = layout.plot();
    canvas.painter.setPen(canvas.style.muted);
    canvas.painter.drawText(QRectF(kPadding, 0, layout.gutter() - 2 * kPadding, layout.rowHeight()),
        Qt::AlignRight | Qt::AlignVCenter, text("Layer"));
    canvas.painter.drawText(
        QRectF(kPadding, layout.rowHeight(), layout.gutter() - 2 * kPadding, layout.rowHeight()),
        Qt::AlignLeft | Qt::AlignVCenter, QString::fromStdString(canvas.matrix.setName));
    canvas.painter.drawText(
        QRectF(kPadding, layout.rowHeight(), layout.gutter() - 2 * kPadding, layout.rowHeight()),
        Qt::AlignRight | Qt::AlignVCenter, text("Words"));
    canvas.painter.save();
    canvas.painter.setClipRect(QRectF(plot.left(), 0, plot.width(), layout.headHeight()));
    QFont bold = canvas.style.font;
    bold.setWeight(QFont::DemiBold);
    for (int index = 0; index < canvas.columns(); ++index) {
        const auto& column = canvas.column(index);
        const bool opens = index == 0 || canvas.column(index - 1).layer != column.layer;
        const bool paired = index + 1 < canvas.columns() && canvas.column(index + 1).layer == column.layer;
        const double x = layout.columnX(index, canvas.offset);
        if (opens) {
            canvas.painter.setFont(bold);
            canvas.painter.setPen(canvas.style.text);
            canvas.painter.drawText(QRectF(x, 0, layout.columnWidth() * (paired ? 2 : 1), layout.rowHeight()),
                Qt::AlignCenter, QString::number(column.layer));
        }
        const QRectF letter(x, layout.rowHeight(), layout.columnWidth(), layout.rowHeight());
        const bool sorted = index == canvas.marks.sortedColumn;
        canvas.painter.setFont(sorted ? bold : canvas.style.font);
        canvas.painter.setPen(canvas.ink(index));
        canvas.painter.drawText(letter, Qt::AlignCenter,
            (column.side == 0 ? text("B") : text("F")) + (sorted ? QStringLiteral("↓") : QString()));
    }
    canvas.painter.restore();
    canvas.painter.setFont(canvas.style.font);
}

void paintMarks(const LabelCanvas& canvas)
{
    const auto frame = [&](LabelCell cell, const QColor& color, double width) {
        if (cell.row < -1 || cell.column < 0 || cell.column >= canvas.columns()
            || cell.row >= static_cast<int>(canvas.matrix.rows.size()))
            return;
        const QRectF plot = canvas.layout.plot();
        canvas.painter.save();
        canvas.painter.setClipRect(cell.row < 0
                ? QRectF(plot.left(), canvas.layout.headHeight(), plot.width(), canvas.layout.pinnedHeight())
                : plot);
        canvas.painter.setPen(QPen(color, width));
        canvas.painter.drawRect(canvas.layout.rectOf(cell, canvas.offset).adjusted(1, 1, -1, -1));
        canvas.painter.restore();
    };
    frame(canvas.marks.hovered, canvas.style.muted, 1.0);
    frame(canvas.marks.selected, canvas.style.accent, 2.0);
}

} // namespace

LabelMatrixStyle labelMatrixStyle(const FigureStyle& style)
{
    return {style.dark, style.text, style.muted, style.border, style.surface,
        app::mixed(style.text, style.surface, 0.07), style.accent, modelColor(false, style.dark),
        modelColor(true, style.dark), style.font};
}

LabelMatrixLayout::LabelMatrixLayout(const LabelMatrix& matrix, QSizeF size, const LabelMatrixStyle& style)
    : m_paired(isPaired(matrix))
{
    const QFontMetricsF metrics(style.font);
    m_rowHeight = std::ceil(metrics.height() * 1.5);
    double widest = metrics.horizontalAdvance(text("All labels")) * 1.1;
    std::uint32_t most = 0;
    for (const auto& row : matrix.rows)
        most = std::max(most, row.occurrences);
    const std::size_t measured = std::min(matrix.rows.size(), kMeasuredNames);
    for (std::size_t row = 0; row < measured; ++row)
        widest = std::max(widest, metrics.horizontalAdvance(QString::fromStdString(matrix.rows[row].name)));
    const double numbers
        = std::max(metrics.horizontalAdvance(countText(most)), metrics.horizontalAdvance(text("Words")));
    m_gutter
        = std::ceil(std::clamp(widest + numbers + 4 * kPadding, 120.0, std::max(120.0, size.width() * 0.34)));
    m_layerGap = m_paired ? kLayerGap : 2.0;
    const auto columns = static_cast<double>(matrix.columns.size());
    const double gaps = m_layerGap * (m_paired ? columns / 2 : columns);
    QFont bold = style.font; // the line of all labels is the widest
    bold.setWeight(QFont::DemiBold);
    const double least = std::ceil(QFontMetricsF(bold).horizontalAdvance(QStringLiteral("000")))
        + std::max(4.0, metrics.averageCharWidth());
    const double room = (size.width() - m_gutter - gaps) / std::max(columns, 1.0);
    m_columnWidth = std::floor(std::clamp(room, least, least * 4));
    const double top = headHeight() + pinnedHeight() + 4;
    m_plot
        = QRectF(m_gutter, top, std::max(1.0, size.width() - m_gutter), std::max(1.0, size.height() - top));
    m_content = QSizeF(columns * m_columnWidth + gaps, static_cast<double>(matrix.rows.size()) * m_rowHeight);
}

QPointF LabelMatrixLayout::maximumOffset() const
{
    return {std::max(0.0, m_content.width() - m_plot.width()),
        std::max(0.0, m_content.height() - m_plot.height())};
}

double LabelMatrixLayout::columnX(int column, QPointF offset) const
{
    const int layers = m_paired ? column / 2 : column;
    return m_plot.left() + column * m_columnWidth + layers * m_layerGap - offset.x();
}

QRectF LabelMatrixLayout::rectOf(LabelCell cell, QPointF offset) const
{
    const double y = cell.row < 0 ? headHeight() : m_plot.top() + cell.row * m_rowHeight - offset.y();
    return {columnX(cell.column, offset), y, m_columnWidth, m_rowHeight};
}

LabelCell LabelMatrixLayout::cellAt(QPointF point, QPointF offset, int rows, int columns) const
{
    LabelCell cell;
    const bool pinned = point.y() >= headHeight() && point.y() < headHeight() + pinnedHeight();
    if (!pinned && point.y() < m_plot.top())
        return {};
    cell.row
        = pinned ? -1 : static_cast<int>(std::floor((point.y() - m_plot.top() + offset.y()) / m_rowHeight));
    if (cell.row >= rows)
        return {};
    const double x = point.x() - m_plot.left() + offset.x();
    const double period = m_paired ? 2 * m_columnWidth + m_layerGap : m_columnWidth + m_layerGap;
    const int layer = static_cast<int>(std::floor(x / period));
    const double within = x - layer * period;
    const int inLayer = std::min(m_paired ? 1 : 0, static_cast<int>(within / m_columnWidth));
    const int column = m_paired ? 2 * layer + inLayer : layer;
    if (point.x() >= m_plot.left() && x >= 0 && column < columns)
        cell.column = column;
    return cell;
}

int LabelMatrixLayout::headingAt(QPointF point, QPointF offset, int columns) const
{
    if (point.y() >= headHeight())
        return -1;
    return cellAt({point.x(), headHeight() + 1}, offset, 0, columns).column;
}

void paintLabelMatrix(QPainter& painter, const LabelMatrix& matrix, const LabelMatrixLayout& layout,
    QPointF offset, const LabelMatrixStyle& style, const LabelMatrixMarks& marks)
{
    painter.setFont(style.font);
    const LabelCanvas canvas{painter, matrix, layout, offset, style, marks, QFontMetricsF(style.font)};
    paintRows(canvas);
    paintPinned(canvas);
    paintHeadings(canvas);
    paintMarks(canvas);
}

} // namespace palimpsest::app
