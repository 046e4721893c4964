// The scatter figure: places between two pictures, hit test, lasso, view and names.
#include <QtTest/QtTest>

#include <QAbstractItemModelTester>

#include "figures/scatter_labels.h"
#include "figures/scatter_points.h"
#include "figures/scatter_viewport.h"

using namespace palimpsest::app;

class TestScatter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void placesLieBetweenTheTwoPictures()
    {
        const auto points = makeScatterPoints({0, 0, 4, 2}, {2, 4, 4, 2});
        QCOMPARE(points->place(0, 0.0), QPointF(0, 0));
        QCOMPARE(points->place(0, 0.5), QPointF(1, 2));
        QCOMPARE(points->place(0, 1.0), QPointF(2, 4));
        QCOMPARE(points->bounds, QRectF(0, 0, 4, 4));
    }

    void equalPlacesStillHaveAnExtent()
    {
        const auto points = makeScatterPoints({1, 1, 1, 1}, {1, 1, 1, 1});
        QVERIFY(points->bounds.width() > 0);
        QVERIFY(points->bounds.height() > 0);
    }

    void theNearestPointWithinReachIsFound()
    {
        const auto points = makeScatterPoints({0, 0, 10, 0, 10, 0}, {0, 10, 10, 10, 10, 10});
        QCOMPARE(nearestPoint(*points, 0.0, {9, 0.5}, 2.0), std::optional<std::uint32_t>(1));
        QCOMPARE(nearestPoint(*points, 1.0, {1, 9}, 2.0), std::optional<std::uint32_t>(0));
        QCOMPARE(nearestPoint(*points, 0.0, {5, 5}, 2.0), std::optional<std::uint32_t>());
    }

    void aLassoHoldsWhatIsInside()
    {
        const auto points = makeScatterPoints({0, 0, 1, 1, 2, 2, 5, 5}, {0, 0, 5, 5, 2, 2, 1, 1});
        const QPolygonF outline({{0.5, 0.5}, {3, 0.5}, {3, 3}, {0.5, 3}});
        QCOMPARE(pointsInside(*points, 0.0, outline), (std::vector<std::uint32_t>{1, 2}));
        QCOMPARE(pointsInside(*points, 1.0, outline), (std::vector<std::uint32_t>{2, 3}));
        QVERIFY(pointsInside(*points, 0.0, QPolygonF({{0, 0}, {1, 1}})).empty());
    }

    void zoomKeepsThePlaceUnderThePointer()
    {
        ScatterViewport viewport;
        viewport.setRoom({400, 300}, {0, 0, 10, 10});
        const QPointF before = viewport.toPlace({120, 80});
        viewport.zoomBy(3.0, {120, 80});
        const QPointF after = viewport.toPlace({120, 80});
        QVERIFY(qAbs(after.x() - before.x()) < 1e-9 && qAbs(after.y() - before.y()) < 1e-9);
        viewport.showAll();
        QCOMPARE(viewport.zoom(), 1.0);
        QVERIFY(viewport.toItem({0, 0}).y() > viewport.toItem({0, 10}).y()); // y grows upwards
        QVERIFY(QRectF(0, 0, 400, 300).contains(viewport.toItem({0, 0})));
        QVERIFY(QRectF(0, 0, 400, 300).contains(viewport.toItem({10, 10})));
    }

    void namesDoNotOverlapAndTheFirstWins()
    {
        ScatterViewport viewport;
        viewport.setRoom({400, 300}, {0, 0, 10, 10});
        const ScatterNames names = std::make_shared<std::vector<ScatterName>>(
            std::vector<ScatterName>{{{5, 5}, {5, 5}, QStringLiteral("film, movie"), 3},
                {{5.1, 5}, {9, 9}, QStringLiteral("story"), 4}, {{2, 8}, {2, 8}, QStringLiteral("dull"), 5}});
        ScatterLabels labels;
        QAbstractItemModelTester tester(&labels);
        labels.choose(names, viewport, 0.0, {400, 300}, QFontMetricsF(QFont()));
        QCOMPARE(labels.count(), 2);
        QCOMPARE(labels.data(labels.index(0), ScatterLabels::IdRole).toInt(), 3);
        QCOMPARE(labels.data(labels.index(1), ScatterLabels::IdRole).toInt(), 5);
        labels.choose(names, viewport, 1.0, {400, 300}, QFontMetricsF(QFont()));
        QCOMPARE(labels.count(), 3);
    }
};

QTEST_MAIN(TestScatter)
#include "tst_scatter.moc"
