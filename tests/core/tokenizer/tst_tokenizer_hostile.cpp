// Whatever is in the files, opening a tokenizer ends with a tokenizer or with a sentence, and encoding ends
// too. Damaged copies of small files of each kind, by a fixed seed; PALIMPSEST_FUZZ_ROUNDS raises their
// number (run it with the asan preset).

#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <limits>
#include <random>

#include <nlohmann/json.hpp>

#include "golden_lines.h"
#include "support/reference.h"
#include "tokenizer/tokenizer.h"

using nlohmann::json;
using palimpsest::tokenizer::Encoding;
using palimpsest::tokenizer::Tokenizer;
namespace fs = std::filesystem;

namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t limit)
{
    return limit == 0 ? 0 : random() % limit;
}

void write(const fs::path& path, const std::string& content)
{
    fs::remove(path); // ext4 flushes a file that is truncated and written again, which is slow
    std::ofstream(path, std::ios::binary) << content;
}

/// Flips, inserts, removes, doubles or cuts off a few bytes.
std::string damageBytes(std::string content, Random& random)
{
    for (std::size_t i = below(random, 4) + 1; i > 0 && !content.empty(); --i) {
        const std::size_t at = below(random, content.size());
        const std::size_t length = std::min(below(random, 9) + 1, content.size() - at);
        switch (below(random, 6)) {
        case 0:
            content[at] = static_cast<char>(random());
            break;
        case 1:
            content[at] = static_cast<char>(content[at] ^ (1U << below(random, 8)));
            break;
        case 2:
            content.erase(at, length);
            break;
        case 3:
            content.insert(at, content.substr(below(random, content.size()), length));
            break;
        case 4:
            content.insert(at, length, static_cast<char>(random()));
            break;
        default:
            if (below(random, 4) == 0)
                content.resize(at);
        }
    }
    return content;
}

json randomValue(Random& random)
{
    static const std::vector<json> kValues = {nullptr, true, false, 0, -1, 1, 3, 255, 4'000'000, 4'000'001,
        2'147'483'648U, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::uint64_t>::max(),
        1e308, -1e308, "", " ", "a", "\u2581", "(a+)+$", "(", "[", "\\", "[MASK]", std::string(300, 'a'),
        "AAAA", json::array(), json::object(), {{"type", "Sequence"}}, {"a", "b"},
        {{"Regex", "(\\w+\\s?)+$"}}, {{"String", ""}}};
    return kValues[below(random, kValues.size())];
}

/// Walks to a random place of the document and puts something else there.
void damageTree(json& document, Random& random)
{
    json* place = &document;
    for (int depth = 0; depth < 8 && place->is_structured() && !place->empty(); ++depth) {
        if (depth > 0 && below(random, 4) == 0)
            break;
        auto child = place->begin();
        std::advance(child, static_cast<std::ptrdiff_t>(below(random, place->size())));
        place = &*child;
    }
    *place = randomValue(random);
}

/// A protobuf field with length: number, size, bytes.
std::string field(unsigned number, const std::string& bytes)
{
    std::string result;
    for (unsigned tag = (number << 3U) | 2U; tag > 0; tag >>= 7U)
        result.push_back(static_cast<char>((tag & 0x7FU) | (tag > 0x7FU ? 0x80U : 0U)));
    for (std::size_t size = bytes.size(), first = 1; size > 0 || first > 0; size >>= 7U, first = 0)
        result.push_back(static_cast<char>((size & 0x7FU) | (size > 0x7FU ? 0x80U : 0U)));
    return result + bytes;
}

std::string smallSentencePiece(char modelType)
{
    std::string pieces;
    float score = 0.0F;
    for (const char* text : {"<unk>", "<s>", "</s>", "[CLS]", "[SEP]", "[MASK]", "\u2581", "a", "b", "ab",
             "\u2581a", "\u2581ab"}) {
        std::string bits(sizeof score, '\0');
        std::memcpy(bits.data(), &score, sizeof score);
        pieces += field(1, field(1, text) + "\x15" + bits);
        score -= 1.0F;
    }
    const std::string trainer{'\x18', modelType};
    // Two units of a double array and one replacement text.
    const std::string charsmap = std::string("\x08\0\0\0\0\x04\0\0\x61\x01\0\0", 12) + std::string("x\0", 2);
    return pieces + field(2, trainer) + field(3, field(2, charsmap));
}

const std::vector<std::string>& texts()
{
    static const std::vector<std::string> kTexts = {"", " ", "the a[MASK]b  <mask> don't",
        "\u00e9e\u0301\u0327 \ufb01 \u4e2d\U0001f468\u200d\U0001f469", "ab\xff\xfe\xe2\x82",
        std::string(300, 'a'), std::string("\0a\r\n\x0b", 5)};
    return kTexts;
}

