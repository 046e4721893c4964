// What became of a concept: statuses by hand, counterparts, θ met exactly, and a plain counting oracle.

#include <QtTest/QtTest>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "align/alignment.h"
#include "core/concepts/partition_fixture.h"
#include "core/corpus/corpus_fixture.h"

using namespace palimpsest;
using align::Alignment;
using align::Match;
using align::Measure;
using align::Overlap;
using align::Status;
using base::ClusterId;
using concepts::ConceptSet;

namespace {

using Statuses = std::vector<Status>;

/// Rows of one sentence; words all different.
std::shared_ptr<const corpus::TokenTable> tokensOf(std::size_t count)
{
    std::string sentence;
    for (std::size_t i = 0; i < count; ++i)
        sentence += "w" + std::to_string(i) + " ";
    return testing::allTokens(testing::corpusOf({sentence}));
}

Alignment alignOccurrences(const std::vector<int>& a, const std::vector<int>& b, double theta)
{
    const auto tokens = tokensOf(a.size());
    const auto overlap = Overlap::make(
        *testing::conceptsOf(tokens, a), *testing::conceptsOf(tokens, b), Measure::Occurrence);
    return align::align(*overlap, theta);
}

Statuses statuses(const std::vector<Match>& matches)
{
    Statuses all;
    for (const Match& match : matches)
        all.push_back(match.status);
    return all;
}

/// `pairs` as {from cluster, to cluster, how many rows}.
struct Flow {
    int a;
    int b;
    int rows;
};

Alignment alignFlows(const std::vector<Flow>& flows, double theta)
{
    std::vector<int> a;
    std::vector<int> b;
    for (const Flow& flow : flows) {
        a.insert(a.end(), static_cast<std::size_t>(flow.rows), flow.a);
        b.insert(b.end(), static_cast<std::size_t>(flow.rows), flow.b);
    }
    return alignOccurrences(a, b, theta);
}

using Members = std::set<std::size_t>;

std::vector<Members> membersOf(const ConceptSet& set, Measure measure)
{
    std::vector<Members> all(set.conceptCount());
    for (std::size_t row = 0; row < set.tokens().size(); ++row) {
        const auto token = base::toId<base::TokenId>(row);
        all[base::toIndex(set.conceptOf(token))].insert(
            measure == Measure::Occurrence ? row : base::toIndex(set.tokens().token(token).word));
    }
    return all;
}

std::size_t sharedOf(const Members& x, const Members& y)
{
    return static_cast<std::size_t>(
        std::count_if(x.begin(), x.end(), [&y](std::size_t member) { return y.contains(member); }));
}

/// θ as a fraction, so that the oracle compares whole numbers.
struct Theta {
    std::size_t numerator;
    std::size_t denominator;

    [[nodiscard]] double value() const
    {
        return static_cast<double>(numerator) / static_cast<double>(denominator);
    }
    [[nodiscard]] bool contained(const Members& x, const Members& y) const
    {
        return sharedOf(x, y) * denominator >= numerator * x.size();
    }
};

Status expectedStatus(const Members& x, const std::vector<Members>& others, const Theta& theta, bool base)
{
    bool contained = false;
    bool contains = false;
    for (const Members& other : others) {
        const bool forward = theta.contained(x, other);
        const bool backward = theta.contained(other, x);
        if (forward && backward)
            return Status::Kept;
        contained = contained || forward;
        contains = contains || backward;
    }
    if (contained)
        return base ? Status::Merged : Status::Split;
    if (contains)
        return base ? Status::Split : Status::Merged;
    return base ? Status::Vanished : Status::New;
}

/// The first difference between `matches` and what counting sets gives, or an empty text.
std::string difference(const std::vector<Match>& matches, const std::vector<Members>& mine,
    const std::vector<Members>& others, const Theta& theta, bool base)
{
    for (std::size_t i = 0; i < mine.size(); ++i) {
        std::size_t best = 0;
        for (std::size_t j = 1; j < others.size(); ++j) {
            const std::size_t shared = sharedOf(mine[i], others[j]);
            const std::size_t before = sharedOf(mine[i], others[best]);
            if (shared > before || (shared == before && others[j].size() < others[best].size()))
                best = j;
        }
        const Match& match = matches[i];
        const bool aligned = std::any_of(others.begin(), others.end(),
            [&](const Members& other) { return theta.contained(mine[i], other); });
        const std::string who = (base ? "a" : "b") + std::to_string(i);
        if (base::toIndex(match.counterpart) != best)
            return who + ": counterpart";
        if (match.shared != sharedOf(mine[i], others[best]))
            return who + ": shared";
        if (match.overlap != static_cast<double>(match.shared) / static_cast<double>(mine[i].size()))
            return who + ": overlap";
        if (match.aligned != aligned)
            return who + ": aligned";
        if (match.status != expectedStatus(mine[i], others, theta, base))
            return who + ": status";
    }
    return {};
}

} // namespace

