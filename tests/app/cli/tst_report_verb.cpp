// palimpsest report: the whole study, or its story, as one page or as PDF, without a display and the same
// every time.

#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "project/story_store.h"
#include "support/program.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using testing::Answer;
using testing::runProgram;

class TestReportVerb : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_project;

    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    Answer report(const QStringList& arguments) const
    {
        return runProgram(QStringList{QStringLiteral("report"), m_project} + arguments, {{}, {}, 200'000});
    }
    void pin(const std::vector<std::pair<std::string, std::string>>& slides) const
    {
        auto project
            = project::ProjectFile::open(m_project.toStdString(), project::ProjectFile::Mode::ReadWrite);
        VERIFY_RESULT(project);
        project::Slides story;
        for (const auto& [view, title] : slides) {
            project::Slide slide;
            slide.title = title;
            slide.caption = "What the room reads";
            slide.notes = "Not for the room";
            slide.place.view = view;
            slide.place.layer = 2;
            slide.place.k = 24;
            slide.place.theta = 0.9;
            story.push_back(slide);
        }
        VERIFY_RESULT(project::StoryStore(project.value()).write(story));
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (testing::programPath().isEmpty())
            QSKIP("the program is not built: palimpsest report was not run");
        qunsetenv("QT_QPA_PLATFORM"); // it finds its own way without a display
        qunsetenv("DISPLAY");
        m_project = file("sample.palimpsest");
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
    }

    void theReportSaysWhatWasDoneAndFound()
    {
        const Answer answer = report({QStringLiteral("-o"), file("a.html")});
        QVERIFY2(answer.exitCode == 0, answer.err.constData());
        QVERIFY(answer.out.contains("a.html was written"));
        const QByteArray html = testing::read(file("a.html"));
        for (const char* words :
            {"40 sentences, 320 word occurrences", "From layer 1 on fine-tuning writes over",
                "Layer by layer", "Task concepts of the last layer, 2", "The most surprising concepts",
                "Fingerprints of the stages", "linkage.finetuned.2", "Kept and new concepts by layer",
                "Overlap of base and fine-tuned concepts", "Numbers of this figure"})
            QVERIFY2(html.contains(words), words);
        QVERIFY(html.count("<svg ") >= 6);
        QVERIFY(html.contains("data-t=\"Layer 1"));
        QVERIFY(!html.contains(m_folder.path().toUtf8())); // nothing of this machine
        QCOMPARE(html.count("<script"), 1);
    }

    void theSameProjectGivesTheSameBytes()
    {
        QCOMPARE(report({QStringLiteral("-o"), file("b.html")}).exitCode, 0);
        QCOMPARE(testing::read(file("b.html")), testing::read(file("a.html")));
        QCOMPARE(report({QStringLiteral("-o"), file("a.pdf")}).exitCode, 0);
        QCOMPARE(report({QStringLiteral("-o"), file("b.pdf")}).exitCode, 0);
        QVERIFY(testing::read(file("a.pdf")).startsWith("%PDF"));
        QCOMPARE(testing::read(file("b.pdf")), testing::read(file("a.pdf")));
    }

    void aStoryIsWrittenWithItsFigures()
    {
        const Answer none = report({QStringLiteral("--story"), QStringLiteral("-o"), file("s.html")});
        QCOMPARE(none.exitCode, 1);
        QVERIFY(none.err.contains("no slides yet"));
        pin({{"overview", "The <b>curves</b>"}, {"flow", "Where they went"}, {"labels", "No labels"}});
        QCOMPARE(report({QStringLiteral("--story"), QStringLiteral("-o"), file("s.html")}).exitCode, 0);
        const QByteArray html = testing::read(file("s.html"));
        QVERIFY(html.contains("<h2>The &lt;b&gt;curves&lt;/b&gt;</h2>"));
        QVERIFY(html.contains("What the room reads"));
        QVERIFY(!html.contains("Not for the room"));
        QCOMPARE(html.count("<section class=\"slide\""), 3);
        QVERIFY(html.contains("3 concepts, ") || html.contains(" concepts, ")); // a block of the flow speaks
        QVERIFY(html.contains("data:image/png;base64,")); // labels that are not there have no figure: the
                                                          // view's picture stands there
        QCOMPARE(report({QStringLiteral("--story"), QStringLiteral("-o"), file("s.pdf")}).exitCode, 0);
        QVERIFY(testing::read(file("s.pdf")).startsWith("%PDF"));
    }

    void anUnfinishedStudyIsSaid()
    {
        const QString unfinished = file("unfinished.palimpsest");
        VERIFY_RESULT(testing::writeSampleProject(unfinished.toStdString(), {.layers = {}}));
        const Answer answer = runProgram(
            {QStringLiteral("report"), unfinished, QStringLiteral("-o"), file("r.html")}, {{}, {}, 60'000});
        QCOMPARE(answer.exitCode, 1);
        QVERIFY2(answer.err.contains("not finished; palimpsest run goes on with it"), answer.err.constData());
    }

    void wrongUsageIsTold()
    {
        const Answer ending = report({QStringLiteral("-o"), file("r.doc")});
        QCOMPARE(ending.exitCode, 2);
        QVERIFY(ending.err.contains("neither in .html nor in .pdf"));
        QCOMPARE(report({QStringLiteral("-o"), file("no/such/folder/r.html")}).exitCode, 1);
        const Answer missing = runProgram(
            {QStringLiteral("report"), file("none.palimpsest"), QStringLiteral("-o"), file("r.html")});
        QCOMPARE(missing.exitCode, 1);
        QVERIFY(missing.err.contains("does not exist"));
        QCOMPARE(
            report({QStringLiteral("--theta"), QStringLiteral("7"), QStringLiteral("-o"), file("r.html")})
                .exitCode,
            2);
    }
};

QTEST_GUILESS_MAIN(TestReportVerb)
#include "tst_report_verb.moc"
