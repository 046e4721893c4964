#include "bridge/place_detail.h"

#include <QMetaEnum>
#include <QMetaProperty>

#include <optional>

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
    if (m_navigator)
        m_navigator->addDetail(this);
}

QVariantMap PlaceDetail::values() const
{
    QVariantMap values;
    for (const QString& name : m_names) {
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
        if (!property || !values.contains(name))
            continue;
        if (const QVariant value = fitting(*property, values.value(name)); value.isValid())
            property->write(m_target, value);
    }
}

} // namespace palimpsest::app
