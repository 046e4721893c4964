// The flow's model over a real project: from model to model and through layers, words that moved, lineage.

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "bridge/job_controller.h"
#include "models/flow_model.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::FlowModel;
using app::JobController;
using app::LineageListModel;
using app::Selection;
using app::StudySession;

namespace {

struct Desk {
    explicit Desk(const QString& project)
        : session(jobs)
    {
        model.setSession(&session);
        model.setSelection(&selection);
        navigator.setSession(&session);
        navigator.setSelection(&selection);
        model.setNavigator(&navigator);
        model.setActive(true);
        session.openProject(project);
    }
    [[nodiscard]] bool settled() const
    {
        return model.state() == FlowModel::Ready && !model.isBusy() && !session.isComparing()
            && !session.isSummarizing();
    }

    JobController jobs;
    Selection selection;
    StudySession session;
    app::Navigator navigator;
    FlowModel model;
};

} // namespace

class TestFlowModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_project = m_folder.filePath(QStringLiteral("reviews.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
    }

    void blocksAgreeWithTheSummary()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.settled());
        const auto& summary = desk.session.summaries().front();
        for (std::size_t status = 0; status < align::kStatusCount; ++status) {
            QCOMPARE(std::size_t{desk.model.snapshot()->columns[0].conceptCounts[status]},
                summary.statusA[status]);
            QCOMPARE(std::size_t{desk.model.snapshot()->columns[1].conceptCounts[status]},
                summary.statusB[status]);
        }
    }

    void followsLayerKAndTheta()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.settled());
        desk.session.setLayer(2);
        desk.session.setK(40);
        desk.session.setTheta(0.5);
        QTRY_VERIFY(
            desk.settled() && desk.model.snapshot()->columns[0].comparison == desk.session.comparison());
        QCOMPARE(desk.model.columnTitles().front(), QStringLiteral("Base model, layer 2"));
        desk.session.closeProject();
        QCOMPARE(desk.model.state(), FlowModel::NothingOpen);
    }

    void layersOfAModelAreItsColumns()
    {
        Desk desk(m_project);
        desk.model.setAcross(FlowModel::FineTunedLayers);
        desk.model.setGrouping(FlowModel::ByClass);
        QTRY_VERIFY(desk.settled() && desk.model.snapshot()->columns.size() == 3);
        QCOMPARE(desk.model.groupNames(),
            (QStringList{
                QStringLiteral("negative"), QStringLiteral("positive"), QStringLiteral("No class")}));
        // Fine-tuning sorts layer 2 by class.
        const auto& columns = desk.model.snapshot()->columns;
        QVERIFY(columns[2].occurrences[2] < columns[0].occurrences[2]);
    }

    void wordsOfARibbonAddUp()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.settled());
        QAbstractItemModelTester tester(desk.model.words());
        const align::FlowRibbon ribbon = desk.model.snapshot()->ribbons.front();
        desk.model.pick(0, static_cast<int>(ribbon.from), static_cast<int>(ribbon.to));
        QTRY_VERIFY(desk.model.words()->count() > 0);
        std::uint32_t sum = 0;
        for (int row = 0; row < desk.model.words()->count(); ++row)
            sum += desk.model.words()
                       ->data(desk.model.words()->index(row), app::WordTableModel::CountRole)
                       .toUInt();
        QCOMPARE(sum, ribbon.occurrences);
        desk.model.pick(0, 3, 3); // no base concept is new
        QCOMPARE(desk.model.currentColumn(), -1);
        QCOMPARE(desk.model.words()->count(), 0);
        QVERIFY(desk.model.currentTitle().isEmpty());
    }

    void theSelectedConceptIsFollowed()
    {
        Desk desk(m_project);
        desk.model.setAcross(FlowModel::BaseLayers);
        QTRY_VERIFY(desk.settled() && desk.model.snapshot()->columns.size() == 3);
        LineageListModel& lineage = *desk.model.lineage();
        QAbstractItemModelTester tester(&lineage);
        desk.selection.selectConcept(Selection::Base, 6);
        QTRY_COMPARE(lineage.count(), 3);
        QCOMPARE(lineage.conceptAt(0).id, base::ClusterId{6});
        QCOMPARE(lineage.data(lineage.index(0), LineageListModel::CurrentRole).toBool(), true);
        const int next = static_cast<int>(base::toIndex(lineage.conceptAt(1).id));
        desk.model.goToStep(1);
        QTRY_COMPARE(desk.session.layer(), 1);
        QTRY_COMPARE(desk.selection.conceptId(), next);
        desk.selection.selectConcept(Selection::FineTuned, 2); // in no column
        QTRY_COMPARE(lineage.count(), 0);
    }

private:
    QTemporaryDir m_folder;
    QString m_project;
};

QTEST_GUILESS_MAIN(TestFlowModel)
#include "tst_flow_model.moc"
