#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

#include "concept_fixture.h"
#include "models/concept_card_model.h"
#include "models/concept_text.h"

using namespace palimpsest;
using app::ClassShareModel;
using app::ConceptCardModel;
using app::Selection;
using app::SentenceListModel;
using app::WordTableModel;

namespace {

constexpr app::ConceptRef kAdjectives{Selection::Base, base::ClusterId{1}};
constexpr app::ConceptRef kFunctionWords{Selection::FineTuned, base::ClusterId{0}};

template <typename Model>
QVariant at(Model* model, int row, int role)
{
    return model->data(model->index(row), role);
}

} // namespace

class TestConceptCardModel : public QObject {
    Q_OBJECT

    testing::Comparison m_comparison
        = testing::compare(testing::reviewTokens(), testing::byKind(), testing::byKindAndClass());

private Q_SLOTS:
    void saysWhoTheConceptIs()
    {
        ConceptCardModel card;
        QVERIFY(!card.isValid());
        QCOMPARE(card.conceptId(), -1);
        card.setConcept(m_comparison, kAdjectives);
        QCOMPARE(card.title(), QStringLiteral("Concept 1"));
        QCOMPARE(card.subtitle(), QStringLiteral("Base model, layer 3, 9 occurrences of 4 words"));
        QCOMPARE(card.statusWord(), QStringLiteral("Split"));
        QCOMPARE(card.meaning(),
            QStringLiteral(
                "Split: no fine-tuned concept holds 90\u00a0% of it, but at least one is a piece of it"));
        QVERIFY(card.taskText().isEmpty());
        card.setConcept(m_comparison, {Selection::FineTuned, base::ClusterId{3}});
        QCOMPARE(card.taskText(), QStringLiteral("Task concept, positive"));
        card.clear();
        QVERIFY(card.title().isEmpty());
        QCOMPARE(card.words()->count(), 0);
    }

    void tellsTheMeaningOfEachStatus()
    {
        QSet<QString> sentences;
        for (const auto side : {Selection::Base, Selection::FineTuned}) {
            const auto tokens = testing::reviewTokens();
            // Nouns against film and other nouns: split. The reverse: merged. Half of each: vanished and new.
            const auto split = testing::compare(tokens, testing::byKind(), testing::byKindAndFilm());
            const auto merged = testing::compare(tokens, testing::byKindAndFilm(), testing::byKind());
            const auto unrelated = testing::largeComparison(8, 0);
            sentences.insert(app::statusMeaning(*split, {side, base::ClusterId{0}}));
            sentences.insert(app::statusMeaning(*split, {side, base::ClusterId{2}}));
            sentences.insert(app::statusMeaning(*merged, {side, base::ClusterId{2}}));
            sentences.insert(app::statusMeaning(*unrelated, {side, base::ClusterId{3}}));
        }
        QCOMPARE(sentences.size(), 8);
    }

