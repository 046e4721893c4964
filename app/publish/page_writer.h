#pragma once
// Pages of PDF: where the bytes go, and figures on them. Thread: as figure_file.

#include <QBuffer>
#include <QByteArray>
#include <QPdfWriter>

#include "base/result.h"
#include "publish/figure_options.h"
#include "publish/pdf_file.h"

namespace palimpsest::app {

/// A PDF file in memory whose pages are painted in points. The same pages give the same bytes.
class PageWriter {
public:
    PageWriter(QSizeF pageMm, const QString& title);

    /// For QTextDocument::print, which paginates by itself; use either this or painter().
    [[nodiscard]] QPdfWriter& device() { return m_writer; }
    /// Paints on the present page, a unit a point; null where the device refuses.
    [[nodiscard]] QPainter* painter();
    void newPage();
    [[nodiscard]] QSizeF pageSize() const { return m_size; } ///< in points
    /// Ends the file. Fails with WriteFailed.
    [[nodiscard]] base::Result<QByteArray> finish();

private:
    QByteArray m_bytes;
    SteadyHashes m_steady; ///< from before the writer until after it
    QBuffer m_buffer;
    QPdfWriter m_writer;
    QSizeF m_size;
    std::unique_ptr<QPainter> m_painter;
    bool m_broken = false;
};

/// The figure in a painter whose unit is a point, its corner at `at`, as `page` lays it out.
void paintFigureAt(QPainter& painter, QPointF at, const Figure& figure, const FigureOptions& options,
    const FigurePage& page);

} // namespace palimpsest::app
