#include "model/model.h"

#include <charconv>
#include <optional>
#include <utility>

#include <torch/torch.h>

#include "model/checkpoint.h"
#include "model/network.h"
#include "model/torch_guard.h"

namespace palimpsest::model {

using base::Error;
using base::ErrorCode;

namespace {

base::Result<at::Device> resolveDevice(const std::string& name)
{
    const bool hasCuda = torch::cuda::is_available();
    if (name == "cpu" || (name == "auto" && !hasCuda))
        return at::Device(at::kCPU);
    int index = 0;
    bool known = name == "cuda" || name == "auto";
    if (name.starts_with("cuda:")) {
        const char* end = name.data() + name.size();
        const auto [stop, problem] = std::from_chars(name.data() + 5, end, index);
        known = problem == std::errc() && stop == end && index >= 0 && index < 128;
    }
    if (!known) {
        return Error{ErrorCode::InvalidArgument,
            "There is no device \"" + name + "\"; use cpu, cuda, cuda:1 (and so on) or auto"};
    }
    if (!hasCuda || index >= static_cast<int>(torch::cuda::device_count())) {
        return Error{ErrorCode::Unsupported,
            "The device " + name
                + " is not available to this program; use cpu, or auto to take what is there"};
    }
    return at::Device(at::kCUDA, static_cast<at::DeviceIndex>(index));
}

at::ScalarType scalarTypeOf(Precision precision)
{
    switch (precision) {
    case Precision::Float16:
        return at::kHalf;
    case Precision::BFloat16:
        return at::kBFloat16;
    case Precision::Float32:
        break;
    }
    return at::kFloat;
}

} // namespace

struct Model::Parts {
    ModelConfig config;
    std::filesystem::path folder;
    base::Fingerprint fingerprint;
    at::Device device = at::kCPU;
    Precision precision = Precision::Float32;
    Network network;
};

Model::Model(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{
}

Model::~Model() = default;

base::Result<std::shared_ptr<const Model>> Model::open(
    const std::filesystem::path& folder, const ModelOptions& options)
{
    auto parts = std::make_unique<Parts>();
    parts->folder = folder;
    PALIMPSEST_TRY(config, readModelConfig(folder));
    parts->config = std::move(config);
    PALIMPSEST_TRY(device, guardTorch([&] { return resolveDevice(options.device); }));
    parts->device = device;
    parts->precision = options.precision;
    if (device.is_cpu() && options.precision == Precision::Float16) {
        return Error{ErrorCode::Unsupported,
            "A CPU cannot compute with float16; choose float32 or bfloat16, or a CUDA device"};
    }
    PALIMPSEST_TRY(fingerprint, fingerprintCheckpoint(folder));
    parts->fingerprint = fingerprint;
    Weights::Options weightOptions;
    weightOptions.device = device;
    weightOptions.type = scalarTypeOf(options.precision);
    PALIMPSEST_TRY(network, buildNetwork(parts->config, folder, weightOptions));
    parts->network = std::move(network);
    return std::shared_ptr<const Model>(new Model(std::move(parts)));
}

const ModelConfig& Model::config() const
{
    return m_parts->config;
}

const std::filesystem::path& Model::folder() const
{
    return m_parts->folder;
}

base::Fingerprint Model::fingerprint() const
{
    return m_parts->fingerprint;
}

bool Model::hasHead() const
{
    return m_parts->network.head != nullptr;
}

std::string Model::device() const
{
    return m_parts->device.str();
}

Precision Model::precision() const
{
    return m_parts->precision;
}

const Encoder& Model::encoder() const
{
    return *m_parts->network.encoder;
}

const Head* Model::head() const
{
    return m_parts->network.head.get();
}

base::Result<base::Fingerprint> fingerprintModel(const std::filesystem::path& folder)
{
    return fingerprintCheckpoint(folder);
}

} // namespace palimpsest::model
