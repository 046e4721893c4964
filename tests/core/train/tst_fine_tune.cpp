// Fine-tuning of tiny checkpoints on a rule that a classifier can learn, and what is left on disk.

#include <QtTest/QtTest>

#include <numeric>
#include <random>

#include "base/mapped_file.h"
#include "model/model.h"
#include "probe/prediction.h"
#include "support/reference.h"
#include "train/fine_tune.h"

using namespace palimpsest;
using train::FineTuneOptions;
using train::TrainingExample;

namespace {

/// Sentences with label 1 are made of words 500 to 529, those with label 0 of words 100 to 129.
std::vector<TrainingExample> someExamples(std::size_t count, std::uint32_t seed)
{
    std::mt19937 noise(seed); // its numbers are the same everywhere
    std::vector<TrainingExample> examples;
    for (std::size_t i = 0; i < count; ++i) {
        TrainingExample example;
        example.label = static_cast<int>(i % 2);
        example.ids.push_back(2);
        for (auto left = 4 + noise() % 6; left > 0; --left)
            example.ids.push_back(static_cast<std::int32_t>((example.label == 1 ? 500 : 100) + noise() % 30));
        example.ids.push_back(3);
        examples.push_back(std::move(example));
    }
    return examples;
}

FineTuneOptions someOptions()
{
    FineTuneOptions options;
    options.epochs = 5;
    options.learningRate = 1e-3;
    options.labelNames = {"without", "with"};
    return options;
}

std::filesystem::path pathIn(const QTemporaryDir& dir, const char* name)
{
    return std::filesystem::path(dir.path().toStdString()) / name;
}

std::filesystem::path tiny(const char* name)
{
    return testing::referenceDir() / "models" / name;
}

} // namespace

class tst_FineTune : public QObject {
    Q_OBJECT

private slots:
    void learnsARuleWithEveryHead_data();
    void learnsARuleWithEveryHead();
    void writesACheckpointThatOpens();
    void givesTheSameBytesTwice();
    void leavesNothingWhenStopped();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();
    void namesADivergedLoss();
};

void tst_FineTune::learnsARuleWithEveryHead_data()
{
    QTest::addColumn<QString>("architecture");
    QTest::newRow("bert") << "BertForSequenceClassification";
    QTest::newRow("bert-token-classifier") << "BertForSequenceClassification"; // has no pooler: made anew
    QTest::newRow("roberta") << "RobertaForSequenceClassification";
    QTest::newRow("distilbert") << "DistilBertForSequenceClassification";
    QTest::newRow("electra") << "ElectraForSequenceClassification";
}

void tst_FineTune::learnsARuleWithEveryHead()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    QFETCH(QString, architecture);
    const QTemporaryDir dir;
    const auto out = pathIn(dir, "out");
    const auto result = train::fineTuneClassifier(
        tiny(QTest::currentDataTag()), someExamples(320, 0), someExamples(60, 5), someOptions(), out, {});
    VERIFY_RESULT(result);
    const auto& losses = result.value().losses;
    QCOMPARE(result.value().steps, 100U);
    QCOMPARE(losses.size(), 100U);
    const double early = std::accumulate(losses.begin(), losses.begin() + 10, 0.0) / 10.0;
    const double late = std::accumulate(losses.end() - 10, losses.end(), 0.0) / 10.0;
    QCOMPARE_LE(late, 0.5 * early);
    QCOMPARE_GE(result.value().heldOutAccuracy, 0.9);
    const auto model = model::Model::open(out);
    VERIFY_RESULT(model);
    QCOMPARE(model.value()->config().architecture, architecture.toStdString());
}

void tst_FineTune::writesACheckpointThatOpens()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const QTemporaryDir dir;
    const auto out = pathIn(dir, "mit Leerzeichen ä");
    const auto heldOut = someExamples(60, 5);
    FineTuneOptions options = someOptions();
    options.epochs = 1;
    const auto result
        = train::fineTuneClassifier(tiny("bert"), someExamples(160, 0), heldOut, options, out, {});
    VERIFY_RESULT(result);
    const auto model = model::Model::open(out);
    VERIFY_RESULT(model);
    QVERIFY(model.value()->hasHead());
    QCOMPARE(model.value()->config().labels, options.labelNames);
    for (const char* name :
        {"tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"})
        QVERIFY(base::readFile(out / name, 1 << 20).value()
            == base::readFile(tiny("bert") / name, 1 << 20).value());
    QVERIFY(!std::filesystem::exists(pathIn(dir, "mit Leerzeichen ä.part")));

    // What is read back predicts what the trained network predicted.
    std::vector<model::SentencePieces> sentences;
    for (const auto& example : heldOut)
        sentences.push_back({example.ids, {}});
    const auto predictions = probe::predict(*model.value(), sentences, {});
    VERIFY_RESULT(predictions);
    std::size_t right = 0;
    for (std::size_t i = 0; i < heldOut.size(); ++i)
        right += predictions.value()[i].label == heldOut[i].label ? 1U : 0U;
    QCOMPARE(static_cast<double>(right) / 60.0, result.value().heldOutAccuracy);
}

