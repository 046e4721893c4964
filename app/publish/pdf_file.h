#pragma once
// A figure as a page of PDF of its own size, with fonts embedded. Thread: as figure_file.

#include <QByteArray>

#include "publish/figure_options.h"

namespace palimpsest::app {

/// The same bytes every time: dates and identifiers that Qt writes are overwritten in place.
[[nodiscard]] base::Result<QByteArray> pdfBytes(
    const Figure& figure, const FigureOptions& options, const FigurePage& page);
/// While one of these lives, Qt's hashes have one order: QPdfWriter writes fonts in that of a hash, which is
/// another one in each process. Hold it from before the writer is made until it has ended.
class SteadyHashes {
public:
    SteadyHashes();
    ~SteadyHashes();
    SteadyHashes(const SteadyHashes&) = delete;
    SteadyHashes& operator=(const SteadyHashes&) = delete;
};

/// Overwrites dates and random identifiers of a PDF file that Qt wrote, keeping its length; for other writers
/// of pages (slides, reports). `date` as "2026-11-24T12:00:00Z"; empty: the beginning of 2000.
void makeReproducible(QByteArray& pdf, const QString& date);

} // namespace palimpsest::app
