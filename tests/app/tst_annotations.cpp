// Names, tags, notes and ratings of a real project: kept, taken back, carried to other cuts, shared as files.

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <set>

#include "bridge/annotations.h"
#include "bridge/job_controller.h"
#include "models/concept_browser.h"
#include "models/layer_pair_list_model.h"
#include "models/lineage_list_model.h"
#include "models/words_model.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::Annotations;
using app::ConceptBrowser;
using app::Selection;
using app::StudySession;

namespace {

constexpr auto kBase = Selection::Base;

/// The services of one window.
struct Sitting {
    app::JobController jobs;
    StudySession session{jobs};
    Annotations annotations{session, jobs};
    Selection selection;
    ConceptBrowser browser;

    Sitting()
    {
        browser.setSession(&session);
        browser.setSelection(&selection);
        browser.setAnnotations(&annotations);
    }
    [[nodiscard]] int largest() const
    {
        return static_cast<int>(base::toIndex(session.comparison()->a->largest()));
    }
};

} // namespace

class TestAnnotations : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_project;
    std::unique_ptr<Sitting> m_sitting;

    void open()
    {
        m_sitting = std::make_unique<Sitting>();
        m_sitting->session.openProject(m_project);
        QTRY_VERIFY(m_sitting->session.isSettled());
    }
    Annotations& annotations() { return m_sitting->annotations; }

