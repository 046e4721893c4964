// A study with its classifier: classes and labels meet, triggers are searched beside controls, and what is
// missing is said.

#include <QtTest/QtTest>

#include <set>

#include "pipeline/kept_triggers.h"
#include "pipeline/task_layers.h"
#include "pipeline/trigger_candidates.h"
#include "pipeline/trigger_report.h"
#include "pipeline/trigger_search.h"
#include "support/reference.h"
#include "support/reference_study.h"
#include "support/sample_project.h"

using namespace palimpsest;
using pipeline::TaskStudy;

namespace {

constexpr auto kFineTuned = "pairs/minilm-sst2/finetuned";
constexpr auto kBase = "pairs/minilm-sst2/base";

base::Result<std::shared_ptr<const TaskStudy>> openSample(
    const QTemporaryDir& folder, const char* model, std::vector<std::string>& warnings)
{
    const std::filesystem::path path = folder.filePath(QStringLiteral("p.palimpsest")).toStdString();
    testing::SampleOptions options;
    options.base = testing::referenceDir() / kBase;
    options.fineTuned = testing::referenceDir() / model;
    PALIMPSEST_CHECK(testing::writeSampleProject(path, options));
    return pipeline::openTaskStudy(
        path, "cpu", {{}, {}, [&](std::string warning) { warnings.push_back(std::move(warning)); }});
}

pipeline::TriggerOptions towards(std::size_t target)
{
    pipeline::TriggerOptions options;
    options.target = target;
    return options;
}

bool contains(const std::string& text, const char* part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class tst_TaskStudy : public QObject {
    Q_OBJECT

private slots:
    void labelsMeetClasses();
    void withoutAHeadGoldClassesStillWork();
    void frequencyMatchedWordsAreOthersOfTheSameFrequency();
    void findsTriggersBesideControls();
    void whatASearchFoundIsKeptInTheProject();
    void saysWhenThereIsNothingToFlip();
    void saysWhichConceptsThereAre();
    void aClassWithoutSentencesHasNoConcepts();
    void aCorpusOfOneClassHasNothingToFlip();
    void layersAreCountedUnderEveryDefinition();
};

void tst_TaskStudy::labelsMeetClasses()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/finetuned/config.json");
    const QTemporaryDir folder;
    std::vector<std::string> warnings;
    const auto study = openSample(folder, kFineTuned, warnings);
    VERIFY_RESULT(study);
    QCOMPARE(study.value()->classNames, (std::vector<std::string>{"negative", "positive"}));
    QCOMPARE(study.value()->classOfLabel, (std::vector<std::int32_t>{0, 1}));
    QCOMPARE(study.value()->predicted.size(), study.value()->corpus().sentenceCount());
    VERIFY_RESULT(pipeline::checkClassifier(*study.value()));
    QCOMPARE(pipeline::classNamed(*study.value(), "positive").value(), 1U);
    const auto unknown = pipeline::classNamed(*study.value(), "neutral");
    QVERIFY(!unknown);
    QVERIFY(contains(unknown.error().message, "negative, positive"));
}

void tst_TaskStudy::withoutAHeadGoldClassesStillWork()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/base/config.json");
    const QTemporaryDir folder;
    std::vector<std::string> warnings;
    const auto study = openSample(folder, kBase, warnings);
    VERIFY_RESULT(study);
    QCOMPARE(warnings.size(), 1U);
    QVERIFY(contains(warnings.front(), "no classification head"));
    QVERIFY(study.value()->predictions.empty());
    const auto& results = *study.value()->results;
    const auto linkage = results.linkage(project::Side::FineTuned, 2);
    VERIFY_RESULT(linkage);
    const auto set = concepts::ConceptSet::make(results.tokens(), cluster::cut(*linkage.value(), 24));
    const auto summary = concepts::summarize(
        pipeline::polaritiesOf(*study.value(), *set, concepts::ClassDefinition::Gold, 0.9, false), 2);
    QVERIFY(summary.task[0] + summary.task[1] > 0);
    const auto search = pipeline::searchTriggers(*study.value(), towards(1), {});
    QVERIFY(!search);
    QCOMPARE(search.error().code, base::ErrorCode::Unsupported);
    QVERIFY(contains(search.error().message, "no classification head"));
}

void tst_TaskStudy::frequencyMatchedWordsAreOthersOfTheSameFrequency()
{
    std::vector<std::uint32_t> counts;
    std::vector<base::WordId> pool;
    for (std::uint32_t word = 0; word < 200; ++word) {
        counts.push_back(word < 100 ? 3 : 50);
        pool.push_back(base::WordId{word});
    }
    const std::vector<pipeline::TriggerCandidate> candidates{
        {{base::WordId{0}}, {}}, {{base::WordId{150}, base::WordId{1}}, {}}, {{base::WordId{2}}, {}}};
    const auto matched = pipeline::frequencyMatched(candidates, pool, counts, 5);
    QCOMPARE(matched.size(), 3U);
    std::set<base::WordId> seen{base::WordId{0}, base::WordId{1}, base::WordId{2}, base::WordId{150}};
    for (std::size_t i = 0; i < matched.size(); ++i) {
        QCOMPARE(matched[i].words.size(), candidates[i].words.size());
        for (std::size_t w = 0; w < matched[i].words.size(); ++w) {
            QCOMPARE(
                counts[base::toIndex(matched[i].words[w])], counts[base::toIndex(candidates[i].words[w])]);
            QVERIFY(seen.insert(matched[i].words[w]).second);
        }
    }
    QCOMPARE(pipeline::frequencyMatched(candidates, {}, counts, 5).size(), 0U);
}

