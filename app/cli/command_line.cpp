#include "cli/command_line.h"

#include <array>
#include <clocale>
#include <cstdio>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/verb.h"

namespace palimpsest::cli {

namespace {

struct VerbEntry {
    const char* name;
    const char* summary;
    VerbFactory make;
};

// In the order in which a study is made and read.
constexpr std::array kVerbs{
    VerbEntry{"demo", "Makes the demo project the first time, then opens it", makeDemo},
    VerbEntry{
        "run", "The main job: corpus → activations → linkages → project; resumes what is missing", makeRun},
    VerbEntry{"info", "What is in a project, with every parameter, version and fingerprint", makeInfo},
    VerbEntry{"align", "Every concept of a layer with its best counterpart, overlap and status", makeAlign},
    VerbEntry{"concepts", "The concepts of a layer: size, words, status, polarity", makeConcepts},
    VerbEntry{"label", "Attaches human-defined labels to a project: a source, a file or a tagger", makeLabel},
    VerbEntry{
        "labels", "Concepts of a layer against the attached labels, beside the chance level", makeLabels},
    VerbEntry{"quality", "How well the concepts of a layer stand for its activations", makeQuality},
    VerbEntry{"map", "Where all occurrences of a layer stand in two dimensions, in both models", makeMap},
    VerbEntry{"task", "Task concepts per layer and class, in both models", makeTask},
    VerbEntry{"triggers", "Adversarial triggers from polar concepts, beside their controls", makeTriggers},
    VerbEntry{
        "explain", "One sentence: prediction, salient words, and the concepts they fall in", makeExplain},
    VerbEntry{
        "ablate", "Predictions without a concept, beside random directions of equal length", makeAblate},
    VerbEntry{"probe", "Linear probes for classes or labels per layer, beside a control task", makeProbe},
    VerbEntry{"tcav", "Whether the classifier uses a concept of one's own, beside random concepts", makeTcav},
    VerbEntry{"report", "The whole study, or its story, as one web page or PDF", makeReport},
    VerbEntry{"figure", "Any figure of the window as SVG, PDF or PNG, and a paper's figures", makeFigure},
    VerbEntry{"export", "Files of the community out of a project", makeExport},
    VerbEntry{
        "import", "Files of the community into a project; --lint says what is wrong in them", makeImport},
    VerbEntry{"tokenize", "Tokenizes lines of standard input as the model does; JSON lines", makeTokenize},
    VerbEntry{"extract", "Word-level activations of a model over a corpus, as .safetensors", makeExtract},
    VerbEntry{"predict", "Labels and probabilities of a classifier over a corpus; JSON lines", makePredict},
    VerbEntry{"attribute", "How much each word moves a classifier; a sentence or a corpus", makeAttribute},
    VerbEntry{"cluster", "Exact Ward linkage of vectors, in scipy's convention", makeCluster},
    VerbEntry{"bench", "The project's own benchmarks", makeBench},
};

ProgressStyle progressStyle(const std::string& name)
{
    if (name == "json")
        return ProgressStyle::JsonLines;
    if (name == "lines")
        return ProgressStyle::Lines;
    if (name == "bar")
        return ProgressStyle::Bar;
    return ::isatty(STDERR_FILENO) == 1 ? ProgressStyle::Bar : ProgressStyle::Lines;
}

int exitCodeOf(const base::Error& error)
{
    switch (error.code) {
    case base::ErrorCode::Cancelled:
        return 130;
    case base::ErrorCode::InvalidArgument:
        return 2;
    default:
        return 1;
    }
}

} // namespace

Outcome run(int argc, char** argv)
{
    Outcome outcome;
    CLI::App app("Palimpsest shows what fine-tuning writes over the latent space of a language model.\n"
                 "Without a verb it opens the window.",
        "palimpsest");
    app.set_version_flag("--version", "palimpsest " PALIMPSEST_VERSION);
    app.require_subcommand(1);
    std::string progress = "auto";

    std::vector<std::pair<CLI::App*, VerbWork>> verbs;
    for (const VerbEntry& entry : kVerbs) {
        CLI::App* verb = app.add_subcommand(entry.name, entry.summary);
        verb->add_option("--progress", progress, "How progress is shown on stderr")
            ->check(CLI::IsMember({"auto", "bar", "lines", "json"}));
        verbs.emplace_back(verb, entry.make(*verb));
    }

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        outcome.exitCode = app.exit(error) == 0 ? 0 : 2;
        return outcome;
    }

    for (auto& [verb, work] : verbs) {
        if (!verb->parsed())
            continue;
        Console console(progressStyle(progress));
        const base::Status status = work(console, outcome);
        console.endProgress();
        if (!status) {
            fmt::print(stderr, "palimpsest {}: {}\n", verb->get_name(), status.error().message);
            outcome = {};
            outcome.exitCode = exitCodeOf(status.error());
        }
    }
    return outcome;
}

} // namespace palimpsest::cli
