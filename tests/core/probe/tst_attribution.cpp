// Attributions against an independent implementation (data/make_attributions.py) and by completeness.

#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "probe/attribution.h"
#include "support/reference.h"
#include "tensorfile/safetensors.h"
#include "tokenizer/tokenizer.h"
#include "tokenizer/word_alignment.h"

using namespace palimpsest;
using probe::AttributionMethod;

namespace {

constexpr auto kModel = "pairs/minilm-sst2/finetuned";

struct Expected {
    std::string text;
    std::size_t target = 0;
    double targetLogit = 0.0, baselineLogit = 0.0;
    std::array<std::vector<double>, 3> scores; ///< by AttributionMethod
};

std::vector<Expected> readExpected()
{
    std::ifstream file(PALIMPSEST_ATTRIBUTIONS);
    std::vector<Expected> all;
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        std::string field;
        Expected each;
        std::getline(fields, each.text, '\t');
        std::getline(fields, field, '\t');
        each.target = std::stoul(field);
        std::getline(fields, field, '\t');
        each.targetLogit = std::stod(field);
        std::getline(fields, field, '\t');
        each.baselineLogit = std::stod(field);
        for (auto& scores : each.scores) {
            std::getline(fields, field, '\t');
            std::istringstream numbers(field);
            for (double number = 0.0; numbers >> number;)
                scores.push_back(number);
        }
        all.push_back(std::move(each));
    }
    return all;
}

tokenizer::WordPieces encode(const tokenizer::Tokenizer& tokenizer, const std::string& text)
{
    std::vector<std::string_view> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin)
            words.push_back(std::string_view(text).substr(begin, end - begin));
        begin = end + 1;
    }
    return tokenizer::encodeSentence(tokenizer, words);
}

double worst(std::span<const double> ours, std::span<const double> theirs)
{
    double largest = ours.size() == theirs.size() ? 0.0 : INFINITY;
    for (std::size_t i = 0; i < ours.size() && i < theirs.size(); ++i)
        largest = std::max(largest, std::abs(ours[i] - theirs[i]));
    return largest;
}

constexpr std::size_t kWidth = 4;
constexpr std::size_t kWords = 7; ///< [PAD], [CLS], [SEP], [MASK] and three words

/// Word vectors whose values sum to 0, so that taking off the mean changes nothing.
float linearVector(std::size_t id, std::size_t column)
{
    constexpr float kValues[kWords][kWidth] = {{0.5F, -0.5F, 0.25F, -0.25F}, {1.0F, 0.0F, -1.0F, 0.0F},
        {0.0F, 1.0F, 0.0F, -1.0F}, {-0.5F, -0.5F, 0.5F, 0.5F}, {2.0F, -1.0F, 0.0F, -1.0F},
        {-1.0F, 1.5F, -1.5F, 1.0F}, {0.25F, 0.75F, -2.0F, 1.0F}};
    return kValues[id][column];
}

constexpr float kLinearWeights[2][kWidth] = {{0.0F, 0.0F, 0.0F, 0.0F}, {0.5F, -1.0F, 2.0F, 0.25F}};

