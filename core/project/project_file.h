#pragma once
// One project = one SQLite file with all that browsing and presenting needs.
// Thread: one ProjectFile belongs to one thread at a time; open another one on the same path elsewhere (one
// writer).

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fingerprint.h"
#include "base/result.h"
#include "cluster/linkage.h"
#include "corpus/corpus.h"
#include "corpus/token_table.h"

namespace palimpsest::project {

class Database;
class AnnotationStore;
class LabelStore;
class ImportStore;
class MapStore;
class FigureStore;
class StoryStore;
class TriggerStore;

/// Which half of the model pair.
enum class Side : std::uint8_t { Base, FineTuned };

/// "base", "finetuned": as on the command line and in files.
[[nodiscard]] std::string_view sideName(Side side);

/// A linkage that is in the file.
struct LinkageEntry {
    Side side = Side::Base;
    int layer = 0;
    std::size_t leafCount = 0;
};

class ProjectFile {
public:
    enum class Mode : std::uint8_t { ReadOnly, ReadWrite };

    /// Opens a project; upgrades an older layout when writable.
    /// Fails with NotFound, Unreadable, Malformed (not a Palimpsest project: application_id differs),
    /// NewerVersion (user_version above ours; the file stays untouched) or WriteFailed (ReadWrite, but the
    /// file or its folder is read-only).
    [[nodiscard]] static base::Result<ProjectFile> open(const std::filesystem::path& path, Mode mode);
    /// Opens an existing project for writing or makes an empty one. An existing file that is not a project is
    /// refused with Malformed and stays untouched. Fails also with NotFound (no such folder), DiskFull,
    /// WriteFailed.
    [[nodiscard]] static base::Result<ProjectFile> openOrCreate(const std::filesystem::path& path);

    ProjectFile(ProjectFile&&) noexcept;
    ProjectFile& operator=(ProjectFile&&) noexcept;
    ~ProjectFile();

    [[nodiscard]] const std::filesystem::path& path() const;

    /// Runs `writes`, which calls the write functions below: all of it is kept, or none when it returns an
    /// error or the final write fails. Such calls may be nested.
    [[nodiscard]] base::Status atomically(const std::function<base::Status()>& writes);

    /// Runs `reads`, which calls the read functions below: all of them see one state of the file, whatever a
    /// writer does meanwhile.
    [[nodiscard]] base::Status consistently(const std::function<base::Status()>& reads) const;

    /// Plain values by key: the study's parameters ("k"), versions, fingerprints; sorted by key.
    [[nodiscard]] base::Result<std::vector<std::pair<std::string, std::string>>> values() const;
    [[nodiscard]] base::Result<std::optional<std::string>> value(std::string_view key) const;
    [[nodiscard]] base::Status setValue(std::string_view key, std::string_view value);
    /// All of them in one transaction; other keys stay.
    [[nodiscard]] base::Status setValues(const std::vector<std::pair<std::string, std::string>>& values);

    /// Fingerprint under which a stage's result was stored, if it was. A stage's result and its key are
    /// written in one transaction by the write functions below.
    [[nodiscard]] base::Result<std::optional<base::Fingerprint>> stageKey(std::string_view stage) const;

    /// Replaces corpus and token table (and drops all linkages, which belong to the old rows).
    [[nodiscard]] base::Status writeTokens(const corpus::TokenTable& tokens, const base::Fingerprint& key);
    [[nodiscard]] base::Result<std::shared_ptr<const corpus::TokenTable>> readTokens() const;

    [[nodiscard]] base::Status writeLinkage(
        Side side, int layer, const cluster::Linkage& linkage, const base::Fingerprint& key);
    [[nodiscard]] base::Result<cluster::Linkage> readLinkage(Side side, int layer) const;
    [[nodiscard]] base::Result<std::vector<LinkageEntry>> linkages() const; ///< by side, then layer
    /// Removes linkages of layers that the study no longer asks for.
    [[nodiscard]] base::Status dropLinkage(Side side, int layer);

    /// Sentences about what was left out, in the order they were given; replaced as a whole per stage. They
    /// go with their stage: writeTokens drops them all, dropLinkage those of linkageStage(side, layer).
    [[nodiscard]] base::Status writeWarnings(
        std::string_view stage, const std::vector<std::string>& warnings);
    [[nodiscard]] base::Result<std::vector<std::string>> warnings() const;

private:
    friend class AnnotationStore;
    friend class LabelStore;
    friend class ImportStore;
    friend class MapStore;
    friend class FigureStore;
    friend class StoryStore;
    friend class TriggerStore;
    struct Connection;
    [[nodiscard]] Database& database() const; ///< for the stores of this module
    explicit ProjectFile(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> m_connection;
};

/// Name of the stage key of a linkage: "linkage.base.3". The token table's is "tokens".
[[nodiscard]] std::string linkageStage(Side side, int layer);

} // namespace palimpsest::project
