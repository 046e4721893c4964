// A label table holds what rows are called; labels that say "none" are told apart; damaged parts are refused.

#include <functional>
#include <set>

#include "core/label/label_fixture.h"
#include "support/reference.h"

using namespace palimpsest;
using label::LabelParts;
using label::LabelTable;
using label::LabelTableBuilder;

namespace {

std::shared_ptr<const LabelTable> tableOf(const std::string& name, const std::vector<Rows>& rows)
{
    LabelTableBuilder builder(name);
    for (const Rows& row : rows) {
        for (const std::string& label : row)
            builder.add(label);
        builder.endRow();
    }
    return std::move(builder).finish().value();
}

} // namespace

class LabelTableTest : public QObject {
    Q_OBJECT

private slots:
    void rowsHaveNoneOneOrSeveralLabels();
    void labelsThatSayNoneAreToldApart_data();
    void labelsThatSayNoneAreToldApart();
    void jointLabelsHoldTogether();
    void damagedPartsAreRefused_data();
    void damagedPartsAreRefused();
    void everySourceIsListedOnceAndUnknownNamesAreAnswered();
};

void LabelTableTest::rowsHaveNoneOneOrSeveralLabels()
{
    const auto table = tableOf("Set", {{"b", "a", "b"}, {}, {"a"}});
    QCOMPARE(testing::rowsOf(*table), (Rows{"b a", "", "a"}));
    QCOMPARE(table->parts().names, (Rows{"b", "a"}));
    QCOMPARE(table->rowCount(), std::size_t{3});
}

void LabelTableTest::labelsThatSayNoneAreToldApart_data()
{
    QTest::addColumn<std::vector<std::string>>("labels");
    QTest::addColumn<std::string>("label");
    QTest::addColumn<bool>("saysNone");
    QTest::newRow("_UNK") << Rows{"NO_UNK", "FW"} << std::string("NO_UNK") << true;
    QTest::newRow("SEM's own UNK") << Rows{"UNK", "PER"} << std::string("UNK") << false;
    QTest::newRow("outside of chunks") << Rows{"B-NP", "O", "I-NP"} << std::string("O") << true;
    QTest::newRow("a label called O") << Rows{"B-NP", "O", "X"} << std::string("O") << false;
    QTest::newRow("O alone") << Rows{"O"} << std::string("O") << false;
}

void LabelTableTest::labelsThatSayNoneAreToldApart()
{
    QFETCH(std::vector<std::string>, labels);
    QFETCH(std::string, label);
    QFETCH(bool, saysNone);
    const auto table = tableOf("Set", {labels});
    const auto found = std::find(labels.begin(), labels.end(), label) - labels.begin();
    QCOMPARE(table->saysNone(static_cast<label::LabelId>(found)), saysNone);
}

void LabelTableTest::jointLabelsHoldTogether()
{
    const auto tags = tableOf("POS", {{"NNS"}, {"NN"}, {"NNS"}, {}});
    const auto suffixes = tableOf("Suffixes", {{"-s"}, {"-s"}, {"NO_UNK"}, {"-s"}});
    const auto joint = label::joinLabels(*tags, *suffixes);
    VERIFY_RESULT(joint);
    QCOMPARE(joint.value()->name(), std::string("POS + Suffixes"));
    QCOMPARE(testing::rowsOf(*joint.value()), (Rows{"NNS + -s", "NN + -s", "", ""}));
    QCOMPARE(
        label::joinLabels(*tags, *tableOf("Other", {{"x"}})).error().code, base::ErrorCode::ShapeMismatch);
}

using Damage = std::function<void(LabelParts&)>;
Q_DECLARE_METATYPE(Damage)

void LabelTableTest::damagedPartsAreRefused_data()
{
    QTest::addColumn<Damage>("damage");
    const auto row = [](const char* name, Damage damage) { QTest::newRow(name) << std::move(damage); };
    row("no rows", [](LabelParts& p) { p.start.clear(); });
    row("first start is not 0", [](LabelParts& p) { p.start[0] = 1; });
    row("starts go back", [](LabelParts& p) { p.start[1] = 3, p.start[2] = 2; });
    row("last start is beyond the labels", [](LabelParts& p) { p.start.back() = 4; });
    row("a label that does not exist", [](LabelParts& p) { p.labels[0] = 2; });
    row("a label twice in a row", [](LabelParts& p) { p.labels[1] = p.labels[0]; });
    row("two labels of one name", [](LabelParts& p) { p.names[1] = p.names[0]; });
}

void LabelTableTest::damagedPartsAreRefused()
{
    QFETCH(Damage, damage);
    LabelParts parts{"Set", {"a", "b"}, {0, 2, 3}, {0, 1, 1}, false};
    VERIFY_RESULT(LabelTable::fromParts(parts));
    damage(parts);
    QCOMPARE(LabelTable::fromParts(parts).error().code, base::ErrorCode::Malformed);
}

void LabelTableTest::everySourceIsListedOnceAndUnknownNamesAreAnswered()
{
    std::set<std::string_view> ids;
    for (const label::SourceDescriptor& source : label::sources())
        QVERIFY2(ids.insert(source.id).second, std::string(source.id).c_str());
    const auto unknown = label::makeSource("casings", {});
    QCOMPARE(unknown.error().code, base::ErrorCode::NotFound);
    QVERIFY(unknown.error().message.find("casing, prefixes") != std::string::npos);
    label::SourceSetup setup;
    setup.options["colour"] = "red";
    QCOMPARE(label::makeSource("suffixes", setup).error().code, base::ErrorCode::InvalidArgument);
}

QTEST_APPLESS_MAIN(LabelTableTest)
#include "tst_label_table.moc"
