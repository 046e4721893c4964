// Times Ward clustering of the rows of a .npy or .safetensors file beside the machine's own float32 product,
// in one process. usage: bench_ward FILE [--rows N] [--repeat R] [--threads T] [--list K] [--precision
// auto|float32|bfloat16]
//                   [--save Z.f64]
// Prints one line of JSON: seconds of each repeat, memory over the process before, ratio to B = n²·d/R.

#include <ATen/ATen.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "cluster/ward.h"
#include "tensorfile/matrix_file.h"

namespace {

using namespace palimpsest;

struct Arguments {
    std::string file;
    std::string save;
    std::size_t rows = 0;
    std::size_t repeat = 1;
    cluster::WardOptions options;
};

double secondsOf(const auto& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// float32 products of 2048³ per second, two operations each pair as B counts them; best of five.
double measureProduct()
{
    const at::Tensor a = at::ones({2048, 2048});
    at::Tensor c = at::empty({2048, 2048});
    double fastest = 1e9;
    for (int i = 0; i < 5; ++i)
        fastest = std::min(fastest, secondsOf([&] { at::mm_out(c, a, a); }));
    return 2.0 * 2048.0 * 2048.0 * 2048.0 / fastest;
}

/// A field of /proc/self/status in MB.
double statusMegabytes(std::string_view field)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(field))
            return std::stod(line.substr(field.size() + 1)) / 1024.0;
    return 0.0;
}

/// Starts a new peak of the resident size.
void resetPeak()
{
    std::ofstream("/proc/self/clear_refs") << "5";
}

bool parse(int argc, char** argv, Arguments& arguments)
{
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (!name.starts_with("--")) {
            arguments.file = name;
            continue;
        }
        if (++i >= argc)
            return false;
        const std::string value = argv[i];
        if (name == "--rows")
            arguments.rows = std::stoul(value);
        else if (name == "--repeat")
            arguments.repeat = std::stoul(value);
        else if (name == "--threads")
            arguments.options.threads = std::stoul(value);
        else if (name == "--list")
            arguments.options.listLength = std::stoul(value);
        else if (name == "--save")
            arguments.save = value;
        else if (name == "--precision")
            arguments.options.precision = value == "float32" ? cluster::SearchPrecision::Float32
                : value == "bfloat16"                        ? cluster::SearchPrecision::BFloat16
                                                             : cluster::SearchPrecision::Automatic;
        else
            return false;
    }
    return !arguments.file.empty();
}

void save(const std::string& path, const cluster::Linkage& linkage)
{
    std::ofstream out(path, std::ios::binary);
    for (const cluster::Merge& merge : linkage.merges()) {
        const double row[] = {static_cast<double>(merge.left), static_cast<double>(merge.right), merge.height,
            static_cast<double>(merge.size)};
        out.write(reinterpret_cast<const char*>(row), sizeof row);
    }
}

int fail(const std::string& sentence)
{
    std::fprintf(stderr, "bench_ward: %s\n", sentence.c_str());
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    Arguments arguments;
    if (!parse(argc, argv, arguments))
        return fail("usage: bench_ward FILE [--rows N] [--repeat R] [--threads T] [--list K] "
                    "[--precision auto|float32|bfloat16] [--save Z.f64]");
    const auto file = tensorfile::openMatrix(arguments.file);
    if (!file)
        return fail(file.error().message);
    const base::MatrixView all = file.value().view();
    const std::size_t n = arguments.rows > 0 ? std::min(arguments.rows, all.rows) : all.rows;
    // Rows are inputs, not part of the memory that the method takes: read before the base is noted.
    std::vector<float> rows(all.data, all.data + n * all.cols);
    const base::MatrixView view{rows.data(), n, all.cols};

    const double productsBefore = measureProduct();
    resetPeak();
    const double base = statusMegabytes("VmRSS:");
    std::vector<double> seconds;
    std::size_t merges = 0;
    cluster::WardStatistics statistics;
    arguments.options.statistics = &statistics;
    const double processorBefore = processorSeconds();
    for (std::size_t repeat = 0; repeat < arguments.repeat; ++repeat)
        seconds.push_back(secondsOf([&] {
            const auto linkage = cluster::wardLinkage(view, arguments.options, {});
            if (!linkage) {
                std::fprintf(stderr, "bench_ward: %s\n", linkage.error().message.c_str());
                return;
            }
            merges = linkage.value().merges().size();
            if (!arguments.save.empty())
                save(arguments.save, linkage.value());
        }));
    const double processor = (processorSeconds() - processorBefore) / static_cast<double>(seconds.size());
    const double peak = statusMegabytes("VmHWM:");
    const double rate = std::max(productsBefore, measureProduct());
    const double bound
        = static_cast<double>(n) * static_cast<double>(n) * static_cast<double>(all.cols) / rate;
    std::vector<double> sorted = seconds;
    std::ranges::sort(sorted);
    const double median = sorted.empty() ? 0.0 : sorted[sorted.size() / 2];
    std::printf("{\"rows\": %zu, \"cols\": %zu, \"merges\": %zu, \"median\": %.4f, \"seconds\": [", n,
        all.cols, merges, median);
    for (std::size_t i = 0; i < seconds.size(); ++i)
        std::printf("%s%.4f", i == 0 ? "" : ", ", seconds[i]);
    std::printf(
        "], \"cpuSeconds\": %.3f, \"gflops\": %.1f, \"B\": %.4f, \"overB\": %.3f, \"peakOverBaseMB\": %.1f",
        processor, rate / 1e9, bound, median / bound, peak - base);
    const double square = static_cast<double>(n) * static_cast<double>(n);
    std::printf(", \"evaluationsOverN2\": %.3f, \"rounds\": %zu, \"searches\": %zu, \"searchedRows\": %zu, "
                "\"scans\": "
                "%zu, \"precision\": \"%s\"}\n",
        statistics.evaluations / square, statistics.rounds, statistics.searches, statistics.searchedRows,
        statistics.scans,
        statistics.precision == cluster::SearchPrecision::BFloat16 ? "bfloat16" : "float32");
    return merges + 1 == n ? 0 : 1;
}
