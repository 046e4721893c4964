// Predictions against transformers: logits of pairs/minilm-sst2/finetuned and of the tiny checkpoints, made
// as their README.md tells.

#include <QtTest/QtTest>

#include <cmath>
#include <cstring>
#include <fstream>

#include "probe/prediction.h"
#include "support/reference.h"
#include "tensorfile/safetensors.h"
#include "tokenizer/tokenizer.h"

using namespace palimpsest;
using model::SentencePieces;

namespace {

std::vector<float> floatsOf(const tensorfile::SafetensorsFile& file, const std::string& name)
{
    const auto* tensor = file.find(name);
    if (tensor == nullptr)
        return {};
    std::vector<float> values(tensor->elementCount());
    tensorfile::convertToFloat(*tensor, values);
    return values;
}

double worst(std::span<const float> ours, std::span<const float> theirs)
{
    double largest = ours.size() == theirs.size() ? 0.0 : INFINITY;
    for (std::size_t i = 0; i < ours.size() && i < theirs.size(); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(ours[i]) - static_cast<double>(theirs[i])));
    return largest;
}

/// The unpadded ids of a tiny checkpoint's reference sentences.
std::vector<std::vector<std::int32_t>> referenceIds(const tensorfile::SafetensorsFile& expected)
{
    const auto ids = floatsOf(expected, "input_ids");
    const auto mask = floatsOf(expected, "attention_mask");
    const std::size_t width = expected.find("input_ids")->shape[1];
    std::vector<std::vector<std::int32_t>> sentences(ids.size() / width);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (mask[i] > 0.0F)
            sentences[i / width].push_back(static_cast<std::int32_t>(ids[i]));
    }
    return sentences;
}

} // namespace

class tst_Prediction : public QObject {
    Q_OBJECT

private slots:
    void realSentencesGetTheLogitsOfTransformers();
    void threeLabelsGetTheLogitsOfTransformers();
    void probabilitiesAreTheSoftmaxOfLogits();
    void wordsGetTheLogitsOfTheirFirstPiece();
    void numberOfWorkersDoesNotChangeAByte();
    void refusesAModelWithoutHead();
    void refusesTheWrongKindOfHead();
    void refusesAnEmptySentence();
    void stopsOnRequest();
};

void tst_Prediction::realSentencesGetTheLogitsOfTransformers()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/finetuned/expected_logits.safetensors");
    const auto folder = testing::referenceDir() / "pairs/minilm-sst2/finetuned";
    const auto tokenizer = tokenizer::Tokenizer::open(folder);
    VERIFY_RESULT(tokenizer);
    const auto model = model::Model::open(folder);
    VERIFY_RESULT(model);
    constexpr std::size_t kLongest = 48; // how the reference was cut
    std::vector<std::vector<std::int32_t>> ids;
    std::vector<int> gold;
    std::ifstream lines(testing::referenceDir() / "data/sst2-dev.tsv");
    for (std::string line; std::getline(lines, line);) {
        const std::size_t tab = line.find('\t');
        ids.push_back(tokenizer.value()->encode(line.substr(0, tab)).ids);
        if (ids.back().size() > kLongest) {
            ids.back()[kLongest - 1] = ids.back().back();
            ids.back().resize(kLongest);
        }
        gold.push_back(line.at(tab + 1) - '0');
    }
    std::vector<SentencePieces> sentences;
    for (const auto& sentence : ids)
        sentences.push_back({sentence, {}});
    const auto predictions = probe::predict(*model.value(), sentences, {});
    VERIFY_RESULT(predictions);
    QCOMPARE(predictions.value().size(), 872U);

    const auto expected = tensorfile::SafetensorsFile::open(folder / "expected_logits.safetensors");
    VERIFY_RESULT(expected);
    std::vector<float> ours;
    int right = 0;
    for (std::size_t i = 0; i < gold.size(); ++i) {
        const auto& prediction = predictions.value()[i];
        ours.insert(ours.end(), prediction.logits.begin(), prediction.logits.end());
        right += prediction.label == gold[i] ? 1 : 0;
    }
    QCOMPARE_LE(worst(ours, floatsOf(expected.value(), "dev.logits")), 5e-5);
    QCOMPARE(right, 777); // 0.8911 of 872
}

