#pragma once
// A figure on a sheet of paper, as PDF for a print queue. Thread: as figure_file.

#include <QByteArray>
#include <QPageSize>

#include "publish/figure_options.h"

namespace palimpsest::app {

/// Letter where it is the custom, else A4.
[[nodiscard]] QPageSize paperOfLocale();

/// The figure at its size in the middle of the sheet, which lies on its side where the figure fits only
/// there; smaller only where it fits neither way within margins of 10 mm. Fails as figureBytes() does.
[[nodiscard]] base::Result<QByteArray> printPage(
    const Figure& figure, const FigureOptions& options, const QPageSize& paper);

} // namespace palimpsest::app
