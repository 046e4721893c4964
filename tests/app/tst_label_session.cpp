// The session reads the label sets of a project beside the window and answers layer, K, threshold and measure
// with alignments and chance levels that fit them.

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "bridge/job_controller.h"
#include "bridge/label_session.h"
#include "bridge/study_session.h"
#include "label_fixture.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::JobController;
using app::LabelSession;
using app::StudySession;

namespace {

bool settled(const LabelSession& labels)
{
    return labels.sets() && !labels.isLoading() && !labels.isComputing() && labels.shownLayer()
        && labels.chanceDone() == labels.chanceTotal();
}

/// The same alignment straight from the core.
std::size_t alignedDirectly(
    const StudySession& session, const LabelSession& labels, int layer, std::size_t set)
{
    const auto comparison
        = session.results()->compare(layer, layer, static_cast<std::size_t>(session.k()), session.theta());
    const auto counts = align::LabelCounts::make(
        *comparison.value()->b, (*labels.sets())[set].table, labels.question().measure);
    return align::countAligned(align::matchLabels(*counts, labels.question().options));
}

} // namespace

class TestLabelSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_plain = m_folder.filePath(QStringLiteral("plain.palimpsest"));
        m_labelled = m_folder.filePath(QStringLiteral("labelled.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_plain.toStdString()));
        VERIFY_RESULT(testing::writeSampleProject(m_labelled.toStdString()));
        VERIFY_RESULT(testing::attachSampleLabels(m_labelled.toStdString()));
    }

    void readsTheSetsOfAProject()
    {
        JobController jobs;
        StudySession session(jobs);
        LabelSession labels(jobs, session);
        QCOMPARE(labels.count(), 0);
        QCOMPARE(labels.current(), -1);
        session.openProject(m_labelled);
        QTRY_VERIFY(settled(labels));
        QCOMPARE(labels.names(), QStringList({QStringLiteral("Classes"), QStringLiteral("Casing")}));
        QCOMPARE(labels.currentName(), QStringLiteral("Classes"));
        const app::LabelSet& classes = labels.sets()->front();
        QCOMPARE(classes.table->labelCount(), std::size_t{5});
        QCOMPARE(classes.labelledRows, std::size_t{5 * 40}); // all but "the", "and" and "."
        QCOMPARE(labels.theta(), 0.9);

        session.openProject(m_plain);
        QTRY_COMPARE(session.projectPath(), m_plain);
        QTRY_VERIFY(labels.sets() && !labels.isLoading());
        QCOMPARE(labels.count(), 0);
        QCOMPARE(labels.current(), -1);
        QVERIFY(!labels.shownLayer());
        session.closeProject();
        QVERIFY(!labels.sets());
    }

    void answersLayerKThresholdAndMeasure()
    {
        JobController jobs;
        StudySession session(jobs);
        LabelSession labels(jobs, session);
        session.openProject(m_labelled);
        QTRY_VERIFY(settled(labels));
        for (const int layer : {0, 1, 2})
            QCOMPARE(labels.layer(layer)->sets[0][1].aligned, alignedDirectly(session, labels, layer, 0));
        QCOMPARE(labels.shownLayer()->concepts[0], session.comparison()->a); // cut once, shared

        session.setLayer(2);
        session.setK(12);
        QTRY_VERIFY(settled(labels) && labels.shownLayer()->k == 12);
        QCOMPARE(labels.shownLayer()->sets[0][1].matches.size(), std::size_t{12});
        QCOMPARE(labels.layer(0)->sets[0][1].aligned, alignedDirectly(session, labels, 0, 0));

        const auto counts = labels.shownLayer()->sets[0][1].counts;
        labels.setTheta(0.3);
        QTRY_VERIFY(settled(labels) && labels.shownLayer()->question.options.theta == 0.3);
        QCOMPARE(labels.shownLayer()->sets[0][1].counts, counts); // θ counts nothing anew
        QCOMPARE(labels.shownLayer()->sets[0][1].aligned, alignedDirectly(session, labels, 2, 0));

        labels.setByType(true);
        QTRY_VERIFY(settled(labels) && labels.shownLayer()->question.measure == align::Measure::Type);
        QCOMPARE(labels.shownLayer()->sets[0][1].aligned, alignedDirectly(session, labels, 2, 0));
        const std::size_t before = labels.shownLayer()->sets[0][1].aligned;
        labels.setMinimumTypes(1000);
        QTRY_VERIFY(settled(labels) && labels.shownLayer()->question.options.minimumTypes == 1000);
        QVERIFY(before > 0);
        QCOMPARE(labels.shownLayer()->sets[0][1].aligned, std::size_t{0});
    }

    void givesChanceLevelsOfEveryLayer()
    {
        JobController jobs;
        StudySession session(jobs);
        LabelSession labels(jobs, session);
        session.openProject(m_labelled);
        QTRY_VERIFY(settled(labels));
        QCOMPARE(labels.chanceTotal(), 2 * 3);
        const auto chance = labels.chance(0, 2);
        QVERIFY(chance);
        const auto& layer = *labels.layer(2);
        const auto direct = align::chanceLevel(*layer.concepts[0], *(*labels.sets())[0].table,
            layer.question.measure, layer.question.options, layer.sets[0][0].aligned, {}, {});
        VERIFY_RESULT(direct);
        QCOMPARE((*chance)[0].mean, direct.value().mean);
        QVERIFY((*chance)[0].mean < static_cast<double>(layer.sets[0][0].aligned));
        labels.setTheta(0.5); // of another question: none until they are computed anew
        QVERIFY(!labels.chance(0, 2));
        QTRY_VERIFY(labels.chance(0, 2));
    }

    void endsAtTheLastPositionOfADraggedSlider()
    {
        JobController jobs;
        StudySession session(jobs);
        LabelSession labels(jobs, session);
        session.openProject(m_labelled);
        QTRY_VERIFY(session.isOpen());
        for (int step = 3; step <= 60; ++step) {
            session.setK(step);
            labels.setTheta(0.3 + 0.01 * step);
            session.setLayer(step % 3);
            labels.setByType(step % 2 == 0);
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(settled(labels));
        for (const int number : {0, 1, 2}) {
            const auto layer = labels.layer(number);
            QCOMPARE(layer->k, std::size_t{60});
            QCOMPARE(layer->question.options.theta, labels.theta());
            QCOMPARE(layer->question.measure, align::Measure::Type);
        }
    }

    void keepsTheCurrentSetWhenTheSetsAreReadAgain()
    {
        JobController jobs;
        StudySession session(jobs);
        LabelSession labels(jobs, session);
        session.openProject(m_labelled);
        QTRY_VERIFY(settled(labels));
        labels.setCurrent(1);
        labels.setCurrent(7); // no such set
        QCOMPARE(labels.currentName(), QStringLiteral("Casing"));
        labels.reload();
        QTRY_VERIFY(settled(labels));
        QCOMPARE(labels.currentName(), QStringLiteral("Casing"));
    }

    void canBeDestroyedWhileItComputes()
    {
        JobController jobs;
        StudySession session(jobs);
        {
            LabelSession labels(jobs, session);
            session.openProject(m_labelled);
            QTRY_VERIFY(labels.count() == 2);
            session.setK(100);
        }
        QTRY_COMPARE(jobs.activeCount(), 0);
        session.setK(50);
        QTRY_VERIFY(!session.isComparing());
    }

private:
    QTemporaryDir m_folder;
    QString m_plain, m_labelled;
};

QTEST_GUILESS_MAIN(TestLabelSession)
#include "tst_label_session.moc"
