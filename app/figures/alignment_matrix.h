#pragma once
// The K × K matrix of overlap shares, ordered, filtered and ready to be drawn at any zoom.
// Thread: immutable; make it on a worker, share by shared_ptr<const AlignmentMatrix>.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "align/layer_comparison.h"

namespace palimpsest::app {

/// Whose members a cell's share is a share of.
enum class ShareOf : std::uint8_t {
    Base, ///< |a ∩ b| / |a|
    FineTuned, ///< |a ∩ b| / |b|
    Larger, ///< the larger of both: at least θ when the pair is θ-aligned in one direction or the other
};

struct MatrixOptions {
    ShareOf shareOf = ShareOf::Larger;
    bool hideBelowTheta = false; ///< cells below the comparison's θ are left empty
    bool hideUnaligned = false; ///< rows of vanished and columns of new concepts are left out
};

/// Rows are base concepts, columns fine-tuned ones, in the comparison's order.
class AlignmentMatrix {
public:
    /// The matrix with `factor` × `factor` cells joined into one by their maximum, so that no cell is lost
    /// when it is drawn smaller than a pixel.
    struct Level {
        int factor = 1;
        int rows = 0;
        int columns = 0;
        std::vector<std::uint8_t> values; ///< row-major; 0: empty, else 1 + share · 254

        [[nodiscard]] std::uint8_t at(int row, int column) const
        {
            return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns)
                + static_cast<std::size_t>(column)];
        }
    };

    /// Time and memory O(K²): about 5 MB for K = 2,000.
    [[nodiscard]] static std::shared_ptr<const AlignmentMatrix> make(
        std::shared_ptr<const align::LayerComparison> comparison, MatrixOptions options);

    [[nodiscard]] const align::LayerComparison& comparison() const { return *m_comparison; }
    [[nodiscard]] int rows() const { return static_cast<int>(m_bases.size()); }
    [[nodiscard]] int columns() const { return static_cast<int>(m_fineTuneds.size()); }
    [[nodiscard]] base::ClusterId baseAt(int row) const { return m_bases[static_cast<std::size_t>(row)]; }
    [[nodiscard]] base::ClusterId fineTunedAt(int column) const
    {
        return m_fineTuneds[static_cast<std::size_t>(column)];
    }
    /// -1 when the concept is hidden.
    [[nodiscard]] int rowOf(base::ClusterId baseId) const { return m_rowOf[base::toIndex(baseId)]; }
    [[nodiscard]] int columnOf(base::ClusterId fineTunedId) const
    {
        return m_columnOf[base::toIndex(fineTunedId)];
    }
    /// Exact share of a cell in 0..1; nothing when the cell is empty or hidden.
    [[nodiscard]] std::optional<double> share(int row, int column) const;
    [[nodiscard]] std::size_t cellCount() const { return m_cellCount; } ///< cells that are not empty
    /// The finest level whose cells are at least `smallest` pixels wide when a cell of the matrix is
    /// `cellPixels` wide; the coarsest one when there is none.
    [[nodiscard]] const Level& levelFor(double cellPixels, double smallest) const;

private:
    AlignmentMatrix() = default;
    void orderConcepts(const MatrixOptions& options);
    void fillCells();
    void joinCells();
    [[nodiscard]] double shareOf(base::ClusterId a, base::ClusterId b, std::uint32_t shared) const;
    [[nodiscard]] bool isShown(double share) const;

    std::shared_ptr<const align::LayerComparison> m_comparison;
    MatrixOptions m_options;
    std::vector<base::ClusterId> m_bases, m_fineTuneds;
    std::vector<int> m_rowOf, m_columnOf;
    std::vector<Level> m_levels; ///< factors 1, 2, 4, …; never empty
    std::size_t m_cellCount = 0;
};

} // namespace palimpsest::app
