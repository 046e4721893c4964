#include "cluster/search_operand.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <type_traits>

namespace palimpsest::cluster {
namespace {

// Lower bounds from rounded products.
//
// Let x, y be two scaled means, u = 2^-24, x' and y' their operands and p the computed product x'·y'. Wanted
// are numbers l(x) and l(y), each from one mean alone, such that l(x) + l(y) - 2p <= ‖x - y‖² in float32.
//
// float32 operands: |x'_j - x_j| <= u|x_j|, and a sum of d products in any order, fused or not, is off by at
// most γ·Σ|x'_j y'_j| with γ = du/(1 - du) (Higham, Accuracy and Stability of Numerical Algorithms, 3.1). So
//   2|p - x·y| <= 2((1+u)²(1+γ) - 1) Σ|x_j y_j| <= (d+2)u(1+δ)(‖x‖² + ‖y‖²),   δ of the order of du.
// Rounding l(x), l(y), their sum, the difference and the weight by sizes costs at most 10u(‖x‖² + ‖y‖²).
// Hence l(x) = (1 - e)‖x‖² with e = (2d+16)u suffices as long as du < 1/4.
//
// bfloat16 operands leave residuals r = x - x' and t = y - y' that are known, and
//   x·y = x'·y' + x'·t + r·y,   2|x'·t| <= θ‖x'‖² + ‖t‖²/θ,   2|r·y| <= ‖r‖²/θ + θ‖y‖²   for any θ > 0,
// so l(x) = ‖x‖² - θ·max(‖x‖², ‖x'‖²) - ‖r‖²/θ - e·max(‖x‖², ‖x'‖²) with the float32 sums of products as
// above. LibTorch rounds the product once more to bfloat16, by at most 2^-8|p|: filterTileRow() takes that
// off.
//
// TensorFloat32 operands (11 significant bits) leave residuals in the same way. Tensor cores multiply such
// operands, and bfloat16, exactly, but align the terms of a block to the largest and cut what is below, which
// costs at most 2^-23 of the sum of magnitudes per term and once more per block (Fasi, Higham, Mikaitis and
// Pranesh 2021, Numerical behavior of NVIDIA tensor cores). 4du in place of du covers it: `rounding` 4.
//
// Products below 2^-126 may be flushed to zero: d·2^-120 covers it. Means have norms of up to 2^30, so
// nothing overflows.

constexpr double kUnit = 0x1p-24;
constexpr float kNever = std::numeric_limits<float>::infinity();

template <typename Element>
constexpr bool kIsFloat = std::is_same_v<Element, float>;

/// Rounds a float32 to nearest, ties to even, so that its lowest `dropped` bits are zero.
std::uint32_t withoutLowest(float value, unsigned dropped)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t half = (1U << (dropped - 1)) - 1U;
    return ((bits + half + ((bits >> dropped) & 1U)) >> dropped) << dropped;
}

/// Rounds to nearest, ties to even. `value` is finite and far from overflow.
template <typename Element>
Element rounded(float value)
{
    if constexpr (kIsFloat<Element>) {
        return value;
    } else if constexpr (std::is_same_v<Element, BFloat16Bits>) {
        return {static_cast<std::uint16_t>(withoutLowest(value, 16) >> 16U)};
    } else {
        return {std::bit_cast<float>(withoutLowest(value, 13))};
    }
}

double widened(float value)
{
    return value;
}

double widened(TensorFloat32Bits value)
{
    return value.value;
}

double widened(BFloat16Bits value)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(value.bits) << 16U);
}

} // namespace

