// A concept taken out of the fine-tuned model, or moved: counts add up, nothing added changes nothing, random
// directions are the yardstick, and what is not there is said.

#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <set>

#include "pipeline/concept_ablation.h"
#include "pipeline/run_study.h"
#include "support/reference.h"
#include "support/reference_study.h"

using namespace palimpsest;
using pipeline::AblationOptions;

namespace {

std::size_t total(const std::vector<std::size_t>& counts)
{
    std::size_t sum = 0;
    for (const std::size_t count : counts)
        sum += count;
    return sum;
}

} // namespace

class tst_ConceptAblation : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void countsAddUp();
    void aChangeOfNothingChangesNothing();
    void anotherSeedChangesOnlyRandomDirections();
    void aStrongerChangeMovesTheProbabilitiesFurther();
    void membersAreMovedToAnotherConcept();
    void refusesWhatIsNotThere();
    void deletedActivationsAreSaid();

private:
    AblationOptions polarConcept(int layer) const;

    QTemporaryDir m_folder;
    std::shared_ptr<const pipeline::TaskStudy> m_study;
};

void tst_ConceptAblation::initTestCase()
{
    if (!testing::hasReferencePair())
        QSKIP("reference data is absent: pairs/minilm-sst2 (set PALIMPSEST_REFERENCE_DIR)");
    const auto study = testing::openReferenceTask(m_folder.path().toStdString());
    VERIFY_RESULT(study);
    m_study = study.value();
}

/// The surest positive concept of a layer.
AblationOptions tst_ConceptAblation::polarConcept(int layer) const
{
    AblationOptions options;
    options.layer = layer;
    options.randomDirections = 3;
    const auto linkage = m_study->results->linkage(project::Side::FineTuned, layer);
    const auto set
        = concepts::ConceptSet::make(m_study->results->tokens(), cluster::cut(*linkage.value(), 24));
    const auto polar = concepts::mostPolar(
        pipeline::polaritiesOf(*m_study, *set, concepts::ClassDefinition::Gold, 0.8, false), 1);
    options.cluster = polar.empty() ? base::ClusterId{0} : polar.front();
    return options;
}

void tst_ConceptAblation::countsAddUp()
{
    const AblationOptions options = polarConcept(3);
    const auto found = pipeline::ablateConcept(*m_study, options, {});
    VERIFY_RESULT(found);
    const pipeline::ConceptAblation& ablation = found.value();
    const auto linkage = m_study->results->linkage(project::Side::FineTuned, 3);
    const auto set
        = concepts::ConceptSet::make(m_study->results->tokens(), cluster::cut(*linkage.value(), 24));
    std::set<base::SentenceId> sentences;
    for (const base::TokenId member : set->members(options.cluster))
        sentences.insert(set->tokens().token(member).sentence);
    QCOMPARE(ablation.members, set->size(options.cluster));
    QCOMPARE(ablation.sentences, sentences.size());
    QCOMPARE(ablation.laterLayers, std::vector<int>{6});
    QCOMPARE(total(ablation.plainLabels), ablation.sentences);
    QCOMPARE(total(ablation.effect.labels), ablation.sentences);
    QCOMPARE(ablation.effect.moved.size(), 1U);
    QCOMPARE(ablation.random.size(), 3U);
    std::vector<std::size_t> predicted(2, 0);
    for (const base::SentenceId id : sentences)
        ++predicted[static_cast<std::size_t>(m_study->predicted[base::toIndex(id)])];
    QCOMPARE(ablation.plainLabels, predicted);
    std::size_t asMany = 0;
    for (const pipeline::AblationEffect& random : ablation.random)
        asMany += random.changed >= ablation.effect.changed ? 1 : 0;
    QCOMPARE(ablation.pValue, (1.0 + static_cast<double>(asMany)) / 4.0);
}

