#include "exchange/alignment_json.h"

#include <nlohmann/json.hpp>

namespace palimpsest::exchange {

std::string conceptXAlignmentJson(const align::ConceptXAlignment& alignment,
    const std::vector<std::string>& labelSets, std::span<const std::uint32_t> numbers)
{
    using Json = nlohmann::ordered_json;
    const auto numberOf = [&](base::ClusterId id) {
        return numbers.empty() ? static_cast<std::uint32_t>(id) : numbers[base::toIndex(id)];
    };
    Json ofLabel = Json::object();
    for (const auto& [label, concepts] : alignment.conceptsOfLabel) {
        Json& list = ofLabel[label] = Json::array();
        for (const base::ClusterId id : concepts)
            list.push_back(numberOf(id));
    }
    Json ofConcept = Json::object();
    for (const auto& [id, labels] : alignment.labelsOfConcept)
        ofConcept[std::to_string(numberOf(id))] = labels;
    Json shares = Json::object();
    for (const auto& [id, list] : alignment.shares) {
        Json& entries = shares[std::to_string(numberOf(id))] = Json::array();
        for (const auto& [label, share] : list)
            entries.push_back(Json::array({label, share}));
    }
    const Json json{{"label_sets", labelSets}, {"autolabels_to_clusters_mapping", ofLabel},
        {"clusters_to_autolabels_mapping", ofConcept},
        {"clusters_to_autolabels_finegrained_mapping", shares}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace palimpsest::exchange
