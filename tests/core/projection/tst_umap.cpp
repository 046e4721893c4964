// UMAP: as faithful as umap-learn on the same rows (data/make_goldens.py), the same bytes every time, small
// and degenerate inputs, and a second picture in the frame of the first.
#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stop_token>
#include <vector>

#include "projection/nearest_rows.h"
#include "projection/umap.h"
#include "tensorfile/matrix_file.h"

using namespace palimpsest;

namespace {

/// The smallest of seeds 1 to 3 that make_goldens.py printed with umap-learn 0.5.12, scikit-learn 1.9.1.
constexpr double kTrustworthinessOfUmapLearn = 0.9961792;

double squared(base::MatrixView rows, std::size_t a, std::size_t b)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < rows.cols; ++i)
        sum += std::pow(static_cast<double>(rows.row(a)[i]) - static_cast<double>(rows.row(b)[i]), 2.0);
    return sum;
}

std::vector<std::size_t> othersByDistance(base::MatrixView rows, std::size_t row)
{
    std::vector<double> distances(rows.rows);
    for (std::size_t other = 0; other < rows.rows; ++other)
        distances[other] = squared(rows, row, other);
    std::vector<std::size_t> others(rows.rows);
    std::iota(others.begin(), others.end(), std::size_t{0});
    std::erase(others, row);
    std::stable_sort(others.begin(), others.end(),
        [&](std::size_t a, std::size_t b) { return distances[a] < distances[b]; });
    return others;
}

/// Venna and Kaski, "Neighborhood preservation in nonlinear projection methods" (2001), equation for M1(k).
double trustworthiness(base::MatrixView rows, base::MatrixView places, std::size_t k)
{
    double penalty = 0.0;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const auto original = othersByDistance(rows, row);
        const auto shown = othersByDistance(places, row);
        for (std::size_t i = 0; i < k; ++i) {
            const auto rank = static_cast<std::size_t>(
                                  std::find(original.begin(), original.end(), shown[i]) - original.begin())
                + 1;
            penalty += rank > k ? static_cast<double>(rank - k) : 0.0;
        }
    }
    const auto n = static_cast<double>(rows.rows), size = static_cast<double>(k);
    return 1.0 - penalty * 2.0 / (n * size * (2.0 * n - 3.0 * size - 1.0));
}

/// Numbers in -1..1 that are the same everywhere.
std::vector<float> someRows(std::size_t count, std::uint32_t seed)
{
    std::vector<float> values(count);
    std::uint32_t state = seed;
    for (float& value : values) {
        state = state * 1664525U + 1013904223U;
        value = static_cast<float>(state >> 8U) / 8388608.0F - 1.0F;
    }
    return values;
}

double meanDistance(const std::vector<float>& a, const std::vector<float>& b)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); i += 2)
        sum += std::hypot(static_cast<double>(a[i] - b[i]), static_cast<double>(a[i + 1] - b[i + 1]));
    return sum / (static_cast<double>(a.size()) / 2.0);
}

} // namespace

