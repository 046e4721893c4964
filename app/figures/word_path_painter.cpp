#include "figures/word_path_painter.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace palimpsest::app {

namespace {

constexpr double kPathGap = 8.0;
constexpr double kLayerWidth = 22.0;
constexpr double kStayedWidth = 58.0;
constexpr double kAlikeWidth = 46.0;
constexpr double kLeastCell = 120.0;
constexpr double kRowLines = 2.9; ///< of a row's height, in lines of text

QString pathText(const char* source)
{
    return QCoreApplication::translate("Figures", source);
}

QString percentOf(double share)
{
    return QStringLiteral("%1\u00a0%").arg(100.0 * share, 0, 'f', 0);
}

QColor leftColor(bool dark)
{
    return dark ? QColor(0xF0, 0x90, 0x7A) : QColor(0xA4, 0x30, 0x1C);
}

/// Where the columns of a figure this wide are.
struct PathColumns {
    QRectF layer, base, stayed, fineTuned, alikeBase, alikeFineTuned;
};

PathColumns columnsOf(const QRectF& row, bool second)
{
    const double alike = second ? 2 * (kAlikeWidth + kPathGap) : 0.0;
    const double cell
        = std::max(10.0, (row.width() - kLayerWidth - kStayedWidth - 3 * kPathGap - alike) / 2.0);
    double x = row.left();
    const auto next = [&](double width) {
        const QRectF rect(x, row.top(), width, row.height());
        x += width + kPathGap;
        return rect;
    };
    PathColumns columns;
    columns.layer = next(kLayerWidth);
    columns.base = next(cell);
    columns.stayed = next(kStayedWidth);
    columns.fineTuned = next(cell);
    columns.alikeBase = next(kAlikeWidth);
    columns.alikeFineTuned = next(kAlikeWidth);
    return columns;
}

class WordPathPainting {
public:
    WordPathPainting(QPainter& painter, const FigureStyle& style)
        : m_painter(painter)
        , m_style(style)
        , m_bold(style.font)
        , m_line(QFontMetricsF(style.font).height())
    {
        m_bold.setWeight(QFont::DemiBold);
    }

    void text(const QRectF& rect, int flags, const QString& text, const QColor& color, bool bold = false)
    {
        const QFont& font = bold ? m_bold : m_style.font;
        m_painter.setFont(font);
        m_painter.setPen(color);
        m_painter.drawText(rect, flags | Qt::TextSingleLine | Qt::TextDontClip,
            QFontMetricsF(font).elidedText(text, Qt::ElideRight, rect.width()));
    }
    void bar(const QRectF& rect, double share, const QColor& color)
    {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(mixed(m_style.text, m_style.surface, 0.08));
        m_painter.drawRect(rect);
        m_painter.setBrush(color);
        m_painter.drawRect(
            QRectF(rect.topLeft(), QSizeF(rect.width() * std::clamp(share, 0.0, 1.0), rect.height())));
    }
    void stand(const QRectF& cell, const WordPathStand& stand, const QColor& color)
    {
        m_painter.setPen(QPen(m_style.border, 1));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRect(cell);
        m_painter.fillRect(QRectF(cell.left(), cell.top(), 3, cell.height()), color);
        QRectF inside = cell.adjusted(kPathGap, 2, -4, -5);
        inside.setTop(inside.top() + std::max(0.0, (inside.height() - 2 * m_line) / 2));
        const double shareWidth = QFontMetricsF(m_style.font).horizontalAdvance(stand.shareText);
        const double titleWidth = std::max(0.0, inside.width() - shareWidth - kPathGap);
        text({inside.left(), inside.top(), titleWidth, m_line}, Qt::AlignLeft, stand.title, m_style.text,
            true);
        text({inside.right() - shareWidth, inside.top(), shareWidth + 1, m_line}, Qt::AlignLeft,
            stand.shareText, m_style.muted);
        text({inside.left(), inside.top() + m_line, inside.width(), m_line}, Qt::AlignLeft, stand.words,
            m_style.muted);
        bar({cell.left() + 3, cell.bottom() - 3, cell.width() - 3, 3}, stand.share, color);
    }
    /// A share as a number above a bar, and a word below it where there is one.
    void share(
        const QRectF& room, double share, const QColor& color, const QColor& number, const QString& word)
    {
        const double used = (word.isEmpty() ? 1 : 2) * m_line + 8;
        const QRectF cell(
            room.left(), room.top() + std::max(0.0, (room.height() - used) / 2), room.width(), used);
        text({cell.left(), cell.top() + 1, cell.width(), m_line}, Qt::AlignHCenter, percentOf(share), number,
            true);
        bar({cell.left(), cell.top() + m_line + 3, cell.width(), 5}, share, color);
        text({cell.left(), cell.top() + m_line + 8, cell.width(), m_line}, Qt::AlignHCenter, word, number);
    }

private:
    QPainter& m_painter;
    const FigureStyle& m_style;
    QFont m_bold;
    double m_line;
};

void paintPathHeadings(
    WordPathPainting& painting, QSizeF size, const WordPathPicture& picture, const FigureStyle& style)
{
    const double line = QFontMetricsF(style.font).height();
    const PathColumns columns = columnsOf({0, 0, size.width(), line}, picture.hasSecond());
    painting.text(
        columns.base, Qt::AlignLeft, pathText(QT_TRANSLATE_NOOP("Figures", "Base model")), style.muted);
    painting.text(
        columns.stayed, Qt::AlignHCenter, pathText(QT_TRANSLATE_NOOP("Figures", "Stayed")), style.muted);
    painting.text(columns.fineTuned, Qt::AlignLeft,
        pathText(QT_TRANSLATE_NOOP("Figures", "Fine-tuned model")), style.muted);
    if (picture.hasSecond())
        painting.text(columns.alikeBase.united(columns.alikeFineTuned), Qt::AlignHCenter,
            pathText(QT_TRANSLATE_NOOP("Figures", "Alike “%1”")).arg(picture.second), style.muted);
}

FigureTable wordPathTable(const WordPathPicture& picture)
{
    FigureTable table{{QStringLiteral("layer"), QStringLiteral("base concept"), QStringLiteral("base words"),
                          QStringLiteral("base share"), QStringLiteral("stayed"), QStringLiteral("left"),
                          QStringLiteral("fine-tuned concept"), QStringLiteral("fine-tuned words"),
                          QStringLiteral("fine-tuned share")},
        {}};
    if (picture.hasSecond())
        table.header << QStringLiteral("alike in base") << QStringLiteral("alike in fine-tuned");
    for (const WordPathLayer& layer : picture.layers) {
        QVariantList row{layer.layer, layer.base.title, layer.base.words, layer.base.share, layer.stayed,
            layer.left ? QStringLiteral("yes") : QStringLiteral("no"), layer.fineTuned.title,
            layer.fineTuned.words, layer.fineTuned.share};
        if (picture.hasSecond())
            row << layer.secondBase << layer.secondFineTuned;
        table.rows.append(row);
    }
    return table;
}

} // namespace

