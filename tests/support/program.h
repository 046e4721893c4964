#pragma once
// The built program as tests start it, and the files they give it. Thread: main.

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>

namespace palimpsest::testing {

struct Answer {
    int exitCode = -1; ///< -1: it crashed, or did not end in time
    QByteArray out;
    QByteArray err;
};

/// Path of the program, which ctest sets; empty where it is not there.
[[nodiscard]] QString programPath();

/// How a test starts the program.
struct Start {
    QByteArray input; ///< on standard input, which is closed behind it
    std::function<void()> prepare; ///< runs in the new process before the program does; may be empty
    int limitMs = 120'000; ///< how long is waited for the end
};

[[nodiscard]] Answer runProgram(const QStringList& arguments, const Start& start = {});

/// Fails the test where not all of it could be written.
void write(const QString& path, const QByteArray& content);
/// Empty where it cannot be read.
[[nodiscard]] QByteArray read(const QString& path);

} // namespace palimpsest::testing
