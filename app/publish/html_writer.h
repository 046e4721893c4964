#pragma once
// Self-contained HTML pages: inline style, script and SVG, a policy that forbids any network. Everything that
// comes from outside is escaped. The same content gives the same bytes.
// Thread: as figure_file.

#include <QByteArray>

#include "base/result.h"
#include "publish/document.h"
#include "publish/figure_options.h"

namespace palimpsest::app {

/// A page around `body`. `style` and `script` are our own text, without "</": they are not escaped. The
/// policy allows this very script (by its hash), inline style and data images, and nothing else.
[[nodiscard]] QByteArray htmlPage(
    const QString& title, const QByteArray& style, const QByteArray& body, const QByteArray& script);

/// A table with caption; numbers stand at the right.
[[nodiscard]] QByteArray htmlTable(const DocumentTable& table);

/// `<figure>` with the picture as SVG, places that say their numbers when the pointer is on them, the
/// caption, and the numbers behind it to be opened. `id` begins all ids in it: letters and digits. Fails as
/// figureBytes().
[[nodiscard]] base::Result<QByteArray> htmlFigure(
    const Figure& figure, const QString& id, const FigureOptions& options, bool withCaption);

/// PNG of a picture as `<img>`.
[[nodiscard]] QByteArray htmlPicture(const QImage& picture, const QString& description);

/// Style that all pages share, and the script that shows numbers under the pointer.
[[nodiscard]] QByteArray commonStyle();
[[nodiscard]] QByteArray hoverScript();

/// Plain text with its lines.
[[nodiscard]] QByteArray htmlLines(const QString& text);

} // namespace palimpsest::app
