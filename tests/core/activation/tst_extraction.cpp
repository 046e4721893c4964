// Word-level activations against NeuroX itself (reference/neurox/README.md tells how those were made), and
// the promises of extractActivations.

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>

#include "activation/extraction.h"
#include "support/reference.h"
#include "tensorfile/safetensors.h"
#include "tokenizer/tokenizer.h"
#include "tokenizer/word_alignment.h"

using namespace palimpsest;
using activation::ExtractOptions;
using activation::Pooling;
using activation::SentencePieces;
using activation::WantedWord;

namespace {

constexpr double kTolerance = 1e-4;

/// Sentences with pieces, and one wanted word for each word that has one.
struct Corpus {
    std::vector<tokenizer::WordPieces> sentences;
    std::vector<SentencePieces> pieces;
    std::vector<WantedWord> rows;

    void add(
        const tokenizer::Tokenizer& tokenizer, const std::vector<std::string>& words, std::size_t maxPieces)
    {
        const std::vector<std::string_view> views(words.begin(), words.end());
        sentences.push_back(tokenizer::cutTo(tokenizer::encodeSentence(tokenizer, views), maxPieces));
    }
    void finish()
    {
        for (std::uint32_t s = 0; s < sentences.size(); ++s) {
            pieces.push_back({sentences[s].ids, sentences[s].wordOfPiece});
            const auto& lost = sentences[s].wordsWithoutPiece;
            for (std::uint32_t w = 0; w < sentences[s].wordCount; ++w) {
                if (!std::binary_search(lost.begin(), lost.end(), w))
                    rows.push_back({s, w});
            }
        }
    }
};

struct Matrices {
    std::vector<std::vector<float>> layers;
    base::Status status;
};

Matrices extract(const model::Model& model, const Corpus& corpus, const ExtractOptions& options,
    const base::JobContext& ctx = {})
{
    Matrices result;
    const std::size_t size = corpus.rows.size() * model.config().hiddenSize;
    result.layers.assign(options.layers.size(), std::vector<float>(size, -1.0F));
    const std::vector<activation::Destination> destinations(result.layers.begin(), result.layers.end());
    const auto report
        = activation::extractActivations(model, corpus.pieces, corpus.rows, options, destinations, ctx);
    if (!report)
        result.status = report.error();
    return result;
}

double worst(std::span<const float> a, std::span<const float> b)
{
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    return a.size() == b.size() ? largest : INFINITY;
}

std::vector<float> floatsOf(const tensorfile::SafetensorsFile& file, const std::string& name)
{
    const auto* tensor = file.find(name);
    if (tensor == nullptr)
        return {};
    std::vector<float> values(tensor->elementCount());
    tensorfile::convertToFloat(*tensor, values);
    return values;
}

ExtractOptions layersOf(std::vector<int> layers, Pooling pooling = Pooling::Last)
{
    ExtractOptions options;
    options.layers = std::move(layers);
    options.pooling = pooling;
    return options;
}

/// A sentence of one-piece words with ids from 5, between two special pieces, for the tiny checkpoints.
Corpus plainCorpus(std::initializer_list<int> lengths)
{
    Corpus corpus;
    for (const int length : lengths) {
        tokenizer::WordPieces sentence;
        sentence.ids.push_back(2);
        sentence.wordOfPiece.push_back(-1);
        for (int word = 0; word < length; ++word) {
            sentence.ids.push_back(5 + (7 * length + 3 * word) % 1000);
            sentence.wordOfPiece.push_back(word);
        }
        sentence.ids.push_back(3);
        sentence.wordOfPiece.push_back(-1);
        sentence.wordCount = static_cast<std::size_t>(length);
        corpus.sentences.push_back(std::move(sentence));
    }
    corpus.finish();
    return corpus;
}

base::Result<std::shared_ptr<const model::Model>> tinyBert()
{
    return model::Model::open(testing::referenceDir() / "models/bert");
}

} // namespace

