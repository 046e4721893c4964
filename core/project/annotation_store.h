#pragma once
// Annotations in the project file.
// Thread: as the ProjectFile, which must outlive the store.

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "project/annotation.h"

namespace palimpsest::project {

/// One step that can be taken back by writing `before` where `after` stands.
struct AnnotationChange {
    AnnotationKey key;
    std::optional<Annotation> before; ///< nothing: there was none
    std::optional<Annotation> after; ///< nothing or empty: removed
};

class AnnotationStore {
public:
    /// write() needs a file opened for writing.
    explicit AnnotationStore(const ProjectFile& file)
        : m_file(file)
    {
    }

    /// All annotations, by key. A file of a layout that had none gives none. Fails with Malformed.
    [[nodiscard]] base::Result<std::vector<Annotation>> all() const;
    /// Writes what stands after the changes, in their order; all of them or none. Fails with InvalidArgument
    /// (checkAnnotation), DiskFull or WriteFailed.
    [[nodiscard]] base::Status write(std::span<const AnnotationChange> changes) const;

private:
    const ProjectFile& m_file;
};

/// The same changes taken back: last first, before and after exchanged.
[[nodiscard]] std::vector<AnnotationChange> reversed(std::span<const AnnotationChange> changes);

/// Brings `annotations` (sorted by key) to what stands after the changes.
void apply(std::vector<Annotation>& annotations, std::span<const AnnotationChange> changes);

} // namespace palimpsest::project
