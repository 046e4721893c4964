// The concepts that a sentence's words fall in: against centroids computed here from the activations; and
// what is said where something is missing.

#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <cmath>

#include "pipeline/activation_files.h"
#include "pipeline/explain_sentence.h"
#include "pipeline/run_study.h"
#include "support/reference.h"
#include "support/reference_study.h"

using namespace palimpsest;
using pipeline::ConceptCell;
using project::Side;

namespace {

constexpr std::size_t kK = 24;
constexpr double kTheta = 0.8;

std::vector<std::string_view> wordsOf(const corpus::Corpus& corpus, base::SentenceId id)
{
    std::vector<std::string_view> words;
    for (const std::uint32_t word : corpus.wordsOf(id))
        words.push_back(corpus.word(base::WordId{word}));
    return words;
}

/// The concept with the closest mean, by double sums over the stored rows.
base::ClusterId closest(const base::MatrixView& rows, const concepts::ConceptSet& set, std::size_t row)
{
    double best = INFINITY;
    base::ClusterId found{};
    for (std::size_t i = 0; i < set.conceptCount(); ++i) {
        const auto id = base::toId<base::ClusterId>(i);
        std::vector<double> mean(rows.cols, 0.0);
        for (const base::TokenId member : set.members(id)) {
            for (std::size_t column = 0; column < rows.cols; ++column)
                mean[column] += static_cast<double>(rows.data[base::toIndex(member) * rows.cols + column])
                    / static_cast<double>(set.size(id));
        }
        double distance = 0.0;
        for (std::size_t column = 0; column < rows.cols; ++column) {
            const double difference = static_cast<double>(rows.data[row * rows.cols + column]) - mean[column];
            distance += difference * difference;
        }
        if (distance < best) {
            best = distance;
            found = id;
        }
    }
    return found;
}

/// Share of `part` that is in `whole`, occurrence by occurrence.
double shareIn(const concepts::ConceptSet& parts, base::ClusterId part, const concepts::ConceptSet& wholes,
    base::ClusterId whole)
{
    std::size_t shared = 0;
    for (const base::TokenId member : parts.members(part))
        shared += wholes.conceptOf(member) == whole ? 1 : 0;
    return static_cast<double>(shared) / static_cast<double>(parts.size(part));
}

} // namespace

class tst_SentenceConcepts : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aCorpusSentenceFallsWhereItsOccurrencesLie();
    void leavingIsLessThanThetaBothWays();
    void aWordWithoutAPieceHasNoConcept();
    void aSecondSentenceGivesWhatAFirstWould();
    void aModelWithoutAHeadLocatesWordsAllTheSame();
    void aSentenceWithoutWordsIsRefused();
    void labelsAreNamed();
    void deletedActivationsAreSaid();

private:
    std::shared_ptr<const project::StudyResults> m_results;
    pipeline::OpenModel m_fineTuned;
    QTemporaryDir m_folder;
};

void tst_SentenceConcepts::initTestCase()
{
    if (!testing::hasReferencePair())
        QSKIP("reference data is absent: pairs/minilm-sst2 (set PALIMPSEST_REFERENCE_DIR)");
    const auto path = testing::runReferenceStudy(m_folder.path().toStdString());
    VERIFY_RESULT(path);
    const auto results = project::StudyResults::open(path.value());
    VERIFY_RESULT(results);
    m_results = results.value();
    const auto model = pipeline::openModelOf(*m_results, Side::FineTuned, "cpu");
    VERIFY_RESULT(model);
    m_fineTuned = model.value();
}

void tst_SentenceConcepts::aCorpusSentenceFallsWhereItsOccurrencesLie()
{
    const corpus::TokenTable& tokens = *m_results->tokens();
    const auto words = wordsOf(tokens.corpus(), base::SentenceId{5});
    pipeline::TaskStudy study;
    study.results = m_results;
    study.classifier = m_fineTuned;
    const auto located = pipeline::locateWords(study, words, kK, kTheta, "cpu", {});
    VERIFY_RESULT(located);
    QCOMPARE(located.value().layers, (std::vector<int>{0, 3, 6}));
    QCOMPARE(located.value().cells.size(), words.size());
    std::size_t compared = 0;
    for (std::size_t l = 0; l < 3; ++l) {
        const auto& comparison = *located.value().comparisons[l];
        for (const Side side : {Side::Base, Side::FineTuned}) {
            const auto matrix = pipeline::openActivations(
                m_results->path(), side, located.value().layers[l], tokens.size());
            VERIFY_RESULT(matrix);
            const auto& set = side == Side::Base ? *comparison.a : *comparison.b;
            for (std::size_t row = 0; row < tokens.size(); ++row) {
                const corpus::Token& token = tokens.token(base::toId<base::TokenId>(row));
                if (token.sentence != base::SentenceId{5})
                    continue;
                const ConceptCell& cell = located.value().cells[token.position][l];
                const auto& nearest = side == Side::Base ? cell.base : cell.fineTuned;
                QCOMPARE(nearest.id, closest(matrix.value().view(), set, row));
                QVERIFY(nearest.confidence >= 0.0 && nearest.confidence <= 1.0);
                ++compared;
            }
        }
    }
    QCOMPARE(compared, 6 * words.size());
}

