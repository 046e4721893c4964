// Attributions against an independent implementation (data/make_attributions.py) and by completeness.

#include <QtTest/QtTest>

#include <cmath>
#include <fstream>
#include <sstream>

#include "probe/attribution.h"
#include "support/reference.h"
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

} // namespace

class tst_Attribution : public QObject {
    Q_OBJECT

private slots:
    void quadratureIntegratesPolynomialsExactly();
    void equalsTheIndependentImplementation_data();
    void equalsTheIndependentImplementation();
    void scoresOfWordsAndSpecialPiecesAddUp();
    void sumsToTheDifferenceOfLogits();
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
