// A chart over the layers as a person uses it: pointed at, clicked, and with the keyboard.

#include <QQuickWindow>
#include <QSignalSpy>
#include <QtTest>

#include "figures/chart_item.h"

using namespace palimpsest;
using app::ChartItem;
using app::ChartPicture;

namespace {

constexpr QSize kSize(420, 240);

ChartPicture picture(double largest = 90)
{
    ChartPicture picture;
    picture.xTitle = QStringLiteral("Layer");
    picture.yTitle = QStringLiteral("Concepts");
    picture.categories = {QStringLiteral("0"), QStringLiteral("3"), QStringLiteral("6")};
    picture.lines.push_back({QStringLiteral("Base"), Qt::blue, Qt::cyan, true, {10, 35, largest}});
    return picture;
}

QVariant snapshotOf(const ChartPicture& picture)
{
    return QVariant::fromValue(std::make_shared<const ChartPicture>(picture));
}

} // namespace

class TestChartItem : public QObject {
    Q_OBJECT

    std::unique_ptr<QQuickWindow> m_window;
    ChartItem* m_item = nullptr;

    /// Middle of a category, in the window.
    QPoint middleOf(int index) const
    {
        const QRectF plot = m_item->plot();
        return m_item
            ->mapToScene({plot.left() + (index + 0.5) * plot.width() / m_item->count(), plot.center().y()})
            .toPoint();
    }

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QQuickWindow>();
        m_window->resize(500, 300);
        m_item = new ChartItem(m_window->contentItem());
        m_item->setPosition({20, 10});
        m_item->setSize(kSize);
        m_item->setSnapshotValue(snapshotOf(picture()));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QTRY_VERIFY(m_item->isSettled());
    }
    void cleanup() { m_window.reset(); }

    void eachCategoryHasItsShareOfThePlot()
    {
        const QRectF plot = m_item->plot();
        QVERIFY(QRectF(QPointF(), QSizeF(kSize)).contains(plot));
        QCOMPARE(m_item->indexAt(plot.topLeft() + QPointF(1, 1)), 0);
        QCOMPARE(m_item->indexAt(plot.center()), 1);
        QCOMPARE(m_item->indexAt(plot.bottomRight() - QPointF(1, 1)), 2);
        QCOMPARE(m_item->indexAt({plot.left() - 1, plot.center().y()}), -1);
        QCOMPARE(m_item->indexAt({plot.center().x(), plot.bottom() + 1}), -1);
    }

    void plotsOfOneSizeLineUpWhateverTheirNumbers()
    {
        const QRectF before = m_item->plot();
        m_item->setSnapshotValue(snapshotOf(picture(4))); // one digit
        QCOMPARE(m_item->plot(), before);
        m_item->setSnapshotValue(snapshotOf(picture(123'456)));
        QCOMPARE(m_item->plot().top(), before.top());
        QCOMPARE(m_item->plot().bottom(), before.bottom());
        QVERIFY(m_item->plot().left() > before.left()); // room for what is written there
    }

    void thePointerFindsItsLayerAndAClickChoosesIt()
    {
        QSignalSpy picked(m_item, &ChartItem::indexPicked);
        QTest::mouseMove(m_window.get(), middleOf(1));
        QTRY_COMPARE(m_item->hoveredIndex(), 1);
        QCOMPARE(m_item->cursor().shape(), Qt::PointingHandCursor);
        QTest::mouseClick(m_window.get(), Qt::LeftButton, {}, middleOf(2));
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked[0][0].toInt(), 2);
        QTest::mouseClick(m_window.get(), Qt::LeftButton, {}, {25, 15}); // beside the plot
        QCOMPARE(picked.size(), 1);
        QTest::mouseMove(m_window.get(), {25, 15});
        QTRY_COMPARE(m_item->hoveredIndex(), -1);
    }

    void arrowKeysGoFromTheShownLayer_data()
    {
        QTest::addColumn<int>("current");
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("picked");
        QTest::newRow("right") << 1 << int(Qt::Key_Right) << 2;
        QTest::newRow("left") << 1 << int(Qt::Key_Left) << 0;
        QTest::newRow("right of the last") << 2 << int(Qt::Key_Right) << 2;
        QTest::newRow("left of the first") << 0 << int(Qt::Key_Left) << 0;
        QTest::newRow("none is shown") << -1 << int(Qt::Key_Right) << 0;
        QTest::newRow("to the end") << 0 << int(Qt::Key_End) << 2;
        QTest::newRow("to the start") << 2 << int(Qt::Key_Home) << 0;
    }
    void arrowKeysGoFromTheShownLayer()
    {
        QFETCH(int, current);
        QFETCH(int, key);
        m_item->setProperty("currentIndex", current);
        m_item->forceActiveFocus();
        QSignalSpy picked(m_item, &ChartItem::indexPicked);
        QTest::keyClick(m_window.get(), Qt::Key(key));
        QCOMPARE(picked.size(), 1);
        QTEST(picked[0][0].toInt(), "picked");
    }

    void theSameNumbersAreNotPaintedAgain()
    {
        QSignalSpy changed(m_item, &ChartItem::pictureChanged);
        m_item->setSnapshotValue(snapshotOf(picture()));
        QCOMPARE(changed.size(), 0);
        QVERIFY(m_item->isSettled());
        m_item->setSnapshotValue(snapshotOf(picture(70)));
        QCOMPARE(changed.size(), 1);
        QTRY_VERIFY(m_item->isSettled());
    }

    void aChartThatNobodySeesWaitsUntilItIsSeen()
    {
        m_item->setVisible(false);
        m_item->setSnapshotValue(snapshotOf(picture(70)));
        m_window->update();
        QSignalSpy frames(m_window.get(), &QQuickWindow::frameSwapped);
        QVERIFY(frames.wait());
        QVERIFY(!m_item->isSettled());
        m_item->setVisible(true);
        QTRY_VERIFY(m_item->isSettled());
    }

    void withoutNumbersThereIsNothingToPointAt()
    {
        QTest::mouseMove(m_window.get(), middleOf(1));
        QTRY_COMPARE(m_item->hoveredIndex(), 1);
        m_item->setSnapshotValue(snapshotOf({}));
        QCOMPARE(m_item->count(), 0);
        QCOMPARE(m_item->hoveredIndex(), -1);
        QVERIFY(m_item->plot().isEmpty());
        QVERIFY(m_item->figure().isEmpty());
        QSignalSpy picked(m_item, &ChartItem::indexPicked);
        m_item->forceActiveFocus();
        QTest::keyClick(m_window.get(), Qt::Key_Right);
        QCOMPARE(picked.size(), 0);
    }
};

QTEST_MAIN(TestChartItem)
#include "tst_chart_item.moc"
