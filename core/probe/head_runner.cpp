#include "probe/head_runner.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "model/batch_planner.h"
#include "model/batch_runner.h"
#include "model/encoder.h"
#include "model/head.h"

namespace palimpsest::probe {

using base::Error;
using base::ErrorCode;
using model::HeadKind;
using model::SentencePieces;

Prediction toPrediction(std::span<const float> logits, bool multiLabel)
{
    Prediction prediction;
    prediction.logits.assign(logits.begin(), logits.end());
    const auto largest = std::max_element(logits.begin(), logits.end());
    prediction.label = static_cast<int>(largest - logits.begin());
    double total = 0.0;
    std::vector<double> shares;
    for (const float logit : logits) {
        const double exponent
            = multiLabel ? -static_cast<double>(logit) : static_cast<double>(logit - *largest);
        shares.push_back(std::exp(exponent));
        total += shares.back();
    }
    for (const double share : shares)
        prediction.probabilities.push_back(
            static_cast<float>(multiLabel ? 1.0 / (1.0 + share) : share / total));
    return prediction;
}

base::Status checkHead(const model::Model& model, HeadKind wanted)
{
    const model::ModelConfig& config = model.config();
    if (config.head == wanted)
        return {};
    if (!model.hasHead()) {
        return Error{ErrorCode::Unsupported,
            "The model " + model.folder().string() + " (" + config.architecture
                + ") has no classification head, so it predicts nothing; take a fine-tuned model"};
    }
    return Error{ErrorCode::Unsupported,
        "The model " + model.folder().string()
            + (wanted == HeadKind::SequenceClassification ? " labels words, not sentences"
                                                          : " labels sentences, not words")};
}

base::Status runHead(const model::Model& model, std::span<const SentencePieces> sentences,
    const PredictOptions& options, const base::JobContext& ctx, const TakeLogits& take, const StateHook& hook)
{
    std::vector<std::size_t> lengths;
    lengths.reserve(sentences.size());
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        PALIMPSEST_CHECK(model::checkSentence(sentences[i], i, model.config()));
        lengths.push_back(sentences[i].ids.size());
    }
    const at::Device device(model.device());
    const auto batches = model::planBatches(lengths, kTokenBudget);
    std::size_t done = 0;
    model::BatchCalls calls;
    calls.run = [&](std::size_t index) -> base::Status {
        const auto batch = model::packSentences(sentences, batches[index], device);
        const model::Forward run{batch, nullptr, {}};
        at::Tensor state = model.encoder().embed(model.encoder().embedWords(batch.ids()), run);
        if (hook)
            state = hook(0, state, batch, batches[index]);
        for (std::size_t layer = 0; layer < model.config().layerCount; ++layer) {
            if (ctx.stopRequested())
                return base::cancelled();
            state = model.encoder().layer(layer, state, run);
            if (hook)
                state = hook(layer + 1, state, batch, batches[index]);
        }
        const at::Tensor logits
            = model.head()->logits(model.encoder(), state, run).to(at::kCPU).to(at::kFloat).contiguous();
        const auto width = static_cast<std::size_t>(logits.size(1));
        std::vector<std::span<const float>> rows;
        for (std::size_t row = 0; row < static_cast<std::size_t>(logits.size(0)); ++row)
            rows.emplace_back(logits.data_ptr<float>() + row * width, width);
        take(batches[index], batch, rows);
        return {};
    };
    calls.finished = [&](std::size_t index) {
        done += batches[index].size();
        ctx.progress(static_cast<double>(done) / static_cast<double>(sentences.size()),
            std::to_string(done) + " of " + std::to_string(sentences.size()) + " sentences");
    };
    return model::runBatches(model, batches.size(), options.workers, ctx, calls);
}

} // namespace palimpsest::probe
