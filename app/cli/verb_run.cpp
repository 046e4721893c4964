// palimpsest run: the main job, from options or a study file.

#include <memory>

#include <fmt/format.h>

#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "pipeline/run_study.h"
#include "project/study_results.h"

namespace palimpsest::cli {

using base::Error;
using base::ErrorCode;
using base::Status;

namespace {

struct RunOptions {
    std::string studyFile;
    std::string base, fineTuned, corpus, layers, output;
    pipeline::Study study;
    bool download = false;
};

void addFrequencyOptions(CLI::App& verb, corpus::FrequencyFilter& filter)
{
    verb.add_option(
        "--min-frequency", filter.minFrequency, "Words rarer than this in the corpus are left out");
    verb.add_option(
            "--max-occurrences", filter.maxOccurrences, "At most this many occurrences of a word are kept")
        ->check(CLI::Range(1U, std::numeric_limits<std::uint32_t>::max()));
    verb.add_option("--max-frequency", filter.maxFrequency,
            "Words more frequent than this in the corpus are left out")
        ->check(CLI::Range(1U, std::numeric_limits<std::uint32_t>::max()));
}

base::Result<pipeline::Study> chosenStudy(const RunOptions& options, const CLI::App& verb)
{
    if (!options.studyFile.empty()) {
        for (const CLI::Option* option : verb.get_options()) {
            const std::string name = option->get_name();
            if (option->count() > 0 && name != "study" && name != "--output" && name != "--progress"
                && name != "--download") {
                return Error{ErrorCode::InvalidArgument,
                    "A study file says everything; " + name + " cannot be given beside it. Change it in "
                        + options.studyFile};
            }
        }
        return pipeline::readStudy(options.studyFile);
    }
    if (options.base.empty() || options.fineTuned.empty() || options.corpus.empty()) {
        return Error{ErrorCode::InvalidArgument,
            "Give a study file, or --base, --finetuned and --corpus; palimpsest run --help lists all "
            "options"};
    }
    pipeline::Study study = options.study;
    study.base = options.base;
    study.fineTuned = options.fineTuned;
    study.corpus = options.corpus;
    if (!options.layers.empty()) {
        PALIMPSEST_TRY(layers, pipeline::parseLayers(options.layers));
        study.layers = layers;
    }
    return study;
}

} // namespace

VerbWork makeRun(CLI::App& verb)
{
    const auto options = std::make_shared<RunOptions>();
    verb.add_option("study", options->studyFile, "A study as a TOML file, instead of the options");
    verb.add_option("--base", options->base, std::string("Pre-trained: ") + kModelHelp);
    verb.add_option("--finetuned", options->fineTuned, std::string("Fine-tuned: ") + kModelHelp);
    addDownloadOption(verb, options->download);
    addCorpusOptions(verb, options->corpus, options->study.reading, false);
    addFrequencyOptions(verb, options->study.frequency);
    verb.add_option("--layers", options->layers, "Layers, for example 0,3,5-6 (default: all)");
    addPoolingOption(verb, options->study.pooling);
    addCutOptions(verb, options->study.k, options->study.theta);
    verb.add_option("--device", options->study.device, "auto, cpu, cuda or cuda:N");
    addExtractionOptions(verb, options->study.longSentences, options->study.precision, options->study.store);
    verb.add_option("-o,--output", options->output, "The project file, made or continued")->required();

    return [options, &verb](Console& console, Outcome&) -> Status {
        PALIMPSEST_TRY(study, chosenStudy(*options, verb));
        for (std::filesystem::path* model : {&study.base, &study.fineTuned}) {
            std::string name = model->string();
            PALIMPSEST_CHECK(findModelFolder(name, options->download, console.context()));
            *model = name;
        }
        PALIMPSEST_TRY(report, pipeline::runStudy(study, options->output, console.context()));
        console.endProgress();
        PALIMPSEST_TRY(results, project::StudyResults::open(options->output));
        PALIMPSEST_TRY(
            summaries, results->summaries(results->defaultK(), results->defaultTheta(), console.context()));
        console.endProgress();
        const auto& classNames = results->tokens()->corpus().classNames();
        std::string text = fmt::format(
            "{}: {} sentences, {} word occurrences, {} layers; {} stages computed, {} reused\n\n",
            options->output, results->tokens()->corpus().sentenceCount(), results->tokens()->size(),
            results->layers().size(), report.computed.size(), report.reused.size());
        if (report.resumedSentences > 0) {
            text += fmt::format(
                "{} sentences had been read by a run that was stopped\n\n", report.resumedSentences);
        }
        text += overviewText(summaries, results->defaultTheta(), classNames);
        return writeOutput(std::nullopt, text);
    };
}

} // namespace palimpsest::cli
