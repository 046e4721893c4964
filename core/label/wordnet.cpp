#include "label/wordnet.h"

#include <algorithm>
#include <charconv>
#include <span>

#include "label/text.h"

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::array<std::string_view, kPartOfSpeechCount> kEndings{"noun", "verb", "adj", "adv"};
constexpr std::string_view kLetters = "nvar";

// lexnames(5), in order of the file numbers.
constexpr std::array<std::string_view, 45> kClasses{"adj.all", "adj.pert", "adv.all", "noun.Tops", "noun.act",
    "noun.animal", "noun.artifact", "noun.attribute", "noun.body", "noun.cognition", "noun.communication",
    "noun.event", "noun.feeling", "noun.food", "noun.group", "noun.location", "noun.motive", "noun.object",
    "noun.person", "noun.phenomenon", "noun.plant", "noun.possession", "noun.process", "noun.quantity",
    "noun.relation", "noun.shape", "noun.state", "noun.substance", "noun.time", "verb.body", "verb.change",
    "verb.cognition", "verb.communication", "verb.competition", "verb.consumption", "verb.contact",
    "verb.creation", "verb.emotion", "verb.motion", "verb.perception", "verb.possession", "verb.social",
    "verb.stative", "verb.weather", "adj.ppl"};

struct Detachment {
    std::string_view suffix;
    std::string_view ending;
};

// morphy(7WN), "Rules of Detachment"; adverbs have none.
constexpr std::array kNounRules{Detachment{"s", ""}, Detachment{"ses", "s"}, Detachment{"xes", "x"},
    Detachment{"zes", "z"}, Detachment{"ches", "ch"}, Detachment{"shes", "sh"}, Detachment{"men", "man"},
    Detachment{"ies", "y"}};
constexpr std::array kVerbRules{Detachment{"s", ""}, Detachment{"ies", "y"}, Detachment{"es", "e"},
    Detachment{"es", ""}, Detachment{"ed", "e"}, Detachment{"ed", ""}, Detachment{"ing", "e"},
    Detachment{"ing", ""}};
constexpr std::array kAdjectiveRules{
    Detachment{"er", ""}, Detachment{"est", ""}, Detachment{"er", "e"}, Detachment{"est", "e"}};

std::span<const Detachment> rulesOf(PartOfSpeech pos)
{
    switch (pos) {
    case PartOfSpeech::Noun:
        return kNounRules;
    case PartOfSpeech::Verb:
        return kVerbRules;
    case PartOfSpeech::Adjective:
        return kAdjectiveRules;
    case PartOfSpeech::Adverb:
        break;
    }
    return {};
}

std::string_view textOf(const base::MappedFile& file)
{
    const auto bytes = file.bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The line that begins with `key` and a space, by bisection over the bytes of a sorted file.
std::string_view findLine(std::string_view text, std::string_view key)
{
    std::size_t low = 0, high = text.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        std::size_t begin = middle == 0 ? std::string_view::npos : text.rfind('\n', middle - 1);
        begin = begin == std::string_view::npos ? 0 : begin + 1;
        const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
        const int order = line.substr(0, line.find(' ')).compare(key);
        if (order == 0)
            return line;
        if (order < 0)
            low = begin + line.size() + 1;
        else
            high = begin;
    }
    return {};
}

template <typename Number>
bool parse(std::string_view text, Number& number, int base = 10)
{
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    return code == std::errc() && end == text.data() + text.size();
}

} // namespace

std::string_view lexicographerClass(std::uint32_t number)
{
    return number < kClasses.size() ? kClasses[number] : std::string_view();
}

base::Result<WordNet> WordNet::open(const std::filesystem::path& folder)
{
    WordNet wordNet;
    wordNet.m_folder = folder;
    for (std::size_t pos = 0; pos < kPartOfSpeechCount; ++pos) {
        const std::string ending(kEndings[pos]);
        auto index = base::MappedFile::open(folder / ("index." + ending));
        auto data = base::MappedFile::open(folder / ("data." + ending));
        auto exceptions = base::MappedFile::open(folder / (ending + ".exc"));
        if (!index || !data || !exceptions) {
            return Error{ErrorCode::NotFound,
                folder.string() + " lacks WordNet's files of " + ending
                    + "; install the package wordnet-base or give the folder with index.noun and data.noun"};
        }
        wordNet.m_index[pos] = std::move(index).value();
        wordNet.m_data[pos] = std::move(data).value();
        wordNet.m_exceptions[pos] = std::move(exceptions).value();
    }
    return wordNet;
}

std::string_view WordNet::exceptions(std::string_view word, PartOfSpeech pos) const
{
    const std::string_view line = findLine(textOf(m_exceptions[static_cast<std::size_t>(pos)]), word);
    const std::size_t space = line.find(' ');
    return space == std::string_view::npos ? std::string_view() : line.substr(space + 1);
}

