#pragma once
// What became of each concept between two partitions of the same occurrences.
// Thread: immutable results; functions are reentrant.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "concepts/concept_set.h"

namespace palimpsest::align {

/// What overlap is counted in.
enum class Measure : std::uint8_t {
    Occurrence, ///< members (token occurrences)
    Type, ///< distinct words
};

/// One pair of concepts that share something.
struct OverlapCell {
    base::ClusterId other{};
    std::uint32_t shared = 0;
};

/// The sparse table of |a ∩ b| for all concepts of A and B. Independent of θ, so a θ slider never rebuilds
/// it.
class Overlap {
public:
    /// Both sets must be over the same token table. O(rows).
    [[nodiscard]] static std::shared_ptr<const Overlap> make(
        const concepts::ConceptSet& a, const concepts::ConceptSet& b, Measure measure);

    [[nodiscard]] std::size_t countA() const { return m_sizeA.size(); }
    [[nodiscard]] std::size_t countB() const { return m_sizeB.size(); }
    /// Size of a concept in the chosen measure.
    [[nodiscard]] std::uint32_t sizeA(base::ClusterId a) const { return m_sizeA[base::toIndex(a)]; }
    [[nodiscard]] std::uint32_t sizeB(base::ClusterId b) const { return m_sizeB[base::toIndex(b)]; }
    /// Non-zero cells of a row (A's view) or a column (B's view), by ascending id of the other concept.
    [[nodiscard]] std::span<const OverlapCell> cellsOfA(base::ClusterId a) const;
    [[nodiscard]] std::span<const OverlapCell> cellsOfB(base::ClusterId b) const;

private:
    Overlap() = default;
    std::vector<std::uint32_t> m_sizeA, m_sizeB;
    std::vector<std::uint32_t> m_startA, m_startB;
    std::vector<OverlapCell> m_cellsA, m_cellsB;
};

enum class Status : std::uint8_t { Kept, Split, Merged, New, Vanished };
inline constexpr std::size_t kStatusCount = 5;

/// "kept", "split", "merged", "new", "vanished".
[[nodiscard]] std::string_view statusName(Status status);

/// A concept and its best counterpart in the other model: the one with the largest |a ∩ b|, ties to the
/// larger share of the counterpart, then to the smaller id.
struct Match {
    base::ClusterId counterpart{};
    std::uint32_t shared = 0;
    double overlap = 0.0; ///< |a ∩ b| / |a| for the counterpart b
    bool aligned = false; ///< |a ∩ b| / |a| ≥ θ for some b
    Status status = Status::Vanished;
};

/// Matches of all concepts of A (base) and of B (fine-tuned), by concept id.
/// With a ⊂θ b meaning |a ∩ b| / |a| ≥ θ: a of A is kept when some b has a ⊂θ b and b ⊂θ a; merged when only
/// some a ⊂θ b; split when no a ⊂θ b but some b ⊂θ a; vanished otherwise. b of B is kept likewise; split (a
/// piece of an a) when only some b ⊂θ a; merged when no b ⊂θ a but some a ⊂θ b; new otherwise.
struct Alignment {
    double theta = 0.9;
    std::vector<Match> a;
    std::vector<Match> b;
};

/// θ in (0, 1]. O(non-zero cells).
[[nodiscard]] Alignment align(const Overlap& overlap, double theta);

/// Number of matches per Status, indexed by it.
[[nodiscard]] std::array<std::size_t, kStatusCount> countStatuses(std::span<const Match> matches);

} // namespace palimpsest::align