class AlignmentTest : public QObject {
    Q_OBJECT

private slots:
    void sameConceptsAreKept();
    void splitConceptAndItsPieces();
    void mergedConceptsAndTheirUnion();
    void scatteredConceptsVanishAndNewOnesCome();
    void ownContainmentDecidesFirst();
    void keptNeedsOnePartnerForBothDirections();
    void thetaIsMetExactly_data();
    void thetaIsMetExactly();
    void counterpartTies();
    void listsCellsByAscendingId();
    void countsDistinctWordsByType();
    void countsStatuses();
    void namesStatuses();
    void agreesWithPlainCounting_data();
    void agreesWithPlainCounting();
};

void AlignmentTest::sameConceptsAreKept()
{
    const Alignment result = alignOccurrences({0, 0, 1, 2, 1}, {5, 5, 3, 4, 3}, 1.0);
    QCOMPARE(result.theta, 1.0);
    QCOMPARE(statuses(result.a), Statuses(3, Status::Kept));
    QCOMPARE(statuses(result.b), Statuses(3, Status::Kept));
    QCOMPARE(result.a[2].counterpart, ClusterId{2});
    QCOMPARE(result.a[2].shared, 1U);
    QCOMPARE(result.a[2].overlap, 1.0);
    QVERIFY(result.a[2].aligned);
}

void AlignmentTest::splitConceptAndItsPieces()
{
    const Alignment result = alignFlows({{0, 0, 5}, {0, 1, 5}, {1, 2, 4}}, 0.9);
    QCOMPARE(statuses(result.a), (Statuses{Status::Split, Status::Kept}));
    QCOMPARE(statuses(result.b), (Statuses{Status::Split, Status::Split, Status::Kept}));
    QVERIFY(!result.a[0].aligned);
    QCOMPARE(result.a[0].overlap, 0.5);
    QVERIFY(result.b[0].aligned);
    QCOMPARE(result.b[1].counterpart, ClusterId{0});
}

void AlignmentTest::mergedConceptsAndTheirUnion()
{
    const Alignment result = alignFlows({{0, 0, 5}, {1, 0, 5}, {2, 1, 4}}, 0.9);
    QCOMPARE(statuses(result.a), (Statuses{Status::Merged, Status::Merged, Status::Kept}));
    QCOMPARE(statuses(result.b), (Statuses{Status::Merged, Status::Kept}));
    QVERIFY(result.a[0].aligned);
    QVERIFY(!result.b[0].aligned);
}

void AlignmentTest::scatteredConceptsVanishAndNewOnesCome()
{
    const Alignment result = alignFlows({{0, 0, 3}, {0, 1, 3}, {1, 0, 3}, {1, 1, 3}}, 0.9);
    QCOMPARE(statuses(result.a), Statuses(2, Status::Vanished));
    QCOMPARE(statuses(result.b), Statuses(2, Status::New));
}

void AlignmentTest::ownContainmentDecidesFirst()
{
    // a0 lies in b0 (95 of 100) and holds all of the small b1: merged, not split.
    const Alignment base = alignFlows({{0, 0, 95}, {0, 1, 5}, {1, 0, 900}}, 0.9);
    QCOMPARE(base.a[0].status, Status::Merged);
    // The same from the other side: b0 lies in a0 and holds all of the small a1: a piece, not a union.
    const Alignment tuned = alignFlows({{0, 0, 95}, {1, 0, 5}, {0, 1, 900}}, 0.9);
    QCOMPARE(tuned.b[0].status, Status::Split);
}

