// A dendrogram in pixels: axes and their inverse, what can be seen and pointed at, where keys lead.

#include <QtTest>

#include "core/layout/tree_fixture.h"
#include "figure_fixture.h"
#include "figures/dendrogram_item.h"

using namespace palimpsest;
using app::DendrogramAxis;
using app::DendrogramOptions;
using app::DendrogramScene;
using app::TreeStep;
using app::TreeViewport;
using layout::Node;
using testing::lightStyle;

namespace {

constexpr QSize kSize(900, 600);

std::shared_ptr<const layout::Tanglegram> tanglegram(
    std::size_t leaves, std::size_t k, const layout::TanglegramOptions& options = {})
{
    const auto a = testing::randomLinkage(leaves, 1);
    const auto b = testing::randomLinkage(leaves, 2);
    return layout::makeTanglegram(testing::comparisonOf(*a, *b, k, 0.5), a, b, options, nullptr, {}).value();
}

std::shared_ptr<const DendrogramScene> sceneOf(
    std::size_t leaves, std::size_t k, const DendrogramOptions& options = {})
{
    return DendrogramScene::make(tanglegram(leaves, k), options);
}

TreeViewport viewportFor()
{
    TreeViewport viewport;
    viewport.setPlot(app::dendrogramPlot(kSize, lightStyle()));
    return viewport;
}

QImage paint(const DendrogramScene& scene, const TreeViewport& viewport)
{
    return testing::painted(kSize,
        [&](QPainter& painter) { app::paintDendrogram(painter, scene, viewport, lightStyle(), 1.0, {}); });
}

} // namespace

