// Every normalizer, pre-tokenizer, post-processor and model of tokenizer.json does with awkward texts what it
// does in Hugging Face tokenizers 0.19.1. The expected values are in data/components.jsonl, made by
// data/make_components.py.

#include <QTemporaryDir>

#include <fstream>

#include "golden_lines.h"
#include "support/reference.h"

using nlohmann::json;
using palimpsest::tokenizer::Tokenizer;
namespace fs = std::filesystem;

namespace {

/// The model of the lines without one: every byte is a token, so that the ids spell out the text.
json byteModel()
{
    json vocabulary = {{"<unk>", 0}};
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (unsigned byte = 0; byte < 256; ++byte)
        vocabulary[std::string{'<', '0', 'x', kDigits[byte / 16], kDigits[byte % 16], '>'}] = byte + 1;
    return {{"type", "BPE"}, {"unk_token", "<unk>"}, {"byte_fallback", true}, {"vocab", vocabulary},
        {"merges", json::array()}};
}

/// Opens the folder and encodes the texts of `cases` ([text, ids, offsets]).
std::string firstDifference(const fs::path& folder, const json& cases)
{
    const auto tokenizer = Tokenizer::open(folder);
    if (!tokenizer)
        return tokenizer.error().message;
    for (const json& item : cases) {
        const json golden = {{"id", nullptr}, {"text", item[0]}, {"ids", item[1]}, {"offsets", item[2]}};
        if (std::string difference = palimpsest::testing::rawDifference(*tokenizer.value(), golden);
            !difference.empty())
            return difference;
    }
    return cases.empty() ? "there are no cases" : std::string();
}

} // namespace

class TestTokenizerComponents : public QObject {
    Q_OBJECT

private slots:
    void doesWhatItDoesInHuggingFaceTokenizers_data();
    void doesWhatItDoesInHuggingFaceTokenizers();
    void classicFilesAreReadAsTransformersConvertsThem_data();
    void classicFilesAreReadAsTransformersConvertsThem();

private:
    std::vector<json> m_components = palimpsest::testing::readJsonLines(TEST_DATA_DIR "/components.jsonl");
    std::vector<json> m_classic = palimpsest::testing::readJsonLines(TEST_DATA_DIR "/classic.jsonl");
};

void TestTokenizerComponents::doesWhatItDoesInHuggingFaceTokenizers_data()
{
    QTest::addColumn<int>("index");
    QCOMPARE(m_components.size(), std::size_t{58});
    for (std::size_t i = 0; i < m_components.size(); ++i)
        QTest::newRow(m_components[i]["name"].get<std::string>().c_str()) << static_cast<int>(i);
}

void TestTokenizerComponents::doesWhatItDoesInHuggingFaceTokenizers()
{
    QFETCH(int, index);
    json description = m_components[static_cast<std::size_t>(index)];
    if (description["model"].is_null())
        description["model"] = byteModel();
    const QTemporaryDir folder;
    std::ofstream(fs::path(folder.path().toStdString()) / "tokenizer.json") << description;
    const std::string difference = firstDifference(folder.path().toStdString(), description["cases"]);
    QVERIFY2(difference.empty(), difference.c_str());
}

void TestTokenizerComponents::classicFilesAreReadAsTransformersConvertsThem_data()
{
    QTest::addColumn<int>("index");
    QCOMPARE(m_classic.size(), std::size_t{16});
    for (std::size_t i = 0; i < m_classic.size(); ++i)
        QTest::newRow(m_classic[i]["name"].get<std::string>().c_str()) << static_cast<int>(i);
}

void TestTokenizerComponents::classicFilesAreReadAsTransformersConvertsThem()
{
    QFETCH(int, index);
    const json& description = m_classic[static_cast<std::size_t>(index)];
    const QTemporaryDir folder;
    for (const auto& [name, content] : description["files"].items()) {
        std::ofstream file(fs::path(folder.path().toStdString()) / name, std::ios::binary);
        if (content.is_string())
            file << content.get<std::string>();
        else
            file << QByteArray::fromBase64(QByteArray::fromStdString(content["base64"].get<std::string>()))
                        .toStdString();
    }
    const std::string difference = firstDifference(folder.path().toStdString(), description["cases"]);
    QVERIFY2(difference.empty(), difference.c_str());
}

QTEST_GUILESS_MAIN(TestTokenizerComponents)
#include "tst_tokenizer_components.moc"
