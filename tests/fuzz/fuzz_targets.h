#pragma once
// Readers of files from outside, fed with mutations of valid files. Thread: one.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest::testing {

struct FuzzTarget {
    std::string_view name;
    std::vector<std::string> (*seeds)(); ///< valid files
    /// Reads `bytes` and returns whether they were taken; never crashes, whatever they are. `scratch` is a
    /// folder in memory for readers that open a file.
    bool (*read)(const std::string& bytes, const std::filesystem::path& scratch);
};

[[nodiscard]] const std::vector<FuzzTarget>& fuzzTargets();

struct FuzzOutcome {
    std::uint64_t taken = 0; ///< mutations that are still valid
    std::uint64_t refused = 0;
    double slowest = 0.0; ///< seconds of processor time
    std::string slowestInput;
};

/// Reads `count` mutations; the same ones for the same `first`, each from a seed of its own, so that one can
/// be repeated alone.
[[nodiscard]] FuzzOutcome fuzz(
    const FuzzTarget& target, std::uint64_t first, std::uint64_t count, const std::filesystem::path& scratch);

} // namespace palimpsest::testing
