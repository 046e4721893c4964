#pragma once
// A story as one HTML page, and as PDF slides.
// Thread: as figure_file.

#include <QByteArray>

#include "base/result.h"
#include "publish/document.h"

namespace palimpsest::app {

/// One slide at a time; arrows, Page Up and Down, Space, Home and End go through them, O shows all. Without
/// scripts, and on paper, all stand one below the other. Fails as figureBytes().
[[nodiscard]] base::Result<QByteArray> storyPage(const Slideshow& show);

/// Pages of 254 × 142.9 mm: title, figures as vectors side by side, caption, number and place. Fails with
/// WriteFailed.
[[nodiscard]] base::Result<QByteArray> storyPdf(const Slideshow& show);

} // namespace palimpsest::app
