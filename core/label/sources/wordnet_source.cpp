// WordNet: lexicographer classes of words, or their hypernyms at a depth.

#include <array>
#include <memory>
#include <string>
#include <utility>

#include "label/source_parts.h"
#include "label/sources/sources.h"
#include "label/text.h"
#include "label/wordnet.h"

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kDeepest = 20;

constexpr std::array kWordnetSourceOptions{
    OptionDescriptor{
        "kind", "class", "class: lexicographer classes (noun.animal); hypernym: synsets at a depth"},
    OptionDescriptor{"depth", "4", "Steps from the root (entity.n.01 is 0) for kind=hypernym"},
    OptionDescriptor{
        "senses", "first", "first: the most frequent sense of each part of speech; all: every sense"},
    OptionDescriptor{"pos", "nvar", "Parts of speech to look in: n noun, v verb, a adjective, r adverb"},
    OptionDescriptor{"folder", "/usr/share/wordnet", "Folder with index.noun, data.noun, … (wordnet-base)"},
};

struct Choice {
    bool hypernym = false;
    bool allSenses = false;
    std::size_t depth = 0;
    std::vector<PartOfSpeech> parts;
};

base::Result<Choice> readChoice(const SourceSetup& setup)
{
    Choice choice;
    const std::string kind = optionOf(setup, kWordnetSourceOptions, "kind");
    const std::string senses = optionOf(setup, kWordnetSourceOptions, "senses");
    const std::string parts = optionOf(setup, kWordnetSourceOptions, "pos");
    PALIMPSEST_TRY(depth, countOption(setup, kWordnetSourceOptions, "depth", 0, kDeepest));
    if (kind != "class" && kind != "hypernym")
        return Error{ErrorCode::InvalidArgument, "kind is \"" + kind + "\"; it must be class or hypernym"};
    if (senses != "first" && senses != "all")
        return Error{ErrorCode::InvalidArgument, "senses is \"" + senses + "\"; it must be first or all"};
    for (const char letter : parts) {
        const std::size_t pos = std::string_view("nvar").find(letter);
        if (pos == std::string_view::npos) {
            return Error{ErrorCode::InvalidArgument,
                "pos is \"" + parts + "\"; it may hold n (noun), v (verb), a (adjective) and r (adverb)"};
        }
        choice.parts.push_back(static_cast<PartOfSpeech>(pos));
    }
    choice.hypernym = kind == "hypernym";
    choice.allSenses = senses == "all";
    choice.depth = depth;
    return choice;
}

base::Status labelSense(
    const WordNet& wordNet, const Synset& synset, const Choice& choice, const LabelSink& sink)
{
    if (!choice.hypernym) {
        sink(lexicographerClass(synset.lexicographerFile));
        return {};
    }
    PALIMPSEST_TRY(path, wordNet.hypernymPath(synset));
    if (choice.depth < path.size())
        sink(wordNet.synsetName(path[choice.depth]));
    return {};
}

base::Result<std::unique_ptr<LabelSource>> makeWordnetSource(const SourceSetup& setup)
{
    PALIMPSEST_TRY(choice, readChoice(setup));
    PALIMPSEST_TRY(opened, WordNet::open(optionOf(setup, kWordnetSourceOptions, "folder")));
    const auto wordNet = std::make_shared<const WordNet>(std::move(opened));
    const std::string name = choice.hypernym ? "WordNet-depth-" + std::to_string(choice.depth) : "WordNet";
    return wordSource(
        name, [wordNet, choice = choice](std::string_view word, const LabelSink& sink) -> base::Status {
            const std::string lower = lowerCase(word);
            for (const PartOfSpeech pos : choice.parts) {
                for (const std::string& lemma : wordNet->baseForms(lower, pos)) {
                    const auto senses = wordNet->senses(lemma, pos);
                    const std::size_t count = choice.allSenses ? senses.size() : 1;
                    for (std::size_t sense = 0; sense < std::min(count, senses.size()); ++sense) {
                        PALIMPSEST_TRY(synset, wordNet->synset(pos, senses[sense]));
                        PALIMPSEST_CHECK(labelSense(*wordNet, synset, choice, sink));
                    }
                    // A word that is itself in WordNet ("building") is read as it stands.
                    if (!choice.allSenses)
                        break;
                }
            }
            return {};
        });
}

} // namespace

const SourceDescriptor kWordNet{
    "wordnet", "WordNet classes and hypernyms", kWordnetSourceOptions, makeWordnetSource};

} // namespace palimpsest::label
