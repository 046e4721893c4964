#pragma once
// The figures that a project remembers, so that they can be made again when the analysis has changed.
// Thread: as the ProjectFile, which must outlive the store.

#include <string>
#include <vector>

#include "base/result.h"
#include "project/slide.h"

namespace palimpsest::project {

inline constexpr std::size_t kMostFigures = 500;
inline constexpr std::size_t kLongestFigureName = 80; ///< bytes

/// Which picture of which place, and how it is written.
struct SavedFigure {
    std::string name; ///< also the stem of its file: letters, digits, '-' and '_'
    std::string figure; ///< which of the view's figures: "alignment"
    SlidePlace place;
    std::string format = "svg"; ///< "svg", "pdf" or "png"
    double widthMm = 84.0;
    double heightMm = 0.0; ///< 0: as the picture's ratio gives it
    double textPoints = 7.5;
    int dpi = 300;
    bool dark = false;
    bool outlines = false;
    bool title = false;
    friend bool operator==(const SavedFigure&, const SavedFigure&) = default;
};

class FigureStore {
public:
    /// Writing needs a file opened for writing.
    explicit FigureStore(const ProjectFile& file)
        : m_file(file)
    {
    }

    /// By name; empty for a file of a layout that had no figures. Fails with Malformed.
    [[nodiscard]] base::Result<std::vector<SavedFigure>> read() const;
    /// Adds a figure or replaces the one of its name. Fails with InvalidArgument (name, place or size
    /// unusable, too many figures), DiskFull or WriteFailed.
    [[nodiscard]] base::Status put(const SavedFigure& figure) const;
    /// A name that is not there is no failure.
    [[nodiscard]] base::Status remove(const std::string& name) const;

private:
    const ProjectFile& m_file;
};

} // namespace palimpsest::project
