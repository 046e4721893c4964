#include "project/import_store.h"

#include "project/blobs.h"
#include "project/sqlite.h"

namespace palimpsest::project {

namespace {

void bindPlace(Statement& statement, Side side, int layer)
{
    statement.bind(1, static_cast<std::int64_t>(side));
    statement.bind(2, static_cast<std::int64_t>(layer));
}

} // namespace

base::Status ImportStore::writeNumbers(
    Side side, int layer, std::size_t k, const std::vector<std::uint32_t>& numbers)
{
    PALIMPSEST_TRY(statement,
        m_file.database().prepare("INSERT OR REPLACE INTO imported_cut (side, layer, k, numbers) "
                                  "VALUES (?1, ?2, ?3, ?4)"));
    const Bytes blob = packNumbers(numbers);
    bindPlace(statement, side, layer);
    statement.bind(3, static_cast<std::int64_t>(k));
    statement.bind(4, std::span<const std::byte>(blob));
    return statement.run();
}

base::Result<std::optional<std::vector<std::uint32_t>>> ImportStore::numbers(
    Side side, int layer, std::size_t k) const
{
    PALIMPSEST_TRY(statement,
        m_file.database().prepare(
            "SELECT numbers FROM imported_cut WHERE side = ?1 AND layer = ?2 AND k = ?3"));
    bindPlace(statement, side, layer);
    statement.bind(3, static_cast<std::int64_t>(k));
    PALIMPSEST_TRY(found, statement.step());
    if (!found)
        return std::optional<std::vector<std::uint32_t>>();
    auto numbers = unpackNumbers(statement.blob(0));
    if (!numbers || numbers->size() != k) {
        return base::Error{base::ErrorCode::Malformed,
            m_file.path().string() + " is damaged (the imported clusters at K = " + std::to_string(k)
                + " have a wrong size); import them again"};
    }
    return numbers;
}

base::Result<std::vector<std::size_t>> ImportStore::cuts(Side side, int layer) const
{
    PALIMPSEST_TRY(statement,
        m_file.database().prepare("SELECT k FROM imported_cut WHERE side = ?1 AND layer = ?2 ORDER BY k"));
    bindPlace(statement, side, layer);
    std::vector<std::size_t> cuts;
    while (true) {
        PALIMPSEST_TRY(found, statement.step());
        if (!found)
            return cuts;
        cuts.push_back(static_cast<std::size_t>(statement.number(0)));
    }
}

base::Status ImportStore::clear(Side side, int layer)
{
    for (const std::string_view sql : {"DELETE FROM imported_cut WHERE side = ?1 AND layer = ?2",
             "DELETE FROM imported_file WHERE side = ?1 AND layer = ?2"}) {
        PALIMPSEST_TRY(statement, m_file.database().prepare(sql));
        bindPlace(statement, side, layer);
        PALIMPSEST_CHECK(statement.run());
    }
    return {};
}

base::Status ImportStore::writeFile(
    Side side, int layer, std::string_view name, std::size_t k, std::string_view content)
{
    PALIMPSEST_TRY(statement,
        m_file.database().prepare("INSERT OR REPLACE INTO imported_file (side, layer, name, k, content) "
                                  "VALUES (?1, ?2, ?3, ?4, ?5)"));
    bindPlace(statement, side, layer);
    statement.bind(3, name);
    statement.bind(4, static_cast<std::int64_t>(k));
    statement.bind(
        5, std::span<const std::byte>(reinterpret_cast<const std::byte*>(content.data()), content.size()));
    return statement.run();
}

base::Result<std::vector<ImportedFile>> ImportStore::files(Side side, int layer) const
{
    PALIMPSEST_TRY(statement,
        m_file.database().prepare(
            "SELECT name, k, content FROM imported_file WHERE side = ?1 AND layer = ?2 ORDER BY name"));
    bindPlace(statement, side, layer);
    std::vector<ImportedFile> files;
    while (true) {
        PALIMPSEST_TRY(found, statement.step());
        if (!found)
            return files;
        const auto content = statement.blob(2);
        files.push_back({std::string(statement.text(0)), static_cast<std::size_t>(statement.number(1)),
            std::string(reinterpret_cast<const char*>(content.data()), content.size())});
    }
}

} // namespace palimpsest::project
