#pragma once
// Small corpora for tests, from sentences written out.
// Thread: values.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "corpus/corpus.h"
#include "corpus/token_table.h"

namespace palimpsest::testing {

/// The arrays of a corpus of space-separated words; `classes` may be empty.
inline corpus::CorpusParts partsOf(const std::vector<std::string>& sentences,
    const std::vector<std::int32_t>& classes = {}, std::vector<std::string> classNames = {})
{
    corpus::CorpusParts parts;
    parts.classNames = std::move(classNames);
    parts.sentenceStart.push_back(0);
    for (std::size_t s = 0; s < sentences.size(); ++s) {
        std::istringstream stream(sentences[s]);
        for (std::string word; stream >> word;) {
            const auto known = std::find(parts.vocabulary.begin(), parts.vocabulary.end(), word);
            parts.words.push_back(static_cast<std::uint32_t>(known - parts.vocabulary.begin()));
            if (known == parts.vocabulary.end())
                parts.vocabulary.push_back(word);
        }
        parts.sentenceStart.push_back(static_cast<std::uint32_t>(parts.words.size()));
        parts.sentenceClass.push_back(classes.empty() ? corpus::kNoClass : classes[s]);
        parts.sourceLine.push_back(static_cast<std::uint32_t>(s + 1));
    }
    return parts;
}

inline std::shared_ptr<const corpus::Corpus> corpusOf(const std::vector<std::string>& sentences,
    const std::vector<std::int32_t>& classes = {}, std::vector<std::string> classNames = {})
{
    return corpus::Corpus::fromParts(partsOf(sentences, classes, std::move(classNames))).value();
}

/// Every occurrence of the corpus, which has at least two.
inline std::shared_ptr<const corpus::TokenTable> allTokens(std::shared_ptr<const corpus::Corpus> corpus)
{
    return corpus::filterOccurrences(std::move(corpus), {}, {}).value();
}

} // namespace palimpsest::testing
