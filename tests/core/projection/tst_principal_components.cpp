// Principal components against numpy's singular values (data/make_goldens.py), and the turn of one picture
// onto another.
#include <QtTest/QtTest>

#include <cmath>
#include <stop_token>
#include <vector>

#include "projection/principal_components.h"
#include "projection/procrustes.h"
#include "tensorfile/matrix_file.h"

using namespace palimpsest;
using projection::principalComponents;
using projection::projectRows;

class TestPrincipalComponents : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theScoresAreThoseOfNumpy()
    {
        const auto rows = tensorfile::openMatrix(PALIMPSEST_GOLDENS "/rows.npy");
        const auto expected = tensorfile::openMatrix(PALIMPSEST_GOLDENS "/scores.npy");
        QVERIFY(rows && expected);
        const auto found = principalComponents(rows.value().view(), 2, {});
        QVERIFY(found);
        QVERIFY(std::abs(found.value().variances[0] - 84.95311602) < 1e-6);
        QVERIFY(std::abs(found.value().variances[1] - 53.23084174) < 1e-6);
        QVERIFY(std::abs(found.value().totalVariance - 253.26192480069503) < 1e-8);
        const auto scores = projectRows(rows.value().view(), found.value(), {});
        QVERIFY(scores);
        const auto view = expected.value().view();
        for (std::size_t axis = 0; axis < 2; ++axis) {
            const float sign = scores.value()[axis] * view.row(0)[axis] > 0 ? 1.0F : -1.0F;
            for (std::size_t row = 0; row < view.rows; ++row)
                QVERIFY(std::abs(sign * scores.value()[2 * row + axis] - view.row(row)[axis]) < 1e-4F);
        }
    }

    void theSignMakesTheLargestEntryPositive()
    {
        const std::vector<float> data{0, 0, 1, -3, 2, -6, -1, 3};
        const auto found = principalComponents({data.data(), 4, 2}, 2, {});
        QVERIFY(found);
        QVERIFY(found.value().axes[1] > 0.94);
        QVERIFY(found.value().axes[0] < 0);
    }

    void fewRowsAndColumnsAreNoError()
    {
        const std::vector<float> data{3, 3, 3};
        for (std::size_t rows = 1; rows <= 3; ++rows) {
            const auto found = principalComponents({data.data(), rows, 1}, 2, {});
            QVERIFY(found);
            const auto scores = projectRows({data.data(), rows, 1}, found.value(), {});
            QVERIFY(scores);
            QCOMPARE(scores.value(), std::vector<float>(2 * rows));
        }
        QVERIFY(principalComponents({nullptr, 0, 2}, 2, {}).error().code == base::ErrorCode::TooFewRows);
    }

    void aRowThatIsNoNumberIsNamed()
    {
        const std::vector<float> data{0, 1, 2, std::nanf("")};
        const auto found = principalComponents({data.data(), 2, 2}, 2, {});
        QVERIFY(!found);
        QVERIFY(found.error().code == base::ErrorCode::NotFinite);
        QVERIFY(found.error().message.find("Row 1") != std::string::npos);
    }

    void aStopRequestIsObeyed()
    {
        std::stop_source stop;
        stop.request_stop();
        const base::JobContext ctx(stop.get_token(), {}, {});
        const std::vector<float> data(1000, 1.0F);
        QVERIFY(
            principalComponents({data.data(), 100, 10}, 2, ctx).error().code == base::ErrorCode::Cancelled);
    }

    void aTurnedAndMovedPictureIsBroughtBack_data()
    {
        QTest::addColumn<bool>("mirrored");
        QTest::newRow("rotation") << false;
        QTest::newRow("reflection") << true;
    }
    void aTurnedAndMovedPictureIsBroughtBack()
    {
        QFETCH(bool, mirrored);
        const std::vector<float> fixed{0, 0, 4, 1, 2, 5, -3, 2};
        std::vector<float> moving;
        for (std::size_t i = 0; i < fixed.size(); i += 2) {
            const double x = fixed[i], y = mirrored ? -fixed[i + 1] : fixed[i + 1];
            moving.push_back(static_cast<float>(std::cos(2.0) * x - std::sin(2.0) * y + 7.0));
            moving.push_back(static_cast<float>(std::sin(2.0) * x + std::cos(2.0) * y - 1.0));
        }
        projection::rotateOnto(moving, fixed);
        for (std::size_t i = 0; i < fixed.size(); ++i)
            QVERIFY(std::abs(moving[i] - fixed[i]) < 1e-5F);
    }
};

QTEST_APPLESS_MAIN(TestPrincipalComponents)
#include "tst_principal_components.moc"
