#include "hub/download.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <set>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mapped_file.h"
#include "hub/digest.h"
#include "hub/http.h"
#include "hub/hub_cache.h"

namespace palimpsest::hub {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;
using base::JobContext;
using base::Result;
using base::Status;

namespace {

constexpr std::size_t kLargestList = std::size_t{16} << 20U;
constexpr std::size_t kLargestIndex = std::size_t{256} << 20U;
constexpr std::array kSmallFiles = {"config.json", "tokenizer.json", "tokenizer_config.json",
    "special_tokens_map.json", "added_tokens.json", "vocab.txt", "vocab.json", "merges.txt", "spiece.model",
    "sentencepiece.bpe.model", "spm.model", "tokenizer.model"};
constexpr std::array kWeights = {
    "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json"};

/// A file as the hub announces it.
struct RemoteFile {
    std::string name;
    std::string url;
    std::string checksum;
    std::uint64_t size = 0;
};

bool isHexadecimal(std::string_view text)
{
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::optional<DigestKind> kindOf(const std::string& checksum)
{
    constexpr std::size_t kSha256Digits = 64;
    if (checksum.size() == kSha256Digits && isHexadecimal(checksum))
        return DigestKind::Sha256;
    if (isCommit(checksum))
        return DigestKind::GitBlob;
    return std::nullopt;
}

std::string megabytes(std::uint64_t bytes)
{
    return std::to_string((bytes + 999'999) / 1'000'000) + " MB";
}

Error cannotWrite(const fs::path& path, int code)
{
    if (code == ENOSPC || code == EDQUOT) {
        return {ErrorCode::DiskFull,
            "The disk of " + path.string()
                + " is full; free some space and start again: what has arrived is kept"};
    }
    return {ErrorCode::WriteFailed, path.string() + " cannot be written: " + std::strerror(code)};
}

Status makeFolder(const fs::path& folder)
{
    std::error_code code;
    fs::create_directories(folder, code);
    return code ? Status(cannotWrite(folder, code.value())) : Status();
}

/// The file that grows while its content arrives. One process at a time holds it.
class PartFile {
public:
    static Result<PartFile> open(const fs::path& path)
    {
        PartFile file;
        file.m_path = path;
        file.m_descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (file.m_descriptor < 0)
            return cannotWrite(path, errno);
        if (::flock(file.m_descriptor, LOCK_EX | LOCK_NB) != 0) {
            return Error{ErrorCode::WriteFailed,
                path.string() + " is being fetched by another program; wait for it and start again"};
        }
        struct stat state { };
        if (::fstat(file.m_descriptor, &state) != 0)
            return cannotWrite(path, errno);
        file.m_size = static_cast<std::uint64_t>(state.st_size);
        return file;
    }

    PartFile() = default;
    ~PartFile()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    PartFile(PartFile&& other) noexcept
        : m_path(std::move(other.m_path))
        , m_descriptor(std::exchange(other.m_descriptor, -1))
        , m_size(other.m_size)
    {
    }
    PartFile& operator=(PartFile&&) = delete;
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    [[nodiscard]] std::uint64_t size() const { return m_size; }

    Status truncate(std::uint64_t size)
    {
        if (::ftruncate(m_descriptor, static_cast<off_t>(size)) != 0)
            return cannotWrite(m_path, errno);
        m_size = size;
        return {};
    }

    Status append(std::string_view part)
    {
        while (!part.empty()) {
            const ssize_t written
                = ::pwrite(m_descriptor, part.data(), part.size(), static_cast<off_t>(m_size));
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                return cannotWrite(m_path, errno);
            m_size += static_cast<std::uint64_t>(written);
            part.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    }

    Status finish(const fs::path& name)
    {
        if (::fsync(m_descriptor) != 0 || ::rename(m_path.c_str(), name.c_str()) != 0)
            return cannotWrite(name, errno);
        return {};
    }

private:
    fs::path m_path;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

class Download {
public:
    Download(std::string id, const DownloadOptions& options, const JobContext& ctx)
        : m_id(std::move(id))
        , m_options(options)
        , m_ctx(ctx)
        , m_client(options.endpoint, options.token)
        , m_folder(repositoryFolder(options.cache, m_id))
    {
        while (m_options.endpoint.ends_with('/'))
            m_options.endpoint.pop_back();
    }

    Result<fs::path> run()
    {
        m_ctx.progress(0.0, "Asking for the files of " + m_id);
        PALIMPSEST_TRY(listed, listFiles());
        PALIMPSEST_CHECK(makeFolder(m_folder / "blobs"));
        PALIMPSEST_CHECK(makeFolder(snapshot()));
        std::vector<std::string> names;
        for (const char* name : kSmallFiles) {
            if (listed.contains(name))
                names.emplace_back(name);
        }
        const auto weights = std::find_if(
            kWeights.begin(), kWeights.end(), [&](const char* name) { return listed.contains(name); });
        if (!listed.contains("config.json") || weights == kWeights.end()) {
            return Error{ErrorCode::NotFound,
                m_id
                    + " has no config.json or no weights (model.safetensors, pytorch_model.bin) and cannot "
                      "be read"};
        }
        if (std::string_view(*weights).ends_with(".index.json")) {
            PALIMPSEST_CHECK(fetchAll({*weights}));
            PALIMPSEST_TRY(shards, shardsOf(*weights));
            names.insert(names.end(), shards.begin(), shards.end());
        } else {
            names.emplace_back(*weights);
        }
        PALIMPSEST_CHECK(fetchAll(names));
        if (!isCommit(m_options.revision)) {
            const fs::path reference = m_folder / "refs" / m_options.revision;
            PALIMPSEST_CHECK(makeFolder(reference.parent_path()));
            PALIMPSEST_CHECK(base::writeFileAtomically(reference, m_commit));
        }
        m_ctx.progress(1.0, m_id + " is there");
        return snapshot();
    }

private:
    [[nodiscard]] fs::path snapshot() const { return m_folder / "snapshots" / m_commit; }

    /// An Error for an answer that is no content.
    [[nodiscard]] Error refused(const HttpReply& reply, const std::string& what) const
    {
        const std::string host = originOf(reply.url);
        if (reply.status == 401 || reply.status == 403) {
            return {ErrorCode::Unreadable,
                host + " gives no access to " + what + " (status " + std::to_string(reply.status) + "); "
                    + (m_options.token.empty() ? "the model is private, gated or does not exist: accept its "
                                                 "terms on its page and put your "
                                                 "token into HF_TOKEN"
                                               : "the token in HF_TOKEN does not suffice: accept the model's "
                                                 "terms on its page")};
        }
        if (reply.status == 404)
            return {
                ErrorCode::NotFound, host + " has no " + what + "; check the spelling of model and revision"};
        return {ErrorCode::Unreadable,
            host + " answers with status " + std::to_string(reply.status) + " to the request for " + what
                + "; try again later"};
    }

    /// Names of all files of the revision; notes its commit.
    Result<std::set<std::string, std::less<>>> listFiles()
    {
        std::string text;
        HttpClient::Request request;
        request.url = m_options.endpoint + "/api/models/" + m_id + "/revision/" + m_options.revision;
        request.body = [&](std::string_view part) -> Status {
            text += part;
            if (text.size() > kLargestList)
                return Error{
                    ErrorCode::Malformed, "The list of files of " + m_id + " is larger than it can be"};
            return {};
        };
        PALIMPSEST_TRY(reply, m_client.send(request, m_ctx));
        if (reply.status != 200)
            return refused(reply, "model " + m_id + " at " + m_options.revision);
        const auto answer = nlohmann::json::parse(text, nullptr, false);
        const auto commit
            = answer.is_object() ? answer.value("/sha"_json_pointer, nlohmann::json()) : nlohmann::json();
        if (!commit.is_string() || !isCommit(commit.get_ref<const std::string&>())
            || !answer.contains("siblings") || !answer["siblings"].is_array()) {
            return Error{ErrorCode::Malformed,
                originOf(reply.url) + " does not answer as the hub of Hugging Face does; check HF_ENDPOINT"};
        }
        m_commit = commit.get<std::string>();
        std::set<std::string, std::less<>> names;
        for (const auto& file : answer["siblings"]) {
            if (file.is_object() && file.contains("rfilename") && file["rfilename"].is_string())
                names.insert(file["rfilename"].get<std::string>());
        }
        return names;
    }

    Result<std::vector<std::string>> shardsOf(const char* index) const
    {
        PALIMPSEST_TRY(text, base::readFile(snapshot() / index, kLargestIndex));
        const auto parsed = nlohmann::json::parse(text, nullptr, false);
        const Error malformed{
            ErrorCode::Malformed, std::string(index) + " of " + m_id + " is not an index of shards"};
        if (!parsed.is_object() || !parsed.contains("weight_map") || !parsed["weight_map"].is_object())
            return malformed;
        std::set<std::string> shards;
        for (const auto& [tensor, file] : parsed["weight_map"].items()) {
            // Beside the index and under a plain name: anything else could lead out of the cache.
            if (!file.is_string() || !isHubId(file.get<std::string>())
                || file.get_ref<const std::string&>().find('/') != std::string::npos)
                return malformed;
            shards.insert(file.get<std::string>());
        }
        return std::vector<std::string>(shards.begin(), shards.end());
    }

    Result<RemoteFile> announce(const std::string& name)
    {
        HttpClient::Request request;
        request.url = m_options.endpoint + "/" + m_id + "/resolve/" + m_commit + "/" + name;
        request.headOnly = true;
        request.redirects = HttpClient::Redirects::WithinEndpoint;
        PALIMPSEST_TRY(reply, m_client.send(request, m_ctx));
        if (reply.status >= 400 || reply.status < 200)
            return refused(reply, name + " of " + m_id);
        const auto header = [&](const char* linked, const char* plain) {
            const auto found = reply.headers.find(linked);
            const auto other = reply.headers.find(plain);
            return found != reply.headers.end() ? found->second
                : other != reply.headers.end()  ? other->second
                                                : "";
        };
        RemoteFile file{name, request.url, header("x-linked-etag", "etag"), 0};
        if (file.checksum.starts_with("W/"))
            file.checksum.erase(0, 2);
        std::erase(file.checksum, '"');
        const std::string size = header("x-linked-size", "content-length");
        const auto [end, problem] = std::from_chars(size.data(), size.data() + size.size(), file.size);
        if (!kindOf(file.checksum) || problem != std::errc() || end != size.data() + size.size()) {
            return Error{ErrorCode::Malformed,
                originOf(request.url) + " gives no checksum or size of " + name + " of " + m_id
                    + ", so it cannot be trusted; check HF_ENDPOINT"};
        }
        return file;
    }

    Status fetchAll(const std::vector<std::string>& names)
    {
        std::vector<RemoteFile> files;
        std::uint64_t missing = 0;
        m_total = 0;
        m_done = 0;
        for (const std::string& name : names) {
            PALIMPSEST_TRY(file, announce(name));
            std::error_code absent;
            const bool there = fs::exists(blob(file), absent);
            const auto arrived = there ? file.size : fs::file_size(part(file), absent);
            missing += absent ? file.size : file.size - std::min<std::uint64_t>(file.size, arrived);
            m_total += file.size;
            files.push_back(std::move(file));
        }
        std::error_code ignored;
        const fs::space_info space = fs::space(m_folder, ignored);
        if (!ignored && space.available < missing) {
            return Error{ErrorCode::DiskFull,
                m_id + " needs " + megabytes(missing) + " more in " + m_options.cache.string() + ", but only "
                    + megabytes(space.available)
                    + " are free; free some space or set HF_HUB_CACHE to another disk"};
        }
        for (const RemoteFile& file : files) {
            PALIMPSEST_CHECK(fetch(file));
            PALIMPSEST_CHECK(link(file));
        }
        return {};
    }

    [[nodiscard]] fs::path blob(const RemoteFile& file) const { return m_folder / "blobs" / file.checksum; }
    [[nodiscard]] fs::path part(const RemoteFile& file) const
    {
        return m_folder / "blobs" / (file.checksum + ".incomplete");
    }

    void report(const RemoteFile& file, std::uint64_t arrived) const
    {
        const auto done = static_cast<double>(m_done + arrived);
        m_ctx.progress(m_total > 0 ? done / static_cast<double>(m_total) : 1.0,
            "Fetching " + file.name + " of " + m_id + ", " + megabytes(m_done + arrived) + " of "
                + megabytes(m_total));
    }

    Status fetch(const RemoteFile& file)
    {
        std::error_code ignored;
        if (!fs::exists(blob(file), ignored)) {
            PALIMPSEST_TRY(content, PartFile::open(part(file)));
            if (content.size() > file.size)
                PALIMPSEST_CHECK(content.truncate(0));
            if (content.size() < file.size || file.size == 0)
                PALIMPSEST_CHECK(transfer(file, content));
            PALIMPSEST_TRY(checksum, digestFile(part(file), *kindOf(file.checksum), m_ctx));
            if (checksum != file.checksum) {
                fs::remove(part(file), ignored);
                return Error{ErrorCode::Malformed,
                    file.name + " of " + m_id
                        + " has another checksum than the hub announces and was thrown away; start again"};
            }
            PALIMPSEST_CHECK(content.finish(blob(file)));
        }
        m_done += file.size;
        report(file, 0);
        return {};
    }

    Status transfer(const RemoteFile& file, PartFile& content)
    {
        HttpClient::Request request;
        request.url = file.url;
        request.firstByte = content.size();
        request.started = [&](const HttpReply& reply) -> Status {
            // A server that knows no ranges sends everything.
            const bool continues = reply.status == 206 && rangeStartsAt(reply, content.size());
            if (reply.status == 206 && !continues)
                return Error{ErrorCode::Malformed,
                    originOf(reply.url) + " sent another part of " + file.name + " than asked for"};
            return continues ? Status() : content.truncate(0);
        };
        request.body = [&](std::string_view arrived) -> Status {
            if (content.size() + arrived.size() > file.size) {
                PALIMPSEST_CHECK(content.truncate(0));
                return Error{ErrorCode::Malformed,
                    file.name + " of " + m_id + " is longer than the hub announces; start again"};
            }
            PALIMPSEST_CHECK(content.append(arrived));
            report(file, content.size());
            return {};
        };
        PALIMPSEST_TRY(reply, m_client.send(request, m_ctx));
        if (reply.status != 200 && reply.status != 206)
            return refused(reply, file.name + " of " + m_id);
        if (content.size() < file.size) {
            return Error{ErrorCode::Unreadable,
                "Only " + megabytes(content.size()) + " of " + megabytes(file.size) + " of " + file.name
                    + " arrived; start again: what has arrived is kept"};
        }
        return {};
    }

    static bool rangeStartsAt(const HttpReply& reply, std::uint64_t first)
    {
        const auto range = reply.headers.find("content-range");
        return range != reply.headers.end()
            && range->second.starts_with("bytes " + std::to_string(first) + "-");
    }

    /// snapshots/<commit>/<name> → ../../blobs/<checksum>, as huggingface_hub links.
    [[nodiscard]] Status link(const RemoteFile& file) const
    {
        const fs::path name = snapshot() / file.name;
        const fs::path target = fs::path("..") / ".." / "blobs" / file.checksum;
        std::error_code code;
        if (fs::read_symlink(name, code) == target && !code)
            return {};
        const fs::path fresh = name.string() + ".part";
        fs::remove(fresh, code);
        fs::create_symlink(target, fresh, code);
        if (!code)
            fs::rename(fresh, name, code);
        return code ? Status(cannotWrite(name, code.value())) : Status();
    }

    std::string m_id;
    DownloadOptions m_options;
    const JobContext& m_ctx;
    HttpClient m_client;
    fs::path m_folder;
    std::string m_commit;
    std::uint64_t m_total = 0;
    std::uint64_t m_done = 0; ///< bytes of files that are complete
};

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    std::string text = value != nullptr ? value : "";
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.pop_back();
    return text;
}

} // namespace

DownloadOptions DownloadOptions::fromEnvironment()
{
    DownloadOptions options;
    if (std::string endpoint = variable("HF_ENDPOINT"); !endpoint.empty())
        options.endpoint = std::move(endpoint);
    options.token = variable("HF_TOKEN");
    options.cache = cacheFolder();
    const std::string offline = variable("HF_HUB_OFFLINE");
    options.offline = !offline.empty() && offline != "0" && offline != "false";
    return options;
}

Result<fs::path> downloadModel(const std::string& id, const DownloadOptions& options, const JobContext& ctx)
{
    if (!isHubId(id) || !isRevision(options.revision)) {
        return Error{ErrorCode::InvalidArgument,
            "\"" + id + "\" at \"" + options.revision
                + "\" is not the id of a model of Hugging Face; it is written owner/name"};
    }
    if (originOf(options.endpoint).empty())
        return Error{ErrorCode::InvalidArgument, "HF_ENDPOINT is not an address with http or https"};
    // A line break would let a token write headers.
    if (std::any_of(options.token.begin(), options.token.end(), [](char c) { return c <= ' ' || c > '~'; }))
        return Error{ErrorCode::InvalidArgument, "HF_TOKEN has characters that no token has; set it again"};
    if (options.offline) {
        return Error{ErrorCode::Unreadable,
            "HF_HUB_OFFLINE is set, so " + id + " is not fetched; unset it to go online"};
    }
    return Download(id, options, ctx).run();
}

} // namespace palimpsest::hub
