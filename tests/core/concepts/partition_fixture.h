#pragma once
// Partitions for tests, from one number per row.
// Thread: values.

#include <map>
#include <memory>
#include <vector>

#include "cluster/linkage.h"
#include "concepts/concept_set.h"
#include "corpus/token_table.h"

namespace palimpsest::testing {

/// Clusters numbered by first appearance, whatever numbers `clusters` has.
inline cluster::Partition partitionOf(const std::vector<int>& clusters)
{
    cluster::Partition partition;
    std::map<int, std::size_t> numbers;
    for (const int cluster : clusters) {
        const auto number = numbers.emplace(cluster, numbers.size()).first->second;
        partition.clusterOf.push_back(base::toId<base::ClusterId>(number));
    }
    partition.clusterCount = numbers.size();
    return partition;
}

inline std::shared_ptr<const concepts::ConceptSet> conceptsOf(
    std::shared_ptr<const corpus::TokenTable> tokens, const std::vector<int>& clusters)
{
    return concepts::ConceptSet::make(std::move(tokens), partitionOf(clusters));
}

} // namespace palimpsest::testing
