#pragma once
// How a figure becomes a file: format, physical size, theme. Thread: values.

#include <QSizeF>
#include <QString>

#include <vector>

#include "base/result.h"
#include "figures/figure.h"
#include "project/figure_store.h"

namespace palimpsest::app {

inline constexpr double kPointsPerMm = 72.0 / 25.4;

enum class FigureFormat { Svg, Pdf, Png };

/// By the ending of a file name; fails with InvalidArgument, naming the endings that exist.
[[nodiscard]] base::Result<FigureFormat> figureFormatOf(const QString& fileName);
[[nodiscard]] QString endingOf(FigureFormat format); ///< "svg"

struct FigureOptions {
    double widthMm = 84.0; ///< one column
    double heightMm = 0.0; ///< of all with its legend; 0: as the picture's ratio on the screen gives it
    double textPoints = 7.5; ///< size of ordinary text on paper
    int dpi = 300; ///< of PNG, and of images inside of vector files
    bool dark = false; ///< the theme of the file, whatever the window's is
    bool textAsOutlines = false; ///< for readers that lack the fonts; text cannot be selected any more
    bool withTitle = false; ///< the title above; papers have it in the caption
    QString date; ///< written into the metadata when not empty; empty: the same bytes every time
};

/// What a project remembers of a figure's options, and the reverse; the date is not remembered.
[[nodiscard]] FigureOptions rememberedOptions(const project::SavedFigure& saved);
void rememberOptions(const FigureOptions& options, project::SavedFigure& saved);

/// Options by a name: "column" (84 mm), "two-columns" (174 mm), "slide" (254 mm, 14 points, with title).
struct FigurePreset {
    QString name;
    QString title;
    FigureOptions options;
};
[[nodiscard]] const std::vector<FigurePreset>& figurePresets();

/// Fails with InvalidArgument where a number is out of its range: width 20 to 1,000 mm, height 0 or 10 to
/// 1,000 mm, 72 to 1,200 dpi, text 4 to 48 points, and no picture of more than 100 million pixels.
[[nodiscard]] base::Status checkFigureOptions(const FigureOptions& options);

/// A figure laid out for a page: sizes are in pixels of 11 to a text's size.
struct FigurePage {
    QSizeF sizeMm;
    QSizeF size;
    double pointsPerPixel = 1.0;
    double textPoints = 7.5; ///< less than asked for where the picture needs more room than there is
    FigureStyle style;
};
[[nodiscard]] FigurePage figurePage(const Figure& figure, const FigureOptions& options);
/// Paints title, picture and legend into a page from (0, 0) to page.size.
void paintFigure(
    QPainter& painter, const Figure& figure, const FigureOptions& options, const FigurePage& page);

} // namespace palimpsest::app
