#pragma once
// Rows made from a seed, the same with every library.
// Thread: pure functions.

#include <cstddef>
#include <random>
#include <vector>

#include "base/matrix_view.h"

namespace palimpsest::testing {

struct SampleRows {
    std::vector<float> values;
    std::size_t cols = 1;

    base::MatrixView view() const { return {values.data(), values.size() / cols, cols}; }
};

/// Eighths between 0 and 125.
inline SampleRows eighths(std::size_t rows, std::size_t cols, unsigned seed)
{
    std::mt19937 engine(seed);
    SampleRows sample{{}, cols};
    for (std::size_t i = 0; i < rows * cols; ++i)
        sample.values.push_back(static_cast<float>(engine() % 1000) / 8.0F);
    return sample;
}

} // namespace palimpsest::testing
