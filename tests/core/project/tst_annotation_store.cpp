// Annotations come back as they were, move with K by a stated rule, and can be taken back.

#include <QtTest/QtTest>

#include "core/project/sample_project.h"
#include "fresh_project.h"
#include "project/annotation_store.h"
#include "run_sql.h"

using namespace palimpsest;
using project::Annotation;
using project::AnnotationChange;
using project::AnnotationStore;
using project::ProjectFile;
using project::Side;

namespace {

constexpr base::Fingerprint kTree{0x8000000000000001ULL, 7};

Annotation annotation(const std::string& annotator, std::int32_t node, const std::string& name,
    std::vector<std::string> tags = {}, int rating = 0)
{
    Annotation made;
    made.key = {annotator, Side::Base, 2, node};
    made.size = 3;
    made.k = 10;
    made.tree = kTree;
    made.name = name;
    made.tags = std::move(tags);
    made.rating = rating;
    return made;
}

AnnotationChange change(const std::optional<Annotation>& before, const std::optional<Annotation>& after)
{
    return {after ? after->key : before->key, before, after};
}

std::vector<std::string> names(const std::vector<Annotation>& annotations)
{
    std::vector<std::string> all;
    for (const Annotation& one : annotations)
        all.push_back(one.key.annotator + ":" + one.name);
    return all;
}

} // namespace

class AnnotationStoreTest : public QObject, private testing::FreshProject {
    Q_OBJECT

private slots:
    void init() { begin(); }
    void annotationsComeBackAsTheyWere();
    void emptyOnesAreNotKept();
    void changesAreAllKeptOrNone();
    void takingBackGivesTheOldState();
    void olderProjectsOpenAndCanBeAnnotated();
    void unusableTextsAreRefused();
    void tagsAreReadAsTyped();
    void namesMoveToTheMatchingConcept();
    void anotherTreeIsLeftOut();
    void theQueueHasTheLargestUnnamedFirst();
    void twoAnnotatorsAreCompared();
};

void AnnotationStoreTest::annotationsComeBackAsTheyWere()
{
    Annotation full = annotation("Åsa", 12, "größe, \"quoted\"", {"noun", "size word"}, 4);
    full.note = "first line\nsecond\tline";
    {
        const ProjectFile file = open();
        const std::vector changes{change({}, full), change({}, annotation("Bo", 12, "sizes"))};
        VERIFY_RESULT(AnnotationStore(file).write(changes));
    }
    const ProjectFile file = open(ProjectFile::Mode::ReadOnly);
    const auto all = AnnotationStore(file).all();
    VERIFY_RESULT(all);
    QCOMPARE(names(all.value()), (std::vector<std::string>{"Bo:sizes", "Åsa:größe, \"quoted\""}));
    const Annotation& back = all.value()[1];
    QVERIFY(back.key == full.key);
    QVERIFY(back.tree == kTree);
    QCOMPARE(back.tags, full.tags);
    QCOMPARE(back.note, full.note);
    QCOMPARE(back.rating, 4);
    QCOMPARE(back.size, std::size_t{3});
    QCOMPARE(back.k, std::size_t{10});
}

void AnnotationStoreTest::emptyOnesAreNotKept()
{
    const ProjectFile file = open();
    const AnnotationStore store(file);
    VERIFY_RESULT(store.write(std::vector{change({}, annotation("A", 1, "name"))}));
    VERIFY_RESULT(store.write(std::vector{change(annotation("A", 1, "name"), annotation("A", 1, ""))}));
    QVERIFY(store.all().value().empty());
}

void AnnotationStoreTest::changesAreAllKeptOrNone()
{
    const ProjectFile file = open();
    const AnnotationStore store(file);
    const std::vector changes{
        change({}, annotation("A", 1, "fine")), change({}, annotation("A", 2, "bad\n"))};
    QCOMPARE(store.write(changes).error().code, base::ErrorCode::InvalidArgument);
    QVERIFY(store.all().value().empty());
}

