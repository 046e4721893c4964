// Annotations leave and come back unchanged in both formats; what is wrong in a file is named by its place.

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "exchange/annotation_files.h"
#include "support/reference.h"

using namespace palimpsest;
using project::Annotation;

namespace {

std::vector<Annotation> samples()
{
    Annotation first;
    first.key = {"Åsa", project::Side::Base, 3, 812};
    first.size = 17;
    first.k = 600;
    first.tree = {0xfedcba9876543210ULL, 0x1ULL};
    first.name = "größe \\ \"words\"";
    first.tags = {"noun", "size word"};
    first.note = "line one\nline two\ttabbed \\n";
    first.rating = 4;
    Annotation second;
    second.key = {"B", project::Side::FineTuned, 0, 5};
    second.size = 1;
    second.k = 2;
    second.note = "only a note";
    return {first, second};
}

void compare(const std::vector<Annotation>& back)
{
    const auto expected = samples();
    QCOMPARE(back.size(), expected.size());
    for (std::size_t i = 0; i < back.size(); ++i) {
        QVERIFY(back[i].key == expected[i].key);
        QVERIFY(back[i].tree == expected[i].tree);
        QCOMPARE(back[i].size, expected[i].size);
        QCOMPARE(back[i].k, expected[i].k);
        QCOMPARE(back[i].name, expected[i].name);
        QCOMPARE(back[i].tags, expected[i].tags);
        QCOMPARE(back[i].note, expected[i].note);
        QCOMPARE(back[i].rating, expected[i].rating);
    }
}

std::string replaced(std::string text, const std::string& what, const std::string& by)
{
    text.replace(text.find(what), what.size(), by);
    return text;
}

} // namespace

class AnnotationFilesTest : public QObject {
    Q_OBJECT

private slots:
    void bothFormatsComeBack_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("JSON") << "names.json";
        QTest::newRow("table") << "names.tsv";
    }

    void bothFormatsComeBack()
    {
        QFETCH(QString, name);
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(name).toStdString();
        VERIFY_RESULT(exchange::writeAnnotations(file, samples()));
        const auto back = exchange::readAnnotations(file);
        VERIFY_RESULT(back);
        compare(back.value());
    }

    void aTableMayHaveWindowsLineEnds()
    {
        std::string text = exchange::annotationsTsv(samples());
        for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2))
            text.replace(at, 1, "\r\n");
        const auto back = exchange::parseAnnotations(text, "t");
        VERIFY_RESULT(back);
        compare(back.value());
    }

    void faultsNameTheirPlace_data()
    {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("part");
        const std::string table = exchange::annotationsTsv(samples());
        const std::string json = exchange::annotationsJson(samples());
        const auto row = [](const char* name, const std::string& content, const char* part) {
            QTest::newRow(name) << QString::fromStdString(content) << QString::fromUtf8(part);
        };
        row("no heading", "a\tb\n", "line 1 is not the heading");
        row("model", replaced(table, "\tbase\t", "\tother\t"), "line 2 has a model");
        row("number", replaced(table, "\t812\t", "\t8x2\t"), "line 2 has a layer, node");
        row("too large", replaced(table, "\t812\t", "\t99999999999\t"), "line 2 has a layer, node");
        row("tree", replaced(table, "fedcba", "xedcba"), "line 2 has a tree");
        row("few fields", replaced(table, "\tonly a note", ""), "line 3 has fewer than 11");
        row("many fields", replaced(table, "only a note", "a\tb"), "line 3 has more than 11");
        row("rating", replaced(table, "\t4\t", "\t9\t"), "line 2 cannot be used");
        row("no JSON", "{\"format\": ", "is not a file of annotations");
        row("other JSON", "{\"a\": 1}", "is not a file of annotations");
        row("entry", replaced(json, "\"base\"", "7"), "annotation 1 has a model");
        row("newer", replaced(json, "\"version\": 1", "\"version\": 2"), "newer Palimpsest");
    }

    void faultsNameTheirPlace()
    {
        QFETCH(QString, content);
        QFETCH(QString, part);
        const auto result = exchange::parseAnnotations(content.toStdString(), "f");
        QVERIFY(!result);
        QVERIFY2(
            QString::fromStdString(result.error().message).contains(part), result.error().message.c_str());
    }
};

QTEST_APPLESS_MAIN(AnnotationFilesTest)
#include "tst_annotation_files.moc"
