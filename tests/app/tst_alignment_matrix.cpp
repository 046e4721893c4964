#include <QSignalSpy>
#include <QtTest>

#include "concept_fixture.h"
#include "figure_fixture.h"
#include "figures/alignment_matrix_item.h"

using namespace palimpsest;
using app::AlignmentMatrix;
using app::AlignmentMatrixItem;
using app::MatrixCell;
using app::MatrixOptions;
using app::MatrixViewport;
using app::ShareOf;
using testing::lightStyle;

namespace {

/// Base: 0 function words, 1 nine adjectives, 2 nouns. Fine-tuned: 0 and 2 the same, 1 four and 3 five of the
/// adjectives.
testing::Comparison reviews()
{
    return testing::compare(testing::reviewTokens(), testing::byKind(), testing::byKindAndClass());
}

QImage paint(const AlignmentMatrix& matrix, const MatrixViewport& viewport, QSize size)
{
    return testing::painted(size, [&](QPainter& painter) {
        app::paintAlignmentMatrix(painter, size, matrix, viewport, lightStyle(), {},
            {QStringLiteral("Base concepts, layer 3"), QStringLiteral("Fine-tuned concepts, layer 3")});
    });
}

MatrixViewport viewportFor(const AlignmentMatrix& matrix, QSize size)
{
    MatrixViewport viewport;
    viewport.setPlot(app::matrixPlotRect(size, lightStyle()));
    viewport.setMatrix(matrix.rows(), matrix.columns());
    return viewport;
}

QPoint pixelOf(const MatrixViewport& viewport, MatrixCell cell)
{
    const QPointF centre = viewport.rectOf(cell).center();
    return {static_cast<int>(centre.x()), static_cast<int>(centre.y())};
}

} // namespace

