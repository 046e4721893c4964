#include "project/layout.h"

#include <array>
#include <cstring>
#include <string>

#include "base/mapped_file.h"

namespace palimpsest::project {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kHeaderBytes = 100; // sqlite.org/fileformat2.html, "The Database Header"
constexpr std::size_t kApplicationIdOffset = 68;
constexpr char kMagic[16] = "SQLite format 3";

/// Statements that lead from layout `version` - 1 to `version`. Never edited after a release; a change of the
/// layout is one more entry here.
struct Migration {
    std::int64_t version;
    const char* sql;
};

constexpr std::array kMigrations{
    Migration{1, R"sql(
        CREATE TABLE value (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE stage (name TEXT PRIMARY KEY, high INTEGER NOT NULL, low INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE token_array (name TEXT PRIMARY KEY, data BLOB NOT NULL);
        CREATE TABLE linkage (side INTEGER NOT NULL, layer INTEGER NOT NULL, leaf_count INTEGER NOT NULL,
                              merges BLOB NOT NULL, PRIMARY KEY (side, layer));
        CREATE TABLE warning (position INTEGER PRIMARY KEY, stage TEXT NOT NULL, sentence TEXT NOT NULL);
        CREATE TABLE label_set (position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, source TEXT NOT NULL,
                                options TEXT NOT NULL, conceptx INTEGER NOT NULL, longest INTEGER NOT NULL,
                                tokens_high INTEGER NOT NULL, tokens_low INTEGER NOT NULL,
                                name_lengths BLOB NOT NULL, name_text BLOB NOT NULL,
                                start BLOB NOT NULL, labels BLOB NOT NULL,
                                file_name TEXT NOT NULL, file_content BLOB NOT NULL);
        CREATE TABLE imported_cut (side INTEGER NOT NULL, layer INTEGER NOT NULL, k INTEGER NOT NULL,
                                   numbers BLOB NOT NULL, PRIMARY KEY (side, layer, k));
        CREATE TABLE imported_file (side INTEGER NOT NULL, layer INTEGER NOT NULL, name TEXT NOT NULL,
                                    k INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (side, layer, name));
    )sql"},
    Migration{2, R"sql(
        CREATE TABLE annotation (annotator TEXT NOT NULL, side INTEGER NOT NULL, layer INTEGER NOT NULL,
                                 node INTEGER NOT NULL, size INTEGER NOT NULL, k INTEGER NOT NULL,
                                 tree_high INTEGER NOT NULL, tree_low INTEGER NOT NULL, name TEXT NOT NULL,
                                 tags TEXT NOT NULL, note TEXT NOT NULL, rating INTEGER NOT NULL,
                                 PRIMARY KEY (annotator, side, layer, node)) WITHOUT ROWID;
    )sql"},
    Migration{3, R"sql(
        CREATE TABLE map (layer INTEGER NOT NULL, method TEXT NOT NULL, key_high INTEGER NOT NULL,
                          key_low INTEGER NOT NULL, base BLOB NOT NULL, finetuned BLOB NOT NULL,
                          PRIMARY KEY (layer, method));
    )sql"},
    Migration{4, R"sql(
        CREATE TABLE story (position INTEGER PRIMARY KEY, title TEXT NOT NULL, caption TEXT NOT NULL,
                            notes TEXT NOT NULL, view TEXT NOT NULL, layer INTEGER NOT NULL, k INTEGER NOT NULL,
                            theta TEXT NOT NULL, shown INTEGER NOT NULL, side INTEGER NOT NULL,
                            concept INTEGER NOT NULL, tree_high INTEGER NOT NULL, tree_low INTEGER NOT NULL,
                            detail TEXT NOT NULL, masked INTEGER NOT NULL, picture BLOB);
    )sql"},
    Migration{5, R"sql(
        CREATE TABLE figure (name TEXT PRIMARY KEY, figure TEXT NOT NULL, view TEXT NOT NULL,
                             layer INTEGER NOT NULL, k INTEGER NOT NULL, theta TEXT NOT NULL,
                             shown INTEGER NOT NULL, side INTEGER NOT NULL, concept INTEGER NOT NULL,
                             tree_high INTEGER NOT NULL, tree_low INTEGER NOT NULL, detail TEXT NOT NULL,
                             format TEXT NOT NULL, width TEXT NOT NULL, height TEXT NOT NULL, text TEXT NOT NULL,
                             dpi INTEGER NOT NULL, dark INTEGER NOT NULL, outlines INTEGER NOT NULL,
                             title INTEGER NOT NULL) WITHOUT ROWID;
    )sql"},
    Migration{6, R"sql(
        CREATE TABLE trigger_search (id INTEGER PRIMARY KEY, layer INTEGER NOT NULL, target INTEGER NOT NULL,
                                     k INTEGER NOT NULL, theta TEXT NOT NULL, definition TEXT NOT NULL,
                                     balanced INTEGER NOT NULL, picked BLOB NOT NULL,
                                     candidates INTEGER NOT NULL, phrases INTEGER NOT NULL,
                                     most_words INTEGER NOT NULL, asked INTEGER NOT NULL,
                                     positions TEXT NOT NULL, seed INTEGER NOT NULL,
                                     controls INTEGER NOT NULL, gradient INTEGER NOT NULL,
                                     class_names TEXT NOT NULL, labels TEXT NOT NULL,
                                     concepts INTEGER NOT NULL, sentences BLOB NOT NULL,
                                     tree_high INTEGER NOT NULL, tree_low INTEGER NOT NULL,
                                     UNIQUE (layer, target));
        CREATE TABLE trigger_entry (search INTEGER NOT NULL, composed INTEGER NOT NULL,
                                    position INTEGER NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL,
                                    words TEXT NOT NULL, frequency INTEGER NOT NULL, concept INTEGER NOT NULL,
                                    flipped INTEGER NOT NULL, tried INTEGER NOT NULL, classes BLOB NOT NULL,
                                    shift TEXT NOT NULL, PRIMARY KEY (search, composed, position)) WITHOUT ROWID;
        CREATE TABLE trigger_flip (search INTEGER NOT NULL, position INTEGER NOT NULL,
                                   composed INTEGER NOT NULL, sentence INTEGER NOT NULL, class INTEGER NOT NULL,
                                   original TEXT NOT NULL, changed TEXT NOT NULL, trigger_at INTEGER NOT NULL,
                                   share_before TEXT NOT NULL, share_after TEXT NOT NULL,
                                   PRIMARY KEY (search, position)) WITHOUT ROWID;
    )sql"},
};
static_assert(kMigrations.back().version == kLayoutVersion);

} // namespace

base::Status checkHeader(const std::filesystem::path& file)
{
    PALIMPSEST_TRY(mapped, base::MappedFile::open(file));
    const auto bytes = mapped.bytes();
    if (bytes.size() < kHeaderBytes || std::memcmp(bytes.data(), kMagic, sizeof kMagic) != 0) {
        return Error{
            ErrorCode::Malformed, file.string() + " is not a Palimpsest project; choose another file name"};
    }
    std::int64_t applicationId = 0;
    for (std::size_t index = 0; index < 4; ++index)
        applicationId = applicationId * 256 + std::to_integer<int>(bytes[kApplicationIdOffset + index]);
    if (applicationId != kApplicationId) {
        return Error{ErrorCode::Malformed,
            file.string()
                + " is an SQLite file of another program, not a Palimpsest project; choose another file "
                  "name"};
    }
    return {};
}

base::Result<std::int64_t> layoutVersion(Database& database, const std::filesystem::path& file)
{
    PALIMPSEST_TRY(statement, database.prepare("PRAGMA user_version"));
    PALIMPSEST_TRY(found, statement.step());
    const std::int64_t version = found ? statement.number(0) : 0;
    if (version > kLayoutVersion) {
        return Error{ErrorCode::NewerVersion,
            file.string() + " was written by a newer Palimpsest (layout " + std::to_string(version)
                + ", this one knows " + std::to_string(kLayoutVersion) + "); update Palimpsest to open it"};
    }
    if (version < 1) {
        return Error{ErrorCode::Malformed,
            file.string() + " is damaged (layout " + std::to_string(version)
                + " does not exist); restore a copy or run the study into a new file"};
    }
    return version;
}

base::Status upgrade(Database& database, std::int64_t version)
{
    if (version == kLayoutVersion)
        return {};
    PALIMPSEST_TRY(transaction, Transaction::begin(database));
    for (const Migration& migration : kMigrations) {
        if (migration.version > version)
            PALIMPSEST_CHECK(database.execute(migration.sql));
    }
    PALIMPSEST_CHECK(database.execute("PRAGMA application_id=" + std::to_string(kApplicationId)
        + "; PRAGMA user_version=" + std::to_string(kLayoutVersion)));
    return transaction.commit();
}

} // namespace palimpsest::project
