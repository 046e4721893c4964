#include "support/reference_study.h"

#include <fstream>

#include "pipeline/run_study.h"
#include "support/reference.h"
#include "support/sample_project.h"

namespace palimpsest::testing {

bool hasReferencePair()
{
    return hasReference("pairs/minilm-sst2/base/config.json")
        && hasReference("pairs/minilm-sst2/finetuned/config.json");
}

std::filesystem::path referenceBase()
{
    return referenceDir() / "pairs/minilm-sst2/base";
}

std::filesystem::path referenceFineTuned()
{
    return referenceDir() / "pairs/minilm-sst2/finetuned";
}

base::Result<std::filesystem::path> runReferenceStudy(
    const std::filesystem::path& folder, const ReferenceStudyOptions& options)
{
    std::filesystem::create_directories(folder);
    pipeline::Study study;
    study.base = options.base;
    study.fineTuned = options.fineTuned;
    study.corpus = folder / "reviews.tsv";
    std::ofstream(study.corpus, std::ios::binary) << (options.table.empty() ? sampleTable() : options.table);
    study.reading.textColumn = "sentence";
    if (options.classes)
        study.reading.labelColumn = "label";
    study.layers = {0, 3, 6};
    study.k = 24;
    study.theta = 0.8;
    study.device = "cpu";
    const std::filesystem::path project = folder / "reviews.palimpsest";
    PALIMPSEST_CHECK(pipeline::runStudy(study, project, {}));
    return project;
}

base::Result<std::shared_ptr<const pipeline::TaskStudy>> openReferenceTask(
    const std::filesystem::path& folder, const ReferenceStudyOptions& options)
{
    PALIMPSEST_TRY(project, runReferenceStudy(folder, options));
    return pipeline::openTaskStudy(project, "cpu", {});
}

} // namespace palimpsest::testing
