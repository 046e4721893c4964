#include "cluster/neighbour_search.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <mutex>
#include <new>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "cluster/search_operand.h"
#include "cluster/top_table.h"
#include "cluster/ward_kernels.h"

namespace palimpsest::cluster {
namespace {

constexpr std::size_t kTileRows
    = 512; ///< rows of a tile: two operands and the products stay in a core's cache
constexpr std::size_t kRowStep = 32; ///< few different shapes, since oneDNN compiles a kernel for each
constexpr std::size_t kPiece = 64; ///< columns tested at once while limits still fall fast
constexpr std::size_t kTilesPerPoll = 16; ///< and worker

std::size_t roundUp(std::size_t value, std::size_t step)
{
    return (value + step - 1) / step * step;
}

std::size_t at(std::int32_t id)
{
    return static_cast<std::size_t>(id);
}

std::size_t firstSearchBlock(std::size_t points)
{
    return std::min(kTileRows, roundUp(points, kRowStep));
}

using Tile = std::pair<std::uint32_t, std::uint32_t>;

/// Along the diagonals, so that tiles running at the same time seldom share a block.
std::vector<Tile> tilesAlongDiagonals(std::size_t blocks)
{
    std::vector<Tile> tiles;
    tiles.reserve(blocks * (blocks + 1) / 2);
    for (std::size_t apart = 0; apart < blocks; ++apart)
        for (std::size_t first = 0; first + apart < blocks; ++first)
            tiles.emplace_back(static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(first + apart));
    return tiles;
}

void offerAll(const FirstSearch& search, TopTable& table)
{
    auto next = search.found.begin();
    for (std::size_t position = 0; position < search.counts.size(); ++position)
        for (std::int32_t i = 0; i < search.counts[position]; ++i)
            table.offer(position, *next++);
}

FirstSearch snapshot(const std::vector<std::uint8_t>& done, const TopTable& table, std::size_t points)
{
    FirstSearch search{done, {}, {}};
    for (std::size_t position = 0; position < points; ++position) {
        const std::span<const Candidate> row = table.row(position);
        search.counts.push_back(static_cast<std::int32_t>(row.size()));
        search.found.insert(search.found.end(), row.begin(), row.end());
    }
    return search;
}

template <typename Element>
class TileSearch final : public NeighbourSearch {
public:
    TileSearch(const ClusterStore& store, Workers& workers)
        : m_store(store)
        , m_workers(workers)
        , m_operand(store, workers)
        , m_scratch(workers.count())
    {
    }

    base::Status searchAll(NeighbourLists& lists, const FirstSearch& resumed, const FirstSearchCalls& calls,
        const base::JobContext& ctx) override;
    base::Status search(
        std::span<const std::int32_t> ids, NeighbourLists& lists, const base::JobContext& ctx) override;
    void follow(std::span<const ClusterPair> pairs) override { m_operand.follow(pairs); }
    double evaluations() const override { return m_evaluations; }

private:
    /// What one worker writes to; reused for every tile.
    struct Scratch {
        std::vector<Element> products;
        std::vector<Element> query;
        std::vector<TileHit> hits;
    };
    /// A piece of one row of products.
    struct Piece {
        std::size_t position = 0; ///< of the row
        std::size_t firstColumn = 0; ///< position of the first column
        std::size_t columns = 0;
        const Element* products = nullptr;
    };

    void multiply(const Element* left, std::size_t rows, std::size_t firstColumn, std::size_t columns,
        Scratch& scratch) const;
    template <typename Offer>
    void forCandidates(const Piece& piece, float limit, const float* columnLimits, Scratch& scratch,
        const Offer& offer) const;
    void symmetricTile(
        std::size_t rowBlock, std::size_t columnBlock, std::size_t block, TopTable& table, Scratch& scratch);
    void queryTile(std::span<const std::int32_t> ids, std::size_t firstRow, std::size_t firstColumn,
        std::size_t columns, TopTable& table, std::mutex& lock, Scratch& scratch) const;
    base::Status runTiles(std::size_t tiles, const base::JobContext& ctx,
        const std::function<void(std::size_t)>& between,
        const std::function<void(std::size_t, Scratch&)>& tile);
    void hand(std::int32_t id, std::span<const Candidate> found, float limit, NeighbourLists& lists) const;