void AnnotationStoreTest::takingBackGivesTheOldState()
{
    const ProjectFile file = open();
    const AnnotationStore store(file);
    const Annotation first = annotation("A", 1, "one"), second = annotation("A", 1, "two");
    const std::vector changes{
        change({}, first), change(first, second), change({}, annotation("A", 0, "zero"))};
    std::vector<Annotation> inMemory;
    project::apply(inMemory, changes);
    VERIFY_RESULT(store.write(changes));
    QCOMPARE(names(inMemory), (std::vector<std::string>{"A:zero", "A:two"}));
    QCOMPARE(names(store.all().value()), names(inMemory));
    const auto back = project::reversed(changes);
    project::apply(inMemory, back);
    VERIFY_RESULT(store.write(back));
    QVERIFY(inMemory.empty());
    QVERIFY(store.all().value().empty());
}

void AnnotationStoreTest::olderProjectsOpenAndCanBeAnnotated()
{
    testing::runSql(path(),
        "DROP TABLE annotation; DROP TABLE map; DROP TABLE story; DROP TABLE figure; DROP TABLE "
        "trigger_search; DROP TABLE trigger_entry; DROP TABLE trigger_flip; PRAGMA "
        "user_version=1"); // what the first layout was
    {
        const ProjectFile file = open(ProjectFile::Mode::ReadOnly);
        const auto none = AnnotationStore(file).all();
        VERIFY_RESULT(none);
        QVERIFY(none.value().empty());
    }
    const ProjectFile file = open();
    VERIFY_RESULT(AnnotationStore(file).write(std::vector{change({}, annotation("A", 1, "one"))}));
    QCOMPARE(AnnotationStore(file).all().value().size(), std::size_t{1});
}

void AnnotationStoreTest::unusableTextsAreRefused()
{
    const auto refused = [](const Annotation& made) { return !project::checkAnnotation(made); };
    QVERIFY(!refused(annotation("A", 1, "fine", {"a", "b"}, 5)));
    QVERIFY(refused(annotation("", 1, "no annotator")));
    QVERIFY(refused(annotation("A", -1, "no node")));
    QVERIFY(refused(annotation("A", 1, "two\nlines")));
    QVERIFY(refused(annotation("A", 1, std::string(201, 'x'))));
    QVERIFY(refused(annotation("A", 1, "not UTF-8 \xff")));
    QVERIFY(refused(annotation("A", 1, "", {"b", "a"})));
    QVERIFY(refused(annotation("A", 1, "", {"a", "a"})));
    QVERIFY(refused(annotation("A", 1, "", {"a,b"})));
    QVERIFY(refused(annotation("A", 1, "", {}, 6)));
}

void AnnotationStoreTest::tagsAreReadAsTyped()
{
    QCOMPARE(
        project::tagsFromText(" noun , size word,noun,, "), (std::vector<std::string>{"noun", "size word"}));
    QVERIFY(project::tagsFromText(" , ").empty());
}

