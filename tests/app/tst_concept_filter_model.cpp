#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

#include "concept_fixture.h"
#include "models/concept_filter_model.h"

using namespace palimpsest;
using app::ConceptFilterModel;
using app::ConceptListModel;
using app::Selection;

namespace {

/// "B1 B0 F3": what is listed, in order.
QString listed(const ConceptFilterModel& model)
{
    QStringList names;
    for (int row = 0; row < model.count(); ++row) {
        const auto ref = model.conceptAt(row);
        names.append((ref.side == Selection::Base ? QStringLiteral("B") : QStringLiteral("F"))
            + QString::number(base::toIndex(ref.id)));
    }
    return names.join(QLatin1Char(' '));
}

} // namespace

/// Base: B0 six function words, B1 nine adjectives, B2 eight nouns. Fine-tuned: F0 and F2 the same, F1 four
/// negative and F3 five positive adjectives.
class TestConceptFilterModel : public QObject {
    Q_OBJECT

    std::unique_ptr<ConceptListModel> m_source;
    std::unique_ptr<ConceptFilterModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

private Q_SLOTS:
    void init()
    {
        m_tester.reset();
        m_model.reset();
        m_source = std::make_unique<ConceptListModel>();
        m_model = std::make_unique<ConceptFilterModel>(*m_source);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_source->setSnapshot(
            testing::compare(testing::reviewTokens(), testing::byKind(), testing::byKindAndClass()));
    }

    void listsLargestFirstAndBaseBeforeFineTuned()
    {
        QCOMPARE(listed(*m_model), QStringLiteral("B1 B2 F2 B0 F0 F3 F1"));
        QCOMPARE(m_model->summary(), QStringLiteral("7 concepts"));
        QVERIFY(!m_model->isFiltered());
    }

    void showsOneModel()
    {
        m_model->setShown(Selection::ShowFineTuned);
        QCOMPARE(listed(*m_model), QStringLiteral("F2 F0 F3 F1"));
        QCOMPARE(m_model->summary(), QStringLiteral("4 concepts"));
        QVERIFY(!m_model->isFiltered());
    }

    void sorts_data()
    {
        QTest::addColumn<ConceptFilterModel::SortKey>("key");
        QTest::addColumn<bool>("descending");
        QTest::addColumn<QString>("expected");
        QTest::newRow("size up") << ConceptFilterModel::BySize << false << "F1 F3 B0 F0 B2 F2 B1";
        QTest::newRow("id up") << ConceptFilterModel::ById << false << "B0 F0 B1 F1 B2 F2 F3";
        // Whole overlap but for the adjectives of the base, of which 5/9 are in one concept.
        QTest::newRow("overlap up") << ConceptFilterModel::ByOverlap << false << "B1 B0 B2 F0 F1 F2 F3";
        // Pure: F1, F3; 5/9 positive: B1; half and half: all others.
        QTest::newRow("polarity down") << ConceptFilterModel::ByPolarity << true << "F1 F3 B1 B0 B2 F0 F2";
    }
    void sorts()
    {
        QFETCH(ConceptFilterModel::SortKey, key);
        QFETCH(bool, descending);
        QFETCH(QString, expected);
        m_model->setSortKey(key);
        m_model->setDescending(descending);
        QCOMPARE(listed(*m_model), expected);
    }

    void filtersByWordIgnoringCase()
    {
        QSignalSpy counts(m_model.get(), &ConceptFilterModel::countChanged);
        m_model->setText(QStringLiteral("AWF"));
        QCOMPARE(listed(*m_model), QStringLiteral("B1 F1"));
        QCOMPARE(m_model->summary(), QStringLiteral("2 of 7 concepts"));
        QVERIFY(counts.count() > 0);
        m_model->setText(QStringLiteral("no such word"));
        QCOMPARE(m_model->count(), 0);
        QVERIFY(m_model->isFiltered());
        m_model->clearFilter();
        QCOMPARE(m_model->count(), 7);
    }

    void wordFilterSurvivesAnotherSnapshot()
    {
        m_model->setText(QStringLiteral("w3"));
        QCOMPARE(m_model->count(), 0);
        m_source->setSnapshot(testing::largeComparison(8, 8));
        QCOMPARE(listed(*m_model), QStringLiteral("B3 F3"));
    }

    void anotherSnapshotResetsNothing()
    {
        QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
        QSignalSpy listed(m_model.get(), &ConceptFilterModel::listed);
        m_source->setSnapshot(
            testing::compare(testing::reviewTokens(), testing::nounsOrNot(), testing::byKind()));
        QCOMPARE(m_model->count(), 5);
        QCOMPARE(resets.count(), 0); // a view keeps its delegates
        QCOMPARE(listed.count(), 1);
        QCOMPARE(m_model->index(0).data(ConceptListModel::SizeTextRole).toString(),
            QStringLiteral("15 occurrences"));
        m_source->setSnapshot(nullptr);
        QCOMPARE(m_model->count(), 0);
    }

    void filtersByStatus()
    {
        m_model->setStatus(static_cast<int>(align::Status::Split));
        QCOMPARE(listed(*m_model), QStringLiteral("B1 F3 F1"));
    }

    void statusFilterFollowsTheta()
    {
        m_model->setStatus(static_cast<int>(align::Status::Split));
        m_source->setSnapshot(align::withTheta(*m_source->snapshot(), 0.5));
        QCOMPARE(listed(*m_model), QStringLiteral("F1"));
    }

    void filtersByTaskClass()
    {
        QCOMPARE(m_model->taskClassChoices(),
            (QStringList{QStringLiteral("Any class"), QStringLiteral("Task concepts"),
                QStringLiteral("Task negative"), QStringLiteral("Task positive"),
                QStringLiteral("Other concepts")}));
        m_model->setTaskClassChoice(1);
        QCOMPARE(listed(*m_model), QStringLiteral("F3"));
        m_model->setTaskClassChoice(2);
        QCOMPARE(m_model->count(), 0);
        m_model->setTaskClassChoice(3);
        QCOMPARE(listed(*m_model), QStringLiteral("F3"));
        QCOMPARE(m_model->taskClass(), 1);
        m_model->setTaskClassChoice(4);
        QCOMPARE(m_model->count(), 6);
        QCOMPARE(m_model->taskClassChoice(), 4);
        m_model->setTaskClassChoice(0);
        QCOMPARE(m_model->count(), 7);
    }

    void classThatIsGoneIsNoFilter()
    {
        m_model->setTaskClassChoice(3);
        m_source->setSnapshot(testing::largeComparison(4, 4)); // no classes
        QCOMPARE(m_model->taskClass(), static_cast<int>(ConceptFilterModel::AnyClass));
        QCOMPARE(m_model->count(), 8);
    }

    void filtersBySize()
    {
        m_model->setMinimumSize(6);
        QCOMPARE(listed(*m_model), QStringLiteral("B1 B2 F2 B0 F0"));
        m_model->setMinimumSize(-3);
        QCOMPARE(m_model->minimumSize(), 1);
    }

    void findsRows()
    {
        m_model->setMinimumSize(6);
        QCOMPARE(m_model->rowOf({Selection::Base, base::ClusterId{2}}), 1);
        QCOMPARE(m_model->rowOf({Selection::FineTuned, base::ClusterId{3}}), -1);
    }
};

QTEST_GUILESS_MAIN(TestConceptFilterModel)
#include "tst_concept_filter_model.moc"
