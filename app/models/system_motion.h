#pragma once
// Whether the system asks programs to move less: a person's choice in the settings of the desktop.
// Thread: GUI.

#include <QMap>
#include <QObject>
#include <QTimer>
#include <QVariantMap>

namespace palimpsest::app {

/// What the desktop's settings portal answers: values by name, by namespace.
using PortalSettings = QMap<QString, QVariantMap>;

/// After org.freedesktop.appearance "reduced-motion" (1: less), and GNOME's "enable-animations" (false:
/// less).
[[nodiscard]] bool asksForLessMotion(const PortalSettings& settings);

/// The environment variable PALIMPSEST_REDUCED_MOTION (1 or 0) decides where it is set. Otherwise KDE's
/// settings are read, and a moment after the start the desktop is asked through its settings portal.
class SystemMotion : public QObject {
    Q_OBJECT

public:
    explicit SystemMotion(QObject* parent = nullptr);

    bool isReduced() const { return m_reduced; }

Q_SIGNALS:
    void changed();

private:
    void askPortal();
    void setReduced(bool reduced);

    QTimer m_asking;
    bool m_reduced = false;
};

} // namespace palimpsest::app