private Q_SLOTS:
    void init()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("Palimpsest"));
        QCoreApplication::setApplicationName(QStringLiteral("palimpsest-test-annotations"));
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_project = m_folder->filePath(QStringLiteral("sample.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
        open();
    }
    void cleanup() { m_sitting.reset(); }

    void whatOneSaysIsThereAfterReopening()
    {
        const int id = m_sitting->largest();
        annotations().rename(kBase, id, QStringLiteral("  function   words "));
        annotations().setTags(kBase, id, QStringLiteral("pos, noun,pos"));
        annotations().setNote(kBase, id, QStringLiteral("two\nlines"));
        annotations().rate(kBase, id, 4);
        QTRY_VERIFY(annotations().isSaved());
        m_sitting.reset();
        open();
        QCOMPARE(annotations().titleOf(kBase, id), QStringLiteral("function words"));
        const auto shown = annotations().on(kBase, id);
        QVERIFY(shown && shown->exact);
        QCOMPARE(app::tagsText(*shown->annotation), QStringLiteral("noun, pos"));
        QCOMPARE(shown->annotation->note, std::string("two\nlines"));
        QCOMPARE(shown->annotation->rating, 4);
        QVERIFY(!annotations().canUndo());
    }

    void closingTheWindowAtOnceLosesNothing()
    {
        const int id = m_sitting->largest();
        annotations().rename(kBase, id, QStringLiteral("in a hurry"));
        m_sitting.reset();
        open();
        QCOMPARE(annotations().nameOn(kBase, id), QStringLiteral("in a hurry"));
    }

    void everyStepCanBeTakenBack()
    {
        const int id = m_sitting->largest();
        annotations().rename(kBase, id, QStringLiteral("one"));
        annotations().rename(kBase, id, QStringLiteral("two"));
        annotations().rate(kBase, id, 5);
        QCOMPARE(annotations().undoText(), QStringLiteral("rating of two"));
        annotations().undo();
        annotations().undo();
        QCOMPARE(annotations().nameOn(kBase, id), QStringLiteral("one"));
        annotations().undo();
        QVERIFY(!annotations().on(kBase, id));
        QVERIFY(!annotations().canUndo());
        for (int i = 0; i < 3; ++i)
            annotations().redo();
        QCOMPARE(annotations().on(kBase, id)->annotation->rating, 5);
        QTRY_VERIFY(annotations().isSaved());
        m_sitting.reset();
        open();
        QCOMPARE(annotations().nameOn(kBase, id), QStringLiteral("two"));
    }

    void whatChangesNothingIsNoStep()
    {
        annotations().rename(kBase, 0, QString());
        annotations().setTags(kBase, 0, QStringLiteral(" , "));
        annotations().rename(kBase, 9999, QStringLiteral("nobody"));
        annotations().rename(kBase, -1, QStringLiteral("nobody"));
        QVERIFY(!annotations().canUndo());
    }

    void unusableTextsAreAnsweredAndNotKept()
    {
        annotations().rename(kBase, 0, QString(300, QLatin1Char('x')));
        QVERIFY(m_sitting->jobs.error().contains(QStringLiteral("200 bytes")));
        QVERIFY(!annotations().canUndo());
    }

    void namesFollowTheirConceptThroughK()
    {
        const int id = m_sitting->largest();
        annotations().rename(kBase, id, QStringLiteral("the largest"));
        m_sitting->selection.selectConcept(kBase, id);
        bool carried = false;
        for (int k = 25; k < 60 && !carried; ++k) {
            m_sitting->session.setK(k);
            QTRY_VERIFY(m_sitting->session.isSettled());
            for (int other = 0; other < k; ++other)
                if (const auto shown = annotations().on(kBase, other); shown && !shown->exact) {
                    carried = true;
                    QVERIFY(shown->jaccard >= concepts::kSameConceptJaccard);
                    QCOMPARE(annotations().titleOf(kBase, other), QStringLiteral("≈ the largest"));
                    // An edit makes it the concept's own; the old one comes back with the old K.
                    annotations().rename(kBase, other, QStringLiteral("a piece of it"));
                    QVERIFY(annotations().on(kBase, other)->exact);
                }
        }
        QVERIFY(carried);
        m_sitting->session.setK(24);
        QTRY_VERIFY(m_sitting->session.isSettled());
        QCOMPARE(annotations().titleOf(kBase, id), QStringLiteral("the largest"));
    }

    void conceptsOfOtherLayersHaveTheirNames()
    {
        const int id = m_sitting->largest();
        annotations().rename(kBase, id, QStringLiteral("function words"));
        const auto layer = m_sitting->session.comparison();
        m_sitting->session.setLayer(1);
        QTRY_VERIFY(m_sitting->session.isSettled());
        QCOMPARE(annotations().titleOf(layer->layerA, kBase, layer->a, id), QStringLiteral("function words"));
        const auto other = m_sitting->session.comparison();
        QCOMPARE(annotations().titleOf(other->layerA, kBase, other->a, 0), QStringLiteral("Concept 0"));
        QCOMPARE(annotations().titleOf(layer->layerA, Selection::FineTuned, layer->b, id),
            QStringLiteral("Concept %1").arg(id));
        // After reopening the other layer's tree has to be read first; then `changed` is said.
        QTRY_VERIFY(annotations().isSaved());
        open();
        m_sitting->session.setLayer(1);
        QTRY_COMPARE(
            annotations().titleOf(layer->layerA, kBase, layer->a, id), QStringLiteral("function words"));
        // At another K the name is carried over.
        m_sitting->session.setK(m_sitting->session.k() + 1);
        const auto recut = m_sitting->session.layerSource()(layer->layerA).value();
        int named = 0;
        for (int at = 0; at < static_cast<int>(recut->a->conceptCount()); ++at)
            named += annotations()
                         .titleOf(layer->layerA, kBase, recut->a, at)
                         .contains(QStringLiteral("function words"))
                ? 1
                : 0;
        QCOMPARE(named, 1);
    }

    void listsOfOtherLayersShowNames()
    {
        const int id = m_sitting->largest();
        annotations().rename(kBase, id, QStringLiteral("function words"));
        const auto layer = m_sitting->session.comparison();
        app::LayerPairListModel pairs;
        app::WordPathModel path;
        app::LineageListModel lineage;
        pairs.setAnnotations(&annotations());
        path.setAnnotations(&annotations());
        lineage.setAnnotations(&annotations());
        m_sitting->session.setLayer(1);
        QTRY_VERIFY(m_sitting->session.isSettled());

        pairs.setComparison(layer);
        QVERIFY(pairs.index(0)
                    .data(app::LayerPairListModel::TitleRole)
                    .toString()
                    .startsWith(QStringLiteral("function words, ")));
        app::WordPathModel::Row row;
        row.layer = layer;
        row.step.base.id = row.step.fineTuned.id = base::toId<base::ClusterId>(static_cast<std::size_t>(id));
        path.setRows({row});
        QCOMPARE(path.index(0).data(app::WordPathModel::BaseTitleRole).toString(),
            QStringLiteral("function words"));
        const auto flow = std::make_shared<const align::Flow>(align::makeFlow(align::FlowGrouping::Status,
            {align::makeFlowColumn(layer, false, align::FlowGrouping::Status),
                align::makeFlowColumn(layer, true, align::FlowGrouping::Status)}));
        lineage.setLineage(
            flow, std::make_shared<const align::Lineage>(align::traceConcept(*flow, 0, row.step.base.id)), 0);
        QCOMPARE(lineage.index(0).data(app::LineageListModel::TitleRole).toString(),
            QStringLiteral("function words"));
        // A rename is told to the lists.
        QSignalSpy told(&pairs, &QAbstractItemModel::dataChanged);
        annotations().undo();
        QCOMPARE(told.count(), 1);
        QCOMPARE(path.index(0).data(app::WordPathModel::BaseTitleRole).toString(),
            QStringLiteral("Concept %1").arg(id));
    }

    void listCardAndPairShowNames()
    {
        const int id = m_sitting->largest();
        m_sitting->selection.selectConcept(kBase, id);
        QSignalSpy renamed(m_sitting->browser.card(), &app::ConceptCardModel::annotationChanged);
        annotations().rename(kBase, id, QStringLiteral("nouns"));
        QVERIFY(renamed.count() > 0);
        QCOMPARE(m_sitting->browser.card()->title(), QStringLiteral("nouns"));
        QVERIFY(m_sitting->browser.card()->subtitle().startsWith(QStringLiteral("Concept %1 · ").arg(id)));
        auto* list = m_sitting->browser.concepts();
        QCOMPARE(
            list->index(m_sitting->browser.currentRow(), 0).data(app::ConceptListModel::TitleRole).toString(),
            QStringLiteral("nouns"));
        QVERIFY(m_sitting->browser.pair()->baseTitle().contains(QStringLiteral("“nouns”")));
    }

    void theListIsFilteredByNamesAndTags()
    {
        auto* list = m_sitting->browser.concepts();
        const int all = list->count();
        annotations().rename(kBase, 0, QStringLiteral("nouns"));
        annotations().setTags(kBase, 1, QStringLiteral("odd"));
        list->setAnnotationChoice(1);
        QCOMPARE(list->count(), all - 1);
        list->setAnnotationChoice(2);
        QCOMPARE(list->count(), 1);
        QCOMPARE(list->annotationChoices().mid(3), QStringList{QStringLiteral("Tag odd")});
        list->setAnnotationChoice(3);
        QCOMPARE(list->count(), 1);
        QVERIFY(list->isFiltered());
        annotations().undo(); // the tag
        QCOMPARE(list->count(), all);
    }

    void theQueueGoesThroughAllWithoutAName()
    {
        const int first = annotations().nextUnnamed(kBase, -1);
        QCOMPARE(first, m_sitting->largest());
        std::set<int> seen{first};
        for (int at = first, i = 1; i < 24; ++i)
            seen.insert(at = annotations().nextUnnamed(kBase, at));
        QCOMPARE(seen.size(), std::size_t{24});
        annotations().rename(kBase, first, QStringLiteral("done"));
        QVERIFY(annotations().nextUnnamed(kBase, -1) != first);
    }

    void filesGoToAnotherCopyAndBack()
    {
        const int id = m_sitting->largest();
        annotations().rename(kBase, id, QStringLiteral("nouns"));
        annotations().rename(kBase, id == 0 ? 1 : 0, QStringLiteral("others"));
        const QString file = m_folder->filePath(QStringLiteral("names.tsv"));
        annotations().exportTo(file);
        QTRY_VERIFY(annotations().notice().contains(QStringLiteral("2 annotations were written")));
        m_project = m_folder->filePath(QStringLiteral("copy.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
        m_sitting.reset();
        open();
        QVERIFY(!annotations().on(kBase, id));
        annotations().importFrom(file);
        QTRY_COMPARE(annotations().notice(), QStringLiteral("2 annotations were imported"));
        QCOMPARE(annotations().nameOn(kBase, id), QStringLiteral("nouns"));
        annotations().undo();
        QVERIFY(!annotations().on(kBase, id));
    }

    void annotationsOfAnotherRunAreLeftOut()
    {
        const QString file = m_folder->filePath(QStringLiteral("foreign.tsv"));
        annotations().rename(kBase, 0, QStringLiteral("nouns"));
        annotations().exportTo(file);
        QTRY_VERIFY(!annotations().notice().isEmpty());
        QFile content(file);
        QVERIFY(content.open(QIODevice::ReadOnly));
        QByteArray text = content.readAll();
        content.close();
        const auto at = text.indexOf("\tnouns");
        text.replace(at - 4, 4, text.mid(at - 4, 4) == "0000" ? "1111" : "0000");
        QVERIFY(content.open(QIODevice::WriteOnly));
        content.write(text);
        content.close();
        annotations().importFrom(file);
        QTRY_VERIFY(annotations().notice().contains(QStringLiteral("1 were left out")));
    }

    void twoAnnotatorsSeeEachOther()
    {
        annotations().rename(kBase, 0, QStringLiteral("nouns"));
        annotations().rename(kBase, 1, QStringLiteral("verbs"));
        annotations().setAnnotator(QStringLiteral("Second"));
        QVERIFY(!annotations().on(kBase, 0));
        QCOMPARE(
            annotations().othersOn(kBase, 0), QStringList{QStringLiteral("Annotator 1 calls it “nouns”")});
        annotations().rename(kBase, 0, QStringLiteral("Nouns"));
        annotations().rename(kBase, 1, QStringLiteral("adjectives"));
        QCOMPARE(annotations().agreementWith(QStringLiteral("Annotator 1")).first(),
            QStringLiteral("Names: κ = 0.33, 2 items, 50\u00a0% equal, 25\u00a0% by chance"));
        QTRY_VERIFY(annotations().isSaved());
        m_sitting.reset();
        open();
        QCOMPARE(annotations().annotator(), QStringLiteral("Second"));
        QCOMPARE(annotations().annotators().size(), 2);
    }

    void aProjectThatCannotBeWrittenSaysSo()
    {
        QFile::setPermissions(m_project, QFile::ReadOwner);
        QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::ExeOwner);
        if (QFileInfo(m_project).isWritable())
            QSKIP("this user may write everything");
        annotations().rename(kBase, 0, QStringLiteral("nouns"));
        QTRY_VERIFY(m_sitting->jobs.error().contains(QStringLiteral("read-only")));
        QCOMPARE(annotations().nameOn(kBase, 0), QStringLiteral("nouns"));
        QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
};

QTEST_GUILESS_MAIN(TestAnnotations)
#include "tst_annotations.moc"