class tst_Extraction : public QObject {
    Q_OBJECT

private slots:
    void lastPieceEqualsNeuroX_data();
    void lastPieceEqualsNeuroX();
    void meanOfPiecesEqualsNeuroX_data();
    void meanOfPiecesEqualsNeuroX();
    void awkwardLinesEqualNeuroX();
    void firstPieceIsTheFirst();
    void batchSizeDoesNotChangeNumbers();
    void aLayerIsTheSameAsTheLastAndOnTheWay_data();
    void aLayerIsTheSameAsTheLastAndOnTheWay();
    void numberOfWorkersDoesNotChangeAByte();
    void sentencesWithoutWantedWordsDoNotMatter();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();
    void stopsOnRequest();
    void progressCountsWords();

private:
    base::Result<Corpus> neuroxCorpus(const std::string& side) const;
};

base::Result<Corpus> tst_Extraction::neuroxCorpus(const std::string& side) const
{
    const auto folder = testing::referenceDir() / "pairs/minilm-sst2" / side;
    PALIMPSEST_TRY(tokenizer, tokenizer::Tokenizer::open(folder));
    std::ifstream lines(testing::referenceDir() / "neurox/sentences.txt");
    Corpus corpus;
    for (std::string line; std::getline(lines, line);) {
        std::vector<std::string> words;
        for (const QString& word : QString::fromStdString(line).split(' '))
            words.push_back(word.toStdString());
        corpus.add(*tokenizer, words, 512);
    }
    corpus.finish();
    return corpus;
}

void tst_Extraction::lastPieceEqualsNeuroX_data()
{
    QTest::addColumn<QString>("side");
    QTest::newRow("base") << "base";
    QTest::newRow("finetuned") << "finetuned";
}

void tst_Extraction::lastPieceEqualsNeuroX()
{
    REQUIRE_REFERENCE("neurox/sentences.txt");
    QFETCH(QString, side);
    const auto corpus = neuroxCorpus(side.toStdString());
    VERIFY_RESULT(corpus);
    QCOMPARE(corpus.value().rows.size(), 360U);
    const auto model = model::Model::open(testing::referenceDir() / "pairs/minilm-sst2" / side.toStdString());
    VERIFY_RESULT(model);
    const auto ours = extract(*model.value(), corpus.value(), layersOf({0, 1, 2, 3, 4, 5, 6}));
    VERIFY_RESULT(ours.status);
    const auto theirs = tensorfile::SafetensorsFile::open(
        testing::referenceDir() / "neurox" / (side.toStdString() + "-last.safetensors"));
    VERIFY_RESULT(theirs);
    for (std::size_t layer = 0; layer < 7; ++layer) {
        const auto reference = floatsOf(theirs.value(), "layer_" + std::to_string(layer));
        QCOMPARE_LE(worst(ours.layers[layer], reference), kTolerance);
    }
}

void tst_Extraction::meanOfPiecesEqualsNeuroX_data()
{
    lastPieceEqualsNeuroX_data();
}

void tst_Extraction::meanOfPiecesEqualsNeuroX()
{
    REQUIRE_REFERENCE("neurox/sentences.txt");
    QFETCH(QString, side);
    const auto corpus = neuroxCorpus(side.toStdString());
    VERIFY_RESULT(corpus);
    const auto model = model::Model::open(testing::referenceDir() / "pairs/minilm-sst2" / side.toStdString());
    VERIFY_RESULT(model);
    const auto ours = extract(*model.value(), corpus.value(), layersOf({6, 0, 3}, Pooling::Mean));
    VERIFY_RESULT(ours.status);
    const auto theirs = tensorfile::SafetensorsFile::open(
        testing::referenceDir() / "neurox" / (side.toStdString() + "-average.safetensors"));
    VERIFY_RESULT(theirs);
    const auto rows = floatsOf(theirs.value(), "rows");
    QCOMPARE(rows.size(), 44U);
    const std::vector<int> layers = {6, 0, 3};
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const auto reference = floatsOf(theirs.value(), "layer_" + std::to_string(layers[i]));
        QCOMPARE(reference.size(), rows.size() * 384);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const auto row = static_cast<std::size_t>(rows[r]);
            QCOMPARE_LE(worst(std::span(ours.layers[i]).subspan(row * 384, 384),
                            std::span(reference).subspan(r * 384, 384)),
                kTolerance);
        }
    }
}

