// The layer × layer matrix in pixels.

#include <QImage>
#include <QPainter>
#include <QtTest>

#include "figures/color_ramp.h"
#include "figures/layer_matrix_painter.h"

using namespace palimpsest;
using app::LayerMatrixPicture;
using app::LayerShare;

namespace {

constexpr QSize kSize(600, 500);

app::FigureStyle lightStyle()
{
    app::FigureStyle style;
    style.text = style.muted = Qt::black;
    style.border = Qt::gray;
    style.surface = Qt::white;
    style.accent = Qt::blue;
    style.font.setPixelSize(11);
    return style;
}

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
        QImage image(kSize, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        app::paintLayerMatrix(painter, kSize, shown, lightStyle());
        painter.end();
        const QRectF plot = app::layerMatrixPlot(kSize, shown, lightStyle());
        const QPoint inside = (app::layerCell(plot, shown, 0, 1).topLeft() + QPointF(5, 5)).toPoint();
        QCOMPARE(image.pixel(inside), app::ColorRamp(false).at(1.0 / 3));
    }

    void anEmptyMatrixPaintsNothing()
    {
        QImage image(kSize, QImage::Format_RGB32);
        image.fill(Qt::white);
        const QImage before = image.copy();
        QPainter painter(&image);
        app::paintLayerMatrix(painter, kSize, {}, lightStyle());
        painter.end();
        QCOMPARE(image, before);
    }
};

QTEST_MAIN(TestLayerMatrix)
#include "tst_layer_matrix.moc"
