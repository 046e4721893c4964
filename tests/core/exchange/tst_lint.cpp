// The linter names file, line and what is wrong.

#include "core/exchange/exchange_fixture.h"
#include "exchange/lint.h"
#include "support/reference.h"

using namespace palimpsest;
using testing::Folder;

namespace {

const std::string kSentences = R"(["a b c", "d e"])";
const std::string kClusters
    = "a|||1|||0|||0|||0\nb|||1|||0|||1|||0\nc|||1|||0|||2|||1\nd|||1|||1|||0|||1\ne|||1|||1|||1|||1\n";

QByteArray textOf(const std::vector<exchange::Finding>& findings)
{
    QByteArray text;
    for (const exchange::Finding& finding : findings) {
        text += QByteArray::fromStdString(finding.file) + ":" + QByteArray::number(qulonglong(finding.line))
            + (finding.severity == exchange::Severity::Error ? ": error: " : ": note: ")
            + QByteArray::fromStdString(finding.text) + "\n";
    }
    return text;
}

} // namespace

class LintTest : public QObject {
    Q_OBJECT

private slots:
    void soundFilesHaveNoFindings();
    void whatIsWrongIsNamed_data();
    void whatIsWrongIsNamed();
    void longListsAreCut();
};

void LintTest::soundFilesHaveNoFindings()
{
    const Folder folder;
    folder.write("sentences.json", kSentences);
    folder.write("clusters-2.txt", kClusters);
    folder.write("labels_POS.json", R"(["A B C", "D E"])");
    const auto findings = exchange::lintConceptX(folder.path(), 10, {});
    VERIFY_RESULT(findings);
    QVERIFY2(findings.value().empty(), textOf(findings.value()));
}

void LintTest::whatIsWrongIsNamed_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("finding");
    const QByteArray clusters = QByteArray::fromStdString(kClusters);
    const auto row = [](const char* name, const char* file, const QByteArray& content, const char* finding) {
        QTest::newRow(name) << QByteArray(file) << content << QByteArray(finding);
    };
    row("pipe token", "clusters-2.txt", QByteArray(clusters).replace("b|||1", "||||1"),
        "clusters-2.txt:2: note: has a token with \"|\"");
    row("shifted positions", "clusters-2.txt", "a|||1|||0|||1|||0\nb|||1|||0|||2|||1\n",
        "clusters-2.txt:0: error: most tokens stand one position beside");
    row("wrong sentences", "clusters-2.txt", "x|||1|||0|||1|||0\ny|||1|||0|||2|||1\n",
        "clusters-2.txt:0: error: most tokens are not where they are said to be");
    row("no line", "clusters-2.txt", clusters + "oops\n", "clusters-2.txt:6: error: is not token");
    row("twice", "clusters-2.txt", clusters + "a|||1|||0|||0|||1\n",
        "clusters-2.txt:6: error: names the same word as line 1");
    row("blank", "clusters-2.txt", "\n" + clusters, "clusters-2.txt:1: note: is blank");
    row("count", "clusters-9.txt", clusters, "clusters-9.txt:0: note: has 2 clusters, but its name says 9");
    row("CR LF", "clusters-2.txt", QByteArray(clusters).replace("\n", "\r\n"),
        "clusters-2.txt:1: note: ends with CR LF");
    row("labels of another sentence", "labels_POS.json", R"(["A B C", "D"])",
        "labels_POS.json:2: error: has 1 labels for 2 words (d e)");
    row("missing labels", "labels_POS.json", R"(["A B C"])",
        "labels_POS.json:2: error: has labels for 1 of 2 sentences");
    row("a missing label", "labels_POS.json", R"(["A  C", "D E"])",
        "labels_POS.json:1: error: has two spaces in a row");
    row("not UTF-8", "clusters-2.txt", clusters + "\xff\n", "clusters-2.txt:6: error: is not UTF-8");
    row("double space", "sentences.json", R"(["a b c", "d  e"])",
        "sentences.json:2: error: has a space too many");
    row("no-break space", "sentences.json",
        "[\"a b c\", \"d\xc2\xa0"
        "e\"]",
        "sentences.json:2: note: holds a tab");
}

void LintTest::whatIsWrongIsNamed()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, finding);
    const Folder folder;
    folder.write("sentences.json", kSentences);
    folder.write(file.toStdString(), content.toStdString());
    const auto findings = exchange::lintConceptX(folder.path(), 10, {});
    VERIFY_RESULT(findings);
    QVERIFY2(textOf(findings.value()).contains(finding), textOf(findings.value()));
}

void LintTest::longListsAreCut()
{
    const Folder folder;
    folder.write("sentences.json", kSentences);
    std::string clusters;
    for (int line = 0; line < 100; ++line)
        clusters += "oops\n";
    folder.write("clusters-2.txt", clusters);
    const auto findings = exchange::lintConceptX(folder.path(), 3, {});
    VERIFY_RESULT(findings);
    QCOMPARE(findings.value().size(), std::size_t{4});
    QVERIFY(findings.value().back().text.starts_with("97 more lines"));
}

QTEST_APPLESS_MAIN(LintTest)
#include "tst_lint.moc"
