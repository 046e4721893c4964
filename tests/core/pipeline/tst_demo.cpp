// The demo without its network and its training: words, snippets, the split, the folders.

#include <QtTest/QtTest>

#include <algorithm>
#include <filesystem>
#include <set>

#include "corpus/reader.h"
#include "pipeline/demo.h"
#include "pipeline/snippets.h"
#include "pipeline/split_punctuation.h"
#include "project/project_file.h"
#include "support/reference.h"
#include "tiny_study.h"

using namespace palimpsest;
using base::ErrorCode;
using pipeline::Snippet;
namespace fs = std::filesystem;

namespace {

/// 100 snippets "s0" … with ratings -2.0, -1.96, …, 1.96: 24 of them below 0.5 in amount, one of them 0.
std::string sampleFile()
{
    std::string content;
    for (int number = 0; number < 100; ++number) {
        content += std::to_string(number + 1) + "\t" + QByteArray::number((number - 50) * 0.04).toStdString()
            + "\ts" + std::to_string(number) + " it's fine.\r\n";
    }
    return content;
}

std::set<std::string> texts(const std::vector<Snippet>& snippets)
{
    std::set<std::string> result;
    for (const Snippet& snippet : snippets)
        result.insert(snippet.text);
    return result;
}

} // namespace

class TestDemo : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void marksAndEndingsAreWords_data()
    {
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* raw, const char* words) {
            QTest::newRow(*raw != '\0' ? raw : "empty") << QString::fromUtf8(raw) << QString::fromUtf8(words);
        };
        row("", "");
        row(" \t ", "");
        row("A fine film.", "A fine film .");
        row("  two   spaces\tand a tab ", "two spaces and a tab");
        row("(\"very... odd\")", "( \" very ... odd \" )");
        row("new ''Conan'' and", "new '' Conan '' and");
        row("decades... But", "decades ... But");
        row("It's what they'd've said; we'll see", "It 's what they 'd 've said ; we 'll see");
        row("Don't! CAN'T", "Do n't ! CA N'T");
        row("it\u2019s \u2013 isn\u2019t", "it \u2019s \u2013 is n\u2019t");
        row("the actors' film", "the actors ' film");
        row("9/11, J.R.R. Tolkien's", "9/11 , J.R.R . Tolkien 's");
        row("such a wise ***.", "such a wise *** .");
        row("$5 or 50%?!", "$ 5 or 50 % ? !");
        row("n't 's", "n't 's");
        row("Mr.'s", "Mr . 's");
        row("-", "-");
        row("größe, naïve", "größe , naïve");
    }
    void marksAndEndingsAreWords()
    {
        QFETCH(QString, raw);
        QFETCH(QString, words);
        const std::string split = pipeline::splitPunctuation(raw.toStdString());
        QCOMPARE(QString::fromStdString(split), words);
        QCOMPARE(pipeline::splitPunctuation(split), split); // text that is split already stays
    }

    void snippetsAreReadWithTheirSign()
    {
        const auto snippets
            = read("1\t2.5\tLovely &amp; amazing.\r\n2\t-0.6\tToo tepid\r\n3\t0\tNeither\n4\t-4\tBad");
        VERIFY_RESULT(snippets);
        QCOMPARE(snippets.value().size(), std::size_t{3}); // a rating of 0 has no sign
        QCOMPARE(snippets.value()[0].text, std::string("Lovely & amazing ."));
        QVERIFY(snippets.value()[0].isPositive());
        QCOMPARE(snippets.value()[1].rating, -0.6);
        QVERIFY(!snippets.value()[1].isPositive());
        QCOMPARE(snippets.value()[2].text, std::string("Bad"));
    }

    void wrongLinesAreNamed_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no tabs") << QByteArray("2 1.0 text");
        QTest::newRow("one tab") << QByteArray("2\t1.0");
        QTest::newRow("no rating") << QByteArray("2\t\ttext");
        QTest::newRow("comma") << QByteArray("2\t1,5\ttext");
        QTest::newRow("too large") << QByteArray("2\t5\ttext");
        QTest::newRow("not a number") << QByteArray("2\tnan\ttext");
        QTest::newRow("not UTF-8") << QByteArray("2\t1\tt\xFFxt");
    }
    void wrongLinesAreNamed()
    {
        QFETCH(QByteArray, line);
        const auto snippets = read("1\t1.0\tfine\n" + line.toStdString() + "\n");
        QVERIFY(!snippets);
        QCOMPARE(snippets.error().code, ErrorCode::Malformed);
        QVERIFY(snippets.error().message.find("line 2: ") != std::string::npos);
    }

    void theSplitIsDisjointClearAndComplete()
    {
        const auto snippets = read(sampleFile());
        VERIFY_RESULT(snippets);
        QCOMPARE(snippets.value().size(), std::size_t{99});
        const auto split = pipeline::splitSnippets(snippets.value(), 40, 20, 7);
        VERIFY_RESULT(split);
        QCOMPARE(split.value().training.size(), std::size_t{40});
        QCOMPARE(split.value().heldOut.size(), std::size_t{20});
        QCOMPARE(split.value().analysed.size(), std::size_t{39});
        auto all = texts(split.value().training);
        all.merge(texts(split.value().heldOut));
        all.merge(texts(split.value().analysed));
        QCOMPARE(all.size(), std::size_t{99});
        for (const auto* part : {&split.value().training, &split.value().heldOut}) {
            for (const Snippet& snippet : *part)
                QVERIFY(std::abs(snippet.rating) >= 0.5);
        }
        // The analysed ones stand in the order of the file, whose ratings ascend.
        QVERIFY(std::is_sorted(split.value().analysed.begin(), split.value().analysed.end(),
            [](const Snippet& a, const Snippet& b) { return a.rating < b.rating; }));
    }

    void theSplitFollowsItsSeed()
    {
        const auto snippets = read(sampleFile());
        VERIFY_RESULT(snippets);
        const auto first = pipeline::splitSnippets(snippets.value(), 40, 20, 7).value();
        const auto same = pipeline::splitSnippets(snippets.value(), 40, 20, 7).value();
        const auto other = pipeline::splitSnippets(snippets.value(), 40, 20, 8).value();
        for (std::size_t place = 0; place < first.training.size(); ++place)
            QCOMPARE(first.training[place].text, same.training[place].text);
        QVERIFY(texts(first.training) != texts(other.training));
    }

    void tooFewClearSnippetsAreSaid()
    {
        const auto split = pipeline::splitSnippets(read(sampleFile()).value(), 60, 20, 7);
        QCOMPARE(split.error().code, ErrorCode::TooFewRows);
        QVERIFY(split.error().message.find("75") != std::string::npos);
    }

    void theTableIsACorpus()
    {
        const fs::path file = folder() / "table.tsv";
        testing::writeFile(file, pipeline::snippetTable(read(sampleFile()).value()));
        corpus::ReadOptions options;
        options.textColumn = "sentence";
        options.labelColumn = "label";
        const auto corpus = corpus::readCorpus(file, options, {});
        VERIFY_RESULT(corpus);
        QCOMPARE(corpus.value()->sentenceCount(), std::size_t{99});
        QCOMPARE(corpus.value()->classNames(), (std::vector<std::string>{"negative", "positive"}));
        QCOMPARE(corpus.value()->text(base::SentenceId{0}), std::string("s0 it 's fine ."));
        QCOMPARE(corpus.value()->classOf(base::SentenceId{0}), 0);
        QCOMPARE(corpus.value()->classOf(base::SentenceId{98}), 1);
    }

    void foldersFollowTheUsersEnvironment()
    {
        qputenv("XDG_CACHE_HOME", "/somewhere/cache");
        qputenv("XDG_DATA_HOME", "relative/is/ignored");
        qputenv("HOME", "/home/of/nobody");
        const auto folders = pipeline::demoFolders();
        QCOMPARE(folders.material, fs::path("/somewhere/cache/palimpsest"));
        QCOMPARE(folders.work, fs::path("/home/of/nobody/.local/share/palimpsest/demo"));
        QCOMPARE(folders.project.parent_path(), folders.work);
    }

    void aFinishedDemoNeedsNothing()
    {
        const fs::path project = folder() / "demo.palimpsest";
        VERIFY_RESULT(std::move(project::ProjectFile::openOrCreate(project))
                          .value()
                          .setValue("demo.held_out_accuracy", "0.8"));
        VERIFY_RESULT(pipeline::makeDemo({folder() / "material", folder() / "work", project}, project, {}));
        QVERIFY(!fs::exists(folder() / "material"));
        QVERIFY(!fs::exists(folder() / "work"));
    }

    void aFileInTheWayIsRefusedBeforeTheDownload()
    {
        const fs::path project = folder() / "demo.palimpsest";
        testing::writeFile(project, "my thesis");
        const auto made
            = pipeline::makeDemo({folder() / "material", folder() / "work", project}, project, {});
        QCOMPARE(made.error().code, ErrorCode::Malformed);
        QVERIFY(!fs::exists(folder() / "material"));
        QCOMPARE(testing::fileContent(project), std::string("my thesis"));
    }

private:
    [[nodiscard]] fs::path folder() const { return m_folder->path().toStdString(); }
    [[nodiscard]] base::Result<std::vector<Snippet>> read(const std::string& content) const
    {
        const fs::path file = folder() / "snippets.txt";
        testing::writeFile(file, content);
        return pipeline::readSnippets(file);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
