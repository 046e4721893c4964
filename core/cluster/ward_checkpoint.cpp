#include "cluster/ward_checkpoint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/mapped_file.h"

namespace palimpsest::cluster {
namespace {

constexpr std::string_view kMagic = "Palimpsest Ward checkpoint 1\n...";
constexpr std::size_t kSections = 7;

/// In front of the sections, which follow without gaps; the fingerprint of all of it ends the file.
struct Header {
    std::array<char, kMagic.size()> magic{};
    base::Fingerprint run;
    std::array<std::uint64_t, kSections> bytes{}; ///< per section
};
static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) % 8 == 0);

/// Calls visit(vector) for every section, in the order of the file.
template <typename State, typename Visit>
void forSections(State& state, const Visit& visit)
{
    visit(state.merges);
    visit(state.first.counts);
    visit(state.first.found);
    visit(state.lists.counts);
    visit(state.lists.boundIds);
    visit(state.lists.entries);
    visit(state.lists.bounds);
}

base::Fingerprint fingerprintOf(std::span<const std::byte> bytes)
{
    return base::FingerprintBuilder().add(bytes).finish();
}

/// Bytes to sections. False where the sizes do not add up or a section ends inside an element.
bool readSections(std::span<const std::byte> rest, const Header& header, WardState& state)
{
    std::size_t section = 0;
    bool good = true;
    const auto read = [&](auto& values) {
        using Value = typename std::remove_reference_t<decltype(values)>::value_type;
        const std::uint64_t bytes = header.bytes[section++];
        good = good && bytes <= rest.size() && bytes % sizeof(Value) == 0;
        if (!good)
            return;
        values.resize(bytes / sizeof(Value));
        if (bytes > 0)
            std::memcpy(values.data(), rest.data(), bytes);
        rest = rest.subspan(bytes);
    };
    forSections(state, read);
    // One byte per tile closes the file, so that the sections before it lie on their alignment.
    state.first.done.resize(rest.size());
    for (std::size_t i = 0; i < rest.size(); ++i)
        state.first.done[i] = std::to_integer<std::uint8_t>(rest[i]);
    return good;
}

/// Whether `merges` join clusters of different rows that are alive; leaves which are alive after them.
bool mergesFit(const WardPoints& points, const std::vector<FoundMerge>& merges, std::vector<char>& alive)
{
    alive.assign(points.count(), 1);
    const auto aliveAt = [&](std::int32_t row) -> char* {
        if (row < 0 || static_cast<std::size_t>(row) >= points.pointOf.size())
            return nullptr;
        const auto point = static_cast<std::size_t>(points.pointOf[static_cast<std::size_t>(row)]);
        return points.firstRow[point] == row && alive[point] != 0 ? &alive[point] : nullptr;
    };
    return std::ranges::all_of(merges, [&](const FoundMerge& merge) {
        char* high = aliveAt(merge.high);
        if (aliveAt(merge.low) == nullptr || high == nullptr || merge.low >= merge.high
            || !(merge.height >= 0.0) || !std::isfinite(merge.height))
            return false;
        *high = 0;
        return true;
    });
}

/// Whether `counts` are 0..most each and add up to `total`.
bool countsFit(const std::vector<std::int32_t>& counts, std::size_t most, std::size_t total)
{
    std::size_t sum = 0;
    for (const std::int32_t count : counts) {
        if (count < 0 || static_cast<std::size_t>(count) > most)
            return false;
        sum += static_cast<std::size_t>(count);
    }
    return sum == total;
}

bool firstSearchFits(const FirstSearch& first, std::size_t points, std::size_t listLength)
{
    if (first.done.empty())
        return first.counts.empty() && first.found.empty();
    return first.done.size() == firstSearchTiles(points) && first.counts.size() == points
        && countsFit(first.counts, listLength, first.found.size())
        && std::ranges::all_of(first.done, [](std::uint8_t done) { return done <= 1; })
        && std::ranges::all_of(first.found, [&](const Candidate& candidate) {
               return candidate.position >= 0 && static_cast<std::size_t>(candidate.position) < points
                   && !std::isnan(candidate.value);
           });
}

