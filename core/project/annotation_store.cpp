#include "project/annotation_store.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "project/sqlite.h"

namespace palimpsest::project {

using base::Error;
using base::ErrorCode;

namespace {

std::string joined(const std::vector<std::string>& tags)
{
    std::string text;
    for (const std::string& tag : tags)
        text += (text.empty() ? "" : ",") + tag;
    return text;
}

base::Result<bool> hasTable(Database& database)
{
    PALIMPSEST_TRY(statement,
        database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'annotation'"));
    return statement.step();
}

/// Nothing where a number is out of range.
std::optional<Annotation> readRow(const Statement& row)
{
    const auto inRange = [](std::int64_t number) {
        return number >= 0 && number <= std::numeric_limits<std::int32_t>::max();
    };
    for (const int column : {1, 2, 3, 4, 5, 11}) {
        if (!inRange(row.number(column)))
            return std::nullopt;
    }
    Annotation annotation;
    annotation.key = {std::string(row.text(0)), row.number(1) == 0 ? Side::Base : Side::FineTuned,
        static_cast<int>(row.number(2)), static_cast<std::int32_t>(row.number(3))};
    annotation.size = static_cast<std::size_t>(row.number(4));
    annotation.k = static_cast<std::size_t>(row.number(5));
    annotation.tree = {static_cast<std::uint64_t>(row.number(6)), static_cast<std::uint64_t>(row.number(7))};
    annotation.name = row.text(8);
    annotation.tags = tagsFromText(row.text(9));
    annotation.note = row.text(10);
    annotation.rating = static_cast<int>(row.number(11));
    return annotation;
}

base::Status remove(Database& database, const AnnotationKey& key)
{
    PALIMPSEST_TRY(statement,
        database.prepare(
            "DELETE FROM annotation WHERE annotator = ?1 AND side = ?2 AND layer = ?3 AND node = ?4"));
    statement.bind(1, std::string_view(key.annotator));
    statement.bind(2, static_cast<std::int64_t>(key.side));
    statement.bind(3, std::int64_t{key.layer});
    statement.bind(4, std::int64_t{key.node});
    return statement.run();
}

base::Status put(Database& database, const Annotation& annotation)
{
    PALIMPSEST_TRY(statement,
        database.prepare("INSERT OR REPLACE INTO annotation (annotator, side, layer, node, size, k, "
                         "tree_high, tree_low, name, tags, note, rating) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"));
    const std::string tags = joined(annotation.tags);
    statement.bind(1, std::string_view(annotation.key.annotator));
    statement.bind(2, static_cast<std::int64_t>(annotation.key.side));
    statement.bind(3, std::int64_t{annotation.key.layer});
    statement.bind(4, std::int64_t{annotation.key.node});
    statement.bind(5, static_cast<std::int64_t>(annotation.size));
    statement.bind(6, static_cast<std::int64_t>(annotation.k));
    statement.bind(7, static_cast<std::int64_t>(annotation.tree.high));
    statement.bind(8, static_cast<std::int64_t>(annotation.tree.low));
    statement.bind(9, std::string_view(annotation.name));
    statement.bind(10, std::string_view(tags));
    statement.bind(11, std::string_view(annotation.note));
    statement.bind(12, std::int64_t{annotation.rating});
    return statement.run();
}

} // namespace

base::Result<std::vector<Annotation>> AnnotationStore::all() const
{
    PALIMPSEST_TRY(present, hasTable(m_file.database()));
    std::vector<Annotation> annotations;
    if (!present)
        return annotations;
    PALIMPSEST_TRY(statement,
        m_file.database().prepare("SELECT annotator, side, layer, node, size, k, tree_high, tree_low, name, "
                                  "tags, note, rating FROM annotation"));
    while (true) {
        PALIMPSEST_TRY(found, statement.step());
        if (!found)
            break;
        auto annotation = readRow(statement);
        if (!annotation || !checkAnnotation(*annotation)) {
            return Error{ErrorCode::Malformed,
                m_file.path().string() + " is damaged (an annotation of layer "
                    + std::to_string(statement.number(2)) + " makes no sense); restore a copy"};
        }
        annotations.push_back(std::move(*annotation));
    }
    std::sort(annotations.begin(), annotations.end(),
        [](const Annotation& a, const Annotation& b) { return a.key < b.key; });
    return annotations;
}

base::Status AnnotationStore::write(std::span<const AnnotationChange> changes) const
{
    PALIMPSEST_TRY(transaction, Transaction::begin(m_file.database()));
    for (const AnnotationChange& change : changes) {
        if (!change.after || change.after->isEmpty()) {
            PALIMPSEST_CHECK(remove(m_file.database(), change.key));
            continue;
        }
        PALIMPSEST_CHECK(checkAnnotation(*change.after));
        PALIMPSEST_CHECK(put(m_file.database(), *change.after));
    }
    return transaction.commit();
}

std::vector<AnnotationChange> reversed(std::span<const AnnotationChange> changes)
{
    std::vector<AnnotationChange> back(changes.rbegin(), changes.rend());
    for (AnnotationChange& change : back)
        std::swap(change.before, change.after);
    return back;
}

void apply(std::vector<Annotation>& annotations, std::span<const AnnotationChange> changes)
{
    for (const AnnotationChange& change : changes) {
        const auto at = std::lower_bound(annotations.begin(), annotations.end(), change.key,
            [](const Annotation& annotation, const AnnotationKey& key) { return annotation.key < key; });
        const bool known = at != annotations.end() && at->key == change.key;
        const bool kept = change.after && !change.after->isEmpty();
        if (known && kept)
            *at = *change.after;
        else if (known)
            annotations.erase(at);
        else if (kept)
            annotations.insert(at, *change.after);
    }
}

} // namespace palimpsest::project
