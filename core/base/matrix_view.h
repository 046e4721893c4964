#pragma once
// A read-only, row-major float32 matrix that somebody else owns (a mapped file, a vector, a tensor).
// Thread: reentrant; the memory must outlive the view.

#include <cstddef>
#include <span>

namespace palimpsest::base {

struct MatrixView {
    const float* data = nullptr; ///< rows * cols values, row after row, without gaps
    std::size_t rows = 0;
    std::size_t cols = 0;

    [[nodiscard]] std::span<const float> row(std::size_t index) const { return {data + index * cols, cols}; }
};

} // namespace palimpsest::base
