#include "publish/page_writer.h"

#include <QPageLayout>
#include <QPageSize>
#include <QPainter>

namespace palimpsest::app {

namespace {

constexpr int kDotsPerInch = 1200;
constexpr double kPointsOfMm = 72.0 / 25.4;

} // namespace

PageWriter::PageWriter(QSizeF pageMm, const QString& title)
    : m_buffer(&m_bytes)
    , m_writer((m_buffer.open(QIODevice::WriteOnly), &m_buffer))
    , m_size(pageMm * kPointsOfMm)
{
    m_writer.setPdfVersion(QPagedPaintDevice::PdfVersion_1_6);
    m_writer.setResolution(kDotsPerInch);
    m_writer.setPageLayout(
        QPageLayout(QPageSize(pageMm, QPageSize::Millimeter, QString(), QPageSize::ExactMatch),
            QPageLayout::Portrait, QMarginsF(0, 0, 0, 0), QPageLayout::Millimeter));
    m_writer.setTitle(title);
    m_writer.setCreator(QStringLiteral("Palimpsest"));
}

QPainter* PageWriter::painter()
{
    if (m_painter || m_broken)
        return m_painter.get();
    m_painter = std::make_unique<QPainter>();
    if (!m_painter->begin(&m_writer)) {
        m_painter.reset();
        m_broken = true;
        return nullptr;
    }
    m_painter->setRenderHint(QPainter::LosslessImageRendering); // JPEG would blur the cells of a matrix
    m_painter->scale(kDotsPerInch / 72.0, kDotsPerInch / 72.0);
    return m_painter.get();
}

void PageWriter::newPage()
{
    m_broken = !m_writer.newPage() || m_broken;
}

base::Result<QByteArray> PageWriter::finish()
{
    m_painter.reset();
    m_buffer.close();
    if (m_broken || m_bytes.isEmpty())
        return base::Error{
            base::ErrorCode::WriteFailed, "the pages could not be made; there is too little memory"};
    makeReproducible(m_bytes, {});
    return m_bytes;
}

void paintFigureAt(
    QPainter& painter, QPointF at, const Figure& figure, const FigureOptions& options, const FigurePage& page)
{
    painter.save();
    painter.translate(at);
    painter.scale(page.pointsPerPixel, page.pointsPerPixel);
    paintFigure(painter, figure, options, page);
    painter.restore();
}

} // namespace palimpsest::app
