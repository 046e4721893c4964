#include "models/app_settings.h"

#include <QSettings>

#include <algorithm>

namespace palimpsest::app {

namespace {

constexpr QSize kDefaultSize(1280, 800);
constexpr QSize kSmallestSize(800, 560);

} // namespace

AppSettings::AppSettings(QObject* parent)
    : QObject(parent)
{
    const QSettings settings;
    m_dark = settings.value(QStringLiteral("dark"), false).toBool();
    m_scale = std::clamp(settings.value(QStringLiteral("scale"), 1.0).toDouble(), 0.8, 2.0);
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
    scale = std::clamp(scale, 0.8, 2.0);
    if (m_scale == scale)
        return;
    m_scale = scale;
    QSettings().setValue(QStringLiteral("scale"), scale);
    Q_EMIT scaleChanged();
}

void AppSettings::keepWindowSize(int width, int height)
{
    QSettings().setValue(QStringLiteral("windowSize"), QSize(width, height));
}

} // namespace palimpsest::app
