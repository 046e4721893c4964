// From two checkpoints and ConceptX's sentences to everything that its scripts wrote: the filtered
// vocabulary, the clusters and the alignment with labels. ConceptX's numbers of clusters are scikit-learn's
// and mean nothing; they are taken over where the partition is the same, and then the files must be equal.

#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <fstream>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "activation/extraction.h"
#include "align/conceptx_alignment.h"
#include "cluster/ward.h"
#include "concepts/concept_set.h"
#include "core/exchange/exchange_fixture.h"
#include "corpus/reader.h"
#include "exchange/alignment_json.h"
#include "exchange/cluster_lines.h"
#include "label/label_source.h"
#include "model/model.h"
#include "pipeline/encoded_corpus.h"
#include "support/reference.h"
#include "tensorfile/matrix_file.h"

using namespace palimpsest;
using nlohmann::json;
using testing::contentOf;
using testing::referenceDir;
using testing::sorted;
namespace fs = std::filesystem;

namespace {

constexpr int kLayer = 6;

base::Result<std::shared_ptr<const corpus::TokenTable>> filteredVocabulary(
    const fs::path& folder, const fs::path& text)
{
    std::ofstream stream(text, std::ios::binary);
    for (const json& sentence : json::parse(contentOf(folder / "sentences.json"), nullptr, false))
        stream << sentence.get<std::string>() << '\n';
    stream.close();
    PALIMPSEST_TRY(corpus, corpus::readCorpus(text, {}, {}));
    return corpus::filterOccurrences(corpus, {0, 1'000'000, 1'000'000}, {});
}

/// The lines of ConceptX's vocabulary: token|||occurrence|||sentence|||position.
std::string vocabularyOf(const corpus::TokenTable& tokens)
{
    std::string text;
    std::map<base::WordId, int> seen;
    for (const corpus::Token& token : tokens.rows())
        text += std::string(tokens.corpus().word(token.word)) + "|||" + std::to_string(++seen[token.word])
            + "|||" + std::to_string(base::toIndex(token.sentence)) + "|||" + std::to_string(token.position)
            + '\n';
    return text;
}

/// Our own activations of layer 6, one row per row of `tokens`.
base::Result<std::vector<float>> activations(const corpus::TokenTable& tokens, const fs::path& checkpoint)
{
    PALIMPSEST_TRY(config, model::readModelConfig(checkpoint));
    PALIMPSEST_TRY(tokenizer, tokenizer::Tokenizer::open(checkpoint));
    PALIMPSEST_TRY(encoded, pipeline::encodeCorpus(tokens.corpus(), *tokenizer, {config.maxPieces}, {}));
    PALIMPSEST_TRY(model, model::Model::open(checkpoint, {"cpu"}));
    std::vector<activation::WantedWord> rows;
    for (const corpus::Token& token : tokens.rows())
        rows.push_back({static_cast<std::uint32_t>(base::toIndex(token.sentence)), token.position});
    std::vector<float> values(rows.size() * config.hiddenSize);
    const std::vector<activation::Destination> destinations{std::span<float>(values)};
    activation::ExtractOptions options;
    options.layers = {kLayer};
    const auto pieces = encoded.pieces();
    PALIMPSEST_CHECK(activation::extractActivations(*model, pieces, rows, options, destinations, {}));
    return values;
}

/// The number that ConceptX gave each of our concepts; empty where the partitions differ.
std::vector<std::uint32_t> conceptXNumbers(
    const concepts::ConceptSet& concepts, const std::vector<exchange::ClusterLine>& lines)
{
    std::map<std::pair<std::uint32_t, std::int64_t>, std::uint32_t> clusterAt;
    for (const exchange::ClusterLine& line : lines)
        clusterAt[{line.sentence, line.position}] = line.cluster;
    std::vector<std::uint32_t> numbers;
    std::set<std::uint32_t> used;
    for (std::size_t index = 0; index < concepts.conceptCount(); ++index) {
        std::set<std::uint32_t> met;
        for (const base::TokenId row : concepts.members(base::toId<base::ClusterId>(index))) {
            const corpus::Token& token = concepts.tokens().token(row);
            const auto found
                = clusterAt.find({static_cast<std::uint32_t>(base::toIndex(token.sentence)), token.position});
            if (found == clusterAt.end())
                return {};
            met.insert(found->second);
        }
        if (met.size() != 1 || !used.insert(*met.begin()).second)
            return {};
        numbers.push_back(*met.begin());
    }
    return numbers;
}

} // namespace

class ConceptXReplayTest : public QObject {
    Q_OBJECT

private slots:
    void theScriptsFilesComeOut_data();
    void theScriptsFilesComeOut();

private:
    void alignmentIsTheScripts(const std::shared_ptr<const concepts::ConceptSet>& concepts,
        const std::vector<std::uint32_t>& numbers, const fs::path& expected, double theta) const;
    QTemporaryDir m_folder;
};

