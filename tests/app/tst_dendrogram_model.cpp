// The dendrogram's model over a real project: laid out beside the window, following layer, K, θ and the
// selection.

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "bridge/annotations.h"
#include "bridge/job_controller.h"
#include "models/dendrogram_model.h"
#include "project/label_store.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::DendrogramModel;
using app::JobController;
using app::Selection;
using app::StudySession;

namespace {

struct Desk {
    explicit Desk(const QString& project)
        : session(jobs)
    {
        model.setSession(&session);
        model.setSelection(&selection);
        session.openProject(project);
    }
    [[nodiscard]] bool settled() const
    {
        return model.state() == DendrogramModel::Ready && !model.isBusy() && !session.isComparing()
            && model.snapshot()->comparison == session.comparison();
    }

    JobController jobs;
    Selection selection;
    StudySession session;
    DendrogramModel model;
};

} // namespace

class TestDendrogramModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_project = m_folder.filePath(QStringLiteral("reviews.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
    }

    void followsLayerKAndTheta()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.settled());
        QCOMPARE(desk.model.layer(), 0);
        QCOMPARE(desk.model.snapshot()->a->order().size(), std::size_t{24});
        for (int k = 25; k < 60; ++k) // as a dragged line does
            desk.session.setK(k);
        desk.session.setTheta(0.5);
        desk.session.setLayer(2);
        QTRY_VERIFY(desk.settled());
        QCOMPARE(desk.model.layer(), 2);
        QCOMPARE(desk.model.snapshot()->b->order().size(), std::size_t{59});
        QCOMPARE(desk.model.snapshot()->comparison->alignment.theta, 0.5);
        desk.session.closeProject();
        QCOMPARE(desk.model.state(), DendrogramModel::NothingOpen);
        QVERIFY(!desk.model.snapshot());
    }

    void whileNobodyLooksNothingIsLaidOut()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.settled());
        const auto before = desk.model.snapshot();
        desk.model.setActive(false);
        desk.session.setK(30);
        desk.session.setLayer(2);
        QTRY_VERIFY(!desk.session.isComparing() && desk.session.comparison()->layerA == 2);
        QVERIFY(!desk.model.isBusy());
        QCOMPARE(desk.model.snapshot(), before);
        desk.model.setActive(true);
        QTRY_COMPARE(desk.model.layer(), 2);
        QCOMPARE(desk.model.snapshot()->b->order().size(), std::size_t{30});
    }

    void aSelectedConceptIsTheCurrentNode()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.settled());
        desk.selection.selectConcept(Selection::FineTuned, 4);
        QCOMPARE(desk.model.currentFineTuned(), true);
        QCOMPARE(desk.model.currentNode(), desk.model.snapshot()->b->nodeOf(base::ClusterId{4}));
        QCOMPARE(desk.model.current()->title(), QStringLiteral("Fine-tuned concept 4"));
        QTRY_VERIFY(desk.model.current()->words()->count() > 0);
        app::Annotations annotations(desk.session, desk.jobs);
        desk.model.setAnnotations(&annotations);
        desk.session.openProject(m_project); // annotations are read with a project
        QTRY_VERIFY(desk.settled() && !desk.session.isOpening());
        desk.selection.clear();
        desk.selection.selectConcept(Selection::FineTuned, 4);
        annotations.rename(Selection::FineTuned, 4, QStringLiteral("films"));
        QCOMPARE(desk.model.current()->title(), QStringLiteral("Fine-tuned concept 4 “films”"));
        desk.model.setAnnotations(nullptr);
        QCOMPARE(desk.model.current()->title(), QStringLiteral("Fine-tuned concept 4"));
        desk.selection.clear();
        QCOMPARE(desk.model.currentNode(), -1);
        QVERIFY(!desk.model.current()->isValid());
    }

    void pickingAnOccurrenceSelectsItsConceptAndStaysThere()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.settled());
        desk.model.pick(false, 17);
        QCOMPARE(desk.model.currentNode(), 17);
        QCOMPARE(desk.selection.side(), Selection::Base);
        QCOMPARE(desk.selection.conceptId(),
            static_cast<int>(
                base::toIndex(desk.model.snapshot()->a->conceptSet().conceptOf(base::TokenId{17}))));
        QTRY_VERIFY(!desk.model.current()->topWords().isEmpty()); // its sentence
    }

    void aChosenSubtreeStaysAtAnotherK()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.settled());
        const int subtree = desk.model.snapshot()->a->children(desk.model.snapshot()->a->root()).first;
        desk.selection.selectConcept(Selection::Base, 3);
        desk.model.pick(false, subtree);
        QCOMPARE(desk.selection.conceptId(), 3);
        desk.session.setK(40);
        QTRY_VERIFY(desk.settled());
        QCOMPARE(desk.model.currentNode(), subtree);
        desk.session.setLayer(1); // its nodes are others
        QTRY_VERIFY(desk.settled());
        QVERIFY(desk.model.currentNode() != subtree);
    }

    void collapsedSubtreesAreKeptPerLayer()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.settled());
        const auto before = desk.model.snapshot();
        const int subtree = before->a->children(before->a->root()).first;
        desk.model.toggleCollapsed(false, subtree);
        QTRY_VERIFY(desk.model.hasCollapsed());
        QVERIFY(desk.model.snapshot()->a->extent() < before->a->extent());
        desk.session.setLayer(1);
        QTRY_VERIFY(desk.settled() && !desk.model.hasCollapsed());
        desk.session.setLayer(0);
        QTRY_VERIFY(desk.settled() && desk.model.hasCollapsed());
        const auto inside = static_cast<int>(base::toIndex(before->a->leaves(subtree).front()));
        desk.model.toggleCollapsed(false, inside); // means the subtree that hides it
        QTRY_VERIFY(!desk.model.hasCollapsed());
        desk.model.toggleCollapsed(false, inside); // an occurrence has nothing to hide
        QVERIFY(!desk.model.isBusy());
        desk.model.toggleCollapsed(false, subtree);
        QTRY_VERIFY(desk.model.hasCollapsed());
        desk.model.expandAll();
        QTRY_VERIFY(!desk.model.hasCollapsed());
    }

    void goesToTheCounterpartAndBack()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.settled());
        const auto& alignment = desk.model.snapshot()->comparison->alignment;
        desk.model.pick(false, desk.model.snapshot()->a->nodeOf(base::ClusterId{2}));
        desk.model.goToCounterpart();
        QCOMPARE(desk.selection.side(), Selection::FineTuned);
        QCOMPARE(desk.selection.conceptId(), static_cast<int>(base::toIndex(alignment.a[2].counterpart)));
        QCOMPARE(desk.model.currentFineTuned(), true);
    }

    void conceptsCanBeColouredByALabelSet()
    {
        const QString labelled = m_folder.filePath(QStringLiteral("labelled.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(labelled.toStdString()));
        {
            auto file
                = project::ProjectFile::open(labelled.toStdString(), project::ProjectFile::Mode::ReadWrite);
            VERIFY_RESULT(file);
            label::LabelTableBuilder builder("Everything");
            for (int row = 0; row < 320; ++row) {
                builder.add("word");
                builder.endRow();
            }
            VERIFY_RESULT(project::LabelStore(file.value()).attach(*std::move(builder).finish().value(), {}));
        }
        Desk desk(labelled);
        QTRY_COMPARE(desk.model.labelSets(), QStringList{QStringLiteral("Everything")});
        QTRY_VERIFY(desk.settled());
        desk.model.setLabelSet(QStringLiteral("Everything"));
        const auto labels = [&desk] {
            return desk.model.labelsValue().value<std::shared_ptr<const align::LabelCategories>>();
        };
        QTRY_VERIFY(labels());
        QCOMPARE(labels()->names, std::vector<std::string>{"word"});
        QCOMPARE(labels()->a, std::vector<int>(24, 0));
        desk.session.setK(30);
        QTRY_COMPARE(labels()->b.size(), std::size_t{30});
        desk.session.openProject(m_project);
        QTRY_VERIFY(desk.model.labelSets().isEmpty());
        QVERIFY(desk.model.labelSet().isEmpty());
        QVERIFY(!labels());
    }

    void linksHaveConceptsOfBothModels()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.settled());
        QVERIFY(desk.model.baseOfLink(0) >= 0 && desk.model.fineTunedOfLink(0) >= 0);
        QCOMPARE(desk.model.baseOfLink(-1), -1);
        QCOMPARE(desk.model.fineTunedOfLink(100000), -1);
    }

private:
    QTemporaryDir m_folder;
    QString m_project;
};

QTEST_GUILESS_MAIN(TestDendrogramModel)
#include "tst_dendrogram_model.moc"
