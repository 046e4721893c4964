#include "publish/pdf_file.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDateTime>
#include <QHash>
#include <QMarginsF>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>

#include <cstring>

#include "publish/svg_engine.h"
#include "publish/vector_engine.h"

namespace palimpsest::app {

using base::Error;
using base::ErrorCode;

namespace {

constexpr int kUnitsPerInch = 1200;

QByteArray xmp(const Figure& figure)
{
    QByteArray parameters;
    for (const auto& [name, value] : figure.parameters)
        parameters += "<rdf:li>" + xmlText(name) + ": " + xmlText(value) + "</rdf:li>";
    const auto alternative = [](const QString& text) {
        return "<rdf:Alt><rdf:li xml:lang=\"x-default\">" + xmlText(text) + "</rdf:li></rdf:Alt>";
    };
    return "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
           "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
           "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
           "<dc:title>"
        + alternative(figure.title) + "</dc:title>\n<dc:description>" + alternative(figure.caption)
        + "</dc:description>\n<dc:subject><rdf:Bag>" + parameters
        + "</rdf:Bag></dc:subject>\n<xmp:CreatorTool>Palimpsest</xmp:CreatorTool>\n"
          "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>\n";
}

void overwrite(QByteArray& bytes, const QString& pattern, const QByteArray& replacement)
{
    // Latin-1 keeps one character a byte.
    const QRegularExpression expression(pattern);
    const QString text = QString::fromLatin1(bytes);
    auto matches = expression.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const auto room = static_cast<std::size_t>(match.capturedLength(1));
        QByteArray fitted = replacement.left(match.capturedLength(1));
        if (static_cast<std::size_t>(fitted.size()) == room)
            std::memcpy(bytes.data() + match.capturedStart(1), fitted.constData(), room);
    }
}

} // namespace

SteadyHashes::SteadyHashes()
{
    QHashSeed::setDeterministicGlobalSeed();
}

SteadyHashes::~SteadyHashes()
{
    QHashSeed::resetRandomGlobalSeed();
}

void makeReproducible(QByteArray& pdf, const QString& date)
{
    QDateTime time = QDateTime::fromString(date, Qt::ISODate).toUTC();
    if (!time.isValid())
        time = QDateTime(QDate(2000, 1, 1), QTime(0, 0), Qt::UTC);
    const QByteArray stamp = time.toString(QStringLiteral("yyyyMMddHHmmss")).toLatin1();
    overwrite(
        pdf, QStringLiteral(R"(/(?:CreationDate|ModDate) ?\(D:(\d{14}[^)]*)\))"), stamp + "+00'00'        ");
    const QByteArray hash = QCryptographicHash::hash(pdf, QCryptographicHash::Sha256).toHex();
    overwrite(pdf, QStringLiteral(R"(/ID ?\[ ?<([0-9a-fA-F]{32})>)"), hash);
    overwrite(pdf, QStringLiteral(R"(/ID ?\[ ?<[0-9a-fA-F]{32}> ?<([0-9a-fA-F]{32})>)"), hash);
}

base::Result<QByteArray> pdfBytes(const Figure& figure, const FigureOptions& options, const FigurePage& page)
{
    const SteadyHashes steady;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setPdfVersion(QPagedPaintDevice::PdfVersion_1_6);
        writer.setResolution(kUnitsPerInch);
        writer.setPageLayout(
            QPageLayout(QPageSize(page.sizeMm, QPageSize::Millimeter, QString(), QPageSize::ExactMatch),
                QPageLayout::Portrait, QMarginsF(0, 0, 0, 0), QPageLayout::Millimeter));
        writer.setTitle(figure.title);
        writer.setCreator(QStringLiteral("Palimpsest"));
        writer.setDocumentXmpMetadata(xmp(figure));
        QPainter painter;
        if (!painter.begin(&writer))
            return Error{
                ErrorCode::WriteFailed, "the page could not be begun; the size of the figure is unusable"};
        // JPEG would blur the cells of a matrix.
        painter.setRenderHint(QPainter::LosslessImageRendering);
        const double scale = page.pointsPerPixel / 72.0 * kUnitsPerInch;
        painter.scale(scale, scale);
        if (options.dark)
            painter.fillRect(QRectF({0, 0}, page.size), page.style.surface);
        if (options.textAsOutlines) {
            VectorDevice device(page.size, std::make_unique<OutlineEngine>(painter));
            QPainter outlined(&device);
            paintFigure(outlined, figure, options, page);
        } else {
            paintFigure(painter, figure, options, page);
        }
    }
    makeReproducible(bytes, options.date);
    return bytes;
}

} // namespace palimpsest::app