bool listsFit(const SavedLists& lists, const std::vector<char>& alive, std::size_t listLength)
{
    if (lists.counts.size() != static_cast<std::size_t>(std::ranges::count(alive, 1))
        || lists.bounds.size() != lists.counts.size() || lists.boundIds.size() != lists.counts.size()
        || !countsFit(lists.counts, listLength, lists.entries.size()))
        return false;
    auto entry = lists.entries.begin();
    std::size_t list = 0;
    for (std::size_t owner = 0; owner < alive.size(); ++owner) {
        if (alive[owner] == 0)
            continue;
        if (std::isnan(lists.bounds[list]))
            return false;
        for (std::int32_t i = 0; i < lists.counts[list]; ++i, ++entry)
            if (entry->id < 0 || static_cast<std::size_t>(entry->id) >= alive.size()
                || static_cast<std::size_t>(entry->id) == owner || std::isnan(entry->value))
                return false;
        ++list;
    }
    return true;
}

bool stateFits(const WardState& state, const WardPoints& points, std::size_t listLength)
{
    std::vector<char> alive;
    if (!mergesFit(points, state.merges, alive))
        return false;
    if (!state.first.done.empty())
        return state.merges.empty() && state.lists.counts.empty() && state.lists.entries.empty()
            && firstSearchFits(state.first, points.count(), listLength);
    return firstSearchFits(state.first, points.count(), listLength)
        && listsFit(state.lists, alive, listLength);
}

} // namespace

base::Result<base::Fingerprint> wardFingerprint(
    const WardPoints& points, std::size_t listLength, const base::JobContext& ctx)
{
    constexpr std::size_t kRowsAtOnce = 4096;
    const base::MatrixView rows = points.rows;
    base::FingerprintBuilder builder;
    builder.add(kMagic)
        .add(static_cast<std::int64_t>(rows.rows))
        .add(static_cast<std::int64_t>(rows.cols))
        .add(static_cast<std::int64_t>(listLength));
    for (std::size_t first = 0; first < rows.rows; first += kRowsAtOnce) {
        if (ctx.stopRequested())
            return base::cancelled();
        const std::size_t count = std::min(kRowsAtOnce, rows.rows - first);
        builder.add(std::as_bytes(std::span(rows.data + first * rows.cols, count * rows.cols)));
    }
    return builder.finish();
}

base::Status saveWardState(
    const std::filesystem::path& path, const base::Fingerprint& fingerprint, const WardState& state)
{
    Header header;
    std::ranges::copy(kMagic, header.magic.begin());
    header.run = fingerprint;
    std::size_t size = sizeof header + state.first.done.size() + sizeof(base::Fingerprint);
    std::size_t section = 0;
    forSections(state, [&](const auto& values) {
        header.bytes[section] = std::as_bytes(std::span(values)).size();
        size += header.bytes[section++];
    });
    PALIMPSEST_TRY(output, base::MappedOutput::create(path, size));
    std::span<std::byte> rest = output.bytes();
    const auto append = [&rest](std::span<const std::byte> bytes) {
        std::ranges::copy(bytes, rest.begin());
        rest = rest.subspan(bytes.size());
    };
    append(std::as_bytes(std::span(&header, 1)));
    forSections(state, [&](const auto& values) { append(std::as_bytes(std::span(values))); });
    append(std::as_bytes(std::span(state.first.done)));
    const base::Fingerprint seal = fingerprintOf(output.bytes().first(size - sizeof(base::Fingerprint)));
    append(std::as_bytes(std::span(&seal, 1)));
    return output.commit();
}

LoadedWardState loadWardState(const std::filesystem::path& path, const base::Fingerprint& fingerprint,
    const WardPoints& points, std::size_t listLength)
{
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return {};
    const auto file = base::MappedFile::open(path);
    if (!file)
        return {CheckpointKind::Foreign, {}};
    const std::span<const std::byte> bytes = file.value().bytes();
    Header header;
    if (bytes.size() < kMagic.size() || std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0)
        return {CheckpointKind::Foreign, {}};
    LoadedWardState loaded{CheckpointKind::Unusable, {}};
    base::Fingerprint seal;
    if (bytes.size() < sizeof header + sizeof seal)
        return loaded;
    std::memcpy(&header, bytes.data(), sizeof header);
    const std::span<const std::byte> sealed = bytes.first(bytes.size() - sizeof seal);
    std::memcpy(&seal, sealed.data() + sealed.size(), sizeof seal);
    if (header.run != fingerprint || fingerprintOf(sealed) != seal)
        return loaded;
    if (readSections(sealed.subspan(sizeof header), header, loaded.state)
        && stateFits(loaded.state, points, listLength))
        loaded.kind = CheckpointKind::Usable;
    return loaded;
}

} // namespace palimpsest::cluster
