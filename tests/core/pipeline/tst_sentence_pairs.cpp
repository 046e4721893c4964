// Sentence pairs: ids and segments as Hugging Face gives them (data/make_pairs.py), predictions and
// activations of the words of both texts, and a study from the table to triggers in the second text.

#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <cmath>
#include <fstream>

#include <nlohmann/json.hpp>

#include "activation/extraction.h"
#include "pipeline/run_study.h"
#include "pipeline/trigger_search.h"
#include "support/reference.h"
#include "support/reference_study.h"
#include "tokenizer/word_alignment.h"

using namespace palimpsest;
using nlohmann::json;

namespace {

std::vector<json> readLines(const std::string& name)
{
    std::ifstream file(std::string(TEST_DATA_DIR) + "/" + name);
    std::vector<json> lines;
    for (std::string line; std::getline(file, line);)
        lines.push_back(json::parse(line));
    return lines;
}

std::vector<std::string_view> wordsOf(const std::string& text)
{
    std::vector<std::string_view> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        words.push_back(std::string_view(text).substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

/// The table that the golden pairs make, with classes of our own.
std::string pairTable(const std::vector<json>& lines)
{
    std::string table = "premise\thypothesis\tlabel\n";
    for (std::size_t i = 0; i < lines.size(); ++i)
        table += lines[i]["first"].get<std::string>() + "\t" + lines[i]["second"].get<std::string>() + "\t"
            + (i % 2 == 0 ? "negative" : "positive") + "\n";
    return table;
}

base::Result<std::shared_ptr<const corpus::Corpus>> readTable(
    const QTemporaryDir& folder, const std::string& table, corpus::ReadOptions options)
{
    const std::filesystem::path path = folder.filePath(QStringLiteral("pairs.tsv")).toStdString();
    std::ofstream(path, std::ios::binary) << table;
    return corpus::readCorpus(path, options, {});
}

corpus::ReadOptions pairColumns()
{
    corpus::ReadOptions options;
    options.textColumn = "premise";
    options.pairColumn = "hypothesis";
    options.labelColumn = "label";
    return options;
}

} // namespace

class tst_SentencePairs : public QObject {
    Q_OBJECT

private slots:
    void idsAndSegmentsEqualHuggingFace();
    void wordsOfTheSecondTextFollow();
    void cuttingTakesIncompleteWordsAway();
    void tablesOfPairsAreRead();
    void wrongColumnsAreSaid();
    void damagedPairsAreRefused();
    void aTokenizerWithoutAUsablePairTemplateReadsSingleTextsOnly();
    void logitsAndStatesEqualTransformers();
    void aStudyOfPairsKeepsThem();
};

void tst_SentencePairs::idsAndSegmentsEqualHuggingFace()
{
    REQUIRE_REFERENCE("tokenizers/wordpiece-uncased/tokenizer.json");
    std::map<std::string, std::shared_ptr<const tokenizer::Tokenizer>> tokenizers;
    std::size_t compared = 0;
    for (const json& line : readLines("pairs.jsonl")) {
        const auto name = line["tokenizer"].get<std::string>();
        if (!tokenizers.contains(name)) {
            const auto opened = tokenizer::Tokenizer::open(testing::referenceDir() / "tokenizers" / name);
            VERIFY_RESULT(opened);
            tokenizers[name] = opened.value();
        }
        const auto first = line["first"].get<std::string>(), second = line["second"].get<std::string>();
        const auto pair = tokenizer::encodePair(*tokenizers[name], wordsOf(first), wordsOf(second));
        QCOMPARE(pair.ids, line["ids"].get<std::vector<std::int32_t>>());
        QCOMPARE(pair.types, line["types"].get<std::vector<std::int32_t>>());
        const auto cut = tokenizer::cutTo(pair, 14);
        QCOMPARE(cut.ids, line["cut_ids"].get<std::vector<std::int32_t>>());
        QCOMPARE(cut.types, line["cut_types"].get<std::vector<std::int32_t>>());
        ++compared;
    }
    QCOMPARE(compared, 40U);
}

void tst_SentencePairs::wordsOfTheSecondTextFollow()
{
    REQUIRE_REFERENCE("tokenizers/wordpiece-uncased/tokenizer.json");
    const auto opened = tokenizer::Tokenizer::open(testing::referenceDir() / "tokenizers/wordpiece-uncased");
    VERIFY_RESULT(opened);
    const std::vector<std::string_view> first{"good", "film"}, second{"bad", "\xe2\x80\x8b", "plot"}, none;
    const auto pair = tokenizer::encodePair(*opened.value(), first, second);
    QCOMPARE(pair.wordCount, 5U);
    QCOMPARE(pair.wordsWithoutPiece, std::vector<std::uint32_t>{3}); // the zero-width space
    QCOMPARE(pair.wordOfPiece[pair.secondBegin], 2);
    QCOMPARE(pair.types[pair.secondBegin], 1);
    QCOMPARE(pair.wordOfPiece[pair.secondBegin - 1], -1);
    const auto empty = tokenizer::encodePair(*opened.value(), first, none);
    QCOMPARE(empty.ids.size(), 5U); // [CLS] good film [SEP] [SEP]
    QCOMPARE(empty.types.back(), 1);
}

void tst_SentencePairs::cuttingTakesIncompleteWordsAway()
{
    REQUIRE_REFERENCE("tokenizers/wordpiece-uncased/tokenizer.json");
    const auto opened = tokenizer::Tokenizer::open(testing::referenceDir() / "tokenizers/wordpiece-uncased");
    VERIFY_RESULT(opened);
    const std::string first = "antidisestablishmentarianism antidisestablishmentarianism", second = "short";
    const auto whole = tokenizer::encodePair(*opened.value(), wordsOf(first), wordsOf(second));
    const auto cut = tokenizer::cutTo(whole, whole.ids.size() - 1);
    QCOMPARE(cut.ids.size(), whole.ids.size() - 1);
    QCOMPARE(cut.wordsWithoutPiece, std::vector<std::uint32_t>{1});
    QVERIFY(std::find(cut.wordOfPiece.begin(), cut.wordOfPiece.end(), 2) != cut.wordOfPiece.end());
    QCOMPARE(cut.wordOfPiece[cut.secondBegin], 2);
}

void tst_SentencePairs::tablesOfPairsAreRead()
{
    const QTemporaryDir folder;
    const auto read = readTable(folder, "premise\thypothesis\tlabel\na b\tc a\tx\n\td\ty\n\n", pairColumns());
    VERIFY_RESULT(read);
    const corpus::Corpus& corpus = *read.value();
    QVERIFY(corpus.hasPairs());
    QCOMPARE(corpus.sentenceCount(), 3U);
    QCOMPARE(corpus.text(base::SentenceId{0}), std::string("a b c a"));
    QCOMPARE(corpus.firstTextWords(base::SentenceId{0}), 2U);
    QCOMPARE(corpus.firstTextWords(base::SentenceId{1}), 0U);
    QCOMPARE(corpus.wordsOf(base::SentenceId{2}).size(), 0U);
    QCOMPARE(corpus.classOf(base::SentenceId{1}), 1);
    corpus::ReadOptions shorter = pairColumns();
    shorter.maxWords = 4; // both texts count
    const auto dropped = readTable(folder, "premise\thypothesis\tlabel\na b\tc a\tx\na\tb\ty\n", shorter);
    VERIFY_RESULT(dropped);
    QCOMPARE(dropped.value()->sentenceCount(), 1U);
    corpus::ReadOptions single = pairColumns();
    single.pairColumn.clear();
    const auto one = readTable(folder, "premise\thypothesis\tlabel\na b\tc a\tx\n", single);
    VERIFY_RESULT(one);
    QVERIFY(!one.value()->hasPairs());
    QCOMPARE(one.value()->firstTextWords(base::SentenceId{0}), 2U);
}

void tst_SentencePairs::wrongColumnsAreSaid()
{
    const QTemporaryDir folder;
    corpus::ReadOptions options = pairColumns();
    options.pairColumn = "premise";
    const auto same = readTable(folder, "premise\thypothesis\tlabel\na\tb\tx\n", options);
    QVERIFY(!same);
    QCOMPARE(same.error().code, base::ErrorCode::InvalidArgument);
    options.pairColumn = "conclusion";
    const auto unknown = readTable(folder, "premise\thypothesis\tlabel\na\tb\tx\n", options);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, base::ErrorCode::NotFound);
    QVERIFY(unknown.error().message.find("hypothesis") != std::string::npos);
}

void tst_SentencePairs::damagedPairsAreRefused()
{
    corpus::CorpusParts parts;
    parts.vocabulary = {"a", "b"};
    parts.words = {0, 1};
    parts.sentenceStart = {0, 2};
    parts.sentenceClass = {corpus::kNoClass};
    parts.sourceLine = {1};
    parts.firstTextWords = {3};
    QCOMPARE(corpus::Corpus::fromParts(parts).error().code, base::ErrorCode::Malformed);
    parts.firstTextWords = {1, 1};
    QCOMPARE(corpus::Corpus::fromParts(parts).error().code, base::ErrorCode::Malformed);
    parts.firstTextWords = {2};
    VERIFY_RESULT(corpus::Corpus::fromParts(parts));
}

void tst_SentencePairs::aTokenizerWithoutAUsablePairTemplateReadsSingleTextsOnly()
{
    REQUIRE_REFERENCE("tokenizers/wordpiece-uncased/tokenizer.json");
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    std::ifstream file(testing::referenceDir() / "tokenizers/wordpiece-uncased/tokenizer.json");
    json description = json::parse(file);
    description["post_processor"] = {{"type", "TemplateProcessing"},
        {"single", {{{"Sequence", {{"id", "A"}, {"type_id", 0}}}}}},
        {"pair",
            {{{"Sequence", {{"id", "B"}, {"type_id", 0}}}}, {{"Sequence", {{"id", "A"}, {"type_id", 0}}}}}},
        {"special_tokens", json::object()}};
    std::ofstream(path / "tokenizer.json") << description;
    const auto opened = tokenizer::Tokenizer::open(path);
    VERIFY_RESULT(opened);
    QCOMPARE(tokenizer::encodeSentence(*opened.value(), wordsOf("a film")).ids.size(), std::size_t{2});

    const auto corpus = readTable(folder, "premise\thypothesis\tlabel\na film\tit ends\tx\n", pairColumns());
    VERIFY_RESULT(corpus);
    QCOMPARE(pipeline::encodeCorpus(*corpus.value(), *opened.value(), {}, {}).error().code,
        base::ErrorCode::Unsupported);
}

void tst_SentencePairs::logitsAndStatesEqualTransformers()
{
    if (!testing::hasReferencePair())
        QSKIP("reference data is absent: pairs/minilm-sst2 (set PALIMPSEST_REFERENCE_DIR)");
    const auto lines = readLines("pair_states.jsonl");
    const QTemporaryDir folder;
    const auto corpus = readTable(folder, pairTable(lines), pairColumns());
    VERIFY_RESULT(corpus);
    const auto model = model::Model::open(testing::referenceFineTuned());
    VERIFY_RESULT(model);
    const auto tokenizer = tokenizer::Tokenizer::open(testing::referenceFineTuned());
    VERIFY_RESULT(tokenizer);
    const auto encoded = pipeline::encodeCorpus(
        *corpus.value(), *tokenizer.value(), {model.value()->config().maxPieces}, {});
    VERIFY_RESULT(encoded);
    const auto pieces = encoded.value().pieces();
    const auto predictions = probe::predict(*model.value(), pieces, {});
    VERIFY_RESULT(predictions);
    const std::size_t hidden = model.value()->config().hiddenSize;
    for (std::uint32_t s = 0; s < lines.size(); ++s) {
        const auto logits = lines[s]["logits"].get<std::vector<double>>();
        for (std::size_t label = 0; label < logits.size(); ++label)
            QCOMPARE_LE(
                std::abs(static_cast<double>(predictions.value()[s].logits[label]) - logits[label]), 2e-5);
        std::vector<activation::WantedWord> wanted;
        const auto words = static_cast<std::uint32_t>(encoded.value().sentences[s].wordCount);
        for (std::uint32_t word = 0; word < words; ++word)
            wanted.push_back({s, word});
        std::vector<float> rows(wanted.size() * hidden);
        std::vector<activation::Destination> destinations{activation::Destination(std::span<float>(rows))};
        activation::ExtractOptions options;
        options.layers = {static_cast<int>(model.value()->config().layerCount)};
        VERIFY_RESULT(
            activation::extractActivations(*model.value(), pieces, wanted, options, destinations, {}));
        const auto& wordOfPiece = encoded.value().sentences[s].wordOfPiece;
        for (std::uint32_t word = 0; word < words; ++word) {
            const auto last
                = std::find(wordOfPiece.rbegin(), wordOfPiece.rend(), static_cast<std::int32_t>(word));
            const auto piece = static_cast<std::size_t>(wordOfPiece.rend() - last - 1);
            for (std::size_t column = 0; column < 4; ++column)
                QCOMPARE_LE(std::abs(static_cast<double>(rows[word * hidden + column])
                                - lines[s]["states"][piece][column].get<double>()),
                    5e-5);
        }
    }
}

void tst_SentencePairs::aStudyOfPairsKeepsThem()
{
    if (!testing::hasReferencePair())
        QSKIP("reference data is absent: pairs/minilm-sst2 (set PALIMPSEST_REFERENCE_DIR)");
    const QTemporaryDir folder;
    pipeline::Study study;
    study.base = testing::referenceBase();
    study.fineTuned = testing::referenceFineTuned();
    study.corpus = folder.filePath(QStringLiteral("pairs.tsv")).toStdString();
    std::string table = "premise\thypothesis\tlabel\n";
    for (int i = 0; i < 12; ++i)
        table += std::string("a film about the war\tit is ")
            + (i % 2 == 0 ? "awful and dull" : "good and warm") + "\t"
            + (i % 2 == 0 ? "negative" : "positive") + "\n";
    std::ofstream(study.corpus, std::ios::binary) << table;
    study.reading = pairColumns();
    study.layers = {6};
    study.k = 12;
    study.theta = 0.8;
    study.device = "cpu";
    const std::filesystem::path path = folder.filePath(QStringLiteral("p.palimpsest")).toStdString();
    VERIFY_RESULT(pipeline::runStudy(study, path, {}));
    const auto again = pipeline::runStudy(study, path, {});
    VERIFY_RESULT(again);
    QVERIFY(again.value().computed.empty());
    const auto opened = pipeline::openTaskStudy(path, "cpu", {});
    VERIFY_RESULT(opened);
    const pipeline::TaskStudy& task = *opened.value();
    QVERIFY(task.corpus().hasPairs());
    QCOMPARE(task.corpus().firstTextWords(base::SentenceId{3}), 5U);
    QCOMPARE(pipeline::studyFromValues(task.results->values()).value().reading.pairColumn,
        std::string("hypothesis"));
    pipeline::TriggerOptions options;
    options.target = 1;
    options.candidates = 3;
    options.phrases = 0;
    options.mostWords = 1;
    options.gradientSearch = true;
    const auto search = pipeline::searchTriggers(task, options, {});
    VERIFY_RESULT(search);
    for (const auto& flipped : search.value().flipped) {
        QCOMPARE(flipped.triggerAt, 5U);
        QVERIFY(flipped.changed.starts_with("a film about the war "));
    }
    study.reading.pairColumn.clear(); // other tokens
    const auto other = pipeline::runStudy(study, path, {});
    VERIFY_RESULT(other);
    QVERIFY(!other.value().computed.empty());
}

QTEST_GUILESS_MAIN(tst_SentencePairs)
#include "tst_sentence_pairs.moc"
