// Attached label sets come back as they were, say when they no longer fit, and are never half written.

#include <QtTest/QtTest>

#include "core/project/sample_project.h"
#include "fresh_project.h"
#include "project/import_store.h"
#include "project/label_store.h"

using namespace palimpsest;
using project::ImportStore;
using project::LabelStore;
using project::ProjectFile;
using project::Side;

namespace {

std::shared_ptr<const label::LabelTable> tableOf(const std::string& name, std::size_t rows)
{
    label::LabelTableBuilder builder(name);
    for (std::size_t row = 0; row < rows; ++row) {
        if (row % 3 != 0)
            builder.add(row % 3 == 1 ? "größe" : "tab\tand space");
        if (row % 6 == 5)
            builder.add("second");
        builder.endRow();
    }
    return std::move(builder).finish().value();
}

} // namespace

class LabelStoreTest : public QObject, private testing::FreshProject {
    Q_OBJECT

private slots:
    void init();
    void setsComeBackAsTheyWere();
    void aSetOfTheSameNameIsReplacedInItsPlace();
    void setsOfAnotherCorpusStayAndSaySo();
    void tablesOfAnotherSizeAreRefused();
    void unknownNamesAreAnswered();
    void importedFilesAndNumbersComeBack();
};

void LabelStoreTest::init()
{
    begin();
    VERIFY_RESULT(open().writeTokens(*testing::sampleTokens(), base::Fingerprint{1, 2}));
}

void LabelStoreTest::setsComeBackAsTheyWere()
{
    const auto table = tableOf("POS", 40);
    const std::string content("[\"a\0b\"]\n", 8);
    {
        const ProjectFile file = open();
        VERIFY_RESULT(LabelStore(file).attach(*table,
            {"label-json", {{"file", "x=y.json"}, {"name", "POS"}}, true, "labels_POS.json", content}));
    }
    const ProjectFile file = open();
    const LabelStore store(file);
    const auto back = store.read("POS");
    VERIFY_RESULT(back);
    QCOMPARE(back.value()->parts().names, table->parts().names);
    QCOMPARE(back.value()->parts().start, table->parts().start);
    QCOMPARE(back.value()->parts().labels, table->parts().labels);
    const auto origin = store.origin("POS");
    VERIFY_RESULT(origin);
    QVERIFY(origin.value().fileContent == content);
    QCOMPARE(origin.value().options.at("file"), std::string("x=y.json"));
    QVERIFY(origin.value().asConceptX);
}

void LabelStoreTest::aSetOfTheSameNameIsReplacedInItsPlace()
{
    const ProjectFile file = open();
    LabelStore store(file);
    VERIFY_RESULT(store.attach(*tableOf("A", 40), {"casing", {}, false, {}, {}}));
    VERIFY_RESULT(store.attach(*tableOf("B", 40), {"casing", {}, false, {}, {}}));
    VERIFY_RESULT(store.attach(*tableOf("A", 40), {"length", {}, false, {}, {}}));
    const auto entries = store.list();
    VERIFY_RESULT(entries);
    QCOMPARE(entries.value().size(), std::size_t{2});
    QCOMPARE(entries.value()[0].name, std::string("A"));
    QCOMPARE(entries.value()[0].source, std::string("length"));
}

void LabelStoreTest::setsOfAnotherCorpusStayAndSaySo()
{
    ProjectFile file = open();
    LabelStore store(file);
    VERIFY_RESULT(store.attach(*tableOf("A", 40), {"casing", {}, false, "labels_A.json", "[]"}));
    VERIFY_RESULT(file.writeTokens(*testing::sampleTokens(5), base::Fingerprint{3, 4}));
    QCOMPARE(store.list().value().front().fits, false);
    QCOMPARE(store.read("A").error().code, base::ErrorCode::ShapeMismatch);
    QCOMPARE(store.origin("A").value().fileContent, std::string("[]"));
    VERIFY_RESULT(store.attach(*tableOf("A", 50), {"casing", {}, false, {}, {}}));
    QCOMPARE(store.list().value().front().fits, true);
}

void LabelStoreTest::tablesOfAnotherSizeAreRefused()
{
    const ProjectFile file = open();
    QCOMPARE(LabelStore(file).attach(*tableOf("A", 39), {"casing", {}, false, {}, {}}).error().code,
        base::ErrorCode::ShapeMismatch);
    QVERIFY(LabelStore(file).list().value().empty());
}

void LabelStoreTest::unknownNamesAreAnswered()
{
    const ProjectFile file = open();
    LabelStore store(file);
    VERIFY_RESULT(store.attach(*tableOf("POS", 40), {"casing", {}, false, {}, {}}));
    QCOMPARE(store.read("pos").error().code, base::ErrorCode::NotFound);
    QVERIFY(store.read("pos").error().message.find("it has POS") != std::string::npos);
    QCOMPARE(store.remove("pos").error().code, base::ErrorCode::NotFound);
    VERIFY_RESULT(store.remove("POS"));
    QVERIFY(store.list().value().empty());
}

void LabelStoreTest::importedFilesAndNumbersComeBack()
{
    const ProjectFile file = open();
    ImportStore store(file);
    VERIFY_RESULT(store.writeNumbers(Side::Base, 3, 3, {523, 0, 7}));
    VERIFY_RESULT(store.writeFile(Side::Base, 3, "clusters-3.txt", 3, "a|||1|||0|||0|||523\n"));
    VERIFY_RESULT(store.writeFile(Side::Base, 3, "annotations.json", 0, "{}"));
    QCOMPARE(*store.numbers(Side::Base, 3, 3).value(), (std::vector<std::uint32_t>{523, 0, 7}));
    QVERIFY(!store.numbers(Side::FineTuned, 3, 3).value().has_value());
    QCOMPARE(store.cuts(Side::Base, 3).value(), (std::vector<std::size_t>{3}));
    const auto files = store.files(Side::Base, 3);
    VERIFY_RESULT(files);
    QCOMPARE(files.value().size(), std::size_t{2});
    QCOMPARE(files.value()[1].content, std::string("a|||1|||0|||0|||523\n"));
    VERIFY_RESULT(store.clear(Side::Base, 3));
    QVERIFY(store.files(Side::Base, 3).value().empty());
}

QTEST_APPLESS_MAIN(LabelStoreTest)
#include "tst_label_store.moc"
