#include <QtTest/QtTest>

#include <cmath>
#include <limits>
#include <vector>

#include "cluster/types_first.h"
#include "core/cluster/reference_linkage.h"
#include "core/cluster/sample_rows.h"
#include "support/reference.h"

using namespace palimpsest;
using base::ErrorCode;
using cluster::typesFirstLinkage;

class TestTypesFirst : public QObject {
    Q_OBJECT

private slots:
    void mergesMeansOfTypesByTheirSizes()
    {
        // Types 7 at {0, 2} (mean 1), 3 at {10} and 9 at {100, 104, 102} (mean 102).
        const std::vector<float> values{0, 10, 100, 2, 104, 102};
        const std::vector<std::uint32_t> types{7, 3, 9, 7, 9, 9};
        const auto linkage = typesFirstLinkage({values.data(), 6, 1}, types, {}, {});
        VERIFY_RESULT(linkage);
        const auto& merges = linkage.value().merges();
        QCOMPARE(merges[0].height, 0.0);
        QCOMPARE(merges[2].height, 0.0);
        // scipy's height: sqrt(2·|A||B|/(|A|+|B|)) times the distance of the means.
        QVERIFY(std::abs(merges[3].height - std::sqrt(2.0 * 2 * 1 / 3) * 9.0) < 1e-12);
        QVERIFY(std::abs(merges[4].height - std::sqrt(2.0 * 3 * 3 / 6) * (102.0 - 4.0)) < 1e-12);
        for (const std::size_t k : {1, 2, 3}) {
            const auto partition = cluster::cut(linkage.value(), k);
            QCOMPARE(partition.clusterOf[0], partition.clusterOf[3]);
            QCOMPARE(partition.clusterOf[2], partition.clusterOf[4]);
            QCOMPARE(partition.clusterOf[2], partition.clusterOf[5]);
        }
    }

    void isWardsTreeWhereEveryRowIsATypeOfItsOwn()
    {
        const auto sample = testing::eighths(300, 5, 2);
        std::vector<std::uint32_t> types(300);
        for (std::size_t i = 0; i < types.size(); ++i)
            types[i] = static_cast<std::uint32_t>(1000 - i);
        const auto typesFirst = typesFirstLinkage(sample.view(), types, {}, {});
        const auto plain = cluster::wardLinkage(sample.view(), {}, {});
        VERIFY_RESULT(typesFirst);
        VERIFY_RESULT(plain);
        QVERIFY(testing::sameBytes(typesFirst.value().merges(), plain.value().merges()));
    }

    void namesWhatIsWrong()
    {
        auto sample = testing::eighths(20, 2, 2);
        const std::vector<std::uint32_t> types(20, 4);
        QCOMPARE(typesFirstLinkage(sample.view(), std::span(types).first(19), {}, {}).error().code,
            ErrorCode::ShapeMismatch);
        sample.values[13 * 2] = std::numeric_limits<float>::quiet_NaN();
        const auto linkage = typesFirstLinkage(sample.view(), types, {}, {});
        QVERIFY(!linkage);
        QCOMPARE(linkage.error().code, ErrorCode::NotFinite);
        QVERIFY(linkage.error().message.find("row 13 ") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestTypesFirst)
#include "tst_types_first.moc"