void tst_Prediction::threeLabelsGetTheLogitsOfTransformers()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/expected.safetensors");
    const auto folder = testing::referenceDir() / "models/bert-uncased-classifier";
    const auto model = model::Model::open(folder);
    VERIFY_RESULT(model);
    QCOMPARE(model.value()->config().labels, (std::vector<std::string>{"negative", "neutral", "positive"}));
    const auto expected = tensorfile::SafetensorsFile::open(folder / "expected.safetensors");
    VERIFY_RESULT(expected);
    const auto ids = referenceIds(expected.value());
    std::vector<SentencePieces> sentences;
    for (const auto& sentence : ids)
        sentences.push_back({sentence, {}});
    const auto predictions = probe::predict(*model.value(), sentences, {});
    VERIFY_RESULT(predictions);
    std::vector<float> ours;
    for (const auto& prediction : predictions.value())
        ours.insert(ours.end(), prediction.logits.begin(), prediction.logits.end());
    QCOMPARE_LE(worst(ours, floatsOf(expected.value(), "batch.logits")), 2e-5);
    QCOMPARE_LE(worst(ours, floatsOf(expected.value(), "single.logits")), 2e-5);
}

void tst_Prediction::probabilitiesAreTheSoftmaxOfLogits()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/expected.safetensors");
    const auto model = model::Model::open(testing::referenceDir() / "models/bert-uncased-classifier");
    VERIFY_RESULT(model);
    const std::vector<std::int32_t> ids = {2, 40, 41, 3};
    const std::vector<SentencePieces> sentences = {{ids, {}}};
    const auto predictions = probe::predict(*model.value(), sentences, {});
    VERIFY_RESULT(predictions);
    const auto& prediction = predictions.value().front();
    double total = 0.0;
    for (const float logit : prediction.logits)
        total += std::exp(static_cast<double>(logit));
    for (std::size_t i = 0; i < 3; ++i) {
        const double share = std::exp(static_cast<double>(prediction.logits[i])) / total;
        QCOMPARE_LE(std::abs(share - static_cast<double>(prediction.probabilities[i])), 1e-6);
        QVERIFY(prediction.logits[i] <= prediction.logits[static_cast<std::size_t>(prediction.label)]);
    }
}

void tst_Prediction::wordsGetTheLogitsOfTheirFirstPiece()
{
    REQUIRE_REFERENCE("models/bert-token-classifier/expected.safetensors");
    const auto folder = testing::referenceDir() / "models/bert-token-classifier";
    const auto model = model::Model::open(folder);
    VERIFY_RESULT(model);
    QCOMPARE(model.value()->config().labels.size(), 17U);
    const auto expected = tensorfile::SafetensorsFile::open(folder / "expected.safetensors");
    VERIFY_RESULT(expected);
    const auto logits = floatsOf(expected.value(), "batch.logits");
    const auto ids = referenceIds(expected.value());
    // Two pieces make a word here, the first and last piece none; word 1 of each sentence has no piece.
    std::vector<std::vector<std::int32_t>> words;
    std::vector<SentencePieces> sentences;
    for (const auto& sentence : ids) {
        std::vector<std::int32_t> owner(sentence.size(), -1);
        for (std::size_t piece = 1; piece + 1 < sentence.size(); ++piece) {
            const auto pair = static_cast<std::int32_t>((piece - 1) / 2);
            owner[piece] = pair == 0 ? 0 : pair + 1;
        }
        words.push_back(owner);
    }
    for (std::size_t i = 0; i < ids.size(); ++i)
        sentences.push_back({ids[i], words[i]});
    const auto predictions = probe::predictWords(*model.value(), sentences, {});
    VERIFY_RESULT(predictions);
    std::size_t start = 0;
    std::size_t compared = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto& result = predictions.value()[i];
        for (std::size_t word = 0; word < result.size(); ++word) {
            if (word == 1) {
                QCOMPARE(result[word].label, -1);
                QVERIFY(result[word].logits.empty());
                continue;
            }
            const std::size_t piece = start + 1 + 2 * (word == 0 ? 0 : word - 1);
            QCOMPARE_LE(worst(result[word].logits, std::span(logits).subspan(piece * 17, 17)), 2e-5);
            ++compared;
        }
        start += ids[i].size();
    }
    QCOMPARE_GE(compared, 250U);
}

