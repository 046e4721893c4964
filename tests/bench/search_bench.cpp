// How long a word's search over all layers of both models takes. bench_search PROJECT

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "models/search_model.h"
#include "project/study_results.h"

using namespace palimpsest;

namespace {

double milliseconds(std::chrono::steady_clock::time_point since)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - since).count();
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fputs("bench_search PROJECT\n", stderr);
        return 2;
    }
    const auto results = project::StudyResults::open(argv[1]);
    if (!results) {
        std::fprintf(stderr, "%s\n", results.error().message.c_str());
        return 1;
    }
    const auto& study = *results.value();
    std::vector<app::Comparison> layers;
    for (const int layer : study.layers()) {
        auto compared = study.compare(layer, layer, study.defaultK(), study.defaultTheta());
        if (!compared) {
            std::fprintf(stderr, "%s\n", compared.error().message.c_str());
            return 1;
        }
        layers.push_back(std::move(compared).value());
    }
    auto start = std::chrono::steady_clock::now();
    const auto index = concepts::WordIndex::make(study.tokens());
    std::printf("%zu occurrences, %zu layers, index made once in %.1f ms\n", study.tokens()->size(),
        layers.size(), milliseconds(start));
    // Every letter is the worst there is: the most words and occurrences that one key can ask for.
    double longest = 0.0, sum = 0.0;
    std::string worst;
    int searches = 0;
    for (char letter = 'a'; letter <= 'z'; ++letter) {
        for (const std::string& text : {std::string(1, letter), std::string(1, letter) + "e"}) {
            start = std::chrono::steady_clock::now();
            const auto found = app::SearchModel::search(*index, layers, text);
            const double took = milliseconds(start);
            sum += took;
            ++searches;
            if (took > longest) {
                longest = took;
                worst = text + ", " + std::to_string(found.occurrences) + " occurrences";
            }
        }
    }
    std::printf("search: mean %.2f ms, longest %.2f ms (%s)\n", sum / searches, longest, worst.c_str());
}
