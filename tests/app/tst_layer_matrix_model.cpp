// Layers against layers over a real project: row by row beside the window, kept, stopped, resumed.

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "bridge/job_controller.h"
#include "models/layer_matrix_model.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::JobController;
using app::LayerMatrixModel;
using app::LayerPairListModel;
using app::Selection;
using app::StudySession;

namespace {

struct Desk {
    explicit Desk(const QString& project, bool active = true)
        : session(jobs)
    {
        model.setSession(&session);
        navigator.setSession(&session);
        navigator.setSelection(&selection);
        model.setNavigator(&navigator);
        model.setActive(active);
        session.openProject(project);
    }
    [[nodiscard]] bool complete() const { return model.progress() == 1.0 && !model.isBusy(); }

    JobController jobs;
    Selection selection;
    StudySession session;
    app::Navigator navigator;
    LayerMatrixModel model;
};

} // namespace

class TestLayerMatrixModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_project = m_folder.filePath(QStringLiteral("reviews.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
    }

    void agreesWithTheSummaries()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.complete());
        QTRY_COMPARE(desk.session.summaries().size(), std::size_t{3});
        for (std::size_t i = 0; i < 3; ++i)
            QCOMPARE(
                desk.model.snapshot()->at(i, i)->keptShare(0.9), desk.session.summaries()[i].keptShare());
    }

    void computesNothingWhileNobodyLooks()
    {
        Desk desk(m_project, false);
        QTRY_VERIFY(desk.session.isOpen());
        QVERIFY(!desk.model.isBusy());
        QVERIFY(!desk.model.snapshot());
        desk.model.setActive(true);
        QTRY_VERIFY(desk.complete());
    }

    void theNewestKWinsAndKnownOnesAreKept()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.complete());
        const auto first = desk.model.snapshot();
        for (int k = 25; k <= 60; ++k)
            desk.session.setK(k);
        QTRY_VERIFY(desk.model.snapshot() != first && desk.complete());
        QCOMPARE(desk.model.snapshot()->at(0, 0)->mutualA.size(), std::size_t{60});
        desk.session.setK(24);
        QTRY_VERIFY(desk.model.snapshot() == first);
        QVERIFY(!desk.model.isBusy());
    }

    void aModelAgainstItselfIsSymmetric()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.complete());
        desk.model.setModels(LayerMatrixModel::FineTunedAlone);
        QTRY_VERIFY(desk.complete());
        const auto& matrix = *desk.model.snapshot();
        QCOMPARE(matrix.at(0, 2)->keptShare(0.5), matrix.at(2, 0)->turned().keptShare(0.5));
        QCOMPARE(matrix.at(0, 2)->alignedShareA(0.5), matrix.at(2, 0)->alignedShareB(0.5));
        QCOMPARE(matrix.at(1, 1)->keptShare(1.0), 1.0);
    }

    void stopsAndGoesOn()
    {
        Desk desk(m_project);
        const auto stopper = QObject::connect(&desk.model, &LayerMatrixModel::stateChanged, [&desk] {
            if (desk.model.isBusy())
                desk.model.stop();
        });
        QTRY_VERIFY(desk.model.isStopped());
        QObject::disconnect(stopper);
        QVERIFY(desk.model.isStopped());
        QVERIFY(!desk.model.isBusy());
        QTest::qWait(50);
        QVERIFY(desk.model.progress() < 1.0);
        desk.model.resume();
        QTRY_VERIFY(desk.complete());
        QVERIFY(!desk.model.isStopped());
    }

    void aCellListsItsConcepts()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.complete());
        LayerPairListModel& list = *desk.model.concepts();
        QAbstractItemModelTester tester(&list);
        QTRY_COMPARE(list.count(), 24);
        QCOMPARE(desk.model.rowLayer(), 0); // the shown layer, until a cell is chosen
        desk.model.pickCell(0, 2);
        QTRY_VERIFY(list.comparison() && list.comparison()->layerB == 2);
        QCOMPARE(desk.model.cellTitle(), QStringLiteral("Base layer 0 and fine-tuned layer 2"));
        const auto counts = align::countStatuses(list.comparison()->alignment.a);
        list.setStatus(static_cast<int>(align::Status::Vanished));
        QCOMPARE(list.count(), static_cast<int>(counts[static_cast<std::size_t>(align::Status::Vanished)]));
        list.setStatus(-1);
        for (int row = 1; row < list.count(); ++row) {
            const auto size = [&](int at) {
                return list.comparison()->a->size(
                    base::toId<base::ClusterId>(static_cast<std::size_t>(list.conceptIdAt(at))));
            };
            QVERIFY(size(row - 1) >= size(row));
        }
        desk.session.setTheta(0.3);
        QTRY_COMPARE(list.comparison()->alignment.theta, 0.3);
        desk.session.closeProject();
        QCOMPARE(list.count(), 0);
        QCOMPARE(desk.model.state(), LayerMatrixModel::NothingOpen);
    }

    void goesToAConceptOfAnotherLayer()
    {
        Desk desk(m_project);
        QTRY_VERIFY(desk.complete());
        desk.model.pickCell(2, 0);
        QTRY_VERIFY(desk.model.concepts()->comparison() && desk.model.concepts()->comparison()->layerA == 2);
        desk.model.goToConcept(3);
        QCOMPARE(desk.session.layer(), 2);
        QTRY_COMPARE(desk.selection.conceptId(), desk.model.concepts()->conceptIdAt(3));
        QCOMPARE(desk.session.comparison()->layerA, 2);
    }

private:
    QTemporaryDir m_folder;
    QString m_project;
};

QTEST_GUILESS_MAIN(TestLayerMatrixModel)
#include "tst_layer_matrix_model.moc"
