#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QSvgRenderer>
#include <QXmlStreamReader>
#include <QtTest>

#include "concept_fixture.h"
#include "figures/alignment_matrix_painter.h"
#include "publish/figure_file.h"
#include "renderers.h"

using namespace palimpsest;
using app::Figure;
using app::FigureFormat;
using app::FigureOptions;
using app::FigureStyle;

namespace {

QString text(const char* latin)
{
    return QString::fromUtf8(latin);
}

/// Clipping, turned text, marks, an image and a transparent shape: what the painters use.
Figure drawing()
{
    Figure figure;
    figure.name = text("drawing");
    figure.title = text("All & everything <drawn>");
    figure.caption = text("θ is 0.9.");
    figure.parameters = {{text("Model"), text("a/b")}, {text("K"), text("600")}};
    figure.naturalSize = {400, 300};
    figure.legend.entries = {{text("Kept"), Qt::darkGreen, Qt::green, app::FigureLegend::Mark::Box},
        {text("Base"), Qt::blue, Qt::cyan, app::FigureLegend::Mark::DashedLine}};
    figure.legend.rampTitle = text("Share");
    figure.paint = [](QPainter& painter, QSizeF size, const FigureStyle& style) {
        painter.setFont(style.font);
        painter.save();
        painter.setClipRect(QRectF(40, 20, size.width() / 2, size.height() / 2));
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), Qt::yellow);
        painter.setPen(QPen(Qt::red, 3, Qt::DashLine));
        painter.drawLine(QPointF(0, 0), QPointF(size.width(), size.height()));
        painter.restore();
        painter.setPen(style.text);
        painter.drawText(QPointF(60, size.height() - 30), text("17  words, “kept”"));
        painter.save();
        painter.translate(20, size.height() / 2);
        painter.rotate(-90);
        painter.drawText(QRectF(-80, -8, 160, 16), Qt::AlignCenter, text("Turned"));
        painter.restore();
        QImage cells(4, 4, QImage::Format_RGB32);
        cells.fill(Qt::darkCyan);
        painter.drawImage(QRectF(size.width() - 90, 20, 60, 60), cells);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(200, 0, 100, 100));
        painter.drawEllipse(QPointF(size.width() - 60, size.height() - 60), 40, 30);
    };
    figure.table = [] {
        return app::FigureTable{{text("Layer"), text("Share, %"), text("Name")},
            {{0, 0.1, text("a_b")}, {1, 79.25, text("say \"no\"")}}};
    };
    return figure;
}

Figure matrixFigure(std::size_t k)
{
    const auto matrix = app::AlignmentMatrix::make(testing::largeComparison(k, k), {});
    Figure figure;
    figure.name = text("alignment");
    figure.naturalSize = {700, 700};
    figure.rasterMarks = true;
    figure.paint = [matrix](QPainter& painter, QSizeF size, const FigureStyle& style) {
        app::MatrixViewport viewport;
        viewport.setPlot(app::matrixPlotRect(size, style));
        viewport.setMatrix(matrix->rows(), matrix->columns());
        app::paintAlignmentMatrix(painter, size, *matrix, viewport, style, {},
            {text("Base concepts"), text("Fine-tuned concepts")});
    };
    return figure;
}

QByteArray bytes(const Figure& figure, FigureFormat format, const FigureOptions& options = {})
{
    const auto made = app::figureBytes(figure, format, options);
    return made ? made.value() : QByteArray();
}

QStringList elementsOf(const QByteArray& xml)
{
    QStringList names;
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement)
            names.append(reader.name().toString());
    }
    return reader.hasError() ? QStringList{reader.errorString()} : names;
}

constexpr double kAgrees = 0.012; ///< mean difference of channels: a shifted or missing shape is over 0.02

} // namespace

class TestFigureFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void svgIsWellFormedAndSaysWhatItIs()
    {
        const QByteArray svg = bytes(drawing(), FigureFormat::Svg);
        const QStringList elements = elementsOf(svg);
        for (const char* wanted :
            {"title", "desc", "metadata", "parameter", "clipPath", "image", "text", "path"})
            QVERIFY2(elements.contains(text(wanted)), wanted);
        QVERIFY(svg.contains("width=\"84mm\""));
        QVERIFY(svg.contains("<title>All &amp; everything &lt;drawn&gt;</title>"));
        QVERIFY(svg.contains("<parameter name=\"K\">600</parameter>"));
        QVERIFY(QSvgRenderer(svg).isValid());
    }

    void librsvgDrawsWhatTheScreenDraws()
    {
        if (!testing::hasProgram(text("rsvg-convert")))
            QSKIP("librsvg2-bin is not installed");
        for (const bool outlines : {false, true}) {
            FigureOptions options;
            options.textAsOutlines = outlines;
            for (const Figure& figure : {drawing(), matrixFigure(600)}) {
                const QImage ours = app::figureImage(figure, options);
                const QImage theirs
                    = testing::drawnByLibrsvg(bytes(figure, FigureFormat::Svg, options), ours.width());
                const double difference = testing::differenceOf(ours, theirs);
                QVERIFY2(difference < kAgrees,
                    qPrintable(figure.name + text(" differs by ") + QString::number(difference)));
            }
        }
    }

    void popplerDrawsWhatTheScreenDraws()
    {
        if (!testing::hasProgram(text("pdftoppm")))
            QSKIP("poppler-utils is not installed");
        for (const bool outlines : {false, true}) {
            FigureOptions options;
            options.textAsOutlines = outlines;
            for (const Figure& figure : {drawing(), matrixFigure(600)}) {
                const QImage ours = app::figureImage(figure, options);
                const QImage theirs
                    = testing::drawnByPoppler(bytes(figure, FigureFormat::Pdf, options), options.dpi);
                QVERIFY(std::abs(ours.width() - theirs.width()) <= 1);
                const double difference = testing::differenceOf(ours, theirs);
                QVERIFY2(difference < kAgrees,
                    qPrintable(figure.name + text(" differs by ") + QString::number(difference)));
            }
        }
    }

    void theToleranceTellsADifferenceInDrawing()
    {
        const FigureOptions options;
        const QImage whole = app::figureImage(drawing(), options);
        Figure other = drawing();
        other.legend = {};
        other.legend.note = text("Another legend");
        QVERIFY(testing::differenceOf(whole, app::figureImage(other, options)) > kAgrees);
    }

    void fontsOfPdfAreEmbedded()
    {
        if (!testing::hasProgram(text("pdffonts")))
            QSKIP("poppler-utils is not installed");
        const QTemporaryDir folder;
        const QString file = folder.filePath(text("f.pdf"));
        testing::store(file, bytes(drawing(), FigureFormat::Pdf));
        const QStringList lines
            = QString::fromUtf8(testing::outputOf(text("pdffonts"), {file})).split(u'\n', Qt::SkipEmptyParts);
        QVERIFY(lines.size() > 2); // two lines of heading
        const qsizetype column = lines[0].indexOf(text("emb"));
        for (qsizetype line = 2; line < lines.size(); ++line)
            QCOMPARE(lines[line].mid(column, 3), text("yes"));
        const QString words = QString::fromUtf8(testing::outputOf(text("pdftotext"), {file, text("-")}));
        QVERIFY(words.contains(text("17 words")) || words.contains(text("17  words")));
        const QString info = QString::fromUtf8(testing::outputOf(text("pdfinfo"), {text("-meta"), file}));
        QVERIFY(info.contains(text("K: 600")));
        QVERIFY(info.contains(text("θ is 0.9.")));
    }

    void outlinesLeaveNoText()
    {
        FigureOptions options;
        options.textAsOutlines = true;
        QVERIFY(!elementsOf(bytes(drawing(), FigureFormat::Svg, options)).contains(text("text")));
        if (!testing::hasProgram(text("pdffonts")))
            QSKIP("poppler-utils is not installed");
        const QTemporaryDir folder;
        const QString file = folder.filePath(text("f.pdf"));
        testing::store(file, bytes(drawing(), FigureFormat::Pdf, options));
        QCOMPARE(testing::outputOf(text("pdffonts"), {file}).count('\n'), 2); // its heading
    }

    void theSameFigureGivesTheSameBytes()
    {
        for (const FigureFormat format : {FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png}) {
            const QByteArray first = bytes(drawing(), format);
            QTest::qWait(1100); // formats with dates have seconds
            QVERIFY(!first.isEmpty());
            QCOMPARE(bytes(drawing(), format), first);
        }
    }

    void aMatrixOf600ConceptsIsSmall()
    {
        FigureOptions options;
        options.widthMm = 174;
        for (const FigureFormat format : {FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png}) {
            const qsizetype size = bytes(matrixFigure(600), format, options).size();
            QVERIFY2(size > 0 && size < 3'000'000, qPrintable(QString::number(size)));
        }
    }

    void pngKnowsItsSizeAndItsOrigin()
    {
        const QImage image = QImage::fromData(bytes(drawing(), FigureFormat::Png));
        QCOMPARE(image.width(), 992); // 84 mm at 300 dpi
        QCOMPARE(image.dotsPerMeterX(), 11811);
        QCOMPARE(image.text(text("Palimpsest: K")), text("600"));
        QCOMPARE(image.text(text("Description")), text("θ is 0.9."));
    }

    void textKeepsItsSizeOnAnyPaper()
    {
        FigureOptions narrow;
        FigureOptions wide;
        wide.widthMm = 174;
        const Figure figure = drawing();
        QCOMPARE(
            app::figurePage(figure, narrow).pointsPerPixel, app::figurePage(figure, wide).pointsPerPixel);
        Figure crowded = figure;
        crowded.leastSize = {800, 100};
        const app::FigurePage page = app::figurePage(crowded, narrow);
        QCOMPARE(page.size.width(), 800.0);
        QVERIFY(page.textPoints < narrow.textPoints);
        QCOMPARE(page.sizeMm.width(), 84.0);
    }

    void optionsOutOfRangeAreRefused()
    {
        FigureOptions options;
        options.widthMm = 5;
        const auto made = app::figureBytes(drawing(), FigureFormat::Svg, options);
        QVERIFY(!made);
        QCOMPARE(made.error().code, base::ErrorCode::InvalidArgument);
        QVERIFY(!app::figureFormatOf(text("picture.gif")));
    }

    void numbersAreCsv()
    {
        QCOMPARE(app::figureData(drawing(), app::DataFormat::Csv).value(),
            QByteArray("Layer,\"Share, %\",Name\r\n0,0.1,a_b\r\n1,79.25,\"say \"\"no\"\"\"\r\n"));
    }

    void numbersAreJsonWithTheirOrigin()
    {
        const auto made = app::figureData(drawing(), app::DataFormat::Json).value();
        const QJsonObject all = QJsonDocument::fromJson(made).object();
        QCOMPARE(all[text("parameters")][text("Model")].toString(), text("a/b"));
        QCOMPARE(all[text("rows")][1][1].toDouble(), 79.25);
    }

    void numbersAreATableForPapers()
    {
        const QByteArray latex = app::figureData(drawing(), app::DataFormat::Latex).value();
        QVERIFY(latex.contains("\\begin{tabular}{rrl}"));
        QVERIFY(latex.contains("\\toprule"));
        QVERIFY(latex.contains("0 & 0.1 & a\\_b \\\\"));
        QVERIFY(latex.contains("Share, \\%"));
        Figure large = drawing();
        large.table = [] {
            return app::FigureTable{{text("n")}, QList<QVariantList>(5000, QVariantList{1})};
        };
        QVERIFY(!app::figureData(large, app::DataFormat::Latex));
    }
};

QTEST_MAIN(TestFigureFile)
#include "tst_figure_file.moc"
