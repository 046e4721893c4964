// palimpsest report: the whole study, or its story, as one web page or as PDF. Only reads the options; the
// window's part of the program draws, without a display.

#include <memory>

#include "cli/report_request.h"
#include "cli/verb.h"

namespace palimpsest::cli {

using base::Error;
using base::ErrorCode;

VerbWork makeReport(CLI::App& verb)
{
    const auto request = std::make_shared<ReportRequest>();
    verb.add_option("project", request->project, "The project file")->required();
    verb.add_option("-o,--output", request->output,
            "The file: .html (one page that needs no network) or .pdf (figures as vectors)")
        ->required();
    verb.add_flag("--story", request->story, "The project's slides instead of the report");
    verb.add_option("--k", request->k, "Concepts a layer; default: the project's")
        ->check(CLI::Range(2U, 1'000'000U));
    verb.add_option("--theta", request->theta, "Overlap of aligned concepts; default: the project's")
        ->check(CLI::Range(0.05, 1.0));
    verb.add_flag("--mask", request->masked, "Mask offensive words");

    return [request](Console&, Outcome& outcome) -> base::Status {
        const std::string ending = request->output.extension().string();
        if (ending != ".html" && ending != ".pdf") {
            return Error{ErrorCode::InvalidArgument,
                request->output.string()
                    + " ends neither in .html nor in .pdf; name the file with one of them"};
        }
        if (std::error_code failure; !std::filesystem::exists(request->project, failure)) {
            return Error{
                ErrorCode::NotFound, request->project.string() + " does not exist; give a project file"};
        }
        outcome.report = *request;
        return {};
    };
}

} // namespace palimpsest::cli
