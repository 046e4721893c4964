// palimpsest probe: what a linear classifier reads from each layer of both models, beside a control task.

#include <memory>

#include <fmt/format.h>

#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "pipeline/activation_files.h"
#include "probe/linear_probe.h"
#include "project/study_results.h"

namespace palimpsest::cli {

using project::Side;

namespace {

struct ProbeOptions {
    std::string project, output;
    probe::LinearProbeOptions probe;
    int layer = -1;
    bool json = false;
};

struct ProbeRow {
    int layer = 0;
    Side side = Side::Base;
    probe::LinearProbe probe;
};

std::string rowsJson(const std::vector<ProbeRow>& rows)
{
    Json list = Json::array();
    for (const ProbeRow& row : rows) {
        list.push_back({{"layer", row.layer}, {"model", project::sideName(row.side)},
            {"accuracy", row.probe.accuracy}, {"low", row.probe.interval.low},
            {"high", row.probe.interval.high}, {"majority", row.probe.majority},
            {"control", row.probe.controlAccuracy}, {"selectivity", row.probe.selectivity()},
            {"training_rows", row.probe.trainingRows}, {"test_rows", row.probe.testRows}});
    }
    return jsonLine({{"rows", list}});
}

std::string rowsText(const std::vector<ProbeRow>& rows)
{
    std::vector<std::vector<std::string>> table{
        {"layer", "model", "accuracy", "interval", "majority", "control", "selectivity"}};
    const auto percent = [](double share) { return fmt::format("{:.1f} %", 100.0 * share); };
    for (const ProbeRow& row : rows) {
        table.push_back({std::to_string(row.layer), std::string(project::sideName(row.side)),
            percent(row.probe.accuracy),
            fmt::format("{:.1f}–{:.1f} %", 100.0 * row.probe.interval.low, 100.0 * row.probe.interval.high),
            percent(row.probe.majority), percent(row.probe.controlAccuracy),
            percent(row.probe.selectivity())});
    }
    return "The class of the sentence, read from each word's vector; control: a class by lot for every "
           "word.\n\n"
        + textTable(table);
}

base::Status runProbes(const ProbeOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(results, project::StudyResults::open(options.project));
    const corpus::TokenTable& tokens = *results->tokens();
    if (tokens.corpus().classNames().empty()) {
        return base::Error{base::ErrorCode::Unsupported,
            options.project + " has no classes to probe for; run the study with a label column"};
    }
    std::vector<std::int32_t> classes;
    std::vector<base::SentenceId> sentences;
    std::vector<base::WordId> words;
    for (const corpus::Token& token : tokens.rows()) {
        classes.push_back(tokens.corpus().classOf(token.sentence));
        sentences.push_back(token.sentence);
        words.push_back(token.word);
    }
    std::vector<int> layers = results->layers();
    if (options.layer >= 0) {
        PALIMPSEST_CHECK(results->linkage(Side::Base, options.layer)); // names the layers that are there
        layers = {options.layer};
    }
    std::vector<ProbeRow> rows;
    for (const int layer : layers) {
        for (const Side side : {Side::Base, Side::FineTuned}) {
            ctx.progress(static_cast<double>(rows.size()) / static_cast<double>(2 * layers.size()),
                fmt::format("Probing layer {} of the {} model", layer, project::sideName(side)));
            PALIMPSEST_TRY(matrix, pipeline::openActivations(options.project, side, layer, tokens.size()));
            PALIMPSEST_TRY(trained,
                probe::trainLinearProbe(matrix.view(), classes, tokens.corpus().classNames().size(),
                    sentences, words, options.probe, ctx));
            rows.push_back({layer, side, trained});
        }
    }
    return writeOutput(
        options.output.empty() ? std::nullopt : std::optional<std::filesystem::path>(options.output),
        options.json ? rowsJson(rows) : rowsText(rows));
}

} // namespace

VerbWork makeProbe(CLI::App& verb)
{
    const auto options = std::make_shared<ProbeOptions>();
    verb.add_option("project", options->project, "The project file")->required();
    verb.add_option("--layer", options->layer, "One layer (default: all)")->check(CLI::Range(0, 100000));
    verb.add_option("--training-share", options->probe.trainingShare, "Share of sentences to train on")
        ->check(CLI::Range(0.01, 0.99));
    verb.add_option("--penalty", options->probe.penalty, "L2 penalty")->check(CLI::Range(0.0, 1e6));
    verb.add_option("--seed", options->probe.seed, "Of the split and the control task");
    verb.add_flag("--json", options->json, "Machine readable");
    verb.add_option("-o,--output", options->output, "File for the result instead of standard output");
    return [options](Console& console, Outcome&) {
        base::Status status = runProbes(*options, console.context());
        console.endProgress();
        return status;
    };
}

} // namespace palimpsest::cli
