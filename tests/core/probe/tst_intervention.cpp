// Changed hidden states: nothing changes nothing, a removed direction is gone, and flags choose the pieces.

#include <QtTest/QtTest>

#include <cmath>

#include "probe/intervention.h"
#include "support/reference.h"

using namespace palimpsest;

namespace {

constexpr auto kModel = "models/bert-uncased-classifier";

/// A unit vector along the first columns.
std::vector<float> direction(std::size_t hidden)
{
    std::vector<float> values(hidden, 0.0F);
    values[0] = 0.6F;
    values[1] = 0.8F;
    return values;
}

} // namespace

class tst_Intervention : public QObject {
    Q_OBJECT

private slots:
    void nothingAddedChangesNothing();
    void aRemovedDirectionIsGone();
    void flagsChooseThePieces();
    void laterLayersFeelIt();
    void refusesWrongShapes();
};

void tst_Intervention::nothingAddedChangesNothing()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/config.json");
    const auto model = model::Model::open(testing::referenceDir() / kModel);
    VERIFY_RESULT(model);
    const std::vector<std::int32_t> ids = {2, 40, 41, 3};
    const std::vector<model::SentencePieces> sentences = {{ids, {}}};
    const std::size_t hidden = model.value()->config().hiddenSize;
    const auto plain = probe::predict(*model.value(), sentences, {});
    VERIFY_RESULT(plain);
    const auto same = probe::predictWith(
        *model.value(), sentences, {1, {}, {}, std::vector<float>(hidden, 0.0F)}, {}, {}, {});
    VERIFY_RESULT(same);
    QVERIFY(same.value()[0].logits == plain.value()[0].logits);
}

void tst_Intervention::aRemovedDirectionIsGone()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/config.json");
    const auto model = model::Model::open(testing::referenceDir() / kModel);
    VERIFY_RESULT(model);
    const std::vector<std::int32_t> ids = {2, 40, 41, 3};
    const std::vector<model::SentencePieces> sentences = {{ids, {}}};
    const std::size_t hidden = model.value()->config().hiddenSize;
    std::vector<float> centre(hidden, 0.25F), writes = direction(hidden);
    for (float& value : writes)
        value = -value;
    std::size_t seen = 0;
    double largest = 0.0;
    const auto observe = [&](std::size_t layer, std::span<const std::uint32_t>, std::span<const std::int64_t>,
                             std::span<const float> states, std::size_t columns) {
        if (layer != 1)
            return;
        for (std::size_t piece = 0; piece < states.size() / columns; ++piece) {
            const float* state = states.data() + piece * columns;
            // What is left along the direction is the centre's: 0.25 · (0.6 + 0.8).
            largest = std::max(largest, std::abs(0.6 * state[0] + 0.8 * state[1] - 0.35));
            ++seen;
        }
    };
    VERIFY_RESULT(probe::predictWith(
        *model.value(), sentences, {1, direction(hidden), centre, writes}, {}, observe, {}));
    QCOMPARE(seen, 4U);
    QCOMPARE_LE(largest, 1e-5);
}

void tst_Intervention::flagsChooseThePieces()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/config.json");
    const auto model = model::Model::open(testing::referenceDir() / kModel);
    VERIFY_RESULT(model);
    const std::vector<std::int32_t> ids = {2, 40, 41, 3};
    const std::vector<model::SentencePieces> sentences = {{ids, {}}};
    const std::size_t hidden = model.value()->config().hiddenSize;
    const auto statesWith = [&](const std::vector<std::uint8_t>& flags, float added) {
        std::vector<float> kept;
        const auto observe = [&](std::size_t layer, std::span<const std::uint32_t>,
                                 std::span<const std::int64_t>, std::span<const float> states, std::size_t) {
            if (layer == 1)
                kept.assign(states.begin(), states.end());
        };
        const std::vector<std::vector<std::uint8_t>> pieces{flags};
        (void)probe::predictWith(
            *model.value(), sentences, {1, {}, {}, std::vector<float>(hidden, added)}, pieces, observe, {});
        return kept;
    };
    const auto plain = statesWith({1, 1, 1, 1}, 0.0F);
    const auto some = statesWith({0, 1, 0, 1}, 2.0F);
    QCOMPARE(plain.size(), 4 * hidden);
    QCOMPARE(some.size(), plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const float added = i / hidden == 1 || i / hidden == 3 ? 2.0F : 0.0F;
        QCOMPARE_LE(std::abs(some[i] - plain[i] - added), 1e-5F);
    }
}

void tst_Intervention::laterLayersFeelIt()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/config.json");
    const auto model = model::Model::open(testing::referenceDir() / kModel);
    VERIFY_RESULT(model);
    const std::vector<std::int32_t> ids = {2, 40, 41, 3};
    const std::vector<model::SentencePieces> sentences = {{ids, {}}};
    const std::size_t hidden = model.value()->config().hiddenSize;
    const auto plain = probe::predict(*model.value(), sentences, {});
    VERIFY_RESULT(plain);
    std::vector<float> writes(hidden, 0.0F);
    writes[0] = 25.0F;
    const auto other = probe::predictWith(*model.value(), sentences, {0, {}, {}, writes}, {}, {}, {});
    VERIFY_RESULT(other);
    QVERIFY(other.value()[0].logits != plain.value()[0].logits);
}

void tst_Intervention::refusesWrongShapes()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/config.json");
    const auto model = model::Model::open(testing::referenceDir() / kModel);
    VERIFY_RESULT(model);
    const std::vector<std::int32_t> ids = {2, 3};
    const std::vector<model::SentencePieces> sentences = {{ids, {}}};
    const std::size_t hidden = model.value()->config().hiddenSize;
    const auto codeOf = [&](const probe::Intervention& change, std::vector<std::vector<std::uint8_t>> flags) {
        const auto result = probe::predictWith(*model.value(), sentences, change, flags, {}, {});
        return result ? base::ErrorCode::Internal : result.error().code;
    };
    const std::vector<float> right(hidden, 0.0F), wrong(3, 0.0F);
    QCOMPARE(codeOf({0, {}, {}, wrong}, {}), base::ErrorCode::ShapeMismatch);
    QCOMPARE(codeOf({0, right, wrong, right}, {}), base::ErrorCode::ShapeMismatch);
    QCOMPARE(codeOf({0, {}, {}, right}, {{1}}), base::ErrorCode::ShapeMismatch);
    QCOMPARE(codeOf({1000, {}, {}, right}, {}), base::ErrorCode::InvalidArgument);
}

QTEST_GUILESS_MAIN(tst_Intervention)
#include "tst_intervention.moc"
