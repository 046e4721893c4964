// Goldens: the smallest length by an independent dynamic program in Python over Z = scipy's linkage(X,
// "ward") and squareform(pdist(X)), on the rows of eighths(rows, cols, seed), made there by the same Mersenne
// Twister. Per node, for every pair of ends the shortest order, from all pairs of orders of the children:
//   R[i, j] = R[j, i] = min over (i, k) of A and (m, j) of B of A[i, k] + S[k, m] + B[m, j]
// Not scipy's optimal_leaf_ordering: 1.17.1 gives orders 7 % longer on these trees (1222.7 and 3234.7).

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <vector>

#include "cluster/seriation.h"
#include "cluster/ward.h"
#include "core/cluster/sample_rows.h"
#include "support/reference.h"

using namespace palimpsest;
using base::ErrorCode;

namespace {

std::vector<double> distancesOf(base::MatrixView rows)
{
    std::vector<double> distances;
    for (std::size_t a = 0; a < rows.rows; ++a)
        for (std::size_t b = 0; b < rows.rows; ++b) {
            double squares = 0.0;
            for (std::size_t j = 0; j < rows.cols; ++j)
                squares += std::pow(double{rows.row(a)[j]} - rows.row(b)[j], 2);
            distances.push_back(std::sqrt(squares));
        }
    return distances;
}

double lengthOf(const std::vector<std::int32_t>& order, const std::vector<double>& distances)
{
    double length = 0.0;
    for (std::size_t i = 1; i < order.size(); ++i)
        length += distances[static_cast<std::size_t>(order[i - 1]) * order.size()
            + static_cast<std::size_t>(order[i])];
    return length;
}

/// Whether the leaves of every cluster of the tree stand side by side in `order`, each leaf once.
bool isDrawingOf(const cluster::Linkage& linkage, const std::vector<std::int32_t>& order)
{
    const std::size_t n = linkage.leafCount();
    std::vector<std::int32_t> least(n, -1);
    for (std::size_t place = 0; place < order.size(); ++place)
        least.at(static_cast<std::size_t>(order[place])) = static_cast<std::int32_t>(place);
    std::vector<std::int32_t> most = least;
    bool good = order.size() == n && std::ranges::count(least, -1) == 0;
    for (const cluster::Merge& merge : linkage.merges()) {
        const auto left = static_cast<std::size_t>(merge.left);
        const auto right = static_cast<std::size_t>(merge.right);
        least.push_back(std::min(least[left], least[right]));
        most.push_back(std::max(most[left], most[right]));
        good = good && most.back() - least.back() + 1 == merge.size;
    }
    return good;
}

} // namespace

class TestSeriation : public QObject {
    Q_OBJECT

private slots:
    void findsTheShortestOrder_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("cols");
        QTest::addColumn<int>("seed");
        QTest::addColumn<double>("length");
        QTest::newRow("40 rows") << 40 << 3 << 1 << 1146.3725077109568;
        QTest::newRow("60 rows") << 60 << 5 << 7 << 2966.016687795398;
    }

    void findsTheShortestOrder()
    {
        QFETCH(int, rows);
        QFETCH(int, cols);
        QFETCH(int, seed);
        QFETCH(double, length);
        const auto sample = testing::eighths(
            static_cast<std::size_t>(rows), static_cast<std::size_t>(cols), static_cast<unsigned>(seed));
        const auto linkage = cluster::wardLinkage(sample.view(), {}, {});
        VERIFY_RESULT(linkage);
        const std::vector<double> distances = distancesOf(sample.view());
        const auto order = cluster::optimalLeafOrder(linkage.value(), distances, {});
        VERIFY_RESULT(order);
        QVERIFY(std::abs(lengthOf(order.value(), distances) - length) < 1e-9);
        QVERIFY(order.value().front() < order.value().back());
        QVERIFY(isDrawingOf(linkage.value(), order.value()));
    }

    void ordersTheConceptsOfACut()
    {
        const auto sample = testing::eighths(300, 4, 5);
        const auto linkage = cluster::wardLinkage(sample.view(), {}, {});
        VERIFY_RESULT(linkage);
        const auto order = cluster::seriateCut(linkage.value(), 20, sample.view(), {});
        VERIFY_RESULT(order);
        QCOMPARE(std::set(order.value().begin(), order.value().end()).size(), std::size_t{20});
        // What the tree holds together stays together: the clusters of every coarser cut are neighbours.
        const auto fine = cluster::cut(linkage.value(), 20);
        for (std::size_t k = 2; k < 20; ++k) {
            const auto coarse = cluster::cut(linkage.value(), k);
            std::size_t changes = 1;
            const auto coarseOf = [&](std::size_t place) {
                const auto row = std::ranges::find(fine.clusterOf, order.value()[place]);
                return coarse.clusterOf[static_cast<std::size_t>(row - fine.clusterOf.begin())];
            };
            for (std::size_t place = 1; place < 20; ++place)
                changes += coarseOf(place) != coarseOf(place - 1) ? 1 : 0;
            QCOMPARE(changes, k);
        }
    }

    void ordersEveryRowWhereEachIsAConcept()
    {
        const auto sample = testing::eighths(40, 3, 1);
        const auto linkage = cluster::wardLinkage(sample.view(), {}, {});
        VERIFY_RESULT(linkage);
        const auto order = cluster::seriateCut(linkage.value(), 40, sample.view(), {});
        VERIFY_RESULT(order);
        std::vector<std::int32_t> leaves;
        for (const base::ClusterId id : order.value())
            leaves.push_back(static_cast<std::int32_t>(base::toIndex(id)));
        const auto expected = cluster::optimalLeafOrder(linkage.value(), distancesOf(sample.view()), {});
        VERIFY_RESULT(expected);
        QCOMPARE(leaves, expected.value());
        QCOMPARE(cluster::seriateCut(linkage.value(), 1, sample.view(), {}).value().size(), std::size_t{1});
    }

    void namesWhatIsWrong()
    {
        const auto sample = testing::eighths(40, 3, 1);
        const auto linkage = cluster::wardLinkage(sample.view(), {}, {});
        VERIFY_RESULT(linkage);
        QCOMPARE(cluster::seriateCut(linkage.value(), 5, {sample.values.data(), 39, 3}, {}).error().code,
            ErrorCode::ShapeMismatch);
        std::vector<double> distances(1600, 1.0);
        distances[7] = std::numeric_limits<double>::quiet_NaN();
        QCOMPARE(
            cluster::optimalLeafOrder(linkage.value(), distances, {}).error().code, ErrorCode::NotFinite);
        const auto large = testing::eighths(2100, 2, 1);
        const auto tree = cluster::wardLinkage(large.view(), {}, {});
        VERIFY_RESULT(tree);
        QCOMPARE(cluster::seriateCut(tree.value(), 2050, large.view(), {}).error().code, ErrorCode::TooLarge);
    }
};

QTEST_APPLESS_MAIN(TestSeriation)
#include "tst_seriation.moc"
