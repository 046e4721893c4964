#include "publish/print_page.h"

#include <QBuffer>
#include <QLocale>
#include <QMarginsF>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>

#include "publish/pdf_file.h"

namespace palimpsest::app {

using base::Error;
using base::ErrorCode;

namespace {

constexpr int kPrintUnitsPerInch = 1200;
constexpr double kMarginMm = 10.0;
constexpr double kMmPerInch = 25.4;

bool fitsInto(QSizeF size, QSizeF room)
{
    return size.width() <= room.width() && size.height() <= room.height();
}

} // namespace

QPageSize paperOfLocale()
{
    const bool letter = QLocale::system().measurementSystem() == QLocale::ImperialUSSystem;
    return QPageSize(letter ? QPageSize::Letter : QPageSize::A4);
}

base::Result<QByteArray> printPage(const Figure& figure, const FigureOptions& options, const QPageSize& paper)
{
    PALIMPSEST_CHECK(checkFigureOptions(options));
    const FigurePage page = figurePage(figure, options);
    const QSizeF upright = paper.size(QPageSize::Millimeter);
    const QSizeF margins(2 * kMarginMm, 2 * kMarginMm);
    const bool sideways
        = !fitsInto(page.sizeMm, upright - margins) && page.sizeMm.width() > page.sizeMm.height();
    const QSizeF sheet = sideways ? upright.transposed() : upright;
    const QSizeF room = sheet - margins;
    const double shrink
        = std::min({1.0, room.width() / page.sizeMm.width(), room.height() / page.sizeMm.height()});

    const SteadyHashes steady;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setResolution(kPrintUnitsPerInch);
        writer.setPageLayout(QPageLayout(paper, sideways ? QPageLayout::Landscape : QPageLayout::Portrait,
            QMarginsF(0, 0, 0, 0), QPageLayout::Millimeter));
        writer.setTitle(figure.title);
        writer.setCreator(QStringLiteral("Palimpsest"));
        QPainter painter;
        if (!painter.begin(&writer))
            return Error{ErrorCode::WriteFailed, "the sheet could not be begun; choose another paper"};
        painter.setRenderHint(QPainter::LosslessImageRendering);
        const double unitsPerMm = kPrintUnitsPerInch / kMmPerInch;
        const QSizeF size = page.sizeMm * shrink;
        painter.translate((sheet.width() - size.width()) / 2 * unitsPerMm,
            (sheet.height() - size.height()) / 2 * unitsPerMm);
        const double scale = page.pointsPerPixel / 72.0 * kPrintUnitsPerInch * shrink;
        painter.scale(scale, scale);
        if (options.dark)
            painter.fillRect(QRectF({0, 0}, page.size), page.style.surface);
        paintFigure(painter, figure, options, page);
    }
    makeReproducible(bytes, options.date);
    return bytes;
}

} // namespace palimpsest::app
