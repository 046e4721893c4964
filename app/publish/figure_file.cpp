#include "publish/figure_file.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QFontInfo>
#include <QImage>
#include <QPainter>
#include <QSaveFile>

#include <cmath>

#include "publish/pdf_file.h"
#include "publish/svg_engine.h"

namespace palimpsest::app {

using base::Error;
using base::ErrorCode;

namespace {

QByteArray svgMetadata(const Figure& figure, const FigureOptions& options)
{
    QByteArray text;
    if (!figure.title.isEmpty())
        text += "<title>" + xmlText(figure.title) + "</title>\n";
    if (!figure.caption.isEmpty())
        text += "<desc>" + xmlText(figure.caption) + "</desc>\n";
    text += "<metadata>\n<figure xmlns=\"urn:palimpsest:figure\" name=\"" + xmlText(figure.name) + '"';
    if (!options.date.isEmpty())
        text += " date=\"" + xmlText(options.date) + '"';
    text += ">\n";
    for (const auto& [name, value] : figure.parameters)
        text += "<parameter name=\"" + xmlText(name) + "\">" + xmlText(value) + "</parameter>\n";
    if (figure.rasterMarks)
        text += "<marks>one image of " + QByteArray::number(options.dpi) + " dpi</marks>\n";
    return text + "</figure>\n</metadata>\n";
}

/// Begins the ids of a figure: the same every time, and another one for another figure.
QByteArray idPrefix(const Figure& figure)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(figure.name.toUtf8());
    hash.addData(figure.title.toUtf8());
    for (const auto& [name, value] : figure.parameters)
        hash.addData((name + u'=' + value).toUtf8());
    return 'f' + hash.result().toHex().left(8) + '-';
}

QByteArray svgBytes(const Figure& figure, const FigureOptions& options, const FigurePage& page)
{
    auto engine = std::make_unique<SvgEngine>(
        idPrefix(figure), QFontInfo(page.style.font).family(), options.textAsOutlines);
    SvgEngine& svg = *engine;
    VectorDevice device(page.size, std::move(engine));
    {
        QPainter painter(&device);
        if (options.dark) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(page.style.surface);
            painter.drawRect(QRectF({0, 0}, page.size));
            painter.setBrush(Qt::NoBrush);
        }
        paintFigure(painter, figure, options, page);
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
           "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" xml:space=\"preserve\" width=\""
        + svgNumber(page.sizeMm.width()) + "mm\" height=\"" + svgNumber(page.sizeMm.height())
        + "mm\" viewBox=\"0 0 " + svgNumber(page.size.width()) + ' ' + svgNumber(page.size.height()) + "\">\n"
        + svgMetadata(figure, options) + svg.finish() + "</svg>\n";
}

base::Result<QByteArray> pngBytes(const Figure& figure, const FigureOptions& options)
{
    QImage image = figureImage(figure, options);
    image.setText(QStringLiteral("Title"), figure.title);
    image.setText(QStringLiteral("Description"), figure.caption);
    image.setText(QStringLiteral("Software"), QStringLiteral("Palimpsest"));
    if (!options.date.isEmpty())
        image.setText(QStringLiteral("Creation Time"), options.date);
    for (const auto& [name, value] : figure.parameters)
        image.setText(QStringLiteral("Palimpsest: ") + name, value);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        return Error{ErrorCode::WriteFailed, "the picture could not be made; there is too little memory"};
    return bytes;
}

} // namespace

base::Result<QByteArray> figureBytes(const Figure& figure, FigureFormat format, const FigureOptions& options)
{
    PALIMPSEST_CHECK(checkFigureOptions(options));
    if (figure.isEmpty())
        return Error{ErrorCode::NotFound, "there is nothing to draw in this figure yet"};
    switch (format) {
    case FigureFormat::Svg:
        return svgBytes(figure, options, figurePage(figure, options));
    case FigureFormat::Pdf:
        return pdfBytes(figure, options, figurePage(figure, options));
    case FigureFormat::Png:
        break;
    }
    return pngBytes(figure, options);
}

QImage figureImage(const Figure& figure, const FigureOptions& options)
{
    const FigurePage page = figurePage(figure, options);
    const double dotsPerMm = options.dpi / 25.4;
    QImage image(std::max(1, static_cast<int>(std::lround(page.sizeMm.width() * dotsPerMm))),
        std::max(1, static_cast<int>(std::lround(page.sizeMm.height() * dotsPerMm))), QImage::Format_RGB32);
    if (image.isNull())
        return image;
    image.setDotsPerMeterX(static_cast<int>(std::lround(dotsPerMm * 1000)));
    image.setDotsPerMeterY(static_cast<int>(std::lround(dotsPerMm * 1000)));
    image.fill(page.style.surface);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
    const double scale = page.pointsPerPixel * dotsPerMm / kPointsPerMm;
    painter.scale(scale, scale);
    paintFigure(painter, figure, options, page);
    return image;
}

base::Status writeFigure(const Figure& figure, const FigureOptions& options, const QString& fileName)
{
    PALIMPSEST_TRY(format, figureFormatOf(fileName));
    PALIMPSEST_TRY(bytes, figureBytes(figure, format, options));
    return writeBytes(bytes, fileName);
}

base::Status writeBytes(const QByteArray& bytes, const QString& fileName)
{
    QSaveFile file(fileName);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return Error{ErrorCode::WriteFailed,
        fileName.toStdString() + " could not be written (" + file.errorString().toStdString()
            + "); choose another folder or make room"};
}

} // namespace palimpsest::app
