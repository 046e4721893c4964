// A person's own lists: words and names (gazetteers), and regular expressions.

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "label/regex.h"
#include "label/source_parts.h"
#include "label/sources/sources.h"
#include "label/text.h"
#include "label/text_lines.h"

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;
using Made = base::Result<std::unique_ptr<LabelSource>>;

namespace {

constexpr std::array kListOptions{
    OptionDescriptor{"file", "", "Lines with a word or a name of several words; after a tab its label"},
    OptionDescriptor{"label", "", "Label of lines without one (default: the file's name)"},
    OptionDescriptor{"name", "", "Name of the label set (default: the file's name)"},
    OptionDescriptor{"case", "yes", "yes: capital letters differ from small ones"},
};

constexpr std::array kPatternOptions{
    OptionDescriptor{"file", "", "Lines label<TAB>regular expression"},
    OptionDescriptor{"pattern", "", "One regular expression instead of a file"},
    OptionDescriptor{"label", "match", "Its label"},
    OptionDescriptor{"name", "", "Name of the label set (default: the file's name, or the label)"},
    OptionDescriptor{"case", "yes", "yes: capital letters differ from small ones"},
};

struct Entry {
    std::vector<std::string> words;
    std::string label;
};

/// Names by their first word, the longest first.
using Entries = std::unordered_map<std::string, std::vector<Entry>>;

class WordListSource : public LabelSource {
public:
    WordListSource(std::string name, Entries entries, bool caseSensitive)
        : m_name(std::move(name))
        , m_entries(std::move(entries))
        , m_caseSensitive(caseSensitive)
    {
    }

    /// In each sentence from left to right the longest name wins, and its words are not used again.
    base::Result<std::shared_ptr<const LabelTable>> label(
        const corpus::TokenTable& tokens, const base::JobContext& ctx) const override
    {
        const corpus::Corpus& corpus = tokens.corpus();
        std::vector<std::string> words;
        for (const std::string& word : corpus.parts().vocabulary)
            words.push_back(m_caseSensitive ? word : lowerCase(word));

        LabelTableBuilder builder(m_name);
        std::vector<std::vector<const std::string*>> marks;
        std::size_t marked = corpus.sentenceCount();
        for (const corpus::Token& token : tokens.rows()) {
            const std::size_t sentence = base::toIndex(token.sentence);
            if (sentence != marked) {
                if (ctx.stopRequested())
                    return base::cancelled();
                ctx.progress(static_cast<double>(sentence) / static_cast<double>(corpus.sentenceCount()),
                    "Looking for listed words");
                marks = marksOf(corpus.wordsOf(token.sentence), words);
                marked = sentence;
            }
            for (const std::string* label : marks[token.position])
                builder.add(*label);
            builder.endRow();
        }
        return std::move(builder).finish();
    }

private:
    std::vector<std::vector<const std::string*>> marksOf(
        std::span<const std::uint32_t> sentence, const std::vector<std::string>& words) const
    {
        std::vector<std::vector<const std::string*>> marks(sentence.size());
        for (std::size_t begin = 0; begin < sentence.size();) {
            std::size_t length = 0;
            if (const auto found = m_entries.find(words[sentence[begin]]); found != m_entries.end()) {
                for (const Entry& entry : found->second) {
                    if (entry.words.size() < length)
                        break; // only labels of the same, longest name are added
                    if (!stands(entry, sentence.subspan(begin), words))
                        continue;
                    length = entry.words.size();
                    for (std::size_t w = 0; w < length; ++w)
                        marks[begin + w].push_back(&entry.label);
                }
            }
            begin += std::max<std::size_t>(length, 1);
        }
        return marks;
    }

    static bool stands(
        const Entry& entry, std::span<const std::uint32_t> here, const std::vector<std::string>& words)
    {
        if (entry.words.size() > here.size())
            return false;
        for (std::size_t w = 0; w < entry.words.size(); ++w) {
            if (words[here[w]] != entry.words[w])
                return false;
        }
        return true;
    }