void tst_Extraction::awkwardLinesEqualNeuroX()
{
    REQUIRE_REFERENCE("neurox/stress.jsonl");
    const auto folder = testing::referenceDir() / "pairs/minilm-sst2/finetuned";
    const auto tokenizer = tokenizer::Tokenizer::open(folder);
    VERIFY_RESULT(tokenizer);
    const auto model = model::Model::open(folder);
    VERIFY_RESULT(model);
    const auto theirs
        = tensorfile::SafetensorsFile::open(testing::referenceDir() / "neurox/stress-finetuned.safetensors");
    VERIFY_RESULT(theirs);

    std::ifstream lines(testing::referenceDir() / "neurox/stress.jsonl");
    std::size_t compared = 0;
    for (std::string line; std::getline(lines, line);) {
        const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
        const std::string id = std::to_string(object["id"].toInt());
        std::vector<std::string> words;
        for (const QJsonValue word : object["words"].toArray())
            words.push_back(word.toString().toStdString());
        for (const Pooling pooling : {Pooling::Last, Pooling::Mean}) {
            const std::string name = id + (pooling == Pooling::Last ? ".last" : ".average");
            const auto* tensor = theirs.value().find(name);
            if (tensor == nullptr)
                continue;
            const auto reference = floatsOf(theirs.value(), name);
            Corpus corpus;
            corpus.add(*tokenizer.value(), words, 512);
            corpus.finish();
            const bool lastRowsOnly = tensor->shape[0] == 1;
            const std::vector<int> layers = lastRowsOnly ? std::vector{6} : std::vector{0, 3, 6};
            const auto ours = extract(*model.value(), corpus, layersOf(layers, pooling));
            VERIFY_RESULT(ours.status);
            // NeuroX keeps words without a piece as rows of zeros; we leave them out. The long lines store
            // only the last three rows before the cut.
            const std::size_t total = static_cast<std::size_t>(object["last"]["rows"].toInt());
            const std::size_t stored = tensor->shape[1];
            for (std::size_t i = 0; i < layers.size(); ++i) {
                for (std::size_t row = 0; row < corpus.rows.size(); ++row) {
                    const std::size_t word = corpus.rows[row].word;
                    QVERIFY2(word < total, name.c_str());
                    if (word < total - stored)
                        continue;
                    const std::size_t at = i * stored + word - (total - stored);
                    const double difference = worst(std::span(ours.layers[i]).subspan(row * 384, 384),
                        std::span(reference).subspan(at * 384, 384));
                    QVERIFY2(difference <= kTolerance, (name + " " + std::to_string(word)).c_str());
                    ++compared;
                }
            }
        }
    }
    QCOMPARE_GE(compared, 300U);
}

void tst_Extraction::firstPieceIsTheFirst()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const auto model = tinyBert();
    VERIFY_RESULT(model);
    Corpus apart = plainCorpus({4});
    Corpus joined = plainCorpus({4});
    joined.sentences[0].wordOfPiece = {-1, 0, 0, 0, 1, -1};
    joined.pieces[0].wordOfPiece = joined.sentences[0].wordOfPiece;
    joined.rows = {{0, 0}, {0, 1}};
    const auto pieces = extract(*model.value(), apart, layersOf({2}));
    const auto first = extract(*model.value(), joined, layersOf({2}, Pooling::First));
    const auto last = extract(*model.value(), joined, layersOf({2}, Pooling::Last));
    VERIFY_RESULT(first.status);
    const std::span<const float> all(pieces.layers[0]);
    QCOMPARE(worst(std::span(first.layers[0]).subspan(0, 64), all.subspan(0, 64)), 0.0);
    QCOMPARE(worst(std::span(last.layers[0]).subspan(0, 64), all.subspan(2 * 64, 64)), 0.0);
    QCOMPARE(worst(std::span(last.layers[0]).subspan(64, 64), all.subspan(3 * 64, 64)), 0.0);
}

