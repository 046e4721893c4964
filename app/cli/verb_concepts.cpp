// palimpsest concepts: the concepts of one model's layer.

#include <memory>

#include <fmt/format.h>

#include "align/label_alignment.h"
#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "project/label_store.h"
#include "project/study_results.h"

namespace palimpsest::cli {

using project::Side;

namespace {

struct ConceptsOptions {
    std::string project;
    Side side = Side::Base;
    int layer = 0;
    std::uint32_t k = 0;
    double theta = 0.0;
    bool json = false;
    std::string output;
};

/// One attached label set, laid over the concepts.
struct LabelColumn {
    std::shared_ptr<const label::LabelTable> table;
    std::vector<align::LabelMatch> matches; ///< by concept
};

/// All sets that were made for the project's present occurrences, in the order in which they were attached.
base::Result<std::vector<LabelColumn>> readLabels(
    const std::string& project, const concepts::ConceptSet& concepts, double theta)
{
    PALIMPSEST_TRY(file, project::ProjectFile::open(project, project::ProjectFile::Mode::ReadOnly));
    const project::LabelStore store(file);
    PALIMPSEST_TRY(entries, store.list());
    std::vector<LabelColumn> columns;
    for (const project::LabelEntry& entry : entries) {
        if (!entry.fits)
            continue;
        PALIMPSEST_TRY(table, store.read(entry.name));
        const auto counts = align::LabelCounts::make(concepts, table, align::Measure::Occurrence);
        columns.push_back({table, align::matchLabels(*counts, {.theta = theta})});
    }
    return columns;
}

Json alignedLabels(const std::vector<LabelColumn>& labels, std::size_t index)
{
    Json aligned = Json::array();
    for (const LabelColumn& column : labels) {
        const align::LabelMatch& match = column.matches[index];
        if (match.aligned)
            aligned.push_back({{"source", column.table->name()},
                {"label", column.table->labelName(*match.best)}, {"share", match.share}});
    }
    return aligned;
}

std::string alignedLabelText(const std::vector<LabelColumn>& labels, std::size_t index)
{
    std::string text;
    for (const LabelColumn& column : labels) {
        const align::LabelMatch& match = column.matches[index];
        if (match.aligned)
            text += (text.empty() ? "" : ", ") + column.table->name() + ":"
                + column.table->labelName(*match.best);
    }
    return text;
}

std::string conceptsJson(const concepts::ConceptSet& concepts, const std::vector<align::Match>& matches,
    const std::vector<LabelColumn>& labels, double theta)
{
    const corpus::Corpus& corpus = concepts.tokens().corpus();
    Json rows = Json::array();
    for (std::size_t index = 0; index < concepts.conceptCount(); ++index) {
        const auto id = base::toId<base::ClusterId>(index);
        Json words = Json::array();
        for (const concepts::WordCount& entry : concepts.words(id))
            words.push_back(Json::array({corpus.word(entry.word), entry.count}));
        Json polarity = Json::object();
        const auto counts = concepts.classCounts(id);
        for (std::size_t c = 0; c < counts.size(); ++c)
            polarity[corpus.classNames()[c]]
                = static_cast<double>(counts[c]) / static_cast<double>(concepts.size(id));
        const auto task = concepts::taskClass(concepts, id, theta);
        rows.push_back({{"id", index}, {"size", concepts.size(id)}, {"words", words},
            {"status", align::statusName(matches[index].status)}, {"labels", alignedLabels(labels, index)},
            {"polarity", polarity}, {"task", task ? Json(corpus.classNames()[*task]) : Json()}});
    }
    return jsonLine({{"rows", rows}});
}

std::string conceptsTable(const concepts::ConceptSet& concepts, const std::vector<align::Match>& matches,
    const std::vector<LabelColumn>& labels, double theta)
{
    const corpus::Corpus& corpus = concepts.tokens().corpus();
    std::vector<std::vector<std::string>> rows{{"id", "size", "types", "status", "task", "labels", "words"}};
    if (labels.empty())
        rows.front().erase(rows.front().begin() + 5);
    for (std::size_t index = 0; index < concepts.conceptCount(); ++index) {
        const auto id = base::toId<base::ClusterId>(index);
        const auto task = concepts::taskClass(concepts, id, theta);
        rows.push_back({std::to_string(index), std::to_string(concepts.size(id)),
            std::to_string(concepts.words(id).size()), std::string(align::statusName(matches[index].status)),
            task ? corpus.classNames()[*task] : ""});
        if (!labels.empty())
            rows.back().push_back(alignedLabelText(labels, index));
        rows.back().push_back(topWords(concepts, id, 6));
    }
    return textTable(rows);
}

} // namespace

VerbWork makeConcepts(CLI::App& verb)
{
    const auto options = std::make_shared<ConceptsOptions>();
    verb.add_option("project", options->project, "The project file")->required();
    verb.add_option("--layer", options->layer, "Layer")->required();
    addSideOption(verb, "--model", options->side, "base (default) or finetuned");
    addCutOptions(verb, options->k, options->theta);
    verb.add_flag("--json", options->json, "Machine readable");
    verb.add_option("-o,--output", options->output, "File for the result instead of standard output");

    return [options](Console&, Outcome&) -> base::Status {
        PALIMPSEST_TRY(results, project::StudyResults::open(options->project));
        PALIMPSEST_CHECK(checkK(options->k, results->tokens()->size()));
        const std::size_t k = options->k > 0 ? options->k : results->defaultK();
        const double theta = options->theta > 0 ? options->theta : results->defaultTheta();
        PALIMPSEST_TRY(comparison, results->compare(options->layer, options->layer, k, theta));
        const bool base = options->side == Side::Base;
        const concepts::ConceptSet& concepts = base ? *comparison->a : *comparison->b;
        const auto& matches = base ? comparison->alignment.a : comparison->alignment.b;
        PALIMPSEST_TRY(labels, readLabels(options->project, concepts, theta));
        const std::string text = options->json ? conceptsJson(concepts, matches, labels, theta)
                                               : conceptsTable(concepts, matches, labels, theta);
        return writeOutput(
            options->output.empty() ? std::nullopt : std::optional<std::filesystem::path>(options->output),
            text);
    };
}

} // namespace palimpsest::cli
