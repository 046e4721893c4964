// palimpsest bench ward: exact Ward clustering beside the programs people use otherwise.

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>

#include "cli/bench.h"
#include "cli/tables.h"
#include "cluster/product_rate.h"
#include "cluster/ward.h"
#include "tensorfile/matrix_file.h"

namespace palimpsest::cli {

namespace fs = std::filesystem;
using base::Status;

namespace {

struct WardBenchOptions {
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
Status measureWard(const WardBenchOptions& options, const base::JobContext& ctx)
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

Status compareWard(const WardBenchOptions& options, const base::JobContext& ctx)
{
    std::vector<std::string> arguments{
        "--rows", options.rows, "--rounds", std::to_string(options.repeat), "--peers", options.peers};
    if (!options.vectors.empty())
        arguments.insert(arguments.end(), {"--vectors", options.vectors});
    return runBenchScript("ward_bench.py", arguments, ctx);
}

} // namespace

VerbWork makeBenchWard(CLI::App& bench)
{
    const auto options = std::make_shared<WardBenchOptions>();
    CLI::App* ward = bench.add_subcommand("ward",
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
    return [options](Console& console, Outcome&) -> Status {
        return options->measure > 0 ? measureWard(*options, console.context())
                                    : compareWard(*options, console.context());
    };
}

} // namespace palimpsest::cli
