#include "pipeline/import_files.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/fingerprint.h"
#include "exchange/neurox_activations.h"
#include "exchange/tree_files.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;
using project::ProjectFile;

namespace {

base::Result<Imported> importFolder(const ImportRequest& request, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(
        report, exchange::importConceptX(request.source, request.output, request.side, request.layer, ctx));
    return Imported{std::move(report), {request.layer}};
}

base::Result<Imported> importNet(const ImportRequest& request, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(report, exchange::importConceptNet(request.source, request.output, request.side, ctx));
    return Imported{std::move(report), {}};
}

base::Result<Imported> importLinkage(const ImportRequest& request, const base::JobContext&)
{
    PALIMPSEST_TRY(linkage, exchange::readLinkageNpy(request.source));
    PALIMPSEST_TRY(file, ProjectFile::open(request.output, ProjectFile::Mode::ReadWrite));
    PALIMPSEST_TRY(tokens, file.readTokens());
    if (tokens->size() != linkage.leafCount()) {
        return Error{ErrorCode::ShapeMismatch,
            fmt::format("{} has {} leaves, but {} has {} occurrences; import the clusters of this tree first",
                request.source.string(), linkage.leafCount(), request.output.string(), tokens->size())};
    }
    PALIMPSEST_TRY(key, base::fingerprintFile(request.source));
    PALIMPSEST_CHECK(file.writeLinkage(request.side, request.layer, linkage, key));
    Imported imported;
    imported.report.occurrences = tokens->size();
    imported.layers = {request.layer};
    return imported;
}

base::Result<Imported> importActivations(const ImportRequest& request, const base::JobContext& ctx)
{
    if (request.output.extension() != ".safetensors") {
        return Error{ErrorCode::InvalidArgument,
            fmt::format("-o {} must end in .safetensors: NeuroX's activations become tensors",
                request.output.string())};
    }
    PALIMPSEST_TRY(report, exchange::importNeuroX(request.source, request.output, ctx));
    Imported imported;
    imported.report.sentences = report.sentences;
    imported.report.occurrences = report.words;
    imported.layers = std::move(report.layers);
    return imported;
}

struct KnownImport {
    ImportKind shown;
    base::Result<Imported> (*work)(const ImportRequest&, const base::JobContext&);
};

constexpr std::array kImportKinds{
    KnownImport{{"conceptx", "ConceptX or LACOAT folder"}, importFolder},
    KnownImport{{"tcn", "TransformersConceptNet folder (all layers)", true, true, false}, importNet},
    KnownImport{{"linkage", "SciPy's linkage (.npy) for the occurrences of a project", false}, importLinkage},
    KnownImport{
        {"neurox", "NeuroX activations (.json, .hdf5) as tensors", false, false, false}, importActivations},
};

constexpr auto kShownImportKinds = [] {
    std::array<ImportKind, kImportKinds.size()> shown{};
    for (std::size_t i = 0; i < kImportKinds.size(); ++i)
        shown[i] = kImportKinds[i].shown;
    return shown;
}();

} // namespace

std::span<const ImportKind> importKinds()
{
    return kShownImportKinds;
}

base::Result<Imported> importFiles(const ImportRequest& request, const base::JobContext& ctx)
{
    const auto kind = std::find_if(kImportKinds.begin(), kImportKinds.end(),
        [&](const KnownImport& known) { return request.what == known.shown.id; });
    if (kind == kImportKinds.end())
        return Error{ErrorCode::NotFound, fmt::format("There is no import called {}", request.what)};
    return kind->work(request, ctx);
}

} // namespace palimpsest::pipeline
