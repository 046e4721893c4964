// "As ConceptX": the decisions of align_with_auto_tags.py. The rules that the reference run does not reach
// are checked on cases worked out by hand from the script's text; exchange/tst_conceptx_folder replays the
// run.

#include "align/conceptx_alignment.h"
#include "core/concepts/partition_fixture.h"
#include "core/label/label_fixture.h"
#include "support/reference.h"

using namespace palimpsest;

namespace {

/// One concept over as many words as there are rows; alignments as "label" or "-".
std::string decision(const std::string& set, const std::vector<Rows>& rows, double theta = 0.9)
{
    std::string text;
    label::LabelTableBuilder builder(set);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        text += "w ";
        for (const std::string& label : rows[row])
            builder.add(label);
        builder.endRow();
    }
    const auto concepts = testing::conceptsOf(
        testing::allTokens(testing::corpusOf({text})), std::vector<int>(rows.size(), 0));
    const std::vector tables{std::move(builder).finish().value()};
    const auto alignment = align::alignAsConceptX(*concepts, tables, {theta, 0.4});
    return alignment.labelsOfConcept.empty() ? "-" : alignment.labelsOfConcept.front().second.front();
}

std::vector<Rows> times(std::size_t count, const Rows& labels)
{
    return std::vector<Rows>(count, labels);
}

std::vector<Rows> operator+(std::vector<Rows> a, const std::vector<Rows>& b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

} // namespace

class ConceptXAlignmentTest : public QObject {
    Q_OBJECT

private slots:
    void theShareMustBeAboveTheta();
    void ofEqualCountsTheFirstSeenWins();
    void tooManyUnknownLabelsEndIt();
    void upperCaseNeverAligns();
    void outsideOfChunksIsUnknown();
    void wordNetDropsUnknownOccurrences();
    void ngramsTakeTheLongestNearTheTop();
    void someSetsAreSkipped();
    void moreThanSixSharesAreNone();
};

void ConceptXAlignmentTest::theShareMustBeAboveTheta()
{
    QCOMPARE(decision("POS", times(9, {"NN"}) + times(1, {"VB"})), std::string("-"));
    QCOMPARE(decision("POS", times(10, {"NN"}) + times(1, {"VB"})), std::string("POS:NN"));
}

void ConceptXAlignmentTest::ofEqualCountsTheFirstSeenWins()
{
    QCOMPARE(decision("POS", times(10, {"VB", "NN"})), std::string("POS:VB"));
}

void ConceptXAlignmentTest::tooManyUnknownLabelsEndIt()
{
    // Labels are counted, not occurrences: a word with two unknown labels counts twice.
    QCOMPARE(decision("X", times(6, {"a"}) + times(4, {"NO_UNK"}), 0.5), std::string("X:a"));
    QCOMPARE(decision("X", times(6, {"a"}) + times(3, {"NO_UNK", "O_UNK"}), 0.5), std::string("-"));
    QCOMPARE(decision("X", times(5, {"a"}) + times(5, {}), 0.4), std::string("-"));
}

void ConceptXAlignmentTest::upperCaseNeverAligns()
{
    QCOMPARE(decision("Casing", times(10, {"UC"})), std::string("-"));
    QCOMPARE(decision("Casing", times(10, {"UP"})), std::string("Casing:upper_case"));
    QCOMPARE(decision("Casing", times(10, {"MC"})), std::string("Casing:title_case"));
    QCOMPARE(decision("Casing", times(10, {"LC"})), std::string("-"));
}

void ConceptXAlignmentTest::outsideOfChunksIsUnknown()
{
    QCOMPARE(decision("Chunking", times(10, {"O"})), std::string("-"));
    QCOMPARE(decision("POS", times(10, {"O"})), std::string("POS:O"));
}

void ConceptXAlignmentTest::wordNetDropsUnknownOccurrences()
{
    const auto rows = times(6, {"noun.animal"}) + times(4, {"NO_UNK"});
    QCOMPARE(decision("WORDNET", rows), std::string("WORDNET:noun.animal"));
    QCOMPARE(decision("WordNet", rows), std::string("-"));
}

void ConceptXAlignmentTest::ngramsTakeTheLongestNearTheTop()
{
    // "in" 20, "ing" 20, "king" 19 = 0.95 × 20, which is not above; "g" is of one character.
    const auto rows = times(19, {"g", "in", "ing", "king"}) + times(1, {"g", "in", "ing"});
    QCOMPARE(decision("bert-base-cased", rows), std::string("bert-base-cased:ing"));
    QCOMPARE(decision("POS", rows), std::string("POS:g"));
    QCOMPARE(decision("Ngrams", times(10, {"g"})), std::string("-"));
}

void ConceptXAlignmentTest::someSetsAreSkipped()
{
    QCOMPARE(decision("BERT", times(10, {"ing"})), std::string("-"));
}

void ConceptXAlignmentTest::moreThanSixSharesAreNone()
{
    std::vector<Rows> rows;
    for (const char* label : {"g", "a", "b", "c", "d", "e"})
        rows = rows + times(2, {label});
    label::LabelTableBuilder builder("POS");
    for (const Rows& row : rows) {
        builder.add(row.front());
        builder.endRow();
    }
    const auto concepts = testing::conceptsOf(
        testing::allTokens(testing::corpusOf({"w w w w w w w w w w w w"})), std::vector<int>(12, 0));
    const std::vector tables{std::move(builder).finish().value()};
    const auto six = align::alignAsConceptX(*concepts, tables, {});
    QCOMPARE(six.shares.front().second.size(), std::size_t{6});
    QCOMPARE(six.shares.front().second.front().first, std::string("POS:a"));

    const std::vector<Rows> seven(12, {"a", "b", "c", "d", "e", "f", "g"});
    label::LabelTableBuilder more("POS");
    for (const Rows& row : seven) {
        for (const std::string& label : row)
            more.add(label);
        more.endRow();
    }
    const std::vector moreTables{std::move(more).finish().value()};
    QVERIFY(align::alignAsConceptX(*concepts, moreTables, {}).shares.empty());
}

QTEST_APPLESS_MAIN(ConceptXAlignmentTest)
#include "tst_conceptx_alignment.moc"
