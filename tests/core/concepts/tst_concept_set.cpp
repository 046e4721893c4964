// A ConceptSet counts members, words and classes of each concept; task concepts are those of one class.

#include <QtTest/QtTest>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "concepts/concept_set.h"
#include "core/concepts/partition_fixture.h"
#include "core/corpus/corpus_fixture.h"

using namespace palimpsest;
using base::ClusterId;
using base::TokenId;
using concepts::ConceptSet;

namespace {

using Texts = std::vector<std::string>;

Texts wordsOf(const ConceptSet& set, std::size_t id)
{
    Texts words;
    for (const concepts::WordCount& entry : set.words(base::toId<ClusterId>(id)))
        words.push_back(
            std::string(set.tokens().corpus().word(entry.word)) + "*" + std::to_string(entry.count));
    return words;
}

std::vector<std::size_t> membersOf(const ConceptSet& set, std::size_t id)
{
    std::vector<std::size_t> members;
    for (const TokenId token : set.members(base::toId<ClusterId>(id)))
        members.push_back(base::toIndex(token));
    return members;
}

std::vector<std::uint32_t> classesOf(const ConceptSet& set, std::size_t id)
{
    const auto counts = set.classCounts(base::toId<ClusterId>(id));
    return {counts.begin(), counts.end()};
}

/// One concept of occurrences from sentences of the given classes, one word each, and one other concept.
std::shared_ptr<const ConceptSet> oneConcept(std::vector<std::int32_t> classes)
{
    std::vector<int> clusters(classes.size(), 0);
    clusters.push_back(1);
    classes.push_back(corpus::kNoClass);
    const Texts sentences(classes.size(), "word");
    return testing::conceptsOf(
        testing::allTokens(testing::corpusOf(sentences, classes, {"negative", "positive"})), clusters);
}

std::vector<std::int32_t> mixed(std::size_t negative, std::size_t positive)
{
    std::vector<std::int32_t> classes(negative, 0);
    classes.insert(classes.end(), positive, 1);
    return classes;
}

} // namespace

class ConceptSetTest : public QObject {
    Q_OBJECT

private slots:
    void listsMembersInCorpusOrder();
    void countsWordsMostFrequentFirst();
    void countsClassesOfTheSentences();
    void hasNoClassCountsWithoutClasses();
    void agreesWithPlainCountingOnRandomPartitions();
    void taskClassMeetsThetaExactly();
    void taskClassCountsAllMembers();
    void taskClassBelowHalfIsTheLargest();
    void pairsAreNoTaskConcepts();
};

void ConceptSetTest::listsMembersInCorpusOrder()
{
    const auto tokens = testing::allTokens(testing::corpusOf({"a b a", "c a b"}));
    const auto set = testing::conceptsOf(tokens, {0, 1, 0, 2, 1, 1});
    QCOMPARE(set->conceptCount(), std::size_t{3});
    QCOMPARE(membersOf(*set, 0), (std::vector<std::size_t>{0, 2}));
    QCOMPARE(membersOf(*set, 1), (std::vector<std::size_t>{1, 4, 5}));
    QCOMPARE(membersOf(*set, 2), (std::vector<std::size_t>{3}));
    QCOMPARE(set->size(ClusterId{1}), std::size_t{3});
    QCOMPARE(set->conceptOf(TokenId{3}), ClusterId{2});
    QCOMPARE(&set->tokens(), tokens.get());
}

void ConceptSetTest::countsWordsMostFrequentFirst()
{
    // b and a come twice in concept 0: the vocabulary's order (b first) decides.
    const auto tokens = testing::allTokens(testing::corpusOf({"b a c", "a c b c c"}));
    const auto set = testing::conceptsOf(tokens, {0, 0, 0, 0, 0, 0, 0, 1});
    QCOMPARE(wordsOf(*set, 0), (Texts{"c*3", "b*2", "a*2"}));
    QCOMPARE(wordsOf(*set, 1), (Texts{"c*1"}));
}

void ConceptSetTest::countsClassesOfTheSentences()
{
    const auto corpus
        = testing::corpusOf({"a b", "a", "b b b"}, {1, 0, corpus::kNoClass}, {"negative", "positive"});
    const auto set = testing::conceptsOf(testing::allTokens(corpus), {0, 1, 0, 0, 1, 1});
    QCOMPARE(classesOf(*set, 0), (std::vector<std::uint32_t>{1, 1}));
    QCOMPARE(classesOf(*set, 1), (std::vector<std::uint32_t>{0, 1}));
}

void ConceptSetTest::hasNoClassCountsWithoutClasses()
{
    const auto set = testing::conceptsOf(testing::allTokens(testing::corpusOf({"a b"})), {0, 1});
    QVERIFY(set->classCounts(ClusterId{0}).empty());
    QVERIFY(!concepts::taskClass(*set, ClusterId{0}, 0.9));
    QVERIFY(concepts::countTaskConcepts(*set, 0.9).empty());
}

