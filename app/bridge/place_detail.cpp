#include "bridge/place_detail.h"

#include <QJsonDocument>
#include <QMetaEnum>
#include <QMetaMethod>
#include <QMetaProperty>

#include <optional>

#include "figures/seen_part.h"

namespace palimpsest::app {

namespace {

std::optional<QMetaProperty> propertyOf(const QObject* target, const QString& name)
{
    const int at = target ? target->metaObject()->indexOfProperty(name.toLatin1().constData()) : -1;
    if (at < 0)
        return std::nullopt;
    return target->metaObject()->property(at);
}

bool isNumber(const QVariant& value)
{
    return value.canConvert<double>() && value.typeId() != QMetaType::QString
        && value.typeId() != QMetaType::Bool;
}

/// The value as the property can take it; invalid: it cannot.
QVariant fitting(const QMetaProperty& property, const QVariant& value)
{
    if (property.isEnumType()) {
        const bool known = isNumber(value) && property.enumerator().valueToKey(value.toInt()) != nullptr;
        return known ? QVariant(value.toInt()) : QVariant();
    }
    switch (property.typeId()) {
    case QMetaType::Bool:
        return value.typeId() == QMetaType::Bool ? value : QVariant();
    case QMetaType::QString:
        return value.typeId() == QMetaType::QString ? value : QVariant();
    case QMetaType::Int:
        return isNumber(value) ? QVariant(value.toInt()) : QVariant();
    case QMetaType::Double:
        return isNumber(value) ? QVariant(value.toDouble()) : QVariant();
    default:
        return {};
    }
}

} // namespace

PlaceDetail::~PlaceDetail()
{
    if (m_navigator)
        m_navigator->removeDetail(this);
}

void PlaceDetail::componentComplete()
{
    const QMetaMethod taken = metaObject()->method(metaObject()->indexOfSlot("stepTaken()"));
    for (const QString& name : m_steps) {
        if (const auto property = propertyOf(m_target, name); property && property->hasNotifySignal())
            connect(m_target, property->notifySignal(), this, taken);
    }
    if (m_navigator)
        m_navigator->addDetail(this);
}

void PlaceDetail::stepTaken()
{
    if (m_navigator && m_navigator->viewId() == m_view)
        m_navigator->rest();
}

QVariantMap PlaceDetail::values() const
{
    return valuesOf(m_names);
}

QVariantMap PlaceDetail::stepValues() const
{
    return valuesOf(m_steps);
}

QVariantMap PlaceDetail::valuesOf(const QStringList& names) const
{
    QVariantMap values;
    for (const QString& name : names) {
        const auto property = propertyOf(m_target, name);
        if (!property)
            continue;
        const QVariant value = property->read(m_target);
        values.insert(name, property->isEnumType() ? QVariant(value.toInt()) : value);
    }
    return values;
}

void PlaceDetail::apply(const QVariantMap& values) const
{
    for (const QString& name : m_names) {
        const auto property = propertyOf(m_target, name);
        const bool isPart = name == kPartName;
        if (!property || (!isPart && !values.contains(name)))
            continue;
        if (isPart && m_navigator)
            m_target->setProperty("glideMs", m_navigator->glideMs());
        const QVariant given = isPart ? values.value(name, kAllSeen.toString()) : values.value(name);
        if (const QVariant value = fitting(*property, given); value.isValid())
            property->write(m_target, value);
    }
}

QJsonObject detailWithoutPart(const std::string& detail)
{
    QJsonObject values = QJsonDocument::fromJson(QByteArray::fromStdString(detail)).object();
    values.remove(kPartName);
    return values;
}

} // namespace palimpsest::app
