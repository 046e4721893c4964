#include "models/number_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace palimpsest::app {

namespace {

// Figures and screens must not depend on the machine they were made on.
const QLocale kLocale(QLocale::English, QLocale::UnitedStates);
constexpr QChar kNoBreak(0x00A0);

} // namespace

QString percentText(double share)
{
    const long rounded = std::lround(share * 100.0);
    const QString number = rounded == 0 && share > 0.0 ? QStringLiteral("<1") : QString::number(rounded);
    return number + kNoBreak + QLatin1Char('%');
}

QString intervalText(const base::Interval& interval)
{
    return QStringLiteral("%1–%2\u00a0%")
        .arg(std::lround(100.0 * interval.low))
        .arg(std::lround(100.0 * interval.high));
}

QString countText(std::uint64_t count)
{
    return kLocale.toString(static_cast<qulonglong>(count));
}

QString durationText(double seconds)
{
    const auto whole = static_cast<long long>(std::ceil(std::max(0.0, seconds)));
    const auto text = [](const char* pattern) { return QCoreApplication::translate("Numbers", pattern); };
    if (whole < 60)
        return text("%1 s").arg(whole);
    if (whole < 3600)
        return text("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return text("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString bytesText(std::uint64_t bytes)
{
    return kLocale.formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

} // namespace palimpsest::app
