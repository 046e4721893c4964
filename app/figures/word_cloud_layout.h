#pragma once
// Where the words of a cloud go.
// Thread: reentrant.

#include <QColor>
#include <QFont>
#include <QRectF>
#include <QString>

#include <vector>

class QPainter;

namespace palimpsest::app {

struct CloudWord {
    QString text;
    int count = 0;
};

struct PlacedWord {
    QString text;
    int count = 0;
    double pixelSize = 0.0;
    QRectF rect;
};

/// Places words from the middle outwards along a spiral, the first ones first, none over another and all
/// inside `size`. The area of a word grows with its count. All words are smaller where the first two dozen
/// would not fit; those for which there is still no room are left out. The same input gives the same picture.
/// `words` should be sorted, most frequent first.
[[nodiscard]] std::vector<PlacedWord> layOutWordCloud(
    const std::vector<CloudWord>& words, QSizeF size, const QFont& font);
/// Rare words step back; they stay readable. `marked` is underlined in `markColor`.
void paintWordCloud(QPainter& painter, const std::vector<PlacedWord>& words, const QFont& font,
    const QColor& color, const QString& marked = {}, const QColor& markColor = {});

} // namespace palimpsest::app
