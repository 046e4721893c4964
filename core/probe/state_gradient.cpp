#include "probe/state_gradient.h"

#include <algorithm>
#include <string>

#include <torch/torch.h>

#include "model/batch_planner.h"
#include "model/batch_runner.h"
#include "model/encoder.h"
#include "model/head.h"
#include "model/packed_batch.h"
#include "probe/head_runner.h"

namespace palimpsest::probe {

using base::Error;
using base::ErrorCode;

namespace {

/// d logit / d state of every piece of the batch, on the host as float32.
at::Tensor gradientsOf(
    const model::Model& model, const model::PackedBatch& batch, std::size_t layer, std::size_t label)
{
    const model::Forward run{batch, nullptr, {}};
    at::Tensor state;
    {
        const torch::NoGradGuard noGradients;
        state = model.encoder().embed(model.encoder().embedWords(batch.ids()), run);
        for (std::size_t i = 0; i < layer; ++i)
            state = model.encoder().layer(i, state, run);
    }
    const at::Tensor start = state.detach().clone().requires_grad_(true);
    state = start;
    for (std::size_t i = layer; i < model.config().layerCount; ++i)
        state = model.encoder().layer(i, state, run);
    const at::Tensor logits = model.head()->logits(model.encoder(), state, run);
    return torch::autograd::grad({logits.select(1, static_cast<std::int64_t>(label)).sum()}, {start})
        .front()
        .to(at::kCPU)
        .to(at::kFloat)
        .contiguous();
}

} // namespace

base::Result<std::vector<float>> stateGradients(const model::Model& model,
    std::span<const model::SentencePieces> sentences, std::size_t layer, std::size_t label,
    const base::JobContext& ctx)
{
    PALIMPSEST_CHECK(checkHead(model, model::HeadKind::SequenceClassification));
    if (label >= model.config().labels.size() || layer > model.config().layerCount) {
        return Error{ErrorCode::InvalidArgument,
            "There is no label " + std::to_string(label) + " or no layer " + std::to_string(layer)
                + "; the model has " + std::to_string(model.config().labels.size())
                + " labels and layers 0 to " + std::to_string(model.config().layerCount)};
    }
    std::vector<std::size_t> lengths;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        PALIMPSEST_CHECK(model::checkSentence(sentences[i], i, model.config()));
        lengths.push_back(sentences[i].ids.size());
    }
    const std::size_t hidden = model.config().hiddenSize;
    std::vector<float> sums(sentences.size() * hidden, 0.0F);
    const auto batches = model::planBatches(lengths, kTokenBudget);
    std::size_t done = 0;
    model::BatchCalls calls;
    calls.gradients = true;
    calls.run = [&](std::size_t index) -> base::Status {
        if (ctx.stopRequested())
            return base::cancelled();
        const auto batch = model::packSentences(sentences, batches[index], at::Device(model.device()));
        const at::Tensor gradients = gradientsOf(model, batch, layer, label);
        const float* values = gradients.data_ptr<float>();
        for (std::size_t i = 0; i < batches[index].size(); ++i) {
            float* sum = sums.data() + batches[index][i] * hidden;
            for (auto piece = batch.starts[i]; piece < batch.starts[i + 1]; ++piece) {
                for (std::size_t column = 0; column < hidden; ++column)
                    sum[column] += values[static_cast<std::size_t>(piece) * hidden + column];
            }
        }
        return {};
    };
    calls.finished = [&](std::size_t index) {
        done += batches[index].size();
        ctx.progress(static_cast<double>(done) / static_cast<double>(sentences.size()),
            "Gradients, " + std::to_string(done) + " of " + std::to_string(sentences.size()) + " sentences");
    };
    PALIMPSEST_CHECK(model::runBatches(model, batches.size(), 0, ctx, calls));
    return sums;
}

} // namespace palimpsest::probe
