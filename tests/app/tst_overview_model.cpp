// The overview says what fine-tuning did in a sentence, charts and a table that agree with each other.

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "bridge/job_controller.h"
#include "models/number_text.h"
#include "models/overview_model.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::ChartModel;
using app::OverviewModel;

namespace {

align::LayerSummary layerOf(int layer, std::size_t kept, std::size_t taskBase, std::size_t taskFineTuned)
{
    align::LayerSummary summary;
    summary.layer = layer;
    summary.k = 100;
    summary.statusA = {kept, 0, 0, 0, 100 - kept};
    summary.statusB = {kept, 0, 0, 100 - kept, 0};
    summary.taskA = {taskBase, 0};
    summary.taskB = {taskFineTuned, 0};
    return summary;
}

QString plain(QString html)
{
    static const QRegularExpression tags(QStringLiteral("<[^>]*>"));
    return html.remove(tags).replace(QChar(0x00A0), QLatin1Char(' '));
}

} // namespace

class TestOverviewModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhereFineTuningTakesOver()
    {
        const QString sentence = app::findingSentence(
            {layerOf(0, 79, 6, 6), layerOf(3, 51, 7, 9), layerOf(4, 22, 6, 20), layerOf(6, 1, 7, 38)}, true);
        QCOMPARE(plain(sentence),
            QStringLiteral(
                "From layer 4 on fine-tuning writes over the base model: 79 % of concepts are kept in layer "
                "0, 1 % in layer 6; 38 % of layer 6’s fine-tuned concepts are task concepts (base 7 %)."));
        QVERIFY(sentence.contains(QStringLiteral("<a href=\"layer:4\">layer 4</a>")));
        QVERIFY(sentence.contains(QStringLiteral("<a href=\"layer:6\">38")));
    }

    void saysWhenNothingIsWrittenOver()
    {
        QCOMPARE(plain(app::findingSentence({layerOf(0, 90, 0, 0), layerOf(1, 80, 0, 0)}, false)),
            QStringLiteral(
                "In no layer fine-tuning writes over the base model: 90 % of concepts are kept in layer 0 "
                "and still 80 % in layer 1."));
        QCOMPARE(plain(app::findingSentence({layerOf(2, 100, 0, 0)}, false)),
            QStringLiteral(
                "In no layer fine-tuning writes over the base model: 100 % of concepts are kept in layer 2, "
                "and no layer keeps fewer."));
    }

    void showsTheSameNumbersEverywhere()
    {
        QTemporaryDir folder;
        const QString project = folder.filePath(QStringLiteral("p.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(project.toStdString()));
        app::JobController jobs;
        app::StudySession session(jobs);
        OverviewModel model;
        const QAbstractItemModelTester tableTester(model.table());
        const QAbstractItemModelTester chartTester(model.statusChart());
        model.setSession(&session);
        QVERIFY(!model.isAvailable());
        session.openProject(project);
        QTRY_VERIFY(model.isAvailable());

        const auto& summaries = session.summaries();
        const ChartModel& status = *model.statusChart();
        for (std::size_t layer = 0; layer < summaries.size(); ++layer) {
            double sum = 0.0;
            for (const auto& line : status.lines())
                sum += line.values[layer];
            QCOMPARE(sum, 100.0); // every base concept became something
            QCOMPARE(model.keptChart()->lines()[0].values[layer], 100.0 * summaries[layer].keptShare());
            const QModelIndex kept = model.table()->index(static_cast<int>(layer), 1);
            QCOMPARE(kept.data().toString(), app::percentText(summaries[layer].keptShare()));
        }
        QCOMPARE(model.taskChart()->rowCount(), 4); // two classes, base and fine-tuned
        QCOMPARE(model.taskChart()->lines()[3].values[2], static_cast<double>(summaries[2].taskB[1]));
        QVERIFY(model.taskChart()->lines()[2].dashed);
        QCOMPARE(model.table()->columnCount(), 11);
        QVERIFY(model.basis().startsWith(
            QStringLiteral("40 sentences, 320 word occurrences, 24 concepts per layer")));
    }

    void leadsToLayers()
    {
        QTemporaryDir folder;
        const QString project = folder.filePath(QStringLiteral("p.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(project.toStdString()));
        app::JobController jobs;
        app::StudySession session(jobs);
        OverviewModel model;
        model.setSession(&session);
        session.openProject(project);
        QTRY_VERIFY(model.isAvailable());
        model.activateLink(QStringLiteral("layer:2"));
        QCOMPARE(session.layer(), 2);
        QCOMPARE(model.layerIndex(), 2);
        QCOMPARE(model.statusChart()->focusTitle(), QStringLiteral("Layer 2"));
        model.activateIndex(1);
        QCOMPARE(session.layer(), 1);
        model.activateIndex(9);
        model.activateLink(QStringLiteral("nonsense"));
        QCOMPARE(session.layer(), 1);
    }

    void copiesSentenceAndTable()
    {
        QTemporaryDir folder;
        const QString project = folder.filePath(QStringLiteral("p.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(project.toStdString()));
        app::JobController jobs;
        app::StudySession session(jobs);
        OverviewModel model;
        model.setSession(&session);
        session.openProject(project);
        QTRY_VERIFY(model.isAvailable());
        model.copyTable();
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY(text.startsWith(model.plainHeadline()));
        QVERIFY(!text.contains(QStringLiteral("<a")));
        QCOMPARE(text.count(QLatin1Char('\t')), 4 * 10); // header and three layers of eleven columns
    }

    void writesNumbersForPeople()
    {
        QCOMPARE(plain(app::percentText(0.793)), QStringLiteral("79 %"));
        QCOMPARE(plain(app::percentText(0.001)), QStringLiteral("<1 %"));
        QCOMPARE(plain(app::percentText(0.0)), QStringLiteral("0 %"));
        QCOMPARE(app::countText(24100), QStringLiteral("24,100"));
        QCOMPARE(app::durationText(200.0), QStringLiteral("3 min 20 s"));
        QCOMPARE(app::durationText(4000.0), QStringLiteral("1 h 6 min"));
        QCOMPARE(app::bytesText(1536000000), QStringLiteral("1.5 GB"));
    }
};

QTEST_MAIN(TestOverviewModel)
#include "tst_overview_model.moc"
