#include "cli/console.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "base/mapped_file.h"

namespace palimpsest::cli {

using base::Error;
using base::ErrorCode;
using base::Status;

namespace {

/// Set by the handler, read by Console's watching thread: a handler itself must take no locks, which
/// request_stop() does.
volatile std::sig_atomic_t g_stopSignal = 0;

void rememberSignal(int signal)
{
    g_stopSignal = signal;
}

} // namespace

std::string durationText(double seconds)
{
    const auto total = static_cast<long>(seconds + 0.5);
    if (total >= 3600)
        return fmt::format("{} h {:02} min", total / 3600, total / 60 % 60);
    if (total >= 60)
        return fmt::format("{} min {:02} s", total / 60, total % 60);
    return fmt::format("{} s", total);
}

Console::Console(ProgressStyle style)
    : m_style(style)
    , m_context(
          m_stop.get_token(),
          [this](double fraction, std::string_view activity) { showProgress(fraction, activity); },
          [this](std::string warning) { note("note: " + warning); })
    , m_lastShown(std::chrono::steady_clock::now()) // what is over at once needs no bar
{
    // A handler and not a blocked signal that is waited for: threads that libraries started before main()
    // would still take the default action.
    std::signal(SIGINT, rememberSignal);
    std::signal(SIGTERM, rememberSignal);
    m_signals = std::jthread([this](const std::stop_token& ended) {
        while (!ended.stop_requested()) {
            if (g_stopSignal != 0)
                m_stop.request_stop();
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    });
}

Console::~Console()
{
    m_signals.request_stop();
    m_signals.join();
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    endProgress();
}

void Console::showProgress(double fraction, std::string_view activity)
{
    using namespace std::chrono_literals;
    const auto now = std::chrono::steady_clock::now();
    const bool changed = activity != m_lastActivity;
    const auto interval = m_style == ProgressStyle::Bar ? 100ms
        : m_style == ProgressStyle::JsonLines           ? 500ms
                                                        : 10'000ms;
    if (now - m_lastShown < interval && !(changed && m_style == ProgressStyle::JsonLines))
        return;
    m_lastShown = now;
    m_lastActivity = activity;

    const double left = m_clock.secondsLeft(fraction);
    if (m_style == ProgressStyle::JsonLines) {
        nlohmann::ordered_json line{{"progress", fraction}, {"activity", activity}};
        line["seconds_left"] = left < 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(left);
        fmt::print(stderr, "{}\n", line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    } else {
        const std::string remaining = left < 0 ? "" : ", " + durationText(left) + " left";
        const std::string text = fmt::format("{:3.0f} % {}{}", fraction * 100, activity, remaining);
        if (m_style == ProgressStyle::Bar) {
            fmt::print(stderr, "\r\033[K{}", text);
            m_lineOpen = true;
        } else {
            fmt::print(stderr, "{}\n", text);
        }
    }
    std::fflush(stderr);
}

void Console::endProgress()
{
    if (m_lineOpen)
        fmt::print(stderr, "\r\033[K");
    m_lineOpen = false;
}

void Console::note(std::string_view line)
{
    endProgress();
    fmt::print(stderr, "{}\n", line);
}

Status writeOutput(const std::optional<std::filesystem::path>& file, std::string_view content)
{
    if (file) {
        return base::writeFileAtomically(*file, content);
    }
    if (std::fwrite(content.data(), 1, content.size(), stdout) != content.size() || std::fflush(stdout) != 0)
        return Error{ErrorCode::WriteFailed,
            "Standard output cannot be written; is the disk full or the pipe closed?"};
    return {};
}

} // namespace palimpsest::cli