void AlignmentTest::keptNeedsOnePartnerForBothDirections()
{
    // At θ = 0.5: a0 ⊂ b0 only, b1 ⊂ a0 only; no single concept does both.
    const Alignment result = alignFlows({{0, 0, 6}, {0, 1, 4}, {1, 0, 20}}, 0.5);
    QVERIFY(result.a[0].aligned);
    QCOMPARE(result.a[0].status, Status::Merged);
    // The partner need not be the counterpart: b0 shares most, but b1 is in a0 as a0 is in b1.
    const Alignment other = alignFlows({{0, 0, 10}, {0, 1, 9}, {1, 0, 30}}, 0.45);
    QCOMPARE(other.a[0].counterpart, ClusterId{0});
    QCOMPARE(other.a[0].status, Status::Kept);
    QCOMPARE(other.b[1].status, Status::Kept);
}

void AlignmentTest::thetaIsMetExactly_data()
{
    QTest::addColumn<int>("shared");
    QTest::addColumn<int>("rest");
    QTest::addColumn<double>("theta");
    QTest::addColumn<bool>("aligned");
    QTest::newRow("9 of 10 at 0.9") << 9 << 1 << 0.9 << true;
    QTest::newRow("89 of 100 at 0.9") << 89 << 11 << 0.9 << false;
    // In doubles 0.55 · 100 and 0.57 · 100 are above the whole numbers, 0.29 · 100 is below.
    QTest::newRow("55 of 100 at 0.55") << 55 << 45 << 0.55 << true;
    QTest::newRow("57 of 100 at 0.57") << 57 << 43 << 0.57 << true;
    QTest::newRow("70 of 100 at 0.7") << 70 << 30 << 0.7 << true;
    QTest::newRow("71 of 100 at 0.72") << 71 << 29 << 0.72 << false;
    QTest::newRow("2 of 3 at 2/3") << 2 << 1 << 2.0 / 3.0 << true;
    QTest::newRow("all but one at 1") << 99 << 1 << 1.0 << false;
}

void AlignmentTest::thetaIsMetExactly()
{
    QFETCH(int, shared);
    QFETCH(int, rest);
    QFETCH(double, theta);
    QFETCH(bool, aligned);
    const Alignment result = alignFlows({{0, 0, shared}, {0, 1, rest}, {1, 1, 1000}}, theta);
    QCOMPARE(result.a[0].aligned, aligned);
    QCOMPARE(result.a[0].status == Status::Kept, aligned);
}

void AlignmentTest::counterpartTies()
{
    // Equal overlaps: the counterpart of which the larger share is meant, …
    const Alignment share = alignFlows({{0, 0, 4}, {0, 1, 4}, {1, 0, 1}}, 0.9);
    QCOMPARE(share.a[0].counterpart, ClusterId{1});
    // … and of equal shares the smaller id.
    const Alignment id = alignFlows({{0, 0, 4}, {0, 1, 4}}, 0.9);
    QCOMPARE(id.a[0].counterpart, ClusterId{0});
}

void AlignmentTest::listsCellsByAscendingId()
{
    const auto tokens = tokensOf(7);
    const auto a = testing::conceptsOf(tokens, {0, 1, 2, 1, 1, 1, 0});
    const auto b = testing::conceptsOf(tokens, {0, 1, 2, 2, 0, 1, 2});
    const auto overlap = Overlap::make(*a, *b, Measure::Occurrence);
    QCOMPARE(overlap->countA(), std::size_t{3});
    QCOMPARE(overlap->countB(), std::size_t{3});
    QCOMPARE(overlap->sizeA(ClusterId{1}), 4U);
    QCOMPARE(overlap->sizeB(ClusterId{2}), 3U);
    const auto cells = [](std::span<const align::OverlapCell> span) {
        std::vector<std::pair<std::size_t, std::uint32_t>> all;
        for (const align::OverlapCell& cell : span)
            all.emplace_back(base::toIndex(cell.other), cell.shared);
        return all;
    };
    using Cells = std::vector<std::pair<std::size_t, std::uint32_t>>;
    QCOMPARE(cells(overlap->cellsOfA(ClusterId{1})), (Cells{{0, 1}, {1, 2}, {2, 1}}));
    QCOMPARE(cells(overlap->cellsOfA(ClusterId{0})), (Cells{{0, 1}, {2, 1}}));
    QCOMPARE(cells(overlap->cellsOfB(ClusterId{2})), (Cells{{0, 1}, {1, 1}, {2, 1}}));
}

