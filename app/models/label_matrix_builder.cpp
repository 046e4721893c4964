#include "models/label_matrix_builder.h"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace palimpsest::app {

namespace {

using Options = LabelMatrixOptions;

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(),
        [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return text;
}

bool isShown(Selection::Shown shown, std::size_t side)
{
    return shown == Selection::ShowBoth || (shown == Selection::ShowBase) == (side == 0);
}

/// Counts of all labels, before rows are chosen.
struct Columns {
    std::vector<LabelMatrix::Column> columns;
    std::vector<std::vector<std::uint32_t>> counts; ///< by column and label
    std::vector<const align::ChanceLevel*> chances; ///< by column; null while unknown
};

Columns columnsOf(const std::vector<LabelMatrixLayer>& layers, const Options& options, std::size_t labels)
{
    Columns all;
    for (const LabelMatrixLayer& layer : layers) {
        for (std::size_t side = 0; side < 2; ++side) {
            if (!isShown(options.shown, side))
                continue;
            const SetMatches& set = layer.labels->sets[options.set][side];
            LabelMatrix::Column column;
            column.layer = layer.labels->layer;
            column.side = static_cast<int>(side);
            column.concepts = set.matches.size();
            column.aligned = set.aligned;
            const align::ChanceLevel* chance = layer.chance ? &(*layer.chance)[side] : nullptr;
            if (chance) {
                column.chance = chance->mean;
                column.chanceLow = chance->interval.low;
                column.chanceHigh = chance->interval.high;
                column.pValue = chance->pValue;
            }
            auto& counts = all.counts.emplace_back(labels, 0);
            for (const align::LabelMatch& match : set.matches) {
                if (match.aligned)
                    ++counts[*match.best];
            }
            all.columns.push_back(column);
            all.chances.push_back(chance);
        }
    }
    return all;
}

/// What rows are sorted by, largest first.
std::vector<double> keysOf(const Columns& all, const LabelSet& set, const Options& options)
{
    std::vector<double> keys(set.rowsOfLabel.size(), 0.0);
    for (std::size_t column = 0; column < all.columns.size(); ++column) {
        const auto& head = all.columns[column];
        double weight = 0.0;
        if (options.sort == Options::Sort::Concepts)
            weight = 1.0;
        else if (options.sort == Options::Sort::Column)
            weight = head.layer == options.sortedLayer && head.side == options.sortedSide ? 1.0 : 0.0;
        else if (options.sort == Options::Sort::Change && head.layer == options.sortedLayer)
            weight = head.side == 0 ? -1.0 : 1.0;
        for (std::size_t label = 0; weight != 0.0 && label < keys.size(); ++label)
            keys[label] += weight * all.counts[column][label];
    }
    if (options.sort == Options::Sort::Change) // what was gained and what was lost stand before what stayed
        std::ranges::transform(keys, keys.begin(), [](double key) { return key < 0 ? -key : key; });
    return keys;
}

std::vector<label::LabelId> rowsOf(const Columns& all, const LabelSet& set, const Options& options)
{
    const label::LabelTable& table = *set.table;
    const std::string wanted = lower(options.text);
    std::vector<label::LabelId> rows;
    for (label::LabelId label = 0; label < table.labelCount(); ++label) {
        if (table.saysNone(label))
            continue;
        const bool carried
            = std::ranges::any_of(all.counts, [label](const auto& counts) { return counts[label] > 0; });
        if ((options.rows == Options::Rows::Carried && !carried)
            || (options.rows == Options::Rows::Bare && carried))
            continue;
        if (wanted.empty() || lower(table.labelName(label)).find(wanted) != std::string::npos)
            rows.push_back(label);
    }
    const std::vector<double> keys = keysOf(all, set, options);
    std::ranges::stable_sort(rows, [&](label::LabelId a, label::LabelId b) {
        if (options.sort == Options::Sort::Name)
            return table.labelName(a) < table.labelName(b);
        if (keys[a] != keys[b])
            return keys[a] > keys[b];
        return set.rowsOfLabel[a] > set.rowsOfLabel[b];
    });
    return rows;
}

} // namespace

std::shared_ptr<const LabelMatrix> makeLabelMatrix(
    const std::vector<LabelMatrixLayer>& layers, const LabelMatrixOptions& options)
{
    auto matrix = std::make_shared<LabelMatrix>();
    if (layers.empty() || options.set >= layers.front().labels->labelSets->size())
        return matrix;
    const LabelSet& set = (*layers.front().labels->labelSets)[options.set];
    matrix->setName = set.entry.name;
    if (!set.table)
        return matrix;
    Columns all = columnsOf(layers, options, set.table->labelCount());
    for (const label::LabelId label : rowsOf(all, set, options)) {
        matrix->rows.push_back({label, set.table->labelName(label), set.rowsOfLabel[label]});
        for (std::size_t column = 0; column < all.columns.size(); ++column) {
            const std::uint32_t count = all.counts[column][label];
            const align::ChanceLevel* chance = all.chances[column];
            matrix->counts.push_back(count);
            matrix->chances.push_back(chance ? chance->ofLabel[label] : -1.0);
            matrix->largest = std::max(matrix->largest, count);
        }
    }
    matrix->columns = std::move(all.columns);
    return matrix;
}

} // namespace palimpsest::app
