#include "align/layer_pairs.h"

#include <algorithm>

namespace palimpsest::align {

namespace {

double shareFrom(const std::vector<double>& ascending, double theta)
{
    const auto first = std::lower_bound(ascending.begin(), ascending.end(), theta);
    return ascending.empty()
        ? 0.0
        : static_cast<double>(ascending.end() - first) / static_cast<double>(ascending.size());
}

} // namespace

double LayerPair::keptShare(double theta) const
{
    return shareFrom(mutualA, theta);
}

double LayerPair::alignedShareA(double theta) const
{
    return shareFrom(containedA, theta);
}

double LayerPair::alignedShareB(double theta) const
{
    return shareFrom(containedB, theta);
}

LayerPair LayerPair::turned() const
{
    return {containedB, containedA, mutualB, mutualA};
}

LayerPair makeLayerPair(const Overlap& overlap)
{
    LayerPair pair;
    pair.containedA.resize(overlap.countA());
    pair.mutualA.resize(overlap.countA());
    pair.containedB.resize(overlap.countB());
    pair.mutualB.resize(overlap.countB());
    for (std::size_t i = 0; i < overlap.countA(); ++i) {
        const auto a = base::toId<base::ClusterId>(i);
        for (const OverlapCell& cell : overlap.cellsOfA(a)) {
            const std::size_t j = base::toIndex(cell.other);
            // By division, as align() does: 9 of 10 is aligned at 0.9.
            const double ofA = static_cast<double>(cell.shared) / overlap.sizeA(a);
            const double ofB = static_cast<double>(cell.shared) / overlap.sizeB(cell.other);
            const double both = std::min(ofA, ofB);
            pair.containedA[i] = std::max(pair.containedA[i], ofA);
            pair.containedB[j] = std::max(pair.containedB[j], ofB);
            pair.mutualA[i] = std::max(pair.mutualA[i], both);
            pair.mutualB[j] = std::max(pair.mutualB[j], both);
        }
    }
    for (std::vector<double>* shares : {&pair.containedA, &pair.containedB, &pair.mutualA, &pair.mutualB})
        std::sort(shares->begin(), shares->end());
    return pair;
}

std::size_t LayerMatrix::computed() const
{
    return static_cast<std::size_t>(
        std::count_if(cells.begin(), cells.end(), [](const auto& cell) { return cell != nullptr; }));
}

} // namespace palimpsest::align
