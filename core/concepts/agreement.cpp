#include "concepts/agreement.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace palimpsest::concepts {

Agreement cohenKappa(std::span<const std::string> a, std::span<const std::string> b)
{
    Agreement agreement;
    agreement.items = std::min(a.size(), b.size());
    if (agreement.items == 0)
        return agreement;
    std::map<std::string_view, std::pair<std::size_t, std::size_t>> counts;
    std::size_t equal = 0;
    for (std::size_t item = 0; item < agreement.items; ++item) {
        ++counts[a[item]].first;
        ++counts[b[item]].second;
        equal += a[item] == b[item] ? 1 : 0;
    }
    const auto items = static_cast<double>(agreement.items);
    agreement.observed = static_cast<double>(equal) / items;
    for (const auto& [judgement, count] : counts)
        agreement.expected
            += static_cast<double>(count.first) / items * static_cast<double>(count.second) / items;
    // One judgement for all items, by both: no chance level to be better than.
    if (counts.size() > 1)
        agreement.kappa = (agreement.observed - agreement.expected) / (1.0 - agreement.expected);
    return agreement;
}

} // namespace palimpsest::concepts
