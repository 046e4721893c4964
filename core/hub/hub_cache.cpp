#include "hub/hub_cache.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include <pwd.h>
#include <unistd.h>

#include "base/mapped_file.h"

namespace palimpsest::hub {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;

namespace {

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isPart(std::string_view part)
{
    constexpr std::size_t kLongest = 96;
    const auto edge = [](char c) { return c == '-' || c == '.'; };
    return !part.empty() && part.size() <= kLongest && !edge(part.front()) && !edge(part.back())
        && part.find("--") == std::string_view::npos && part.find("..") == std::string_view::npos
        && std::all_of(part.begin(), part.end(),
            [](char c) { return isLetterOrDigit(c) || c == '-' || c == '_' || c == '.'; });
}

/// A variable that is set to something, with a leading ~ replaced by the home folder.
fs::path pathFrom(const char* variable, const fs::path& home)
{
    const char* value = std::getenv(variable);
    const std::string_view text = value != nullptr ? value : "";
    if (text == "~" || text.starts_with("~/"))
        return home / text.substr(std::min<std::size_t>(2, text.size()));
    return text;
}

fs::path homeFolder()
{
    if (const char* value = std::getenv("HOME"); value != nullptr && *value != '\0')
        return value;
    const passwd* user = ::getpwuid(::getuid());
    return user != nullptr && user->pw_dir != nullptr ? user->pw_dir : "/";
}

} // namespace

fs::path cacheFolder()
{
    const fs::path home = homeFolder();
    if (fs::path named = pathFrom("HF_HUB_CACHE", home); !named.empty())
        return named;
    if (const fs::path named = pathFrom("HF_HOME", home); !named.empty())
        return named / "hub";
    const fs::path caches = pathFrom("XDG_CACHE_HOME", home);
    return (caches.empty() ? home / ".cache" : caches) / "huggingface" / "hub";
}

bool isHubId(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos)
        return isPart(text);
    return isPart(text.substr(0, slash)) && isPart(text.substr(slash + 1));
}

bool isRevision(std::string_view text)
{
    while (true) {
        const std::size_t slash = text.find('/');
        if (!isPart(text.substr(0, slash)))
            return false;
        if (slash == std::string_view::npos)
            return true;
        text.remove_prefix(slash + 1);
    }
}

bool isCommit(std::string_view text)
{
    constexpr std::size_t kDigits = 40;
    return text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

fs::path repositoryFolder(const fs::path& cache, std::string_view id)
{
    std::string name = "models--" + std::string(id);
    if (const std::size_t slash = name.find('/'); slash != std::string::npos)
        name.replace(slash, 1, "--");
    return cache / name;
}

base::Result<fs::path> findCached(const fs::path& cache, std::string_view id, std::string_view revision)
{
    if (!isHubId(id) || !isRevision(revision)) {
        return Error{ErrorCode::InvalidArgument,
            "\"" + std::string(id) + "\" at \"" + std::string(revision)
                + "\" is not the id of a model of Hugging Face; it is written owner/name"};
    }
    const fs::path folder = repositoryFolder(cache, id);
    constexpr std::size_t kLargestReference = 4096;
    std::string commit(revision);
    if (!isCommit(commit)) {
        const auto reference = base::readFile(folder / "refs" / revision, kLargestReference);
        commit = reference ? reference.value() : std::string();
        while (!commit.empty() && (commit.back() == '\n' || commit.back() == '\r' || commit.back() == ' '))
            commit.pop_back();
    }
    const fs::path snapshot = folder / "snapshots" / commit;
    std::error_code ignored;
    if (!isCommit(commit) || !fs::exists(snapshot / "config.json", ignored)) {
        return Error{ErrorCode::NotFound,
            "The model " + std::string(id) + " is not in the cache of Hugging Face (" + cache.string() + ")"};
    }
    return snapshot;
}

} // namespace palimpsest::hub
