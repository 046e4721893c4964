#include "project/trigger_store.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

#include "base/utf8.h"
#include "project/blobs.h"
#include "project/place_columns.h"

namespace palimpsest::project {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::array<std::string_view, 4> kTriggerKindNames{"polar", "random", "nonpolar", "gradient"};
constexpr std::array<std::string_view, 3> kTriggerPositionNames{"prepend", "insert", "append"};
constexpr std::array<std::string_view, 3> kClassDefinitionNames{"gold", "predicted", "right"};
constexpr std::size_t kMostTriggerClasses = 10'000;
constexpr std::int64_t kLargestTriggerNumber = std::numeric_limits<std::int32_t>::max();

template <typename Names>
bool isNameOf(const Names& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

/// Words and names hold neither tab nor line end, so they stand in one column with tabs between.
std::string tabJoined(const std::vector<std::string>& parts)
{
    std::string text;
    for (std::size_t at = 0; at < parts.size(); ++at)
        text += (at == 0 ? "" : "\t") + parts[at];
    return text;
}

std::vector<std::string> tabParted(std::string_view text)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\t', begin), text.size());
        parts.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

bool isTabFreeText(const std::string& text)
{
    return text.find_first_of("\t\n") == std::string::npos && base::validUtf8Prefix(text) == text.size();
}

bool isTriggerEntry(const TriggerEntry& entry, std::size_t classes)
{
    const auto fits = [](const TriggerCount& count) { return count.flipped <= count.count; };
    return isNameOf(kTriggerKindNames, entry.kind) && isNameOf(kTriggerPositionNames, entry.position)
        && !entry.words.empty() && std::ranges::all_of(entry.words, isTabFreeText) && entry.conceptId >= -1
        && fits(entry.flips) && std::ranges::all_of(entry.byClass, fits) && entry.byClass.size() <= classes
        && std::isfinite(entry.shift);
}

bool isTriggerFlip(const TriggerFlip& flip, const TriggerRecord& record)
{
    const auto isShare = [](double share) { return share >= 0.0 && share <= 1.0; };
    return flip.composed < record.composed.size() && flip.classIndex >= -1
        && flip.classIndex < static_cast<std::int64_t>(record.classNames.size())
        && isTabFreeText(flip.original) && isTabFreeText(flip.changed) && isShare(flip.before)
        && isShare(flip.after);
}

/// Whether a search can have given it.
bool isTriggerRecord(const TriggerRecord& record)
{
    const std::size_t classes = record.classNames.size();
    const auto isSmall
        = [](std::size_t number) { return number <= static_cast<std::size_t>(kLargestTriggerNumber); };
    const auto isKnown
        = [](const std::string& position) { return isNameOf(kTriggerPositionNames, position); };
    const bool choices = record.layer >= 0 && record.target < classes && classes <= kMostTriggerClasses
        && record.labels.size() == classes && isSmall(record.k) && isSmall(record.candidates)
        && isSmall(record.phrases) && isSmall(record.mostWords) && isSmall(record.asked)
        && isSmall(record.polarConcepts) && record.theta >= 0.0 && record.theta <= 1.0
        && isNameOf(kClassDefinitionNames, record.definition) && !record.positions.empty()
        && std::ranges::all_of(record.positions, isKnown);
    return choices && std::ranges::all_of(record.classNames, isTabFreeText)
        && std::ranges::all_of(record.labels, isTabFreeText) && !record.entries.empty()
        && std::ranges::all_of(
            record.entries, [&](const auto& entry) { return isTriggerEntry(entry, classes); })
        && std::ranges::all_of(
            record.composed, [&](const auto& entry) { return isTriggerEntry(entry, classes); })
        && std::ranges::all_of(record.flips, [&](const auto& flip) { return isTriggerFlip(flip, record); });
}

/// Numbers of a row; `bad` when one is out of its range.
struct CheckedColumns {
    const Statement& row;
    bool bad = false;

    std::int64_t number(int column, std::int64_t least, std::int64_t most = kLargestTriggerNumber)
    {
        const std::int64_t value = row.number(column);
        bad = bad || value < least || value > most;
        return value;
    }
    std::size_t size(int column) { return static_cast<std::size_t>(number(column, 0)); }
    std::uint32_t count(int column)
    {
        return static_cast<std::uint32_t>(number(column, 0, std::numeric_limits<std::uint32_t>::max()));
    }
    double real(int column)
    {
        const auto value = numberFrom(row.text(column));
        bad = bad || !value;
        return value.value_or(0.0);
    }
    std::vector<std::uint32_t> list(int column)
    {
        auto values = unpackNumbers(row.blob(column));
        bad = bad || !values;
        return values ? std::move(*values) : std::vector<std::uint32_t>();
    }
    std::string string(int column) { return std::string(row.text(column)); }
};

constexpr const char* kTriggerSearchColumns
    = "layer, target, k, theta, definition, balanced, picked, candidates, phrases, most_words, asked, "
      "positions, seed, controls, gradient, class_names, labels, concepts, sentences, tree_high, tree_low";

std::optional<TriggerRecord> readTriggerSearch(const Statement& row)
{
    CheckedColumns columns{row};
    TriggerRecord record;
    record.layer = static_cast<int>(columns.number(1, 0));
    record.target = columns.size(2);
    record.k = columns.size(3);
    record.theta = columns.real(4);
    record.definition = columns.string(5);
    record.balanced = row.number(6) != 0;
    record.picked = columns.list(7);
    record.candidates = columns.size(8);
    record.phrases = columns.size(9);
    record.mostWords = columns.size(10);
    record.asked = columns.size(11);
    record.positions = tabParted(row.text(12));
    record.seed = static_cast<std::uint64_t>(row.number(13));
    record.controls = row.number(14) != 0;
    record.gradientSearch = row.number(15) != 0;
    record.classNames = tabParted(row.text(16));
    record.labels = tabParted(row.text(17));
    record.polarConcepts = columns.size(18);
    record.sentences = columns.list(19);
    record.tree = {static_cast<std::uint64_t>(row.number(20)), static_cast<std::uint64_t>(row.number(21))};
    return columns.bad ? std::nullopt : std::optional(std::move(record));
}

std::optional<TriggerEntry> readTriggerEntry(const Statement& row)
{
    CheckedColumns columns{row};
    TriggerEntry entry;
    entry.kind = columns.string(1);
    entry.position = columns.string(2);
    entry.words = tabParted(row.text(3));
    entry.frequency = columns.count(4);
    entry.conceptId = static_cast<std::int32_t>(columns.number(5, -1));
    entry.flips = {columns.count(6), columns.count(7)};
    const auto classes = columns.list(8);
    for (std::size_t at = 0; at + 1 < classes.size(); at += 2)
        entry.byClass.push_back({classes[at], classes[at + 1]});
    entry.shift = columns.real(9);
    return columns.bad || classes.size() % 2 != 0 ? std::nullopt : std::optional(std::move(entry));
}

std::optional<TriggerFlip> readTriggerFlip(const Statement& row)
{
    CheckedColumns columns{row};
    TriggerFlip flip;
    flip.composed = columns.count(0);
    flip.sentence = columns.count(1);
    flip.classIndex = static_cast<std::int32_t>(columns.number(2, -1));
    flip.original = columns.string(3);
    flip.changed = columns.string(4);
    flip.triggerAt = columns.count(5);
    flip.before = columns.real(6);
    flip.after = columns.real(7);
    return columns.bad ? std::nullopt : std::optional(std::move(flip));
}

std::int64_t asInteger(std::size_t number)
{
    return static_cast<std::int64_t>(number);
}

} // namespace

base::Result<bool> TriggerStore::readParts(std::int64_t id, TriggerRecord& record) const
{
    Database& database = m_file.database();
    PALIMPSEST_TRY(entries,
        database.prepare("SELECT composed, kind, place, words, frequency, concept, flipped, tried, classes, "
                         "shift FROM trigger_entry WHERE search = ?1 ORDER BY composed, position"));
    entries.bind(1, id);
    while (true) {
        PALIMPSEST_TRY(found, entries.step());
        if (!found)
            break;
        auto entry = readTriggerEntry(entries);
        if (!entry)
            return false;
        (entries.number(0) == 0 ? record.entries : record.composed).push_back(std::move(*entry));
    }
    PALIMPSEST_TRY(flips,
        database.prepare(
            "SELECT composed, sentence, class, original, changed, trigger_at, share_before, share_after "
            "FROM trigger_flip WHERE search = ?1 ORDER BY position"));
    flips.bind(1, id);
    while (true) {
        PALIMPSEST_TRY(found, flips.step());
        if (!found)
            break;
        auto flip = readTriggerFlip(flips);
        if (!flip)
            return false;
        record.flips.push_back(std::move(*flip));
    }
    return isTriggerRecord(record);
}

base::Result<std::vector<KeptTriggerRecord>> TriggerStore::read() const
{
    std::vector<KeptTriggerRecord> records;
    Database& database = m_file.database();
    PALIMPSEST_TRY(transaction, Transaction::begin(database, Transaction::Kind::Read));
    PALIMPSEST_TRY(table,
        database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'trigger_search'"));
    PALIMPSEST_TRY(present, table.step());
    if (!present)
        return records;
    PALIMPSEST_TRY(statement,
        database.prepare(
            "SELECT id, " + std::string(kTriggerSearchColumns) + " FROM trigger_search ORDER BY id"));
    while (true) {
        PALIMPSEST_TRY(found, statement.step());
        if (!found)
            break;
        auto record = readTriggerSearch(statement);
        bool whole = record && records.size() < kMostTriggerSearches;
        if (whole) {
            PALIMPSEST_TRY(parts, readParts(statement.number(0), *record));
            whole = parts;
        }
        if (!whole) {
            return Error{ErrorCode::Malformed,
                m_file.path().string() + " is damaged (trigger search " + std::to_string(records.size() + 1)
                    + " makes no sense); restore a copy"};
        }
        PALIMPSEST_TRY(key, m_file.stageKey(linkageStage(Side::FineTuned, record->layer)));
        const bool current = key == record->tree;
        records.push_back({std::move(*record), current});
    }
    PALIMPSEST_CHECK(transaction.commit());
    return records;
}

base::Status TriggerStore::put(const TriggerRecord& record) const
{
    if (!isTriggerRecord(record)) {
        return Error{ErrorCode::InvalidArgument,
            "These triggers are no result of a search (a rate, name or number is out of its range); search "
            "again"};
    }
    Database& database = m_file.database();
    PALIMPSEST_TRY(transaction, Transaction::begin(database));
    PALIMPSEST_CHECK(remove(record.layer, record.target));
    std::vector<std::int64_t> ids;
    PALIMPSEST_TRY(statement, database.prepare("SELECT id FROM trigger_search ORDER BY id"));
    while (true) {
        PALIMPSEST_TRY(found, statement.step());
        if (!found)
            break;
        ids.push_back(statement.number(0));
    }
    for (std::size_t at = 0; at + kMostTriggerSearches <= ids.size(); ++at)
        PALIMPSEST_CHECK(drop(ids[at]));
    const std::int64_t id = ids.empty() ? 1 : ids.back() + 1;
    PALIMPSEST_CHECK(putSearch(id, record));
    PALIMPSEST_CHECK(putEntries(id, record));
    PALIMPSEST_CHECK(putFlips(id, record));
    return transaction.commit();
}

base::Status TriggerStore::putSearch(std::int64_t id, const TriggerRecord& record) const
{
    PALIMPSEST_TRY(statement,
        m_file.database().prepare("INSERT INTO trigger_search (id, " + std::string(kTriggerSearchColumns)
            + ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
              "?19, ?20, ?21, ?22)"));
    const std::string theta = numberText(record.theta);
    const Bytes picked = packNumbers(record.picked);
    const Bytes sentences = packNumbers(record.sentences);
    const std::string positions = tabJoined(record.positions);
    const std::string classNames = tabJoined(record.classNames);
    const std::string labels = tabJoined(record.labels);
    statement.bind(1, id);
    statement.bind(2, std::int64_t{record.layer});
    statement.bind(3, asInteger(record.target));
    statement.bind(4, asInteger(record.k));
    statement.bind(5, std::string_view(theta));
    statement.bind(6, std::string_view(record.definition));
    statement.bind(7, std::int64_t{record.balanced ? 1 : 0});
    statement.bind(8, std::span<const std::byte>(picked));
    statement.bind(9, asInteger(record.candidates));
    statement.bind(10, asInteger(record.phrases));
    statement.bind(11, asInteger(record.mostWords));
    statement.bind(12, asInteger(record.asked));
    statement.bind(13, std::string_view(positions));
    statement.bind(14, static_cast<std::int64_t>(record.seed));
    statement.bind(15, std::int64_t{record.controls ? 1 : 0});
    statement.bind(16, std::int64_t{record.gradientSearch ? 1 : 0});
    statement.bind(17, std::string_view(classNames));
    statement.bind(18, std::string_view(labels));
    statement.bind(19, asInteger(record.polarConcepts));
    statement.bind(20, std::span<const std::byte>(sentences));
    statement.bind(21, static_cast<std::int64_t>(record.tree.high));
    statement.bind(22, static_cast<std::int64_t>(record.tree.low));
    return statement.run();
}

base::Status TriggerStore::putEntries(std::int64_t id, const TriggerRecord& record) const
{
    PALIMPSEST_TRY(statement,
        m_file.database().prepare(
            "INSERT INTO trigger_entry (search, composed, position, kind, place, words, frequency, concept, "
            "flipped, tried, classes, shift) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"));
    for (const auto* entries : {&record.entries, &record.composed}) {
        for (std::size_t at = 0; at < entries->size(); ++at) {
            const TriggerEntry& entry = (*entries)[at];
            const std::string words = tabJoined(entry.words);
            std::vector<std::uint32_t> classes;
            for (const TriggerCount& count : entry.byClass) {
                classes.push_back(count.flipped);
                classes.push_back(count.count);
            }
            const Bytes packed = packNumbers(classes);
            const std::string shift = numberText(entry.shift);
            statement.bind(1, id);
            statement.bind(2, std::int64_t{entries == &record.composed ? 1 : 0});
            statement.bind(3, asInteger(at));
            statement.bind(4, std::string_view(entry.kind));
            statement.bind(5, std::string_view(entry.position));
            statement.bind(6, std::string_view(words));
            statement.bind(7, std::int64_t{entry.frequency});
            statement.bind(8, std::int64_t{entry.conceptId});
            statement.bind(9, std::int64_t{entry.flips.flipped});
            statement.bind(10, std::int64_t{entry.flips.count});
            statement.bind(11, std::span<const std::byte>(packed));
            statement.bind(12, std::string_view(shift));
            PALIMPSEST_CHECK(statement.run());
            statement.reset();
        }
    }
    return {};
}

base::Status TriggerStore::putFlips(std::int64_t id, const TriggerRecord& record) const
{
    PALIMPSEST_TRY(statement,
        m_file.database().prepare(
            "INSERT INTO trigger_flip (search, position, composed, sentence, class, original, changed, "
            "trigger_at, share_before, share_after) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"));
    for (std::size_t at = 0; at < record.flips.size(); ++at) {
        const TriggerFlip& flip = record.flips[at];
        const std::string before = numberText(flip.before);
        const std::string after = numberText(flip.after);
        statement.bind(1, id);
        statement.bind(2, asInteger(at));
        statement.bind(3, std::int64_t{flip.composed});
        statement.bind(4, std::int64_t{flip.sentence});
        statement.bind(5, std::int64_t{flip.classIndex});
        statement.bind(6, std::string_view(flip.original));
        statement.bind(7, std::string_view(flip.changed));
        statement.bind(8, std::int64_t{flip.triggerAt});
        statement.bind(9, std::string_view(before));
        statement.bind(10, std::string_view(after));
        PALIMPSEST_CHECK(statement.run());
        statement.reset();
    }
    return {};
}

base::Status TriggerStore::drop(std::int64_t id) const
{
    for (const char* sql : {"DELETE FROM trigger_flip WHERE search = ?1",
             "DELETE FROM trigger_entry WHERE search = ?1", "DELETE FROM trigger_search WHERE id = ?1"}) {
        PALIMPSEST_TRY(statement, m_file.database().prepare(sql));
        statement.bind(1, id);
        PALIMPSEST_CHECK(statement.run());
    }
    return {};
}

base::Status TriggerStore::remove(int layer, std::size_t target) const
{
    PALIMPSEST_TRY(transaction, Transaction::begin(m_file.database()));
    PALIMPSEST_TRY(statement,
        m_file.database().prepare("SELECT id FROM trigger_search WHERE layer = ?1 AND target = ?2"));
    statement.bind(1, std::int64_t{layer});
    statement.bind(2, asInteger(target));
    PALIMPSEST_TRY(found, statement.step());
    if (found) {
        const std::int64_t id = statement.number(0);
        statement.reset();
        PALIMPSEST_CHECK(drop(id));
    }
    return transaction.commit();
}

} // namespace palimpsest::project
