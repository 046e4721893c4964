// What the Labels view shows of a project: labels by layer, the concepts behind a cell, and their labels.

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <memory>
#include <numeric>

#include "bridge/annotations.h"
#include "bridge/job_controller.h"
#include "bridge/study_session.h"
#include "label_fixture.h"
#include "models/concept_browser.h"
#include "models/label_browser.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::LabelBrowser;
using app::LabelConceptListModel;

namespace {

/// A project with its label sets, as the window opens it.
struct Opened {
    explicit Opened(const QString& project)
    {
        browser.setLabels(&labels);
        browser.setSelection(&selection);
        browser.setJobs(&jobs);
        session.openProject(project);
    }
    bool settled() const
    {
        return browser.state() == LabelBrowser::Ready && !labels.isComputing()
            && labels.chanceDone() == labels.chanceTotal() && jobs.activeCount() == 0;
    }
    app::JobController jobs;
    app::StudySession session{jobs};
    app::Selection selection;
    app::LabelSession labels{jobs, session};
    LabelBrowser browser;
};

QStringList namesOf(const app::LabelMatrix& matrix)
{
    QStringList names;
    for (const auto& row : matrix.rows)
        names.append(QString::fromStdString(row.name));
    return names;
}

} // namespace

class TestLabelBrowser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_project = m_folder.filePath(QStringLiteral("sample.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
        VERIFY_RESULT(testing::attachSampleLabels(m_project.toStdString()));
    }

    void saysWhatStateItIsIn()
    {
        const QString plain = m_folder.filePath(QStringLiteral("plain.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(plain.toStdString()));
        Opened opened(plain);
        QCOMPARE(opened.browser.state(), LabelBrowser::Computing);
        QTRY_COMPARE(opened.browser.state(), LabelBrowser::NoSets);
        opened.session.openProject(m_project);
        QTRY_COMPARE(opened.browser.state(), LabelBrowser::Ready);
        opened.session.closeProject();
        QCOMPARE(opened.browser.state(), LabelBrowser::NothingOpen);
        QCOMPARE(opened.browser.concepts()->count(), 0);
    }

    void theMatrixHoldsTheCountsOfEveryLayerAndModel()
    {
        Opened opened(m_project);
        QTRY_VERIFY(opened.settled());
        const auto matrix = opened.browser.matrix();
        QCOMPARE(matrix->columns.size(), std::size_t{6});
        for (std::size_t column = 0; column < matrix->columns.size(); ++column) {
            const auto& head = matrix->columns[column];
            const auto layer = opened.labels.layer(head.layer);
            QCOMPARE(head.aligned, layer->sets[0][static_cast<std::size_t>(head.side)].aligned);
            QVERIFY(head.chance >= 0.0);
            std::size_t sum = 0;
            double chance = 0.0;
            for (std::size_t row = 0; row < matrix->rows.size(); ++row) {
                sum += matrix->count(row, column);
                chance += matrix->chance(row, column);
            }
            QCOMPARE(sum, head.aligned); // every aligned concept stands in one row
            QVERIFY(chance <= head.chance + 1e-9);
        }
        opened.selection.setShown(app::Selection::ShowFineTuned);
        QTRY_COMPARE(opened.browser.matrix()->columns.size(), std::size_t{3});
        QCOMPARE(opened.browser.pickedSide(), static_cast<int>(app::Selection::FineTuned));
    }

    void rowsAreFilteredAndSorted()
    {
        Opened opened(m_project);
        QTRY_VERIFY(opened.settled());
        opened.browser.setRows(LabelBrowser::AllLabels);
        opened.browser.setSort(LabelBrowser::ByName);
        QTRY_COMPARE(namesOf(*opened.browser.matrix()).join(QLatin1Char(' ')),
            QStringLiteral("adverb blame noun praise verb"));
        opened.browser.setSort(LabelBrowser::ByFrequency);
        QTRY_COMPARE(namesOf(*opened.browser.matrix()).size(), 5);
        opened.browser.setText(QStringLiteral("VERB"));
        QTRY_COMPARE(opened.browser.rowCount(), 2);
        opened.browser.setText({});
        opened.browser.sortByColumn(1, app::Selection::Base);
        QCOMPARE(opened.browser.sort(), LabelBrowser::ByColumn);
        QCOMPARE(opened.browser.sortedLayer(), 1);
        QTRY_VERIFY(opened.jobs.activeCount() == 0 && opened.browser.rowCount() == 5);
        const auto matrix = opened.browser.matrix();
        for (std::size_t row = 1; row < 5; ++row)
            QVERIFY(matrix->count(row - 1, 2) >= matrix->count(row, 2)); // column 2: layer 1, base
        opened.browser.setRows(LabelBrowser::BareLabels);
        opened.labels.setMinimumTypes(1000);
        QTRY_COMPARE(opened.browser.rowCount(), 5); // now no concept carries any
        QVERIFY(opened.browser.summary().contains(QStringLiteral("without a concept")));
    }

    void aCellListsItsConceptsAndOneCanBeSelected()
    {
        Opened opened(m_project);
        app::Annotations annotations(opened.session, opened.jobs);
        opened.browser.setAnnotations(&annotations);
        const QAbstractItemModelTester list(opened.browser.concepts());
        const QAbstractItemModelTester shares(opened.browser.shares());
        const QAbstractItemModelTester sets(opened.browser.sets());
        QTRY_VERIFY(opened.settled());
        const auto matrix = opened.browser.matrix();
        const auto& first = matrix->rows.front();
        opened.browser.pickCell(static_cast<int>(first.label), 1, app::Selection::Base);
        QCOMPARE(opened.session.layer(), 1);
        QTRY_COMPARE(opened.browser.concepts()->count(), static_cast<int>(matrix->count(0, 2)));
        QVERIFY(opened.browser.listTitle().contains(QString::fromStdString(first.name)));
        opened.browser.selectRow(0);
        QCOMPARE(opened.selection.side(), app::Selection::Base);
        QCOMPARE(opened.browser.currentRow(), 0);
        const auto top = opened.browser.shares()->index(0);
        QCOMPARE(top.data(app::LabelShareModel::NameRole).toString(), QString::fromStdString(first.name));
        QVERIFY(top.data(app::LabelShareModel::FractionRole).toDouble() >= 0.9);
        const auto titleOfFirst = [&] {
            return opened.browser.concepts()->index(0).data(LabelConceptListModel::TitleRole).toString();
        };
        QVERIFY(titleOfFirst().startsWith(QStringLiteral("Concept ")));
        QTRY_COMPARE(opened.session.comparison()->layerA, 1);
        const auto named = [&] { // once the layer's trees are read, without which nothing can be named
            annotations.rename(
                app::Selection::Base, opened.browser.concepts()->conceptAt(0), QStringLiteral("names"));
            return titleOfFirst() == QStringLiteral("names");
        };
        QTRY_VERIFY(named());
        QVERIFY(opened.browser.shareTitle().endsWith(QStringLiteral("of “names”")));
        opened.browser.setAnnotations(nullptr);
        opened.browser.step(1000);
        QCOMPARE(opened.browser.currentRow(), opened.browser.concepts()->count() - 1);

        opened.browser.pickCell(-1, 1, app::Selection::Base);
        const int aligned = opened.browser.concepts()->count();
        opened.browser.setListKind(LabelConceptListModel::Unaligned);
        QCOMPARE(aligned + opened.browser.concepts()->count(), 24); // K
        opened.browser.setListKind(LabelConceptListModel::NearMisses);
        const auto& choice = opened.browser.concepts()->choice();
        const auto& counts = *choice.layer->sets[0][0].counts;
        QCOMPARE(static_cast<std::size_t>(opened.browser.concepts()->count()),
            align::nearMisses(counts, choice.layer->question.options, 0.1).size());
    }

    void anotherSetStartsAtAllOfItsLabels()
    {
        Opened opened(m_project);
        QTRY_VERIFY(opened.settled());
        opened.browser.pickCell(2, 0, app::Selection::Base);
        opened.labels.setCurrent(1);
        QCOMPARE(opened.browser.pickedLabel(), -1);
        QTRY_COMPARE(QString::fromStdString(opened.browser.matrix()->setName), QStringLiteral("Casing"));
        QVERIFY(opened.browser.listTitle().contains(QStringLiteral("Aligned")));
    }

    void curvesHaveBothModelsAndChance()
    {
        Opened opened(m_project);
        const QAbstractItemModelTester tester(opened.browser.curves());
        QTRY_VERIFY(opened.settled());
        QCOMPARE(opened.browser.curves()->count(), 2);
        auto* chart = opened.browser.curves()
                          ->index(0)
                          .data(app::LabelCurveListModel::ChartRole)
                          .value<app::ChartModel*>();
        QTRY_COMPARE(chart->lines().size(), std::size_t{3});
        const auto& base = chart->lines()[0];
        QVERIFY(base.dashed);
        QCOMPARE(base.values[2], static_cast<double>(opened.labels.layer(2)->sets[0][0].aligned));
        const auto& chance = chart->lines()[2];
        QCOMPARE(chance.low.size(), std::size_t{3});
        QVERIFY(chance.low[1] <= chance.values[1] && chance.values[1] <= chance.high[1]);
    }

    void theConceptListShowsFiltersAndSortsByLabel()
    {
        Opened opened(m_project);
        app::ConceptBrowser concepts;
        concepts.setSession(&opened.session);
        concepts.setSelection(&opened.selection);
        concepts.setLabels(&opened.labels);
        const QAbstractItemModelTester tester(concepts.concepts());
        QTRY_VERIFY(opened.settled() && !concepts.concepts()->labelChoices().isEmpty());
        app::ConceptFilterModel& list = *concepts.concepts();
        QCOMPARE(list.labelChoices()[2], QStringLiteral("Without a label"));
        list.setSortKey(app::ConceptFilterModel::ByLabelShare);
        const auto first = list.index(0, 0);
        QVERIFY(first.data(app::ConceptListModel::LabelAlignedRole).toBool());
        QVERIFY(first.data(app::ConceptListModel::LabelTextRole).toString().contains(QStringLiteral("100")));
        const int all = list.count();
        list.setLabelChoice(1);
        const int with = list.count();
        const auto layer = opened.labels.shownLayer();
        QCOMPARE(static_cast<std::size_t>(with), layer->sets[0][0].aligned + layer->sets[0][1].aligned);
        list.setLabelChoice(2);
        QCOMPARE(with + list.count(), all);
        list.setLabelChoice(3);
        QVERIFY(list.isFiltered());
        QVERIFY(list.count() > 0 && list.count() < with);
        opened.labels.setCurrent(1); // the label is none of the other set
        QTRY_COMPARE(list.label(), static_cast<int>(app::ConceptFilterModel::AnyLabel));
        list.clearFilter();
        QCOMPARE(list.count(), all);
    }

private:
    QTemporaryDir m_folder;
    QString m_project;
};

QTEST_GUILESS_MAIN(TestLabelBrowser)
#include "tst_label_browser.moc"
