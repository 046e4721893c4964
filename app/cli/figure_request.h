#pragma once
// What `palimpsest figure` asks for: read by the command line, which knows no Qt, and done by the window's
// part of the program. Thread: values.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest::cli {

struct FigureRequest {
    enum class Kind {
        View, ///< one figure of a view
        All, ///< the project's saved figures into a folder
        Paper, ///< a figure of a paper out of one or several projects
        List, ///< names of figures, and the project's saved ones
    };
    Kind kind = Kind::View;
    std::vector<std::filesystem::path> projects; ///< one, but for Paper
    std::string name; ///< of the figure, the view, or the paper's figure
    std::filesystem::path output; ///< file, or folder for All
    std::filesystem::path data; ///< file of the numbers; empty: none
    std::filesystem::path old; ///< All: folder to compare with; empty: none
    std::optional<int> layer;
    std::uint32_t k = 0; ///< 0: the project's
    double theta = 0.0; ///< 0: the project's
    std::string model; ///< "base", "finetuned"; empty: what the view starts with
    int conceptId = -1;
    std::vector<std::string> words; ///< Paper examples: words whose concepts are shown
    std::string labels; ///< Paper: name of the label set; empty: the first
    std::vector<std::string> settings; ///< "name=value": what the view itself offers
    std::string keep; ///< name under which the project remembers the figure; empty: not
    std::string preset; ///< of sizes; empty: column
    std::optional<double> widthMm, heightMm, textPoints;
    std::optional<int> dpi;
    bool dark = false;
    bool outlines = false;
    std::optional<bool> title;
    std::string date; ///< written into the file; empty: none
};

} // namespace palimpsest::cli
