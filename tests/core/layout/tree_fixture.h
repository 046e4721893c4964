#pragma once
// Small merge trees, by hand and by a seed, and what is cut from them.
// Thread: values.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "align/layer_comparison.h"
#include "core/corpus/corpus_fixture.h"

namespace palimpsest::testing {

inline std::shared_ptr<const cluster::Linkage> linkageOf(std::vector<cluster::Merge> merges)
{
    return std::make_shared<const cluster::Linkage>(cluster::Linkage::fromMerges(std::move(merges)).value());
}

/// Hangs as 0 (1 5) | (2 4) 3 from left to right, merges at heights 1 to 5: 1+5, 2+4, 0+(1 5), 3+(2 4), all.
inline std::shared_ptr<const cluster::Linkage> sixLeaves()
{
    return linkageOf({{1, 5, 1.0, 2}, {2, 4, 2.0, 2}, {0, 6, 3.0, 3}, {3, 7, 4.0, 3}, {8, 9, 5.0, 6}});
}

/// Joins two open nodes drawn by `seed` until one is left.
inline std::shared_ptr<const cluster::Linkage> randomLinkage(std::size_t leaves, std::uint32_t seed)
{
    std::mt19937 draw(seed);
    std::vector<std::int32_t> open(leaves);
    std::iota(open.begin(), open.end(), 0);
    std::vector<std::int32_t> sizes(leaves, 1);
    std::vector<cluster::Merge> merges;
    while (open.size() > 1) {
        const std::size_t first = draw() % open.size();
        const std::int32_t a = open[first];
        open.erase(open.begin() + static_cast<std::ptrdiff_t>(first));
        std::int32_t& slot = open[draw() % open.size()];
        const std::int32_t size = sizes[static_cast<std::size_t>(a)] + sizes[static_cast<std::size_t>(slot)];
        merges.push_back(
            {std::min(a, slot), std::max(a, slot), static_cast<double>(merges.size() + 1), size});
        slot = static_cast<std::int32_t>(sizes.size());
        sizes.push_back(size);
    }
    return linkageOf(std::move(merges));
}

/// One sentence of `count` words "w0 w1 …", every word once.
inline std::shared_ptr<const corpus::TokenTable> numberedTokens(std::size_t count)
{
    std::string sentence;
    for (std::size_t i = 0; i < count; ++i)
        sentence += (i == 0 ? "w" : " w") + std::to_string(i);
    return allTokens(corpusOf({sentence}));
}

inline std::shared_ptr<const concepts::ConceptSet> cutOf(
    const std::shared_ptr<const corpus::TokenTable>& tokens, const cluster::Linkage& linkage, std::size_t k)
{
    return concepts::ConceptSet::make(tokens, cluster::cut(linkage, k));
}

inline std::shared_ptr<const align::LayerComparison> comparisonOf(
    const cluster::Linkage& a, const cluster::Linkage& b, std::size_t k, double theta)
{
    return align::compareLayers(
        numberedTokens(a.leafCount()), 1, a, 1, b, k, theta, align::Measure::Occurrence);
}

} // namespace palimpsest::testing
