// palimpsest cluster: exact Ward linkage of vectors in a file.

#include <cstring>
#include <memory>

#include <fmt/format.h>

#include "cli/options.h"
#include "cli/verb.h"
#include "cluster/ward.h"
#include "tensorfile/matrix_file.h"
#include "tensorfile/npy.h"
#include "tensorfile/safetensors.h"

namespace palimpsest::cli {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;
using base::Status;
using tensorfile::ElementType;

namespace {

struct ClusterOptions {
    std::string vectors;
    std::string output;
    cluster::WardOptions ward;
    std::uint32_t k = 0;
};

/// What is over in a moment needs no announcement.
void sayEstimate(base::MatrixView rows, const std::string& device, Console& console)
{
    if (rows.rows < 2 || rows.cols == 0)
        return;
    const cluster::WardEstimate estimate = cluster::estimateWard(rows.rows, rows.cols, device);
    if (estimate.seconds >= 1.0)
        console.note(fmt::format("{} rows of {} columns take about {} and {} MB beside the rows", rows.rows,
            rows.cols, durationText(estimate.seconds), (estimate.bytes >> 20U) + 1));
}

/// "file.safetensors:tensor" → file and tensor; a colon inside a file name that exists is part of the name.
std::pair<fs::path, std::optional<std::string>> splitTensorName(const std::string& vectors)
{
    const std::size_t colon = vectors.rfind(':');
    if (colon == std::string::npos || fs::exists(vectors))
        return {vectors, std::nullopt};
    return {vectors.substr(0, colon), vectors.substr(colon + 1)};
}

/// scipy's Z: float64 [n-1, 4].
std::vector<double> scipyMatrix(const cluster::Linkage& linkage)
{
    std::vector<double> values;
    values.reserve(linkage.merges().size() * 4);
    for (const cluster::Merge& merge : linkage.merges()) {
        values.insert(values.end(),
            {static_cast<double>(merge.left), static_cast<double>(merge.right), merge.height,
                static_cast<double>(merge.size)});
    }
    return values;
}

Status writeNpyFiles(
    const fs::path& output, const std::vector<double>& z, const std::vector<std::int32_t>& labels)
{
    PALIMPSEST_CHECK(
        tensorfile::writeNpy(output, {ElementType::F64, {z.size() / 4, 4}, std::as_bytes(std::span(z))}));
    if (labels.empty())
        return {};
    fs::path labelFile = output;
    labelFile.replace_extension(".labels.npy");
    return tensorfile::writeNpy(
        labelFile, {ElementType::I32, {labels.size()}, std::as_bytes(std::span(labels))});
}

Status writeSafetensors(
    const fs::path& output, const std::vector<double>& z, const std::vector<std::int32_t>& labels)
{
    std::vector<tensorfile::TensorSpec> specs{{"Z", ElementType::F64, {z.size() / 4, 4}}};
    if (!labels.empty())
        specs.push_back({"labels", ElementType::I32, {labels.size()}});
    PALIMPSEST_TRY(writer, tensorfile::SafetensorsWriter::create(output, specs));
    std::memcpy(writer.tensor("Z").data(), z.data(), z.size() * sizeof(double));
    if (!labels.empty())
        std::memcpy(writer.tensor("labels").data(), labels.data(), labels.size() * sizeof(std::int32_t));
    return writer.commit();
}

} // namespace

VerbWork makeCluster(CLI::App& verb)
{
    const auto options = std::make_shared<ClusterOptions>();
    verb.add_option("vectors", options->vectors,
            "Rows to cluster: .npy, or .safetensors with :tensor where it holds several")
        ->required();
    verb.add_option("--k", options->k, "Also write flat labels of this many clusters")
        ->check(CLI::Range(1, std::numeric_limits<int>::max()));
    verb.add_option("--device", options->ward.device,
        "auto, cpu, cuda (all CUDA devices), cuda:N or a list of these (default: auto); the tree is the "
        "same");
    verb.add_option("--memory", options->ward.memoryBudget,
            "Refuse what would take more than this beside the rows, for example 4G (default: any)")
        ->transform(CLI::AsSizeValue(false).description("SIZE"));
    verb.add_option("--checkpoint", options->ward.checkpoint,
        "File that keeps the state of a long run every five minutes and when stopped; the same command goes "
        "on from it");
    verb.add_option("-o,--output", options->output, "Z as .npy or .safetensors")->required();

    return [options](Console& console, Outcome&) -> Status {
        const fs::path output = options->output;
        if (output.extension() != ".npy" && output.extension() != ".safetensors") {
            return Error{ErrorCode::InvalidArgument,
                "The result " + output.string() + " has to end in .npy or .safetensors"};
        }
        const auto [file, tensor] = splitTensorName(options->vectors);
        PALIMPSEST_TRY(matrix, tensorfile::openMatrix(file, tensor));
        if (options->k > matrix.view().rows) {
            return Error{ErrorCode::InvalidArgument,
                "--k " + std::to_string(options->k) + " is more than the "
                    + std::to_string(matrix.view().rows) + " rows of " + file.string()};
        }
        sayEstimate(matrix.view(), options->ward.device, console);
        PALIMPSEST_TRY(linkage, cluster::wardLinkage(matrix.view(), options->ward, console.context()));
        std::vector<std::int32_t> labels;
        if (options->k > 0) {
            for (const base::ClusterId id : cluster::cut(linkage, options->k).clusterOf)
                labels.push_back(static_cast<std::int32_t>(base::toIndex(id)));
        }
        const std::vector<double> z = scipyMatrix(linkage);
        return output.extension() == ".npy" ? writeNpyFiles(output, z, labels)
                                            : writeSafetensors(output, z, labels);
    };
}

} // namespace palimpsest::cli
