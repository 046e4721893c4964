// Writes a project of the size that the window has to carry, for bench_window:
// make_large_project OUT.palimpsest CORPUS.tsv [ROWS] [LAYERS]. The sentences of the corpus (columns 1 and 2:
// text, class) are repeated until there are ROWS words; activations are made up: a place for each word,
// senses around it, and from the middle layer on a pull towards the sentence's class in the fine-tuned model.
// The linkages are Ward's over groups of occurrences (word, sense and, where the model is pulled, class), so
// the trees are as deep and as uneven as real ones but take seconds, not hours.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "cluster/types_first.h"
#include "corpus/reader.h"
#include "pipeline/study.h"
#include "project/project_file.h"

namespace {

using namespace palimpsest;

constexpr std::size_t kDimensions = 16;
constexpr std::uint32_t kSenses = 6;

struct Size {
    std::size_t rows = 250'000;
    int layers = 13;
};

base::Result<std::shared_ptr<const corpus::Corpus>> repeated(const corpus::Corpus& source, std::size_t rows)
{
    corpus::CorpusParts parts;
    const corpus::CorpusParts& from = source.parts();
    parts.vocabulary = from.vocabulary;
    parts.classNames = from.classNames;
    parts.sentenceStart.push_back(0);
    for (std::size_t sentence = 0; parts.words.size() < rows;
         sentence = (sentence + 1) % from.sentenceClass.size()) {
        const auto words = source.wordsOf(base::toId<base::SentenceId>(sentence));
        const std::size_t taken = std::min(words.size(), rows - parts.words.size());
        parts.words.insert(
            parts.words.end(), words.begin(), words.begin() + static_cast<std::ptrdiff_t>(taken));
        parts.sentenceStart.push_back(static_cast<std::uint32_t>(parts.words.size()));
        parts.sentenceClass.push_back(from.sentenceClass[sentence]);
        parts.sourceLine.push_back(static_cast<std::uint32_t>(parts.sentenceClass.size()));
    }
    return corpus::Corpus::fromParts(std::move(parts));
}

float unit(std::mt19937& random)
{
    return static_cast<float>(random() % 20001) / 10000.0F - 1.0F;
}

base::Result<cluster::Linkage> madeLinkage(
    const corpus::TokenTable& tokens, bool fineTuned, int layer, int layers)
{
    const float depth = static_cast<float>(layer) / static_cast<float>(std::max(layers - 1, 1));
    const float pull = fineTuned ? std::max(0.0F, depth - 0.4F) * 3.0F : 0.0F;
    std::vector<float> places(tokens.corpus().parts().vocabulary.size() * kDimensions);
    std::mt19937 placeRandom(7);
    for (float& value : places)
        value = unit(placeRandom);
    std::mt19937 random(static_cast<std::mt19937::result_type>(100 * layer + (fineTuned ? 57 : 1)));
    std::vector<float> vectors(tokens.size() * kDimensions);
    std::vector<std::uint32_t> group(tokens.size());
    for (std::size_t row = 0; row < tokens.size(); ++row) {
        const auto id = base::toId<base::TokenId>(row);
        const auto word = static_cast<std::uint32_t>(base::toIndex(tokens.token(id).word));
        // Senses follow the sentence, so that both models find about the same ones.
        const auto sense = static_cast<std::uint32_t>(base::toIndex(tokens.token(id).sentence) % kSenses);
        const bool positive = tokens.classOf(id) == 1;
        group[row] = (word * kSenses + sense) * 2 + (pull > 0.0F && positive ? 1U : 0U);
        std::mt19937 senseRandom(word * 31 + sense);
        for (std::size_t dimension = 0; dimension < kDimensions; ++dimension)
            vectors[row * kDimensions + dimension] = places[word * kDimensions + dimension]
                + (0.2F + depth) * unit(senseRandom) + 0.1F * unit(random);
        vectors[row * kDimensions] += (positive ? pull : -pull);
    }
    return cluster::typesFirstLinkage({vectors.data(), tokens.size(), kDimensions}, group, {}, {});
}

base::Status write(const char* out, const char* corpusFile, Size size)
{
    corpus::ReadOptions reading;
    reading.textColumn = "1";
    reading.labelColumn = "2";
    PALIMPSEST_TRY(source, corpus::readCorpus(corpusFile, reading, {}));
    PALIMPSEST_TRY(corpus, repeated(*source, size.rows));
    PALIMPSEST_TRY(tokens, corpus::filterOccurrences(corpus, {}, {}));
    PALIMPSEST_TRY(file, project::ProjectFile::openOrCreate(out));
    PALIMPSEST_CHECK(file.writeTokens(*tokens, base::FingerprintBuilder().add("large").finish()));
    pipeline::Study study;
    study.base = "base-model";
    study.fineTuned = "fine-tuned-model";
    study.corpus = corpusFile;
    study.reading = reading;
    study.k = 600;
    for (int layer = 0; layer < size.layers; ++layer)
        study.layers.push_back(layer);
    PALIMPSEST_CHECK(file.setValues(pipeline::studyValues(study)));
    for (int layer = 0; layer < size.layers; ++layer) {
        for (const auto side : {project::Side::Base, project::Side::FineTuned}) {
            PALIMPSEST_TRY(
                linkage, madeLinkage(*tokens, side == project::Side::FineTuned, layer, size.layers));
            const auto key = base::FingerprintBuilder().add(project::linkageStage(side, layer)).finish();
            PALIMPSEST_CHECK(file.writeLinkage(side, layer, linkage, key));
            std::printf("%s written\n", project::linkageStage(side, layer).c_str());
            std::fflush(stdout);
        }
    }
    return {};
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3 || argc > 5) {
        std::fputs("usage: make_large_project OUT.palimpsest CORPUS.tsv [ROWS] [LAYERS]\n", stderr);
        return 2;
    }
    Size size;
    if (argc > 3)
        size.rows = std::strtoull(argv[3], nullptr, 10);
    if (argc > 4)
        size.layers = std::atoi(argv[4]);
    if (const base::Status status = write(argv[1], argv[2], size); !status) {
        std::fprintf(stderr, "make_large_project: %s\n", status.error().message.c_str());
        return 1;
    }
    return 0;
}
