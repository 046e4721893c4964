#include "support/sample_project.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <span>
#include <sstream>

#include "activation/activation_store.h"
#include "cluster/ward.h"
#include "pipeline/study.h"
#include "project/project_file.h"

namespace palimpsest::testing {

namespace {

constexpr std::size_t kSentences = 40;
constexpr std::size_t kDimensions = 12;
constexpr int kLayers = 3;

struct Sentence {
    std::vector<std::string> words;
    std::int32_t label = 0;
};

template <std::size_t Count>
const char* pick(const std::array<const char*, Count>& words, std::mt19937& random)
{
    return words[random() % Count]; // not std::uniform_int_distribution: its values differ between libraries
}

std::vector<Sentence> sampleSentences()
{
    constexpr std::array subjects{"film", "movie", "story", "plot", "cast", "script", "director", "ending"};
    constexpr std::array verbs{"is", "was", "feels", "seems", "remains"};
    constexpr std::array adverbs{"truly", "often", "quite", "very", "never", "almost"};
    constexpr std::array good{"wonderful", "moving", "charming", "clever", "warm", "delightful"};
    constexpr std::array bad{"dull", "awful", "clumsy", "boring", "flat", "tedious"};
    std::mt19937 random(2026);
    std::vector<Sentence> sentences;
    for (std::size_t i = 0; i < kSentences; ++i) {
        const bool positive = i % 2 == 1;
        const auto opinion = [&] { return std::string(positive ? pick(good, random) : pick(bad, random)); };
        Sentence sentence;
        sentence.label = positive ? 1 : 0;
        sentence.words = {"the", pick(subjects, random), pick(verbs, random), pick(adverbs, random),
            opinion(), "and", opinion(), "."};
        sentences.push_back(std::move(sentence));
    }
    return sentences;
}

base::Result<std::shared_ptr<const corpus::TokenTable>> sampleTokens(const std::vector<Sentence>& sentences)
{
    corpus::CorpusParts parts;
    parts.classNames = {"negative", "positive"};
    parts.sentenceStart.push_back(0);
    std::uint32_t line = 2; // after the header
    for (const Sentence& sentence : sentences) {
        for (const std::string& word : sentence.words) {
            const auto known = std::find(parts.vocabulary.begin(), parts.vocabulary.end(), word);
            parts.words.push_back(static_cast<std::uint32_t>(known - parts.vocabulary.begin()));
            if (known == parts.vocabulary.end())
                parts.vocabulary.push_back(word);
        }
        parts.sentenceStart.push_back(static_cast<std::uint32_t>(parts.words.size()));
        parts.sentenceClass.push_back(sentence.label);
        parts.sourceLine.push_back(line++);
    }
    PALIMPSEST_TRY(corpus, corpus::Corpus::fromParts(std::move(parts)));
    return corpus::filterOccurrences(corpus, {}, {});
}

float unit(std::mt19937& random)
{
    return static_cast<float>(random() % 20001) / 10000.0F - 1.0F;
}

/// A word has a place of its own; occurrences scatter around it; fine-tuning pulls each towards its class.
std::vector<float> sampleVectors(const corpus::TokenTable& tokens, bool fineTuned, int layer)
{
    std::vector<float> places(tokens.corpus().parts().vocabulary.size() * kDimensions);
    std::mt19937 placeRandom(7);
    for (float& value : places)
        value = unit(placeRandom);
    std::mt19937 random(static_cast<std::mt19937::result_type>(100 + layer));
    std::mt19937 shiftRandom(static_cast<std::mt19937::result_type>(200 + layer));
    const float pull = fineTuned ? static_cast<float>(layer * layer) * 1.5F : 0.0F;
    std::vector<float> vectors;
    for (std::size_t row = 0; row < tokens.size(); ++row) {
        const auto id = base::toId<base::TokenId>(row);
        const std::size_t place = base::toIndex(tokens.token(id).word) * kDimensions;
        const float side = tokens.classOf(id) == 1 ? 1.0F : -1.0F;
        for (std::size_t dimension = 0; dimension < kDimensions; ++dimension) {
            float value = places[place + dimension] + 0.25F * unit(random);
            if (fineTuned)
                value += 0.15F * static_cast<float>(layer * layer) * unit(shiftRandom);
            if (dimension == 0)
                value += side * pull;
            vectors.push_back(value);
        }
    }
    return vectors;
}

base::Status writeLayer(
    project::ProjectFile& file, const corpus::TokenTable& tokens, project::Side side, int layer)
{
    const auto vectors = sampleVectors(tokens, side == project::Side::FineTuned, layer);
    const base::MatrixView rows{vectors.data(), tokens.size(), kDimensions};
    PALIMPSEST_TRY(linkage, cluster::wardLinkage(rows, {}, {}));
    const auto key = base::FingerprintBuilder().add(project::linkageStage(side, layer)).finish();
    return file.writeLinkage(side, layer, linkage, key);
}

} // namespace

base::Status writeSampleProject(const std::filesystem::path& path, const SampleOptions& options)
{
    PALIMPSEST_TRY(tokens, sampleTokens(sampleSentences()));
    PALIMPSEST_TRY(file, project::ProjectFile::openOrCreate(path));
    PALIMPSEST_CHECK(file.writeTokens(*tokens, base::FingerprintBuilder().add("sample").finish()));
    pipeline::Study study;
    study.base = options.base;
    study.fineTuned = options.fineTuned;
    study.corpus = options.corpus;
    study.reading.textColumn = "sentence";
    study.reading.labelColumn = "label";
    for (int layer = 0; layer < kLayers; ++layer)
        study.layers.push_back(layer);
    study.k = static_cast<std::uint32_t>(options.k);
    study.theta = options.theta;
    for (const auto& [name, value] : pipeline::studyValues(study))
        PALIMPSEST_CHECK(file.setValue(name, value));
    for (const int layer : options.layers) {
        PALIMPSEST_CHECK(writeLayer(file, *tokens, project::Side::Base, layer));
        PALIMPSEST_CHECK(writeLayer(file, *tokens, project::Side::FineTuned, layer));
    }
    return {};
}

base::Status writeSampleActivations(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(tokens, sampleTokens(sampleSentences()));
    std::filesystem::path cache = path;
    cache += ".cache";
    std::error_code code;
    std::filesystem::create_directories(cache, code);
    for (const project::Side side : {project::Side::Base, project::Side::FineTuned}) {
        std::vector<int> layers;
        for (int layer = 0; layer < kLayers; ++layer)
            layers.push_back(layer);
        const auto folder = cache / (std::string(project::sideName(side)) + "-" + std::string(32, '0'));
        PALIMPSEST_TRY(
            writer, activation::ActivationStoreWriter::create(folder, layers, tokens->size(), kDimensions));
        const auto destinations = writer.destinations();
        for (const int layer : layers) {
            const auto vectors = sampleVectors(*tokens, side == project::Side::FineTuned, layer);
            std::ranges::copy(std::as_bytes(std::span(vectors)),
                destinations[static_cast<std::size_t>(layer)].bytes.begin());
        }
        PALIMPSEST_CHECK(writer.commit());
    }
    return {};
}

std::string sampleTable()
{
    std::ostringstream table;
    table << "sentence\tlabel\n";
    for (const Sentence& sentence : sampleSentences()) {
        for (std::size_t i = 0; i < sentence.words.size(); ++i)
            table << (i > 0 ? " " : "") << sentence.words[i];
        table << '\t' << (sentence.label == 1 ? "positive" : "negative") << '\n';
    }
    return table.str();
}

} // namespace palimpsest::testing