class TestUmap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void neighboursAreExact()
    {
        const auto data = someRows(600 * 7, 5);
        const base::MatrixView rows{data.data(), 600, 7};
        const auto found = projection::nearestRows(rows, 12, {});
        QVERIFY(found);
        for (std::size_t row = 0; row < rows.rows; ++row) {
            const auto expected = othersByDistance(rows, row);
            for (std::size_t i = 0; i < 12; ++i) {
                QCOMPARE(std::size_t{found.value().ids[row * 12 + i]}, expected[i]);
                const double distance = std::sqrt(squared(rows, row, expected[i]));
                QVERIFY(
                    std::abs(static_cast<double>(found.value().distances[row * 12 + i]) - distance) < 1e-5);
            }
        }
    }

    void neighbourhoodsAreAsTrustworthyAsThoseOfUmapLearn()
    {
        const auto rows = tensorfile::openMatrix(PALIMPSEST_GOLDENS "/rows.npy");
        QVERIFY(rows);
        const auto places = projection::umap(rows.value().view(), {}, {}, {});
        QVERIFY(places);
        const double found
            = trustworthiness(rows.value().view(), {places.value().data(), places.value().size() / 2, 2}, 15);
        qInfo("trustworthiness %.4f, umap-learn %.4f", found, kTrustworthinessOfUmapLearn);
        QVERIFY(found >= kTrustworthinessOfUmapLearn - 0.02);
    }

    void theSameInputGivesTheSameBytes()
    {
        const auto data = someRows(700 * 60, 9);
        const auto once = projection::umap({data.data(), 700, 60}, {}, {}, {});
        const auto again = projection::umap({data.data(), 700, 60}, {}, {}, {});
        QVERIFY(once && again);
        QVERIFY(once.value() == again.value());
        projection::UmapOptions other;
        other.seed = 2;
        const auto different = projection::umap({data.data(), 700, 60}, other, {}, {});
        QVERIFY(different);
        QVERIFY(once.value() != different.value());
    }

    void fewRowsAreNoError()
    {
        const auto data = someRows(5 * 4, 3);
        for (std::size_t rows = 1; rows <= 5; ++rows) {
            const auto places = projection::umap({data.data(), rows, 4}, {}, {}, {});
            QVERIFY(places);
            QCOMPARE(places.value().size(), 2 * rows);
            for (const float value : places.value())
                QVERIFY(std::isfinite(value));
        }
    }

    void equalRowsStayFiniteAndTogether()
    {
        auto data = someRows(200 * 5, 11);
        for (std::size_t i = 0; i < 40 * 5; ++i)
            data[i] = data[i % 5]; // forty equal rows among others
        const auto places = projection::umap({data.data(), 200, 5}, {}, {}, {});
        QVERIFY(places);
        for (const float value : places.value())
            QVERIFY(std::isfinite(value));
        const std::vector<float> allEqual(30 * 5, 2.0F);
        const auto equal = projection::umap({allEqual.data(), 30, 5}, {}, {}, {});
        QVERIFY(equal);
        for (const float value : equal.value())
            QVERIFY(std::isfinite(value));
    }

    void anAnchoredPictureStaysInItsFrame()
    {
        const auto opened = tensorfile::openMatrix(PALIMPSEST_GOLDENS "/rows.npy");
        QVERIFY(opened);
        const base::MatrixView rows = opened.value().view();
        const auto anchor = projection::umap(rows, {}, {}, {});
        QVERIFY(anchor);
        std::vector<float> moved(rows.data, rows.data + rows.rows * rows.cols);
        for (std::size_t i = 0; i < moved.size(); ++i)
            moved[i] = 0.1F * static_cast<float>(i % 7) - moved[i]; // mirrored, and shifted a little
        const base::MatrixView movedRows{moved.data(), rows.rows, rows.cols};
        const auto free = projection::umap(movedRows, {}, {}, {});
        const auto aligned = projection::umap(movedRows, {}, anchor.value(), {});
        QVERIFY(free && aligned);
        QVERIFY(
            meanDistance(aligned.value(), anchor.value()) < 0.2 * meanDistance(free.value(), anchor.value()));
        QVERIFY(trustworthiness(movedRows, {aligned.value().data(), rows.rows, 2}, 15)
            >= kTrustworthinessOfUmapLearn - 0.02);
    }

    void anAnchorOfOtherOccurrencesIsRefused()
    {
        const auto data = someRows(12, 1);
        const std::vector<float> anchor(4);
        const auto places = projection::umap({data.data(), 3, 4}, {}, anchor, {});
        QVERIFY(!places);
        QVERIFY(places.error().code == base::ErrorCode::ShapeMismatch);
    }

    void progressRisesAndAStopRequestIsObeyed()
    {
        const auto data = someRows(500 * 6, 4);
        std::stop_source stop;
        double last = 0.0;
        bool rises = true;
        const base::JobContext ctx(stop.get_token(),
            [&](double fraction, std::string_view) {
                rises = rises && fraction >= last;
                last = fraction;
                if (fraction > 0.7)
                    stop.request_stop();
            },
            {});
        const auto places = projection::umap({data.data(), 500, 6}, {}, {}, ctx);
        QVERIFY(!places);
        QVERIFY(places.error().code == base::ErrorCode::Cancelled);
        QVERIFY(rises);
        QVERIFY(last < 0.8);
    }
};

QTEST_APPLESS_MAIN(TestUmap)
#include "tst_umap.moc"