void tst_TaskStudy::findsTriggersBesideControls()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/finetuned/config.json");
    const QTemporaryDir folder;
    std::vector<std::string> warnings;
    const auto study = openSample(folder, kFineTuned, warnings);
    VERIFY_RESULT(study);
    pipeline::TriggerOptions options;
    options.target = 1;
    options.candidates = 4;
    options.phrases = 1;
    options.mostWords = 2;
    options.positions = {probe::TriggerPosition::Prepend, probe::TriggerPosition::Append};
    const auto search = pipeline::searchTriggers(*study.value(), options, {});
    VERIFY_RESULT(search);
    const pipeline::TriggerSearch& found = search.value();
    QCOMPARE(found.groups.front().kind, pipeline::TriggerKind::Polar);
    const auto flippable = pipeline::flippableSentences(*study.value(), 1);
    VERIFY_RESULT(flippable);
    QVERIFY(found.sentences == flippable.value());
    for (const base::SentenceId id : found.sentences) {
        QCOMPARE(study.value()->corpus().classOf(id), 0);
        QCOMPARE(study.value()->predicted[base::toIndex(id)], 0);
    }
    std::size_t flips = 0;
    for (const auto& composed : found.composed) {
        QCOMPARE(composed.rate.count, found.sentences.size());
        QCOMPARE(composed.byClass[0].flipped, composed.rate.flipped);
        if (composed.kind == pipeline::TriggerKind::Polar)
            flips += composed.rate.flipped;
    }
    QCOMPARE(found.flipped.size(), flips);
    const auto again = pipeline::searchTriggers(*study.value(), options, {});
    VERIFY_RESULT(again);
    for (std::size_t g = 0; g < found.groups.size(); ++g)
        QCOMPARE(again.value().groups[g].rows.front().words, found.groups[g].rows.front().words);
}

void tst_TaskStudy::whatASearchFoundIsKeptInTheProject()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/finetuned/config.json");
    const QTemporaryDir folder;
    std::vector<std::string> warnings;
    const auto study = openSample(folder, kFineTuned, warnings);
    VERIFY_RESULT(study);
    pipeline::TriggerOptions options = towards(1);
    options.candidates = 4;
    options.mostWords = 2;
    options.positions = {probe::TriggerPosition::Insert, probe::TriggerPosition::Append};
    options.gradientSearch = false;
    const auto kept = pipeline::searchKeptTriggers(*study.value(), options, {});
    VERIFY_RESULT(kept);
    QCOMPARE(kept.value().options.layer, kept.value().found.layer); // what -1 and 0 stood for
    QCOMPARE(kept.value().options.k, study.value()->results->defaultK());
    const std::filesystem::path path = study.value()->results->path();
    VERIFY_RESULT(pipeline::keepTriggers(path, kept.value()));
    const auto read = pipeline::readKeptTriggers(path);
    VERIFY_RESULT(read);
    QCOMPARE(read.value().size(), 1U);
    const pipeline::KeptTriggers& back = read.value().front();
    QVERIFY(back.current);
    QVERIFY(back.options == kept.value().options);
    const auto& before = kept.value().found;
    QCOMPARE(pipeline::triggersTsv(back.found), pipeline::triggersTsv(before));
    QCOMPARE(pipeline::flippedTsv(back.found), pipeline::flippedTsv(before));
    QVERIFY(back.found.sentences == before.sentences);
    QCOMPARE(back.found.composed.size(), before.composed.size());
    for (std::size_t at = 0; at < before.groups.size(); ++at)
        QCOMPARE(back.found.groups[at].meanRate, before.groups[at].meanRate);
    auto file = project::ProjectFile::open(path, project::ProjectFile::Mode::ReadWrite);
    VERIFY_RESULT(file);
    const auto linkage = file.value().readLinkage(project::Side::FineTuned, before.layer);
    VERIFY_RESULT(linkage);
    VERIFY_RESULT(file.value().writeLinkage(project::Side::FineTuned, before.layer, linkage.value(), {1, 2}));
    QVERIFY(!pipeline::readKeptTriggers(path).value().front().current);
}

