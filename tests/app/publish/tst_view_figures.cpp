// The pictures of the views in files: small however much they show, and the same as on the screen.

#include <QPainter>
#include <QQuickWindow>
#include <QtTest>

#include "concept_fixture.h"
#include "core/layout/tree_fixture.h"
#include "figures/alignment_matrix_item.h"
#include "figures/chart_item.h"
#include "figures/flow_item.h"
#include "figures/view_figures.h"
#include "figures/word_path_painter.h"
#include "publish/figure_file.h"
#include "publish/print_page.h"
#include "renderers.h"

using namespace palimpsest;
using app::Figure;
using app::FigureFormat;
using app::FigureOptions;

namespace {

constexpr double kAgrees = 0.012; ///< as in tst_figure_file

Figure dendrogram(std::size_t leaves)
{
    const auto a = testing::randomLinkage(leaves, 1);
    const auto b = testing::randomLinkage(leaves, 2);
    const auto tanglegram
        = layout::makeTanglegram(testing::comparisonOf(*a, *b, 600, 0.5), a, b, {}, nullptr, {}).value();
    app::TreeViewport viewport;
    return app::dendrogramFigure(app::DendrogramScene::make(tanglegram, {}), viewport, 1.0, {},
        {QStringLiteral("Base"), QStringLiteral("Fine-tuned"), QStringLiteral("Links"),
            QStringLiteral("Clusters K"), QStringLiteral("Height")},
        {900, 600});
}

Figure map(std::size_t points)
{
    std::vector<float> base, fineTuned;
    for (std::size_t i = 0; i < points; ++i) {
        const double angle = 2.4 * static_cast<double>(i);
        const double radius = std::sqrt(static_cast<double>(i));
        for (auto* places : {&base, &fineTuned}) {
            places->push_back(static_cast<float>(radius * std::cos(angle)));
            places->push_back(static_cast<float>(radius * std::sin(angle)));
        }
    }
    app::ScatterPicture picture;
    picture.points = app::makeScatterPoints(base, fineTuned);
    std::vector<QRgb> colors(points);
    for (std::size_t i = 0; i < points; ++i)
        colors[i] = app::classColor(static_cast<int>(i * 6 / points), true).rgb();
    picture.colors = std::make_shared<const std::vector<QRgb>>(colors);
    picture.viewport.setRoom({800, 600}, picture.points->bounds);
    return app::scatterFigure(picture, {800, 600});
}

/// The screen blends a picture on a transparent ground once more; a stroke at another place is over 50 apart.
constexpr int kRounding = 3;

int mostApart(const QImage& one, const QImage& other)
{
    int most = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x) {
            const QRgb a = one.pixel(x, y);
            const QRgb b = other.pixel(x, y);
            for (const int apart : {qRed(a) - qRed(b), qGreen(a) - qGreen(b), qBlue(a) - qBlue(b)})
                most = std::max(most, std::abs(apart));
        }
    }
    return most;
}

app::ChartPicture chartPicture()
{
    app::ChartPicture picture;
    picture.xTitle = QStringLiteral("Layer");
    picture.yTitle = QStringLiteral("Share, %");
    picture.categories = {QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2")};
    picture.lines.push_back({QStringLiteral("Base"), Qt::blue, Qt::cyan, true, {10, 35, 70}});
    picture.lines.push_back({QStringLiteral("Fine-tuned"), Qt::red, Qt::magenta, false, {15, 30, 90},
        {10, 20, 80}, {20, 40, 95}});
    return picture;
}

Figure chart()
{
    return app::chartFigure(chartPicture());
}

} // namespace

