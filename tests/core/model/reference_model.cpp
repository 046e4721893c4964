#include "reference_model.h"

#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include <torch/torch.h>

#include "model/encoder.h"
#include "model/head.h"
#include "support/reference.h"

namespace palimpsest::testing {

namespace {

std::vector<std::int64_t> integersOf(const tensorfile::TensorView& tensor)
{
    std::vector<std::int64_t> numbers(tensor.elementCount());
    std::memcpy(numbers.data(), tensor.bytes.data(), tensor.bytes.size());
    return numbers;
}

/// Rows that every run of `sentences` gives, put end to end: one run with all, or one per sentence.
std::vector<float> collect(const std::vector<std::vector<std::int32_t>>& sentences, bool together,
    const std::function<at::Tensor(const model::Forward&)>& compute)
{
    const c10::InferenceMode noGradients;
    std::vector<model::SentencePieces> pieces;
    for (const auto& ids : sentences)
        pieces.push_back({ids, {}});
    std::vector<std::vector<std::uint32_t>> runs(together ? 1 : sentences.size());
    for (std::uint32_t i = 0; i < sentences.size(); ++i)
        runs[together ? 0 : i].push_back(i);
    std::vector<float> all;
    for (const auto& members : runs) {
        const auto batch = model::packSentences(pieces, members, at::kCPU);
        const at::Tensor rows = compute({batch, nullptr}).contiguous();
        all.insert(all.end(), rows.data_ptr<float>(), rows.data_ptr<float>() + rows.numel());
    }
    return all;
}

double worst(const std::vector<float>& ours, const tensorfile::TensorView* theirs)
{
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (theirs == nullptr || theirs->elementCount() != ours.size())
        return kInfinity;
    std::vector<float> reference(ours.size());
    tensorfile::convertToFloat(*theirs, reference);
    double largest = 0.0;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        const double difference = std::abs(static_cast<double>(ours[i]) - static_cast<double>(reference[i]));
        if (!(difference <= largest))
            largest = std::isnan(difference) ? kInfinity : difference;
    }
    return largest;
}

} // namespace

std::filesystem::path goldenDir()
{
    return TEST_GOLDENS_DIR;
}

base::Result<ReferenceModel> ReferenceModel::open(const std::string& name)
{
    return openFolder(referenceDir() / "models" / name);
}

base::Result<ReferenceModel> ReferenceModel::openGolden(const std::string& name)
{
    return openFolder(goldenDir() / name);
}

base::Result<ReferenceModel> ReferenceModel::openFolder(const std::filesystem::path& folder)
{
    ReferenceModel reference;
    PALIMPSEST_TRY(model, model::Model::open(folder));
    PALIMPSEST_TRY(expected, tensorfile::SafetensorsFile::open(folder / "expected.safetensors"));
    reference.m_model = model;
    reference.m_expected = std::move(expected);
    const auto* idTensor = reference.m_expected.find("input_ids");
    const auto* maskTensor = reference.m_expected.find("attention_mask");
    if (idTensor == nullptr || maskTensor == nullptr)
        return base::Error{base::ErrorCode::Malformed, "expected.safetensors lacks input_ids"};
    const auto ids = integersOf(*idTensor);
    const auto mask = integersOf(*maskTensor);
    const std::size_t width = idTensor->shape[1];
    reference.m_sentences.resize(idTensor->shape[0]);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (mask[i] == 1)
            reference.m_sentences[i / width].push_back(static_cast<std::int32_t>(ids[i]));
    }
    return reference;
}

const tensorfile::TensorView* ReferenceModel::expected(bool together, const std::string& what) const
{
    // Rows of both are in the same order; where the reference has no single run, its batch says the same.
    const auto* single = together ? nullptr : m_expected.find("single." + what);
    return single != nullptr ? single : m_expected.find("batch." + what);
}

std::size_t ReferenceModel::statesCompared(bool together) const
{
    std::size_t count = 0;
    for (std::size_t k = 0; k <= m_model->config().layerCount; ++k)
        count += expected(together, "hidden_states." + std::to_string(k)) != nullptr ? 1 : 0;
    return count;
}

double ReferenceModel::stateDifference(bool together) const
{
    double largest = 0.0;
    for (std::size_t k = 0; k <= m_model->config().layerCount; ++k) {
        const auto* theirs = expected(together, "hidden_states." + std::to_string(k));
        if (theirs == nullptr)
            continue;
        const auto ours = collect(m_sentences, together,
            [&](const model::Forward& run) { return model::runEncoder(m_model->encoder(), k, run); });
        largest = std::max(largest, worst(ours, theirs));
    }
    return statesCompared(together) > 0 ? largest : std::numeric_limits<double>::infinity();
}

double ReferenceModel::poolerDifference(bool together) const
{
    const auto ours = collect(m_sentences, together, [&](const model::Forward& run) {
        const model::Encoder& encoder = m_model->encoder();
        return encoder.pooled(model::runEncoder(encoder, m_model->config().layerCount, run), run);
    });
    return worst(ours, expected(together, "pooler_output"));
}

double ReferenceModel::logitDifference(bool together) const
{
    const auto ours = collect(m_sentences, together, [&](const model::Forward& run) {
        const model::Encoder& encoder = m_model->encoder();
        return m_model->head()->logits(
            encoder, model::runEncoder(encoder, m_model->config().layerCount, run), run);
    });
    return worst(ours, expected(together, "logits"));
}

} // namespace palimpsest::testing
