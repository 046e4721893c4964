#pragma once
// How far two people agree beyond chance.
// Thread: reentrant.

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace palimpsest::concepts {

struct Agreement {
    std::size_t items = 0; ///< judged by both
    double observed = 0.0; ///< share of items with equal judgements, 0..1
    double expected = 0.0; ///< that share by chance, from how often each gives each judgement
    /// (observed - expected) / (1 - expected); nothing without items, or where chance alone agrees always.
    std::optional<double> kappa;
};

/// Cohen's κ for nominal judgements: J. Cohen, A coefficient of agreement for nominal scales, Educational and
/// Psychological Measurement 20 (1960), 37–46, equation 1. `a` and `b` hold one judgement an item and have
/// the same size. O(items · log).
[[nodiscard]] Agreement cohenKappa(std::span<const std::string> a, std::span<const std::string> b);

} // namespace palimpsest::concepts