class TestAlignmentMatrix : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsTheShareOfEitherConceptOrTheLarger()
    {
        const auto ofBase = AlignmentMatrix::make(reviews(), {ShareOf::Base});
        const auto ofFineTuned = AlignmentMatrix::make(reviews(), {ShareOf::FineTuned});
        const auto larger = AlignmentMatrix::make(reviews(), {ShareOf::Larger});
        QCOMPARE(ofBase->share(1, 3).value(), 5.0 / 9.0);
        QCOMPARE(ofFineTuned->share(1, 3).value(), 1.0);
        QCOMPARE(larger->share(1, 3).value(), 1.0);
        QVERIFY(!larger->share(0, 1));
        QVERIFY(!larger->share(3, 0)); // no such row
        QCOMPARE(larger->cellCount(), std::size_t{4});
    }

    void hidesCellsBelowTheta()
    {
        MatrixOptions options{ShareOf::Base, true, false};
        const auto matrix = AlignmentMatrix::make(reviews(), options);
        QCOMPARE(matrix->cellCount(), std::size_t{2});
        QVERIFY(!matrix->share(1, 3));
        QVERIFY(matrix->share(2, 2));
        const auto half = AlignmentMatrix::make(align::withTheta(*reviews(), 5.0 / 9.0), options);
        QCOMPARE(half->cellCount(), std::size_t{3}); // at least θ: 5/9 itself stays
    }

    void hidesConceptsWithoutAnyAlignment()
    {
        // Base 6 is halved between two concepts that are halves of others: vanished, and fine-tuned 6 is new.
        const auto all = testing::largeComparison(8, 5);
        const auto matrix = AlignmentMatrix::make(all, {ShareOf::Larger, false, true});
        const auto vanished
            = align::countStatuses(all->alignment.a)[static_cast<std::size_t>(align::Status::Vanished)];
        const auto added
            = align::countStatuses(all->alignment.b)[static_cast<std::size_t>(align::Status::New)];
        QVERIFY(vanished > 0 && added > 0);
        QCOMPARE(matrix->rows(), 8 - static_cast<int>(vanished));
        QCOMPARE(matrix->columns(), 8 - static_cast<int>(added));
        QCOMPARE(matrix->rowOf(base::ClusterId{0}), 0);
        QCOMPARE(matrix->rowOf(base::ClusterId{6}), -1);
    }

    void standsInTheOrderOfTheComparison()
    {
        auto ordered = std::make_shared<align::LayerComparison>(*reviews());
        ordered->orderA = {base::ClusterId{2}, base::ClusterId{0}, base::ClusterId{1}};
        ordered->orderB = {base::ClusterId{3}, base::ClusterId{2}, base::ClusterId{1}, base::ClusterId{0}};
        const auto matrix = AlignmentMatrix::make(ordered, {ShareOf::Base});
        QCOMPARE(matrix->baseAt(0), base::ClusterId{2});
        QCOMPARE(matrix->columnOf(base::ClusterId{0}), 3);
        QCOMPARE(matrix->share(2, 0).value(), 5.0 / 9.0); // base 1 with fine-tuned 3
    }

    void coarserLevelsLoseNoCell()
    {
        const auto matrix = AlignmentMatrix::make(testing::largeComparison(300, 300), {});
        for (const double pixels : {4.0, 1.0, 0.4, 0.2, 0.01}) {
            const auto& level = matrix->levelFor(pixels, 2.0);
            QCOMPARE(level.rows, (300 + level.factor - 1) / level.factor);
            for (int cell = 0; cell < level.rows; ++cell)
                QCOMPARE(level.at(cell, cell), std::uint8_t{255});
            QCOMPARE(level.at(0, level.columns - 1), std::uint8_t{0});
        }
        QCOMPARE(matrix->levelFor(4.0, 2.0).factor, 1);
        QCOMPARE(matrix->levelFor(0.5, 2.0).factor, 4);
    }

    void pointsAndCellsAgreeAtEveryZoom()
    {
        MatrixViewport viewport;
        viewport.setPlot({100, 10, 600, 500});
        viewport.setMatrix(40, 60);
        QCOMPARE(viewport.zoom(), 1.0);
        QCOMPARE(viewport.cellPixels(), 10.0);
        QVERIFY(!viewport.cellAt({50, 50}));
        const MatrixCell cell{17, 23};
        for (int step = 0; step < 30; ++step) {
            const QPointF centre = viewport.rectOf(cell).center();
            QCOMPARE(viewport.cellAt(centre).value(), cell);
            viewport.zoomBy(1.3, centre);
        }
        QCOMPARE(viewport.cellPixels(), 500.0); // one cell fills the plot
        QCOMPARE(viewport.firstVisible().row, 17);
        viewport.zoomBy(1e-9, viewport.plot().center());
        QCOMPARE(viewport.zoom(), 1.0);
        QCOMPARE(viewport.firstVisible(), (MatrixCell{0, 0}));
        QCOMPARE(viewport.lastVisible(), (MatrixCell{39, 59}));
    }

    void neverLeavesThePlot()
    {
        MatrixViewport viewport;
        viewport.setPlot({0, 0, 400, 400});
        viewport.setMatrix(100, 100);
        viewport.zoomBy(5, {200, 200});
        viewport.panBy({1e6, -1e6});
        QCOMPARE(viewport.firstVisible().column, 0);
        QCOMPARE(viewport.lastVisible().row, 99);
        QCOMPARE(viewport.covered(), viewport.plot());
        viewport.reveal({0, 99});
        QVERIFY(viewport.plot().adjusted(-0.01, -0.01, 0.01, 0.01).contains(viewport.rectOf({0, 99})));
    }

    void paintsSharesInTheColoursOfTheLegend()
    {
        const QSize size(500, 420);
        const auto matrix = AlignmentMatrix::make(reviews(), {ShareOf::Base});
        const auto viewport = viewportFor(*matrix, size);
        const QImage image = paint(*matrix, viewport, size);
        const auto inCell = [&](MatrixCell cell) { // off the middle, where the number is
            return image.pixel(viewport.rectOf(cell).topLeft().toPoint() + QPoint(5, 5));
        };
        const app::ColorRamp ramp(false);
        QCOMPARE(inCell({0, 0}), ramp.at(1.0));
        QCOMPARE(inCell({1, 3}), ramp.at(std::lround(5.0 / 9.0 * 254) / 254.0));
        QCOMPARE(inCell({0, 1}), qRgb(255, 255, 255));
    }

    void aLoneCellOfALargeMatrixIsVisible()
    {
        const QSize size(600, 600);
        const std::size_t k = 2000;
        const auto matrix = AlignmentMatrix::make(testing::largeComparison(k, k), {});
        const auto viewport = viewportFor(*matrix, size);
        QVERIFY(viewport.cellPixels() < 0.5);
        const QImage image = paint(*matrix, viewport, size);
        const app::ColorRamp ramp(false);
        for (const int cell : {100, 777, 1303, 1900})
            QCOMPARE(image.pixel(pixelOf(viewport, {cell, cell})), ramp.at(1.0));
    }

    void theRampGetsDarkerOrLighterAllTheWay()
    {
        for (const bool dark : {false, true}) {
            const app::ColorRamp ramp(dark);
            for (int i = 1; i < 256; ++i) {
                const int before = qGray(ramp.table()[static_cast<std::size_t>(i - 1)]);
                const int here = qGray(ramp.table()[static_cast<std::size_t>(i)]);
                QVERIFY2(dark ? here >= before : here <= before, qPrintable(QString::number(i)));
            }
        }
    }

    void anItemFollowsItsLastRequest()
    {
        AlignmentMatrixItem item;
        item.setSize({600, 500});
        QSignalSpy changes(&item, &AlignmentMatrixItem::matrixChanged);
        item.setSnapshot(testing::largeComparison(900, 900));
        item.setSnapshot(testing::largeComparison(50, 50));
        item.setSnapshot(reviews());
        item.setHideBelowTheta(true);
        QTRY_COMPARE(item.rows(), 3);
        QTest::qWait(0);
        QCOMPARE(changes.count(), 1); // superseded matrices never arrive
        QCOMPARE(item.columns(), 4);
        QCOMPARE(item.cellCount(), 4);
        item.setShareOf(AlignmentMatrixItem::OfBase);
        QTRY_COMPARE(item.cellCount(), 2);
        item.showEverything();
        QTRY_COMPARE(item.cellCount(), 4);
        item.setSnapshot(nullptr);
        QVERIFY(!item.isReady());
    }

    /// What a place keeps of zoom and pan is of the matrix it was seen in, and may come before it.
    void whatIsSeenIsATextThatComesBack()
    {
        AlignmentMatrixItem first;
        first.setSize({500, 400});
        first.setSnapshot(reviews());
        QTRY_VERIFY(first.isReady());
        QCOMPARE(first.viewport(), QStringLiteral("all"));
        QVERIFY(first.figure().part.isEmpty());
        first.setSelectedBase(1);
        first.setSelectedFineTuned(3);
        first.zoomIn();
        first.zoomIn();
        const QString seen = first.viewport();
        QVERIFY(seen != QStringLiteral("all"));
        QVERIFY(first.figure().part.contains(QStringLiteral("of 3 and columns")));
        QVERIFY(first.wholeFigure().part.isEmpty());

        AlignmentMatrixItem second;
        second.setViewport(seen); // before there is anything
        QCOMPARE(second.viewport(), seen);
        second.setSize({700, 400});
        second.setSnapshot(reviews());
        QTRY_VERIFY(second.isReady());
        QCOMPARE(second.zoom(), first.zoom());
        for (const char* other : {"", "2 0.5", "nan 0.5 0.5 3 4", "2 0.5 0.5 3 4 5", "-1 0 0 3 4", "half"}) {
            second.setViewport(QString::fromLatin1(other));
            QCOMPARE(second.viewport(), seen);
        }
        second.setViewport(QStringLiteral("3 0.5 0.5 40 40")); // of another matrix
        QCOMPARE(second.zoom(), first.zoom());
        second.zoomOut(); // a person's hand ends what the place wanted
        QVERIFY(second.viewport() != QStringLiteral("3 0.5 0.5 40 40"));
        second.setViewport(QStringLiteral("all"));
        QCOMPARE(second.zoom(), 1.0);
    }

    void aGlideEndsWhereItWasSent()
    {
        AlignmentMatrixItem item;
        item.setSize({500, 400});
        item.setSnapshot(reviews());
        QTRY_VERIFY(item.isReady());
        item.setProperty("glideMs", 120);
        QSignalSpy moves(&item, &AlignmentMatrixItem::viewChanged);
        item.setViewport(QStringLiteral("2 0.6 0.4 3 4"));
        QVERIFY(item.zoom() < 1.01);
        QTRY_COMPARE(item.zoom(), 2.0);
        QVERIFY(moves.count() > 2);
        item.setViewport(QStringLiteral("all"));
        item.zoomIn(); // a hand on the figure is stronger
        const double zoom = item.zoom();
        QTest::qWait(200);
        QCOMPARE(item.zoom(), zoom);
    }

    void theWayBetweenTwoPartsKeepsWhatStandsStill()
    {
        const app::SeenPart all{1.0, {0.5, 0.5}};
        const app::SeenPart part{4.0, {0.2, 0.3}};
        QCOMPARE(app::between(all, part, 0.0), all);
        QCOMPARE(app::between(all, part, 1.0), part);
        const app::SeenPart half = app::between(all, part, 0.5);
        QCOMPARE(half.zoom, 2.0); // equal factors
        // The place at the same share of both pictures: here the one at x with (x - 0.5) = 4 (x - 0.2).
        const double still = (4 * 0.2 - 0.5) / 3;
        QVERIFY(std::abs((still - half.middle.x()) * half.zoom - (still - 0.5)) < 1e-12);
    }

    void anItemMayGoWhileItsMatrixIsMade()
    {
        for (int i = 0; i < 20; ++i) {
            AlignmentMatrixItem item;
            item.setSnapshot(testing::largeComparison(400, 400));
        }
        QCoreApplication::processEvents();
    }
};

QTEST_MAIN(TestAlignmentMatrix)
#include "tst_alignment_matrix.moc"