    const ClusterStore& m_store;
    Workers& m_workers;
    SearchOperand<Element> m_operand;
    std::vector<Scratch> m_scratch;
    std::vector<std::mutex> m_locks;
    double m_evaluations = 0.0;
};

/// Rows of a row-major matrix in place. The product never writes to its operands.
template <typename Element>
at::Tensor matrixAt(const Element* data, std::size_t rows, std::size_t cols)
{
    constexpr at::ScalarType kType = std::is_same_v<Element, float> ? at::kFloat : at::kBFloat16;
    return at::from_blob(const_cast<Element*>(data),
        {static_cast<std::int64_t>(rows), static_cast<std::int64_t>(cols)}, kType);
}

template <typename Element>
void TileSearch<Element>::multiply(const Element* left, std::size_t rows, std::size_t firstColumn,
    std::size_t columns, Scratch& scratch) const
{
    const at::NoGradGuard noGrad;
    scratch.products.resize(std::max(scratch.products.size(), rows * columns));
    scratch.hits.resize(std::max(scratch.hits.size(), columns));
    at::Tensor products = matrixAt(scratch.products.data(), rows, columns);
    at::mm_out(products, matrixAt(left, rows, m_operand.cols()),
        matrixAt(m_operand.row(firstColumn), columns, m_operand.cols()).t());
}

/// Calls offer(position of the column, lower bound) for all columns that may matter.
template <typename Element>
template <typename Offer>
void TileSearch<Element>::forCandidates(
    const Piece& piece, float limit, const float* columnLimits, Scratch& scratch, const Offer& offer) const
{
    TileRow<Element> row;
    row.products = piece.products;
    row.columnNorms = m_operand.norms() + piece.firstColumn;
    row.columnShares = m_operand.shares() + piece.firstColumn;
    row.columnLimits = columnLimits;
    row.norm = m_operand.norms()[piece.position];
    row.share = m_operand.shares()[piece.position];
    row.limit = limit;
    const std::size_t found = filterTileRow(row, piece.columns, scratch.hits.data());
    for (std::size_t i = 0; i < found; ++i) {
        const TileHit& hit = scratch.hits[i];
        const std::size_t other = piece.firstColumn + at(hit.column);
        if (other != piece.position)
            offer(other, hit.value);
    }
}

template <typename Element>
void TileSearch<Element>::symmetricTile(
    std::size_t rowBlock, std::size_t columnBlock, std::size_t block, TopTable& table, Scratch& scratch)
{
    const std::size_t firstRow = rowBlock * block;
    const std::size_t firstColumn = columnBlock * block;
    const std::size_t rows = std::min(block, m_operand.positions() - firstRow);
    multiply(m_operand.row(firstRow), block, firstColumn, block, scratch);
    const bool diagonal = rowBlock == columnBlock;
    // Both in one order, so that no two tiles wait for each other.
    const std::unique_lock rowLock(m_locks[rowBlock]);
    std::unique_lock<std::mutex> columnLock;
    if (!diagonal)
        columnLock = std::unique_lock(m_locks[columnBlock]);
    const std::size_t step = diagonal ? kPiece : block;
    for (std::size_t r = 0; r < rows; ++r) {
        const std::size_t position = firstRow + r;
        for (std::size_t c = 0; c < block; c += step) {
            const Piece piece{position, firstColumn + c, std::min(step, block - c),
                scratch.products.data() + r * block + c};
            const float* columnLimits = diagonal ? nullptr : table.limits() + piece.firstColumn;
            forCandidates(
                piece, table.limits()[position], columnLimits, scratch, [&](std::size_t other, float value) {
                    table.offer(position, {value, static_cast<std::int32_t>(other)});
                    if (!diagonal)
                        table.offer(other, {value, static_cast<std::int32_t>(position)});
                });
        }
    }
}

template <typename Element>
void TileSearch<Element>::queryTile(std::span<const std::int32_t> ids, std::size_t firstRow,
    std::size_t firstColumn, std::size_t columns, TopTable& table, std::mutex& lock, Scratch& scratch) const
{
    const std::size_t rows = roundUp(ids.size(), kRowStep);
    scratch.query.resize(std::max(scratch.query.size(), rows * m_operand.cols()));
    for (std::size_t r = 0; r < ids.size(); ++r)
        std::copy_n(m_operand.row(m_operand.positionOf(ids[r])), m_operand.cols(),
            scratch.query.data() + r * m_operand.cols());
    multiply(scratch.query.data(), rows, firstColumn, columns, scratch);
    const std::lock_guard guard(lock);
    for (std::size_t r = 0; r < ids.size(); ++r) {
        for (std::size_t c = 0; c < columns;) {
            const bool open = std::isinf(table.limits()[firstRow + r]);
            const Piece piece{m_operand.positionOf(ids[r]), firstColumn + c,
                open ? std::min(kPiece, columns - c) : columns - c,
                scratch.products.data() + r * columns + c};
            forCandidates(
                piece, table.limits()[firstRow + r], nullptr, scratch, [&](std::size_t other, float value) {
                    table.offer(firstRow + r, {value, static_cast<std::int32_t>(other)});
                });
            c += piece.columns;
        }
    }
}

template <typename Element>
base::Status TileSearch<Element>::runTiles(std::size_t tiles, const base::JobContext& ctx,
    const std::function<void(std::size_t)>& between, const std::function<void(std::size_t, Scratch&)>& tile)
{
    const std::size_t step = kTilesPerPoll * m_workers.count();
    for (std::size_t first = 0; first < tiles; first += step) {
        if (ctx.stopRequested())
            return base::cancelled();
        m_workers.run(std::min(step, tiles - first), [&](std::size_t index, std::size_t worker) {
            if (!ctx.stopRequested())
                tile(first + index, m_scratch[worker]);
        });
        if (between)
            between(std::min(first + step, tiles));
    }
    return ctx.stopRequested() ? base::Status(base::cancelled()) : base::Status();
}

template <typename Element>
void TileSearch<Element>::hand(
    std::int32_t id, std::span<const Candidate> found, float limit, NeighbourLists& lists) const
{
    const double unscale = std::ldexp(1.0, -2 * m_store.points().scaleExponent);
    std::vector<Neighbour> neighbours;
    neighbours.reserve(found.size());
    for (const Candidate& candidate : found) {
        const std::int32_t other = m_operand.idAt(at(candidate.position));
        neighbours.push_back({unscale * candidate.value, other, m_store.version(other) << 1U});
    }
    // The filter compared in float32, so a refused value may lie a few units below the limit.
    const double bound = unscale * (limit - std::abs(limit) * 0x1p-20);
    lists.assign(id, neighbours, std::isfinite(limit) ? bound : std::numeric_limits<double>::infinity());
}

template <typename Element>
base::Status TileSearch<Element>::searchAll(NeighbourLists& lists, const FirstSearch& resumed,
    const FirstSearchCalls& calls, const base::JobContext& ctx)
{
    const std::size_t count = m_operand.positions();
    const std::size_t block = firstSearchBlock(count);
    const std::size_t blocks = (count + block - 1) / block;
    m_locks = std::vector<std::mutex>(blocks);
    TopTable table(blocks * block, lists.length());
    const std::vector<Tile> tiles = tilesAlongDiagonals(blocks);
    std::vector<std::uint8_t> done = resumed.done;
    done.resize(tiles.size(), 0);
    offerAll(resumed, table);
    std::vector<std::size_t> open;
    for (std::size_t tile = 0; tile < tiles.size(); ++tile)
        if (done[tile] == 0)
            open.push_back(tile);
    const std::size_t before = tiles.size() - open.size();
    const auto between = [&](std::size_t finished) {
        if (calls.progress)
            calls.progress(static_cast<double>(before + finished) / static_cast<double>(tiles.size()));
        if (calls.isKeepingDue && calls.isKeepingDue())
            calls.keep(snapshot(done, table, count));
    };
    const base::Status status = runTiles(open.size(), ctx, between, [&](std::size_t index, Scratch& scratch) {
        const Tile& tile = tiles[open[index]];
        symmetricTile(tile.first, tile.second, block, table, scratch);
        done[open[index]] = 1;
    });
    if (!status) {
        if (calls.keep)
            calls.keep(snapshot(done, table, count));
        return status;
    }
    m_evaluations += static_cast<double>(count) * static_cast<double>(count) / 2.0;
    constexpr std::size_t kGrain = 1024;
    m_workers.forRanges(count, kGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t position = begin; position < end; ++position)
            hand(m_operand.idAt(position), table.row(position), table.limits()[position], lists);
    });
    return {};
}

