// palimpsest figure: any figure of the window, and a paper's figures, as SVG, PDF or PNG. Only reads the
// options; the window's part of the program draws, without a display.
#include <CLI/CLI.hpp>

#include <memory>

#include "cli/figure_request.h"
#include "cli/options.h"
#include "cli/verb.h"

namespace palimpsest::cli {

namespace {

using base::Error;
using base::ErrorCode;

struct FigureVerb {
    std::vector<std::string> projects;
    std::string view, paper, output, data, all, old;
    bool list = false;
    int layer = -1;
    double widthMm = 0.0, heightMm = 0.0, textPoints = 0.0;
    int dpi = 0;
    std::string theme = "print";
    bool title = false;
    FigureRequest request;
};

base::Status fillFigureRequest(FigureVerb& verb)
{
    FigureRequest& request = verb.request;
    const int asked = (verb.view.empty() ? 0 : 1) + (verb.paper.empty() ? 0 : 1) + (verb.all.empty() ? 0 : 1)
        + (verb.list ? 1 : 0);
    if (asked != 1)
        return Error{ErrorCode::InvalidArgument,
            "say which figure: --view NAME, --paper WHAT, --all FOLDER or --list"};
    request.kind = verb.list  ? FigureRequest::Kind::List
        : !verb.all.empty()   ? FigureRequest::Kind::All
        : !verb.paper.empty() ? FigureRequest::Kind::Paper
                              : FigureRequest::Kind::View;
    if (request.kind != FigureRequest::Kind::Paper && verb.projects.size() > 1)
        return Error{ErrorCode::InvalidArgument, "several projects are for --paper; give one project"};
    const bool needsFile
        = request.kind == FigureRequest::Kind::View || request.kind == FigureRequest::Kind::Paper;
    if (needsFile && verb.output.empty() && verb.data.empty())
        return Error{ErrorCode::InvalidArgument,
            "say where the figure goes: -o FILE.svg, .pdf or .png, or --data FILE"};
    if (!verb.old.empty() && request.kind != FigureRequest::Kind::All)
        return Error{ErrorCode::InvalidArgument, "--compare is for --all"};
    request.projects.assign(verb.projects.begin(), verb.projects.end());
    request.name = verb.paper.empty() ? verb.view : verb.paper;
    request.output = verb.all.empty() ? verb.output : verb.all;
    request.data = verb.data;
    request.old = verb.old;
    if (verb.layer >= 0)
        request.layer = verb.layer;
    request.dark = verb.theme == "dark";
    return {};
}

template <typename T>
void addGivenNumber(CLI::App& verb, const char* name, std::optional<T>& target, const char* help)
{
    verb.add_option_function<T>(
        name, [&target](const T& value) { target = value; }, help);
}

} // namespace

VerbWork makeFigure(CLI::App& verb)
{
    const auto options = std::make_shared<FigureVerb>();
    FigureRequest& request = options->request;
    verb.add_option("projects", options->projects, "The project file; several for --paper")->required();
    verb.add_option("--view", options->view,
        "A figure of the window: kept, status, task, label-curve, concept, alignment, labels, dendrogram, "
        "layers, flow, word, polarity, map, triggers; "
        "or a view, whose first figure is meant");
    verb.add_option("--paper", options->paper,
            "A figure of a paper: overlap (of base and fine-tuned concepts by layer), human-concepts (by "
            "layer and "
            "label set), task-concepts (by class and layer), examples (concepts as word clouds), triggers "
            "(of a project "
            "that keeps a search, or of what triggers --json printed into a .json file)")
        ->check(CLI::IsMember({"overlap", "human-concepts", "task-concepts", "examples", "triggers"}));
    verb.add_option("--all", options->all, "Writes all figures that the project remembers into this folder");
    verb.add_option(
        "--compare", options->old, "With --all: a folder of an earlier --all, to say which figures changed");
    verb.add_flag("--list", options->list, "Which figures there are, and which the project remembers");
    verb.add_option("-o,--output", options->output, "The file: .svg, .pdf or .png");
    verb.add_option("--data", options->data, "The numbers behind the figure: .csv, .json or .tex (booktabs)");
    verb.add_option("--layer", options->layer, "The layer (default: where most is written over)")
        ->check(CLI::NonNegativeNumber);
    addCutOptions(verb, request.k, request.theta);
    verb.add_option("--model", request.model, "Whose concept: base or finetuned")
        ->check(CLI::IsMember({"base", "finetuned"}));
    verb.add_option("--concept", request.conceptId, "The concept that is selected")
        ->check(CLI::NonNegativeNumber);
    verb.add_option("--set", request.settings,
        "What the view itself offers, as name=value: coloring=1, method=1, shareOf=0, word=film, …; may be "
        "repeated");
    verb.add_option("--words", request.words, "With --paper examples: words whose concepts are shown");
    verb.add_option(
        "--labels", request.labels, "With --paper human-concepts: the label set (default: all sets)");
    verb.add_option("--keep", request.keep, "The project remembers the figure under this name, for --all");
    verb.add_option("--preset", request.preset,
            "column (84 mm, default), two-columns (174 mm) or slide (254 mm, 16:9)")
        ->check(CLI::IsMember({"column", "two-columns", "slide"}));
    addGivenNumber(verb, "--width-mm", request.widthMm, "Width, 20 to 1,000 mm");
    addGivenNumber(verb, "--height-mm", request.heightMm, "Height, 10 to 1,000 mm (default: as it fits)");
    addGivenNumber(
        verb, "--text-points", request.textPoints, "Size of ordinary text, 4 to 48 points (default 7.5)");
    addGivenNumber(verb, "--dpi", request.dpi,
        "Resolution of PNG and of marks that are one image, 72 to 1,200 (default 300)");
    verb.add_option("--theme", options->theme, "print (light) or dark")
        ->check(CLI::IsMember({"print", "dark"}));
    verb.add_flag("--outlines", request.outlines, "Text as outlines");
    verb.add_flag_function(
        "--title,!--no-title", [&request](std::int64_t count) { request.title = count > 0; },
        "Title above the picture");
    verb.add_option("--date", request.date,
        "Written into the file, as 2026-11-24T12:00:00Z (default: none, so that the same figure has the same "
        "bytes)");
    return [options](Console&, Outcome& outcome) -> base::Status {
        PALIMPSEST_CHECK(fillFigureRequest(*options));
        outcome.figure = options->request;
        return {};
    };
}

} // namespace palimpsest::cli
