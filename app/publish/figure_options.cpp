#include "publish/figure_options.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace palimpsest::app {

using base::Error;
using base::ErrorCode;

namespace {

constexpr double kTextPixels = 11.0;
constexpr double kMostPixels = 1e8;

double titleHeight(const Figure& figure, const FigureOptions& options, const FigureStyle& style)
{
    return options.withTitle && !figure.title.isEmpty() ? 1.6 * QFontMetricsF(style.font).height() : 0.0;
}

QString presetText(const char* source)
{
    return QCoreApplication::translate("Figures", source);
}

} // namespace

base::Result<FigureFormat> figureFormatOf(const QString& fileName)
{
    const QString ending = QFileInfo(fileName).suffix().toLower();
    for (const FigureFormat format : {FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png}) {
        if (ending == endingOf(format))
            return format;
    }
    return Error{ErrorCode::InvalidArgument,
        fileName.toStdString() + " does not end in .svg, .pdf or .png, which are the formats of figures"};
}

QString endingOf(FigureFormat format)
{
    switch (format) {
    case FigureFormat::Svg:
        return QStringLiteral("svg");
    case FigureFormat::Pdf:
        return QStringLiteral("pdf");
    case FigureFormat::Png:
        break;
    }
    return QStringLiteral("png");
}

FigureOptions rememberedOptions(const project::SavedFigure& saved)
{
    FigureOptions options;
    options.widthMm = saved.widthMm;
    options.heightMm = saved.heightMm;
    options.textPoints = saved.textPoints;
    options.dpi = saved.dpi;
    options.dark = saved.dark;
    options.textAsOutlines = saved.outlines;
    options.withTitle = saved.title;
    return options;
}

void rememberOptions(const FigureOptions& options, project::SavedFigure& saved)
{
    saved.widthMm = options.widthMm;
    saved.heightMm = options.heightMm;
    saved.textPoints = options.textPoints;
    saved.dpi = options.dpi;
    saved.dark = options.dark;
    saved.outlines = options.textAsOutlines;
    saved.title = options.withTitle;
}

const std::vector<FigurePreset>& figurePresets()
{
    static const std::vector<FigurePreset> presets = [] {
        FigureOptions column;
        FigureOptions twoColumns;
        twoColumns.widthMm = 174.0;
        FigureOptions slide;
        slide.widthMm = 254.0;
        slide.heightMm = 142.9;
        slide.textPoints = 14.0;
        slide.withTitle = true;
        return std::vector<FigurePreset>{
            {QStringLiteral("column"), presetText(QT_TRANSLATE_NOOP("Figures", "One column, 84 mm")), column},
            {QStringLiteral("two-columns"), presetText(QT_TRANSLATE_NOOP("Figures", "Two columns, 174 mm")),
                twoColumns},
            {QStringLiteral("slide"), presetText(QT_TRANSLATE_NOOP("Figures", "Slide, 16:9")), slide},
        };
    }();
    return presets;
}

base::Status checkFigureOptions(const FigureOptions& options)
{
    // Written so that NaN fails.
    const auto within = [](double value, double low, double high) { return value >= low && value <= high; };
    if (!within(options.widthMm, 20, 1000))
        return Error{ErrorCode::InvalidArgument, "the width of a figure is 20 to 1,000 mm"};
    if (options.heightMm != 0.0 && !within(options.heightMm, 10, 1000))
        return Error{ErrorCode::InvalidArgument, "the height of a figure is 10 to 1,000 mm"};
    if (!within(options.dpi, 72, 1200))
        return Error{ErrorCode::InvalidArgument, "the resolution of a figure is 72 to 1,200 dpi"};
    if (!within(options.textPoints, 4, 48))
        return Error{ErrorCode::InvalidArgument, "the text of a figure is 4 to 48 points"};
    const double dotsPerMm = options.dpi / 25.4;
    const double height = options.heightMm > 0.0 ? options.heightMm : options.widthMm;
    if (options.widthMm * height * dotsPerMm * dotsPerMm > kMostPixels)
        return Error{ErrorCode::InvalidArgument,
            "a figure of this size and resolution has more than 100 million pixels; lower the resolution"};
    return {};
}

FigurePage figurePage(const Figure& figure, const FigureOptions& options)
{
    FigurePage page;
    page.style = themeStyle(options.dark);
    page.style.font.setHintingPreference(QFont::PreferNoHinting); // widths must not depend on a resolution
    page.style.font.setPixelSize(static_cast<int>(kTextPixels));
    page.textPoints = options.textPoints;
    page.pointsPerPixel = options.textPoints / kTextPixels;
    const double width = options.widthMm * kPointsPerMm / page.pointsPerPixel;
    const QSizeF natural = figure.naturalSize.isEmpty() ? QSizeF(3, 2) : figure.naturalSize;
    const double shrink = std::min(1.0, width / std::max(1.0, figure.leastSize.width()));
    page.pointsPerPixel *= shrink;
    page.textPoints *= shrink;
    const double wide = width / shrink;
    const double around
        = titleHeight(figure, options, page.style) + legendHeight(figure.legend, wide, page.style);
    double high = std::max(wide * natural.height() / natural.width(), figure.leastSize.height()) + around;
    if (options.heightMm > 0.0) {
        high = options.heightMm * kPointsPerMm / page.pointsPerPixel;
        page.sizeMm = {options.widthMm, options.heightMm};
    } else {
        page.sizeMm = {options.widthMm, high * page.pointsPerPixel / kPointsPerMm};
    }
    page.size = {wide, high};
    page.style.pixelRatio = page.pointsPerPixel / 72.0 * options.dpi;
    return page;
}

void paintFigure(
    QPainter& painter, const Figure& figure, const FigureOptions& options, const FigurePage& page)
{
    const double top = titleHeight(figure, options, page.style);
    const double bottom = legendHeight(figure.legend, page.size.width(), page.style);
    const QSizeF picture(page.size.width(), std::max(1.0, page.size.height() - top - bottom));
    if (top > 0.0) {
        QFont strong = page.style.font;
        strong.setWeight(QFont::DemiBold);
        painter.setFont(strong);
        painter.setPen(page.style.text);
        painter.drawText(QRectF(0, 0, page.size.width(), top), Qt::AlignLeft | Qt::AlignTop,
            QFontMetricsF(strong).elidedText(figure.title, Qt::ElideRight, page.size.width()));
    }
    painter.save();
    painter.translate(0, top);
    if (figure.paint)
        figure.paint(painter, picture, page.style);
    painter.restore();
    paintLegend(
        painter, QRectF(0, top + picture.height(), page.size.width(), bottom), figure.legend, page.style);
}

} // namespace palimpsest::app
