#pragma once
// A document as one HTML page, and as PDF of A4.
// Thread: as figure_file.

#include <QByteArray>

#include "base/result.h"
#include "publish/document.h"

namespace palimpsest::app {

/// Contents at the top, then all blocks. Fails as figureBytes().
[[nodiscard]] base::Result<QByteArray> documentPage(const Document& document);
/// The same blocks, figures as vectors, page numbers at the foot. Fails with WriteFailed.
[[nodiscard]] base::Result<QByteArray> documentPdf(const Document& document);

} // namespace palimpsest::app
