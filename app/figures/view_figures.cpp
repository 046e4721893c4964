#include "figures/view_figures.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "figures/figure_parts.h"
#include "figures/figure_spots.h"
#include "figures/figure_words.h"
#include "figures/label_matrix_painter.h"
#include "figures/scatter_labels.h"

namespace palimpsest::app {

using align::Status;

namespace {

constexpr double kTextPixels = 11.0;

QString figureText(const char* source)
{
    return QCoreApplication::translate("Figures", source);
}

QString statusText(Status status)
{
    switch (status) {
    case Status::Kept:
        return figureText(QT_TRANSLATE_NOOP("Figures", "Kept"));
    case Status::Split:
        return figureText(QT_TRANSLATE_NOOP("Figures", "Split"));
    case Status::Merged:
        return figureText(QT_TRANSLATE_NOOP("Figures", "Merged"));
    case Status::New:
        return figureText(QT_TRANSLATE_NOOP("Figures", "New"));
    case Status::Vanished:
        break;
    }
    return figureText(QT_TRANSLATE_NOOP("Figures", "Vanished"));
}

int number(base::ClusterId id)
{
    return static_cast<int>(base::toIndex(id));
}

QString plain(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

FigureTable alignmentTable(const AlignmentMatrix& matrix)
{
    FigureTable table{
        {QStringLiteral("base concept"), QStringLiteral("base words"), QStringLiteral("base size"),
            QStringLiteral("base status"), QStringLiteral("fine-tuned concept"),
            QStringLiteral("fine-tuned words"), QStringLiteral("fine-tuned size"), QStringLiteral("share")},
        {}};
    const auto& comparison = matrix.comparison();
    for (int row = 0; row < matrix.rows(); ++row) {
        const base::ClusterId a = matrix.baseAt(row);
        for (const align::OverlapCell& cell : comparison.overlap->cellsOfA(a)) {
            const int column = matrix.columnOf(cell.other);
            const auto share = column < 0 ? std::nullopt : matrix.share(row, column);
            if (!share)
                continue;
            table.rows.append(
                {number(a), figureConceptWords(*comparison.a, a), static_cast<int>(comparison.a->size(a)),
                    plain(align::statusName(comparison.alignment.a[base::toIndex(a)].status)),
                    number(cell.other), figureConceptWords(*comparison.b, cell.other),
                    static_cast<int>(comparison.b->size(cell.other)), *share});
        }
    }
    return table;
}

FigureTable dendrogramTable(const DendrogramScene& scene)
{
    FigureTable table{{QStringLiteral("model"), QStringLiteral("place"), QStringLiteral("concept"),
                          QStringLiteral("words"), QStringLiteral("size"), QStringLiteral("height"),
                          QStringLiteral("status"), QStringLiteral("counterpart"), QStringLiteral("overlap")},
        {}};
    const auto& comparison = *scene.tanglegram->comparison;
    for (const bool fineTuned : {false, true}) {
        if (!scene.shows(fineTuned))
            continue;
        const auto& layout = scene.tree(fineTuned).layout();
        const auto& matches = fineTuned ? comparison.alignment.b : comparison.alignment.a;
        int place = 0;
        for (const base::ClusterId id : layout.order()) {
            const align::Match& match = matches[base::toIndex(id)];
            table.rows.append({fineTuned ? QStringLiteral("fine-tuned") : QStringLiteral("base"), place++,
                number(id), figureConceptWords(layout.conceptSet(), id),
                static_cast<int>(layout.conceptSet().size(id)), layout.height(layout.nodeOf(id)),
                plain(align::statusName(match.status)), number(match.counterpart), match.overlap});
        }
    }
    return table;
}

FigureLegend dendrogramLegend(const DendrogramScene& scene)
{
    FigureLegend legend;
    const auto color = scene.options.color;
    const bool links = scene.options.sides == DendrogramSides::Both;
    if (color == ConceptColor::ByStatus)
        legend.entries
            = statusEntries({Status::Kept, Status::Split, Status::Merged, Status::New, Status::Vanished});
    else if (links)
        legend.entries
            = statusEntries({Status::Kept, Status::Split, Status::Merged}, FigureLegend::Mark::Line);
    if (color == ConceptColor::ByClass) {
        int index = 0;
        for (const std::string& name : scene.tanglegram->comparison->a->tokens().corpus().classNames()) {
            legend.entries.append({plain(name), classColor(index, false), classColor(index, true)});
            ++index;
        }
        legend.note = figureText(QT_TRANSLATE_NOOP(
            "Figures", "Colours of classes are the stronger, the larger the share of the class"));
    }
    if (color == ConceptColor::ByLabel && scene.options.labels) {
        int index = 0;
        for (const std::string& name : scene.options.labels->names) {
            legend.entries.append({plain(name), categoryColor(index, false), categoryColor(index, true)});
            ++index;
        }
        if (scene.options.labels->hasOthers)
            legend.entries.append({figureText(QT_TRANSLATE_NOOP("Figures", "Another label")),
                categoryColor(static_cast<int>(kCategories), false),
                categoryColor(static_cast<int>(kCategories), true)});
        legend.entries.append({figureText(QT_TRANSLATE_NOOP("Figures", "No label")), categoryColor(-1, false),
            categoryColor(-1, true)});
    }
    if (color == ConceptColor::BySize)
        legend.note = figureText(
            QT_TRANSLATE_NOOP("Figures", "Concepts: the further from the background, the more occurrences"));
    return legend;
}

/// Every colour is drawn once at a time, so many points are quick; small ones as squares, as on the screen.
QImage scatterImage(const ScatterPicture& picture, const ScatterViewport& viewport, QSizeF size,
    double radius, const FigureStyle& style)
{
    const double ratio = style.pixelRatio;
    QImage image(std::max(1, static_cast<int>(std::lround(size.width() * ratio))),
        std::max(1, static_cast<int>(std::lround(size.height() * ratio))),
        QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(ratio, ratio);
    painter.setPen(Qt::NoPen);
    const auto& points = *picture.points;
    const QRectF room = QRectF({0, 0}, size).adjusted(-radius, -radius, radius, radius);
    const auto colorOf = [&](std::size_t point) {
        return picture.colors && point < picture.colors->size()
            ? themedColor((*picture.colors)[point], style.dark)
            : qRgb(0x80, 0x80, 0x80);
    };
    for (std::size_t point = 0; point < points.size(); ++point) {
        const QPointF at = viewport.toItem(points.place(point, picture.morph));
        if (!room.contains(at))
            continue;
        painter.setBrush(QColor::fromRgba(colorOf(point)));
        painter.drawEllipse(at, radius, radius);
    }
    if (!picture.marked)
        return image;
    painter.setPen(QPen(style.text, 1));
    for (const std::uint32_t point : *picture.marked) {
        if (point >= points.size())
            continue;
        painter.setBrush(QColor::fromRgb(colorOf(point)));
        painter.drawEllipse(viewport.toItem(points.place(point, picture.morph)), radius + 1, radius + 1);
    }
    return image;
}

void paintScatterNames(QPainter& painter, const ScatterPicture& picture, const ScatterViewport& viewport,
    QSizeF size, const FigureStyle& style)
{
    ScatterLabels labels;
    labels.choose(picture.names, viewport, picture.morph, size, QFontMetricsF(style.font));
    painter.setFont(style.font);
    QColor behind = style.surface;
    behind.setAlphaF(0.75F);
    for (int row = 0; row < labels.rowCount(); ++row) {
        const auto value = [&](int role) { return labels.data(labels.index(row), role); };
        const QString text = value(ScatterLabels::TextRole).toString();
        const QFontMetricsF metrics(style.font);
        const QRectF box(value(ScatterLabels::XRole).toDouble(), value(ScatterLabels::YRole).toDouble(),
            metrics.horizontalAdvance(text) + 6, metrics.height() + 2);
        painter.fillRect(box, behind);
        painter.setPen(style.text);
        painter.drawText(box, Qt::AlignCenter | Qt::TextDontClip, text);
    }
}

} // namespace

QList<FigureLegend::Entry> statusEntries(std::initializer_list<Status> shown, FigureLegend::Mark mark)
{
    QList<FigureLegend::Entry> entries;
    for (const Status status : shown)
        entries.append({statusText(status), statusColor(status), statusColor(status), mark});
    return entries;
}

QRgb themedColor(QRgb color, bool dark)
{
    constexpr int kClassColors = 6;
    const auto exchange = [&](const QColor& other, const QColor& wanted) {
        return (color & 0xffffffU) == (other.rgb() & 0xffffffU)
            ? std::optional<QRgb>((color & 0xff000000U) | (wanted.rgb() & 0xffffffU))
            : std::nullopt;
    };
    for (int index = 0; index < kClassColors; ++index) {
        if (const auto found = exchange(classColor(index, !dark), classColor(index, dark)))
            return *found;
    }
    for (const bool fineTuned : {false, true}) {
        if (const auto found = exchange(modelColor(fineTuned, !dark), modelColor(fineTuned, dark)))
            return *found;
    }
    return exchange(categoryColor(-1, !dark), categoryColor(-1, dark)).value_or(color);
}

namespace {

/// Where the matrix stands in a figure of this size.
MatrixViewport placedViewport(MatrixViewport viewport, QSizeF size, const FigureStyle& style)
{
    viewport.setPlot(matrixPlotRect(size, style));
    if (!namesConcepts(viewport.cellPixels(), style))
        viewport.setPlot(matrixPlotRect(size, style, false));
    return viewport;
}

} // namespace

Figure alignmentFigure(std::shared_ptr<const AlignmentMatrix> matrix, ShareOf share,
    const MatrixViewport& viewport, MatrixCell selected, const MatrixTitles& titles)
{
    Figure figure;
    if (!matrix)
        return figure;
    figure.part = matrixPartText(viewport);
    figure.naturalSize = {350, 322}; // cells are squares
    figure.rasterMarks = true;
    figure.legend.rampTitle = share == ShareOf::Base
        ? figureText(QT_TRANSLATE_NOOP("Figures", "Share of the base concept"))
        : share == ShareOf::FineTuned
        ? figureText(QT_TRANSLATE_NOOP("Figures", "Share of the fine-tuned concept"))
        : figureText(QT_TRANSLATE_NOOP("Figures", "Share of either concept, the larger"));
    figure.legend.theta = matrix->comparison().alignment.theta;
    figure.legend.entries
        = statusEntries({Status::Kept, Status::Split, Status::Merged, Status::New, Status::Vanished});
    figure.paint
        = [matrix, viewport, selected, titles](QPainter& painter, QSizeF size, const FigureStyle& style) {
              paintAlignmentMatrix(painter, size, *matrix, placedViewport(viewport, size, style), style,
                  {selected, {-1, -1}}, titles);
          };
    figure.spots = [matrix, viewport](QSizeF size, const FigureStyle& style) {
        return alignmentSpots(*matrix, placedViewport(viewport, size, style));
    };
    figure.table = [matrix] { return alignmentTable(*matrix); };
    return figure;
}

Figure layerMatrixFigure(const LayerMatrixPicture& picture)
{
    Figure figure;
    if (!picture.matrix || picture.rows() == 0 || picture.columns() == 0)
        return figure;
    figure.naturalSize = {700, 660};
    figure.legend.rampTitle = picture.share == LayerShare::Kept
        ? figureText(QT_TRANSLATE_NOOP("Figures", "Share of the row's concepts that are kept"))
        : picture.share == LayerShare::RowInColumn
        ? figureText(QT_TRANSLATE_NOOP("Figures", "Share of the row's concepts that are aligned"))
        : figureText(QT_TRANSLATE_NOOP("Figures", "Share of the column's concepts that are aligned"));
    figure.paint = [picture](QPainter& painter, QSizeF size, const FigureStyle& style) {
        paintLayerMatrix(painter, size, picture, style);
    };
    figure.spots
        = [picture](QSizeF size, const FigureStyle& style) { return layerMatrixSpots(size, picture, style); };
    figure.table = [picture] {
        FigureTable table{
            {picture.rowTitle, picture.columnTitle, QStringLiteral("kept"),
                QStringLiteral("row aligned to column"), QStringLiteral("column aligned to row")},
            {}};
        for (std::size_t row = 0; row < picture.matrix->rows.size(); ++row) {
            for (std::size_t column = 0; column < picture.matrix->columns.size(); ++column) {
                const align::LayerPair* pair = picture.matrix->at(row, column);
                if (pair)
                    table.rows.append({picture.matrix->rows[row], picture.matrix->columns[column],
                        pair->keptShare(picture.theta), pair->alignedShareA(picture.theta),
                        pair->alignedShareB(picture.theta)});
            }
        }
        return table;
    };
    return figure;
}

Figure labelMatrixFigure(std::shared_ptr<const LabelMatrix> matrix, int first, int last)
{
    Figure figure;
    if (!matrix || matrix->rows.empty() || matrix->columns.empty())
        return figure;
    LabelMatrix part = *matrix;
    const auto from
        = static_cast<std::size_t>(std::clamp(first, 0, static_cast<int>(matrix->rows.size()) - 1));
    const auto to
        = std::clamp(static_cast<std::size_t>(std::max(last, 0)) + 1, from + 1, matrix->rows.size());
    const std::size_t columns = matrix->columns.size();
    const auto cut = [&](auto& values, std::size_t width) {
        using Distance = std::ptrdiff_t;
        values.erase(values.begin() + static_cast<Distance>(to * width), values.end());
        values.erase(values.begin(), values.begin() + static_cast<Distance>(from * width));
    };
    cut(part.rows, 1);
    cut(part.counts, columns);
    cut(part.chances, columns);
    const auto shown = std::make_shared<const LabelMatrix>(std::move(part));

    LabelMatrixStyle measured = labelMatrixStyle(themeStyle(false));
    measured.font.setPixelSize(static_cast<int>(kTextPixels));
    // Columns as narrow as numbers allow, and names as wide as they are.
    const LabelMatrixLayout least(*shown, QSizeF(1, 1), measured);
    const double gutter = LabelMatrixLayout(*shown, QSizeF(2000, 1), measured).gutter();
    const double height = least.plot().top() + least.content().height() + 1;
    figure.leastSize = {std::max(gutter / 0.34, gutter + least.content().width()), height};
    figure.naturalSize = {3 * figure.leastSize.width(), height}; // rows keep their height on wider paper
    figure.legend.entries = {{figureText(QT_TRANSLATE_NOOP("Figures", "Base model, left")),
                                 modelColor(false, false), modelColor(false, true)},
        {figureText(QT_TRANSLATE_NOOP("Figures", "Fine-tuned model, right")), modelColor(true, false),
            modelColor(true, true)}};
    if (columns < 2 || shown->columns[0].layer != shown->columns[1].layer)
        figure.legend.entries.removeAt(shown->columns[0].side == 0 ? 1 : 0);
    figure.legend.note = figureText(QT_TRANSLATE_NOOP("Figures", "Concepts whose label it is"));
    figure.paint = [shown](QPainter& painter, QSizeF size, const FigureStyle& style) {
        const LabelMatrixStyle look = labelMatrixStyle(style);
        paintLabelMatrix(painter, *shown, LabelMatrixLayout(*shown, size, look), {0, 0}, look, {});
    };
    figure.spots
        = [shown](QSizeF size, const FigureStyle& style) { return labelMatrixSpots(size, *shown, style); };
    figure.table = [shown] {
        FigureTable table{
            {QStringLiteral("label"), QStringLiteral("occurrences"), QStringLiteral("layer"),
                QStringLiteral("model"), QStringLiteral("concepts"), QStringLiteral("by chance")},
            {}};
        for (std::size_t row = 0; row < shown->rows.size(); ++row) {
            for (std::size_t column = 0; column < shown->columns.size(); ++column) {
                const double chance = shown->chance(row, column);
                table.rows.append({plain(shown->rows[row].name),
                    static_cast<int>(shown->rows[row].occurrences), shown->columns[column].layer,
                    shown->columns[column].side == 0 ? QStringLiteral("base") : QStringLiteral("fine-tuned"),
                    static_cast<int>(shown->count(row, column)), chance < 0 ? QVariant() : QVariant(chance)});
            }
        }
        return table;
    };
    return figure;
}

Figure dendrogramFigure(std::shared_ptr<const DendrogramScene> scene, const TreeViewport& viewport,
    double depthZoom, const DendrogramMark& current, const DendrogramTitles& titles, QSizeF screen)
{
    Figure figure;
    if (!scene)
        return figure;
    figure.part = treePartText(viewport, depthZoom);
    figure.naturalSize = screen;
    figure.leastSize = {scene->options.sides == DendrogramSides::Both ? 330.0 : 200.0, 180.0};
    figure.legend = dendrogramLegend(*scene);
    figure.paint = [scene, viewport, depthZoom, current, titles](
                       QPainter& painter, QSizeF size, const FigureStyle& style) {
        auto here = scene;
        if (scene->options.dark != style.dark) {
            DendrogramOptions options = scene->options;
            options.dark = style.dark;
            here = DendrogramScene::make(scene->tanglegram, options);
        }
        TreeViewport part = viewport;
        part.setPlot(dendrogramPlot(size, style));
        paintDendrogram(painter, *here, part, style, depthZoom, titles);
        const DendrogramPlaces places = dendrogramPlaces(*here, part, style, depthZoom);
        paintSubtreeMark(painter, *here, places, part, style, current, true);
        const QString text = QStringLiteral("K\u00a0=\u00a0%1").arg(here->base.layout().order().size());
        for (const bool fineTuned : {false, true})
            paintCutLine(painter, places, fineTuned, here->tree(fineTuned).depthOfCut(), text, style);
    };
    figure.table = [scene] { return dendrogramTable(*scene); };
    return figure;
}

Figure flowFigure(const FlowPicture& picture, const FlowPlace& current, QSizeF screen)
{
    Figure figure;
    if (picture.isEmpty())
        return figure;
    figure.naturalSize = screen;
    figure.leastSize = {std::max(300.0, 55.0 * static_cast<double>(picture.flow->columns.size())), 150.0};
    figure.paint = [picture, current](QPainter& painter, QSizeF size, const FigureStyle& style) {
        paintFlow(painter, size, picture, style);
        paintFlowMark(painter, flowPlot(size, picture, style), picture, current, style.accent, 2);
    };
    figure.spots
        = [picture](QSizeF size, const FigureStyle& style) { return flowSpots(size, picture, style); };
    figure.table = [picture] {
        FigureTable table{{QStringLiteral("from"), QStringLiteral("from group"), QStringLiteral("to"),
                              QStringLiteral("to group"), QStringLiteral("occurrences")},
            {}};
        for (const align::FlowRibbon& ribbon : picture.flow->ribbons) {
            const auto column = static_cast<qsizetype>(ribbon.column);
            table.rows.append({picture.columnTitles.value(column), picture.groupNames.value(ribbon.from),
                picture.columnTitles.value(column + 1), picture.groupNames.value(ribbon.to),
                static_cast<int>(ribbon.occurrences)});
        }
        return table;
    };
    return figure;
}

Figure cloudFigure(std::vector<CloudWord> words)
{
    Figure figure;
    if (words.empty())
        return figure;
    figure.naturalSize = {3, 2};
    figure.table = [words] {
        FigureTable table{{QStringLiteral("word"), QStringLiteral("occurrences")}, {}};
        for (const CloudWord& word : words)
            table.rows.append({word.text, word.count});
        return table;
    };
    figure.spots = [words](QSizeF size, const FigureStyle& style) { return cloudSpots(size, words, style); };
    figure.paint = [words = std::move(words)](QPainter& painter, QSizeF size, const FigureStyle& style) {
        paintWordCloud(painter, layOutWordCloud(words, size, style.font), style.font, style.text);
    };
    return figure;
}

Figure scatterFigure(const ScatterPicture& picture, QSizeF screen)
{
    Figure figure;
    if (!picture.points || picture.points->size() == 0 || screen.isEmpty())
        return figure;
    figure.part = scatterPartText(picture.viewport);
    figure.naturalSize = screen;
    figure.rasterMarks = true;
    figure.paint = [picture, screen](QPainter& painter, QSizeF size, const FigureStyle& style) {
        // The same part of the picture, and points as large beside each other as they are on the screen.
        ScatterViewport here = picture.viewport;
        const QPointF middle = here.toPlace(QRectF({0, 0}, screen).center());
        here.setRoom(size, picture.points->bounds);
        here.centreOn(middle);
        const double radius = std::max(
            0.6, picture.radius * std::min(size.width() / screen.width(), size.height() / screen.height()));
        painter.drawImage(QRectF({0, 0}, size), scatterImage(picture, here, size, radius, style));
        paintScatterNames(painter, picture, here, size, style);
        painter.setPen(QPen(style.border, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF({0.5, 0.5}, size - QSizeF(1, 1)));
    };
    figure.table = [picture] {
        FigureTable table{
            {QStringLiteral("occurrence"), QStringLiteral("base x"), QStringLiteral("base y"),
                QStringLiteral("fine-tuned x"), QStringLiteral("fine-tuned y"), QStringLiteral("colour")},
            {}};
        const auto& points = *picture.points;
        for (std::size_t point = 0; point < points.size(); ++point) {
            const bool coloured = picture.colors && point < picture.colors->size();
            table.rows.append(
                {static_cast<int>(point), double{points.base[2 * point]}, double{points.base[2 * point + 1]},
                    double{points.fineTuned[2 * point]}, double{points.fineTuned[2 * point + 1]},
                    coloured ? QColor::fromRgb((*picture.colors)[point]).name() : QString()});
        }
        return table;
    };
    return figure;
}

} // namespace palimpsest::app
