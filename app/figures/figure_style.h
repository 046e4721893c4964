#pragma once
// Colours and fonts that a figure takes from its surroundings, and the data colours that all figures share.
// Thread: values.

#include <QColor>
#include <QFont>

#include "align/alignment.h"

namespace palimpsest::app {

struct FigureStyle {
    bool dark = false;
    QColor text, muted, border, surface, accent;
    QFont font; ///< with a pixel size
    double pixelRatio = 1.0; ///< device pixels per pixel: how fine things are sampled
};

/// Colour of a status (Okabe and Ito's palette), the same in every figure. Charts have it in the shade of
/// their theme, as the window's texts do (Theme.statusColors).
[[nodiscard]] QColor statusColor(align::Status status, bool dark = false);
/// Colour of a class of the corpus, by its index (Paul Tol's muted palette; Theme.classColors). Negative:
/// grey.
[[nodiscard]] QColor classColor(int index, bool dark);
/// Colour of one of at most kCategories categories that have no order (Okabe and Ito's palette); others are
/// grey, no category (below 0) is a paler grey.
inline constexpr std::size_t kCategories = 7;
[[nodiscard]] QColor categoryColor(int index, bool dark);
/// Colour of the base and of the fine-tuned model.
[[nodiscard]] QColor modelColor(bool fineTuned, bool dark);
/// `share` of `color`, the rest `other`.
[[nodiscard]] QColor mixed(const QColor& color, const QColor& other, double share);

} // namespace palimpsest::app