/// Encodes all texts if the folder opens. False if something in the result cannot be.
bool survives(const fs::path& folder)
{
    const auto opened = Tokenizer::open(folder);
    if (!opened)
        return !opened.error().message.empty();
    for (const std::string& text : texts()) {
        const Encoding encoding = opened.value()->encode(text);
        const std::array<std::string_view, 2> words = {text, "a"};
        const Encoding byWords = opened.value()->encodeWords(words);
        for (const Encoding* e : {&encoding, &byWords}) {
            if (e->ids.size() != e->offsets.size() || e->ids.size() != e->wordIds.size())
                return false;
            for (const auto& [begin, end] : e->offsets) {
                if (begin > end || end > text.size() + 1)
                    return false;
            }
        }
    }
    return true;
}

} // namespace

class TestTokenizerHostile : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void damagedJsonTrees();
    void damagedJsonBytes();
    void damagedSentencePieceModels();
    void damagedTextFiles();
    void aPatternThatBacktracksForeverEnds();

private:
    template <typename Damage>
    void repeat(const char* file, Damage damage);

    std::vector<json> m_components = palimpsest::testing::readJsonLines(TEST_DATA_DIR "/components.jsonl");
    int m_rounds = 1500;
};

void TestTokenizerHostile::initTestCase()
{
    const int wanted = qEnvironmentVariableIntValue("PALIMPSEST_FUZZ_ROUNDS");
    m_rounds = wanted > 0 ? wanted : m_rounds;
    QVERIFY(!m_components.empty());
    for (json& component : m_components) {
        component.erase("cases");
        if (component["model"].is_null())
            component["model"] = {{"type", "WordLevel"}, {"unk_token", "?"}, {"vocab", {{"?", 0}, {"a", 1}}}};
    }
}

template <typename Damage>
void TestTokenizerHostile::repeat(const char* file, Damage damage)
{
    const QTemporaryDir folder;
    const fs::path path = folder.path().toStdString();
    for (int round = 0; round < m_rounds; ++round) {
        Random random(static_cast<Random::result_type>(round));
        write(path / file, damage(random));
        QVERIFY2(
            survives(path), qPrintable(QStringLiteral("%1, seed %2").arg(QLatin1String(file)).arg(round)));
    }
}

void TestTokenizerHostile::damagedJsonTrees()
{
    repeat("tokenizer.json", [this](Random& random) {
        json document = m_components[below(random, m_components.size())];
        for (std::size_t i = below(random, 3) + 1; i > 0; --i)
            damageTree(document, random);
        return document.dump();
    });
}

void TestTokenizerHostile::damagedJsonBytes()
{
    repeat("tokenizer.json", [this](Random& random) {
        return damageBytes(m_components[below(random, m_components.size())].dump(), random);
    });
}

void TestTokenizerHostile::damagedSentencePieceModels()
{
    for (const char* file : {"spiece.model", "sentencepiece.bpe.model", "tokenizer.model"})
        repeat(file, [](Random& random) {
            return damageBytes(smallSentencePiece(static_cast<char>(1 + below(random, 2))), random);
        });
}

void TestTokenizerHostile::damagedTextFiles()
{
    repeat("vocab.txt", [](Random& random) {
        return damageBytes("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\n##a\r\na\nb\n", random);
    });
    const QTemporaryDir folder;
    const fs::path path = folder.path().toStdString();
    for (int round = 0; round < m_rounds; ++round) {
        Random random(static_cast<Random::result_type>(round));
        write(path / "vocab.json",
            damageBytes(R"({"<s>":0,"</s>":1,"a":2,"b":3,"ab":4,"\u0120":5,"\u0120a":6})", random));
        write(path / "merges.txt", damageBytes("#version: 0.2\na b\n\u0120 a\n", random));
        QVERIFY2(survives(path), qPrintable(QStringLiteral("vocab.json, seed %1").arg(round)));
    }
}

void TestTokenizerHostile::aPatternThatBacktracksForeverEnds()
{
    json document = m_components.front();
    document["normalizer"]
        = {{"type", "Replace"}, {"pattern", {{"Regex", "(a|aa|aaa)+$"}}}, {"content", "x"}};
    const QTemporaryDir folder;
    const fs::path path = folder.path().toStdString();
    write(path / "tokenizer.json", document.dump());
    const auto opened = Tokenizer::open(path);
    VERIFY_RESULT(opened);
    QVERIFY(!opened.value()->encode(std::string(200, 'a') + "b").ids.empty());
}

QTEST_GUILESS_MAIN(TestTokenizerHostile)
#include "tst_tokenizer_hostile.moc"
