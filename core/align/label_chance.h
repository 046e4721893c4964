#pragma once
// How many concepts would align with labels by chance, and how sure a count is.
// Thread: reentrant; call from a worker. The same seed gives the same numbers on every machine.

#include <cstdint>
#include <vector>

#include "align/label_alignment.h"
#include "base/job_context.h"
#include "base/result.h"

namespace palimpsest::align {

struct Interval {
    double low = 0.0;
    double high = 0.0;
};

struct ResamplingOptions {
    std::uint32_t rounds = 100; ///< at least 1
    std::uint64_t seed = 1;
};

/// Aligned concepts of random partitions with the same sizes: occurrences are dealt out anew each round and
/// keep their words and labels.
struct ChanceLevel {
    double mean = 0.0; ///< aligned concepts per round
    Interval interval; ///< 2.5 % and 97.5 % quantiles over the rounds (nearest rank)
    double pValue = 1.0; ///< (1 + rounds with at least the observed number) / (1 + rounds)
    /// By concept: share of random sets of its size that align; pooled over all concepts of that size.
    std::vector<double> ofConcept;
    std::vector<double> ofLabel; ///< by label: concepts per round that align with it as their best label
};

/// `observed` is countAligned() of the real partition. O(rounds · rows). Polls ctx once per round and concept
/// block. Fails with Cancelled.
[[nodiscard]] base::Result<ChanceLevel> chanceLevel(const concepts::ConceptSet& concepts,
    const label::LabelTable& table, Measure measure, const LabelOptions& options, std::size_t observed,
    const ResamplingOptions& resampling, const base::JobContext& ctx);

/// 95 % bootstrap interval of the number of aligned concepts when sentences are drawn with replacement (Efron
/// 1979); the concepts stay as they are, their members count as often as their sentence was drawn. Drawn
/// concepts hold fewer different members and so align more easily; the interval is therefore moved by that
/// bias, which is the mean of the rounds less the number itself, and lies within 0 .. concepts. O(rounds ·
/// rows). Fails with Cancelled.
[[nodiscard]] base::Result<Interval> bootstrapAligned(const concepts::ConceptSet& concepts,
    const label::LabelTable& table, Measure measure, const LabelOptions& options,
    const ResamplingOptions& resampling, const base::JobContext& ctx);

} // namespace palimpsest::align