void tst_SentenceConcepts::leavingIsLessThanThetaBothWays()
{
    pipeline::ConceptLocator locator(m_results, m_fineTuned, "cpu");
    const std::vector<std::string_view> words{"a", "truly", "awful", "film", "."};
    const auto layers = [&](int layer) { return m_results->compare(layer, layer, kK, kTheta); };
    const auto located = locator.locate(words, layers, {});
    VERIFY_RESULT(located);
    std::size_t leaving = 0;
    for (std::size_t word = 0; word < words.size(); ++word) {
        for (std::size_t l = 0; l < 3; ++l) {
            const ConceptCell& cell = located.value().cells[word][l];
            const auto& comparison = *located.value().comparisons[l];
            const double there = shareIn(*comparison.a, cell.base.id, *comparison.b, cell.fineTuned.id);
            const double back = shareIn(*comparison.b, cell.fineTuned.id, *comparison.a, cell.base.id);
            QCOMPARE(cell.overlap, there);
            QCOMPARE(cell.leaves, std::max(there, back) < kTheta);
            leaving += cell.leaves ? 1 : 0;
        }
    }
    QVERIFY(leaving > 0); // fine-tuning has changed the last layer
}

void tst_SentenceConcepts::aWordWithoutAPieceHasNoConcept()
{
    pipeline::ConceptLocator locator(m_results, m_fineTuned, "cpu");
    const std::vector<std::string_view> words{"good", "\xe2\x80\x8b", "film"}; // a zero-width space
    const auto layers = [&](int layer) { return m_results->compare(layer, layer, kK, kTheta); };
    const auto located = locator.locate(words, layers, {});
    VERIFY_RESULT(located);
    QCOMPARE(located.value().cells[0].size(), 3U);
    QCOMPARE(located.value().cells[1].size(), 0U);
    QCOMPARE(located.value().cells[2].size(), 3U);
}

void tst_SentenceConcepts::aSecondSentenceGivesWhatAFirstWould()
{
    const auto layers = [&](int layer) { return m_results->compare(layer, layer, kK, kTheta); };
    pipeline::ConceptLocator used(m_results, m_fineTuned, "cpu");
    const std::vector<std::string_view> one{"a", "film"}, other{"the", "plot", "is", "warm"};
    VERIFY_RESULT(used.locate(one, layers, {}));
    const auto second = used.locate(other, layers, {});
    VERIFY_RESULT(second);
    pipeline::ConceptLocator fresh(m_results, m_fineTuned, "cpu");
    const auto first = fresh.locate(other, layers, {});
    VERIFY_RESULT(first);
    for (std::size_t word = 0; word < other.size(); ++word) {
        for (std::size_t l = 0; l < 3; ++l) {
            QCOMPARE(second.value().cells[word][l].fineTuned.id, first.value().cells[word][l].fineTuned.id);
            QCOMPARE(second.value().cells[word][l].base.distance, first.value().cells[word][l].base.distance);
        }
    }
}

void tst_SentenceConcepts::aModelWithoutAHeadLocatesWordsAllTheSame()
{
    const QTemporaryDir folder;
    testing::ReferenceStudyOptions options;
    options.fineTuned = testing::referenceBase();
    const auto path = testing::runReferenceStudy(folder.path().toStdString(), options);
    VERIFY_RESULT(path);
    const auto results = project::StudyResults::open(path.value());
    VERIFY_RESULT(results);
    const auto model = pipeline::openModelOf(*results.value(), Side::FineTuned, "cpu");
    VERIFY_RESULT(model);
    pipeline::ConceptLocator locator(results.value(), model.value(), "cpu");
    pipeline::SentenceQuestion question;
    question.words = {"a", "film"};
    const auto layers = [&](int layer) { return results.value()->compare(layer, layer, kK, kTheta); };
    const auto answer = pipeline::explainSentence(locator, layers, question, {});
    VERIFY_RESULT(answer);
    QVERIFY(!answer.value().attribution);
    QVERIFY(answer.value().noAttribution.find("no classification head") != std::string::npos);
    QVERIFY(answer.value().concepts.has_value());
    for (const auto& cells : answer.value().concepts->cells) {
        for (const ConceptCell& cell : cells)
            QVERIFY(!cell.leaves); // both sides are one model
    }
}

void tst_SentenceConcepts::aSentenceWithoutWordsIsRefused()
{
    pipeline::ConceptLocator locator(m_results, m_fineTuned, "cpu");
    const auto layers = [&](int layer) { return m_results->compare(layer, layer, kK, kTheta); };
    const auto answer = pipeline::explainSentence(locator, layers, {}, {});
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, base::ErrorCode::InvalidArgument);
}

void tst_SentenceConcepts::labelsAreNamed()
{
    QCOMPARE(pipeline::labelNamed(*m_fineTuned.model, "positive").value(), 1U);
    const auto unknown = pipeline::labelNamed(*m_fineTuned.model, "neutral");
    QVERIFY(!unknown);
    QVERIFY(unknown.error().message.find("negative, positive") != std::string::npos);
}

void tst_SentenceConcepts::deletedActivationsAreSaid()
{
    std::filesystem::remove_all(pipeline::cacheFolder(m_results->path()));
    pipeline::ConceptLocator locator(m_results, m_fineTuned, "cpu");
    pipeline::SentenceQuestion question;
    question.words = {"a", "film"};
    const auto layers = [&](int layer) { return m_results->compare(layer, layer, kK, kTheta); };
    const auto answer = pipeline::explainSentence(locator, layers, question, {});
    VERIFY_RESULT(answer);
    QVERIFY(answer.value().attribution.has_value()); // the rest works
    QVERIFY(!answer.value().concepts);
    QVERIFY(answer.value().noConcepts.find("run the study again") != std::string::npos);
}

QTEST_GUILESS_MAIN(tst_SentenceConcepts)
#include "tst_sentence_concepts.moc"
