#pragma once
// Small corpora, linkages and projects for the tests of this folder.
// Thread: one test at a time.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "project/project_file.h"

namespace palimpsest::testing {

/// `sentences` sentences "w0 w1 … w9" of two classes in turn, all words analysed.
inline std::shared_ptr<const corpus::TokenTable> sampleTokens(std::size_t sentences = 4)
{
    constexpr std::uint32_t kWords = 10;
    corpus::CorpusParts parts;
    for (std::uint32_t word = 0; word < kWords; ++word)
        parts.vocabulary.push_back(word == 3 ? "größe" : "w" + std::to_string(word));
    parts.classNames = {"negative", "positive"};
    parts.sentenceStart.push_back(0);
    std::vector<corpus::Token> rows;
    for (std::size_t sentence = 0; sentence < sentences; ++sentence) {
        for (std::uint32_t word = 0; word < kWords; ++word) {
            parts.words.push_back(word);
            rows.push_back({base::toId<base::SentenceId>(sentence), word, base::WordId{word}});
        }
        parts.sentenceStart.push_back(static_cast<std::uint32_t>(parts.words.size()));
        parts.sentenceClass.push_back(static_cast<std::int32_t>(sentence % 2));
        parts.sourceLine.push_back(static_cast<std::uint32_t>(sentence + 2));
    }
    auto corpus = corpus::Corpus::fromParts(std::move(parts));
    return corpus::TokenTable::fromRows(corpus.value(), std::move(rows)).value();
}

/// Leaf i joins the cluster of leaves 0..i-1 at height i: a cut into K leaves the last K-1 rows alone.
inline cluster::Linkage chainLinkage(std::size_t leaves, double step = 1.0)
{
    std::vector<cluster::Merge> merges;
    const auto count = static_cast<std::int32_t>(leaves);
    for (std::int32_t leaf = 1; leaf < count; ++leaf) {
        cluster::Merge merge;
        merge.left = leaf == 1 ? 0 : leaf;
        merge.right = leaf == 1 ? 1 : count + leaf - 2;
        merge.height = step * leaf;
        merge.size = leaf + 1;
        merges.push_back(merge);
    }
    return cluster::Linkage::fromMerges(std::move(merges)).value();
}

inline std::string fileContent(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline void writeFile(const std::filesystem::path& path, const std::string& content)
{
    std::ofstream(path, std::ios::binary) << content;
}

} // namespace palimpsest::testing
