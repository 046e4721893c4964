// palimpsest figure: every figure of the window without a display, kept figures again, and a paper's figures.

#include <QtTest/QtTest>

#include <QImage>
#include <QTemporaryDir>

#include "support/program.h"
#include "support/reference.h"
#include "support/sample_project.h"

using palimpsest::testing::Answer;
using palimpsest::testing::read;
using palimpsest::testing::runProgram;

namespace {

QByteArray sentence(const Answer& answer)
{
    return answer.err.trimmed().split('\n').last();
}

} // namespace

class FigureVerbTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_project;

    [[nodiscard]] QString at(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

private slots:
    void initTestCase()
    {
        m_project = at("sample.palimpsest");
        QVERIFY(palimpsest::testing::writeSampleProject(m_project.toStdString()));
        // As on a server: nothing that says where a display is.
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            qunsetenv(name);
    }

    void everyFigureIsDrawnWithoutADisplay_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"kept", "status", "task", "concept", "alignment", "dendrogram", "layers",
                 "flow", "polarity", "polarity-gold", "overview"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void everyFigureIsDrawnWithoutADisplay()
    {
        QFETCH(QString, name);
        const QString svg = at("figure.svg");
        const QString csv = at("figure.csv");
        const Answer answer
            = runProgram({"figure", m_project, "--view", name, "--layer", "2", "-o", svg, "--data", csv});
        QVERIFY2(answer.exitCode == 0, answer.err.constData());
        const QByteArray drawn = read(svg);
        QVERIFY(drawn.contains("<parameter name=\"K\">24</parameter>"));
        QVERIFY(drawn.contains("width=\"84mm\""));
        QVERIFY(!drawn.contains(m_folder.path().toUtf8())); // nothing of this computer
        QVERIFY(read(csv).count('\n') > 1);
    }

    void theSameProjectGivesTheSameBytes()
    {
        for (const char* ending : {"svg", "pdf", "png"}) {
            const QString one = at("one.") + QLatin1String(ending);
            const QString other = at("other.") + QLatin1String(ending);
            for (const QString& file : {one, other})
                QCOMPARE(runProgram({"figure", m_project, "--view", "alignment", "--layer", "1", "-o", file})
                             .exitCode,
                    0);
            QVERIFY(!read(one).isEmpty());
            QCOMPARE(read(one), read(other));
        }
    }

    void sizesAndThemesAreThoseAskedFor()
    {
        const QString file = at("wide.png");
        const Answer answer = runProgram({"figure", m_project, "--view", "kept", "-o", file, "--width-mm",
            "174", "--height-mm", "100", "--dpi", "254", "--theme", "dark"});
        QVERIFY2(answer.exitCode == 0, answer.err.constData());
        const QImage image(file);
        QCOMPARE(image.size(), QSize(1740, 1000));
        QVERIFY(qGray(image.pixel(2, 2)) < 60);
    }

    void outlinesHaveNoText()
    {
        const QString file = at("outlines.svg");
        QCOMPARE(runProgram({"figure", m_project, "--view", "kept", "-o", file, "--outlines"}).exitCode, 0);
        QVERIFY(!read(file).contains("<text"));
        QVERIFY(read(file).contains("<path"));
    }

    void keptFiguresAreMadeAgainAndCompared()
    {
        const QString first = at("first");
        const QString second = at("second");
        QCOMPARE(
            runProgram({"figure", m_project, "--view", "status", "-o", at("a.svg"), "--keep", "figure-1"})
                .exitCode,
            0);
        QCOMPARE(
            runProgram({"figure", m_project, "--view", "layers", "-o", at("b.png"), "--keep", "figure-2"})
                .exitCode,
            0);
        QVERIFY(runProgram({"figure", m_project, "--list"}).out.contains("figure-2"));
        const Answer all = runProgram({"figure", m_project, "--all", first});
        QVERIFY2(all.exitCode == 0, all.err.constData());
        QCOMPARE(read(first + QStringLiteral("/figure-1.svg")), read(at("a.svg")));
        // Another K makes another figure of the one that is made anew.
        QCOMPARE(runProgram({"figure", m_project, "--view", "layers", "--k", "8", "-o", at("b.png"), "--keep",
                                "figure-2"})
                     .exitCode,
            0);
        const Answer compared = runProgram({"figure", m_project, "--all", second, "--compare", first});
        QVERIFY2(compared.exitCode == 0, compared.err.constData());
        QVERIFY(compared.out.contains("figure-1.svg\tsame"));
        QVERIFY(compared.out.contains("figure-2.png\tchanged"));
    }

    void aPapersFiguresComeFromSeveralProjects()
    {
        const QString other = at("other.palimpsest");
        palimpsest::testing::SampleOptions options;
        options.k = 12;
        QVERIFY(palimpsest::testing::writeSampleProject(other.toStdString(), options));
        for (const char* what : {"overlap", "task-concepts"}) {
            const QString svg = at("paper.svg");
            const Answer answer = runProgram(
                {"figure", "--paper", what, m_project, other, "-o", svg, "--data", at("paper.csv")});
            QVERIFY2(answer.exitCode == 0, answer.err.constData());
            QVERIFY(read(svg).contains("sample: K"));
            QVERIFY(read(svg).contains("other: K"));
        }
        const Answer examples = runProgram(
            {"figure", "--paper", "examples", m_project, "--words", "charming", "-o", at("e.svg")});
        QVERIFY2(examples.exitCode == 0, examples.err.constData());
        QVERIFY(read(at("e.svg")).contains(">charming<"));
        const Answer labels
            = runProgram({"figure", "--paper", "human-concepts", m_project, "-o", at("h.svg")});
        QCOMPARE(labels.exitCode, 1);
        QVERIFY(sentence(labels).contains("palimpsest label"));
    }

    void mistakesEndWithOneSentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no such figure")
            << QStringList{"--view", "nothing", "-o", "f.svg"} << 2 << QByteArray("alignment");
        QTest::newRow("no format") << QStringList{"--view", "kept", "-o", "f.gif"} << 2 << QByteArray(".svg");
        QTest::newRow("nothing asked") << QStringList{"-o", "f.svg"} << 2 << QByteArray("--view");
        QTest::newRow("too narrow") << QStringList{"--view", "kept", "-o", "f.svg", "--width-mm", "3"} << 2
                                    << QByteArray("20 to 1,000 mm");
        QTest::newRow("no such layer") << QStringList{"--view", "alignment", "-o", "f.svg", "--layer", "77"}
                                       << 1 << QByteArray("no layer 77");
        QTest::newRow("no map") << QStringList{"--view", "map", "-o", "f.svg"} << 1
                                << QByteArray("palimpsest map");
    }
    void mistakesEndWithOneSentence()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QByteArray, says);
        arguments.replaceInStrings(QRegularExpression("^f[.]"), at("f."));
        const Answer answer = runProgram(QStringList{"figure", m_project} + arguments);
        QCOMPARE(answer.exitCode, code);
        QVERIFY2(sentence(answer).contains(says), answer.err.constData());
        QVERIFY(!QFile::exists(at("f.svg")));
    }
};

QTEST_GUILESS_MAIN(FigureVerbTest)
#include "tst_figure_verb.moc"
