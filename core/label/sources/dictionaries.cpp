// Dictionaries that give categories to words: LIWC's .dic format, lexicons of the NRC and VADER kind.

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "label/source_parts.h"
#include "label/sources/sources.h"
#include "label/text.h"
#include "label/text_lines.h"

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;
using Made = base::Result<std::unique_ptr<LabelSource>>;

namespace {

constexpr std::array kDicOptions{
    OptionDescriptor{"file", "", "A dictionary in LIWC's .dic format"},
    OptionDescriptor{"name", "LIWC", "Name of the label set"},
};

constexpr std::array kLexiconOptions{
    OptionDescriptor{
        "file", "", "Lines word<TAB>category<TAB>score (NRC; 0 means no) or word<TAB>mean<TAB>… (VADER)"},
    OptionDescriptor{"name", "", "Name of the label set (default: the file's name)"},
    OptionDescriptor{"neutral", "0", "VADER: scores of at most this size are neither positive nor negative"},
};

using Categories = std::vector<std::string>;

struct Dictionary {
    std::unordered_map<std::string, Categories> words;
    /// Entries that end in "*", without it, sorted: a word takes those of the longest that it begins with.
    std::map<std::string, Categories, std::less<>> beginnings;

    const Categories* find(const std::string& word) const
    {
        if (const auto exact = words.find(word); exact != words.end())
            return &exact->second;
        for (std::size_t length = word.size() + 1; length-- > 0 && !beginnings.empty();) {
            const auto found = beginnings.find(std::string_view(word).substr(0, length));
            if (found != beginnings.end())
                return &found->second;
        }
        return nullptr;
    }

    void add(std::string word, const Categories& categories)
    {
        Categories* entry = nullptr;
        if (word.ends_with('*')) {
            word.pop_back();
            entry = &beginnings[word];
        } else {
            entry = &words[word];
        }
        entry->insert(entry->end(), categories.begin(), categories.end());
    }
};

Made dictionarySource(std::string name, Dictionary dictionary)
{
    const auto shared = std::make_shared<const Dictionary>(std::move(dictionary));
    return wordSource(
        std::move(name), [shared](std::string_view word, const LabelSink& sink) -> base::Status {
            if (const Categories* categories = shared->find(lowerCase(word))) {
                for (const std::string& category : *categories)
                    sink(category);
            }
            return {};
        });
}

/// "%", lines `number<TAB>name`, "%", lines `word<TAB>number…`. Conditions in brackets, which LIWC 2007 has
/// for a few words, are left out.
base::Result<Dictionary> readDic(const std::string& file)
{
    PALIMPSEST_TRY(text, readTextFile(file));
    std::unordered_map<std::string, std::string> names;
    Dictionary dictionary;
    LineReader lines(text);
    int marks = 0;
    while (lines.next()) {
        const auto fields = splitAtBlanks(lines.line());
        if (fields.empty())
            continue;
        if (fields[0] == "%") {
            ++marks;
            continue;
        }
        if (marks == 0) {
            return Error{ErrorCode::Malformed,
                place(file, lines.number())
                    + ": a .dic file begins with a line %; give a file in LIWC's format"};
        }
        if (fields.size() < 2) {
            return Error{ErrorCode::Malformed,
                place(file, lines.number())
                    + (marks == 1 ? " has a category without a name" : " has a word without a category")
                    + "; correct the line"};
        }
        if (marks == 1) {
            std::string name(fields[1]);
            for (std::size_t f = 2; f < fields.size(); ++f)
                name += " " + std::string(fields[f]);
            names[std::string(fields[0])] = std::move(name);
            continue;
        }
        Categories categories;
        for (std::size_t f = 1; f < fields.size(); ++f) {
            const auto name = names.find(std::string(fields[f]));
            if (name != names.end()) {
                categories.push_back(name->second);
            } else if (fields[f].find_first_of("()<>/") == std::string_view::npos) {
                return Error{ErrorCode::Malformed,
                    place(file, lines.number()) + ": there is no category " + std::string(fields[f])
                        + " in the head of the file; correct the line"};
            }
        }
        dictionary.add(lowerCase(fields[0]), categories);
    }
    return dictionary;
}

bool parseNumber(std::string_view text, double& number)
{
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return code == std::errc() && end == text.data() + text.size();
}

/// NRC: word, category, 0 or 1 (or an intensity). VADER: word, mean valence, deviation, ratings.
base::Result<Dictionary> readLexicon(const std::string& file, double neutral)
{
    PALIMPSEST_TRY(text, readTextFile(file));
    Dictionary dictionary;
    LineReader lines(text);
    while (lines.next()) {
        const std::string_view line = lines.line();
        if (line.find_first_not_of(" \t") == std::string_view::npos)
            continue;
        const auto fields = split(line, "\t");
        double score = 0.0;
        if (fields.size() >= 2 && parseNumber(fields[1], score)) {
            if (score > neutral)
                dictionary.add(lowerCase(fields[0]), {"positive"});
            else if (score < -neutral)
                dictionary.add(lowerCase(fields[0]), {"negative"});
        } else if (fields.size() == 3 && parseNumber(fields[2], score)) {
            if (score > 0)
                dictionary.add(lowerCase(fields[0]), {std::string(fields[1])});
        } else if (lines.number() > 1) {
            // A first line of another kind is a heading.
            return Error{ErrorCode::Malformed,
                place(file, lines.number())
                    + " is neither word<TAB>category<TAB>score nor word<TAB>score; correct the line"};
        }
    }
    return dictionary;
}

Made makeDic(const SourceSetup& setup)
{
    PALIMPSEST_TRY(file, requiredOption(setup, kDicOptions, "file"));
    PALIMPSEST_TRY(dictionary, readDic(file));
    return dictionarySource(optionOf(setup, kDicOptions, "name"), std::move(dictionary));
}

Made makeLexicon(const SourceSetup& setup)
{
    PALIMPSEST_TRY(file, requiredOption(setup, kLexiconOptions, "file"));
    double neutral = 0.0;
    const std::string text = optionOf(setup, kLexiconOptions, "neutral");
    if (!parseNumber(text, neutral) || !(neutral >= 0.0)) {
        return Error{ErrorCode::InvalidArgument,
            "The option neutral is \"" + text + "\"; it must be a number that is not negative"};
    }
    PALIMPSEST_TRY(dictionary, readLexicon(file, neutral));
    std::string name = optionOf(setup, kLexiconOptions, "name");
    if (name.empty())
        name = std::filesystem::path(file).stem().string();
    return dictionarySource(std::move(name), std::move(dictionary));
}

} // namespace

const SourceDescriptor kLiwc{"liwc", "LIWC dictionary (.dic)", kDicOptions, makeDic};
const SourceDescriptor kLexicon{"lexicon", "Emotion lexicon (NRC, VADER)", kLexiconOptions, makeLexicon};

} // namespace palimpsest::label
