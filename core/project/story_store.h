#pragma once
// The story of a project: its slides in order.
// Thread: as the ProjectFile, which must outlive the store.

#include "base/result.h"
#include "project/slide.h"

namespace palimpsest::project {

class StoryStore {
public:
    /// write() needs a file opened for writing.
    explicit StoryStore(const ProjectFile& file)
        : m_file(file)
    {
    }

    /// Empty for a file of a layout that had no story. Fails with Malformed.
    [[nodiscard]] base::Result<Slides> read() const;
    /// Replaces the story; all of it or nothing. Fails with InvalidArgument (checkSlides), DiskFull or
    /// WriteFailed.
    [[nodiscard]] base::Status write(const Slides& slides) const;

private:
    const ProjectFile& m_file;
};

} // namespace palimpsest::project
