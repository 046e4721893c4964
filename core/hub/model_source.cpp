#include "hub/model_source.h"

#include <optional>
#include <utility>

#include "hub/hub_cache.h"

namespace palimpsest::hub {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;

namespace {

struct NamedModel {
    std::string id;
    DownloadOptions options; ///< with the revision that the name asks for
};

/// Nothing where `name` is no id of a model.
std::optional<NamedModel> parseName(const std::string& name, const DownloadOptions& options)
{
    const std::size_t at = name.find('@');
    NamedModel named{name.substr(0, at), options};
    if (at != std::string::npos)
        named.options.revision = name.substr(at + 1);
    if (!isHubId(named.id) || !isRevision(named.options.revision))
        return std::nullopt;
    return named;
}

} // namespace

bool isModelId(const std::string& name)
{
    return parseName(name, {}).has_value();
}

LocatedModel locateModel(const std::string& name, const DownloadOptions& options)
{
    std::error_code ignored;
    if (fs::is_directory(name, ignored))
        return {ModelPlace::Folder, name};
    const auto named = parseName(name, options);
    if (!named)
        return {};
    auto cached = findCached(named->options.cache, named->id, named->options.revision);
    if (!cached)
        return {ModelPlace::Elsewhere, {}};
    return {ModelPlace::Cached, std::move(cached).value()};
}

base::Result<fs::path> findModel(
    const std::string& name, bool download, const DownloadOptions& options, const base::JobContext& ctx)
{
    LocatedModel found = locateModel(name, options);
    if (found.place == ModelPlace::Folder || (found.place == ModelPlace::Cached && !download))
        return std::move(found.folder);
    const auto named = parseName(name, options);
    if (!named) {
        return Error{ErrorCode::NotFound,
            "There is no folder " + name + ", and it is not the id of a model of Hugging Face (owner/name)"};
    }
    if (!download) {
        return Error{ErrorCode::NotFound,
            "There is no folder " + name + ", and no model of this id in the cache of Hugging Face ("
                + options.cache.string() + "); give --download to fetch it"};
    }
    auto fetched = downloadModel(named->id, named->options, ctx);
    if (fetched || found.place != ModelPlace::Cached || fetched.error().code != ErrorCode::Unreadable)
        return fetched;
    ctx.warn(fetched.error().message + "; the copy of " + name + " in the cache is used");
    return std::move(found.folder);
}

base::Result<fs::path> findModel(const std::string& name, bool download, const base::JobContext& ctx)
{
    return findModel(name, download, DownloadOptions::fromEnvironment(), ctx);
}

} // namespace palimpsest::hub
