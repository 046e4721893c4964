// Prefixes and suffixes: the longest of an editable list, or ConceptX's rule to the letter.

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "label/affixes.h"
#include "label/source_parts.h"
#include "label/sources/sources.h"
#include "label/text.h"
#include "label/text_lines.h"

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;
using Made = base::Result<std::unique_ptr<LabelSource>>;

namespace {

enum class Affix : std::uint8_t { Prefix, Suffix };

constexpr std::array kAffixOptions{
    OptionDescriptor{
        "list", "", "File with one affix a line (# starts a comment) instead of the built-in list"},
    OptionDescriptor{"stem", "3", "Letters that must be left without the affix"},
};

bool carries(std::string_view word, std::string_view affix, Affix kind)
{
    return word != affix && (kind == Affix::Prefix ? word.starts_with(affix) : word.ends_with(affix));
}

/// trivialLabels.py: `key value` lines, a later line of a known key changes the value but not the place; the
/// last entry that fits wins, since the test for a longer one looks for the wrong name.
base::Result<std::vector<std::string>> conceptXList(const std::string& file)
{
    PALIMPSEST_TRY(text, readTextFile(file));
    std::vector<std::pair<std::string, std::string>> entries;
    LineReader lines(text);
    while (lines.next()) {
        const auto fields = splitAtBlanks(lines.line());
        if (fields.size() < 2) {
            return Error{ErrorCode::Malformed,
                place(file, lines.number())
                    + " has no key and affix, which ConceptX's lists have on every line; give such a list"};
        }
        const auto known = std::find_if(
            entries.begin(), entries.end(), [&](const auto& entry) { return entry.first == fields[0]; });
        if (known != entries.end())
            known->second = fields[1];
        else
            entries.emplace_back(fields[0], fields[1]);
    }
    std::vector<std::string> affixes;
    for (auto& entry : entries)
        affixes.push_back(std::move(entry.second));
    return affixes;
}

Made makeAsConceptX(const SourceSetup& setup, Affix kind)
{
    const std::string file = optionOf(setup, kAffixOptions, "list");
    if (file.empty()) {
        return Error{ErrorCode::InvalidArgument,
            std::string("As ConceptX, this source needs ConceptX's own list; give --option list=")
                + (kind == Affix::Prefix ? "PrefixList" : "SuffixList") + " of its auto_labels/Trivials"};
    }
    PALIMPSEST_TRY(list, conceptXList(file));
    const auto affixes = std::make_shared<const std::vector<std::string>>(std::move(list));
    return wordSource(kind == Affix::Prefix ? "Prefixes" : "Suffixes",
        [affixes, kind](std::string_view word, const LabelSink& sink) -> base::Status {
            const std::string lower = kind == Affix::Prefix ? lowerCase(word) : std::string(word);
            const auto last = std::find_if(affixes->rbegin(), affixes->rend(),
                [&](const std::string& affix) { return carries(lower, affix, kind); });
            sink(last == affixes->rend() ? "NO_UNK" : std::string_view(*last));
            return {};
        });
}

base::Result<std::vector<std::string>> readAffixes(const std::string& file, std::string_view builtIn)
{
    std::string text(builtIn);
    if (!file.empty()) {
        PALIMPSEST_TRY(content, readTextFile(file));
        text = std::move(content);
    }
    std::vector<std::string> affixes;
    LineReader lines(text);
    while (lines.next()) {
        const auto fields = splitAtBlanks(lines.line());
        if (!fields.empty() && fields.front().front() != '#')
            affixes.push_back(lowerCase(fields.front()));
    }
    // The longest first: the first that fits is the label.
    std::stable_sort(affixes.begin(), affixes.end(), [](const std::string& a, const std::string& b) {
        return codePoints(a).size() > codePoints(b).size();
    });
    return affixes;
}

/// An affix is one of a word: of letters, with enough of them left.
Made makeAffix(const SourceSetup& setup, Affix kind)
{
    if (setup.asConceptX)
        return makeAsConceptX(setup, kind);
    PALIMPSEST_TRY(stem, countOption(setup, kAffixOptions, "stem", 1, 50));
    const bool prefix = kind == Affix::Prefix;
    PALIMPSEST_TRY(list,
        readAffixes(optionOf(setup, kAffixOptions, "list"), prefix ? kEnglishPrefixes : kEnglishSuffixes));
    const auto affixes = std::make_shared<const std::vector<std::string>>(std::move(list));
    return wordSource(prefix ? "Prefixes" : "Suffixes",
        [affixes, kind, stem = stem](std::string_view word, const LabelSink& sink) -> base::Status {
            const std::string lower = lowerCase(word);
            for (const std::string& affix : *affixes) {
                if (!carries(lower, affix, kind))
                    continue;
                const std::string_view rest = kind == Affix::Prefix
                    ? std::string_view(lower).substr(affix.size())
                    : std::string_view(lower).substr(0, lower.size() - affix.size());
                const std::u32string letters = codePoints(rest);
                if (static_cast<std::size_t>(std::count_if(letters.begin(), letters.end(), isLetter)) < stem)
                    continue;
                sink(kind == Affix::Prefix ? affix + "-" : "-" + affix);
                break;
            }
            return {};
        });
}

} // namespace

const SourceDescriptor kPrefixes{"prefixes", "Prefixes", kAffixOptions,
    [](const SourceSetup& setup) { return makeAffix(setup, Affix::Prefix); }};
const SourceDescriptor kSuffixes{"suffixes", "Suffixes", kAffixOptions,
    [](const SourceSetup& setup) { return makeAffix(setup, Affix::Suffix); }};

} // namespace palimpsest::label
