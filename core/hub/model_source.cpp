#include "hub/model_source.h"

#include "hub/hub_cache.h"

namespace palimpsest::hub {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;

base::Result<fs::path> findModel(
    const std::string& name, bool download, const DownloadOptions& options, const base::JobContext& ctx)
{
    std::error_code ignored;
    if (fs::is_directory(name, ignored))
        return fs::path(name);
    const std::size_t at = name.find('@');
    const std::string id = name.substr(0, at);
    DownloadOptions chosen = options;
    if (at != std::string::npos)
        chosen.revision = name.substr(at + 1);
    if (!isHubId(id) || !isRevision(chosen.revision)) {
        return Error{ErrorCode::NotFound,
            "There is no folder " + name + ", and it is not the id of a model of Hugging Face (owner/name)"};
    }
    auto cached = findCached(chosen.cache, id, chosen.revision);
    if (download)
        return downloadModel(id, chosen, ctx);
    if (cached)
        return cached;
    return Error{ErrorCode::NotFound,
        "There is no folder " + name + ", and no model of this id in the cache of Hugging Face ("
            + chosen.cache.string() + "); give --download to fetch it"};
}

base::Result<fs::path> findModel(const std::string& name, bool download, const base::JobContext& ctx)
{
    return findModel(name, download, DownloadOptions::fromEnvironment(), ctx);
}

} // namespace palimpsest::hub
