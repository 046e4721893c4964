#include "models/app_settings.h"

#include <QSettings>

#include <algorithm>
#include <cmath>

namespace palimpsest::app {

namespace {

constexpr QSize kDefaultSize(1280, 800);
constexpr QSize kSmallestSize(800, 560);
constexpr double kSmallestScale = 0.8;
constexpr double kLargestScale = 2.0;

} // namespace

AppSettings::AppSettings(QObject* parent)
    : QObject(parent)
{
    connect(&m_motion, &SystemMotion::changed, this, &AppSettings::stillChanged);
    const QSettings settings;
    m_dark = settings.value(QStringLiteral("dark"), false).toBool();
    m_scale
        = std::clamp(settings.value(QStringLiteral("scale"), 1.0).toDouble(), kSmallestScale, kLargestScale);
    m_view = settings.value(QStringLiteral("view")).toString();
    m_windowSize
        = settings.value(QStringLiteral("windowSize"), kDefaultSize).toSize().expandedTo(kSmallestSize);
}

void AppSettings::setDark(bool dark)
{
    if (m_dark == dark)
        return;
    m_dark = dark;
    QSettings().setValue(QStringLiteral("dark"), dark);
    Q_EMIT darkChanged();
}

void AppSettings::setScale(double scale)
{
    scale = std::clamp(scale, kSmallestScale, kLargestScale);
    if (m_scale == scale)
        return;
    m_scale = scale;
    QSettings().setValue(QStringLiteral("scale"), scale);
    Q_EMIT scaleChanged();
}

void AppSettings::stepScale(int steps)
{
    setScale(std::round(10.0 * m_scale + steps) / 10.0);
}

void AppSettings::resetScale()
{
    setScale(1.0);
}

void AppSettings::keepView(const QString& id)
{
    QSettings().setValue(QStringLiteral("view"), id);
}

QByteArray AppSettings::split(const QString& name) const
{
    return QSettings().value(QStringLiteral("splits/") + name).toByteArray();
}

void AppSettings::keepSplit(const QString& name, const QByteArray& sizes)
{
    QSettings().setValue(QStringLiteral("splits/") + name, sizes);
}

int AppSettings::sorting(const QString& list, int fallback) const
{
    return QSettings().value(QStringLiteral("sorting/") + list, fallback).toInt();
}

void AppSettings::keepSorting(const QString& list, int sorting)
{
    QSettings().setValue(QStringLiteral("sorting/") + list, sorting);
}

void AppSettings::keepWindowSize(int width, int height)
{
    QSettings().setValue(QStringLiteral("windowSize"), QSize(width, height));
}

} // namespace palimpsest::app
