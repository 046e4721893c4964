#pragma once
// Merge trees for other programs: scipy's matrix as .npy, and Newick.
// Thread: reentrant.

#include <filesystem>
#include <string>

#include "base/result.h"
#include "cluster/linkage.h"
#include "corpus/token_table.h"

namespace palimpsest::exchange {

/// float64 [n-1, 4] as scipy.cluster.hierarchy has it; leaf i is row i of the token table.
[[nodiscard]] base::Status writeLinkageNpy(
    const std::filesystem::path& path, const cluster::Linkage& linkage);

/// Reads such a matrix, or scikit-learn's children and distances put side by side (two or three columns are
/// completed). Fails with Malformed, ShapeMismatch or Unsupported.
[[nodiscard]] base::Result<cluster::Linkage> readLinkageNpy(const std::filesystem::path& path);

/// Newick with quoted leaves "word|sentence|position" and branch lengths as differences of merge heights; one
/// line. No recursion: deep chains are usual.
[[nodiscard]] std::string newick(const cluster::Linkage& linkage, const corpus::TokenTable& tokens);

} // namespace palimpsest::exchange
