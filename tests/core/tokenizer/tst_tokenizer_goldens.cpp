// Every tokenizer gives what Hugging Face's fast tokenizers give: ids, entries, word ids and offsets of all
// lines, from tokenizer.json and from the classic files alone.

#include <QTemporaryDir>

#include <fstream>
#include <set>

#include "golden_lines.h"
#include "support/reference.h"

using nlohmann::json;
using palimpsest::tokenizer::Tokenizer;
namespace fs = std::filesystem;

namespace {

/// Files to copy, and what to change in tokenizer_config.json, before a folder is opened.
struct Variant {
    const char* name;
    const char* folder;
    std::vector<const char*> files;
    const char* goldens = "goldens.jsonl";
    bool prefixSpace = false;
};

const std::vector<Variant>& variants()
{
    static const std::vector<Variant> kVariants = {
        {"cased BERT", "wordpiece-cased", {"tokenizer.json", "tokenizer_config.json"}},
        {"cased BERT, vocab.txt", "wordpiece-cased", {"vocab.txt", "tokenizer_config.json"}},
        {"uncased BERT", "wordpiece-uncased", {"tokenizer.json", "tokenizer_config.json"}},
        {"uncased BERT, vocab.txt alone", "wordpiece-uncased", {"vocab.txt"}},
        {"RoBERTa", "bytelevel-bpe", {"tokenizer.json", "tokenizer_config.json"}},
        {"RoBERTa, vocab.json alone", "bytelevel-bpe", {"vocab.json", "merges.txt"}},
        {"RoBERTa, prefix space", "bytelevel-bpe", {"tokenizer.json", "tokenizer_config.json"},
            "goldens-prefix-space.jsonl", true},
        {"RoBERTa, prefix space, vocab.json", "bytelevel-bpe",
            {"vocab.json", "merges.txt", "tokenizer_config.json"}, "goldens-prefix-space.jsonl", true},
        {"XLM-R", "unigram-xlmr", {"tokenizer.json", "tokenizer_config.json"}},
        {"XLM-R, tokenizer.json alone", "unigram-xlmr", {"tokenizer.json"}},
        {"XLM-R, sentencepiece.bpe.model", "unigram-xlmr",
            {"sentencepiece.bpe.model", "tokenizer_config.json"}},
        {"ALBERT", "unigram-albert", {"tokenizer.json", "tokenizer_config.json"}},
        {"ALBERT, spiece.model alone", "unigram-albert", {"spiece.model"}},
    };
    return kVariants;
}

fs::path source(const char* folder)
{
    return palimpsest::testing::referenceDir() / "tokenizers" / folder;
}

void setPrefixSpace(const fs::path& model)
{
    std::ifstream file(model / "tokenizer_config.json");
    json config = json::parse(file);
    config["add_prefix_space"] = true;
    std::ofstream(model / "tokenizer_config.json") << config;
}

/// The layout of older files on the hub, see reference/tokenizers/README.md: WhitespaceSplit before
/// Metaspace, no collapsing of spaces into a mark, no Strip.
void makeLegacy(const fs::path& from, const fs::path& to)
{
    std::ifstream file(from);
    json root = json::parse(file);
    json kept = json::array();
    for (const json& part : root["normalizer"]["normalizers"]) {
        if (part["type"] != "Strip" && !(part["type"] == "Replace" && part["pattern"].contains("Regex")))
            kept.push_back(part);
    }
    root["normalizer"]["normalizers"] = kept;
    root["pre_tokenizer"] = {{"type", "Sequence"},
        {"pretokenizers",
            {{{"type", "WhitespaceSplit"}},
                {{"type", "Metaspace"}, {"replacement", "\u2581"}, {"add_prefix_space", true}}}}};
    std::ofstream(to) << root;
}

} // namespace

class TestTokenizerGoldens : public QObject {
    Q_OBJECT

private slots:
    void everyLineIsEqual_data();
    void everyLineIsEqual();
    void olderLayoutGivesTheIdsStoredForIt_data();
    void olderLayoutGivesTheIdsStoredForIt();
};

void TestTokenizerGoldens::everyLineIsEqual_data()
{
    QTest::addColumn<int>("variant");
    for (std::size_t i = 0; i < variants().size(); ++i)
        QTest::newRow(variants()[i].name) << static_cast<int>(i);
}

void TestTokenizerGoldens::everyLineIsEqual()
{
    REQUIRE_REFERENCE("tokenizers");
    QFETCH(int, variant);
    const Variant& chosen = variants()[static_cast<std::size_t>(variant)];
    const QTemporaryDir folder;
    const fs::path model = folder.path().toStdString();
    for (const char* file : chosen.files)
        fs::copy_file(source(chosen.folder) / file, model / file);
    if (chosen.prefixSpace)
        setPrefixSpace(model);

    const auto tokenizer = Tokenizer::open(model);
    VERIFY_RESULT(tokenizer);
    const auto goldens = palimpsest::testing::readJsonLines(source(chosen.folder) / chosen.goldens);
    QCOMPARE(goldens.size(), std::size_t{540});
    for (const json& golden : goldens) {
        for (const std::string& difference : {palimpsest::testing::rawDifference(*tokenizer.value(), golden),
                 palimpsest::testing::wordsDifference(*tokenizer.value(), golden, "split"),
                 palimpsest::testing::wordsDifference(*tokenizer.value(), golden, "space")})
            QVERIFY2(difference.empty(), difference.c_str());
    }
}

void TestTokenizerGoldens::olderLayoutGivesTheIdsStoredForIt_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("XLM-R") << QStringLiteral("unigram-xlmr");
    QTest::newRow("ALBERT") << QStringLiteral("unigram-albert");
}

void TestTokenizerGoldens::olderLayoutGivesTheIdsStoredForIt()
{
    REQUIRE_REFERENCE("tokenizers");
    QFETCH(QString, folder);
    const fs::path from = source(folder.toUtf8().constData());
    const QTemporaryDir copy;
    const fs::path model = copy.path().toStdString();
    makeLegacy(from / "tokenizer.json", model / "tokenizer.json");
    fs::copy_file(from / "tokenizer_config.json", model / "tokenizer_config.json");
    const auto tokenizer = Tokenizer::open(model);
    VERIFY_RESULT(tokenizer);

    // Only the texts whose ids change are stored again; of the others just the ids stay equal.
    std::set<int> changed;
    for (const json& golden : palimpsest::testing::readJsonLines(from / "goldens-legacy-diff.jsonl")) {
        const std::string difference = palimpsest::testing::rawDifference(*tokenizer.value(), golden);
        QVERIFY2(difference.empty(), difference.c_str());
        changed.insert(golden["id"].get<int>());
    }
    for (const json& golden : palimpsest::testing::readJsonLines(from / "goldens.jsonl")) {
        if (changed.contains(golden["id"].get<int>()))
            continue;
        const auto encoding = tokenizer.value()->encode(golden["text"].get<std::string>());
        QVERIFY2(golden["ids"] == json(encoding.ids), golden["text"].dump().c_str());
    }
}

QTEST_GUILESS_MAIN(TestTokenizerGoldens)
#include "tst_tokenizer_goldens.moc"
