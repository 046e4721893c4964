#pragma once
// Flat clusterings of other tools as what the rest of the program works on: occurrences and one merge tree.
// Thread: values; functions are reentrant.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cluster/linkage.h"
#include "corpus/token_table.h"
#include "exchange/cluster_lines.h"

namespace palimpsest::exchange {

/// Words are separated by single spaces and nothing else, as ConceptX splits them: two spaces make an empty
/// word. `sourceLine` is the entry's number from 1.
[[nodiscard]] base::Result<std::shared_ptr<const corpus::Corpus>> corpusOfSentences(
    const std::vector<std::string>& sentences);

/// Where a line's word stands: LACOAT counts positions from -1, and so from the second word.
struct PlaceRule {
    std::int64_t shift = 0;
    [[nodiscard]] static PlaceRule of(const std::vector<ClusterLine>& lines);
};

/// True where the token of a line is the word `word`: literally, as ConceptX reads an ASCII token
/// (unicode-escape), or as LACOAT names special tokens ("[CLS]12", "[SEP]12_last").
[[nodiscard]] bool isSameWord(std::string_view token, std::string_view word);

/// What is wrong with a line against the sentences ("names sentence 12 of 10"); empty where it fits.
[[nodiscard]] std::string misfitOf(
    const ClusterLine& line, const corpus::Corpus& corpus, const PlaceRule& rule);

/// One clustering with a cluster number per row of a token table.
struct ImportedCut {
    std::string fileName;
    std::vector<std::uint32_t> clusterOfRow;
    std::size_t clusterCount = 0;
};

/// Rows in corpus order for all lines. Fails with Malformed (a line that does not fit the sentences, or a
/// place twice; the sentence names the lines).
[[nodiscard]] base::Result<std::shared_ptr<const corpus::TokenTable>> tokensOfLines(
    const std::shared_ptr<const corpus::Corpus>& corpus, const std::vector<ClusterLine>& lines,
    const std::string& path);

/// The clusters of `lines` over `tokens`. Fails with ShapeMismatch where the lines name other occurrences.
[[nodiscard]] base::Result<ImportedCut> cutOfLines(
    const corpus::TokenTable& tokens, const std::vector<ClusterLine>& lines, const std::string& path);

/// A tree whose cut at each clusterCount is that clustering: inside of clusters leaves join at height 0, the
/// clusters of one clustering become those of the next at 1, 2, …. Fails with Unsupported where a clustering
/// is no refinement of a coarser one (cuts of one tree are), naming both files.
[[nodiscard]] base::Result<cluster::Linkage> linkageOfCuts(std::vector<ImportedCut> cuts);

/// Original numbers by concept id: concepts of a cut are numbered by first appearance.
[[nodiscard]] std::vector<std::uint32_t> numbersOf(const ImportedCut& cut);

} // namespace palimpsest::exchange
