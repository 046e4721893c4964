#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

#include "concept_fixture.h"
#include "models/concept_browser.h"

using namespace palimpsest;
using app::ConceptBrowser;
using app::OverlapListModel;
using app::Selection;
using app::WordTableModel;

namespace {

QStringList words(const WordTableModel* model)
{
    QStringList all;
    for (int row = 0; row < model->count(); ++row)
        all.append(model->data(model->index(row), WordTableModel::WordRole).toString() + QLatin1Char(' ')
            + model->data(model->index(row), WordTableModel::CountTextRole).toString());
    return all;
}

} // namespace

class TestConceptBrowser : public QObject {
    Q_OBJECT

    std::shared_ptr<const corpus::TokenTable> m_tokens = testing::reviewTokens();
    testing::Comparison m_comparison
        = testing::compare(m_tokens, testing::byKind(), testing::byKindAndClass());
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<ConceptBrowser> m_browser;

private Q_SLOTS:
    void init()
    {
        m_browser.reset();
        m_selection = std::make_unique<Selection>();
        m_browser = std::make_unique<ConceptBrowser>();
        m_browser->setSelection(m_selection.get());
    }

    void startsWithNothing()
    {
        QCOMPARE(m_browser->state(), ConceptBrowser::NothingOpen);
        QCOMPARE(m_browser->currentRow(), -1);
        m_browser->selectRow(0);
        m_browser->step(1);
        m_browser->goToCounterpart();
        QCOMPARE(m_selection->conceptId(), -1);
    }

    void firstSnapshotShowsItsFirstConcept()
    {
        m_browser->setSnapshot(m_comparison);
        QCOMPARE(m_browser->state(), ConceptBrowser::Ready);
        QCOMPARE(m_browser->currentRow(), 0);
        QCOMPARE(m_browser->card()->title(), QStringLiteral("Concept 1")); // the largest
        QCOMPARE(m_browser->thetaText(), QStringLiteral("90\u00a0%"));
        QCOMPARE(
            m_browser->classNames(), (QStringList{QStringLiteral("negative"), QStringLiteral("positive")}));
    }

    void theCounterpartSharesMost()
    {
        m_browser->setSnapshot(m_comparison);
        m_selection->selectConcept(Selection::Base, 1);
        QCOMPARE(m_browser->counterpart()->side(), Selection::FineTuned);
        QCOMPARE(m_browser->counterpart()->conceptId(), 3);
        QCOMPARE(
            m_browser->pair()->shareOfBaseText(), QStringLiteral("56\u00a0% of the base concept (5 of 9)"));
        QCOMPARE(m_browser->pair()->shareOfFineTunedText(),
            QStringLiteral("100\u00a0% of the fine-tuned concept (5 of 5)"));
        QCOMPARE(m_browser->pair()->verdict(),
            QStringLiteral("The fine-tuned concept is aligned to the base one at θ\u00a0=\u00a00.90"));
    }

    void tellsTheDifferenceInWords()
    {
        m_browser->setSnapshot(m_comparison);
        m_selection->selectConcept(Selection::Base, 1);
        QCOMPARE(words(m_browser->sharedWords()),
            (QStringList{QStringLiteral("great 3 · 3"), QStringLiteral("good 2 · 2")}));
        QCOMPARE(words(m_browser->onlyBaseWords()),
            (QStringList{QStringLiteral("bad 3"), QStringLiteral("awful 1")}));
        QVERIFY(words(m_browser->onlyFineTunedWords()).isEmpty());
    }