void ConceptSetTest::agreesWithPlainCountingOnRandomPartitions()
{
    std::mt19937 random(20261124);
    for (int round = 0; round < 30; ++round) {
        Texts sentences;
        std::vector<std::int32_t> classes;
        std::vector<int> clusters;
        for (int s = 0; s < 20; ++s) {
            std::string sentence;
            for (int w = 0; w < 8; ++w) {
                sentence += "w" + std::to_string(random() % 12) + " ";
                clusters.push_back(static_cast<int>(random() % 7));
            }
            sentences.push_back(sentence);
            classes.push_back(static_cast<std::int32_t>(random() % 4) - 1);
        }
        const auto tokens = testing::allTokens(testing::corpusOf(sentences, classes, {"x", "y", "z"}));
        const auto set = testing::conceptsOf(tokens, clusters);
        const cluster::Partition partition = testing::partitionOf(clusters);

        for (std::size_t id = 0; id < partition.clusterCount; ++id) {
            std::vector<std::size_t> members;
            std::map<std::size_t, std::uint32_t> words;
            std::vector<std::uint32_t> classCounts(3, 0);
            for (std::size_t row = 0; row < tokens->size(); ++row) {
                if (base::toIndex(partition.clusterOf[row]) != id)
                    continue;
                const auto token = base::toId<TokenId>(row);
                members.push_back(row);
                ++words[base::toIndex(tokens->token(token).word)];
                if (tokens->classOf(token) >= 0)
                    ++classCounts[static_cast<std::size_t>(tokens->classOf(token))];
            }
            QCOMPARE(membersOf(*set, id), members);
            QCOMPARE(classesOf(*set, id), classCounts);
            const auto counted = set->words(base::toId<ClusterId>(id));
            QCOMPARE(counted.size(), words.size());
            const auto byWord = set->membersByWord(base::toId<ClusterId>(id));
            QCOMPARE(byWord.size(), members.size());
            std::size_t next = 0;
            for (const concepts::WordCount& word : counted) {
                for (std::uint32_t i = 0; i < word.count; ++i, ++next) {
                    QVERIFY(tokens->token(byWord[next]).word == word.word);
                    QVERIFY(i == 0 || byWord[next - 1] < byWord[next]);
                }
            }
            for (std::size_t i = 0; i < counted.size(); ++i) {
                QCOMPARE(counted[i].count, words.at(base::toIndex(counted[i].word)));
                QVERIFY(i == 0 || counted[i - 1].count > counted[i].count
                    || (counted[i - 1].count == counted[i].count && counted[i - 1].word < counted[i].word));
            }
        }
    }
}

void ConceptSetTest::taskClassMeetsThetaExactly()
{
    QCOMPARE(concepts::taskClass(*oneConcept(mixed(1, 9)), ClusterId{0}, 0.9), std::optional<std::size_t>(1));
    QCOMPARE(concepts::taskClass(*oneConcept(mixed(9, 1)), ClusterId{0}, 0.9), std::optional<std::size_t>(0));
    QVERIFY(!concepts::taskClass(*oneConcept(mixed(2, 8)), ClusterId{0}, 0.9));
    QVERIFY(!concepts::taskClass(*oneConcept(mixed(11, 89)), ClusterId{0}, 0.9));
    // 0.55 · 100 and 0.57 · 100 lie above 55 and 57 in doubles, yet 55 of 100 are 0.55.
    QCOMPARE(
        concepts::taskClass(*oneConcept(mixed(45, 55)), ClusterId{0}, 0.55), std::optional<std::size_t>(1));
    QCOMPARE(
        concepts::taskClass(*oneConcept(mixed(43, 57)), ClusterId{0}, 0.57), std::optional<std::size_t>(1));
    QCOMPARE(concepts::taskClass(*oneConcept(mixed(0, 3)), ClusterId{0}, 1.0), std::optional<std::size_t>(1));
}

void ConceptSetTest::taskClassCountsAllMembers()
{
    std::vector<std::int32_t> classes = mixed(0, 9);
    classes.push_back(corpus::kNoClass);
    QVERIFY(concepts::taskClass(*oneConcept(classes), ClusterId{0}, 0.9));
    classes.push_back(corpus::kNoClass);
    QVERIFY(!concepts::taskClass(*oneConcept(classes), ClusterId{0}, 0.9));
    QVERIFY(!concepts::taskClass(*oneConcept(mixed(0, 9)), ClusterId{1}, 0.1));
}

void ConceptSetTest::taskClassBelowHalfIsTheLargest()
{
    QCOMPARE(concepts::taskClass(*oneConcept(mixed(2, 3)), ClusterId{0}, 0.3), std::optional<std::size_t>(1));
    QCOMPARE(concepts::taskClass(*oneConcept(mixed(3, 3)), ClusterId{0}, 0.5), std::optional<std::size_t>(0));
}

void ConceptSetTest::pairsAreNoTaskConcepts()
{
    // Pure concepts of 5 and 4 positive members, one of 6 negative, one that is mixed.
    std::vector<std::int32_t> classes = mixed(6, 9);
    std::vector<int> clusters{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2};
    for (int i = 0; i < 8; ++i) {
        classes.push_back(i % 2);
        clusters.push_back(3);
    }
    const auto corpus = testing::corpusOf(Texts(classes.size(), "word"), classes, {"negative", "positive"});
    const auto set = testing::conceptsOf(testing::allTokens(corpus), clusters);
    QCOMPARE(concepts::kMinimumTaskConceptSize, std::size_t{5});
    QCOMPARE(concepts::countTaskConcepts(*set, 0.9), (std::vector<std::size_t>{1, 1}));
    QCOMPARE(concepts::taskClass(*set, ClusterId{2}, 0.9), std::optional<std::size_t>(1));
}

QTEST_APPLESS_MAIN(ConceptSetTest)
#include "tst_concept_set.moc"
