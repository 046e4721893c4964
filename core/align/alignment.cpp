#include "align/alignment.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace palimpsest::align {

namespace {

/// Cells of one side: those of concept i are cells[start[i] .. start[i + 1]).
struct CellTable {
    std::vector<std::uint32_t> start;
    std::vector<OverlapCell> cells;
};

std::span<const OverlapCell> rowOf(
    const std::vector<std::uint32_t>& start, const std::vector<OverlapCell>& cells, std::size_t index)
{
    return std::span(cells).subspan(start[index], start[index + 1] - start[index]);
}

/// The same cells seen from the other side. Rows come out sorted, whatever the order inside the rows was.
CellTable transposed(const CellTable& table, std::size_t otherCount)
{
    CellTable result;
    result.start.assign(otherCount + 1, 0);
    for (const OverlapCell& cell : table.cells)
        ++result.start[base::toIndex(cell.other)];
    std::exclusive_scan(result.start.begin(), result.start.end(), result.start.begin(), std::uint32_t{0});
    result.cells.resize(table.cells.size());
    std::vector<std::uint32_t> next(result.start);
    for (std::size_t i = 0; i + 1 < table.start.size(); ++i) {
        for (const OverlapCell& cell : rowOf(table.start, table.cells, i)) {
            result.cells[next[base::toIndex(cell.other)]++] = {base::toId<base::ClusterId>(i), cell.shared};
        }
    }
    return result;
}

/// Counts, for one concept of A after the other, how often each concept of B is met.
class RowCounter {
public:
    explicit RowCounter(std::size_t countB)
        : m_shared(countB, 0)
    {
        m_table.start.push_back(0);
    }

    void meet(base::ClusterId b)
    {
        if (m_shared[base::toIndex(b)]++ == 0)
            m_met.push_back(b);
    }

    void endRow()
    {
        for (const base::ClusterId b : m_met)
            m_table.cells.push_back({b, std::exchange(m_shared[base::toIndex(b)], 0)});
        m_met.clear();
        m_table.start.push_back(static_cast<std::uint32_t>(m_table.cells.size()));
    }

    [[nodiscard]] CellTable take() { return std::move(m_table); }

private:
    std::vector<std::uint32_t> m_shared;
    std::vector<base::ClusterId> m_met;
    CellTable m_table;
};

CellTable countOccurrences(const concepts::ConceptSet& a, const concepts::ConceptSet& b)
{
    RowCounter counter(b.conceptCount());
    for (std::size_t i = 0; i < a.conceptCount(); ++i) {
        for (const base::TokenId token : a.members(base::toId<base::ClusterId>(i)))
            counter.meet(b.conceptOf(token));
        counter.endRow();
    }
    return counter.take();
}

CellTable countTypes(const concepts::ConceptSet& a, const concepts::ConceptSet& b)
{
    // Which concepts of B hold a word, by word.
    std::vector<std::uint32_t> start(b.tokens().corpus().parts().vocabulary.size() + 1, 0);
    for (std::size_t i = 0; i < b.conceptCount(); ++i) {
        for (const concepts::WordCount& entry : b.words(base::toId<base::ClusterId>(i)))
            ++start[base::toIndex(entry.word)];
    }
    std::exclusive_scan(start.begin(), start.end(), start.begin(), std::uint32_t{0});
    std::vector<base::ClusterId> holders(start.back());
    std::vector<std::uint32_t> next(start);
    for (std::size_t i = 0; i < b.conceptCount(); ++i) {
        const auto id = base::toId<base::ClusterId>(i);
        for (const concepts::WordCount& entry : b.words(id))
            holders[next[base::toIndex(entry.word)]++] = id;
    }

    RowCounter counter(b.conceptCount());
    for (std::size_t i = 0; i < a.conceptCount(); ++i) {
        for (const concepts::WordCount& entry : a.words(base::toId<base::ClusterId>(i))) {
            const std::size_t word = base::toIndex(entry.word);
            for (std::uint32_t at = start[word]; at < start[word + 1]; ++at)
                counter.meet(holders[at]);
        }
        counter.endRow();
    }
    return counter.take();
}

std::vector<std::uint32_t> sizesOf(const concepts::ConceptSet& set, Measure measure)
{
    std::vector<std::uint32_t> sizes;
    sizes.reserve(set.conceptCount());
    for (std::size_t i = 0; i < set.conceptCount(); ++i) {
        const auto id = base::toId<base::ClusterId>(i);
        sizes.push_back(
            static_cast<std::uint32_t>(measure == Measure::Occurrence ? set.size(id) : set.words(id).size()));
    }
    return sizes;
}

/// The smallest part of `size` whose share is at least θ. Shares are compared by division, which meets θ
/// exactly where the fraction does (9 of 10 at 0.9); the product alone may be off by one.
std::uint32_t smallestShare(std::uint32_t size, double theta)
{
    const auto reaches = [size, theta](std::uint32_t part) {
        return static_cast<double>(part) / static_cast<double>(size) >= theta;
    };
    auto part = static_cast<std::uint32_t>(std::ceil(theta * static_cast<double>(size)));
    while (part > 0 && reaches(part - 1))
        --part;
    while (part <= size && !reaches(part))
        ++part;
    return part;
}

std::vector<std::uint32_t> smallestShares(std::size_t count, double theta, const auto& sizeOf)
{
    std::vector<std::uint32_t> shares(count);
    for (std::size_t i = 0; i < count; ++i)
        shares[i] = smallestShare(sizeOf(base::toId<base::ClusterId>(i)), theta);
    return shares;
}

/// What the cells of one concept say, seen from either side.
struct RowVerdict {
    OverlapCell best;
    bool contained = false; ///< concept ⊂θ some other
    bool contains = false; ///< some other ⊂θ concept
    bool both = false; ///< with one and the same other
};

RowVerdict judge(std::span<const OverlapCell> cells, std::uint32_t needed,
    const std::vector<std::uint32_t>& neededOfOther, const auto& sizeOfOther)
{
    RowVerdict verdict;
    for (const OverlapCell& cell : cells) {
        const bool contained = cell.shared >= needed;
        const bool contains = cell.shared >= neededOfOther[base::toIndex(cell.other)];
        verdict.contained = verdict.contained || contained;
        verdict.contains = verdict.contains || contains;
        verdict.both = verdict.both || (contained && contains);
        // Of equal overlaps the smaller counterpart has the larger share; cells come by ascending id.
        if (cell.shared > verdict.best.shared
            || (cell.shared == verdict.best.shared
                && sizeOfOther(cell.other) < sizeOfOther(verdict.best.other)))
            verdict.best = cell;
    }
    return verdict;
}

Status statusOfBase(const RowVerdict& verdict)
{
    if (verdict.both)
        return Status::Kept;
    if (verdict.contained)
        return Status::Merged;
    return verdict.contains ? Status::Split : Status::Vanished;
}

Status statusOfFineTuned(const RowVerdict& verdict)
{
    if (verdict.both)
        return Status::Kept;
    if (verdict.contained)
        return Status::Split;
    return verdict.contains ? Status::Merged : Status::New;
}

Match matchOf(const RowVerdict& verdict, std::uint32_t size, Status status)
{
    return {verdict.best.other, verdict.best.shared,
        static_cast<double>(verdict.best.shared) / static_cast<double>(size), verdict.contained, status};
}

} // namespace

