#pragma once
// The means of the alive clusters as operands of matrix products, with what makes the products lower bounds.
// Thread: one owner; const members may run in parallel.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cluster/cluster_store.h"
#include "cluster/ward_kernels.h"
#include "cluster/workers.h"

namespace palimpsest::cluster {

/// Element is float, BFloat16Bits or TensorFloat32Bits. Clusters have positions in ascending order of their
/// ids; a position stays with its cluster until compact(). Positions without an alive cluster have an
/// infinite norm, so that they are never a candidate; there are kSpare of them behind the last one, whose
/// operands may be read.
template <typename Element>
class SearchOperand {
public:
    static constexpr std::size_t kSpare = 1024;

    /// `rounding`: how much coarser than rounded float32 the sums of products are, at least 1.
    SearchOperand(const ClusterStore& store, Workers& workers, double rounding = 1.0);

    [[nodiscard]] std::size_t cols() const { return m_cols; }
    [[nodiscard]] std::size_t positions() const { return m_idAt.size(); }
    [[nodiscard]] std::size_t alive() const { return m_alive; }
    [[nodiscard]] std::int32_t idAt(std::size_t position) const { return m_idAt[position]; }
    [[nodiscard]] std::size_t positionOf(std::int32_t id) const
    {
        return static_cast<std::size_t>(m_positionOf[static_cast<std::size_t>(id)]);
    }

    [[nodiscard]] const Element* row(std::size_t position) const { return m_rows.data() + position * m_cols; }
    /// l(x) of search_operand.cpp, one per position, contiguous.
    [[nodiscard]] const float* norms() const { return m_norm.data(); }
    /// 1 / size, one per position, contiguous.
    [[nodiscard]] const float* shares() const { return m_share.data(); }

    /// To be called after the store has merged `pairs`.
    void follow(std::span<const ClusterPair> pairs);
    /// Closes the gaps that dead clusters left, once they are a quarter of all positions.
    void compact();

private:
    void chooseTheta();
    void place(std::int32_t id, std::vector<double>& mean);

    const ClusterStore& m_store;
    Workers& m_workers;
    std::size_t m_cols;
    double m_rounding;
    std::size_t m_alive = 0;
    double m_theta = 0.0;
    std::vector<Element> m_rows;
    std::vector<float> m_norm;
    std::vector<float> m_share;
    std::vector<std::int32_t> m_idAt;
    std::vector<std::int32_t> m_positionOf;
};

extern template class SearchOperand<float>;
extern template class SearchOperand<BFloat16Bits>;
extern template class SearchOperand<TensorFloat32Bits>;

} // namespace palimpsest::cluster
