#pragma once
// Chance levels as people read them, the same in figures and lists. Thread: reentrant.

#include <QString>

namespace palimpsest::app {

/// 0.03 → "<0.1", 2.13 → "2.1", 14.2 → "14".
[[nodiscard]] inline QString chanceText(double chance)
{
    if (chance <= 0.0)
        return QStringLiteral("0");
    if (chance < 0.1)
        return QStringLiteral("<0.1");
    return QString::number(chance, 'f', chance < 9.95 ? 1 : 0);
}

} // namespace palimpsest::app
