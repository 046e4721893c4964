#include "model/weights.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "model/random_stream.h"

namespace palimpsest::model {

using base::Error;
using base::ErrorCode;
using tensorfile::ElementType;
using tensorfile::TensorView;

namespace {

constexpr double kInitialDeviation = 0.02; // initializer_range of all these families

std::vector<std::int64_t> sizesOf(std::span<const std::size_t> shape)
{
    return {shape.begin(), shape.end()};
}

bool isFloat(ElementType type)
{
    return type == ElementType::F64 || type == ElementType::F32 || type == ElementType::F16
        || type == ElementType::BF16;
}

} // namespace

Weights::Weights(
    const Checkpoint& checkpoint, std::string_view prefix, std::string_view modelType, Options options)
    : m_checkpoint(checkpoint)
    , m_prefix(prefix)
    , m_modelType(modelType)
    , m_options(options)
{
}

const TensorView* Weights::find(const std::string& name) const
{
    const TensorView* found = m_checkpoint.find(m_prefix + name);
    return found != nullptr ? found : m_checkpoint.find(name);
}

at::Tensor Weights::load(const TensorView& view) const
{
    const auto sizes = sizesOf(view.shape);
    const bool mappable = view.type == ElementType::F32
        && reinterpret_cast<std::uintptr_t>(view.bytes.data()) % alignof(float) == 0;
    if (mappable && !m_options.trainable) {
        // The map is read-only and so is every use of an untrained weight; from_blob just lacks a const form.
        auto* data = const_cast<std::byte*>(view.bytes.data());
        return at::from_blob(data, sizes, at::kFloat).to(m_options.device).to(m_options.type);
    }
    auto copy = at::empty(sizes, at::kFloat);
    tensorfile::convertToFloat(view, {copy.data_ptr<float>(), static_cast<std::size_t>(copy.numel())});
    return copy.to(m_options.device).to(m_options.type);
}

at::Tensor Weights::take(
    const std::string& savedName, const TensorView* found, std::initializer_list<std::size_t> shape)
{
    if (m_error)
        return {};
    const std::string folder = m_checkpoint.folder().string();
    if (found == nullptr) {
        m_error = Error{ErrorCode::NotFound,
            "The checkpoint " + folder + " has no weight \"" + savedName
                + "\"; it is incomplete, or not a model of type " + m_modelType};
        return {};
    }
    if (!std::equal(found->shape.begin(), found->shape.end(), shape.begin(), shape.end())) {
        m_error = Error{ErrorCode::ShapeMismatch,
            "Weight \"" + savedName + "\" in " + folder + " has shape " + tensorfile::shapeText(found->shape)
                + ", but config.json makes it " + tensorfile::shapeText(std::vector<std::size_t>(shape))};
        return {};
    }
    if (!isFloat(found->type)) {
        m_error = Error{ErrorCode::Unsupported,
            "Weight \"" + savedName + "\" in " + folder + " is stored as "
                + std::string(tensorfile::elementTypeName(found->type))
                + "; quantised weights cannot be read, take the float version of the model"};
        return {};
    }
    at::Tensor loaded = load(*found);
    loaded.requires_grad_(m_options.trainable);
    m_taken.push_back({savedName, loaded});
    return loaded;
}

at::Tensor Weights::layOut(at::Tensor weight)
{
    if (m_error || m_options.trainable)
        return weight;
    weight = forCpuLinear(weight);
    m_taken.back().tensor = weight;
    return weight;
}

at::Tensor Weights::tensor(const std::string& name, std::initializer_list<std::size_t> shape)
{
    return take(m_prefix + name, find(name), shape);
}

Linear Weights::linear(const std::string& name, std::size_t in, std::size_t out)
{
    return linear(name, in, out, true);
}

Linear Weights::linear(const std::string& name, std::size_t in, std::size_t out, bool biased)
{
    at::Tensor weight = layOut(tensor(name + ".weight", {out, in}));
    return {std::move(weight), biased ? tensor(name + ".bias", {out}) : at::Tensor()};
}

LayerNorm Weights::layerNorm(const std::string& name, std::size_t size, double eps)
{
    const bool legacy = find(name + ".weight") == nullptr && find(name + ".gamma") != nullptr;
    const TensorView* weight = find(name + (legacy ? ".gamma" : ".weight"));
    const TensorView* bias = find(name + (legacy ? ".beta" : ".bias"));
    const std::string saved = m_prefix + name;
    return {take(saved + ".weight", weight, {size}), take(saved + ".bias", bias, {size}), eps};
}

std::optional<Linear> Weights::pooler(const std::string& name, std::size_t size, bool needed)
{
    const bool present = find(name + ".weight") != nullptr;
    if (!present && !needed)
        return std::nullopt;
    if (!present && m_options.headSeed)
        return initialised(m_prefix + name, size, size);
    return linear(name, size, size);
}

Linear Weights::headLinear(const std::string& name, std::size_t in, std::size_t out, bool biased)
{
    if (m_options.headSeed)
        return initialised(name, in, out, biased);
    at::Tensor weight = take(name + ".weight", m_checkpoint.find(name + ".weight"), {out, in});
    return {std::move(weight),
        biased ? take(name + ".bias", m_checkpoint.find(name + ".bias"), {out}) : at::Tensor()};
}

Linear Weights::initialised(const std::string& savedName, std::size_t in, std::size_t out, bool biased)
{
    if (m_error)
        return {};
    const std::vector<std::size_t> shape = {out, in};
    auto weight = at::empty(sizesOf(shape), at::kFloat);
    std::span<float> values(weight.data_ptr<float>(), static_cast<std::size_t>(weight.numel()));
    for (float& value : values)
        value = static_cast<float>(kInitialDeviation * randomNormal(*m_options.headSeed, m_draws++));
    weight = weight.to(m_options.device);
    weight.requires_grad_(m_options.trainable);
    m_taken.push_back({savedName + ".weight", weight});
    if (!biased)
        return {weight, {}};
    auto bias
        = at::zeros({static_cast<std::int64_t>(out)}, at::TensorOptions(m_options.device).dtype(at::kFloat));
    bias.requires_grad_(m_options.trainable);
    m_taken.push_back({savedName + ".bias", bias});
    return {weight, bias};
}

void Weights::fail(base::Error error)
{
    if (!m_error)
        m_error = std::move(error);
}

base::Status Weights::status() const
{
    return m_error ? base::Status(*m_error) : base::Status();
}

} // namespace palimpsest::model
