#include "pipeline/explain_sentence.h"

#include <algorithm>
#include <array>
#include <utility>

#include "pipeline/typed_sentence.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;

namespace {

bool classifies(const model::Model& model)
{
    return model.config().head == model::HeadKind::SequenceClassification;
}

base::Status attribute(SentenceAnswer& answer, const OpenModel& fineTuned, const SentenceQuestion& question,
    const base::JobContext& ctx)
{
    if (!classifies(*fineTuned.model)) {
        answer.noAttribution = headProblem(*fineTuned.model);
        return {};
    }
    probe::AttributionOptions options = question.attribution;
    setBaseline(options, *fineTuned.tokenizer);
    const auto pieces
        = encodeCut(*fineTuned.tokenizer, question.words, fineTuned.maxPieces, question.firstTextWords);
    const std::array<model::SentencePieces, 1> sentence{{{pieces.ids, pieces.wordOfPiece, pieces.types}}};
    PALIMPSEST_TRY(found, probe::attribute(*fineTuned.model, sentence, options, ctx));
    answer.attribution = std::move(found.front());
    return {};
}

base::Status predictBase(SentenceAnswer& answer, ConceptLocator& locator, const SentenceQuestion& question,
    const base::JobContext& ctx)
{
    const auto opened = locator.baseModel();
    if (!opened) {
        answer.noBase = opened.error().message;
        answer.baseMissing = true;
        return {};
    }
    const OpenModel& model = opened.value();
    if (!classifies(*model.model)) {
        answer.noBase = "The base model has no classification head, so it gives no classes";
        return {};
    }
    const auto pieces = encodeCut(*model.tokenizer, question.words, model.maxPieces, question.firstTextWords);
    const std::array<model::SentencePieces, 1> sentence{{{pieces.ids, pieces.wordOfPiece, pieces.types}}};
    PALIMPSEST_TRY(predictions, probe::predict(*model.model, sentence, ctx));
    answer.base = std::move(predictions.front());
    return {};
}

} // namespace

base::Result<SentenceAnswer> explainSentence(ConceptLocator& locator, const LayerSource& layers,
    const SentenceQuestion& question, const base::JobContext& ctx)
{
    if (question.words.empty())
        return Error{ErrorCode::InvalidArgument, "The sentence has no words; type some"};
    PALIMPSEST_CHECK(
        checkPair(*locator.fineTuned().tokenizer, question.words.size(), question.firstTextWords));
    SentenceAnswer answer;
    if (question.attribute) {
        PALIMPSEST_CHECK(attribute(answer, locator.fineTuned(), question, ctx.part(0.0, 0.3)));
        PALIMPSEST_CHECK(predictBase(answer, locator, question, ctx.part(0.3, 0.35)));
    }
    if (!question.concepts)
        return answer;
    auto located = locator.locate(question.words, layers, ctx.part(0.35, 1.0), question.firstTextWords);
    if (located)
        answer.concepts = std::move(located).value();
    else if (located.error().code == ErrorCode::NotFound || located.error().code == ErrorCode::ShapeMismatch)
        answer.noConcepts = located.error().message; // the rest works
    else
        return located.error();
    return answer;
}

base::Result<std::size_t> labelNamed(const model::Model& model, std::string_view name)
{
    const auto& labels = model.config().labels;
    const auto found = std::find(labels.begin(), labels.end(), name);
    if (found != labels.end())
        return static_cast<std::size_t>(found - labels.begin());
    std::string all;
    for (const std::string& label : labels)
        all += (all.empty() ? "" : ", ") + label;
    return Error{ErrorCode::NotFound,
        "The model has no label \"" + std::string(name) + "\"; "
            + (all.empty() ? "it has no classification head" : "its labels are " + all)};
}

} // namespace palimpsest::pipeline