template <typename Element>
base::Status TileSearch<Element>::search(
    std::span<const std::int32_t> ids, NeighbourLists& lists, const base::JobContext& ctx)
{
    m_operand.compact();
    const std::size_t rowBlocks = (ids.size() + kTileRows - 1) / kTileRows;
    const std::size_t columns
        = std::min(SearchOperand<Element>::kSpare, roundUp(m_operand.positions(), kRowStep));
    const std::size_t columnBlocks = (m_operand.positions() + columns - 1) / columns;
    m_locks = std::vector<std::mutex>(rowBlocks);
    TopTable table(ids.size(), lists.length());
    const auto rowsOf = [&](std::size_t block) { return ids.size() * block / rowBlocks; };
    PALIMPSEST_CHECK(runTiles(rowBlocks * columnBlocks, ctx, {}, [&](std::size_t tile, Scratch& scratch) {
        const std::size_t rowBlock = tile % rowBlocks;
        const std::size_t first = rowsOf(rowBlock);
        queryTile(ids.subspan(first, rowsOf(rowBlock + 1) - first), first, tile / rowBlocks * columns,
            columns, table, m_locks[rowBlock], scratch);
    }));
    m_evaluations += static_cast<double>(ids.size()) * static_cast<double>(m_operand.positions());
    for (std::size_t i = 0; i < ids.size(); ++i)
        hand(ids[i], table.row(i), table.limits()[i], lists);
    return {};
}

} // namespace

std::unique_ptr<NeighbourSearch> makeTileSearch(
    const ClusterStore& store, Workers& workers, SearchPrecision precision)
{
    if (precision == SearchPrecision::BFloat16)
        return std::make_unique<TileSearch<BFloat16Bits>>(store, workers);
    return std::make_unique<TileSearch<float>>(store, workers);
}

std::size_t firstSearchTiles(std::size_t points)
{
    const std::size_t block = firstSearchBlock(points);
    const std::size_t blocks = (points + block - 1) / block;
    return blocks * (blocks + 1) / 2;
}

SearchPrecision preferredPrecision()
{
#if defined(__x86_64__) && defined(__GNUC__)
    // Elsewhere oneDNN imitates the format by float32 arithmetic, which gains nothing.
    if (at::hasMKLDNN() && at::globalContext().userEnabledMkldnn() && __builtin_cpu_supports("avx512bf16"))
        return SearchPrecision::BFloat16;
#endif
    return SearchPrecision::Float32;
}

} // namespace palimpsest::cluster