std::shared_ptr<const Overlap> Overlap::make(
    const concepts::ConceptSet& a, const concepts::ConceptSet& b, Measure measure)
{
    const CellTable counted = measure == Measure::Occurrence ? countOccurrences(a, b) : countTypes(a, b);
    CellTable ofB = transposed(counted, b.conceptCount());
    CellTable ofA = transposed(ofB, a.conceptCount());

    std::shared_ptr<Overlap> overlap(new Overlap);
    overlap->m_sizeA = sizesOf(a, measure);
    overlap->m_sizeB = sizesOf(b, measure);
    overlap->m_startA = std::move(ofA.start);
    overlap->m_cellsA = std::move(ofA.cells);
    overlap->m_startB = std::move(ofB.start);
    overlap->m_cellsB = std::move(ofB.cells);
    return overlap;
}

std::span<const OverlapCell> Overlap::cellsOfA(base::ClusterId a) const
{
    return rowOf(m_startA, m_cellsA, base::toIndex(a));
}

std::span<const OverlapCell> Overlap::cellsOfB(base::ClusterId b) const
{
    return rowOf(m_startB, m_cellsB, base::toIndex(b));
}

std::string_view statusName(Status status)
{
    switch (status) {
    case Status::Kept:
        return "kept";
    case Status::Split:
        return "split";
    case Status::Merged:
        return "merged";
    case Status::New:
        return "new";
    case Status::Vanished:
        return "vanished";
    }
    return "vanished";
}

Alignment align(const Overlap& overlap, double theta)
{
    const auto sizeA = [&overlap](base::ClusterId id) { return overlap.sizeA(id); };
    const auto sizeB = [&overlap](base::ClusterId id) { return overlap.sizeB(id); };
    const auto neededA = smallestShares(overlap.countA(), theta, sizeA);
    const auto neededB = smallestShares(overlap.countB(), theta, sizeB);

    Alignment result;
    result.theta = theta;
    result.a.reserve(overlap.countA());
    for (std::size_t i = 0; i < overlap.countA(); ++i) {
        const auto id = base::toId<base::ClusterId>(i);
        const RowVerdict verdict = judge(overlap.cellsOfA(id), neededA[i], neededB, sizeB);
        result.a.push_back(matchOf(verdict, sizeA(id), statusOfBase(verdict)));
    }
    result.b.reserve(overlap.countB());
    for (std::size_t i = 0; i < overlap.countB(); ++i) {
        const auto id = base::toId<base::ClusterId>(i);
        const RowVerdict verdict = judge(overlap.cellsOfB(id), neededB[i], neededA, sizeA);
        result.b.push_back(matchOf(verdict, sizeB(id), statusOfFineTuned(verdict)));
    }
    return result;
}

std::array<std::size_t, kStatusCount> countStatuses(std::span<const Match> matches)
{
    std::array<std::size_t, kStatusCount> counts{};
    for (const Match& match : matches)
        ++counts[static_cast<std::size_t>(match.status)];
    return counts;
}

} // namespace palimpsest::align
