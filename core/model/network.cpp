#include "model/network.h"

#include <utility>

#include "model/architecture_registry.h"
#include "model/torch_guard.h"

namespace palimpsest::model {

base::Result<Network> buildNetwork(
    const ModelConfig& config, const std::filesystem::path& folder, const Weights::Options& options)
{
    const Architecture* architecture = architectureOfType(config.modelType);
    if (architecture == nullptr) {
        return base::Error{
            base::ErrorCode::Unsupported, "There is no architecture \"" + config.modelType + "\""};
    }
    return guardTorch([&]() -> base::Result<Network> {
        Network network;
        PALIMPSEST_TRY(checkpoint, Checkpoint::open(folder));
        network.checkpoint = std::move(checkpoint);
        Weights weights(network.checkpoint, architecture->weightPrefix, config.modelType, options);
        network.encoder = architecture->makeEncoder(config, weights);
        network.head = makeHead(config, *architecture, weights);
        PALIMPSEST_CHECK(weights.status());
        network.weights = weights.taken();
        return network;
    });
}

} // namespace palimpsest::model
