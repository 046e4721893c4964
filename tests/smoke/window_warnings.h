#pragma once
// What Qt and QML warn of while a test uses the window. Thread: GUI, one test program.

#include <QStringList>
#include <QtGlobal>

#include <utility>

namespace palimpsest::testing {

namespace detail {

inline QStringList g_warnings;
inline QtMessageHandler g_previous = nullptr;

inline void collect(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (type == QtWarningMsg || type == QtCriticalMsg)
        g_warnings.append(text);
    g_previous(type, context, text);
}

} // namespace detail

/// From here on warnings are collected, and still printed; once in a program.
inline void collectWarnings()
{
    detail::g_previous = qInstallMessageHandler(detail::collect);
}

/// Those since the last call, one a line.
[[nodiscard]] inline QString takeWarnings()
{
    return std::exchange(detail::g_warnings, {}).join(QLatin1Char('\n'));
}

} // namespace palimpsest::testing
