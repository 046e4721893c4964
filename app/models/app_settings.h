#pragma once
// What the window remembers between two sittings.
// Thread: GUI.

#include <QByteArray>
#include <QObject>
#include <QSize>
#include <QString>
#include <QtQml/qqmlregistration.h>

#include "models/system_motion.h"

namespace palimpsest::app {

class AppSettings : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(bool dark READ isDark WRITE setDark NOTIFY darkChanged FINAL)
    Q_PROPERTY(double scale READ scale WRITE setScale NOTIFY scaleChanged FINAL)
    Q_PROPERTY(QString view READ view CONSTANT FINAL)
    Q_PROPERTY(bool still READ isStill NOTIFY stillChanged FINAL)
    Q_PROPERTY(QSize windowSize READ windowSize CONSTANT FINAL)

public:
    explicit AppSettings(QObject* parent = nullptr);

    bool isDark() const { return m_dark; }
    void setDark(bool dark);
    double scale() const { return m_scale; } ///< of texts, 0.8..2
    void setScale(double scale);
    /// Larger by `steps` tenths, smaller when negative.
    Q_INVOKABLE void stepScale(int steps);
    Q_INVOKABLE void resetScale();
    bool isStill() const { return m_motion.isReduced(); } ///< the system asks programs not to move things
    QString view() const { return m_view; } ///< id of the view of the last sitting
    Q_INVOKABLE void keepView(const QString& id);
    /// Sizes of a split view's parts as SplitView saves them; empty: never kept.
    Q_INVOKABLE QByteArray split(const QString& name) const;
    Q_INVOKABLE void keepSplit(const QString& name, const QByteArray& sizes);
    /// How a list is sorted, a number of its model's; `fallback`: never kept.
    Q_INVOKABLE int sorting(const QString& list, int fallback) const;
    Q_INVOKABLE void keepSorting(const QString& list, int sorting);
    QSize windowSize() const { return m_windowSize; } ///< of the last sitting
    Q_INVOKABLE void keepWindowSize(int width, int height);

Q_SIGNALS:
    void darkChanged();
    void scaleChanged();
    void stillChanged();

private:
    bool m_dark = false;
    double m_scale = 1.0;
    SystemMotion m_motion;
    QSize m_windowSize;
    QString m_view;
};

} // namespace palimpsest::app