    void listsWordsWithCounts()
    {
        ConceptCardModel card;
        const QAbstractItemModelTester tester(
            card.words(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        card.setConcept(m_comparison, kAdjectives);
        WordTableModel* words = card.words();
        QCOMPARE(words->count(), 4);
        QCOMPARE(at(words, 0, WordTableModel::WordRole).toString(), QStringLiteral("bad"));
        QCOMPARE(at(words, 0, WordTableModel::CountRole).toInt(), 3);
        QCOMPARE(at(words, 3, WordTableModel::WordRole).toString(), QStringLiteral("awful"));
        QCOMPARE(at(words, 3, WordTableModel::FractionRole).toDouble(), 1.0 / 3.0);
        QCOMPARE(words->asText(), QStringLiteral("Word\tCount\nbad\t3\ngreat\t3\ngood\t2\nawful\t1\n"));
        QVERIFY(words->wordAt(4).isEmpty());
    }

    void marksTheOccurrenceAndEscapesTheSentence()
    {
        ConceptCardModel card;
        const QAbstractItemModelTester tester(
            card.sentences(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        card.setConcept(m_comparison, kFunctionWords);
        SentenceListModel* sentences = card.sentences();
        QCOMPARE(sentences->count(), 6);
        QCOMPARE(at(sentences, 0, SentenceListModel::MarkupRole).toString(),
            QStringLiteral("<b><u>a</u></b> bad film"));
        QCOMPARE(at(sentences, 5, SentenceListModel::MarkupRole).toString(),
            QStringLiteral("awful film <b><u>&lt;b&gt;</u></b>"));
        QCOMPARE(at(sentences, 5, SentenceListModel::TextRole).toString(), QStringLiteral("awful film <b>"));
        QCOMPARE(at(sentences, 5, SentenceListModel::ClassNameRole).toString(), QStringLiteral("negative"));
        QCOMPARE(at(sentences, 5, SentenceListModel::LineTextRole).toString(), QStringLiteral("line 7"));
    }

    void oneRowPerOccurrenceOfTheSameSentence()
    {
        ConceptCardModel card;
        card.setConcept(m_comparison, {Selection::FineTuned, base::ClusterId{3}});
        SentenceListModel* sentences = card.sentences();
        QCOMPARE(sentences->count(), 5);
        QCOMPARE(at(sentences, 3, SentenceListModel::MarkupRole).toString(),
            QStringLiteral("<b><u>great</u></b> great film"));
        QCOMPARE(at(sentences, 4, SentenceListModel::MarkupRole).toString(),
            QStringLiteral("great <b><u>great</u></b> film"));
    }

    void showsTheSentencesOfOneWord()
    {
        ConceptCardModel card;
        card.setConcept(m_comparison, kAdjectives);
        SentenceListModel* sentences = card.sentences();
        QCOMPARE(sentences->summary(), QStringLiteral("9 occurrences"));
        sentences->toggleWord(QStringLiteral("good"));
        QCOMPARE(sentences->count(), 2);
        QCOMPARE(sentences->summary(), QStringLiteral("2 of 9 occurrences, only “good”"));
        sentences->toggleWord(QStringLiteral("good"));
        QCOMPARE(sentences->count(), 9);
        sentences->toggleWord(QStringLiteral("great"));
        card.setConcept(m_comparison, kFunctionWords);
        QVERIFY(sentences->word().isEmpty());
        QCOMPARE(sentences->count(), 6);
    }

    void countsClasses()
    {
        ConceptCardModel card;
        const QAbstractItemModelTester tester(
            card.classes(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        card.setConcept(m_comparison, kAdjectives);
        ClassShareModel* classes = card.classes();
        QCOMPARE(classes->count(), 2);
        QCOMPARE(at(classes, 0, ClassShareModel::NameRole).toString(), QStringLiteral("negative"));
        QCOMPARE(at(classes, 0, ClassShareModel::CountTextRole).toString(), QStringLiteral("4"));
        QCOMPARE(at(classes, 1, ClassShareModel::ShareTextRole).toString(), QStringLiteral("56\u00a0%"));
        card.setConcept(testing::largeComparison(4, 4), kAdjectives);
        QCOMPARE(classes->count(), 0);
    }

    void anotherThetaKeepsTheLists()
    {
        ConceptCardModel card;
        card.setConcept(m_comparison, kAdjectives);
        card.sentences()->setWord(QStringLiteral("good"));
        QSignalSpy resets(card.words(), &QAbstractItemModel::modelReset);
        card.setConcept(align::withTheta(*m_comparison, 0.5), kAdjectives);
        QCOMPARE(card.statusWord(), QStringLiteral("Kept"));
        QCOMPARE(resets.count(), 0);
        QCOMPARE(card.sentences()->word(), QStringLiteral("good"));
    }
};

QTEST_GUILESS_MAIN(TestConceptCardModel)
#include "tst_concept_card_model.moc"
