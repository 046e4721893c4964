// Triggers: the words stand where they should, and effects are those of predicting the changed text.

#include <QtTest/QtTest>

#include "probe/flip_test.h"
#include "probe/hotflip.h"
#include "probe/prediction.h"
#include "support/reference.h"
#include "tokenizer/word_alignment.h"

using namespace palimpsest;
using probe::TriggerPosition;
using Sentence = std::vector<std::string_view>;

class tst_FlipTest : public QObject {
    Q_OBJECT

private slots:
    void putsTheTriggerWhereAsked();
    void effectsAreThoseOfTheChangedText();
    void ranksByFlipsThenShift();
    void gradientsFindWordsThatFlip();
    void refusesNoSentences();
    void refusesAModelWithoutHead();
};

void tst_FlipTest::putsTheTriggerWhereAsked()
{
    const Sentence sentence{"a", "b", "c"};
    QCOMPARE(probe::withTrigger(sentence, {"x", "y"}, TriggerPosition::Prepend),
        (Sentence{"x", "y", "a", "b", "c"}));
    QCOMPARE(probe::withTrigger(sentence, {"x"}, TriggerPosition::Insert), (Sentence{"a", "x", "b", "c"}));
    QCOMPARE(probe::withTrigger(sentence, {"x"}, TriggerPosition::Append), (Sentence{"a", "b", "c", "x"}));
    QCOMPARE(probe::withTrigger(Sentence{}, {"x"}, TriggerPosition::Insert), (Sentence{"x"}));
}

void tst_FlipTest::effectsAreThoseOfTheChangedText()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/finetuned/config.json");
    const auto folder = testing::referenceDir() / "pairs/minilm-sst2/finetuned";
    const auto model = model::Model::open(folder);
    VERIFY_RESULT(model);
    const auto tokenizer = tokenizer::Tokenizer::open(folder);
    VERIFY_RESULT(tokenizer);
    const std::vector<Sentence> sentences{{"the", "plot", "is", "dull"}, {"a", "tedious", "mess"}};
    const auto test = probe::FlipTest::make(*model.value(), *tokenizer.value(), sentences, 1, {});
    VERIFY_RESULT(test);
    const std::vector<probe::Words> triggers{{"table"}, {"exquisitely", "satisfying"}};
    const auto effects = test.value().measure(triggers, TriggerPosition::Append, {});
    VERIFY_RESULT(effects);
    QCOMPARE(effects.value().size(), 2U);
    for (std::size_t t = 0; t < triggers.size(); ++t) {
        std::size_t flips = 0;
        double shift = 0.0;
        for (std::size_t s = 0; s < sentences.size(); ++s) {
            const auto encoded = tokenizer::encodeSentence(*tokenizer.value(), sentences[s]);
            Sentence changed = sentences[s];
            changed.insert(changed.end(), triggers[t].begin(), triggers[t].end());
            const auto changedPieces = tokenizer::encodeSentence(*tokenizer.value(), changed);
            const std::vector<model::SentencePieces> both{
                {encoded.ids, encoded.wordOfPiece}, {changedPieces.ids, changedPieces.wordOfPiece}};
            const auto predictions = probe::predict(*model.value(), both, {});
            VERIFY_RESULT(predictions);
            const auto& before = predictions.value()[0];
            const auto& after = predictions.value()[1];
            QCOMPARE(effects.value()[t].flipped[s], after.label == 1 ? 1 : 0);
            flips += after.label == 1 ? 1U : 0U;
            QCOMPARE_LE(std::abs(effects.value()[t].probability[s] - after.probabilities[1]), 1e-5F);
            shift += static_cast<double>(
                         (after.logits[1] - after.logits[0]) - (before.logits[1] - before.logits[0]))
                / 2.0;
        }
        QCOMPARE(effects.value()[t].flips, flips);
        QCOMPARE_LE(std::abs(effects.value()[t].shift - shift), 1e-4);
    }
    QVERIFY(effects.value()[1].shift > effects.value()[0].shift + 1.0);
}

void tst_FlipTest::ranksByFlipsThenShift()
{
    std::vector<probe::TriggerEffect> effects(4);
    effects[0].flips = 1;
    effects[1].flips = 3;
    effects[2].flips = 3;
    effects[2].shift = 0.5;
    effects[3].flips = 3;
    QCOMPARE(probe::rankTriggers(effects), (std::vector<std::size_t>{2, 1, 3, 0}));
}

void tst_FlipTest::gradientsFindWordsThatFlip()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/finetuned/config.json");
    const auto folder = testing::referenceDir() / "pairs/minilm-sst2/finetuned";
    const auto model = model::Model::open(folder);
    VERIFY_RESULT(model);
    const auto tokenizer = tokenizer::Tokenizer::open(folder);
    VERIFY_RESULT(tokenizer);
    const std::vector<Sentence> sentences{{"the", "plot", "is", "dull"}, {"a", "tedious", "mess"}};
    const auto test = probe::FlipTest::make(*model.value(), *tokenizer.value(), sentences, 1, {});
    VERIFY_RESULT(test);
    const std::vector<std::string_view> words{"table", "the", "delightful", "awful", "of", "green", "seven"};
    const auto found = probe::hotFlip(test.value(), words, {.rounds = 1, .tried = 2}, {});
    VERIFY_RESULT(found);
    QCOMPARE(found.value().size(), 2U);
    QCOMPARE(words[found.value().front().word], std::string_view("delightful"));
}

void tst_FlipTest::refusesNoSentences()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier/config.json");
    const auto folder = testing::referenceDir() / "models/bert-uncased-classifier";
    const auto model = model::Model::open(folder);
    VERIFY_RESULT(model);
    const auto tokenizer
        = tokenizer::Tokenizer::open(testing::referenceDir() / "pairs/minilm-sst2/finetuned");
    VERIFY_RESULT(tokenizer);
    const auto test = probe::FlipTest::make(*model.value(), *tokenizer.value(), {}, 1, {});
    QVERIFY(!test);
    QCOMPARE(test.error().code, base::ErrorCode::TooFewRows);
}

void tst_FlipTest::refusesAModelWithoutHead()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/base/config.json");
    const auto folder = testing::referenceDir() / "pairs/minilm-sst2/base";
    const auto model = model::Model::open(folder);
    VERIFY_RESULT(model);
    const auto tokenizer = tokenizer::Tokenizer::open(folder);
    VERIFY_RESULT(tokenizer);
    const auto test = probe::FlipTest::make(*model.value(), *tokenizer.value(), {{"a"}}, 1, {});
    QVERIFY(!test);
    QCOMPARE(test.error().code, base::ErrorCode::Unsupported);
}

QTEST_GUILESS_MAIN(tst_FlipTest)
#include "tst_flip_test.moc"
