// palimpsest probe: what a linear classifier reads from each layer of both models, beside a control task.

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "pipeline/activation_files.h"
#include "probe/linear_probe.h"
#include "project/label_store.h"
#include "project/study_results.h"

namespace palimpsest::cli {

using project::Side;

namespace {

struct ProbeOptions {
    std::string project, labels, output;
    probe::LinearProbeOptions probe;
    std::size_t mostLabels = 50;
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

std::string rowsText(const std::string& title, const std::vector<ProbeRow>& rows)
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
    return title + ", read from each word's vector; control: a class by lot for every word.\n\n"
        + textTable(table);
}

/// What is read from each occurrence.
struct ProbeTask {
    std::string title;
    std::vector<std::int32_t> classOf; ///< by occurrence; -1: left out
    std::size_t classCount = 0;
};

base::Result<ProbeTask> sentenceClasses(const ProbeOptions& options, const corpus::TokenTable& tokens)
{
    if (tokens.corpus().classNames().empty()) {
        return base::Error{base::ErrorCode::Unsupported,
            options.project
                + " has no classes to probe for; run the study with a label column, or probe for a label set "
                  "with --labels"};
    }
    ProbeTask task{"The class of the sentence", {}, tokens.corpus().classNames().size()};
    for (const corpus::Token& token : tokens.rows())
        task.classOf.push_back(tokens.corpus().classOf(token.sentence));
    return task;
}

/// The label of every occurrence that has exactly one; the most frequent labels only.
base::Result<ProbeTask> wordLabels(const ProbeOptions& options)
{
    PALIMPSEST_TRY(file, project::ProjectFile::open(options.project, project::ProjectFile::Mode::ReadOnly));
    PALIMPSEST_TRY(table, project::LabelStore(file).read(options.labels));
    std::vector<std::pair<std::size_t, label::LabelId>> counts;
    for (label::LabelId id = 0; id < table->labelCount(); ++id)
        counts.emplace_back(0, id);
    std::vector<std::int32_t> single(table->rowCount(), -1);
    for (std::size_t row = 0; row < single.size(); ++row) {
        const auto labels = table->labelsOf(base::toId<base::TokenId>(row));
        if (labels.size() != 1 || table->saysNone(labels.front()))
            continue;
        single[row] = static_cast<std::int32_t>(labels.front());
        ++counts[labels.front()].first;
    }
    std::stable_sort(
        counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    ProbeTask task{"The " + table->name() + " label of the word", {}, 0};
    std::vector<std::int32_t> classOfLabel(table->labelCount(), -1);
    for (const auto& [count, id] : counts) {
        if (count > 1 && task.classCount < options.mostLabels)
            classOfLabel[id] = static_cast<std::int32_t>(task.classCount++);
    }
    for (const std::int32_t id : single)
        task.classOf.push_back(id < 0 ? -1 : classOfLabel[static_cast<std::size_t>(id)]);
    if (task.classCount < 2) {
        return base::Error{base::ErrorCode::TooFewRows,
            "The label set " + options.labels
                + " has fewer than two labels that stand alone on at least two words; take another set"};
    }
    return task;
}

base::Status runProbes(const ProbeOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(results, project::StudyResults::open(options.project));
    const corpus::TokenTable& tokens = *results->tokens();
    PALIMPSEST_TRY(task, options.labels.empty() ? sentenceClasses(options, tokens) : wordLabels(options));
    std::vector<base::SentenceId> sentences;
    std::vector<base::WordId> words;
    for (const corpus::Token& token : tokens.rows()) {
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
                probe::trainLinearProbe(
                    matrix.view(), task.classOf, task.classCount, sentences, words, options.probe, ctx));
            rows.push_back({layer, side, trained});
        }
    }
    return writeOutput(
        options.output.empty() ? std::nullopt : std::optional<std::filesystem::path>(options.output),
        options.json ? rowsJson(rows) : rowsText(task.title, rows));
}

} // namespace

VerbWork makeProbe(CLI::App& verb)
{
    const auto options = std::make_shared<ProbeOptions>();
    verb.add_option("project", options->project, "The project file")->required();
    verb.add_option("--labels", options->labels,
        "Name of an attached label set to probe for, instead of the sentence's class");
    verb.add_option("--most-labels", options->mostLabels, "With --labels: the so many most frequent ones")
        ->check(CLI::Range(2, 10000));
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