void tst_ConceptAblation::aChangeOfNothingChangesNothing()
{
    AblationOptions options = polarConcept(3);
    options.strength = 0.0;
    options.randomDirections = 1;
    const auto found = pipeline::ablateConcept(*m_study, options, {});
    VERIFY_RESULT(found);
    QCOMPARE(found.value().effect.changed, 0U);
    QCOMPARE(found.value().effect.shift, 0.0);
    QCOMPARE(found.value().effect.moved.front(), 0.0);
    QCOMPARE(found.value().effect.labels, found.value().plainLabels);
}

void tst_ConceptAblation::anotherSeedChangesOnlyRandomDirections()
{
    AblationOptions options = polarConcept(6);
    const auto first = pipeline::ablateConcept(*m_study, options, {});
    VERIFY_RESULT(first);
    const auto same = pipeline::ablateConcept(*m_study, options, {});
    VERIFY_RESULT(same);
    options.seed = 2;
    const auto other = pipeline::ablateConcept(*m_study, options, {});
    VERIFY_RESULT(other);
    QVERIFY(first.value().laterLayers.empty()); // the last one
    QCOMPARE(same.value().random[0].shift, first.value().random[0].shift);
    QVERIFY(other.value().random[0].shift != first.value().random[0].shift);
    QCOMPARE(other.value().effect.shift, first.value().effect.shift);
}

void tst_ConceptAblation::aStrongerChangeMovesTheProbabilitiesFurther()
{
    AblationOptions options = polarConcept(6);
    options.randomDirections = 1;
    options.strength = 0.5;
    const auto weak = pipeline::ablateConcept(*m_study, options, {});
    VERIFY_RESULT(weak);
    options.strength = 2.0;
    const auto strong = pipeline::ablateConcept(*m_study, options, {});
    VERIFY_RESULT(strong);
    QVERIFY(std::abs(strong.value().effect.shift) > std::abs(weak.value().effect.shift));
}

void tst_ConceptAblation::membersAreMovedToAnotherConcept()
{
    AblationOptions options = polarConcept(3);
    options.moveTo = base::ClusterId{options.cluster == base::ClusterId{0} ? 1U : 0U};
    options.randomDirections = 1;
    options.strength = 3.0;
    const auto found = pipeline::ablateConcept(*m_study, options, {});
    VERIFY_RESULT(found);
    QVERIFY(found.value().effect.moved.front() > 0.0); // later layers take notice
    options.moveTo = options.cluster;
    const auto itself = pipeline::ablateConcept(*m_study, options, {});
    QVERIFY(!itself);
    QCOMPARE(itself.error().code, base::ErrorCode::InvalidArgument);
}

void tst_ConceptAblation::refusesWhatIsNotThere()
{
    AblationOptions options = polarConcept(6);
    options.cluster = base::ClusterId{24};
    const auto unknown = pipeline::ablateConcept(*m_study, options, {});
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, base::ErrorCode::NotFound);
    QVERIFY(unknown.error().message.find("concepts 0 to 23") != std::string::npos);
    options.cluster = base::ClusterId{0};
    options.layer = 4;
    QCOMPARE(pipeline::ablateConcept(*m_study, options, {}).error().code, base::ErrorCode::NotFound);
    options.layer = 6;
    options.randomDirections = 0;
    QCOMPARE(pipeline::ablateConcept(*m_study, options, {}).error().code, base::ErrorCode::InvalidArgument);
    const auto gold = pipeline::goldStudy(m_study->results); // no model is open
    options.randomDirections = 1;
    QCOMPARE(pipeline::ablateConcept(*gold, options, {}).error().code, base::ErrorCode::Unsupported);
}

void tst_ConceptAblation::deletedActivationsAreSaid()
{
    std::filesystem::remove_all(pipeline::cacheFolder(m_study->results->path()));
    const auto found = pipeline::ablateConcept(*m_study, polarConcept(6), {});
    QVERIFY(!found);
    QCOMPARE(found.error().code, base::ErrorCode::NotFound);
    QVERIFY(found.error().message.find("run the study again") != std::string::npos);
}

QTEST_GUILESS_MAIN(tst_ConceptAblation)
#include "tst_concept_ablation.moc"
