#pragma once
// Label sets that are attached to a project, with the files they came from.
// Thread: as the ProjectFile, which must outlive the store.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "label/label_table.h"
#include "project/project_file.h"

namespace palimpsest::project {

/// How a label set was made.
struct LabelOrigin {
    std::string source; ///< id of the source; "tagger" for a checkpoint
    std::map<std::string, std::string, std::less<>> options;
    bool asConceptX = false;
    std::string fileName; ///< of the label file, without folders; empty where there was none
    std::string fileContent; ///< the label file byte for byte; empty where there was none
};

struct LabelEntry {
    std::string name; ///< of the set
    std::string source;
    bool asConceptX = false;
    std::string fileName;
    std::size_t labelCount = 0; ///< different labels
    bool fits = true; ///< made for the occurrences that the project now has
};

class LabelStore {
public:
    /// The write functions need a file opened for writing.
    explicit LabelStore(const ProjectFile& file)
        : m_file(file)
    {
    }

    /// Attaches `table`, whose rows are those of the project's token table; a set of the same name is
    /// replaced and keeps its place. Fails with ShapeMismatch, DiskFull or WriteFailed; what is attached
    /// stays then.
    [[nodiscard]] base::Status attach(const label::LabelTable& table, const LabelOrigin& origin);
    /// In the order in which they were attached.
    [[nodiscard]] base::Result<std::vector<LabelEntry>> list() const;
    /// Fails with NotFound (the sentence lists the sets), ShapeMismatch (made for another corpus; attach it
    /// again) or Malformed.
    [[nodiscard]] base::Result<std::shared_ptr<const label::LabelTable>> read(std::string_view name) const;
    /// Fails with NotFound.
    [[nodiscard]] base::Result<LabelOrigin> origin(std::string_view name) const;
    /// Fails with NotFound.
    [[nodiscard]] base::Status remove(std::string_view name);

private:
    [[nodiscard]] base::Error notFound(std::string_view name) const;
    const ProjectFile& m_file;
};

} // namespace palimpsest::project
