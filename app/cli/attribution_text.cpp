#include "cli/attribution_text.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace palimpsest::cli {

namespace {

double scoreOf(const probe::Attribution& attribution, std::size_t word)
{
    return word < attribution.words.size() ? attribution.words[word] : 0.0;
}

} // namespace

void addAttributionOptions(CLI::App& verb, probe::AttributionOptions& options)
{
    static const std::map<std::string, probe::AttributionMethod> kMethods{
        {"ig", probe::AttributionMethod::IntegratedGradients},
        {"gradient", probe::AttributionMethod::GradientTimesInput},
        {"occlusion", probe::AttributionMethod::Occlusion}};
    verb.add_option("--method", options.method,
            "ig (integrated gradients, default), gradient (gradient x input) or occlusion")
        ->transform(CLI::CheckedTransformer(kMethods).description(""));
    verb.add_option("--steps", options.steps,
            fmt::format("Points of integrated gradients (default {})", probe::kDefaultSteps))
        ->check(CLI::Range(1, 1000));
}

Json attributionJson(const probe::Attribution& attribution, std::span<const std::string_view> words,
    const std::vector<std::string>& labels)
{
    const auto numbers = [](const std::vector<float>& values) {
        Json json = Json::array();
        for (const float value : values)
            json.push_back(shortest(value));
        return json;
    };
    Json scores = Json::array();
    for (std::size_t word = 0; word < words.size(); ++word)
        scores.push_back({{"word", words[word]}, {"score", scoreOf(attribution, word)}});
    return {{"label", labels[static_cast<std::size_t>(attribution.prediction.label)]},
        {"target", labels[attribution.target]}, {"logits", numbers(attribution.prediction.logits)},
        {"probabilities", numbers(attribution.prediction.probabilities)}, {"attributions", scores},
        {"special", attribution.special}, {"baseline_logit", attribution.baselineLogit},
        {"target_logit", attribution.targetLogit}, {"completeness_error", attribution.completenessError}};
}

std::string attributionText(const probe::Attribution& attribution, std::span<const std::string_view> words,
    const std::vector<std::string>& labels)
{
    const auto label = static_cast<std::size_t>(attribution.prediction.label);
    std::string text = fmt::format("{} ({:.1f} %). What moves the logit of {} from {:.3f} (nothing) to "
                                   "{:.3f}; completeness error {:.4f}\n",
        labels[label], 100.0 * static_cast<double>(attribution.prediction.probabilities[label]),
        labels[attribution.target], attribution.baselineLogit, attribution.targetLogit,
        attribution.completenessError);
    std::vector<std::vector<std::string>> table{{"word", "score"}};
    for (std::size_t word = 0; word < words.size(); ++word)
        table.push_back({std::string(words[word]), fmt::format("{:.3f}", scoreOf(attribution, word))});
    return text + textTable(table);
}

} // namespace palimpsest::cli
