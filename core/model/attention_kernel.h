#pragma once
// Attention of one head within one sentence, over float32 rows; compiled for several vector units.
// Thread: pure functions of their arguments; the scratch belongs to one thread.

#include <cstddef>
#include <vector>

namespace palimpsest::model {

/// Kernels load whole vectors: this many values behind the last one of an operand must be readable, whatever
/// they are.
constexpr std::size_t kReadBehind = 32;

struct HeadOperands {
    std::size_t length = 0; ///< pieces of the sentence
    std::size_t headSize = 0;
    std::size_t stride = 0; ///< from one row to the next in query, value and result
    const float* query = nullptr;
    const float* queryBias = nullptr; ///< [headSize], or null
    /// [headSize, length]: row c holds value c of all keys. A bias of the keys would move all scores of a row
    /// alike, which a softmax does not see, so there is none.
    const float* keyColumns = nullptr;
    std::size_t keyStride = 0;
    const float* value = nullptr;
    const float* valueBias = nullptr; ///< [headSize], or null
    float scale = 1.0F;
    float* result = nullptr; ///< must not overlap the operands
};

/// result := softmax(scale · (query + queryBias) keyColumns) value + valueBias (Vaswani et al. 2017).
void attendHead(const HeadOperands& head, std::vector<float>& scratch);

} // namespace palimpsest::model
