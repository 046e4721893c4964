#pragma once
// Which properties of a view are part of a place: saved with a slide and set again when one goes there.
// Thread: GUI.

#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QQmlParserStatus>
#include <QStringList>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include "bridge/navigator.h"

namespace palimpsest::app {

/// In a place's detail: which part of its figure is seen, as figures/seen_part.h writes it.
inline constexpr QLatin1String kPartName("viewport");

/// Stands beside a view: `names` are properties of `target` that hold a truth value, a number, an enumerator
/// or a text. Several of one view must not share a name, but for the part that a figure shows ("viewport"): a
/// place without it shows all, and figures move there as the navigator says (their "glideMs").
class PlaceDetail : public QObject, public QQmlParserStatus {
    Q_OBJECT
    QML_ELEMENT
    Q_INTERFACES(QQmlParserStatus)
    Q_PROPERTY(palimpsest::app::Navigator* navigator MEMBER m_navigator FINAL)
    Q_PROPERTY(QString view MEMBER m_view FINAL)
    Q_PROPERTY(QObject* target MEMBER m_target FINAL)
    Q_PROPERTY(QStringList names MEMBER m_names FINAL)
    Q_PROPERTY(QStringList steps MEMBER m_steps FINAL)

public:
    using QObject::QObject;
    ~PlaceDetail() override;

    const QString& view() const { return m_view; }
    /// The properties as they are now.
    QVariantMap values() const;
    /// Of these, those that are named in `steps`: another value is another place.
    QVariantMap stepValues() const;
    /// Sets those that are named; a value of another kind than the property's, or no enumerator, is left out.
    void apply(const QVariantMap& values) const;

protected:
    void classBegin() override { }
    void componentComplete() override;

private:
    Q_SLOT void stepTaken();
    QVariantMap valuesOf(const QStringList& names) const;

    QPointer<Navigator> m_navigator;
    QString m_view;
    QPointer<QObject> m_target;
    QStringList m_names, m_steps;
};

/// A saved place's detail without the part of its figure.
[[nodiscard]] QJsonObject detailWithoutPart(const std::string& detail);

} // namespace palimpsest::app
