// The layer × layer matrix in pixels.

#include <QtTest>

#include "figure_fixture.h"
#include "figures/color_ramp.h"
#include "figures/layer_matrix_painter.h"

using namespace palimpsest;
using app::LayerMatrixPicture;
using app::LayerShare;
using testing::lightStyle;

namespace {

constexpr QSize kSize(600, 500);

/// Layers 0, 3, 6; cell (0, 1) has three concepts of which two, one and three quarters are aligned at 0.8;
/// the others are not computed.
LayerMatrixPicture picture()
{
    auto matrix = std::make_shared<align::LayerMatrix>();
    matrix->rows = matrix->columns = {0, 3, 6};
    matrix->cells.resize(9);
    matrix->cells[1] = std::make_shared<const align::LayerPair>(
        align::LayerPair{{0.1, 0.8, 0.9}, {0.2, 0.8, 0.9, 1.0}, {0.1, 0.3, 0.9}, {0.2, 0.3, 0.4, 0.9}});
    return {matrix, LayerShare::Kept, 0.8, QStringLiteral("Layer of the base model"), {}};
}

QImage paint(const LayerMatrixPicture& picture)
{
    return testing::painted(
        kSize, [&](QPainter& painter) { app::paintLayerMatrix(painter, kSize, picture, lightStyle()); });
}

} // namespace

class TestLayerMatrix : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sharesAreOfTheChosenKindAtTheta()
    {
        LayerMatrixPicture shown = picture();
        QCOMPARE(shown.shareAt(0, 1), std::optional(1.0 / 3));
        shown.share = LayerShare::RowInColumn;
        QCOMPARE(shown.shareAt(0, 1), std::optional(2.0 / 3));
        shown.share = LayerShare::ColumnInRow;
        QCOMPARE(shown.shareAt(0, 1), std::optional(0.75));
        shown.theta = 0.95;
        QCOMPARE(shown.shareAt(0, 1), std::optional(0.25));
        QVERIFY(!shown.shareAt(1, 1));
        QVERIFY(!shown.shareAt(0, 3));
        QVERIFY(!shown.shareAt(-1, 0));
    }

    void cellsAreSquaresAndLayersAscendUpwards()
    {
        const LayerMatrixPicture shown = picture();
        const QRectF plot = app::layerMatrixPlot(kSize, shown, lightStyle());
        const QRectF cell = app::layerCell(plot, shown, 0, 1);
        QCOMPARE(cell.width(), cell.height());
        QCOMPARE(cell.bottom(), plot.bottom());
        QVERIFY(app::layerCell(plot, shown, 2, 0).top() < cell.top());
        QVERIFY(QRectF(QPointF(), QSizeF(kSize)).contains(plot));
    }

    void cellsHaveTheColourOfTheirShare()
    {
        const LayerMatrixPicture shown = picture();
        const QImage image = paint(shown);
        const QRectF plot = app::layerMatrixPlot(kSize, shown, lightStyle());
        const QPoint inside = (app::layerCell(plot, shown, 0, 1).topLeft() + QPointF(5, 5)).toPoint();
        QCOMPARE(image.pixel(inside), app::ColorRamp(false).at(1.0 / 3));
    }

    void anEmptyMatrixPaintsNothing()
    {
        const QImage untouched = testing::painted(kSize, [](QPainter&) {});
        QCOMPARE(paint({}), untouched);
    }
};

QTEST_MAIN(TestLayerMatrix)
#include "tst_layer_matrix.moc"
