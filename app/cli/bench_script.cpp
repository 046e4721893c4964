// How the benchmarks' scripts are found and run.

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <optional>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/bench.h"
#include "pipeline/demo.h"

namespace palimpsest::cli {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;
using base::Status;

namespace {

/// Beside an installed program, else in the source tree it was built from.
base::Result<fs::path> findScript(const fs::path& program, const std::string& name)
{
    for (const fs::path& folder :
        {program.parent_path().parent_path() / "share" / "palimpsest", fs::path(PALIMPSEST_RESOURCES)}) {
        fs::path script = folder / "bench" / name;
        if (fs::exists(script))
            return script;
    }
    return Error{ErrorCode::NotFound,
        name + " is not in share/palimpsest/bench beside " + program.string()
            + "; install the program again"};
}

/// Starts `words` as the leader of a process group, so that what it starts in turn can be ended with it.
base::Result<pid_t> startGroup(std::vector<std::string> words)
{
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    pid_t process = 0;
    const int error
        = ::posix_spawnp(&process, words.front().c_str(), nullptr, &attributes, pointers.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    if (error != 0) {
        return Error{ErrorCode::NotFound,
            fmt::format("python3 does not start ({}); install python3 and python3-venv for the programs that "
                        "are compared",
                std::strerror(error))};
    }
    return process;
}

/// Waits for the process; a stop request ends its group, by force after two seconds.
Status waitFor(pid_t process, const std::string& name, const base::JobContext& ctx)
{
    constexpr std::chrono::seconds kPatience(2);
    std::optional<std::chrono::steady_clock::time_point> asked;
    int state = 0;
    while (::waitpid(process, &state, WNOHANG) == 0) {
        if (!asked && ctx.stopRequested()) {
            asked = std::chrono::steady_clock::now();
            ::kill(-process, SIGTERM);
        } else if (asked && std::chrono::steady_clock::now() - *asked > kPatience) {
            ::kill(-process, SIGKILL);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    if (asked) {
        ::kill(-process, SIGKILL); // whatever outlived the script
        return base::cancelled();
    }
    if (!WIFEXITED(state) || WEXITSTATUS(state) != 0)
        return Error{ErrorCode::Internal, name + " did not finish; the lines above say why"};
    return {};
}

} // namespace

fs::path benchCache()
{
    return pipeline::demoFolders().material / "bench";
}

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Status runBenchScript(
    const std::string& name, const std::vector<std::string>& arguments, const base::JobContext& ctx)
{
    std::error_code problem;
    const fs::path program = fs::read_symlink("/proc/self/exe", problem);
    PALIMPSEST_TRY(script, findScript(program, name));
    std::vector<std::string> words{
        "python3", script.string(), "--program", program.string(), "--cache", benchCache().string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    PALIMPSEST_TRY(process, startGroup(std::move(words)));
    return waitFor(process, script.string(), ctx);
}

} // namespace palimpsest::cli
