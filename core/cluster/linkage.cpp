#include "cluster/linkage.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

namespace palimpsest::cluster {
namespace {

base::Error malformed(std::size_t row, const std::string& what)
{
    return {base::ErrorCode::Malformed,
        "row " + std::to_string(row) + " of the linkage " + what
            + "; a merge tree needs one row (left, right, height, size) for each of its n-1 merges"};
}

/// What is wrong with merge `row`, or an empty text. `sizeOf` holds the sizes of the clusters made so far.
std::string problemOf(const std::vector<Merge>& merges, std::size_t row,
    const std::vector<std::int32_t>& sizeOf, const std::vector<bool>& used)
{
    const Merge& merge = merges[row];
    const auto known = static_cast<std::int64_t>(merges.size() + 1 + row);
    if (merge.left < 0 || merge.right < 0 || merge.left >= known || merge.right >= known)
        return "names a cluster that does not exist yet";
    if (merge.left >= merge.right)
        return "does not name two clusters in ascending order";
    const auto left = static_cast<std::size_t>(merge.left);
    const auto right = static_cast<std::size_t>(merge.right);
    if (used[left] || used[right])
        return "names a cluster that is merged already";
    if (merge.size != sizeOf[left] + sizeOf[right])
        return "has a size that is not the sum of its two clusters";
    if (!std::isfinite(merge.height) || merge.height < 0.0)
        return "has a height that is not a finite number of at least 0";
    if (row > 0 && merge.height < merges[row - 1].height)
        return "is lower than the row before it";
    return {};
}

} // namespace

base::Result<Linkage> Linkage::fromMerges(std::vector<Merge> merges)
{
    // Ids reach 2n-2, so n merges and leaves must fit an int32 twice.
    constexpr std::size_t kMostMerges = std::numeric_limits<std::int32_t>::max() / 2;
    if (merges.size() > kMostMerges)
        return base::Error{base::ErrorCode::TooLarge,
            "a linkage of " + std::to_string(merges.size()) + " merges is larger than "
                + std::to_string(kMostMerges) + "; cluster fewer rows"};
    std::vector<std::int32_t> sizeOf(2 * merges.size() + 1, 1);
    std::vector<bool> used(2 * merges.size() + 1, false);
    for (std::size_t row = 0; row < merges.size(); ++row) {
        if (const std::string problem = problemOf(merges, row, sizeOf, used); !problem.empty())
            return malformed(row, problem);
        used[static_cast<std::size_t>(merges[row].left)] = true;
        used[static_cast<std::size_t>(merges[row].right)] = true;
        sizeOf[merges.size() + 1 + row] = merges[row].size;
    }
    Linkage linkage;
    linkage.m_merges = std::move(merges);
    return linkage;
}

Partition cut(const Linkage& linkage, std::size_t clusterCount)
{
    const std::size_t leaves = linkage.leafCount();
    Partition partition;
    if (leaves == 0)
        return partition;
    partition.clusterCount = std::clamp<std::size_t>(clusterCount, 1, leaves);

    // From the last kept merge downwards every node hands its top node to its two children.
    const std::size_t kept = leaves - partition.clusterCount;
    std::vector<std::size_t> top(leaves + kept);
    std::iota(top.begin(), top.end(), std::size_t{0});
    for (std::size_t merge = kept; merge-- > 0;) {
        const Merge& children = linkage.merges()[merge];
        top[static_cast<std::size_t>(children.left)] = top[leaves + merge];
        top[static_cast<std::size_t>(children.right)] = top[leaves + merge];
    }

    constexpr std::size_t kUnseen = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> numberOf(leaves + kept, kUnseen);
    std::size_t next = 0;
    partition.clusterOf.reserve(leaves);
    for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
        std::size_t& number = numberOf[top[leaf]];
        if (number == kUnseen)
            number = next++;
        partition.clusterOf.push_back(base::toId<base::ClusterId>(number));
    }
    return partition;
}

} // namespace palimpsest::cluster
