#include "bridge/label_results.h"

#include <algorithm>

namespace palimpsest::app {

namespace {

void countRows(LabelSet& set)
{
    const label::LabelTable& table = *set.table;
    set.rowsOfLabel.assign(table.labelCount(), 0);
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        bool any = false;
        for (const label::LabelId label : table.labelsOf(base::toId<base::TokenId>(row))) {
            ++set.rowsOfLabel[label];
            any = any || !table.saysNone(label);
        }
        set.labelledRows += any ? 1 : 0;
    }
}

} // namespace

base::Result<std::shared_ptr<const LabelSets>> readLabelSets(
    const std::filesystem::path& project, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(file, project::ProjectFile::open(project, project::ProjectFile::Mode::ReadOnly));
    const project::LabelStore store(file);
    PALIMPSEST_TRY(entries, store.list());
    auto sets = std::make_shared<LabelSets>();
    for (project::LabelEntry& entry : entries) {
        if (ctx.stopRequested())
            return base::cancelled();
        LabelSet set;
        if (entry.fits) {
            PALIMPSEST_TRY(table, store.read(entry.name));
            set.table = std::move(table);
            countRows(set);
        }
        set.entry = std::move(entry);
        sets->push_back(std::move(set));
    }
    return std::shared_ptr<const LabelSets>(std::move(sets));
}

bool LabelQuestion::sameOptions(const LabelQuestion& other) const
{
    return options.theta == other.options.theta && options.minimumTypes == other.options.minimumTypes
        && options.maxUnknown == other.options.maxUnknown && options.strict == other.options.strict;
}

base::Result<std::shared_ptr<const LayerLabels>> labelLayer(const align::LayerComparison& comparison,
    const std::shared_ptr<const LabelSets>& sets, const LabelQuestion& question,
    const std::shared_ptr<const LayerLabels>& known, const base::JobContext& ctx)
{
    auto layer = std::make_shared<LayerLabels>();
    layer->layer = comparison.layerA;
    layer->k = comparison.k;
    layer->question = question;
    layer->labelSets = sets;
    layer->concepts = {comparison.a, comparison.b};
    const bool sameCounts = known && known->labelSets == sets && known->concepts == layer->concepts
        && known->question.measure == question.measure;
    for (std::size_t set = 0; set < sets->size(); ++set) {
        if (ctx.stopRequested())
            return base::cancelled();
        auto& both = layer->sets.emplace_back();
        const auto& table = (*sets)[set].table;
        for (std::size_t side = 0; table && side < both.size(); ++side) {
            both[side].counts = sameCounts
                ? known->sets[set][side].counts
                : align::LabelCounts::make(*layer->concepts[side], table, question.measure);
            both[side].matches = align::matchLabels(*both[side].counts, question.options);
            both[side].aligned = align::countAligned(both[side].matches);
        }
    }
    return std::shared_ptr<const LayerLabels>(std::move(layer));
}

base::Result<std::shared_ptr<const LabelChance>> chanceOfLayer(
    const LayerLabels& layer, std::size_t set, const base::JobContext& ctx)
{
    auto chance = std::make_shared<LabelChance>();
    const auto& table = (*layer.labelSets)[set].table;
    for (std::size_t side = 0; table && side < chance->size(); ++side) {
        PALIMPSEST_TRY(level,
            align::chanceLevel(*layer.concepts[side], *table, layer.question.measure, layer.question.options,
                layer.sets[set][side].aligned, {}, ctx));
        (*chance)[side] = std::move(level);
    }
    return std::shared_ptr<const LabelChance>(std::move(chance));
}

} // namespace palimpsest::app