/// A BERT whose logits are linear in its word vectors: queries and keys are 0, so that every piece takes the
/// mean of all; values and outputs are the identity, the inner layer is 0; the norms' epsilon is so large
/// that they only take off the mean; and the pooler works where tanh(x) is x. With n pieces: logit(c) = w(c)
/// · (x([CLS]) + mean of all x).
bool writeLinearCheckpoint(const std::filesystem::path& folder)
{
    constexpr float kEpsilon = 1e8F, kSmall = 1e-3F;
    std::ofstream(folder / "config.json")
        << R"({"architectures": ["BertForSequenceClassification"], "model_type": "bert", "hidden_act": "gelu",)"
           R"( "layer_norm_eps": 1e8, "num_attention_heads": 1, "type_vocab_size": 1, "pad_token_id": 0,)"
           R"( "hidden_size": 4, "num_hidden_layers": 1, "intermediate_size": 4, "max_position_embeddings": 8,)"
           R"( "vocab_size": 7, "id2label": {"0": "no", "1": "yes"}, "label2id": {"no": 0, "yes": 1}})";
    std::vector<tensorfile::TensorSpec> specs;
    const auto add = [&](const std::string& name, std::vector<std::size_t> shape) {
        specs.push_back({name, tensorfile::ElementType::F32, std::move(shape)});
    };
    const auto addLinear = [&](const std::string& name, std::size_t out) {
        add(name + ".weight", {out, kWidth});
        add(name + ".bias", {out});
    };
    add("bert.embeddings.word_embeddings.weight", {kWords, kWidth});
    add("bert.embeddings.position_embeddings.weight", {8, kWidth});
    add("bert.embeddings.token_type_embeddings.weight", {1, kWidth});
    const std::string layer = "bert.encoder.layer.0.";
    for (const std::string& norm :
        {std::string("bert.embeddings"), layer + "attention.output", layer + "output"}) {
        add(norm + ".LayerNorm.weight", {kWidth});
        add(norm + ".LayerNorm.bias", {kWidth});
    }
    for (const char* part : {"query", "key", "value"})
        addLinear(layer + "attention.self." + part, kWidth);
    addLinear(layer + "attention.output.dense", kWidth);
    addLinear(layer + "intermediate.dense", kWidth);
    addLinear(layer + "output.dense", kWidth);
    addLinear("bert.pooler.dense", kWidth);
    addLinear("classifier", 2);
    auto writer = tensorfile::SafetensorsWriter::create(folder / "model.safetensors", specs);
    if (!writer)
        return false;
    for (const auto& spec : specs) {
        const auto values = writer.value().floats(spec.name);
        std::ranges::fill(values, spec.name.ends_with("LayerNorm.weight") ? std::sqrt(kEpsilon) : 0.0F);
        const bool identity = spec.name.ends_with("value.weight")
            || spec.name.ends_with("attention.output.dense.weight")
            || spec.name.ends_with("pooler.dense.weight");
        for (std::size_t i = 0; identity && i < kWidth; ++i)
            values[i * kWidth + i] = spec.name.ends_with("pooler.dense.weight") ? kSmall : 1.0F;
        for (std::size_t i = 0; spec.name == "bert.embeddings.word_embeddings.weight" && i < values.size();
             ++i)
            values[i] = linearVector(i / kWidth, i % kWidth);
        for (std::size_t i = 0; spec.name == "classifier.weight" && i < values.size(); ++i)
            values[i] = kLinearWeights[i / kWidth][i % kWidth] / kSmall;
    }
    return static_cast<bool>(writer.value().commit());
}

} // namespace

class tst_Attribution : public QObject {
    Q_OBJECT

private slots:
    void quadratureIntegratesPolynomialsExactly();
    void equalsTheIndependentImplementation_data();
    void equalsTheIndependentImplementation();
    void scoresOfWordsAndSpecialPiecesAddUp();
    void sumsToTheDifferenceOfLogits();
    void aLinearModelGetsItsWeights_data();
    void aLinearModelGetsItsWeights();
    void refusesAModelWithoutHead();
    void refusesATargetThatIsNoLabel();
    void stopsOnRequest();
};

void tst_Attribution::quadratureIntegratesPolynomialsExactly()
{
    for (const std::size_t n : {1U, 2U, 5U, 64U}) {
        const auto rule = probe::gaussLegendre(n);
        double total = 0.0, power = 0.0;
        for (std::size_t i = 0; i < n; ++i) {
            total += rule.weights[i];
            power += rule.weights[i] * std::pow(rule.points[i], static_cast<double>(2 * n - 1));
        }
        QCOMPARE_LE(std::abs(total - 1.0), 1e-12);
        QCOMPARE_LE(std::abs(power - 1.0 / static_cast<double>(2 * n)), 1e-12); // ∫ x^(2n-1) = 1 / 2n
        QVERIFY(std::is_sorted(rule.points.begin(), rule.points.end()));
    }
}