void AlignmentTest::countsDistinctWordsByType()
{
    const auto tokens = testing::allTokens(testing::corpusOf({"x x x y z z"}));
    const auto a = testing::conceptsOf(tokens, {0, 0, 0, 0, 1, 1});
    const auto b = testing::conceptsOf(tokens, {0, 1, 0, 1, 1, 1});
    const auto overlap = Overlap::make(*a, *b, Measure::Type);
    QCOMPARE(overlap->sizeA(ClusterId{0}), 2U); // x y
    QCOMPARE(overlap->sizeB(ClusterId{0}), 1U); // x
    QCOMPARE(overlap->sizeB(ClusterId{1}), 3U); // x y z
    const Alignment result = align::align(*overlap, 0.9);
    QCOMPARE(result.a[0].counterpart, ClusterId{1});
    QCOMPARE(result.a[0].shared, 2U);
    QCOMPARE(statuses(result.a), (Statuses{Status::Merged, Status::Merged}));
    QCOMPARE(statuses(result.b), (Statuses{Status::Split, Status::Merged}));
}

void AlignmentTest::countsStatuses()
{
    const Alignment result = alignFlows({{0, 0, 5}, {1, 0, 5}, {2, 1, 4}}, 0.9);
    const auto counts = align::countStatuses(result.a);
    QCOMPARE(counts[static_cast<std::size_t>(Status::Merged)], std::size_t{2});
    QCOMPARE(counts[static_cast<std::size_t>(Status::Kept)], std::size_t{1});
    QCOMPARE(counts[static_cast<std::size_t>(Status::Vanished)], std::size_t{0});
}

void AlignmentTest::namesStatuses()
{
    QCOMPARE(align::statusName(Status::Kept), std::string_view("kept"));
    QCOMPARE(align::statusName(Status::Split), std::string_view("split"));
    QCOMPARE(align::statusName(Status::Merged), std::string_view("merged"));
    QCOMPARE(align::statusName(Status::New), std::string_view("new"));
    QCOMPARE(align::statusName(Status::Vanished), std::string_view("vanished"));
}

void AlignmentTest::agreesWithPlainCounting_data()
{
    QTest::addColumn<quint64>("numerator");
    QTest::addColumn<quint64>("denominator");
    QTest::newRow("1") << quint64{1} << quint64{1};
    QTest::newRow("0.9") << quint64{9} << quint64{10};
    QTest::newRow("2/3") << quint64{2} << quint64{3};
    QTest::newRow("0.5") << quint64{1} << quint64{2};
    QTest::newRow("0.28") << quint64{28} << quint64{100};
    QTest::newRow("0.07") << quint64{7} << quint64{100};
}

void AlignmentTest::agreesWithPlainCounting()
{
    QFETCH(quint64, numerator);
    QFETCH(quint64, denominator);
    const Theta theta{numerator, denominator};
    std::mt19937 random(20261124);
    std::set<Status> seen;
    for (int round = 0; round < 150; ++round) {
        std::string sentence;
        std::vector<int> a;
        std::vector<int> b;
        const unsigned noise = random() % 4;
        for (int row = 0; row < 60; ++row) {
            sentence += "w" + std::to_string(random() % 25) + " ";
            a.push_back(static_cast<int>(random() % 8));
            // From a renamed or coarser copy of A to independent clusters, so that each status occurs.
            const int copy = round % 2 == 0 ? a.back() : a.back() / 2 + (a.back() == 7 ? row % 2 : 0);
            b.push_back(random() % 6 < noise ? static_cast<int>(random() % 8) : copy);
        }
        const auto tokens = testing::allTokens(testing::corpusOf({sentence}));
        const auto setA = testing::conceptsOf(tokens, a);
        const auto setB = testing::conceptsOf(tokens, b);
        for (const Measure measure : {Measure::Occurrence, Measure::Type}) {
            const Alignment result = align::align(*Overlap::make(*setA, *setB, measure), theta.value());
            const auto membersA = membersOf(*setA, measure);
            const auto membersB = membersOf(*setB, measure);
            const std::string wrong = difference(result.a, membersA, membersB, theta, true)
                + difference(result.b, membersB, membersA, theta, false);
            QVERIFY2(wrong.empty(), ("round " + std::to_string(round) + ", " + wrong).c_str());
            for (const auto* matches : {&result.a, &result.b}) {
                for (const Match& match : *matches)
                    seen.insert(match.status);
            }
        }
    }
    QVERIFY(seen.size() == align::kStatusCount || theta.value() < 0.5);
}

QTEST_APPLESS_MAIN(AlignmentTest)
#include "tst_alignment.moc"