class TestDendrogram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theCutLineStandsWhereItsKIsRead_data()
    {
        QTest::addColumn<int>("axis");
        QTest::newRow("clusters") << 0;
        QTest::newRow("height") << 1;
    }

    void theCutLineStandsWhereItsKIsRead()
    {
        QFETCH(int, axis);
        DendrogramOptions options;
        options.axis = static_cast<DendrogramAxis>(axis);
        const auto scene = sceneOf(300, 40, options);
        for (int k = 2; k <= 300; ++k)
            QCOMPARE(scene->base.clustersAt(scene->base.depthOfClusterCut(k)), k);
        QCOMPARE(scene->base.depthOfCut(), scene->base.depthOfClusterCut(40));
        const Node root = scene->base.layout().root();
        QCOMPARE(scene->base.depth(root), 0.0);
        QCOMPARE(scene->base.depth(3), 1.0);
    }

    void theCutSeparatesConceptsFromWhatIsAbove()
    {
        const auto scene = sceneOf(300, 40);
        const auto& tree = scene->base;
        for (const base::ClusterId id : tree.layout().order()) {
            const Node node = tree.layout().nodeOf(id);
            QVERIFY(tree.depth(node) > tree.depthOfCut());
            QVERIFY(tree.depth(tree.layout().parent(node)) < tree.depthOfCut());
        }
    }

    void branchesHaveTheColourThatAllBelowThemHave()
    {
        const auto scene = sceneOf(120, 30);
        const auto& layout = scene->base.layout();
        for (Node node = 0; node <= layout.root(); ++node) {
            const auto [first, last] = layout.conceptRange(node);
            const QRgb color = scene->base.colorOf(layout.order()[first]);
            bool same = true;
            for (std::size_t place = first; place < last; ++place)
                same = same && scene->base.colorOf(layout.order()[place]) == color;
            QCOMPARE(scene->base.color(node), same ? color : QRgb(0));
        }
    }

    void pointingAtABranchFindsItsNode()
    {
        const auto scene = sceneOf(60, 12);
        const TreeViewport viewport = viewportFor();
        const auto places = app::dendrogramPlaces(*scene, viewport, lightStyle(), 1.0);
        for (const bool fineTuned : {false, true}) {
            const auto& tree = scene->tree(fineTuned);
            for (const base::ClusterId id : tree.layout().order()) {
                const Node node = tree.layout().nodeOf(id);
                const auto hit = app::nodeAt(*scene, places, viewport,
                    {places.xOf(fineTuned, tree.depth(node)), viewport.yOf(tree.centre(node))});
                QVERIFY(hit);
                QCOMPARE(hit->fineTuned, fineTuned);
                QCOMPARE(hit->node, node);
            }
        }
        QVERIFY(!app::nodeAt(*scene, places, viewport, {450, 300}));
        QVERIFY(!app::nodeAt(*scene, places, viewport, {200, 2}));
    }

    void pointingAtALinkFindsIt()
    {
        const auto scene = sceneOf(60, 12);
        const TreeViewport viewport = viewportFor();
        const auto places = app::dendrogramPlaces(*scene, viewport, lightStyle(), 1.0);
        const auto& links = scene->tanglegram->links;
        for (std::size_t i = 0; i < links.size(); ++i) {
            if (links[i].status == align::Status::Vanished)
                continue; // not drawn
            const auto ends = app::linkEnds(*scene, places, viewport, links[i]);
            const int hit = app::linkAt(*scene, places, viewport, ends.first + QPointF(0.5, 0));
            QVERIFY(hit >= 0);
            QCOMPARE(links[static_cast<std::size_t>(hit)].a, links[i].a);
        }
        QCOMPARE(app::linkAt(*scene, places, viewport, {10, 300}), -1);
    }

    void occurrencesAppearAsOneZoomsIn()
    {
        const auto scene = sceneOf(2000, 30);
        TreeViewport viewport = viewportFor();
        viewport.setShortest(1e-5);
        const auto seen = [&] {
            int ends = 0;
            for (Node node = 0; node <= scene->base.layout().root(); ++node)
                ends += app::isEnd(scene->base, viewport, node) ? 0 : 1;
            return ends;
        };
        const int far = seen();
        QVERIFY(far < 700); // branches that are drawn: at most about one per pixel
        viewport.zoomBy(50, 300);
        QCOMPARE(seen(), 1999);
    }

    void theWholeTreeFitsAndZoomKeepsThePlaceUnderThePointer()
    {
        TreeViewport viewport = viewportFor();
        viewport.setShortest(0.01);
        QCOMPARE(viewport.yOf(0.0), viewport.plot().top());
        QCOMPARE(viewport.yOf(1.0), viewport.plot().bottom());
        const double place = viewport.placeOf(250);
        viewport.zoomBy(8, 250);
        QVERIFY(std::abs(viewport.yOf(place) - 250) < 1e-9);
        viewport.zoomBy(1000, 250);
        QCOMPARE(viewport.zoom(), 100.0);
        viewport.panBy(1e6);
        QCOMPARE(viewport.yOf(0.0), viewport.plot().top());
        viewport.show(0.4, 0.45);
        QVERIFY(viewport.yOf(0.4) > viewport.plot().top() && viewport.yOf(0.45) < viewport.plot().bottom());
        viewport.reveal(0.9);
        QVERIFY(viewport.yOf(0.9) < viewport.plot().bottom());
        viewport.zoomBy(1e-9, 0);
        QCOMPARE(viewport.zoom(), 1.0);
    }

    void whatIsSeenBelongsToItsLayer()
    {
        app::DendrogramItem item;
        item.setSize(kSize);
        item.setSnapshot(tanglegram(200, 20));
        QTRY_VERIFY(item.isReady());
        QCOMPARE(item.viewport(), QStringLiteral("all"));
        item.zoomIn();
        item.zoomIn();
        const QString seen = item.viewport();
        const double zoom = item.zoom();
        QVERIFY(item.figure().part.contains(QStringLiteral("of the leaves' axis")));
        QVERIFY(item.wholeFigure().part.isEmpty());

        app::DendrogramItem later;
        later.setViewport(seen);
        later.setSize(kSize);
        later.setSnapshot(tanglegram(200, 30)); // another cut of trees of the same layer
        QTRY_VERIFY(later.isReady());
        QCOMPARE(later.zoom(), zoom);
        QCOMPARE(later.viewport(), seen);
        later.setViewport(QStringLiteral("4 0.5 1 77"));
        QCOMPARE(later.zoom(), zoom);
    }

    void theCutLineMovesToThatOfTheNextSlide()
    {
        app::DendrogramItem item;
        item.setSize(kSize);
        const auto a = testing::randomLinkage(200, 1);
        const auto b = testing::randomLinkage(200, 2);
        const auto cutAt = [&](std::size_t k) {
            return layout::makeTanglegram(testing::comparisonOf(*a, *b, k, 0.5), a, b, {}, nullptr, {})
                .value();
        };
        item.setSnapshot(cutAt(10));
        QTRY_COMPARE(item.cut(), 10);
        const double before = item.drawnCut(false);
        item.setProperty("glideMs", 3'600'000);
        item.setViewport(QStringLiteral("all")); // as the place of a slide does
        item.setSnapshot(cutAt(100));
        QTRY_COMPARE(item.cut(), 100);
        QVERIFY(std::abs(item.drawnCut(false) - before) < 0.05); // an hour's way has only begun
        item.setProperty("glideMs", 20);
        item.setViewport(QStringLiteral("all"));
        item.setSnapshot(cutAt(60));
        QTRY_COMPARE(item.cut(), 60);
        QTRY_VERIFY(std::abs(item.drawnCut(false) - before) > 0.05);
    }

    void keysLeadFromNodeToNode()
    {
        // Hangs as 0 (1 5) | 3 (2 4); concepts at K = 3: 8 = {0 1 5}, 3, 7 = {2 4}.
        const auto linkage = testing::sixLeaves();
        const auto concepts = testing::cutOf(testing::numberedTokens(6), *linkage, 3);
        const auto tree = layout::TreeLayout::make(linkage, concepts, {});
        QCOMPARE(app::neighbour(*tree, 10, TreeStep::ToChild), 8);
        QCOMPARE(app::neighbour(*tree, 10, TreeStep::ToParent), 10);
        QCOMPARE(app::neighbour(*tree, 7, TreeStep::ToParent), 9);
        QCOMPARE(app::neighbour(*tree, 8, TreeStep::Down), 3);
        QCOMPARE(app::neighbour(*tree, 3, TreeStep::Down), 7);
        QCOMPARE(app::neighbour(*tree, 7, TreeStep::Down), 7);
        QCOMPARE(app::neighbour(*tree, 3, TreeStep::Up), 8);
        QCOMPARE(app::neighbour(*tree, 0, TreeStep::Down), 6);
        QCOMPARE(app::neighbour(*tree, 1, TreeStep::Down), 5);
        QCOMPARE(app::neighbour(*tree, 2, TreeStep::ToChild), 2);
        const auto collapsed = layout::TreeLayout::make(linkage, concepts, {layout::Room::Equal, {}, {9}});
        QCOMPARE(app::neighbour(*collapsed, 8, TreeStep::Down), 9);
        QCOMPARE(app::neighbour(*collapsed, 9, TreeStep::ToChild), 9);
    }

    void samePictureEveryTime()
    {
        const auto scene = sceneOf(500, 60);
        const QImage first = paint(*scene, viewportFor());
        QCOMPARE(paint(*sceneOf(500, 60), viewportFor()), first);
        QVERIFY(first != paint(*sceneOf(500, 61), viewportFor()));
    }

    void linksHaveTheColourOfTheirStatus()
    {
        const auto scene = sceneOf(60, 12);
        const TreeViewport viewport = viewportFor();
        const auto places = app::dendrogramPlaces(*scene, viewport, lightStyle(), 1.0);
        const QImage image = paint(*scene, viewport);
        for (const layout::Link& link : scene->tanglegram->links) {
            if (link.status != align::Status::Kept)
                continue;
            const auto ends = app::linkEnds(*scene, places, viewport, link);
            const QColor seen = image.pixelColor((ends.first + QPointF(3, 0)).toPoint());
            QVERIFY(seen.green() > seen.red() + 30);
        }
    }
};

QTEST_MAIN(TestDendrogram)
#include "tst_dendrogram.moc"
