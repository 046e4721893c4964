#include "models/system_motion.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QSettings>
#include <QStandardPaths>

namespace palimpsest::app {

namespace {

constexpr int kAskingMs = 1500; // the window is there by then
constexpr auto kAppearance = "org.freedesktop.appearance";
constexpr auto kGnome = "org.gnome.desktop.interface";

bool kdeStandsStill()
{
    const QString file
        = QStandardPaths::locate(QStandardPaths::GenericConfigLocation, QStringLiteral("kdeglobals"));
    return !file.isEmpty()
        && QSettings(file, QSettings::IniFormat)
               .value(QStringLiteral("KDE/AnimationDurationFactor"), 1.0)
               .toDouble()
        == 0.0;
}

} // namespace

bool asksForLessMotion(const PortalSettings& settings)
{
    const QVariant less = settings[QLatin1String(kAppearance)][QStringLiteral("reduced-motion")];
    const QVariant animations = settings[QLatin1String(kGnome)][QStringLiteral("enable-animations")];
    return less.toUInt() == 1 || (animations.typeId() == QMetaType::Bool && !animations.toBool());
}

SystemMotion::SystemMotion(QObject* parent)
    : QObject(parent)
{
    if (qEnvironmentVariableIsSet("PALIMPSEST_REDUCED_MOTION")) {
        m_reduced = qEnvironmentVariableIntValue("PALIMPSEST_REDUCED_MOTION") == 1;
        return;
    }
    m_reduced = kdeStandsStill();
    // Without this address Qt would start a bus of its own.
    if (m_reduced || qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return;
    m_asking.setSingleShot(true);
    connect(&m_asking, &QTimer::timeout, this, &SystemMotion::askPortal);
    m_asking.start(kAskingMs);
}

void SystemMotion::askPortal()
{
    qDBusRegisterMetaType<PortalSettings>();
    QDBusMessage question = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.portal.Desktop"),
        QStringLiteral("/org/freedesktop/portal/desktop"), QStringLiteral("org.freedesktop.portal.Settings"),
        QStringLiteral("ReadAll"));
    question << QStringList{QLatin1String(kAppearance), QLatin1String(kGnome)};
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<PortalSettings> answer = *watcher;
        watcher->deleteLater();
        if (answer.isValid()) // a desktop without a portal does not ask for anything
            setReduced(asksForLessMotion(answer.value()));
    });
}

void SystemMotion::setReduced(bool reduced)
{
    if (reduced == m_reduced)
        return;
    m_reduced = reduced;
    Q_EMIT changed();
}

} // namespace palimpsest::app
