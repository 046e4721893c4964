#include "corpus/corpus.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

namespace palimpsest::corpus {

namespace {

base::Error malformed(const std::string& what)
{
    return {
        base::ErrorCode::Malformed, "The stored corpus is damaged: " + what + "; read the corpus file again"};
}

bool allDifferent(const std::vector<std::string>& names)
{
    std::unordered_set<std::string_view> seen;
    seen.reserve(names.size());
    return std::all_of(
        names.begin(), names.end(), [&seen](const std::string& name) { return seen.insert(name).second; });
}

base::Status checkSizes(const CorpusParts& parts)
{
    constexpr std::size_t kLimit = std::numeric_limits<std::uint32_t>::max();
    const std::size_t sentences = parts.sentenceClass.size();
    if (parts.sentenceStart.size() != sentences + 1 || parts.sourceLine.size() != sentences) {
        return malformed("there are " + std::to_string(sentences) + " classes for "
            + std::to_string(parts.sentenceStart.size()) + " sentence starts and "
            + std::to_string(parts.sourceLine.size()) + " line numbers");
    }
    if (parts.words.size() > kLimit || sentences > kLimit)
        return malformed("it has more words than an index can name");
    if (parts.classNames.size() > kMaxClasses)
        return malformed("it has " + std::to_string(parts.classNames.size()) + " classes");
    return {};
}

base::Status checkSentences(const CorpusParts& parts)
{
    if (parts.sentenceStart.front() != 0 || parts.sentenceStart.back() != parts.words.size()
        || !std::is_sorted(parts.sentenceStart.begin(), parts.sentenceStart.end()))
        return malformed("its sentences do not divide its words");
    if (!parts.firstTextWords.empty() && parts.firstTextWords.size() != parts.sentenceClass.size())
        return malformed("not every sentence says where its second text begins");
    for (std::size_t s = 0; s < parts.firstTextWords.size(); ++s) {
        if (parts.firstTextWords[s] > parts.sentenceStart[s + 1] - parts.sentenceStart[s])
            return malformed("the second text of sentence " + std::to_string(s) + " begins behind its end");
    }
    const auto classes = static_cast<std::int64_t>(parts.classNames.size());
    for (std::size_t s = 0; s < parts.sentenceClass.size(); ++s) {
        const std::int32_t value = parts.sentenceClass[s];
        if (value != kNoClass && (value < 0 || value >= classes))
            return malformed("sentence " + std::to_string(s) + " has no such class");
    }
    if (!allDifferent(parts.classNames))
        return malformed("two of its classes have the same name");
    return {};
}

base::Status checkVocabulary(const CorpusParts& parts)
{
    std::size_t known = 0;
    for (std::size_t i = 0; i < parts.words.size(); ++i) {
        if (parts.words[i] > known)
            return malformed("word " + std::to_string(i) + " is not in order of first appearance");
        if (parts.words[i] == known)
            ++known;
        if (known > parts.vocabulary.size())
            return malformed("word " + std::to_string(i) + " is not in the vocabulary");
    }
    if (known != parts.vocabulary.size())
        return malformed("its vocabulary holds words that no sentence has");
    if (!allDifferent(parts.vocabulary))
        return malformed("a word is twice in its vocabulary");
    return {};
}

} // namespace

base::Result<std::shared_ptr<const Corpus>> Corpus::fromParts(CorpusParts parts)
{
    PALIMPSEST_CHECK(checkSizes(parts));
    PALIMPSEST_CHECK(checkSentences(parts));
    PALIMPSEST_CHECK(checkVocabulary(parts));
    return std::shared_ptr<const Corpus>(new Corpus(std::move(parts)));
}

Corpus::Corpus(CorpusParts parts)
    : m_parts(std::move(parts))
{
}

std::span<const std::uint32_t> Corpus::wordsOf(base::SentenceId sentence) const
{
    const std::size_t index = base::toIndex(sentence);
    const std::size_t begin = m_parts.sentenceStart[index];
    return std::span(m_parts.words).subspan(begin, m_parts.sentenceStart[index + 1] - begin);
}

std::size_t Corpus::firstTextWords(base::SentenceId sentence) const
{
    return hasPairs() ? m_parts.firstTextWords[base::toIndex(sentence)] : wordsOf(sentence).size();
}

std::int32_t Corpus::classOf(base::SentenceId sentence) const
{
    return m_parts.sentenceClass[base::toIndex(sentence)];
}

std::string Corpus::text(base::SentenceId sentence) const
{
    std::string joined;
    for (const std::uint32_t id : wordsOf(sentence)) {
        if (!joined.empty())
            joined += ' ';
        joined += m_parts.vocabulary[id];
    }
    return joined;
}

} // namespace palimpsest::corpus
