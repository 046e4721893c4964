// A concept of one's own before the classifier: gradients against differences, words of feeling beside random
// words, and what is said where there is no such concept.

#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <cmath>

#include "pipeline/concept_sensitivity.h"
#include "pipeline/run_study.h"
#include "probe/intervention.h"
#include "probe/state_gradient.h"
#include "support/reference.h"
#include "support/reference_study.h"

using namespace palimpsest;
using pipeline::SensitivityOptions;

class tst_ConceptSensitivity : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void gradientsAreTheSlopesOfTheLogit();
    void wordsOfPraiseRaiseThePositiveLogit();
    void sameSeedGivesSameNumbers();
    void aLatentConceptIsTestedToo();
    void aConceptWithoutWordsInTheCorpusIsSaid();
    void aClassWithoutSentencesIsSaid();
    void deletedActivationsAreSaid();

private:
    static SensitivityOptions praise()
    {
        SensitivityOptions options;
        options.words = {"wonderful", "moving", "charming", "clever", "warm", "delightful"};
        options.target = 1;
        options.layers = {6};
        options.runs = 5;
        options.randomConcepts = 40;
        return options;
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const pipeline::TaskStudy> m_study;
};

void tst_ConceptSensitivity::initTestCase()
{
    if (!testing::hasReferencePair())
        QSKIP("reference data is absent: pairs/minilm-sst2 (set PALIMPSEST_REFERENCE_DIR)");
    const auto study = testing::openReferenceTask(m_folder.path().toStdString());
    VERIFY_RESULT(study);
    m_study = study.value();
}

void tst_ConceptSensitivity::gradientsAreTheSlopesOfTheLogit()
{
    const auto& pieces = m_study->encoded.sentences[4];
    const std::vector<model::SentencePieces> sentence{{pieces.ids, pieces.wordOfPiece}};
    const model::Model& model = *m_study->classifier.model;
    const std::size_t hidden = model.config().hiddenSize;
    for (const std::size_t layer : {3U, 6U}) {
        const auto gradients = probe::stateGradients(model, sentence, layer, 1, {});
        VERIFY_RESULT(gradients);
        QCOMPARE(gradients.value().size(), hidden);
        // All states moved a little along a direction that every column has a part in.
        std::vector<float> step(hidden);
        double expected = 0.0;
        for (std::size_t i = 0; i < hidden; ++i) {
            step[i] = 1e-3F * static_cast<float>(static_cast<int>(i % 7) - 3);
            expected += 2.0 * static_cast<double>(step[i]) * static_cast<double>(gradients.value()[i]);
        }
        std::vector<float> back(step);
        for (float& value : back)
            value = -value;
        const auto up = probe::predictWith(model, sentence, {layer, {}, {}, step}, {}, {}, {});
        VERIFY_RESULT(up);
        const auto down = probe::predictWith(model, sentence, {layer, {}, {}, back}, {}, {}, {});
        VERIFY_RESULT(down);
        const double seen
            = static_cast<double>(up.value()[0].logits[1]) - static_cast<double>(down.value()[0].logits[1]);
        QCOMPARE_LE(std::abs(seen - expected), 0.02 * std::abs(expected) + 1e-5);
    }
}

void tst_ConceptSensitivity::wordsOfPraiseRaiseThePositiveLogit()
{
    const auto found = pipeline::testConcept(*m_study, praise(), {});
    VERIFY_RESULT(found);
    QCOMPARE(found.value().sentences, 20U);
    QVERIFY(found.value().occurrences >= 20);
    const auto& layer = found.value().layers.front();
    QCOMPARE(layer.layer, 6);
    QVERIFY(layer.score > 0.9);
    QVERIFY(layer.score > layer.randomMean);
    SensitivityOptions blame = praise();
    blame.words = {"dull", "awful", "clumsy", "boring", "flat", "tedious"};
    const auto other = pipeline::testConcept(*m_study, blame, {});
    VERIFY_RESULT(other);
    QVERIFY(other.value().layers.front().score < 0.1);
    QVERIFY(layer.slope > layer.randomSlopes.high);
    QVERIFY(other.value().layers.front().slope < other.value().layers.front().randomSlopes.low);
    QVERIFY(layer.slopePValue < 0.1);
    QVERIFY(layer.pValue > 0.0 && layer.pValue <= 1.0);
}

void tst_ConceptSensitivity::sameSeedGivesSameNumbers()
{
    const auto first = pipeline::testConcept(*m_study, praise(), {});
    const auto second = pipeline::testConcept(*m_study, praise(), {});
    VERIFY_RESULT(first);
    VERIFY_RESULT(second);
    QCOMPARE(first.value().layers[0].score, second.value().layers[0].score);
    QCOMPARE(first.value().layers[0].pValue, second.value().layers[0].pValue);
    QCOMPARE(first.value().layers[0].randomMean, second.value().layers[0].randomMean);
}

void tst_ConceptSensitivity::aLatentConceptIsTestedToo()
{
    SensitivityOptions options = praise();
    options.words.clear();
    options.clusterLayer = 6;
    options.k = 5;
    options.cluster = base::ClusterId{0};
    const auto found = pipeline::testConcept(*m_study, options, {});
    VERIFY_RESULT(found);
    options.cluster = base::ClusterId{5};
    const auto unknown = pipeline::testConcept(*m_study, options, {});
    QVERIFY(!unknown);
    QVERIFY(unknown.error().message.find("concepts 0 to 4") != std::string::npos);
}

void tst_ConceptSensitivity::aConceptWithoutWordsInTheCorpusIsSaid()
{
    SensitivityOptions options = praise();
    options.words = {"zebra", "quark"};
    const auto none = pipeline::testConcept(*m_study, options, {});
    QVERIFY(!none);
    QCOMPARE(none.error().code, base::ErrorCode::NotFound);
    QVERIFY(none.error().message.find("zebra, quark") != std::string::npos);
    options.words = {"zebra", "film", "movie", "story"};
    const auto some = pipeline::testConcept(*m_study, options, {});
    VERIFY_RESULT(some);
    QCOMPARE(some.value().missingWords, std::vector<std::string>{"zebra"});
    options.words.clear();
    QCOMPARE(pipeline::testConcept(*m_study, options, {}).error().code, base::ErrorCode::InvalidArgument);
}

void tst_ConceptSensitivity::aClassWithoutSentencesIsSaid()
{
    pipeline::TaskStudy study = *m_study;
    study.classNames.push_back("neutral");
    SensitivityOptions options = praise();
    options.target = 2;
    const auto noLabel = pipeline::testConcept(study, options, {});
    QVERIFY(!noLabel);
    QCOMPARE(noLabel.error().code, base::ErrorCode::NotFound);
    study.classOfLabel = {0, 2}; // a label, and no sentence
    const auto none = pipeline::testConcept(study, options, {});
    QVERIFY(!none);
    QCOMPARE(none.error().code, base::ErrorCode::TooFewRows);
    QVERIFY(none.error().message.find("no sentence of class neutral") != std::string::npos);
}

void tst_ConceptSensitivity::deletedActivationsAreSaid()
{
    std::filesystem::remove_all(pipeline::cacheFolder(m_study->results->path()));
    const auto found = pipeline::testConcept(*m_study, praise(), {});
    QVERIFY(!found);
    QCOMPARE(found.error().code, base::ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(tst_ConceptSensitivity)
#include "tst_concept_sensitivity.moc"