void tst_Extraction::batchSizeDoesNotChangeNumbers()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const auto model = tinyBert();
    VERIFY_RESULT(model);
    const Corpus corpus = plainCorpus({3, 38, 1, 7, 7, 12, 3, 20, 7, 30});
    ExtractOptions options = layersOf({0, 1, 2, 3, 4});
    options.tokenBudget = 1;
    const auto alone = extract(*model.value(), corpus, options);
    VERIFY_RESULT(alone.status);
    for (const std::size_t budget : {std::size_t{20}, std::size_t{50}, std::size_t{100000}}) {
        options.tokenBudget = budget;
        const auto together = extract(*model.value(), corpus, options);
        VERIFY_RESULT(together.status);
        for (std::size_t layer = 0; layer < 5; ++layer)
            QCOMPARE_LE(worst(alone.layers[layer], together.layers[layer]), 1e-5);
    }
}

void tst_Extraction::aLayerIsTheSameAsTheLastAndOnTheWay_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"bert", "albert", "distilbert", "roberta"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

// Behind the last wanted layer only rows that are read have to be computed.
void tst_Extraction::aLayerIsTheSameAsTheLastAndOnTheWay()
{
    QFETCH(QString, name);
    REQUIRE_REFERENCE("models/bert/model.safetensors");
    const auto model = model::Model::open(testing::referenceDir() / "models" / name.toStdString());
    VERIFY_RESULT(model);
    Corpus corpus = plainCorpus({38, 3, 17, 38, 1, 38, 38, 30, 38, 37, 38, 38, 36, 38, 33});
    std::erase_if(corpus.rows, [](const auto& row) { return row.word % 3 == 1; });
    std::vector<int> all;
    for (std::size_t layer = 0; layer <= model.value()->config().layerCount; ++layer)
        all.push_back(static_cast<int>(layer));
    const Matrices together = extract(*model.value(), corpus, layersOf(all));
    VERIFY_RESULT(together.status);
    for (const int layer : all) {
        ExtractOptions options = layersOf({layer});
        options.tokenBudget = 100000; // one batch of more rows than are computed at a time
        const Matrices alone = extract(*model.value(), corpus, options);
        VERIFY_RESULT(alone.status);
        QCOMPARE_LE(worst(alone.layers[0], together.layers[static_cast<std::size_t>(layer)]), 1e-5);
    }
}

void tst_Extraction::numberOfWorkersDoesNotChangeAByte()
{
    REQUIRE_REFERENCE("neurox/sentences.txt");
    const auto corpus = neuroxCorpus("finetuned");
    VERIFY_RESULT(corpus);
    const auto model = model::Model::open(testing::referenceDir() / "pairs/minilm-sst2/finetuned");
    VERIFY_RESULT(model);
    ExtractOptions options = layersOf({0, 3, 6}, Pooling::Mean);
    options.tokenBudget = 40;
    options.workers = 1;
    const auto one = extract(*model.value(), corpus.value(), options);
    VERIFY_RESULT(one.status);
    for (const std::size_t workers : {std::size_t{2}, std::size_t{3}, std::size_t{0}}) {
        options.workers = workers;
        std::vector<double> fractions;
        const base::JobContext ctx(
            {}, [&](double fraction, std::string_view) { fractions.push_back(fraction); }, {});
        const auto several = extract(*model.value(), corpus.value(), options, ctx);
        VERIFY_RESULT(several.status);
        for (std::size_t layer = 0; layer < 3; ++layer) {
            const auto& expected = one.layers[layer];
            QCOMPARE(several.layers[layer].size(), expected.size());
            QCOMPARE(
                std::memcmp(several.layers[layer].data(), expected.data(), expected.size() * sizeof(float)),
                0);
        }
        QVERIFY(fractions.size() > 5);
        QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
        QCOMPARE(fractions.back(), 1.0);
    }
}

void tst_Extraction::sentencesWithoutWantedWordsDoNotMatter()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const auto model = tinyBert();
    VERIFY_RESULT(model);
    Corpus corpus = plainCorpus({5, 6, 4});
    const auto all = extract(*model.value(), corpus, layersOf({4}));
    // The second sentence becomes one that could not run at all.
    const std::vector<std::int32_t> tooLong(500, 7);
    corpus.pieces[1] = {tooLong, tooLong};
    corpus.rows = {{0, 2}, {2, 3}};
    const auto some = extract(*model.value(), corpus, layersOf({4}));
    VERIFY_RESULT(some.status);
    QCOMPARE_LE(
        worst(std::span(some.layers[0]).subspan(0, 64), std::span(all.layers[0]).subspan(2 * 64, 64)), 1e-5);
    QCOMPARE_LE(
        worst(std::span(some.layers[0]).subspan(64, 64), std::span(all.layers[0]).subspan(14 * 64, 64)),
        1e-5);
}

