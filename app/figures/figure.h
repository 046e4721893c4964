#pragma once
// A figure as a value: how it is painted at any size, what its colours mean, and the numbers behind it. Every
// view gives its picture as one of these; files, clipboard, print, slides and pages are made from it.
// Thread: a value; `paint` and `table` share immutable data and may be called by any thread.

#include <QColor>
#include <QList>
#include <QPainterPath>
#include <QPair>
#include <QPen>
#include <QSizeF>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <functional>

#include "figures/figure_style.h"

class QPainter;

namespace palimpsest::app {

/// The numbers behind a figure: texts, integers and reals.
struct FigureTable {
    QStringList header;
    QList<QVariantList> rows; ///< each as long as the header
};

/// What colours and strokes mean; painted below the picture.
struct FigureLegend {
    enum class Mark { Box, Dot, Line, DashedLine };
    struct Entry {
        QString text;
        QColor light, dark; ///< the same in both themes
        Mark mark = Mark::Box;
        int shape = 0; ///< of the mark on a line, as paintChartMark has them
    };
    QList<Entry> entries;
    QString rampTitle; ///< of the scale of shares; empty: no scale
    double theta = -1.0; ///< marked on the scale, unless below 0
    QString note; ///< a line of small text

    [[nodiscard]] bool isEmpty() const { return entries.isEmpty() && rampTitle.isEmpty() && note.isEmpty(); }
};

/// A place of a picture that has something to say: what a page shows when the pointer is on it.
struct FigureSpot {
    QPainterPath area;
    QString text; ///< with its exact numbers
};

struct Figure {
    QString name; ///< short and stable, as in file names: "alignment"
    QString title; ///< one line
    QString caption; ///< sentences: what is drawn and how it was computed
    QString part; ///< a sentence on which part of all there is the picture shows; empty: all
    QList<QPair<QString, QString>> parameters; ///< what it was made from: models, layer, K, θ, fingerprints
    QSizeF naturalSize; ///< of the picture on the screen, in pixels: gives the ratio of sides
    QSizeF leastSize; ///< pixels that the picture needs at a text of 11 pixels; below, all of it shrinks
    bool rasterMarks = false; ///< its many marks are one image inside of a vector frame
    FigureLegend legend;
    /// Paints the picture, without legend, into a rectangle from (0, 0) to the size, in the pixels that the
    /// style's font is measured in.
    std::function<void(QPainter&, QSizeF, const FigureStyle&)> paint;
    /// Places of the picture that is painted at the same size and style, later ones above; null: none.
    std::function<QList<FigureSpot>(QSizeF, const FigureStyle&)> spots;
    std::function<FigureTable()> table; ///< may take a while: a row a point; null: there are no numbers

    [[nodiscard]] bool isEmpty() const { return !paint; }
};

/// What a view's picture on the screen offers.
class FigureProvider {
public:
    virtual ~FigureProvider() = default;
    /// What is on the screen now, with what is selected but without what follows the pointer. Name, title and
    /// parameters are left to the view. Empty while there is nothing to show. GUI thread.
    [[nodiscard]] virtual Figure figure() const = 0;
    /// The same without a zoom: all there is.
    [[nodiscard]] virtual Figure wholeFigure() const { return figure(); }
    /// False while parts of the picture are still being computed.
    [[nodiscard]] virtual bool isComplete() const { return true; }
};

/// Colours of the program's themes (those of qml/controls/Theme.qml) and its font, for figures off the
/// screen.
[[nodiscard]] FigureStyle themeStyle(bool dark);

/// Height that a legend takes when it is so wide; 0 when there is none.
[[nodiscard]] double legendHeight(const FigureLegend& legend, double width, const FigureStyle& style);
void paintLegend(QPainter& painter, const QRectF& room, const FigureLegend& legend, const FigureStyle& style);
/// What stands before an entry's text, in a room of legendMarkWidth().
void paintLegendMark(
    QPainter& painter, const FigureLegend::Entry& entry, const QRectF& room, const FigureStyle& style);
[[nodiscard]] double legendMarkWidth(FigureLegend::Mark mark, const FigureStyle& style);
/// Strokes and marks of charts grow with the text.
[[nodiscard]] QPen chartLinePen(const QColor& color, bool dashed, const FigureStyle& style);
/// The mark of a line: circle, square, triangle, diamond in turn; an open one has the colour of the surface
/// inside.
void paintChartMark(
    QPainter& painter, QPointF at, int shape, const QColor& color, bool open, const FigureStyle& style);

} // namespace palimpsest::app
