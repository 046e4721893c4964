// Stories and documents as pages: everything from outside is escaped, nothing is fetched, a browser that
// shares no code with us runs them without a complaint.

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QXmlStreamReader>
#include <QtTest>

#include "publish/report_page.h"
#include "publish/story_page.h"
#include "renderers.h"

using namespace palimpsest;
using app::Document;
using app::Figure;
using app::FigureStyle;
using app::Slideshow;

namespace {

QString text(const char* characters)
{
    return QString::fromUtf8(characters);
}

constexpr const char* kHostile = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

/// Two bars that say their numbers.
Figure bars(const QString& word)
{
    Figure figure;
    figure.name = text("bars");
    figure.title = text("Bars of ") + word;
    figure.caption = text("Caption of ") + word;
    figure.parameters = {{text("Model"), word}};
    figure.naturalSize = {300, 200};
    const auto barAt = [](int at, QSizeF size) {
        return QRectF(20 + at * size.width() / 2, 20, size.width() / 3, size.height() - 40);
    };
    figure.paint = [word, barAt](QPainter& painter, QSizeF size, const FigureStyle& style) {
        painter.setFont(style.font);
        painter.setPen(style.text);
        for (int at = 0; at < 2; ++at) {
            painter.fillRect(barAt(at, size), at == 0 ? Qt::darkCyan : Qt::darkYellow);
            painter.drawText(barAt(at, size), Qt::AlignCenter, word);
        }
    };
    figure.spots = [word, barAt](QSizeF size, const FigureStyle&) {
        QList<app::FigureSpot> spots;
        for (int at = 0; at < 2; ++at) {
            QPainterPath area;
            area.addRect(barAt(at, size));
            spots.append({area, text("%1: %2 of 600").arg(word).arg(at + 41)});
        }
        return spots;
    };
    figure.table = [word] {
        return app::FigureTable{{text("word"), text("count")}, {{word, 41}, {text("plain"), 0.12345678}}};
    };
    return figure;
}

Slideshow show(const QString& word)
{
    Slideshow slides;
    slides.title = text("Talk about ") + word;
    slides.basis = word;
    QImage picture(64, 40, QImage::Format_RGB32);
    picture.fill(Qt::darkGreen);
    slides.slides.append({word, text("first line\n") + word, text("Map · layer 4"), {bars(word)}, {}});
    slides.slides.append({text("Two figures"), {}, text("Overview"), {bars(word), bars(text("other"))}, {}});
    slides.slides.append({text("Only a picture"), word, text("Words"), {}, picture});
    return slides;
}

Document report(const QString& word)
{
    Document document;
    document.title = word;
    document.subtitle = text("subtitle ") + word;
    document.heading(text("What was found: ") + word);
    document.text(text("A paragraph of ") + word);
    document.note(word);
    document.table({word, {text("word"), text("count")}, {{word, 3}, {text("b"), 4}}, 900});
    document.figure(bars(word));
    document.heading(text("Many rows"));
    app::DocumentTable longTable{{}, {text("row")}, {}, 150};
    for (int row = 0; row < 150; ++row)
        longTable.rows.append(QVariantList{row});
    document.table(longTable);
    return document;
}

QByteArray page(const QString& word)
{
    return app::storyPage(show(word)).value();
}

/// What a browser made of a page: its document, its complaints, and what it asked the network for.
struct Browsed {
    QByteArray dom;
    QByteArray log;
    QStringList requests;
};

/// Addresses that a page asked for, out of Chromium's log of its network. A full browser also asks for things
/// of its own (updates, the time), which belong to no page.
std::optional<QStringList> requestsIn(const QString& netLog)
{
    QFile file(netLog);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject log = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonValue start = log[text("constants")][text("logEventTypes")][text("URL_REQUEST_START_JOB")];
    if (!start.isDouble())
        return std::nullopt;
    QStringList addresses;
    for (const QJsonValue& event : log[text("events")].toArray()) {
        const QJsonValue what = event[text("params")];
        if (event[text("type")] == start && what[text("initiator")].toString() != text("not an origin"))
            addresses.append(what[text("url")].toString());
    }
    return addresses;
}

QString browserProgram()
{
    for (const char* name : {"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"})
        if (testing::hasProgram(QString::fromLatin1(name)))
            return QString::fromLatin1(name);
    return {};
}

/// Nothing where the browser failed.
std::optional<Browsed> browse(const QByteArray& html, const QString& fragment = {})
{
    const QTemporaryDir folder;
    testing::store(folder.filePath(text("page.html")), html);
    const QString netLog = folder.filePath(text("net.json"));
    QProcess process;
    process.start(browserProgram(),
        {text("--headless"), text("--no-sandbox"), text("--disable-gpu"), text("--enable-logging=stderr"),
            text("--v=0"), text("--window-size=1280,800"), text("--virtual-time-budget=2000"),
            text("--user-data-dir=") + folder.filePath(text("profile")), text("--log-net-log=") + netLog,
            text("--net-log-capture-mode=Everything"), text("--dump-dom"),
            text("file://") + folder.filePath(text("page.html")) + fragment});
    if (!process.waitForFinished(90'000) || process.exitCode() != 0)
        return std::nullopt;
    const auto requests = requestsIn(netLog);
    if (!requests)
        return std::nullopt;
    return Browsed{process.readAllStandardOutput(), process.readAllStandardError(), *requests};
}

} // namespace

class TestPages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSameContentGivesTheSameBytes()
    {
        QCOMPARE(page(text("good")), page(text("good")));
        QVERIFY(page(text("good")) != page(text("bad")));
        QCOMPARE(
            app::documentPage(report(text("good"))).value(), app::documentPage(report(text("good"))).value());
        QCOMPARE(app::storyPdf(show(text("good"))).value(), app::storyPdf(show(text("good"))).value());
        QCOMPARE(
            app::documentPdf(report(text("good"))).value(), app::documentPdf(report(text("good"))).value());
    }

    void whatComesFromOutsideIsEscaped()
    {
        for (const QByteArray& html :
            {page(text(kHostile)), app::documentPage(report(text(kHostile))).value()}) {
            QCOMPARE(html.count("<script"), 1); // ours
            QCOMPARE(html.count("</script"), 1);
            QVERIFY(!html.contains("<img src=x"));
            QVERIFY(html.contains("&lt;/script&gt;&lt;script&gt;"));
            QVERIFY(!html.contains("\"'><"));
        }
    }

    void nothingIsFetched()
    {
        const QByteArray html = page(text("good"));
        QVERIFY(html.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'"));
        QByteArray rest = html;
        for (const char* name : {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"})
            rest.replace(name, ""); // names of languages, not addresses
        QVERIFY(!rest.contains("http://") && !rest.contains("https://") && !rest.contains("url(h"));
        QVERIFY(!rest.contains("src=\"/") && !rest.contains("@import"));
    }

    void idsOfSeveralFiguresDiffer()
    {
        const QString html = QString::fromUtf8(page(text("good")));
        QStringList ids;
        auto matches = QRegularExpression(text(" id=\"([^\"]+)\"")).globalMatch(html);
        while (matches.hasNext())
            ids.append(matches.next().captured(1));
        QVERIFY(ids.size() > 6);
        QStringList unique = ids;
        unique.removeDuplicates();
        QCOMPARE(ids, unique);
    }

    void placesSayTheirNumbers()
    {
        const QByteArray html = page(text("good"));
        QVERIFY(html.contains("data-t=\"good: 41 of 600\""));
        QVERIFY(html.contains("<title>good: 42 of 600</title>"));
        QVERIFY(html.contains("<td class=\"n\">0.1235</td>"));
        QVERIFY(app::documentPage(report(text("good"))).value().contains("The first 2 of 900 rows"));
    }

    void aBrowserTakesTheStoryWithoutAComplaint()
    {
        if (browserProgram().isEmpty())
            QSKIP("Chromium is not installed: the page was not opened in a browser");
        const auto first = browse(page(text(kHostile)));
        QVERIFY(first);
        QVERIFY2(!first->log.contains("CONSOLE"), first->log.constData());
        QVERIFY2(!first->log.contains("Refused"), first->log.constData());
        QCOMPARE(first->requests, QStringList());
        QVERIFY(first->dom.contains("class=\"slide now\" id=\"s1\"")); // the script ran
        QVERIFY(first->dom.contains(">1 / 3</span>"));
        QVERIFY(!first->dom.contains("<img src=\"x\""));
        const auto third = browse(page(text("good")), text("#s3"));
        QVERIFY(third && third->dom.contains("class=\"slide now\" id=\"s3\""));
        QCOMPARE(third->requests, QStringList());
    }

    void aBrowserTakesTheReportWithoutAComplaint()
    {
        if (browserProgram().isEmpty())
            QSKIP("Chromium is not installed: the page was not opened in a browser");
        const auto browsed = browse(app::documentPage(report(text(kHostile))).value());
        QVERIFY(browsed);
        QVERIFY2(!browsed->log.contains("CONSOLE"), browsed->log.constData());
        QCOMPARE(browsed->requests, QStringList());
        QVERIFY(browsed->dom.contains("<svg"));
    }

    /// Or else the two tests above could not fail.
    void aPageThatAsksForSomethingIsCaught()
    {
        if (browserProgram().isEmpty())
            QSKIP("Chromium is not installed: the page was not opened in a browser");
        const auto browsed
            = browse("<html><body><img src=\"http://palimpsest.invalid/x.png\">"
                     "<script>console.log('said');"
                     "fetch('https://palimpsest.invalid/y').catch(() => 0)</script></body></html>");
        QVERIFY(browsed);
        QVERIFY(browsed->log.contains("CONSOLE"));
        for (const char* address : {"http://palimpsest.invalid/x.png", "https://palimpsest.invalid/y"})
            QVERIFY2(browsed->requests.contains(text(address)), qPrintable(browsed->requests.join(u' ')));
    }

    void slidesArePagesWithEmbeddedFonts()
    {
        if (!testing::hasProgram(text("pdfinfo")) || !testing::hasProgram(text("pdffonts")))
            QSKIP("poppler's programs are not installed");
        const QTemporaryDir folder;
        const QString file = folder.filePath(text("s.pdf"));
        testing::store(file, app::storyPdf(show(text("good"))).value());
        QVERIFY(testing::outputOf(text("pdfinfo"), {file}).contains("Pages:           3"));
        const QByteArray words = testing::outputOf(text("pdftotext"), {file, text("-")});
        QVERIFY2(words.contains("rst line"), words.constData()); // "fi" may be one letter
        QVERIFY(QByteArray(words).replace(" ", "").contains("2/3"));
        const QList<QByteArray> fonts = testing::outputOf(text("pdffonts"), {file}).split('\n').mid(2);
        for (const QByteArray& font : fonts)
            QVERIFY2(font.isEmpty() || font.contains(" yes "), font.constData());
        // The figure is in the vectors of the first page: its colours are seen.
        const QImage drawn = testing::drawnByPoppler(app::storyPdf(show(text("good"))).value(), 60);
        QVERIFY(!drawn.isNull());
        QCOMPARE(drawn.pixelColor(drawn.width() / 5, drawn.height() / 2), QColor(Qt::darkCyan));
    }

    void aDocumentFlowsOverPages()
    {
        if (!testing::hasProgram(text("pdfinfo")))
            QSKIP("poppler's programs are not installed");
        const QTemporaryDir folder;
        const QString file = folder.filePath(text("r.pdf"));
        testing::store(file, app::documentPdf(report(text("good"))).value());
        const QByteArray info = testing::outputOf(text("pdfinfo"), {file});
        QVERIFY2(!info.contains("Pages:           1\n"), info.constData());
        const QByteArray words = testing::outputOf(text("pdftotext"), {file, text("-")});
        QVERIFY(words.contains("What was found: good"));
        QVERIFY(words.contains("Caption of good"));
        QVERIFY(words.contains("149"));
    }
};

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
