#pragma once
// Torch-facing. Takes weights out of a checkpoint by name, checks their shape, widens them to float32,
// moves them to the device and rounds them to what it computes with. The first problem is kept, so
// architectures read as lists of names. Thread: one builder thread.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <torch/torch.h>

#include "base/result.h"
#include "model/checkpoint.h"
#include "model/cpu_path.h"

namespace palimpsest::model {

struct Linear {
    at::Tensor weight; ///< [out, in]; for evaluation on a CPU column by column
    at::Tensor bias; ///< [out]; undefined where there is none

    [[nodiscard]] at::Tensor operator()(const at::Tensor& rows) const
    {
        return takesCpuLinear(rows, weight) ? cpuLinear(rows, weight, bias) : at::linear(rows, weight, bias);
    }
};

struct LayerNorm {
    at::Tensor weight;
    at::Tensor bias;
    double eps = 1e-12;

    [[nodiscard]] at::Tensor operator()(const at::Tensor& rows) const
    {
        return at::layer_norm(rows, {weight.size(0)}, weight, bias, eps);
    }
};

struct NamedTensor {
    std::string name; ///< as save_pretrained of a model with a head writes it
    at::Tensor tensor;
};

class Weights {
public:
    struct Options {
        at::Device device = at::kCPU;
        at::ScalarType type = at::kFloat; ///< what weights are rounded to; kFloat where they are trainable
        bool trainable = false; ///< copies that require gradients, instead of views of the file
        /// A new head: weights N(0, 0.02²), biases 0. A pooler of the checkpoint is kept.
        std::optional<std::uint64_t> headSeed;
    };

    /// Encoder names are looked up with and without `prefix`. `checkpoint` must outlive the tensors.
    Weights(
        const Checkpoint& checkpoint, std::string_view prefix, std::string_view modelType, Options options);

    /// Encoder weight `name`. After a failure, an undefined tensor.
    [[nodiscard]] at::Tensor tensor(const std::string& name, std::initializer_list<std::size_t> shape);
    /// name.weight [out, in] and name.bias [out].
    [[nodiscard]] Linear linear(const std::string& name, std::size_t in, std::size_t out);
    /// The same without name.bias, unless `biased`.
    [[nodiscard]] Linear linear(const std::string& name, std::size_t in, std::size_t out, bool biased);
    /// name.weight and name.bias, or name.gamma and name.beta as in files of 2018.
    [[nodiscard]] LayerNorm layerNorm(const std::string& name, std::size_t size, double eps);
    /// The encoder's layer [size, size] behind the first piece, which only some heads use: where `needed` is
    /// false and it is missing, nothing.
    [[nodiscard]] std::optional<Linear> pooler(const std::string& name, std::size_t size, bool needed);
    /// A linear layer outside the encoder.
    [[nodiscard]] Linear headLinear(
        const std::string& name, std::size_t in, std::size_t out, bool biased = true);

    /// Keeps `error` unless there is one already.
    void fail(base::Error error);
    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    [[nodiscard]] base::Status status() const;
    [[nodiscard]] const Options& options() const { return m_options; }

    /// Everything that was taken, in order.
    [[nodiscard]] const std::vector<NamedTensor>& taken() const { return m_taken; }

private:
    [[nodiscard]] const tensorfile::TensorView* find(const std::string& name) const;
    at::Tensor take(const std::string& savedName, const tensorfile::TensorView* found,
        std::initializer_list<std::size_t> shape);
    at::Tensor load(const tensorfile::TensorView& view) const;
    /// The weight just taken, laid out for products; the other layout is not kept.
    at::Tensor layOut(at::Tensor weight);
    Linear initialised(const std::string& savedName, std::size_t in, std::size_t out, bool biased = true);

    const Checkpoint& m_checkpoint;
    std::string m_prefix;
    std::string m_modelType;
    Options m_options;
    std::uint64_t m_draws = 0;
    std::vector<NamedTensor> m_taken;
    std::optional<base::Error> m_error;
};

} // namespace palimpsest::model
