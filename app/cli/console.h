#pragma once
// Where a verb's progress, warnings and results go: stderr for people, stdout or a file for results.
// Thread: main, except for the context's sinks, which are called by the running job on the same thread.

#include <chrono>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "base/job_context.h"
#include "base/result.h"
#include "jobs/job_queue.h"

namespace palimpsest::cli {

enum class ProgressStyle : std::uint8_t {
    Bar, ///< one line that is overwritten: stderr is a terminal
    Lines, ///< a line every five seconds: stderr is a file or a pipe
    JsonLines, ///< one JSON object a line
};

class Console {
public:
    /// Ctrl+C and SIGTERM become a stop request from here on.
    explicit Console(ProgressStyle style);
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    /// For the work of the verb: stops on Ctrl+C, shows progress and warnings.
    [[nodiscard]] const base::JobContext& context() const { return m_context; }

    /// Ends the progress line, so that results do not run into it.
    void endProgress();
    /// A line on stderr.
    void note(std::string_view line);

private:
    void showProgress(double fraction, std::string_view activity);

    ProgressStyle m_style;
    std::stop_source m_stop;
    std::jthread m_signals;
    base::JobContext m_context;
    jobs::ProgressClock m_clock;
    std::string m_lastActivity;
    std::chrono::steady_clock::time_point m_lastShown;
    bool m_lineOpen = false;
};

/// "12 s", "3 min 05 s", "1 h 20 min".
[[nodiscard]] std::string durationText(double seconds);

/// Writes a result: to stdout, or atomically to `file`.
[[nodiscard]] base::Status writeOutput(
    const std::optional<std::filesystem::path>& file, std::string_view content);

} // namespace palimpsest::cli