std::vector<std::string> WordNet::baseForms(std::string_view word, PartOfSpeech pos) const
{
    std::vector<std::string> forms;
    const auto addKnown = [&](std::string form) {
        if (!senses(form, pos).empty() && std::find(forms.begin(), forms.end(), form) == forms.end())
            forms.push_back(std::move(form));
    };
    addKnown(std::string(word));
    const auto irregular = splitAtBlanks(exceptions(word, pos));
    for (const std::string_view form : irregular)
        addKnown(std::string(form));
    if (!irregular.empty())
        return forms;

    std::string_view stem = word;
    std::string_view tail;
    if (pos == PartOfSpeech::Noun) {
        // "boxesful" is "boxful"; "ss" and very short words are no plurals (morph.c).
        if (stem.ends_with("ful")) {
            tail = "ful";
            stem.remove_suffix(tail.size());
        } else if (stem.ends_with("ss") || stem.size() <= 2) {
            return forms;
        }
    }
    for (const Detachment& rule : rulesOf(pos)) {
        if (!stem.ends_with(rule.suffix))
            continue;
        std::string form(stem.substr(0, stem.size() - rule.suffix.size()));
        form += rule.ending;
        form += tail;
        addKnown(std::move(form));
    }
    return forms;
}

std::vector<std::uint32_t> WordNet::senses(std::string_view lemma, PartOfSpeech pos) const
{
    // lemma pos synset_cnt p_cnt [symbol…] sense_cnt tagsense_cnt offset…
    const auto fields = splitAtBlanks(findLine(textOf(m_index[static_cast<std::size_t>(pos)]), lemma));
    std::size_t pointers = 0;
    if (lemma.empty() || fields.size() < 6 || !parse(fields[3], pointers) || pointers > fields.size())
        return {};
    std::vector<std::uint32_t> offsets;
    for (std::size_t field = 6 + pointers; field < fields.size(); ++field) {
        std::uint32_t offset = 0;
        if (parse(fields[field], offset))
            offsets.push_back(offset);
    }
    return offsets;
}

base::Result<Synset> WordNet::synset(PartOfSpeech pos, std::uint32_t offset) const
{
    const std::string_view text = textOf(m_data[static_cast<std::size_t>(pos)]);
    const auto broken = [&] {
        return Error{ErrorCode::Malformed,
            m_folder.string() + " is damaged: data." + std::string(kEndings[static_cast<std::size_t>(pos)])
                + " has no synset at byte " + std::to_string(offset) + "; install WordNet again"};
    };
    if (offset >= text.size())
        return broken();
    const std::string_view line = text.substr(offset, text.find('\n', offset) - offset);
    // offset lex_filenum ss_type w_cnt(hex) [word lex_id]… p_cnt [symbol offset pos source/target]… | gloss
    const auto fields = splitAtBlanks(line.substr(0, line.find('|')));
    Synset synset;
    synset.pos = pos;
    synset.offset = offset;
    std::uint32_t written = 0;
    std::size_t words = 0, pointers = 0;
    if (fields.size() < 7 || !parse(fields[0], written) || written != offset
        || !parse(fields[1], synset.lexicographerFile) || !parse(fields[3], words, 16)
        || words > fields.size() || 4 + 2 * words >= fields.size() || !parse(fields[4 + 2 * words], pointers)
        || pointers > fields.size())
        return broken();
    synset.firstWord = fields[4];
    const std::size_t firstPointer = 5 + 2 * words;
    for (std::size_t p = 0; p < pointers; ++p) {
        const std::size_t at = firstPointer + 4 * p;
        if (at + 2 >= fields.size())
            return broken();
        std::uint32_t target = 0;
        if ((fields[at] == "@" || fields[at] == "@i") && parse(fields[at + 1], target))
            synset.hypernyms.push_back(target);
    }
    return synset;
}

base::Result<std::vector<Synset>> WordNet::hypernymPath(const Synset& synset) const
{
    constexpr std::size_t kDeepest = 100; // WordNet 3.0 has 20 levels; a damaged file may have a circle
    std::vector<Synset> path{synset};
    while (!path.back().hypernyms.empty() && path.size() < kDeepest) {
        PALIMPSEST_TRY(parent, this->synset(synset.pos, path.back().hypernyms.front()));
        path.push_back(std::move(parent));
    }
    std::reverse(path.begin(), path.end());
    return path;
}

std::string WordNet::synsetName(const Synset& synset) const
{
    const auto all = senses(lowerCase(synset.firstWord), synset.pos);
    const auto number = std::find(all.begin(), all.end(), synset.offset) - all.begin() + 1;
    std::string name = synset.firstWord;
    name += '.';
    name += kLetters[static_cast<std::size_t>(synset.pos)];
    name += number < 10 ? ".0" : ".";
    return name + std::to_string(number);
}

} // namespace palimpsest::label
