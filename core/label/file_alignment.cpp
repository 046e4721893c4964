#include "label/file_alignment.h"

#include <algorithm>
#include <utility>

#include "label/text.h"

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;

namespace {

/// Index of the file's sentence for each sentence of the corpus.
using SentenceMap = std::vector<std::size_t>;

std::string inQuotes(std::string_view text)
{
    constexpr std::size_t kShown = 60;
    if (text.size() <= kShown)
        return "\"" + std::string(text) + "\"";
    std::size_t end = kShown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return "\"" + std::string(text.substr(0, end)) + "…\"";
}

/// What is wrong with sentence `s` of the corpus against `sentence`; empty where they fit.
std::string misfit(const LabelledSentence& sentence, const corpus::Corpus& corpus, std::size_t s)
{
    const auto id = base::toId<base::SentenceId>(s);
    const auto words = corpus.wordsOf(id);
    const std::size_t common = std::min(words.size(), sentence.words.size());
    for (std::size_t w = 0; w < common; ++w) {
        const std::string_view word = corpus.word(base::WordId{words[w]});
        if (sentence.words[w].form && *sentence.words[w].form != word)
            return "has the word " + inQuotes(*sentence.words[w].form) + " where word "
                + std::to_string(w + 1) + " of sentence " + std::to_string(s + 1) + " is " + inQuotes(word);
    }
    if (words.size() != sentence.words.size()) {
        return "has " + std::to_string(sentence.words.size()) + " labels where sentence "
            + std::to_string(s + 1) + " has " + std::to_string(words.size()) + " words ("
            + inQuotes(corpus.text(id)) + ")";
    }
    return {};
}

bool fits(const LabelFile& file, const corpus::Corpus& corpus, const SentenceMap& map)
{
    for (std::size_t s = 0; s < map.size(); ++s) {
        if (map[s] >= file.sentences.size() || !misfit(file.sentences[map[s]], corpus, s).empty())
            return false;
    }
    return true;
}

/// Sentences by the lines of the corpus file, `header` lines before the first one.
SentenceMap mapByLine(const corpus::Corpus& corpus, std::size_t header)
{
    SentenceMap map;
    for (const std::uint32_t line : corpus.parts().sourceLine)
        map.push_back(line >= 1 + header ? line - 1 - header : static_cast<std::size_t>(-1));
    return map;
}

/// Sentences in turn, those without words left out (column files cannot hold them).
SentenceMap mapOfFilled(const corpus::Corpus& corpus)
{
    SentenceMap map;
    std::size_t next = 0;
    for (std::size_t s = 0; s < corpus.sentenceCount(); ++s)
        map.push_back(corpus.wordsOf(base::toId<base::SentenceId>(s)).empty() ? next : next++);
    return map;
}

Error firstDifference(const LabelFile& file, const corpus::Corpus& corpus)
{
    const std::size_t count = std::min(file.sentences.size(), corpus.sentenceCount());
    std::string what;
    for (std::size_t s = 0; s < count && what.empty(); ++s) {
        what = misfit(file.sentences[s], corpus, s);
        if (!what.empty())
            what = file.path + ", " + file.lineName + " " + std::to_string(file.sentences[s].line) + " "
                + what;
    }
    const std::string counts = std::to_string(file.sentences.size()) + " sentences for the corpus's "
        + std::to_string(corpus.sentenceCount());
    if (what.empty()) {
        what = file.path + " has " + counts + ": ";
        what += file.sentences.size() > count
            ? file.lineName + " " + std::to_string(file.sentences[count].line) + " is the first too many"
            : "sentence " + std::to_string(count + 1) + " is the first without labels";
    } else if (file.sentences.size() != corpus.sentenceCount()) {
        what += "; it has " + counts;
    }
    return {ErrorCode::ShapeMismatch, what + "; give the labels of this corpus"};
}

base::Result<SentenceMap> mapSentences(const LabelFile& file, const corpus::Corpus& corpus)
{
    SentenceMap direct(corpus.sentenceCount());
    for (std::size_t s = 0; s < direct.size(); ++s)
        direct[s] = s;
    if (file.sentences.size() == corpus.sentenceCount()) {
        if (fits(file, corpus, direct))
            return direct;
        return firstDifference(file, corpus);
    }
    if (file.sentences.size() > corpus.sentenceCount()) {
        for (const std::size_t header : {std::size_t{0}, std::size_t{1}}) {
            SentenceMap map = mapByLine(corpus, header);
            if (fits(file, corpus, map))
                return map;
        }
    }
    SentenceMap filled = mapOfFilled(corpus);
    bool fitting = true;
    std::size_t filledCount = 0;
    for (std::size_t s = 0; s < filled.size() && fitting; ++s) {
        if (corpus.wordsOf(base::toId<base::SentenceId>(s)).empty()) {
            filled[s] = file.sentences.size();
            continue;
        }
        ++filledCount;
        fitting = filled[s] < file.sentences.size() && misfit(file.sentences[filled[s]], corpus, s).empty();
    }
    if (fitting && filledCount == file.sentences.size())
        return filled;
    return firstDifference(file, corpus);
}

} // namespace

base::Result<std::shared_ptr<const LabelTable>> labelByPlace(const std::string& setName,
    const LabelFile& file, const corpus::TokenTable& tokens, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(map, mapSentences(file, tokens.corpus()));
    LabelTableBuilder builder(setName);
    for (const corpus::Token& token : tokens.rows()) {
        if ((builder.rowCount() & 0xfffU) == 0) {
            if (ctx.stopRequested())
                return base::cancelled();
            ctx.progress(static_cast<double>(builder.rowCount()) / static_cast<double>(tokens.size()),
                "Attaching labels");
        }
        const LabelledSentence& sentence = file.sentences[map[base::toIndex(token.sentence)]];
        for (const std::string_view label : sentence.words[token.position].labels)
            builder.add(label);
        builder.endRow();
    }
    return std::move(builder).finish();
}

std::string conceptXSetName(std::string_view fileName)
{
    constexpr std::size_t kEndingLength = 5;
    const auto parts = split(fileName, "_");
    if (parts.size() < 2)
        return std::string(fileName.substr(0, fileName.rfind('.')));
    const std::string_view part = parts[1];
    return std::string(part.substr(0, part.size() - std::min(part.size(), kEndingLength)));
}

} // namespace palimpsest::label