template <typename Element>
SearchOperand<Element>::SearchOperand(const ClusterStore& store, Workers& workers, double rounding)
    : m_store(store)
    , m_workers(workers)
    , m_cols(store.points().rows.cols)
    , m_rounding(rounding)
    , m_positionOf(store.count(), 0)
{
    for (std::size_t i = 0; i < store.count(); ++i) {
        const auto id = static_cast<std::int32_t>(i);
        if (!store.isAlive(id))
            continue;
        m_positionOf[i] = static_cast<std::int32_t>(m_idAt.size());
        m_idAt.push_back(id);
    }
    m_alive = m_idAt.size();
    m_rows.resize((m_alive + kSpare) * m_cols);
    m_norm.assign(m_alive + kSpare, kNever);
    m_share.assign(m_alive + kSpare, 1.0F);
    chooseTheta();
    constexpr std::size_t kGrain = 256;
    m_workers.forRanges(m_alive, kGrain, [&](std::size_t begin, std::size_t end) {
        std::vector<double> mean(m_cols);
        for (std::size_t position = begin; position < end; ++position)
            place(m_idAt[position], mean);
    });
}

/// Any value is correct; the usual ratio ‖r‖/‖x‖ gives the smallest margins.
template <typename Element>
void SearchOperand<Element>::chooseTheta()
{
    constexpr std::size_t kSample = 256;
    std::vector<double> mean(m_cols);
    double residual = 0.0;
    double norm = 0.0;
    for (std::size_t position = 0; position < m_alive; position += m_alive / kSample + 1) {
        m_store.scaledMean(m_idAt[position], mean.data());
        for (const double value : mean) {
            const double rest = value - widened(rounded<Element>(static_cast<float>(value)));
            residual += rest * rest;
            norm += value * value;
        }
    }
    m_theta = residual > 0.0 ? std::sqrt(residual / norm) : 0x1p-9;
}

template <typename Element>
void SearchOperand<Element>::place(std::int32_t id, std::vector<double>& mean)
{
    m_store.scaledMean(id, mean.data());
    const std::size_t position = positionOf(id);
    Element* row = m_rows.data() + position * m_cols;
    double norm = 0.0;
    double operandNorm = 0.0;
    double residual = 0.0;
    for (std::size_t j = 0; j < m_cols; ++j) {
        row[j] = rounded<Element>(static_cast<float>(mean[j]));
        const double stored = widened(row[j]);
        norm += mean[j] * mean[j];
        operandNorm += stored * stored;
        residual += (mean[j] - stored) * (mean[j] - stored);
    }
    const double larger = std::max(norm, operandNorm);
    const auto cols = static_cast<double>(m_cols);
    double lower = norm - m_rounding * (2.0 * cols + 16.0) * kUnit * larger - cols * 0x1p-120;
    if constexpr (!kIsFloat<Element>)
        lower -= m_theta * larger + residual / m_theta;
    m_norm[position] = std::nextafter(static_cast<float>(lower), -kNever);
    m_share[position] = 1.0F / static_cast<float>(m_store.size(id));
}

template <typename Element>
void SearchOperand<Element>::follow(std::span<const ClusterPair> pairs)
{
    for (const ClusterPair& pair : pairs)
        m_norm[positionOf(pair.high)] = kNever;
    m_alive -= pairs.size();
    constexpr std::size_t kGrain = 64;
    m_workers.forRanges(pairs.size(), kGrain, [&](std::size_t begin, std::size_t end) {
        std::vector<double> mean(m_cols);
        for (std::size_t i = begin; i < end; ++i)
            place(pairs[i].low, mean);
    });
}

template <typename Element>
void SearchOperand<Element>::compact()
{
    if (4 * m_alive > 3 * positions())
        return;
    std::size_t kept = 0;
    for (std::size_t position = 0; position < positions(); ++position) {
        const std::int32_t id = m_idAt[position];
        if (!m_store.isAlive(id))
            continue;
        if (kept != position) {
            std::copy_n(row(position), m_cols, m_rows.data() + kept * m_cols);
            m_norm[kept] = m_norm[position];
            m_share[kept] = m_share[position];
            m_idAt[kept] = id;
            m_positionOf[static_cast<std::size_t>(id)] = static_cast<std::int32_t>(kept);
        }
        ++kept;
    }
    std::fill(m_norm.begin() + static_cast<std::ptrdiff_t>(kept), m_norm.end(), kNever);
    m_idAt.resize(kept);
}

template class SearchOperand<float>;
template class SearchOperand<BFloat16Bits>;
template class SearchOperand<TensorFloat32Bits>;

} // namespace palimpsest::cluster
