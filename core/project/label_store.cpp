#include "project/label_store.h"

#include <utility>

#include "project/blobs.h"
#include "project/sqlite.h"

namespace palimpsest::project {

using base::Error;
using base::ErrorCode;

namespace {

std::span<const std::byte> bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

std::string textOf(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Lines name=value; values hold no line ends, since they come from a command line or a form.
std::string packOptions(const std::map<std::string, std::string, std::less<>>& options)
{
    std::string text;
    for (const auto& [name, value] : options)
        text += name + "=" + value + "\n";
    return text;
}

std::map<std::string, std::string, std::less<>> unpackOptions(std::string_view text)
{
    std::map<std::string, std::string, std::less<>> options;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        if (const std::size_t equals = line.find('='); equals != std::string_view::npos)
            options.emplace(line.substr(0, equals), line.substr(equals + 1));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return options;
}

base::Fingerprint fingerprintOf(const Statement& row, int high)
{
    return {static_cast<std::uint64_t>(row.number(high)), static_cast<std::uint64_t>(row.number(high + 1))};
}

/// Rows that the project's token table has; without reading it as a whole.
base::Result<std::size_t> rowCount(Database& database)
{
    PALIMPSEST_TRY(
        statement, database.prepare("SELECT length(data) / 4 FROM token_array WHERE name = 'row.position'"));
    PALIMPSEST_TRY(found, statement.step());
    return found ? static_cast<std::size_t>(statement.number(0)) : std::size_t{0};
}

} // namespace

base::Status LabelStore::attach(const label::LabelTable& table, const LabelOrigin& origin)
{
    Database& database = m_file.database();
    PALIMPSEST_TRY(transaction, Transaction::begin(database));
    PALIMPSEST_TRY(key, m_file.stageKey("tokens"));
    PALIMPSEST_TRY(rows, rowCount(database));
    if (!key || rows != table.rowCount()) {
        return Error{ErrorCode::ShapeMismatch,
            "The label set \"" + table.name() + "\" has " + std::to_string(table.rowCount()) + " rows, but "
                + m_file.path().string() + " has " + std::to_string(rows)
                + " occurrences; attach it to the project it was made for"};
    }
    PALIMPSEST_TRY(statement,
        database.prepare(
            "INSERT INTO label_set (name, source, options, conceptx, longest, tokens_high, tokens_low, "
            "name_lengths, name_text, start, labels, file_name, file_content) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) "
            "ON CONFLICT (name) DO UPDATE SET source = ?2, options = ?3, conceptx = ?4, longest = ?5, "
            "tokens_high = ?6, tokens_low = ?7, name_lengths = ?8, name_text = ?9, start = ?10, "
            "labels = ?11, file_name = ?12, file_content = ?13"));
    const label::LabelParts& parts = table.parts();
    const std::string options = packOptions(origin.options);
    const Bytes lengths = packLengths(parts.names);
    const Bytes names = packCharacters(parts.names);
    const Bytes start = packNumbers(parts.start);
    const Bytes labels = packNumbers(parts.labels);
    statement.bind(1, std::string_view(parts.name));
    statement.bind(2, std::string_view(origin.source));
    statement.bind(3, std::string_view(options));
    statement.bind(4, static_cast<std::int64_t>(origin.asConceptX));
    statement.bind(5, static_cast<std::int64_t>(parts.longestWins));
    statement.bind(6, static_cast<std::int64_t>(key->high));
    statement.bind(7, static_cast<std::int64_t>(key->low));
    statement.bind(8, std::span<const std::byte>(lengths));
    statement.bind(9, std::span<const std::byte>(names));
    statement.bind(10, std::span<const std::byte>(start));
    statement.bind(11, std::span<const std::byte>(labels));
    statement.bind(12, std::string_view(origin.fileName));
    statement.bind(13, bytesOf(origin.fileContent));
    PALIMPSEST_CHECK(statement.run());
    return transaction.commit();
}

base::Result<std::vector<LabelEntry>> LabelStore::list() const
{
    PALIMPSEST_TRY(key, m_file.stageKey("tokens"));
    PALIMPSEST_TRY(statement,
        m_file.database().prepare("SELECT name, source, conceptx, file_name, length(name_lengths) / 4, "
                                  "tokens_high, tokens_low FROM label_set ORDER BY position"));
    std::vector<LabelEntry> entries;
    while (true) {
        PALIMPSEST_TRY(found, statement.step());
        if (!found)
            return entries;
        LabelEntry entry;
        entry.name = statement.text(0);
        entry.source = statement.text(1);
        entry.asConceptX = statement.number(2) != 0;
        entry.fileName = statement.text(3);
        entry.labelCount = static_cast<std::size_t>(statement.number(4));
        entry.fits = key && *key == fingerprintOf(statement, 5);
        entries.push_back(std::move(entry));
    }
}

base::Error LabelStore::notFound(std::string_view name) const
{
    std::string message = m_file.path().string() + " has no label set " + std::string(name);
    std::string names;
    if (const auto entries = list()) {
        for (const LabelEntry& entry : entries.value())
            names += (names.empty() ? "" : ", ") + entry.name;
    }
    message += names.empty() ? "; attach one with `palimpsest label`" : "; it has " + names;
    return {ErrorCode::NotFound, std::move(message)};
}

base::Result<std::shared_ptr<const label::LabelTable>> LabelStore::read(std::string_view name) const
{
    PALIMPSEST_TRY(key, m_file.stageKey("tokens"));
    PALIMPSEST_TRY(statement,
        m_file.database().prepare("SELECT longest, tokens_high, tokens_low, name_lengths, name_text, start, "
                                  "labels FROM label_set WHERE name = ?1"));
    statement.bind(1, name);
    PALIMPSEST_TRY(found, statement.step());
    if (!found)
        return notFound(name);
    if (!key || *key != fingerprintOf(statement, 1)) {
        return Error{ErrorCode::ShapeMismatch,
            "The label set " + std::string(name) + " of " + m_file.path().string()
                + " was made for other occurrences than the project now has; attach it again with "
                  "`palimpsest label`"};
    }
    auto names = unpackStrings(statement.blob(3), statement.blob(4));
    auto start = unpackNumbers(statement.blob(5));
    auto labels = unpackNumbers(statement.blob(6));
    PALIMPSEST_TRY(rows, rowCount(m_file.database()));
    if (!names || !start || !labels || start->size() != rows + 1) {
        return Error{ErrorCode::Malformed,
            m_file.path().string() + " is damaged (the arrays of the label set " + std::string(name)
                + " have a wrong size); attach it again with `palimpsest label`"};
    }
    return label::LabelTable::fromParts({std::string(name), std::move(*names), std::move(*start),
        std::move(*labels), statement.number(0) != 0});
}

base::Result<LabelOrigin> LabelStore::origin(std::string_view name) const
{
    PALIMPSEST_TRY(statement,
        m_file.database().prepare(
            "SELECT source, options, conceptx, file_name, file_content FROM label_set WHERE name = ?1"));
    statement.bind(1, name);
    PALIMPSEST_TRY(found, statement.step());
    if (!found)
        return notFound(name);
    LabelOrigin origin;
    origin.source = statement.text(0);
    origin.options = unpackOptions(statement.text(1));
    origin.asConceptX = statement.number(2) != 0;
    origin.fileName = statement.text(3);
    origin.fileContent = textOf(statement.blob(4));
    return origin;
}

base::Status LabelStore::remove(std::string_view name)
{
    PALIMPSEST_TRY(transaction, Transaction::begin(m_file.database()));
    PALIMPSEST_CHECK(origin(name));
    PALIMPSEST_TRY(statement, m_file.database().prepare("DELETE FROM label_set WHERE name = ?1"));
    statement.bind(1, name);
    PALIMPSEST_CHECK(statement.run());
    return transaction.commit();
}

} // namespace palimpsest::project
