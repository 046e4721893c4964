#include "align/label_categories.h"

#include <algorithm>
#include <numeric>

namespace palimpsest::align {

namespace {

std::vector<LabelMatch> matchesOf(
    const concepts::ConceptSet& concepts, const std::shared_ptr<const label::LabelTable>& table, double theta)
{
    LabelOptions options;
    options.theta = theta;
    return matchLabels(*LabelCounts::make(concepts, table, Measure::Occurrence), options);
}

} // namespace

std::shared_ptr<const LabelCategories> labelCategories(const LayerComparison& comparison,
    const std::shared_ptr<const label::LabelTable>& table, std::size_t most)
{
    auto categories = std::make_shared<LabelCategories>();
    categories->set = table->name();
    const double theta = comparison.alignment.theta;
    const auto a = matchesOf(*comparison.a, table, theta);
    const auto b = matchesOf(*comparison.b, table, theta);

    std::vector<std::size_t> concepts(table->labelCount(), 0);
    for (const auto* matches : {&a, &b}) {
        for (const LabelMatch& match : *matches) {
            if (match.aligned)
                ++concepts[*match.best];
        }
    }
    std::vector<label::LabelId> order(table->labelCount());
    std::iota(order.begin(), order.end(), label::LabelId{0});
    std::stable_sort(order.begin(), order.end(),
        [&concepts](label::LabelId x, label::LabelId y) { return concepts[x] > concepts[y]; });
    std::vector<int> categoryOf(table->labelCount(), kNoCategory);
    for (const label::LabelId id : order) {
        if (concepts[id] == 0 || categories->names.size() == most)
            break;
        categoryOf[id] = static_cast<int>(categories->names.size());
        categories->names.push_back(table->labelName(id));
    }
    const int others = static_cast<int>(categories->names.size());
    const auto assign = [&](const std::vector<LabelMatch>& matches, std::vector<int>& result) {
        for (const LabelMatch& match : matches) {
            int category = kNoCategory;
            if (match.aligned)
                category = categoryOf[*match.best] == kNoCategory ? others : categoryOf[*match.best];
            categories->hasOthers = categories->hasOthers || category == others;
            result.push_back(category);
        }
    };
    assign(a, categories->a);
    assign(b, categories->b);
    return categories;
}

} // namespace palimpsest::align
