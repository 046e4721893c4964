// palimpsest bench: the project's own benchmarks, beside the programs people use otherwise.

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/tables.h"
#include "cli/trigger_bench.h"
#include "cli/verb.h"
#include "cluster/product_rate.h"
#include "cluster/ward.h"
#include "pipeline/demo.h"
#include "tensorfile/matrix_file.h"

namespace palimpsest::cli {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;
using base::Status;

namespace {

struct BenchOptions {
    std::string vectors;
    std::string rows = "5000,10000";
    std::string peers = "fastcluster,fcgemm,scipy,genieclust";
    std::uint32_t repeat = 5;
    std::size_t measure = 0; ///< rows of one run of ours, which the script asks for
    std::string save;
};

/// A field of /proc/self/status in MB.
double statusMegabytes(std::string_view field)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(field))
            return static_cast<double>(std::strtoull(line.c_str() + field.size() + 1, nullptr, 10)) / 1024.0;
    return 0.0;
}

/// scipy's Z as plain float64 rows, which numpy.fromfile reads.
Status saveMerges(const fs::path& path, const cluster::Linkage& linkage)
{
    std::string content;
    for (const cluster::Merge& merge : linkage.merges()) {
        const double row[] = {static_cast<double>(merge.left), static_cast<double>(merge.right), merge.height,
            static_cast<double>(merge.size)};
        content.append(reinterpret_cast<const char*>(row), sizeof row);
    }
    return writeOutput(path, content);
}

/// One run of ours between two measurements of the machine's products, as one line of JSON.
Status measureWard(const BenchOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(matrix, tensorfile::openMatrix(options.vectors));
    const base::MatrixView all = matrix.view();
    const std::size_t n = std::min(options.measure, all.rows);
    // Rows are inputs, not part of the memory that the method takes: read before the base is noted.
    const std::vector<float> rows(all.data, all.data + n * all.cols);
    const double rateBefore = cluster::measureProductRate();
    std::ofstream("/proc/self/clear_refs") << "5"; // a new peak of the resident size starts here
    const double base = statusMegabytes("VmRSS:");
    cluster::WardStatistics statistics;
    cluster::WardOptions ward;
    ward.statistics = &statistics;
    const auto start = std::chrono::steady_clock::now();
    PALIMPSEST_TRY(linkage, cluster::wardLinkage({rows.data(), n, all.cols}, ward, ctx));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const double peak = statusMegabytes("VmHWM:");
    const double rate = std::max(rateBefore, cluster::measureProductRate());
    if (!options.save.empty())
        PALIMPSEST_CHECK(saveMerges(options.save, linkage));
    const auto square = static_cast<double>(n) * static_cast<double>(n);
    const double bound = square * static_cast<double>(all.cols) / rate;
    const Json line{{"rows", n}, {"cols", all.cols}, {"seconds", took.count()}, {"gflops", rate / 1e9},
        {"bound", bound}, {"overBound", took.count() / bound}, {"peakOverBase", peak - base},
        {"evaluations", statistics.evaluations / square},
        {"precision", statistics.precision == cluster::SearchPrecision::BFloat16 ? "bfloat16" : "float32"}};
    return writeOutput(std::nullopt, jsonLine(line));
}

/// Beside an installed program, else in the source tree it was built from.
base::Result<fs::path> findScript(const fs::path& program)
{
    for (const fs::path& folder :
        {program.parent_path().parent_path() / "share" / "palimpsest", fs::path(PALIMPSEST_RESOURCES)}) {
        fs::path script = folder / "bench" / "ward_bench.py";
        if (fs::exists(script))
            return script;
    }
    return Error{ErrorCode::NotFound,
        "ward_bench.py is not in share/palimpsest/bench beside " + program.string()
            + "; install the program again"};
}

/// Waits for the process; a stop request ends it.
Status waitFor(pid_t process, const std::string& name, const base::JobContext& ctx)
{
    int state = 0;
    bool asked = false;
    while (::waitpid(process, &state, WNOHANG) == 0) {
        if (ctx.stopRequested() && !std::exchange(asked, true))
            ::kill(process, SIGTERM);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    if (asked)
        return base::cancelled();
    if (!WIFEXITED(state) || WEXITSTATUS(state) != 0)
        return Error{ErrorCode::Internal, name + " did not finish; the lines above say why"};
    return {};
}

Status compareWard(const BenchOptions& options, const base::JobContext& ctx)
{
    std::error_code problem;
    const fs::path program = fs::read_symlink("/proc/self/exe", problem);
    PALIMPSEST_TRY(script, findScript(program));
    const fs::path cache = pipeline::demoFolders().material / "bench";
    std::vector<std::string> words{"python3", script.string(), "--program", program.string(), "--cache",
        cache.string(), "--rows", options.rows, "--rounds", std::to_string(options.repeat), "--peers",
        options.peers};
    if (!options.vectors.empty())
        words.insert(words.end(), {"--vectors", options.vectors});
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t process = 0;
    if (const int error = ::posix_spawnp(&process, "python3", nullptr, nullptr, arguments.data(), environ);
        error != 0)
        return Error{ErrorCode::NotFound,
            fmt::format("python3 does not start ({}); install python3 and python3-venv for the programs that "
                        "are compared",
                std::strerror(error))};
    return waitFor(process, script.string(), ctx);
}

} // namespace

VerbWork makeBench(CLI::App& verb)
{
    const auto options = std::make_shared<BenchOptions>();
    CLI::App* ward = verb.add_subcommand("ward",
        "Exact Ward beside fastcluster, fastcluster on a product-built matrix, scipy and genieclust, taking "
        "turns in one run; installs them into an environment of its own in the cache folder");
    ward->add_option("--vectors", options->vectors, "Rows as .npy (default: made ones, kept in the cache)")
        ->check(CLI::ExistingFile);
    ward->add_option("--rows", options->rows, "Numbers of rows, the first ones of the file");
    ward->add_option("--repeat", options->repeat, "Rounds; medians of them are shown")
        ->check(CLI::Range(1, 100));
    ward->add_option("--peers", options->peers, "Which programs to compare with");
    ward->add_option("--measure", options->measure)->group("");
    ward->add_option("--save", options->save)->group("");
    const VerbWork triggers = makeTriggerBench(verb);
    verb.require_subcommand(1);

    return [options, triggers, &verb](Console& console, Outcome& outcome) -> Status {
        if (verb.got_subcommand("triggers"))
            return triggers(console, outcome);
        return options->measure > 0 ? measureWard(*options, console.context())
                                    : compareWard(*options, console.context());
    };
}

} // namespace palimpsest::cli
