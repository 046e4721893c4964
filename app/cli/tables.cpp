#include "cli/tables.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include <fmt/format.h>

#include "base/percent.h"
#include "base/utf8.h"

namespace palimpsest::cli {

namespace {

bool isNumber(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789.-% ") == std::string_view::npos;
}

std::string percent(double share)
{
    return fmt::format("{} %", base::wholePercent(share));
}

} // namespace

std::string jsonLine(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json shortest(float value)
{
    const std::string text = fmt::format("{}", value);
    double parsed = 0.0;
    std::from_chars(text.data(), text.data() + text.size(), parsed);
    return parsed;
}

std::string textTable(const std::vector<std::vector<std::string>>& rows)
{
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], base::codePointCount(row[column]));
    }
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t column = 0; column < row.size(); ++column) {
            const std::string padding(widths[column] - base::codePointCount(row[column]), ' ');
            const bool right = rows.size() > 1 && column < rows[1].size() && isNumber(rows[1][column]);
            line += (column > 0 ? "  " : "") + (right ? padding + row[column] : row[column] + padding);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

std::string topWords(const concepts::ConceptSet& concepts, base::ClusterId id, std::size_t count)
{
    std::string text;
    for (const concepts::WordCount& entry :
        concepts.words(id).first(std::min(count, concepts.words(id).size()))) {
        text += fmt::format(
            "{}{} ({})", text.empty() ? "" : ", ", concepts.tokens().corpus().word(entry.word), entry.count);
    }
    return text;
}

std::string overviewText(
    const std::vector<align::LayerSummary>& layers, double theta, const std::vector<std::string>& classNames)
{
    const align::Finding finding = align::findTakeover(layers);
    const align::LayerSummary& first = layers.front();
    const align::LayerSummary& lowest = layers[finding.lowestKeptIndex];
    std::string text;
    if (finding.takeoverIndex < layers.size())
        text += fmt::format(
            "From layer {} on fine-tuning writes over the base model: ", layers[finding.takeoverIndex].layer);
    text += fmt::format("{} of concepts are kept in layer {}, {} in layer {}", percent(first.keptShare()),
        first.layer, percent(lowest.keptShare()), lowest.layer);
    if (!classNames.empty()) {
        const align::LayerSummary& strongest = layers[finding.strongestTaskIndex];
        text += fmt::format("; {} of layer {} is task concepts ({} in the base model)",
            percent(strongest.taskShareB()), strongest.layer, percent(strongest.taskShareA()));
    }
    text += ".\n\n";

    std::vector<std::vector<std::string>> rows{{"layer", "K", "kept", "split", "merged", "vanished", "new"}};
    if (!classNames.empty())
        rows.front().insert(rows.front().end(), {"task base", "task fine-tuned"});
    for (const align::LayerSummary& layer : layers) {
        const auto share = [&](align::Status status) {
            return percent(static_cast<double>(layer.statusA[static_cast<std::size_t>(status)])
                / static_cast<double>(layer.k));
        };
        const double fresh = static_cast<double>(layer.statusB[static_cast<std::size_t>(align::Status::New)]);
        rows.push_back({std::to_string(layer.layer), std::to_string(layer.k), share(align::Status::Kept),
            share(align::Status::Split), share(align::Status::Merged), share(align::Status::Vanished),
            percent(fresh / static_cast<double>(layer.k))});
        if (!classNames.empty()) {
            rows.back().push_back(
                std::to_string(std::accumulate(layer.taskA.begin(), layer.taskA.end(), std::size_t{0})));
            rows.back().push_back(
                std::to_string(std::accumulate(layer.taskB.begin(), layer.taskB.end(), std::size_t{0})));
        }
    }
    text += textTable(rows);
    text += fmt::format("\nθ = {}. Kept, split, merged, vanished: share of base concepts; new: of fine-tuned "
                        "ones. Task concepts have at "
                        "least {} members, a share of θ from one class.\n",
        theta, concepts::kMinimumTaskConceptSize);
    return text;
}

} // namespace palimpsest::cli
