#include <QtTest>

#include "figures/word_cloud_layout.h"

using palimpsest::app::CloudWord;
using palimpsest::app::layOutWordCloud;
using palimpsest::app::PlacedWord;

class TestWordCloudLayout : public QObject {
    Q_OBJECT

    static std::vector<CloudWord> manyWords()
    {
        std::vector<CloudWord> words;
        for (int i = 0; i < 60; ++i)
            words.push_back({QStringLiteral("word%1").arg(QString(i % 7, QLatin1Char('x'))), 200 / (i + 1)});
        return words;
    }

private Q_SLOTS:
    void nothingToPlace()
    {
        QVERIFY(layOutWordCloud({}, {300, 200}, QFont()).empty());
        QVERIFY(layOutWordCloud(manyWords(), {0, 0}, QFont()).empty());
    }

    void wordsKeepApartAndInside()
    {
        const auto placed = layOutWordCloud(manyWords(), {360, 220}, QFont());
        QVERIFY(placed.size() > 20);
        const QRectF bounds(0, 0, 360, 220);
        for (std::size_t i = 0; i < placed.size(); ++i) {
            QVERIFY(bounds.contains(placed[i].rect));
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(!placed[i].rect.intersects(placed[j].rect));
        }
    }

    void frequentWordsAreLargerAndInTheMiddle()
    {
        const auto placed = layOutWordCloud(manyWords(), {360, 220}, QFont());
        for (std::size_t i = 1; i < placed.size(); ++i)
            QVERIFY(placed[i].pixelSize <= placed[i - 1].pixelSize);
        QVERIFY(placed.front().rect.contains(QPointF(180, 110)));
    }

    void areaGrowsWithCount()
    {
        const auto placed = layOutWordCloud(
            {{QStringLiteral("film"), 400}, {QStringLiteral("plot"), 100}}, {400, 160}, QFont());
        QCOMPARE(placed.size(), std::size_t{2});
        QCOMPARE(placed[0].pixelSize / placed[1].pixelSize, 2.0);
    }

    void theSameInputGivesTheSamePicture()
    {
        const auto first = layOutWordCloud(manyWords(), {360, 220}, QFont());
        const auto second = layOutWordCloud(manyWords(), {360, 220}, QFont());
        QCOMPARE(first.size(), second.size());
        for (std::size_t i = 0; i < first.size(); ++i)
            QCOMPARE(first[i].rect, second[i].rect);
    }

    void aWordThatIsTooLongIsLeftOut()
    {
        const auto placed = layOutWordCloud(
            {{QString(400, QLatin1Char('w')), 9}, {QStringLiteral("film"), 5}}, {200, 100}, QFont());
        QCOMPARE(placed.size(), std::size_t{1});
        QCOMPARE(placed.front().text, QStringLiteral("film"));
    }
};

QTEST_MAIN(TestWordCloudLayout)
#include "tst_word_cloud_layout.moc"
