#include "cli/label_tables.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "base/percent.h"

namespace palimpsest::cli {

namespace {

std::uint32_t numberOf(std::size_t index, std::span<const std::uint32_t> numbers)
{
    return numbers.empty() ? static_cast<std::uint32_t>(index) : numbers[index];
}

std::string percent(double part, double whole)
{
    return whole > 0 ? fmt::format("{} %", base::wholePercent(part / whole)) : std::string("–");
}

Json distributionOf(const SetAlignment& set, base::ClusterId id)
{
    Json labels = Json::array();
    for (const align::LabelCount& cell : set.counts->distribution(id)) {
        labels.push_back(Json::array(
            {set.table->labelName(cell.label), static_cast<double>(cell.count) / set.counts->size(id)}));
    }
    return labels;
}

Json setJson(const SetAlignment& set)
{
    Json coverage = Json::array();
    for (const align::LabelCoverage& entry : set.coverage) {
        coverage.push_back({{"label", set.table->labelName(entry.label)}, {"occurrences", entry.occurrences},
            {"concepts", entry.concepts}, {"covered", entry.covered}});
    }
    const align::ChanceLevel& chance = set.chance;
    return {{"source", set.table->name()}, {"concepts", set.matches.size()},
        {"aligned", align::countAligned(set.matches)},
        {"interval", Json::array({set.interval.low, set.interval.high})}, {"chance", chance.mean},
        {"chance_interval", Json::array({chance.interval.low, chance.interval.high})}, {"p", chance.pValue},
        {"coverage", coverage}};
}

std::string summaryTable(const std::vector<SetAlignment>& sets)
{
    std::vector<std::vector<std::string>> rows{{"labels", "aligned", "share", "95 %", "by chance",
        "95 % by chance", "p", "labels without a concept"}};
    for (const SetAlignment& set : sets) {
        const auto all = static_cast<double>(set.matches.size());
        const auto aligned = static_cast<double>(align::countAligned(set.matches));
        std::size_t bare = 0;
        for (const align::LabelCoverage& entry : set.coverage)
            bare += entry.concepts == 0 ? 1 : 0;
        rows.push_back({set.table->name(), fmt::format("{}", aligned), percent(aligned, all),
            fmt::format("{}-{}", set.interval.low, set.interval.high), fmt::format("{:.1f}", set.chance.mean),
            fmt::format("{}-{}", set.chance.interval.low, set.chance.interval.high),
            fmt::format("{:.3f}", set.chance.pValue), fmt::format("{} of {}", bare, set.coverage.size())});
    }
    return textTable(rows);
}

} // namespace

std::string labelsJson(
    const std::vector<SetAlignment>& sets, std::span<const std::uint32_t> numbers, bool distribution)
{
    Json rows = Json::array();
    Json summaries = Json::array();
    const std::size_t concepts = sets.empty() ? 0 : sets.front().matches.size();
    for (std::size_t index = 0; index < concepts; ++index) {
        for (const SetAlignment& set : sets) {
            const align::LabelMatch& match = set.matches[index];
            Json row{{"concept", numberOf(index, numbers)}, {"source", set.table->name()},
                {"label", match.best ? Json(set.table->labelName(*match.best)) : Json()},
                {"share", match.share}, {"aligned", match.aligned}, {"unknown", match.unknown},
                {"chance", set.chance.ofConcept[index]}};
            if (distribution)
                row["distribution"] = distributionOf(set, base::toId<base::ClusterId>(index));
            rows.push_back(std::move(row));
        }
    }
    for (const SetAlignment& set : sets)
        summaries.push_back(setJson(set));
    return jsonLine({{"rows", rows}, {"sets", summaries}});
}

std::string labelsText(const concepts::ConceptSet& concepts, const std::vector<SetAlignment>& sets,
    std::span<const std::uint32_t> numbers, const align::LabelOptions& options)
{
    constexpr std::size_t kWords = 5;
    constexpr std::size_t kNearMisses = 10;
    std::string text = summaryTable(sets);
    for (const SetAlignment& set : sets) {
        std::vector<std::vector<std::string>> rows{{"concept", "label", "share", "size", "words"}};
        const auto add = [&](base::ClusterId id, const char* mark) {
            const align::LabelMatch& match = set.matches[base::toIndex(id)];
            rows.push_back({std::to_string(numberOf(base::toIndex(id), numbers)),
                set.table->labelName(*match.best) + mark, fmt::format("{:.2f}", match.share),
                std::to_string(concepts.size(id)), topWords(concepts, id, kWords)});
        };
        for (std::size_t index = 0; index < set.matches.size(); ++index) {
            if (set.matches[index].aligned)
                add(base::toId<base::ClusterId>(index), "");
        }
        for (std::size_t n = 0; n < std::min(kNearMisses, set.nearMisses.size()); ++n)
            add(set.nearMisses[n], " (near miss)");
        text += "\n" + set.table->name() + "\n";
        text += rows.size() > 1 ? textTable(rows) : std::string("no concept\n");
    }
    text += fmt::format("\nθ = {}{}; concepts with more than {} unlabelled align with nothing. By chance: "
                        "random partitions of the same sizes.\n",
        options.theta, options.strict ? " (strictly above)" : "", percent(options.maxUnknown, 1.0));
    return text;
}

std::string curvesJson(const std::vector<project::LabelPoint>& points)
{
    Json rows = Json::array();
    for (const project::LabelPoint& point : points) {
        rows.push_back({{"model", project::sideName(point.side)}, {"layer", point.layer},
            {"source", point.set}, {"concepts", point.concepts}, {"aligned", point.aligned},
            {"interval", Json::array({point.interval.low, point.interval.high})},
            {"chance", point.chance.mean},
            {"chance_interval", Json::array({point.chance.interval.low, point.chance.interval.high})},
            {"p", point.chance.pValue}});
    }
    return jsonLine({{"rows", rows}});
}

std::string curvesText(const std::vector<project::LabelPoint>& points)
{
    std::vector<std::vector<std::string>> rows{
        {"labels", "model", "layer", "concepts", "aligned", "share", "95 %", "by chance", "95 % by chance"}};
    for (const project::LabelPoint& point : points) {
        const auto concepts = static_cast<double>(point.concepts);
        rows.push_back({point.set, std::string(project::sideName(point.side)), std::to_string(point.layer),
            std::to_string(point.concepts), std::to_string(point.aligned),
            percent(static_cast<double>(point.aligned), concepts),
            fmt::format("{}-{}", point.interval.low, point.interval.high),
            fmt::format("{:.1f}", point.chance.mean),
            fmt::format("{}-{}", point.chance.interval.low, point.chance.interval.high)});
    }
    std::stable_sort(rows.begin() + 1, rows.end(), [](const auto& a, const auto& b) { return a[0] < b[0]; });
    return textTable(rows);
}

namespace {

/// A label, where it is at home, and the numbers of concepts at which that node is one of them.
struct HomeRow {
    const label::LabelTable* table = nullptr;
    label::LabelId label{};
    align::LabelHome home;
    std::int32_t size = 1;
    std::size_t lowestK = 1;
    std::size_t highestK = 1;
};

/// By scipy's id: the merge that swallows a node, -1 for the root.
std::vector<std::int32_t> swallowedBy(const cluster::Linkage& linkage)
{
    std::vector<std::int32_t> by(2 * linkage.leafCount() - 1, -1);
    for (std::size_t merge = 0; merge < linkage.merges().size(); ++merge) {
        by[static_cast<std::size_t>(linkage.merges()[merge].left)] = static_cast<std::int32_t>(merge);
        by[static_cast<std::size_t>(linkage.merges()[merge].right)] = static_cast<std::int32_t>(merge);
    }
    return by;
}

std::vector<HomeRow> homeRows(const std::vector<SetHomes>& sets, const cluster::Linkage& linkage)
{
    const std::size_t leaves = linkage.leafCount();
    const std::vector<std::int32_t> parents = swallowedBy(linkage);
    std::vector<HomeRow> rows;
    for (const SetHomes& set : sets) {
        for (std::size_t label = 0; label < set.homes.size(); ++label) {
            const align::LabelHome& home = set.homes[label];
            if (home.node < 0)
                continue;
            const auto node = static_cast<std::size_t>(home.node);
            HomeRow row{set.table.get(), base::toId<label::LabelId>(label), home};
            // After merge i there are n-1-i clusters, so that is the largest K at which its node is one.
            row.highestK = node < leaves ? leaves : leaves - 1 - (node - leaves);
            row.size = node < leaves ? 1 : linkage.merges()[node - leaves].size;
            row.lowestK = parents[node] < 0 ? 1 : leaves - static_cast<std::size_t>(parents[node]);
            rows.push_back(row);
        }
    }
    std::ranges::stable_sort(rows, std::greater(), [](const HomeRow& row) { return row.home.f1; });
    return rows;
}

} // namespace

std::string homesJson(const std::vector<SetHomes>& sets, const cluster::Linkage& linkage)
{
    Json rows = Json::array();
    for (const HomeRow& row : homeRows(sets, linkage)) {
        rows.push_back({{"source", row.table->name()}, {"label", row.table->labelName(row.label)},
            {"node", row.home.node}, {"size", row.size}, {"precision", row.home.precision},
            {"recall", row.home.recall}, {"f1", row.home.f1},
            {"k", Json::array({row.lowestK, row.highestK})}});
    }
    return jsonLine({{"rows", rows}});
}

std::string homesText(const std::vector<SetHomes>& sets, const cluster::Linkage& linkage)
{
    std::vector<std::vector<std::string>> rows{
        {"labels", "label", "F1", "precision", "recall", "occurrences", "a concept at K"}};
    for (const HomeRow& row : homeRows(sets, linkage)) {
        rows.push_back({row.table->name(), std::string(row.table->labelName(row.label)),
            fmt::format("{:.3f}", row.home.f1), percent(row.home.precision, 1.0),
            percent(row.home.recall, 1.0), std::to_string(row.size),
            fmt::format("{}-{}", row.lowestK, row.highestK)});
    }
    return textTable(rows);
}

} // namespace palimpsest::cli