void tst_Attribution::equalsTheIndependentImplementation_data()
{
    QTest::addColumn<int>("method");
    QTest::newRow("integrated gradients") << static_cast<int>(AttributionMethod::IntegratedGradients);
    QTest::newRow("gradient x input") << static_cast<int>(AttributionMethod::GradientTimesInput);
    QTest::newRow("occlusion") << static_cast<int>(AttributionMethod::Occlusion);
}

void tst_Attribution::equalsTheIndependentImplementation()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/finetuned/config.json");
    QFETCH(const int, method);
    const auto folder = testing::referenceDir() / kModel;
    const auto model = model::Model::open(folder);
    VERIFY_RESULT(model);
    const auto tokenizer = tokenizer::Tokenizer::open(folder);
    VERIFY_RESULT(tokenizer);
    const auto expected = readExpected();
    QCOMPARE(expected.size(), 10U);
    std::vector<tokenizer::WordPieces> encoded;
    for (const Expected& each : expected)
        encoded.push_back(encode(*tokenizer.value(), each.text));
    std::vector<model::SentencePieces> sentences;
    for (const auto& pieces : encoded)
        sentences.push_back({pieces.ids, pieces.wordOfPiece});
    probe::AttributionOptions options;
    options.method = static_cast<AttributionMethod>(method);
    options.steps = 64; // as in the script
    options.baselineId = tokenizer.value()->padId();
    options.occlusionId = tokenizer.value()->maskId().value();
    const auto results = probe::attribute(*model.value(), sentences, options, {});
    VERIFY_RESULT(results);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const probe::Attribution& ours = results.value()[i];
        QCOMPARE(ours.target, expected[i].target);
        QCOMPARE_LE(std::abs(ours.targetLogit - expected[i].targetLogit), 5e-5);
        QCOMPARE_LE(std::abs(ours.baselineLogit - expected[i].baselineLogit), 5e-5);
        QCOMPARE_LE(worst(ours.pieces, expected[i].scores[static_cast<std::size_t>(method)]), 1e-4);
    }
}

void tst_Attribution::scoresOfWordsAndSpecialPiecesAddUp()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/config.json");
    const auto model = model::Model::open(testing::referenceDir() / "models/bert-uncased-classifier");
    VERIFY_RESULT(model);
    const std::vector<std::int32_t> ids = {2, 40, 41, 42, 43, 3};
    const std::vector<std::int32_t> words = {-1, 0, 0, 2, 2, -1}; // word 1 has no piece
    const std::vector<model::SentencePieces> sentences = {{ids, words}};
    const auto results = probe::attribute(*model.value(), sentences, {}, {});
    VERIFY_RESULT(results);
    const probe::Attribution& one = results.value().front();
    QCOMPARE(one.words.size(), 3U);
    QCOMPARE(one.words[0], one.pieces[1] + one.pieces[2]);
    QCOMPARE(one.words[1], 0.0);
    QCOMPARE(one.special, one.pieces[0] + one.pieces[5]);
    QCOMPARE(one.special, 0.0); // special pieces are the same in the baseline
}

void tst_Attribution::sumsToTheDifferenceOfLogits()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/config.json");
    const auto model = model::Model::open(testing::referenceDir() / "models/bert-uncased-classifier");
    VERIFY_RESULT(model);
    std::vector<std::vector<std::int32_t>> ids, words;
    for (std::int32_t i = 0; i < 30; ++i) {
        ids.push_back({2});
        words.push_back({-1});
        for (std::int32_t piece = 0; piece < 1 + i; ++piece) {
            ids.back().push_back(5 + (i * 31 + piece * 7) % 500);
            words.back().push_back(piece);
        }
        ids.back().push_back(3);
        words.back().push_back(-1);
    }
    std::vector<model::SentencePieces> sentences;
    for (std::size_t i = 0; i < ids.size(); ++i)
        sentences.push_back({ids[i], words[i]});
    for (const std::size_t label : {0U, 1U, 2U}) {
        probe::AttributionOptions options;
        options.target = label;
        const auto results = probe::attribute(*model.value(), sentences, options, {});
        VERIFY_RESULT(results);
        for (const probe::Attribution& each : results.value()) {
            double sum = each.special;
            for (const double score : each.words)
                sum += score;
            const double wanted = each.targetLogit - each.baselineLogit;
            QCOMPARE_LE(std::abs(sum - wanted), 1e-4 + 0.01 * std::abs(wanted));
            QCOMPARE_LE(std::abs(each.completenessError - std::abs(sum - wanted)), 1e-9);
        }
    }
}