void ConceptXReplayTest::theScriptsFilesComeOut_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("checkpoint");
    QTest::addColumn<int>("k");
    QTest::addColumn<bool>("given"); // the activations are in the folder, else this program computes them
    QTest::newRow("300 sentences, base") << "sst2-300-base-layer6-K50"
                                         << "base" << 50 << false;
    QTest::newRow("300 sentences, fine-tuned") << "sst2-300-finetuned-layer6-K50"
                                               << "finetuned" << 50 << false;
    QTest::newRow("80 sentences, base") << "sst2-80-base-layer6-K50-vectors"
                                        << "base" << 50 << true;
    QTest::newRow("80 sentences, fine-tuned") << "sst2-80-finetuned-layer6-K50-vectors"
                                              << "finetuned" << 50 << true;
    QTest::newRow("labelled text") << "labelled-base-layer6-K100"
                                   << "base" << 100 << false;
}

void ConceptXReplayTest::theScriptsFilesComeOut()
{
    REQUIRE_REFERENCE("conceptx");
    REQUIRE_REFERENCE("pairs/minilm-sst2/base/model.safetensors");
    QFETCH(QString, folder);
    QFETCH(QString, checkpoint);
    QFETCH(int, k);
    QFETCH(bool, given);
    const fs::path made = referenceDir() / "conceptx" / folder.toStdString();
    const fs::path text = m_folder.filePath(QStringLiteral("corpus.txt")).toStdString();
    const auto tokens = filteredVocabulary(made, text);
    VERIFY_RESULT(tokens);
    QVERIFY(vocabularyOf(*tokens.value()) == contentOf(made / "vocab.txt"));

    const auto values
        = activations(*tokens.value(), referenceDir() / "pairs/minilm-sst2" / checkpoint.toStdString());
    VERIFY_RESULT(values);
    base::MatrixView rows{
        values.value().data(), tokens.value()->size(), values.value().size() / tokens.value()->size()};
    if (given) {
        const auto vectors = tensorfile::openMatrix(made / "linkage.safetensors", "vectors");
        VERIFY_RESULT(vectors);
        QCOMPARE(vectors.value().view().rows, rows.rows);
        for (std::size_t i = 0; i < values.value().size(); ++i)
            QVERIFY(std::abs(values.value()[i] - vectors.value().view().data[i]) <= 1e-4F);
    }
    const auto linkage = cluster::wardLinkage(rows, {}, {});
    VERIFY_RESULT(linkage);
    const auto concepts = concepts::ConceptSet::make(
        tokens.value(), cluster::cut(linkage.value(), static_cast<std::size_t>(k)));

    const fs::path file = made / ("clusters-" + std::to_string(k) + ".txt");
    const std::string content = contentOf(file);
    const auto lines = exchange::parseClusterLines(content, file);
    VERIFY_RESULT(lines);
    const std::vector<std::uint32_t> numbers = conceptXNumbers(*concepts, lines.value());
    QCOMPARE(numbers.size(), static_cast<std::size_t>(k));
    QVERIFY(exchange::clusterLines(*concepts, numbers) == content);

    if (folder.startsWith(QStringLiteral("labelled"))) {
        alignmentIsTheScripts(concepts, numbers, made / "alignment-POS.json", 0.9);
        alignmentIsTheScripts(concepts, numbers, made / "alignment-POS-threshold-0.8.json", 0.8);
    }
}

void ConceptXReplayTest::alignmentIsTheScripts(const std::shared_ptr<const concepts::ConceptSet>& concepts,
    const std::vector<std::uint32_t>& numbers, const fs::path& expected, double theta) const
{
    label::SourceSetup setup;
    setup.asConceptX = true;
    setup.options["file"] = (referenceDir() / "data/conceptx/labels_POS.json").string();
    const auto source = label::makeSource("label-json", setup);
    VERIFY_RESULT(source);
    const auto table = source.value()->label(concepts->tokens(), {});
    VERIFY_RESULT(table);
    const std::vector<std::shared_ptr<const label::LabelTable>> tables{table.value()};
    const json ours
        = json::parse(exchange::conceptXAlignmentJson(align::alignAsConceptX(*concepts, tables, {theta, 0.4}),
                          {"labels_POS.json"}, numbers),
            nullptr, false);
    const json theirs = json::parse(contentOf(expected), nullptr, false);
    for (const char* key : {"autolabels_to_clusters_mapping", "clusters_to_autolabels_mapping",
             "clusters_to_autolabels_finegrained_mapping"})
        QVERIFY2(sorted(ours[key]) == sorted(theirs[key]), key);
}

QTEST_APPLESS_MAIN(ConceptXReplayTest)
#include "tst_conceptx_replay.moc"