void AnnotationStoreTest::namesMoveToTheMatchingConcept()
{
    // Leaf i joins {0..i-1}: node 40 + i - 1 is {0..i}. A cut into K leaves the last K-1 rows alone.
    const auto tokens = testing::sampleTokens();
    const auto linkage = std::make_shared<const cluster::Linkage>(testing::chainLinkage(40));
    const auto placed = [&](std::size_t k, const std::vector<Annotation>& annotations) {
        const auto concepts = concepts::ConceptSet::make(tokens, cluster::cut(*linkage, k));
        return project::placeAnnotations(
            annotations, "A", Side::Base, 2, kTree, concepts::CutNodes(linkage, concepts));
    };
    const std::vector annotations{annotation("A", 40 + 18, "first 20"), annotation("A", 40 + 28, "first 30"),
        annotation("B", 40 + 28, "of another annotator")};
    const auto at11 = placed(11, annotations); // the first concept is {0..29}
    QVERIFY(at11[0] && at11[0]->exact);
    QCOMPARE(annotations[at11[0]->index].name, std::string("first 30"));
    const auto at6 = placed(6, annotations); // {0..34}: 30 of 35 beats 20 of 35
    QVERIFY(at6[0] && !at6[0]->exact);
    QCOMPARE(annotations[at6[0]->index].name, std::string("first 30"));
    QCOMPARE(at6[0]->jaccard, 30.0 / 35.0);
    const auto at26 = placed(26, annotations); // {0..14}: half of 30, three quarters of 20
    QCOMPARE(annotations[at26[0]->index].name, std::string("first 20"));
    const auto at40 = placed(40, annotations); // single leaves
    QVERIFY(std::ranges::none_of(at40, [](const auto& place) { return place.has_value(); }));
}

void AnnotationStoreTest::anotherTreeIsLeftOut()
{
    const auto linkage = std::make_shared<const cluster::Linkage>(testing::chainLinkage(40));
    const auto concepts = concepts::ConceptSet::make(testing::sampleTokens(), cluster::cut(*linkage, 11));
    const std::vector annotations{annotation("A", 40 + 28, "first 30")};
    const auto places = project::placeAnnotations(
        annotations, "A", Side::Base, 2, base::Fingerprint{1, 1}, concepts::CutNodes(linkage, concepts));
    QVERIFY(!places[0]);
}

void AnnotationStoreTest::theQueueHasTheLargestUnnamedFirst()
{
    const auto linkage = std::make_shared<const cluster::Linkage>(testing::chainLinkage(40));
    const auto concepts = concepts::ConceptSet::make(testing::sampleTokens(), cluster::cut(*linkage, 3));
    const concepts::CutNodes cut(linkage, concepts);
    const auto queue = [&](const std::vector<Annotation>& annotations) {
        return project::unnamedConcepts(
            annotations, project::placeAnnotations(annotations, "A", Side::Base, 2, kTree, cut), *concepts);
    };
    QCOMPARE(queue({}).size(), std::size_t{3});
    QVERIFY(queue({}).front() == base::ClusterId{0}); // {0..37}
    QCOMPARE(queue({annotation("A", cut.nodeOf(base::ClusterId{0}), "named")}).size(), std::size_t{2});
    QCOMPARE(
        queue({annotation("A", cut.nodeOf(base::ClusterId{0}), "", {"only tags"})}).size(), std::size_t{3});
}

void AnnotationStoreTest::twoAnnotatorsAreCompared()
{
    const std::vector annotations{annotation("A", 1, "Nouns", {"pos"}, 5), annotation("A", 2, "verbs", {}, 3),
        annotation("A", 3, "only A"), annotation("B", 1, " nouns ", {"pos"}, 4),
        annotation("B", 2, "verbs", {"tense"}, 3)};
    const auto kappa = [&](project::Judgement judgement) {
        return project::agreementOf(annotations, "A", "B", judgement);
    };
    QCOMPARE(kappa(project::Judgement::Name).items, std::size_t{2});
    QCOMPARE(kappa(project::Judgement::Name).kappa.value(), 1.0);
    QCOMPARE(kappa(project::Judgement::Rating).observed, 0.5);
    const auto tags = kappa(project::Judgement::Tags); // two nodes × (pos, tense); apart on tense of 2
    QCOMPARE(tags.items, std::size_t{4});
    QCOMPARE(tags.observed, 0.75);
    QCOMPARE(tags.kappa.value(), 0.5); // p_e = ¼·½ + ¾·½
    QCOMPARE(project::annotatorsOf(annotations), (std::vector<std::string>{"A", "B"}));
}

QTEST_APPLESS_MAIN(AnnotationStoreTest)
#include "tst_annotation_store.moc"