void tst_Attribution::aLinearModelGetsItsWeights_data()
{
    equalsTheIndependentImplementation_data();
}

/// Each piece's score is w · (its vector - the one that stands for nothing) / pieces, whatever the method.
void tst_Attribution::aLinearModelGetsItsWeights()
{
    QFETCH(const int, method);
    const QTemporaryDir folder;
    QVERIFY(writeLinearCheckpoint(folder.path().toStdString()));
    const auto model = model::Model::open(folder.path().toStdString());
    VERIFY_RESULT(model);
    const std::vector<std::int32_t> ids = {1, 4, 5, 6, 2};
    const std::vector<std::int32_t> words = {-1, 0, 1, 1, -1};
    const std::vector<model::SentencePieces> sentences = {{ids, words}};
    probe::AttributionOptions options;
    options.method = static_cast<AttributionMethod>(method);
    options.steps = 3;
    options.target = 1;
    options.baselineId = 0;
    options.occlusionId = 3;
    const auto results = probe::attribute(*model.value(), sentences, options, {});
    VERIFY_RESULT(results);
    const probe::Attribution& one = results.value().front();
    const bool occlusion = options.method == AttributionMethod::Occlusion;
    std::vector<double> known(2, 0.0);
    double logit = 0.0;
    for (std::size_t piece = 0; piece < ids.size(); ++piece) {
        for (std::size_t column = 0; column < kWidth; ++column) {
            const auto weight = static_cast<double>(kLinearWeights[1][column]);
            const auto value
                = static_cast<double>(linearVector(static_cast<std::size_t>(ids[piece]), column));
            logit += weight * value * (1.0 / 5.0 + (piece == 0 ? 1.0 : 0.0));
            if (words[piece] < 0)
                continue;
            const auto nothing = static_cast<double>(linearVector(occlusion ? 3 : 0, column));
            known[static_cast<std::size_t>(words[piece])] += weight * (value - nothing) / 5.0;
        }
    }
    QCOMPARE_LE(std::abs(one.targetLogit - logit), 1e-3);
    QCOMPARE_LE(worst(one.words, known), 1e-3);
    QCOMPARE_LE(std::abs(one.special), 1e-6);
    if (!occlusion)
        QCOMPARE_LE(one.completenessError, 1e-3); // the gradient is the same all the way
}

void tst_Attribution::refusesAModelWithoutHead()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const auto model = model::Model::open(testing::referenceDir() / "models/bert");
    VERIFY_RESULT(model);
    const auto results = probe::attribute(*model.value(), {}, {}, {});
    QVERIFY(!results);
    QCOMPARE(results.error().code, base::ErrorCode::Unsupported);
    QVERIFY(QString::fromStdString(results.error().message).contains("no classification head"));
}

void tst_Attribution::refusesATargetThatIsNoLabel()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/config.json");
    const auto model = model::Model::open(testing::referenceDir() / "models/bert-uncased-classifier");
    VERIFY_RESULT(model);
    probe::AttributionOptions options;
    options.target = 3;
    const auto results = probe::attribute(*model.value(), {}, options, {});
    QVERIFY(!results);
    QCOMPARE(results.error().message, std::string("There is no label 3; the model has 3"));
}

void tst_Attribution::stopsOnRequest()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/config.json");
    const auto model = model::Model::open(testing::referenceDir() / "models/bert-uncased-classifier");
    VERIFY_RESULT(model);
    std::stop_source stop;
    stop.request_stop();
    const std::vector<std::int32_t> ids = {2, 5, 3}, words = {-1, 0, -1};
    const std::vector<model::SentencePieces> sentences = {{ids, words}};
    const auto results = probe::attribute(*model.value(), sentences, {}, {stop.get_token(), {}, {}});
    QVERIFY(!results);
    QCOMPARE(results.error().code, base::ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(tst_Attribution)
#include "tst_attribution.moc"