void tst_FineTune::givesTheSameBytesTwice()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const QTemporaryDir dir;
    FineTuneOptions options = someOptions();
    options.epochs = 1;
    const auto examples = someExamples(96, 0);
    for (const char* name : {"first", "second"})
        VERIFY_RESULT(train::fineTuneClassifier(tiny("bert"), examples, {}, options, pathIn(dir, name), {}));
    options.seed = 2;
    VERIFY_RESULT(train::fineTuneClassifier(tiny("bert"), examples, {}, options, pathIn(dir, "other"), {}));
    const auto weights = [&](const char* name) {
        return base::readFile(pathIn(dir, name) / "model.safetensors", 1 << 26).value();
    };
    QVERIFY(weights("first") == weights("second"));
    QVERIFY(weights("first") != weights("other"));
}

void tst_FineTune::leavesNothingWhenStopped()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const QTemporaryDir dir;
    std::stop_source stop;
    int steps = 0;
    const base::JobContext ctx(stop.get_token(),
        [&](double, std::string_view) {
            if (++steps == 3)
                stop.request_stop();
        },
        {});
    const auto result = train::fineTuneClassifier(
        tiny("bert"), someExamples(160, 0), {}, someOptions(), pathIn(dir, "out"), ctx);
    QVERIFY(!result);
    QCOMPARE(result.error().code, base::ErrorCode::Cancelled);
    QCOMPARE(steps, 3);
    QVERIFY(QDir(dir.path()).isEmpty());
}

void tst_FineTune::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("words");
    QTest::newRow("one label") << "labels"
                               << "at least two labels";
    QTest::newRow("a label twice") << "twice"
                                   << "a label twice";
    QTest::newRow("no epochs") << "epochs"
                               << "epochs must be";
    QTest::newRow("learning rate 0") << "rate"
                                     << "learning rate must be above 0";
    QTest::newRow("dropout 1") << "dropout"
                               << "dropout is not from 0";
    QTest::newRow("label number") << "label"
                                  << "sentence 2 has label number 7, but there are 2 labels";
    QTest::newRow("piece id") << "id"
                              << "Sentence 1 has piece id 1500";
    QTest::newRow("folder that exists") << "folder"
                                        << "There is already something at";
    QTest::newRow("no examples") << "empty"
                                 << "no training examples";
}

void tst_FineTune::refusesWhatDoesNotFit()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    QFETCH(QString, what);
    QFETCH(QString, words);
    const QTemporaryDir dir;
    FineTuneOptions options = someOptions();
    auto examples = someExamples(16, 0);
    if (what == "labels")
        options.labelNames = {"only"};
    else if (what == "twice")
        options.labelNames = {"same", "same"};
    else if (what == "epochs")
        options.epochs = 0;
    else if (what == "rate")
        options.learningRate = 0.0;
    else if (what == "dropout")
        options.dropout = 1.0;
    else if (what == "label")
        examples[1].label = 7;
    else if (what == "id")
        examples[0].ids[1] = 1500;
    else if (what == "empty")
        examples.clear();
    const auto out = what == "folder" ? pathIn(dir, "") : pathIn(dir, "out");
    const auto result = train::fineTuneClassifier(tiny("bert"), examples, {}, options, out, {});
    QVERIFY(!result);
    QCOMPARE(result.error().code,
        what == "empty" ? base::ErrorCode::TooFewRows : base::ErrorCode::InvalidArgument);
    QVERIFY2(QString::fromStdString(result.error().message).contains(words), result.error().message.c_str());
    QVERIFY(QDir(dir.path()).isEmpty());
}

void tst_FineTune::namesADivergedLoss()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const QTemporaryDir dir;
    FineTuneOptions options = someOptions();
    options.learningRate = 1e38;
    options.warmUpShare = 0.0;
    const auto result
        = train::fineTuneClassifier(tiny("bert"), someExamples(64, 0), {}, options, pathIn(dir, "out"), {});
    QVERIFY(!result);
    QCOMPARE(result.error().code, base::ErrorCode::NotFinite);
    QVERIFY(QDir(dir.path()).isEmpty());
}

QTEST_GUILESS_MAIN(tst_FineTune)
#include "tst_fine_tune.moc"