    void listsAllThatOverlapBestFirst()
    {
        const QAbstractItemModelTester tester(
            m_browser->overlaps(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_browser->setSnapshot(m_comparison);
        m_selection->selectConcept(Selection::Base, 1);
        OverlapListModel* overlaps = m_browser->overlaps();
        QCOMPARE(overlaps->count(), 2);
        QCOMPARE(overlaps->data(overlaps->index(0), OverlapListModel::ConceptIdRole).toInt(), 3);
        QCOMPARE(overlaps->data(overlaps->index(1), OverlapListModel::ConceptIdRole).toInt(), 1);
        QCOMPARE(overlaps->data(overlaps->index(1), OverlapListModel::SharedTextRole).toString(),
            QStringLiteral("4"));
        m_browser->showBeside(1);
        QCOMPARE(m_browser->counterpart()->conceptId(), 1);
        QCOMPARE(
            m_browser->pair()->shareOfBaseText(), QStringLiteral("44\u00a0% of the base concept (4 of 9)"));
        m_browser->showBeside(99);
        QCOMPARE(m_browser->counterpart()->conceptId(), 1);
    }

    void goesToTheCounterpartAndBack()
    {
        m_browser->setSnapshot(m_comparison);
        m_selection->selectConcept(Selection::Base, 1);
        m_browser->showBeside(1);
        m_browser->goToCounterpart();
        QCOMPARE(m_selection->side(), Selection::FineTuned);
        QCOMPARE(m_selection->conceptId(), 1);
        QCOMPARE(m_browser->counterpart()->side(), Selection::Base);
        QCOMPARE(m_browser->counterpart()->conceptId(), 1);
        m_browser->goToCounterpart();
        // Back to the pair one came from, not to the best counterpart.
        QCOMPARE(m_selection->side(), Selection::Base);
        QCOMPARE(m_browser->counterpart()->conceptId(), 1);
    }

    void aPairIsSelectedAsAPair()
    {
        m_browser->setSnapshot(m_comparison);
        m_browser->selectPair(0, 3);
        QCOMPARE(m_selection->conceptId(), 0);
        QCOMPARE(m_browser->pair()->baseId(), 0);
        QCOMPARE(m_browser->pair()->fineTunedId(), 3);
        QCOMPARE(m_browser->pair()->verdict(), QStringLiteral("Nothing in common"));
        m_browser->selectPair(0, 0);
        QCOMPARE(m_browser->pair()->fineTunedId(), 0);
        m_browser->selectPair(0, 17);
        QCOMPARE(m_browser->pair()->fineTunedId(), 0);
    }

    void stepsThroughTheList()
    {
        m_browser->setSnapshot(m_comparison);
        m_browser->step(1);
        QCOMPARE(m_browser->currentRow(), 1);
        m_browser->step(-5);
        QCOMPARE(m_browser->currentRow(), 0);
        QVERIFY(m_browser->stepByKey(Qt::Key_End, 3));
        QCOMPARE(m_browser->currentRow(), 6);
        QVERIFY(m_browser->stepByKey(Qt::Key_PageUp, 3));
        QCOMPARE(m_browser->currentRow(), 3);
        QVERIFY(!m_browser->stepByKey(Qt::Key_A, 3));
    }

    void theModelToggleFiltersTheList()
    {
        m_browser->setSnapshot(m_comparison);
        m_selection->setShown(Selection::ShowBase);
        QCOMPARE(m_browser->concepts()->count(), 3);
    }

    void aConceptThatIsNotListedStaysSelected()
    {
        m_browser->setSnapshot(m_comparison);
        m_selection->selectConcept(Selection::Base, 0);
        m_browser->concepts()->setMinimumSize(8);
        QCOMPARE(m_browser->currentRow(), -1);
        QCOMPARE(m_browser->card()->conceptId(), 0);
        m_browser->step(1);
        QCOMPARE(m_browser->currentRow(), 0);
    }

    void theSelectionFollowsItsMembers()
    {
        m_browser->setSnapshot(m_comparison);
        m_selection->selectConcept(Selection::Base, 2); // nouns
        m_browser->setSnapshot(testing::compare(m_tokens, testing::nounsOrNot(), testing::byKind()));
        QCOMPARE(m_selection->conceptId(), 1);
        QCOMPARE(m_browser->card()->words()->wordAt(0), QStringLiteral("film"));
        // Half of the nouns are in 2, half in 3: the smaller id.
        m_browser->setSnapshot(testing::compare(m_tokens, testing::byKindAndFilm(), testing::byKind()));
        QCOMPARE(m_selection->conceptId(), 2);
    }

    void theSelectionFollowsAcrossAGap()
    {
        m_browser->setSnapshot(m_comparison);
        m_selection->selectConcept(Selection::Base, 2);
        m_browser->setSnapshot(nullptr);
        QVERIFY(!m_browser->card()->isValid());
        m_browser->setSnapshot(testing::compare(m_tokens, testing::nounsOrNot(), testing::byKind()));
        QCOMPARE(m_selection->conceptId(), 1);
    }

    void anotherProjectStartsAfresh()
    {
        m_browser->setSnapshot(m_comparison);
        m_selection->selectConcept(Selection::Base, 2);
        m_browser->setSnapshot(testing::largeComparison(8, 8));
        QCOMPARE(m_browser->currentRow(), 0);
        QCOMPARE(m_browser->card()->words()->wordAt(0), QStringLiteral("w0"));
    }

    void anotherThetaKeepsTheCounterpartThatWasChosen()
    {
        m_browser->setSnapshot(m_comparison);
        m_selection->selectConcept(Selection::Base, 1);
        m_browser->showBeside(1);
        m_browser->setSnapshot(align::withTheta(*m_comparison, 0.5));
        QCOMPARE(m_browser->counterpart()->conceptId(), 1);
        QCOMPARE(m_browser->thetaText(), QStringLiteral("50\u00a0%"));
    }

    void hoveringTouchesOnlyTheHoveredPair()
    {
        m_browser->setSnapshot(m_comparison);
        m_selection->selectConcept(Selection::Base, 1);
        m_browser->hoverPair(2, 2);
        QCOMPARE(m_browser->hoveredPair()->baseTitle(), QStringLiteral("Base concept 2, 8 occurrences"));
        QCOMPARE(m_browser->hoveredPair()->baseWords(), QStringLiteral("film, plot, acting"));
        QCOMPARE(m_browser->pair()->baseId(), 1);
        m_browser->hoverPair(-1, -1);
        QVERIFY(!m_browser->hoveredPair()->isValid());
    }
};

QTEST_GUILESS_MAIN(TestConceptBrowser)
#include "tst_concept_browser.moc"
