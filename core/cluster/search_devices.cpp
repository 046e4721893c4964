#include <ATen/ATen.h>
#include <torch/cuda.h>

#include <charconv>
#include <numeric>

#include "cluster/device_search.h"

namespace palimpsest::cluster {
namespace {

using base::Error;
using base::ErrorCode;

/// Fewer rows are done on the processor before a device has started.
constexpr std::size_t kWorthADevice = 5000;
/// The operations of the CUDA path on the processor, so that they can be tested everywhere.
constexpr std::string_view kOperations = "operations";

Error unknown(std::string_view name)
{
    return Error{ErrorCode::InvalidArgument,
        "There is no device \"" + std::string(name)
            + "\" to cluster on; use auto, cpu, cuda (all CUDA devices), or cuda:0 and so on"};
}

/// LibTorch changed the type between its versions.
std::size_t cudaCount()
{
    return static_cast<std::size_t>(torch::cuda::device_count());
}

std::vector<SearchDevice> allCuda()
{
    std::vector<SearchDevice> devices;
    for (std::size_t index = 0; index < cudaCount(); ++index)
        devices.push_back({true, static_cast<int>(index)});
    return devices;
}

base::Result<SearchDevice> oneDevice(std::string_view name)
{
    if (name == kOperations)
        return SearchDevice{};
    constexpr std::string_view kPrefix = "cuda:";
    int index = 0;
    if (!name.starts_with(kPrefix))
        return unknown(name);
    const char* end = name.data() + name.size();
    const auto [stop, problem] = std::from_chars(name.data() + kPrefix.size(), end, index);
    if (problem != std::errc() || stop != end || index < 0)
        return unknown(name);
    if (static_cast<std::size_t>(index) >= cudaCount())
        return Error{ErrorCode::Unsupported,
            "The device " + std::string(name) + " is not available to this program, which sees "
                + std::to_string(cudaCount()) + " CUDA devices; use --device cpu, which gives the same tree"};
    return SearchDevice{true, index};
}

} // namespace

base::Result<std::vector<SearchDevice>> searchDevices(const std::string& name, std::size_t rows)
{
    if (name == "cpu")
        return std::vector<SearchDevice>{};
    if (name == "auto")
        return rows < kWorthADevice ? std::vector<SearchDevice>{} : allCuda();
    if (name == "cuda") {
        std::vector<SearchDevice> devices = allCuda();
        if (devices.empty())
            return Error{ErrorCode::Unsupported,
                "No CUDA device is available to this program, so clustering cannot run on cuda; use --device "
                "cpu, "
                "which gives the same tree, or auto to take what is there"};
        return devices;
    }
    std::vector<SearchDevice> devices;
    std::string_view rest = name;
    while (true) {
        const std::size_t comma = rest.find(',');
        PALIMPSEST_TRY(device, oneDevice(rest.substr(0, comma)));
        if (!devices.empty() && devices.front().cuda != device.cuda)
            return unknown(name);
        devices.push_back(device);
        if (comma == std::string_view::npos)
            return devices;
        rest.remove_prefix(comma + 1);
    }
}

} // namespace palimpsest::cluster
