#pragma once
// A label set that a form describes, as a request of the core: lines written in the window and files kept in
// the project become files for as long as a job needs them. Thread: reentrant.

#include <QString>

#include <memory>
#include <string>

#include "pipeline/attach_labels.h"

namespace palimpsest::app {

struct LabelDraft {
    pipeline::LabelRequest request;
    QString fileName; ///< of `content`
    std::string content; ///< in place of a file; empty: the request names one, or needs none
};

/// A request whose files exist until the last copy of it is gone.
struct PreparedLabels {
    pipeline::LabelRequest request;
    std::shared_ptr<const void> files;
};

/// Fails with WriteFailed where the content cannot be written to the temporary folder. For workers.
[[nodiscard]] base::Result<PreparedLabels> prepareLabels(const LabelDraft& draft);

/// The first lines of a text, for a look at a file; long lines are cut.
[[nodiscard]] QString firstLines(const std::string& content);
/// The same of a file; empty where it cannot be read. For workers.
[[nodiscard]] QString firstLinesOfFile(const QString& path);

} // namespace palimpsest::app
