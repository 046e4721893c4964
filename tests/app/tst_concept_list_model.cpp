#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

#include "concept_fixture.h"
#include "models/concept_list_model.h"

using namespace palimpsest;
using app::ConceptListModel;
using app::Selection;

namespace {

QVariant at(const ConceptListModel& model, int row, ConceptListModel::Role role)
{
    return model.data(model.index(row), role);
}

} // namespace

class TestConceptListModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutSnapshotIsEmpty()
    {
        ConceptListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.count(), 0);
        QCOMPARE(model.rowOf({Selection::Base, base::ClusterId{0}}), -1);
    }

    void listsBaseThenFineTunedById()
    {
        ConceptListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSnapshot(
            testing::compare(testing::reviewTokens(), testing::byKind(), testing::byKindAndClass()));
        QCOMPARE(model.count(), 3 + 4);
        QCOMPARE(at(model, 0, ConceptListModel::SideTextRole).toString(), QStringLiteral("Base"));
        QCOMPARE(at(model, 2, ConceptListModel::ConceptIdRole).toInt(), 2);
        QCOMPARE(at(model, 3, ConceptListModel::SideRole).toInt(), static_cast<int>(Selection::FineTuned));
        QCOMPARE(at(model, 3, ConceptListModel::ConceptIdRole).toInt(), 0);
        QCOMPARE(model.rowOf({Selection::FineTuned, base::ClusterId{3}}), 6);
        QCOMPARE(model.rowOf({Selection::FineTuned, base::ClusterId{4}}), -1);
    }

    void describesAConcept()
    {
        ConceptListModel model;
        model.setSnapshot(
            testing::compare(testing::reviewTokens(), testing::byKind(), testing::byKindAndClass()));
        // Nine adjectives: bad 3, great 3, good 2, awful 1; equal counts in order of the vocabulary.
        QCOMPARE(at(model, 1, ConceptListModel::TitleRole).toString(), QStringLiteral("Concept 1"));
        QCOMPARE(at(model, 1, ConceptListModel::SizeTextRole).toString(), QStringLiteral("9 occurrences"));
        QCOMPARE(at(model, 1, ConceptListModel::WordsRole).toString(), QStringLiteral("bad, great, good"));
        QCOMPARE(at(model, 1, ConceptListModel::StatusTextRole).toString(), QStringLiteral("Split"));
        QCOMPARE(at(model, 1, ConceptListModel::StatusLetterRole).toString(), QStringLiteral("S"));
        // Five of nine are in the positive adjectives.
        QCOMPARE(at(model, 1, ConceptListModel::OverlapTextRole).toString(), QStringLiteral("56\u00a0%"));
        QCOMPARE(at(model, 1, ConceptListModel::PolarityTextRole).toString(),
            QStringLiteral("56\u00a0% positive"));
        const auto shares = at(model, 1, ConceptListModel::ClassSharesRole).value<QList<double>>();
        QCOMPARE(shares.size(), 2);
        QCOMPARE(shares[0], 4.0 / 9.0);
        QCOMPARE(shares[1], 5.0 / 9.0);
        QCOMPARE(at(model, 0, ConceptListModel::StatusTextRole).toString(), QStringLiteral("Kept"));
    }

    void namesTaskConceptsAsTheOverviewCountsThem()
    {
        ConceptListModel model;
        model.setSnapshot(
            testing::compare(testing::reviewTokens(), testing::byKind(), testing::byKindAndClass()));
        // All five positive adjectives are in positive sentences; the four negative ones are too few to
        // count.
        QCOMPARE(at(model, 6, ConceptListModel::TaskClassTextRole).toString(), QStringLiteral("positive"));
        QCOMPARE(at(model, 6, ConceptListModel::TaskClassRole).toInt(), 1);
        QCOMPARE(at(model, 4, ConceptListModel::TaskClassRole).toInt(), -1);
        QCOMPARE(at(model, 1, ConceptListModel::TaskClassRole).toInt(), -1);
    }

    void anotherThetaChangesRowsAndResetsNothing()
    {
        const auto comparison
            = testing::compare(testing::reviewTokens(), testing::byKind(), testing::byKindAndClass());
        ConceptListModel model;
        model.setSnapshot(comparison);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setSnapshot(align::withTheta(*comparison, 0.5));
        QCOMPARE(resets.count(), 0);
        QCOMPARE(changes.count(), 1);
        // 5/9 of the adjectives in one concept is enough now.
        QCOMPARE(at(model, 1, ConceptListModel::StatusTextRole).toString(), QStringLiteral("Kept"));
    }

    void otherConceptsReset()
    {
        const auto tokens = testing::reviewTokens();
        ConceptListModel model;
        model.setSnapshot(testing::compare(tokens, testing::byKind(), testing::byKindAndClass()));
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setSnapshot(testing::compare(tokens, testing::nounsOrNot(), testing::byKind()));
        QCOMPARE(resets.count(), 1);
        QCOMPARE(model.count(), 2 + 3);
        model.setSnapshot(nullptr);
        QCOMPARE(model.count(), 0);
    }

    void corpusWithoutClassesHasNoPolarity()
    {
        ConceptListModel model;
        model.setSnapshot(testing::largeComparison(4, 4));
        QVERIFY(at(model, 0, ConceptListModel::PolarityTextRole).toString().isEmpty());
        QVERIFY(at(model, 0, ConceptListModel::ClassSharesRole).value<QList<double>>().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestConceptListModel)
#include "tst_concept_list_model.moc"