void tst_Extraction::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("layer beyond the last") << "layer"
                                           << "There is no layer 5; the model has layers 0 to 4";
    QTest::newRow("layer twice") << "twice"
                                 << "Layer 1 is named twice";
    QTest::newRow("word without a piece") << "word"
                                          << "Word 6 of sentence 2 has no piece; leave it out";
    QTest::newRow("rows out of order") << "order"
                                       << "Row 2 names sentence 1 out of order or beyond the last";
    QTest::newRow("sentence beyond the last") << "beyond"
                                              << "Row 1 names sentence 10 out of order or beyond the last";
    QTest::newRow("id outside the vocabulary") << "id"
                                               << "Sentence 1 has piece id 1500";
    QTest::newRow("negative id") << "negative"
                                 << "Sentence 1 has piece id -1";
    QTest::newRow("too long") << "long"
                              << "Sentence 1 has 41 pieces; the model takes at most 40";
}

void tst_Extraction::refusesWhatDoesNotFit()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    QFETCH(QString, what);
    QFETCH(QString, sentence);
    const auto model = tinyBert();
    VERIFY_RESULT(model);
    Corpus corpus = what == "long" ? plainCorpus({39, 5}) : plainCorpus({4, 5});
    ExtractOptions options = layersOf({0, 1});
    if (what == "layer")
        options.layers = {0, 5};
    else if (what == "twice")
        options.layers = {1, 1};
    else if (what == "word")
        corpus.rows = {{1, 5}};
    else if (what == "order")
        corpus.rows = {{1, 0}, {0, 0}};
    else if (what == "beyond")
        corpus.rows = {{9, 0}};
    else if (what == "id" || what == "negative")
        corpus.sentences[0].ids[1] = what == "id" ? 1500 : -1;
    const auto result = extract(*model.value(), corpus, options);
    QVERIFY(!result.status);
    QCOMPARE(result.status.error().code, base::ErrorCode::InvalidArgument);
    const QString message = QString::fromStdString(result.status.error().message);
    QVERIFY2(message.startsWith(sentence), qPrintable(message));
}

void tst_Extraction::stopsOnRequest()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const auto model = tinyBert();
    VERIFY_RESULT(model);
    std::stop_source stop;
    int reports = 0;
    const auto report = [&](double, std::string_view) {
        ++reports;
        stop.request_stop();
    };
    ExtractOptions options = layersOf({4});
    options.tokenBudget = 1;
    for (const std::size_t workers : {std::size_t{1}, std::size_t{2}}) {
        stop = std::stop_source();
        reports = 0;
        options.workers = workers;
        const base::JobContext ctx(stop.get_token(), report, {});
        const auto result = extract(*model.value(), plainCorpus({4, 5, 6}), options, ctx);
        QVERIFY(!result.status);
        QCOMPARE(result.status.error().code, base::ErrorCode::Cancelled);
        QCOMPARE(reports, 1);
    }
}

void tst_Extraction::progressCountsWords()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const auto model = tinyBert();
    VERIFY_RESULT(model);
    std::vector<double> fractions;
    std::string last;
    const base::JobContext ctx({},
        [&](double fraction, std::string_view activity) {
            fractions.push_back(fraction);
            last = activity;
        },
        {});
    ExtractOptions options = layersOf({0});
    options.tokenBudget = 40;
    const auto result = extract(*model.value(), plainCorpus({38, 38, 38, 38}), options, ctx);
    VERIFY_RESULT(result.status);
    QCOMPARE(fractions, (std::vector<double>{0.25, 0.5, 0.75, 1.0}));
    QCOMPARE(last, std::string("152 of 152 words"));
}

QTEST_GUILESS_MAIN(tst_Extraction)
#include "tst_extraction.moc"
