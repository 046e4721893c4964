#pragma once
// What `palimpsest report` asks for: read by the command line, which knows no Qt, and done by the window's part
// of the program. Thread: values.

#include <cstdint>
#include <filesystem>
#include <optional>

namespace palimpsest::cli {

struct ReportRequest {
    std::filesystem::path project;
    std::filesystem::path output; ///< ends in .html or .pdf
    bool story = false; ///< the project's slides instead of the report
    std::uint32_t k = 0; ///< 0: the project's
    double theta = 0.0; ///< 0: the project's
    bool masked = false; ///< offensive words are masked, whatever the project says
};

} // namespace palimpsest::cli
