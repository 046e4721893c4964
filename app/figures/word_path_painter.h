#pragma once
// Paints the way of a word through the layers of both models: where most of its occurrences are, and how many
// stayed together. One path for files and pages.
// Thread: reentrant; a painter belongs to one thread.

#include <QList>
#include <QRectF>
#include <QString>

#include "figures/figure.h"

class QPainter;

namespace palimpsest::app {

/// The concept with most of the word's occurrences in one model. Texts as they may be shown.
struct WordPathStand {
    QString title, words, shareText;
    double share = 0.0; ///< of the occurrences, 0..1
};

struct WordPathLayer {
    int layer = 0;
    WordPathStand base, fineTuned;
    double stayed = 0.0; ///< share of occurrences that stayed together, 0..1
    bool left = false; ///< the word has left the base model's concepts from here on
    double secondBase = -1.0; ///< how alike a second word is, 0..1; -1: there is none
    double secondFineTuned = -1.0;
    QString description; ///< the layer as a sentence
};

struct WordPathPicture {
    QString word, second; ///< as they may be shown; `second` may be empty
    QList<WordPathLayer> layers;

    [[nodiscard]] bool hasSecond() const { return !layers.isEmpty() && layers.front().secondBase >= 0.0; }
};

/// Row of a layer, by its place in the picture.
[[nodiscard]] QRectF wordPathRow(
    QSizeF size, const WordPathPicture& picture, const FigureStyle& style, qsizetype row);
void paintWordPath(QPainter& painter, QSizeF size, const WordPathPicture& picture, const FigureStyle& style);
/// Empty where there are no layers.
[[nodiscard]] Figure wordPathFigure(const WordPathPicture& picture);

} // namespace palimpsest::app