class TestViewFigures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void manyMarksMakeSmallFiles_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("dendrogram of 25,000 leaves") << QStringLiteral("dendrogram");
        QTest::newRow("map of 100,000 points") << QStringLiteral("map");
    }
    void manyMarksMakeSmallFiles()
    {
        QFETCH(QString, what);
        const Figure figure = what == QStringLiteral("map") ? map(100'000) : dendrogram(25'000);
        FigureOptions options;
        options.widthMm = 174;
        const QImage ours = app::figureImage(figure, options);
        for (const FigureFormat format : {FigureFormat::Svg, FigureFormat::Pdf}) {
            const auto made = app::figureBytes(figure, format, options);
            QVERIFY(made);
            qInfo("%s as %s: %lld bytes", QTest::currentDataTag(), qPrintable(app::endingOf(format)),
                static_cast<long long>(made.value().size()));
            QVERIFY(made.value().size() < 3'000'000);
            const bool svg = format == FigureFormat::Svg;
            if (!testing::hasProgram(svg ? QStringLiteral("rsvg-convert") : QStringLiteral("pdftoppm")))
                QSKIP("librsvg2-bin or poppler-utils is not installed");
            const QImage theirs = svg ? testing::drawnByLibrsvg(made.value(), ours.width())
                                      : testing::drawnByPoppler(made.value(), options.dpi);
            const double difference = testing::differenceOf(ours, theirs);
            QVERIFY2(difference < kAgrees, qPrintable(QString::number(difference)));
        }
    }

    void theFileOfAMatrixIsWhatTheScreenShows()
    {
        QQuickWindow window;
        app::AlignmentMatrixItem item(window.contentItem());
        item.setSize({700, 680});
        item.setProperty("textColor", QColor(Qt::black));
        item.setProperty("mutedColor", QColor(Qt::darkGray));
        item.setProperty("borderColor", QColor(Qt::lightGray));
        item.setProperty("surfaceColor", QColor(Qt::white));
        item.setProperty("accentColor", QColor(Qt::blue));
        item.setProperty("rowTitle", QStringLiteral("Base concepts"));
        item.setSnapshot(testing::largeComparison(300, 200));
        QTRY_VERIFY(item.isReady());
        item.setSelectedBase(17);
        // Until concepts are named: before that, paper gives the names' room to the cells.
        for (int step = 0; step < 7; ++step)
            item.zoomIn();
        window.show();
        QTRY_VERIFY(item.isSettled());
        QImage screen(700, 680, QImage::Format_RGB32);
        screen.fill(Qt::white);
        {
            QPainter painter(&screen);
            item.paint(&painter);
        }
        const Figure figure = item.figure();
        app::FigureStyle style = app::themeStyle(false);
        style.text = Qt::black;
        style.muted = Qt::darkGray;
        style.border = Qt::lightGray;
        style.accent = Qt::blue;
        QImage file(700, 680, QImage::Format_RGB32);
        file.fill(Qt::white);
        {
            QPainter painter(&file);
            figure.paint(painter, {700, 680}, style);
        }
        QCOMPARE(file, screen); // zoom, part and selection too
        QVERIFY(figure.table().rows.size() >= 300);
    }

    void theFileOfAChartIsWhatTheScreenShows_data()
    {
        QTest::addColumn<bool>("bars");
        QTest::addColumn<bool>("dark");
        QTest::newRow("lines, light") << false << false;
        QTest::newRow("lines, dark") << false << true;
        QTest::newRow("bars, light") << true << false;
        QTest::newRow("bars, dark") << true << true;
    }
    void theFileOfAChartIsWhatTheScreenShows()
    {
        QFETCH(bool, bars);
        QFETCH(bool, dark);
        constexpr QSize kSize(560, 300);
        app::ChartPicture picture = chartPicture();
        picture.bars = bars;
        const app::FigureStyle style = app::themeStyle(dark);
        QQuickWindow window;
        app::ChartItem item(window.contentItem());
        item.setSize(kSize);
        item.setProperty("dark", dark);
        item.setProperty("textColor", style.text);
        item.setProperty("mutedColor", style.muted);
        item.setProperty("borderColor", style.border);
        item.setProperty("surfaceColor", style.surface);
        item.setProperty("font", style.font);
        item.setSnapshotValue(QVariant::fromValue(std::make_shared<const app::ChartPicture>(picture)));
        window.show();
        QTRY_VERIFY(item.isSettled());
        const auto drawn = [&](const auto& draw) {
            QImage image(kSize, QImage::Format_RGB32);
            image.fill(style.surface);
            QPainter painter(&image);
            draw(painter);
            return image;
        };
        const QImage screen = drawn([&](QPainter& painter) { item.paint(&painter); });
        Figure figure = item.figure();
        const QImage painted = drawn([&](QPainter& painter) { figure.paint(painter, kSize, style); });
        QVERIFY2(
            mostApart(painted, screen) <= kRounding, qPrintable(QString::number(mostApart(painted, screen))));

        // The files, as other programs draw them; the legend stands beside the item on the screen.
        figure.legend = {};
        FigureOptions options;
        options.dark = dark;
        const double pixelMm = 25.4 / 72 * options.textPoints / 11;
        options.widthMm = kSize.width() * pixelMm;
        options.heightMm = kSize.height() * pixelMm;
        for (const FigureFormat format : {FigureFormat::Svg, FigureFormat::Pdf}) {
            const bool svg = format == FigureFormat::Svg;
            if (!testing::hasProgram(svg ? QStringLiteral("rsvg-convert") : QStringLiteral("pdftoppm")))
                QSKIP("librsvg2-bin or poppler-utils is not installed");
            const auto made = app::figureBytes(figure, format, options);
            QVERIFY(made);
            const double difference = testing::differenceOf(screen,
                svg ? testing::drawnByLibrsvg(made.value(), kSize.width())
                    : testing::drawnByPoppler(made.value(), options.dpi));
            QVERIFY2(difference < kAgrees, qPrintable(app::endingOf(format) + QString::number(difference)));
        }
    }

    void aChartHasTheLegendOfItsLinesAndItsNumbers()
    {
        const Figure figure = chart();
        QCOMPARE(figure.legend.entries.size(), 2);
        QCOMPARE(figure.legend.entries[0].mark, app::FigureLegend::Mark::DashedLine);
        QCOMPARE(app::figureData(figure, app::DataFormat::Csv).value(),
            QByteArray("Layer,Base,Fine-tuned,\"Fine-tuned, low\",\"Fine-tuned, high\"\r\n0,10,15,10,20\r\n"
                       "1,35,30,20,40\r\n2,70,90,80,95\r\n"));
        if (!testing::hasProgram(QStringLiteral("rsvg-convert")))
            QSKIP("librsvg2-bin is not installed");
        const QImage ours = app::figureImage(figure, {});
        const auto svg = app::figureBytes(figure, FigureFormat::Svg, {});
        QVERIFY(testing::differenceOf(ours, testing::drawnByLibrsvg(svg.value(), ours.width())) < kAgrees);
    }

    /// The way of a word: vectors with text, the same in programs that share no code with ours, both themes.
    void theWayOfAWordIsVectors()
    {
        app::WordPathPicture picture;
        picture.word = QStringLiteral("film");
        for (int layer = 0; layer < 7; ++layer) {
            picture.layers.append({layer,
                {QStringLiteral("Concept 17"), QStringLiteral("film, movie, picture"),
                    QStringLiteral("all 120"), 1.0},
                {QStringLiteral("Concept 4"), QStringLiteral("film, dull, boring"),
                    QStringLiteral("80 of 120, 3 concepts"), 2.0 / 3},
                1.0 - 0.15 * layer, layer > 4, -1.0, -1.0, QStringLiteral("Layer %1").arg(layer)});
        }
        const Figure figure = app::wordPathFigure(picture);
        QVERIFY(app::wordPathFigure({}).isEmpty());
        QVERIFY(!figure.rasterMarks);
        QCOMPARE(figure.table().rows.size(), 7);
        QCOMPARE(figure.table().header.size(), 9); // no second word
        QCOMPARE(figure.spots({600, 300}, app::themeStyle(false)).size(), 7);
        FigureOptions options;
        options.widthMm = 174;
        for (const bool dark : {false, true}) {
            options.dark = dark;
            const QImage ours = app::figureImage(figure, options);
            const auto svg = app::figureBytes(figure, FigureFormat::Svg, options).value();
            QVERIFY(svg.contains("<text") && !svg.contains("<image"));
            if (!testing::hasProgram(QStringLiteral("rsvg-convert")))
                QSKIP("librsvg2-bin is not installed");
            QVERIFY(testing::differenceOf(ours, testing::drawnByLibrsvg(svg, ours.width())) < kAgrees);
            if (qEnvironmentVariableIsSet("PALIMPSEST_KEEP_PICTURES"))
                ours.save(qEnvironmentVariable("PALIMPSEST_KEEP_PICTURES")
                    + (dark ? QStringLiteral("/word-dark.png") : QStringLiteral("/word.png")));
        }
    }

    /// A sheet of paper: the figure at its size in the middle, on its side or smaller only where it must be.
    void aSheetHoldsTheFigureAtItsSize()
    {
        if (!testing::hasProgram(QStringLiteral("pdftoppm")))
            QSKIP("poppler-utils is not installed");
        FigureOptions options;
        options.widthMm = 84;
        const auto sheetOf = [&](double width) {
            options.widthMm = width;
            const auto pdf = app::printPage(chart(), options, QPageSize(QPageSize::A4));
            return testing::drawnByPoppler(pdf.value(), 100);
        };
        const auto inkOf = [](const QImage& sheet) {
            QRect ink;
            for (int y = 0; y < sheet.height(); ++y)
                for (int x = 0; x < sheet.width(); ++x)
                    if (qGray(sheet.pixel(x, y)) < 200)
                        ink |= QRect(x, y, 1, 1);
            return ink;
        };
        const QImage upright = sheetOf(84);
        QVERIFY(upright.height() > upright.width());
        const QRect ink = inkOf(upright);
        QVERIFY(ink.width() <= 84 * 100 / 25.4 + 1 && ink.width() > 0.8 * 84 * 100 / 25.4);
        QVERIFY(std::abs(ink.center().x() - upright.width() / 2) < 20);
        const QImage sideways = sheetOf(254);
        QVERIFY(sideways.width() > sideways.height());
        const QImage shrunk = sheetOf(500);
        QVERIFY(inkOf(shrunk).width() < shrunk.width() - 2 * 10 * 100 / 25.4 + 1);
        QVERIFY(inkOf(shrunk).width() > 0.7 * shrunk.width());
    }

    void coloursOfTheWindowsThemeBecomeThoseOfTheFiles()
    {
        QCOMPARE(app::themedColor(app::classColor(2, true).rgb(), false), app::classColor(2, false).rgb());
        QCOMPARE(
            app::themedColor(app::modelColor(true, false).rgb(), true), app::modelColor(true, true).rgb());
        QCOMPARE(app::themedColor(qRgb(1, 2, 3), true), qRgb(1, 2, 3));
        QColor faint = app::classColor(1, true);
        faint.setAlpha(100);
        QCOMPARE(qAlpha(app::themedColor(faint.rgba(), false)), 100);
    }

    void scalesEndAtRoundNumbers_data()
    {
        QTest::addColumn<double>("largest");
        QTest::addColumn<double>("maximum");
        QTest::newRow("share") << 83.0 << 100.0;
        QTest::newRow("full") << 80.0 << 80.0;
        QTest::newRow("counts") << 17.0 << 20.0;
        QTest::newRow("hundreds") << 247.0 << 250.0;
    }
    void scalesEndAtRoundNumbers()
    {
        QFETCH(double, largest);
        QTEST(app::roundScale(largest).maximum, "maximum");
    }
};

QTEST_MAIN(TestViewFigures)
#include "tst_view_figures.moc"