QRectF wordPathRow(QSizeF size, const WordPathPicture& picture, const FigureStyle& style, qsizetype row)
{
    const double top = QFontMetricsF(style.font).height() + 4.0;
    const double height
        = (size.height() - top) / static_cast<double>(std::max<qsizetype>(1, picture.layers.size()));
    return {0.5, top + static_cast<double>(row) * height, size.width() - 1.0, std::max(1.0, height - 4.0)};
}

void paintWordPath(QPainter& painter, QSizeF size, const WordPathPicture& picture, const FigureStyle& style)
{
    WordPathPainting painting(painter, style);
    paintPathHeadings(painting, size, picture, style);
    const QColor danger = leftColor(style.dark);
    for (qsizetype at = 0; at < picture.layers.size(); ++at) {
        const WordPathLayer& layer = picture.layers[at];
        const QRectF row = wordPathRow(size, picture, style, at);
        const PathColumns columns = columnsOf(row, picture.hasSecond());
        painting.text(
            columns.layer, Qt::AlignRight | Qt::AlignVCenter, QString::number(layer.layer), style.text, true);
        painting.stand(columns.base, layer.base, modelColor(false, style.dark));
        painting.stand(columns.fineTuned, layer.fineTuned, modelColor(true, style.dark));
        painting.share(columns.stayed, layer.stayed, layer.left ? danger : statusColor(align::Status::Kept),
            layer.left ? danger : style.text,
            layer.left ? pathText(QT_TRANSLATE_NOOP("Figures", "left")) : QString());
        if (!picture.hasSecond())
            continue;
        painting.share(columns.alikeBase, layer.secondBase, modelColor(false, style.dark), style.text, {});
        painting.share(
            columns.alikeFineTuned, layer.secondFineTuned, modelColor(true, style.dark), style.text, {});
    }
}

Figure wordPathFigure(const WordPathPicture& picture)
{
    Figure figure;
    if (picture.layers.isEmpty())
        return figure;
    const double line = QFontMetricsF(themeStyle(false).font).height();
    const double height = line + 4.0 + (kRowLines * line + 4.0) * static_cast<double>(picture.layers.size());
    const double width = kLayerWidth + kStayedWidth + 3 * kPathGap + 2 * kLeastCell
        + (picture.hasSecond() ? 2 * (kAlikeWidth + kPathGap) : 0.0);
    figure.leastSize = {width, height};
    figure.naturalSize = {1.6 * width, height}; // rows keep their height on wider paper
    figure.paint = [picture](QPainter& painter, QSizeF size, const FigureStyle& style) {
        paintWordPath(painter, size, picture, style);
    };
    figure.spots = [picture](QSizeF size, const FigureStyle& style) {
        QList<FigureSpot> spots;
        for (qsizetype at = 0; at < picture.layers.size(); ++at) {
            QPainterPath area;
            area.addRect(wordPathRow(size, picture, style, at));
            spots.append({area, picture.layers[at].description});
        }
        return spots;
    };
    figure.table = [picture] { return wordPathTable(picture); };
    return figure;
}

} // namespace palimpsest::app
