#include "figures/alignment_matrix.h"

#include <algorithm>
#include <cmath>

namespace palimpsest::app {

namespace {

constexpr int kCoarsestCells = 64; ///< no need for levels below this size

std::vector<base::ClusterId> shownOnes(const std::vector<base::ClusterId>& order,
    const std::vector<align::Match>& matches, align::Status hidden, bool hide, std::vector<int>& placeOf)
{
    std::vector<base::ClusterId> shown;
    placeOf.assign(matches.size(), -1);
    for (const base::ClusterId id : order) {
        if (hide && matches[base::toIndex(id)].status == hidden)
            continue;
        placeOf[base::toIndex(id)] = static_cast<int>(shown.size());
        shown.push_back(id);
    }
    return shown;
}

AlignmentMatrix::Level halved(const AlignmentMatrix::Level& fine)
{
    AlignmentMatrix::Level coarse;
    coarse.factor = fine.factor * 2;
    coarse.rows = (fine.rows + 1) / 2;
    coarse.columns = (fine.columns + 1) / 2;
    coarse.values.assign(static_cast<std::size_t>(coarse.rows) * static_cast<std::size_t>(coarse.columns), 0);
    for (int row = 0; row < fine.rows; ++row) {
        const auto from = static_cast<std::size_t>(row) * static_cast<std::size_t>(fine.columns);
        const auto to = static_cast<std::size_t>(row / 2) * static_cast<std::size_t>(coarse.columns);
        for (std::size_t column = 0; column < static_cast<std::size_t>(fine.columns); ++column) {
            std::uint8_t& joined = coarse.values[to + column / 2];
            joined = std::max(joined, fine.values[from + column]);
        }
    }
    return coarse;
}

} // namespace

std::shared_ptr<const AlignmentMatrix> AlignmentMatrix::make(
    std::shared_ptr<const align::LayerComparison> comparison, MatrixOptions options)
{
    auto matrix = std::shared_ptr<AlignmentMatrix>(new AlignmentMatrix);
    matrix->m_comparison = std::move(comparison);
    matrix->m_options = options;
    matrix->orderConcepts(options);
    matrix->fillCells();
    matrix->joinCells();
    return matrix;
}

void AlignmentMatrix::orderConcepts(const MatrixOptions& options)
{
    m_bases = shownOnes(m_comparison->orderA, m_comparison->alignment.a, align::Status::Vanished,
        options.hideUnaligned, m_rowOf);
    m_fineTuneds = shownOnes(m_comparison->orderB, m_comparison->alignment.b, align::Status::New,
        options.hideUnaligned, m_columnOf);
}

double AlignmentMatrix::shareOf(base::ClusterId a, base::ClusterId b, std::uint32_t shared) const
{
    const double ofBase = shared / static_cast<double>(m_comparison->overlap->sizeA(a));
    const double ofFineTuned = shared / static_cast<double>(m_comparison->overlap->sizeB(b));
    switch (m_options.shareOf) {
    case ShareOf::Base:
        return ofBase;
    case ShareOf::FineTuned:
        return ofFineTuned;
    case ShareOf::Larger:
        break;
    }
    return std::max(ofBase, ofFineTuned);
}

bool AlignmentMatrix::isShown(double share) const
{
    return !m_options.hideBelowTheta || share >= m_comparison->alignment.theta;
}

void AlignmentMatrix::fillCells()
{
    Level level;
    level.rows = rows();
    level.columns = columns();
    level.values.assign(m_bases.size() * m_fineTuneds.size(), 0);
    for (std::size_t row = 0; row < m_bases.size(); ++row) {
        for (const auto& [other, shared] : m_comparison->overlap->cellsOfA(m_bases[row])) {
            const int column = columnOf(other);
            const double value = shareOf(m_bases[row], other, shared);
            if (column < 0 || !isShown(value))
                continue;
            level.values[row * m_fineTuneds.size() + static_cast<std::size_t>(column)]
                = static_cast<std::uint8_t>(1 + std::lround(value * 254.0));
            ++m_cellCount;
        }
    }
    m_levels.push_back(std::move(level));
}

void AlignmentMatrix::joinCells()
{
    while (std::max(m_levels.back().rows, m_levels.back().columns) > kCoarsestCells)
        m_levels.push_back(halved(m_levels.back()));
}

std::optional<double> AlignmentMatrix::share(int row, int column) const
{
    if (row < 0 || column < 0 || row >= rows() || column >= columns()
        || m_levels.front().at(row, column) == 0)
        return std::nullopt;
    const auto cells = m_comparison->overlap->cellsOfA(baseAt(row));
    const auto cell = std::ranges::lower_bound(cells, fineTunedAt(column), {}, &align::OverlapCell::other);
    return shareOf(baseAt(row), cell->other, cell->shared);
}

const AlignmentMatrix::Level& AlignmentMatrix::levelFor(double cellPixels, double smallest) const
{
    for (const Level& level : m_levels)
        if (cellPixels * level.factor >= smallest)
            return level;
    return m_levels.back();
}

} // namespace palimpsest::app
