#include "figures/word_cloud_layout.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <optional>

namespace palimpsest::app {

namespace {

constexpr double kSmallest = 11.0; ///< pixels
constexpr double kGapX = 7.0;
constexpr double kGapY = 1.0;
constexpr std::size_t kWordsThatMatter = 24;

/// The largest word takes a fifth of the height, or less where it is long or the words are few and equal.
double largestPixelSize(const CloudWord& word, QSizeF size, const QFont& font)
{
    QFont probe = font;
    probe.setPixelSize(100);
    const double width = QFontMetricsF(probe).horizontalAdvance(word.text) / 100.0;
    return std::clamp(
        std::min(size.height() / 4.0, size.width() * 0.5 / std::max(width, 0.1)), kSmallest, 44.0);
}

std::optional<QRectF> findPlace(QSizeF extent, QSizeF size, const std::vector<PlacedWord>& placed)
{
    const QPointF middle(size.width() / 2, size.height() / 2);
    const QRectF bounds(QPointF(0, 0), size);
    const double flatness = size.height() / std::max(1.0, size.width());
    const double reach = std::max(size.width(), size.height()) * 0.75;
    for (double angle = 0.0;; angle += 0.15) {
        const double radius = angle * 1.6;
        if (radius > reach)
            return std::nullopt;
        const QPointF centre = middle
            + QPointF(radius * std::cos(angle), radius * std::sin(angle) * std::min(1.0, flatness * 1.4));
        const QRectF rect(centre.x() - extent.width() / 2, centre.y() - extent.height() / 2, extent.width(),
            extent.height());
        if (!bounds.contains(rect))
            continue;
        const auto touches = [&rect](const PlacedWord& word) {
            return word.rect.adjusted(-kGapX, -kGapY, kGapX, kGapY).intersects(rect);
        };
        if (std::ranges::none_of(placed, touches))
            return rect;
    }
}

std::vector<PlacedWord> place(
    const std::vector<CloudWord>& words, QSizeF size, const QFont& font, double largest)
{
    std::vector<PlacedWord> placed;
    const double most = std::max(1, words.front().count);
    for (const CloudWord& word : words) {
        const double pixelSize = std::max(kSmallest, std::round(largest * std::sqrt(word.count / most)));
        QFont sized = font;
        sized.setPixelSize(static_cast<int>(pixelSize));
        const QFontMetricsF metrics(sized);
        const QSizeF extent(metrics.horizontalAdvance(word.text), metrics.ascent() + metrics.descent() * 0.6);
        if (const auto rect = findPlace(extent, size, placed))
            placed.push_back({word.text, word.count, pixelSize, *rect});
    }
    return placed;
}

} // namespace

std::vector<PlacedWord> layOutWordCloud(const std::vector<CloudWord>& words, QSizeF size, const QFont& font)
{
    if (words.empty() || size.width() < 2 * kSmallest || size.height() < kSmallest)
        return {};
    // Smaller until the words that matter are all there.
    const std::size_t wanted = std::min(words.size(), kWordsThatMatter);
    for (double largest = largestPixelSize(words.front(), size, font);; largest *= 0.8) {
        auto placed = place(words, size, font, std::max(largest, kSmallest));
        if (placed.size() >= wanted || largest <= kSmallest)
            return placed;
    }
}

void paintWordCloud(QPainter& painter, const std::vector<PlacedWord>& words, const QFont& font,
    const QColor& color, const QString& marked, const QColor& markColor)
{
    if (words.empty())
        return;
    const double largest = words.front().pixelSize;
    for (const PlacedWord& word : words) {
        QFont sized = font;
        sized.setPixelSize(static_cast<int>(word.pixelSize));
        const bool isMarked = !marked.isEmpty() && word.text == marked;
        sized.setUnderline(isMarked);
        painter.setFont(sized);
        QColor ink = isMarked ? markColor : color;
        ink.setAlphaF(isMarked ? 1.0F : static_cast<float>(0.65 + 0.35 * word.pixelSize / largest));
        painter.setPen(ink);
        painter.drawText(word.rect, Qt::AlignCenter | Qt::TextDontClip, word.text);
    }
}

} // namespace palimpsest::app
