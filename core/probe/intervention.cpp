#include "probe/intervention.h"

#include <string>

#include <torch/torch.h>

#include "probe/head_runner.h"

namespace palimpsest::probe {

using base::Error;
using base::ErrorCode;

namespace {

at::Tensor toTensor(std::span<const float> values, at::Device device)
{
    const at::Tensor host = at::empty({static_cast<std::int64_t>(values.size())}, at::kFloat);
    std::copy(values.begin(), values.end(), host.data_ptr<float>());
    return host.to(device);
}

base::Status checkShapes(const model::Model& model, std::span<const model::SentencePieces> sentences,
    const Intervention& intervention, std::span<const std::vector<std::uint8_t>> pieces)
{
    if (intervention.layer > model.config().layerCount) {
        return Error{ErrorCode::InvalidArgument,
            "There is no layer " + std::to_string(intervention.layer) + "; the model has layers 0 to "
                + std::to_string(model.config().layerCount)};
    }
    const std::size_t hidden = model.config().hiddenSize;
    const bool reads = !intervention.reads.empty();
    if (intervention.writes.size() != hidden
        || (reads && (intervention.reads.size() != hidden || intervention.centre.size() != hidden))) {
        return Error{ErrorCode::ShapeMismatch,
            "The directions of a change need " + std::to_string(hidden)
                + " values, as the model's states have"};
    }
    bool fits = pieces.empty() || pieces.size() == sentences.size();
    for (std::size_t i = 0; fits && i < pieces.size(); ++i)
        fits = pieces[i].size() == sentences[i].ids.size();
    if (!fits)
        return Error{ErrorCode::ShapeMismatch, "Each piece of each sentence needs one flag"};
    return {};
}

at::Tensor changed(const at::Tensor& state, const Intervention& intervention,
    std::span<const std::vector<std::uint8_t>> pieces, const std::vector<std::uint32_t>& members)
{
    const at::Tensor writes = toTensor(intervention.writes, state.device()).unsqueeze(0);
    at::Tensor amount = at::ones({state.size(0), 1}, state.options().dtype(at::kFloat));
    if (!intervention.reads.empty()) {
        const at::Tensor centre = toTensor(intervention.centre, state.device());
        amount = at::mv(state.to(at::kFloat) - centre, toTensor(intervention.reads, state.device())).unsqueeze(1);
    }
    if (!pieces.empty()) {
        std::vector<float> flags;
        for (const std::uint32_t member : members) {
            for (const std::uint8_t flag : pieces[member])
                flags.push_back(flag != 0 ? 1.0F : 0.0F);
        }
        amount = amount * toTensor(flags, state.device()).unsqueeze(1);
    }
    return (state.to(at::kFloat) + amount * writes).to(state.scalar_type());
}

} // namespace

base::Result<std::vector<Prediction>> predictWith(const model::Model& model,
    std::span<const model::SentencePieces> sentences, const Intervention& intervention,
    std::span<const std::vector<std::uint8_t>> pieces, const StateObserver& observe,
    const base::JobContext& ctx)
{
    PALIMPSEST_CHECK(checkHead(model, model::HeadKind::SequenceClassification));
    PALIMPSEST_CHECK(checkShapes(model, sentences, intervention, pieces));
    const StateHook hook = [&](std::size_t layer, at::Tensor state, const model::PackedBatch& batch,
                               const std::vector<std::uint32_t>& members) {
        if (layer == intervention.layer)
            state = changed(state, intervention, pieces, members);
        if (observe && layer >= intervention.layer) {
            const at::Tensor host = state.to(at::kCPU).to(at::kFloat).contiguous();
            observe(layer, members, batch.starts,
                {host.data_ptr<float>(), static_cast<std::size_t>(host.numel())},
                static_cast<std::size_t>(host.size(1)));
        }
        return state;
    };
    const bool multiLabel = model.config().problemType == "multi_label_classification";
    std::vector<Prediction> predictions(sentences.size());
    PALIMPSEST_CHECK(runHead(
        model, sentences, {}, ctx,
        [&](const auto& members, const model::PackedBatch&, const auto& rows) {
            for (std::size_t i = 0; i < members.size(); ++i)
                predictions[members[i]] = toPrediction(rows[i], multiLabel);
        },
        hook));
    return predictions;
}

} // namespace palimpsest::probe
