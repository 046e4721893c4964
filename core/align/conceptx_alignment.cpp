#include "align/conceptx_alignment.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/utf8.h"

namespace palimpsest::align {

using base::ClusterId;
using label::LabelId;

namespace {

constexpr std::array<std::string_view, 8> kNgramSets{"Ngrams", "bert-base-multilingual-cased",
    "albert-base-v1", "xlm-roberta-base", "bert-base-uncased", "xlnet-base-cased", "bert-base-cased",
    "roberta-base"};
constexpr std::array<std::string_view, 4> kSkippedSets{"bpe", "BERT", "RoBERTa", "XLNet"};
constexpr std::size_t kMostShares = 6;
constexpr double kLeastShare = 0.1;

template <std::size_t kSize>
bool isOneOf(std::string_view name, const std::array<std::string_view, kSize>& names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string renamed(const std::string& label, ConceptXRules::Rename rename)
{
    switch (rename) {
    case ConceptXRules::Rename::Outside:
        return label == "O" ? "O_UNK" : label;
    case ConceptXRules::Rename::Casing:
        return label == "MC" ? "title_case" : label == "UP" ? "upper_case" : "lowercase_UNK";
    case ConceptXRules::Rename::None:
        break;
    }
    return label;
}

/// Counts of one concept in order of first appearance, which decides ties as Python's Counter does.
struct Tally {
    std::vector<std::pair<std::string, std::size_t>> counts;
    std::size_t members = 0;
    std::size_t unknown = 0; ///< labels, not members

    std::unordered_map<std::string, std::size_t> place; ///< of a label in `counts`

    void add(const std::string& label)
    {
        const auto [entry, isNew] = place.try_emplace(label, counts.size());
        if (isNew)
            counts.emplace_back(label, 0);
        ++counts[entry->second].second;
    }
};

class SetAligner {
public:
    SetAligner(
        const concepts::ConceptSet& concepts, const label::LabelTable& table, const ConceptXOptions& options)
        : m_concepts(concepts)
        , m_table(table)
        , m_rules(conceptXRules(table.name()))
        , m_options(options)
    {
        for (const std::string& name : table.parts().names)
            m_names.push_back(renamed(name, m_rules.rename));
    }

    void addTo(ConceptXAlignment& result, std::map<std::size_t, std::size_t>& shareIndex)
    {
        // Python's dict.update: a key of an earlier set of the same name is replaced, but keeps its place.
        std::vector<std::pair<std::string, std::vector<ClusterId>>> ofLabel;
        for (std::size_t index = 0; index < m_concepts.conceptCount(); ++index) {
            const auto id = base::toId<ClusterId>(index);
            const std::optional<Tally> tally = tallyOf(id);
            if (!tally)
                continue;
            if (const auto label = bestOf(*tally))
                entryOf(ofLabel, m_table.name() + ":" + *label).push_back(id);
            addShares(result, shareIndex, id, *tally);
        }
        for (auto& [label, ids] : ofLabel) {
            for (const ClusterId id : ids)
                entryOf(result.labelsOfConcept, id).push_back(label);
            entryOf(result.conceptsOfLabel, label) = std::move(ids);
        }
    }

private:
    template <typename Key, typename Value>
    static Value& entryOf(std::vector<std::pair<Key, Value>>& entries, const Key& key)
    {
        const auto found = std::find_if(
            entries.begin(), entries.end(), [&](const auto& entry) { return entry.first == key; });
        if (found != entries.end())
            return found->second;
        return entries.emplace_back(key, Value{}).second;
    }

    static bool isUnknown(std::string_view label) { return label.ends_with("_UNK"); }

    /// Nothing where too much is unknown.
    std::optional<Tally> tallyOf(ClusterId id) const
    {
        static const std::string kNothing = "NO_UNK";
        Tally tally;
        std::size_t unknown = 0;
        for (const base::TokenId row : m_concepts.members(id)) {
            const auto labels = m_table.labelsOf(row);
            std::size_t kept = 0;
            const auto take = [&](const std::string& label) {
                unknown += isUnknown(label) ? 1 : 0;
                if (m_rules.dropUnknown && isUnknown(label))
                    return;
                tally.add(label);
                ++kept;
            };
            if (labels.empty())
                take(kNothing);
            for (const LabelId label : labels)
                take(m_names[label]);
            tally.members += kept > 0 || !m_rules.dropUnknown ? 1 : 0;
        }
        const auto size = static_cast<double>(m_concepts.size(id));
        if (static_cast<double>(unknown) / size > m_options.maxUnknown || tally.counts.empty())
            return std::nullopt;
        return tally;
    }

    std::optional<std::string> bestOf(const Tally& tally) const
    {
        std::pair<std::string, std::size_t> best;
        for (const auto& entry : tally.counts) {
            if (entry.second > best.second)
                best = entry;
        }
        if (m_rules.longestNgram)
            best = longestNear(tally, best.second);
        const double share = static_cast<double>(best.second) / static_cast<double>(tally.members);
        if (!(share > m_options.theta) || best.first.find("_UNK") != std::string::npos)
            return std::nullopt;
        return best.first;
    }

    static std::pair<std::string, std::size_t> longestNear(const Tally& tally, std::size_t top)
    {
        auto sorted = tally.counts;
        std::stable_sort(
            sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
        std::pair<std::string, std::size_t> best{"_UNK", 0};
        std::size_t longest = 1;
        for (const auto& entry : sorted) {
            const std::size_t length = base::codePointCount(entry.first);
            if (static_cast<double>(entry.second) > 0.95 * static_cast<double>(top) && length > longest) {
                longest = length;
                best = entry;
            }
        }
        return best;
    }

    void addShares(ConceptXAlignment& result, std::map<std::size_t, std::size_t>& shareIndex, ClusterId id,
        const Tally& tally) const
    {
        std::vector<std::pair<std::string, double>> shares;
        for (const auto& [label, count] : tally.counts) {
            const double share = static_cast<double>(count) / static_cast<double>(tally.members);
            if (share > kLeastShare && label.find("_UNK") == std::string::npos)
                shares.emplace_back(m_table.name() + ":" + label, share);
        }
        if (shares.size() > kMostShares)
            return;
        std::sort(shares.begin(), shares.end());
        const auto [entry, isNew] = shareIndex.try_emplace(base::toIndex(id), result.shares.size());
        if (isNew)
            result.shares.push_back({id, {}});
        auto& list = result.shares[entry->second].second;
        list.insert(list.end(), shares.begin(), shares.end());
    }

    const concepts::ConceptSet& m_concepts;
    const label::LabelTable& m_table;
    ConceptXRules m_rules;
    ConceptXOptions m_options;
    std::vector<std::string> m_names; ///< by label, renamed
};

} // namespace

ConceptXRules conceptXRules(std::string_view setName)
{
    ConceptXRules rules;
    if (setName == "Casing")
        rules.rename = ConceptXRules::Rename::Casing;
    if (setName == "Chunking" || setName == "NE")
        rules.rename = ConceptXRules::Rename::Outside;
    rules.longestNgram = isOneOf(setName, kNgramSets);
    rules.dropUnknown = setName == "WORDNET" || setName == "LIWC";
    rules.skipped = isOneOf(setName, kSkippedSets);
    return rules;
}

ConceptXAlignment alignAsConceptX(const concepts::ConceptSet& concepts,
    std::span<const std::shared_ptr<const label::LabelTable>> sets, const ConceptXOptions& options)
{
    ConceptXAlignment result;
    std::map<std::size_t, std::size_t> shareIndex;
    for (const auto& table : sets) {
        if (!conceptXRules(table->name()).skipped)
            SetAligner(concepts, *table, options).addTo(result, shareIndex);
    }
    return result;
}

} // namespace palimpsest::align
