// The strip lists the layers of the open project with their kept share.

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "bridge/job_controller.h"
#include "models/layer_strip_model.h"
#include "models/view_list_model.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::LayerStripModel;

class TestLayerStripModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheSession()
    {
        QTemporaryDir folder;
        const QString project = folder.filePath(QStringLiteral("p.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(project.toStdString()));
        app::JobController jobs;
        app::StudySession session(jobs);
        LayerStripModel model;
        const QAbstractItemModelTester tester(&model);
        model.setSession(&session);
        QCOMPARE(model.count(), 0);
        session.openProject(project);
        QTRY_COMPARE(model.count(), 3);
        QCOMPARE(model.index(1).data(LayerStripModel::LayerRole).toInt(), 1);
        QVERIFY(model.index(0).data(LayerStripModel::CurrentRole).toBool());
        QTRY_VERIFY(!session.summaries().empty());
        const double kept = session.summaries()[2].keptShare();
        QCOMPARE(model.index(2).data(LayerStripModel::KeptShareRole).toDouble(), kept);
        QVERIFY(model.index(2)
                    .data(LayerStripModel::DescriptionRole)
                    .toString()
                    .startsWith(QStringLiteral("Layer 2, ")));
        session.setLayer(2);
        QVERIFY(!model.index(0).data(LayerStripModel::CurrentRole).toBool());
        QVERIFY(model.index(2).data(LayerStripModel::CurrentRole).toBool());
        session.closeProject();
        QCOMPARE(model.count(), 0);
        model.setSession(nullptr);
    }

    void listsTheViews()
    {
        app::ViewListModel views;
        const QAbstractItemModelTester tester(&views);
        QCOMPARE(views.index(0).data(app::ViewListModel::ViewIdRole).toString(), QStringLiteral("overview"));
        QCOMPARE(views.index(2).data(app::ViewListModel::ShortcutRole).toString(), QStringLiteral("Ctrl+3"));
    }
};

QTEST_GUILESS_MAIN(TestLayerStripModel)
#include "tst_layer_strip_model.moc"