    std::string m_name;
    Entries m_entries;
    bool m_caseSensitive;
};

Made makeList(const SourceSetup& setup)
{
    PALIMPSEST_TRY(file, requiredOption(setup, kListOptions, "file"));
    PALIMPSEST_TRY(caseSensitive, flagOption(setup, kListOptions, "case"));
    PALIMPSEST_TRY(text, readTextFile(file));
    const std::string stem = std::filesystem::path(file).stem().string();
    std::string name = optionOf(setup, kListOptions, "name");
    std::string standard = optionOf(setup, kListOptions, "label");
    if (name.empty())
        name = stem;
    if (standard.empty())
        standard = stem;
    Entries entries;
    LineReader lines(text);
    while (lines.next()) {
        const std::size_t tab = lines.line().find('\t');
        Entry entry;
        entry.label = tab == std::string_view::npos ? standard : std::string(lines.line().substr(tab + 1));
        for (const std::string_view word : splitAtBlanks(lines.line().substr(0, tab)))
            entry.words.push_back(caseSensitive ? std::string(word) : lowerCase(word));
        if (entry.words.empty() || entry.words[0].starts_with('#'))
            continue;
        if (entry.label.empty()) {
            return Error{ErrorCode::Malformed,
                place(file, lines.number())
                    + " has an empty label after the tab; write one or remove the tab"};
        }
        entries[entry.words[0]].push_back(std::move(entry));
    }
    for (auto& [word, list] : entries) {
        std::stable_sort(list.begin(), list.end(),
            [](const Entry& a, const Entry& b) { return a.words.size() > b.words.size(); });
    }
    return std::unique_ptr<LabelSource>(
        std::make_unique<WordListSource>(std::move(name), std::move(entries), caseSensitive));
}

using Patterns = std::vector<std::pair<std::string, WordPattern>>;

base::Result<Patterns> readPatterns(const SourceSetup& setup, bool caseSensitive)
{
    Patterns patterns;
    const std::string file = optionOf(setup, kPatternOptions, "file");
    const std::string single = optionOf(setup, kPatternOptions, "pattern");
    if (file.empty() == single.empty()) {
        return Error{ErrorCode::InvalidArgument,
            "The label source patterns needs either a file or a pattern; give file= or pattern="};
    }
    if (!single.empty()) {
        PALIMPSEST_TRY(pattern, WordPattern::compile(single, caseSensitive, "The pattern given"));
        patterns.emplace_back(optionOf(setup, kPatternOptions, "label"), std::move(pattern));
        return patterns;
    }
    PALIMPSEST_TRY(text, readTextFile(file));
    LineReader lines(text);
    while (lines.next()) {
        if (lines.line().empty() || lines.line().starts_with('#'))
            continue;
        const std::size_t tab = lines.line().find('\t');
        if (tab == 0 || tab == std::string_view::npos || tab + 1 == lines.line().size()) {
            return Error{ErrorCode::Malformed,
                place(file, lines.number()) + " is not label<TAB>regular expression; correct the line"};
        }
        PALIMPSEST_TRY(pattern,
            WordPattern::compile(lines.line().substr(tab + 1), caseSensitive, place(file, lines.number())));
        patterns.emplace_back(lines.line().substr(0, tab), std::move(pattern));
    }
    return patterns;
}

Made makePatterns(const SourceSetup& setup)
{
    PALIMPSEST_TRY(caseSensitive, flagOption(setup, kPatternOptions, "case"));
    PALIMPSEST_TRY(list, readPatterns(setup, caseSensitive));
    std::string name = optionOf(setup, kPatternOptions, "name");
    if (name.empty()) {
        const std::string file = optionOf(setup, kPatternOptions, "file");
        name = file.empty() ? optionOf(setup, kPatternOptions, "label")
                            : std::filesystem::path(file).stem().string();
    }
    const auto patterns = std::make_shared<const Patterns>(std::move(list));
    return wordSource(
        std::move(name), [patterns](std::string_view word, const LabelSink& sink) -> base::Status {
            for (const auto& [label, pattern] : *patterns) {
                PALIMPSEST_TRY(found, pattern.matches(word));
                if (found)
                    sink(label);
            }
            return {};
        });
}

} // namespace

const SourceDescriptor kWordList{"words", "Own list of words and names", kListOptions, makeList};
const SourceDescriptor kPatterns{"patterns", "Own regular expressions", kPatternOptions, makePatterns};

} // namespace palimpsest::label
