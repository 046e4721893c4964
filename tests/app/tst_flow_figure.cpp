// A flow in pixels: blocks and ribbons where they can be pointed at, in the colours of their groups.

#include <QtTest>

#include "concept_fixture.h"
#include "figure_fixture.h"
#include "figures/flow_painter.h"

using namespace palimpsest;
using app::FlowPicture;
using app::FlowPlace;
using testing::lightStyle;

namespace {

constexpr QSize kSize(900, 500);

/// Function words and nouns are kept; adjectives are split into negative and positive ones at θ = 0.9.
FlowPicture picture(align::FlowGrouping grouping = align::FlowGrouping::Status)
{
    const auto comparison
        = testing::compare(testing::reviewTokens(), testing::byKind(), testing::byKindAndClass());
    FlowPicture picture;
    picture.flow = std::make_shared<const align::Flow>(align::makeFlow(grouping,
        {align::makeFlowColumn(comparison, false, grouping),
            align::makeFlowColumn(comparison, true, grouping)}));
    picture.alluvial = std::make_shared<const layout::Alluvial>(layout::layOutFlow(*picture.flow, 0.03));
    picture.groupNames = QStringList{QStringLiteral("Kept"), QStringLiteral("Split"),
        QStringLiteral("Merged"), QStringLiteral("New"), QStringLiteral("Vanished")};
    picture.columnTitles = QStringList{QStringLiteral("Base"), QStringLiteral("Fine-tuned")};
    return picture;
}

QImage paint(const FlowPicture& picture)
{
    return testing::painted(
        kSize, [&](QPainter& painter) { app::paintFlow(painter, kSize, picture, lightStyle()); });
}

} // namespace

class TestFlowFigure : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blocksAndRibbonsCanBePointedAt()
    {
        const FlowPicture shown = picture();
        const QRectF plot = app::flowPlot(kSize, shown, lightStyle());
        for (int column = 0; column < 2; ++column) {
            for (const int group : {0, 1}) {
                const QPointF centre = app::flowBlock(plot, shown, column, group).center();
                QCOMPARE(app::flowPlaceAt(plot, shown, centre), (FlowPlace{column, group, -1}));
            }
        }
        for (std::size_t i = 0; i < shown.flow->ribbons.size(); ++i) {
            const auto& ribbon = shown.flow->ribbons[i];
            const QPointF middle = app::flowRibbon(plot, shown, i).boundingRect().center();
            QCOMPARE(app::flowPlaceAt(plot, shown, middle),
                (FlowPlace{0, static_cast<int>(ribbon.from), static_cast<int>(ribbon.to)}));
        }
        QCOMPARE(app::flowPlaceAt(plot, shown, {3, 3}), FlowPlace{});
        QCOMPARE(app::flowPlaceAt(plot, {}, {300, 200}), FlowPlace{});
    }

    void blocksHaveTheColourOfTheirGroup()
    {
        const FlowPicture shown = picture();
        const QImage image = paint(shown);
        const QRectF plot = app::flowPlot(kSize, shown, lightStyle());
        QCOMPARE(image.pixelColor(app::flowBlock(plot, shown, 0, 1).center().toPoint()),
            app::statusColor(align::Status::Split));
        QCOMPARE(image.pixelColor(app::flowBlock(plot, shown, 1, 0).center().toPoint()),
            app::statusColor(align::Status::Kept));
    }

    void classesHaveTheirOwnColoursAndTheRestIsGrey()
    {
        const FlowPicture shown = picture(align::FlowGrouping::Class);
        QCOMPARE(app::flowColor(*shown.flow, 0, false), app::classColor(0, false));
        QCOMPARE(app::flowColor(*shown.flow, 2, false), QColor(0x99, 0x99, 0x99));
    }

    void aFollowedConceptStandsOut()
    {
        FlowPicture shown = picture();
        const QImage before = paint(shown);
        shown.lineage
            = std::make_shared<const align::Lineage>(align::traceConcept(*shown.flow, 0, base::ClusterId{1}));
        const QImage after = paint(shown);
        QVERIFY(after != before);
        const QRectF plot = app::flowPlot(kSize, shown, lightStyle());
        const QPointF middle = app::flowRibbon(plot, shown, 1).boundingRect().center();
        QCOMPARE(after.pixelColor(middle.toPoint()), QColor(Qt::blue));
    }

    void nothingIsPaintedForNoFlow()
    {
        QImage blank(kSize, QImage::Format_RGB32);
        blank.fill(Qt::white);
        QCOMPARE(paint({}), blank);
    }
};

QTEST_MAIN(TestFlowFigure)
#include "tst_flow_figure.moc"
