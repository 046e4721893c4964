// Sources that look at a word's characters: casing, numeric, word length.

#include <array>
#include <memory>
#include <vector>

#include "label/regex.h"
#include "label/source_parts.h"
#include "label/sources/sources.h"
#include "label/text.h"

namespace palimpsest::label {

using Made = base::Result<std::unique_ptr<LabelSource>>;

namespace {

/// ConceptX's generator; its aligner expects other names, which is part of what it does.
base::Status caseAsConceptX(std::string_view word, const LabelSink& sink)
{
    const std::u32string characters = codePoints(word);
    if (isLower(characters))
        sink("LC");
    else if (isUpper(characters))
        sink("UC");
    else
        sink(isAlpha(characters) ? "MC" : "NO_UNK");
    return {};
}

/// A single capital letter ("I", "A") is upper and title case.
base::Status caseOf(std::string_view word, const LabelSink& sink)
{
    const std::u32string characters = codePoints(word);
    const auto all = [&](bool (*test)(char32_t)) {
        return !characters.empty() && std::all_of(characters.begin(), characters.end(), test);
    };
    const bool upper = isUpper(characters);
    const bool title = isTitle(characters);
    if (isLower(characters))
        sink("lower");
    if (upper)
        sink("UPPER");
    if (title)
        sink("Title");
    if (!upper && !title && !isLower(characters)) {
        const auto isCased = [](char32_t c) {
            const std::u32string one(1, c);
            return isLower(one) || isUpper(one);
        };
        if (std::any_of(characters.begin(), characters.end(), isCased))
            sink("MiXed");
    }
    if (std::none_of(characters.begin(), characters.end(), isLetter)
        && std::any_of(characters.begin(), characters.end(), isDigit))
        sink("digits");
    if (all(isPunctuation))
        sink("punctuation");
    return {};
}

Made makeCasing(const SourceSetup& setup)
{
    return wordSource("Casing", setup.asConceptX ? caseAsConceptX : caseOf);
}

base::Status lengthOf(std::string_view word, const LabelSink& sink)
{
    constexpr std::size_t kLongest = 15;
    const std::size_t length = codePoints(word).size();
    sink(length < kLongest ? std::to_string(length) : std::to_string(kLongest) + "+");
    return {};
}

struct NumberKind {
    const char* label;
    const char* pattern;
};

// A word may be of several kinds ("1998" is an integer and a year).
constexpr std::array kNumberKinds{
    NumberKind{"integer", R"(^[+\-−]?(\d+|\d{1,3}(,\d{3})+)$)"},
    NumberKind{"decimal", R"(^[+\-−]?(\d+|\d{1,3}(,\d{3})+)?\.\d+$)"},
    NumberKind{"year", R"(^(1[0-9]|20)\d\d$)"},
    NumberKind{"decade", R"(^'?(\d\d)?\d0'?s$)"},
    NumberKind{"ordinal", R"(^\d+(st|nd|rd|th)$)"},
    NumberKind{"percentage", R"(^[+\-−]?[\d.,]+%$)"},
    NumberKind{"amount of money", R"(^\p{Sc}[\d.,]*\d\w*$)"},
    NumberKind{"time", R"(^\d{1,2}:\d\d(:\d\d)?([ap]m)?$|^\d{1,2}[ap]m$)"},
    NumberKind{"date", R"(^\d{1,4}([\-/.])\d{1,2}\1\d{1,4}$)"},
    NumberKind{"fraction", R"(^\d+/\d+$)"},
    NumberKind{"range or score", R"(^\d+[\-–:]\d+$)"},
    NumberKind{"number word",
        "^(zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
        "sixteen|seventeen|eighteen|nineteen|(twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|"
        "(m|b|tr)illion)s?$"},
};

Made makeNumeric(const SourceSetup&)
{
    const auto patterns = std::make_shared<std::vector<std::pair<const char*, WordPattern>>>();
    for (const NumberKind& kind : kNumberKinds) {
        PALIMPSEST_TRY(pattern, WordPattern::compile(kind.pattern, false, kind.label));
        patterns->emplace_back(kind.label, std::move(pattern));
    }
    return wordSource("Numeric", [patterns](std::string_view word, const LabelSink& sink) -> base::Status {
        bool any = false;
        for (const auto& [label, pattern] : *patterns) {
            PALIMPSEST_TRY(found, pattern.matches(word));
            if (found)
                sink(label);
            any = any || found;
        }
        const std::u32string characters = codePoints(word);
        if (!any && std::any_of(characters.begin(), characters.end(), isDigit))
            sink("other with digits");
        return {};
    });
}

} // namespace

const SourceDescriptor kCasing{"casing", "Casing", {}, makeCasing};
const SourceDescriptor kNumeric{"numeric", "Numbers", {}, makeNumeric};
const SourceDescriptor kWordLength{"length", "Word length", {},
    [](const SourceSetup&) -> Made { return wordSource("WordLength", lengthOf); }};

} // namespace palimpsest::label
