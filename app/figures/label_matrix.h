#pragma once
// How many concepts carry each label, layer by layer and model by model: what the label figure draws.
// Thread: immutable once made; share by shared_ptr<const LabelMatrix>.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "label/label_table.h"

namespace palimpsest::app {

struct LabelMatrix {
    struct Column {
        int layer = 0;
        int side = 0; ///< 0 base, 1 fine-tuned
        std::size_t concepts = 0;
        std::size_t aligned = 0; ///< with any label of the set
        double chance = -1.0; ///< aligned concepts of random partitions; negative while unknown
        double chanceLow = 0.0, chanceHigh = 0.0; ///< 95 % of the random partitions
        double pValue = 1.0;
    };
    struct Row {
        label::LabelId label = 0;
        std::string name;
        std::uint32_t occurrences = 0; ///< rows of the corpus that carry it
    };

    std::string setName;
    std::vector<Column> columns; ///< by layer, the base model first
    std::vector<Row> rows;
    std::vector<std::uint32_t> counts; ///< [rows, columns]: concepts whose label it is
    std::vector<double> chances; ///< [rows, columns]: the same in random partitions; negative while unknown
    std::uint32_t largest = 0; ///< of the counts

    [[nodiscard]] std::uint32_t count(std::size_t row, std::size_t column) const
    {
        return counts[row * columns.size() + column];
    }
    [[nodiscard]] double chance(std::size_t row, std::size_t column) const
    {
        return chances[row * columns.size() + column];
    }
};

} // namespace palimpsest::app