void tst_Prediction::numberOfWorkersDoesNotChangeAByte()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/config.json");
    const auto model = model::Model::open(testing::referenceDir() / "models/bert-uncased-classifier");
    VERIFY_RESULT(model);
    // Some ten batches of unlike lengths.
    std::vector<std::vector<std::int32_t>> ids;
    for (std::int32_t i = 0; i < 600; ++i) {
        ids.emplace_back();
        for (std::int32_t piece = 0; piece < 3 + i % 30; ++piece)
            ids.back().push_back(5 + (i * 31 + piece * 7) % 500);
    }
    std::vector<SentencePieces> sentences;
    for (const auto& sentence : ids)
        sentences.push_back({sentence, {}});
    const auto one = probe::predict(*model.value(), sentences, {.workers = 1}, {});
    VERIFY_RESULT(one);
    for (const std::size_t workers : {2U, 3U, 0U}) {
        const auto several = probe::predict(*model.value(), sentences, {.workers = workers}, {});
        VERIFY_RESULT(several);
        for (std::size_t i = 0; i < sentences.size(); ++i) {
            QVERIFY(several.value()[i].logits == one.value()[i].logits);
            QVERIFY(several.value()[i].probabilities == one.value()[i].probabilities);
        }
    }
}

void tst_Prediction::refusesAModelWithoutHead()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const auto model = model::Model::open(testing::referenceDir() / "models/bert");
    VERIFY_RESULT(model);
    QVERIFY(!model.value()->hasHead());
    const auto predictions = probe::predict(*model.value(), {}, {});
    QVERIFY(!predictions);
    QCOMPARE(predictions.error().code, base::ErrorCode::Unsupported);
    QVERIFY(QString::fromStdString(predictions.error().message).contains("no classification head"));
}

void tst_Prediction::refusesTheWrongKindOfHead()
{
    REQUIRE_REFERENCE("models/bert-token-classifier/config.json");
    const auto words = model::Model::open(testing::referenceDir() / "models/bert-token-classifier");
    VERIFY_RESULT(words);
    const auto asSentences = probe::predict(*words.value(), {}, {});
    QVERIFY(!asSentences);
    QCOMPARE(asSentences.error().code, base::ErrorCode::Unsupported);
    const auto sentences = model::Model::open(testing::referenceDir() / "models/bert-uncased-classifier");
    VERIFY_RESULT(sentences);
    const auto asWords = probe::predictWords(*sentences.value(), {}, {});
    QVERIFY(!asWords);
    QCOMPARE(asWords.error().code, base::ErrorCode::Unsupported);
}

void tst_Prediction::refusesAnEmptySentence()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/config.json");
    const auto model = model::Model::open(testing::referenceDir() / "models/bert-uncased-classifier");
    VERIFY_RESULT(model);
    const std::vector<std::int32_t> ids = {2, 3};
    const std::vector<SentencePieces> sentences = {{ids, {}}, {{}, {}}};
    const auto predictions = probe::predict(*model.value(), sentences, {});
    QVERIFY(!predictions);
    QCOMPARE(predictions.error().code, base::ErrorCode::InvalidArgument);
    QCOMPARE(predictions.error().message, std::string("Sentence 2 has no pieces; leave it out"));
}

void tst_Prediction::stopsOnRequest()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/config.json");
    const auto model = model::Model::open(testing::referenceDir() / "models/bert-uncased-classifier");
    VERIFY_RESULT(model);
    std::stop_source stop;
    stop.request_stop();
    const std::vector<std::int32_t> ids = {2, 3};
    const std::vector<SentencePieces> sentences = {{ids, {}}};
    const auto predictions = probe::predict(*model.value(), sentences, {stop.get_token(), {}, {}});
    QVERIFY(!predictions);
    QCOMPARE(predictions.error().code, base::ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(tst_Prediction)
#include "tst_prediction.moc"
