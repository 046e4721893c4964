#pragma once
// The way of a word through the layers of both models, and the words that go with it.
// Thread: reentrant.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "align/layer_comparison.h"
#include "base/ids.h"
#include "concepts/word_index.h"

namespace palimpsest::align {

/// Where one model keeps a word's occurrences at a layer.
struct WordStand {
    base::ClusterId id{}; ///< concept with most of the occurrences, ties to the smaller id
    std::uint32_t count = 0; ///< occurrences in it
    std::uint32_t concepts = 0; ///< concepts with any of them
};

/// One layer of a path.
struct WordStep {
    int layer = 0;
    WordStand base, fineTuned;
    /// Occurrences of which the fine-tuned concept is the best counterpart of the base concept, or the
    /// reverse: what still goes together with what it went with before.
    std::uint32_t stayed = 0;
    std::uint32_t occurrences = 0;
    [[nodiscard]] double stayedShare() const
    {
        return occurrences == 0 ? 0.0 : stayed / static_cast<double>(occurrences);
    }
};

/// One step a comparison, in their order. `occurrences` must be rows of their token table.
[[nodiscard]] std::vector<WordStep> wordPath(std::span<const std::shared_ptr<const LayerComparison>> layers,
    std::span<const base::TokenId> occurrences);

/// First step from which on less than half of the occurrences stayed, to the last layer; nothing when the
/// word never leaves the base model so.
[[nodiscard]] std::optional<std::size_t> leavesBaseAt(std::span<const WordStep> path);

struct NearWord {
    base::WordId word{};
    double similarity = 0.0; ///< 0..1
};

/// Words whose occurrences are in the same concepts: with p_w(c) the share of w's occurrences in concept c,
/// the mean over layers and models of Σ_c min(p_w(c), p_v(c)) (histogram intersection: Swain and Ballard,
/// Color indexing, IJCV 7 (1991)). Words with fewer than `minimumCount` occurrences are left out; most
/// similar first, ties by id; at most `limit`.
[[nodiscard]] std::vector<NearWord> nearestWords(
    std::span<const std::shared_ptr<const LayerComparison>> layers, const concepts::WordIndex& index,
    base::WordId word, std::size_t minimumCount, std::size_t limit);

/// The same number for one pair of words, per layer and model: base first. Size 2 · layers.
[[nodiscard]] std::vector<double> wordSimilarity(
    std::span<const std::shared_ptr<const LayerComparison>> layers, const concepts::WordIndex& index,
    base::WordId a, base::WordId b);

} // namespace palimpsest::align