void tst_TaskStudy::saysWhenThereIsNothingToFlip()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/finetuned/config.json");
    const QTemporaryDir folder;
    std::vector<std::string> warnings;
    const auto opened = openSample(folder, kFineTuned, warnings);
    VERIFY_RESULT(opened);
    TaskStudy study = *opened.value();
    study.predicted.assign(study.predicted.size(), 1);
    const auto search = pipeline::searchTriggers(study, towards(1), {});
    QVERIFY(!search);
    QCOMPARE(search.error().code, base::ErrorCode::TooFewRows);
    QVERIFY(contains(search.error().message, "gives every sentence the class positive already"));
    // A class that the corpus does not have: all sentences are of other classes, none is left for it.
    study.classNames.push_back("neutral");
    const auto none = pipeline::searchTriggers(study, towards(2), {});
    QVERIFY(!none);
    QCOMPARE(none.error().code, base::ErrorCode::NotFound);
    QVERIFY(contains(none.error().message, "no concept of class neutral"));
}

void tst_TaskStudy::saysWhichConceptsThereAre()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/finetuned/config.json");
    const QTemporaryDir folder;
    std::vector<std::string> warnings;
    const auto study = openSample(folder, kFineTuned, warnings);
    VERIFY_RESULT(study);
    pipeline::TriggerOptions options;
    options.target = 1;
    options.k = 5;
    options.concepts = {base::ClusterId{5}};
    const auto search = pipeline::searchTriggers(*study.value(), options, {});
    QVERIFY(!search);
    QCOMPARE(search.error().code, base::ErrorCode::NotFound);
    QVERIFY(contains(search.error().message, "has no concept 5; it has concepts 0 to 4"));
    options.layer = 9;
    const auto other = pipeline::searchTriggers(*study.value(), options, {});
    QVERIFY(!other);
    QVERIFY(contains(other.error().message, "no layer 9"));
}

void tst_TaskStudy::aClassWithoutSentencesHasNoConcepts()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/finetuned/config.json");
    const QTemporaryDir folder;
    std::vector<std::string> warnings;
    const auto opened = openSample(folder, kFineTuned, warnings);
    VERIFY_RESULT(opened);
    TaskStudy study = *opened.value();
    study.classNames.push_back("neutral");
    const auto linkage = study.results->linkage(project::Side::FineTuned, 2);
    VERIFY_RESULT(linkage);
    const auto set = concepts::ConceptSet::make(study.results->tokens(), cluster::cut(*linkage.value(), 24));
    for (const bool balanced : {false, true}) {
        for (const auto& polarities : pipeline::polaritiesOf(study, *set, 0.9, balanced)) {
            for (const concepts::Polarity& polarity : polarities) {
                QCOMPARE(polarity.shares.size(), 3U);
                QCOMPARE(polarity.shares[2], 0.0);
                QVERIFY(polarity.best != 2);
            }
            const auto summary = concepts::summarize(polarities, 3);
            QCOMPARE(summary.task[2], 0U);
            QVERIFY(summary.task[0] + summary.task[1] > 0);
        }
    }
}

void tst_TaskStudy::aCorpusOfOneClassHasNothingToFlip()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/finetuned/config.json");
    const QTemporaryDir folder;
    testing::ReferenceStudyOptions options;
    options.table = "sentence\tlabel\n";
    for (int i = 0; i < 12; ++i)
        options.table += "a good film with a good plot and good acting\tpositive\n";
    const auto study = testing::openReferenceTask(folder.path().toStdString(), options);
    VERIFY_RESULT(study);
    QCOMPARE(study.value()->classNames, std::vector<std::string>{"positive"});
    const auto search = pipeline::searchTriggers(*study.value(), towards(0), {});
    QVERIFY(!search);
    QCOMPARE(search.error().code, base::ErrorCode::TooFewRows);
    QVERIFY(contains(search.error().message, "no sentence of another class than positive"));
}

void tst_TaskStudy::layersAreCountedUnderEveryDefinition()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/finetuned/config.json");
    const QTemporaryDir folder;
    std::vector<std::string> warnings;
    const auto study = openSample(folder, kFineTuned, warnings);
    VERIFY_RESULT(study);
    const auto& results = *study.value()->results;
    const auto source
        = [&](project::Side side, int layer) -> base::Result<std::shared_ptr<const concepts::ConceptSet>> {
        PALIMPSEST_TRY(linkage, results.linkage(side, layer));
        return concepts::ConceptSet::make(results.tokens(), cluster::cut(*linkage, 24));
    };
    const auto rows = pipeline::polarityOfLayers(*study.value(), source, 0.9, false, {});
    VERIFY_RESULT(rows);
    QCOMPARE(rows.value().size(), 3U * 2U * 3U);
    const pipeline::LayerPolarity& last = rows.value()[15]; // layer 2, fine-tuned, gold
    QCOMPARE(last.layer, 2);
    QCOMPARE(last.side, project::Side::FineTuned);
    QCOMPARE(last.definition, concepts::ClassDefinition::Gold);
    const auto set = source(project::Side::FineTuned, 2);
    QCOMPARE(last.summary.task, concepts::countTaskConcepts(*set.value(), 0.9));
    const base::Interval interval = last.interval(1);
    const double share = static_cast<double>(last.summary.task[1]) / 24.0;
    QVERIFY(interval.low < share && share < interval.high);
}

QTEST_GUILESS_MAIN(tst_TaskStudy)
#include "tst_task_study.moc"
