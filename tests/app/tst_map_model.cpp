// The Map view's model: read or computed places, colours, the selected concept, a lasso's content.
#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <numeric>

#include "bridge/annotations.h"
#include "bridge/job_controller.h"
#include "models/map_model.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::MapModel;
using app::Selection;

class TestMapModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("reviews.palimpsest"));
        QVERIFY(testing::writeSampleProject(m_path.toStdString()));
        m_jobs = std::make_unique<app::JobController>();
        m_session = std::make_unique<app::StudySession>(*m_jobs);
        m_selection = std::make_unique<Selection>();
        m_model = std::make_unique<MapModel>();
        m_model->setSession(m_session.get());
        m_model->setSelection(m_selection.get());
    }
    void cleanup()
    {
        m_model.reset();
        m_session.reset();
        m_jobs.reset();
    }

    void nothingIsReadWhileNobodyLooks()
    {
        m_model->setActive(false);
        m_session->openProject(m_path);
        QTRY_VERIFY(m_session->comparison());
        QCOMPARE(m_model->state(), MapModel::Loading);
        m_model->setActive(true);
        QTRY_COMPARE(m_model->state(), MapModel::NotComputed);
    }

    void aMapIsComputedAndKept()
    {
        open();
        QCOMPARE(m_model->points().value<app::ScatterData>()->size(), std::size_t{320});
        m_session->setLayer(1);
        QTRY_COMPARE(m_model->state(), MapModel::NotComputed);
        m_session->setLayer(0);
        QTRY_COMPARE(m_model->state(), MapModel::Ready);
    }

    void namesThatPeopleGaveStandOnTheMap()
    {
        app::Annotations annotations(*m_session, *m_jobs);
        m_model->setAnnotations(&annotations);
        open();
        annotations.rename(Selection::Base, 0, QStringLiteral("films"));
        const auto written = [this] {
            QStringList texts;
            for (const app::ScatterName& name : *m_model->names().value<app::ScatterNames>())
                texts.append(name.text);
            return texts;
        };
        QTRY_VERIFY(written().contains(QStringLiteral("films")));
        m_selection->selectConcept(Selection::Base, 0);
        QVERIFY(m_model->markedText().startsWith(QStringLiteral("Base “films”: ")));
        annotations.undo();
        QTRY_VERIFY(!written().contains(QStringLiteral("films")));
        QVERIFY(m_model->markedText().startsWith(QStringLiteral("Base concept 0: ")));
        m_model->setAnnotations(nullptr);
    }

    void deletedActivationsAreSaid()
    {
        m_session->openProject(m_path);
        QTRY_COMPARE(m_model->state(), MapModel::NotComputed);
        m_model->compute();
        QTRY_COMPARE(m_model->state(), MapModel::Failed);
        QVERIFY(m_model->error().contains(QStringLiteral("run the study again")));
        QVERIFY(m_jobs->error().isEmpty()); // said beside the map alone
        m_model->retry();
        QTRY_COMPARE(m_model->state(), MapModel::NotComputed);
    }

    void theSelectedConceptIsMarked()
    {
        open();
        m_model->pick(10);
        QVERIFY(m_selection->conceptId() >= 0);
        const auto rows = m_model->marked().value<app::ScatterRows>();
        QVERIFY(rows);
        QVERIFY(std::find(rows->begin(), rows->end(), 10U) != rows->end());
        m_selection->clear();
        QVERIFY(!m_model->marked().value<app::ScatterRows>());
    }

    void aRegionCountsWordsAndConcepts()
    {
        open();
        QAbstractItemModelTester tester(m_model->region());
        auto rows = std::make_shared<std::vector<std::uint32_t>>(320);
        std::iota(rows->begin(), rows->end(), 0U);
        m_model->setRegion(QVariant::fromValue(app::ScatterRows(rows)));
        QCOMPARE(m_model->region()->count(), 24);
        QVERIFY(m_model->region()->title().startsWith(QStringLiteral("320 occurrences, ")));
        const auto first = m_model->region()->index(0);
        QCOMPARE(first.data(app::MapRegion::FractionRole).toDouble(), 1.0);
        m_session->setK(12); // other concepts
        QTRY_COMPARE(m_model->region()->count(), 0);
    }

    void coloursFollowTheChoice()
    {
        open();
        const auto byStatus = m_model->colors().value<app::ScatterColors>();
        m_model->setColoring(MapModel::ByClass);
        QTRY_VERIFY(m_model->colors().value<app::ScatterColors>() != byStatus);
        m_model->setColoring(MapModel::ByBranch);
        QTRY_COMPARE(m_model->legend().size(), 8);
        m_model->setColoring(MapModel::BySearch);
        m_model->setSearch(QStringLiteral("FILM"));
        QTRY_VERIFY(m_model->foundText().endsWith(QStringLiteral("found")));
    }

    void aCancelledMapLeavesTheButton()
    {
        QVERIFY(testing::writeSampleActivations(m_path.toStdString()));
        m_session->openProject(m_path);
        m_model->setMethod(MapModel::Umap);
        QTRY_COMPARE(m_model->state(), MapModel::NotComputed);
        m_model->compute();
        QCOMPARE(m_model->state(), MapModel::Computing);
        m_model->cancel();
        QTRY_COMPARE(m_model->state(), MapModel::NotComputed);
    }

private:
    void open()
    {
        QVERIFY(testing::writeSampleActivations(m_path.toStdString()));
        m_session->openProject(m_path);
        QTRY_COMPARE(m_model->state(), MapModel::NotComputed);
        m_model->compute();
        QTRY_COMPARE(m_model->state(), MapModel::Ready);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<app::JobController> m_jobs;
    std::unique_ptr<app::StudySession> m_session;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<MapModel> m_model;
};

QTEST_GUILESS_MAIN(TestMapModel)
#include "tst_map_model.moc"
