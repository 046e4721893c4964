#include "project/map_store.h"

#include <bit>
#include <cmath>
#include <string>
#include <utility>

#include "project/blobs.h"
#include "project/sqlite.h"

namespace palimpsest::project {

using base::Error;
using base::ErrorCode;

namespace {

/// To be raised when a method puts the same activations elsewhere.
constexpr std::int64_t kMapVersion = 1;

/// A file of an older layout that is only read has no such table.
base::Result<bool> hasTable(Database& database)
{
    PALIMPSEST_TRY(
        statement, database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'map'"));
    return statement.step();
}

Bytes pack(const std::vector<float>& numbers)
{
    std::vector<std::uint32_t> bits;
    bits.reserve(numbers.size());
    for (const float number : numbers)
        bits.push_back(std::bit_cast<std::uint32_t>(number));
    return packNumbers(bits);
}

std::optional<std::vector<float>> unpack(std::span<const std::byte> blob)
{
    const auto bits = unpackNumbers(blob);
    if (!bits)
        return std::nullopt;
    std::vector<float> numbers;
    numbers.reserve(bits->size());
    for (const std::uint32_t value : *bits) {
        numbers.push_back(std::bit_cast<float>(value));
        if (!std::isfinite(numbers.back()))
            return std::nullopt;
    }
    return numbers;
}

base::Result<std::size_t> rowCount(Database& database)
{
    PALIMPSEST_TRY(
        statement, database.prepare("SELECT length(data) / 4 FROM token_array WHERE name = 'row.position'"));
    PALIMPSEST_TRY(found, statement.step());
    return found ? static_cast<std::size_t>(statement.number(0)) : std::size_t{0};
}

} // namespace

std::string_view mapMethodName(MapMethod method)
{
    return method == MapMethod::Pca ? "pca" : "umap";
}

base::Result<std::optional<base::Fingerprint>> MapStore::keyOf(int layer, MapMethod method) const
{
    base::FingerprintBuilder builder;
    builder.add(std::string_view("map")).add(kMapVersion).add(mapMethodName(method));
    for (const Side side : {Side::Base, Side::FineTuned}) {
        PALIMPSEST_TRY(key, m_file.stageKey(linkageStage(side, layer)));
        if (!key)
            return std::optional<base::Fingerprint>();
        builder.add(*key);
    }
    return std::optional(builder.finish());
}

base::Status MapStore::write(int layer, MapMethod method, const MapPlaces& places)
{
    Database& database = m_file.database();
    PALIMPSEST_TRY(transaction, Transaction::begin(database));
    PALIMPSEST_TRY(rows, rowCount(database));
    if (places.base.size() != 2 * rows || places.fineTuned.size() != 2 * rows) {
        return Error{ErrorCode::ShapeMismatch,
            "The map has " + std::to_string(places.base.size() / 2) + " places, but " + m_file.path().string()
                + " has " + std::to_string(rows) + " occurrences; make it again"};
    }
    PALIMPSEST_TRY(key, keyOf(layer, method));
    if (!key) {
        return Error{ErrorCode::NotFound,
            m_file.path().string() + " has no layer " + std::to_string(layer)
                + " that is finished in both models; run the study with this layer"};
    }
    PALIMPSEST_TRY(statement,
        database.prepare("INSERT OR REPLACE INTO map (layer, method, key_high, key_low, base, finetuned) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    const Bytes base = pack(places.base);
    const Bytes fineTuned = pack(places.fineTuned);
    statement.bind(1, static_cast<std::int64_t>(layer));
    statement.bind(2, mapMethodName(method));
    statement.bind(3, static_cast<std::int64_t>(key->high));
    statement.bind(4, static_cast<std::int64_t>(key->low));
    statement.bind(5, std::span<const std::byte>(base));
    statement.bind(6, std::span<const std::byte>(fineTuned));
    PALIMPSEST_CHECK(statement.run());
    return transaction.commit();
}

base::Result<std::shared_ptr<const MapPlaces>> MapStore::read(int layer, MapMethod method) const
{
    const std::shared_ptr<const MapPlaces> none;
    Database& database = m_file.database();
    PALIMPSEST_TRY(present, hasTable(database));
    PALIMPSEST_TRY(key, keyOf(layer, method));
    if (!present || !key)
        return none;
    PALIMPSEST_TRY(statement,
        database.prepare("SELECT base, finetuned FROM map WHERE layer = ?1 AND method = ?2 AND key_high = ?3 "
                         "AND key_low = ?4"));
    statement.bind(1, static_cast<std::int64_t>(layer));
    statement.bind(2, mapMethodName(method));
    statement.bind(3, static_cast<std::int64_t>(key->high));
    statement.bind(4, static_cast<std::int64_t>(key->low));
    PALIMPSEST_TRY(found, statement.step());
    if (!found)
        return none;
    PALIMPSEST_TRY(rows, rowCount(database));
    auto base = unpack(statement.blob(0));
    auto fineTuned = unpack(statement.blob(1));
    if (!base || !fineTuned || base->size() != 2 * rows || fineTuned->size() != 2 * rows) {
        return Error{ErrorCode::Malformed,
            m_file.path().string() + " is damaged (the map of layer " + std::to_string(layer)
                + " holds wrong numbers); make the map again"};
    }
    return std::make_shared<const MapPlaces>(MapPlaces{std::move(*base), std::move(*fineTuned)});
}

base::Result<std::vector<MapEntry>> MapStore::list() const
{
    std::vector<MapEntry> entries;
    PALIMPSEST_TRY(present, hasTable(m_file.database()));
    if (!present)
        return entries;
    PALIMPSEST_TRY(statement,
        m_file.database().prepare("SELECT layer, method, key_high, key_low FROM map ORDER BY layer, method"));
    while (true) {
        PALIMPSEST_TRY(found, statement.step());
        if (!found)
            return entries;
        const auto layer = static_cast<int>(statement.number(0));
        for (const MapMethod method : {MapMethod::Pca, MapMethod::Umap}) {
            if (statement.text(1) != mapMethodName(method))
                continue;
            PALIMPSEST_TRY(key, keyOf(layer, method));
            if (key && key->high == static_cast<std::uint64_t>(statement.number(2))
                && key->low == static_cast<std::uint64_t>(statement.number(3)))
                entries.push_back({layer, method});
        }
    }
}

} // namespace palimpsest::project
