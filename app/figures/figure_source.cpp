#include "figures/figure_source.h"

#include <QQuickItem>

#include "figures/figure_item.h"
#include "figures/view_figures.h"

namespace palimpsest::app {

namespace {

FigureLegend::Entry entryOf(const QVariantMap& given)
{
    FigureLegend::Entry entry;
    entry.text = given.value(QStringLiteral("text")).toString();
    entry.mark = FigureLegend::Mark::Dot;
    if (const QVariant status = given.value(QStringLiteral("status")); status.isValid()) {
        entry.light = entry.dark = statusColor(static_cast<align::Status>(status.toInt()));
    } else if (const QVariant index = given.value(QStringLiteral("classIndex")); index.isValid()) {
        entry.light = classColor(index.toInt(), false);
        entry.dark = classColor(index.toInt(), true);
    } else {
        const QColor color = given.value(QStringLiteral("color")).value<QColor>();
        entry.light = QColor::fromRgb(themedColor(color.rgb(), false));
        entry.dark = QColor::fromRgb(themedColor(color.rgb(), true));
    }
    return entry;
}

std::vector<FigureSource*>& sources()
{
    static std::vector<FigureSource*> all;
    return all;
}

} // namespace

FigureSource::FigureSource(QObject* parent)
    : QObject(parent)
{
    sources().push_back(this);
}

FigureSource::~FigureSource()
{
    std::erase(sources(), this);
}

const std::vector<FigureSource*>& FigureSource::all()
{
    return sources();
}

QQuickWindow* FigureSource::window() const
{
    const auto* item = qobject_cast<const QQuickItem*>(parent());
    return item ? item->window() : nullptr;
}

bool FigureSource::isSeen() const
{
    if (!m_active || !m_provider)
        return false;
    const auto* item = qobject_cast<const QQuickItem*>(parent());
    return !item || item->isVisible();
}

bool FigureSource::isSettled() const
{
    const auto* item = qobject_cast<const FigureItem*>(m_provider.data());
    const auto* provider = dynamic_cast<const FigureProvider*>(m_provider.data());
    return (!item || item->isSettled()) && (!provider || provider->isComplete());
}

Figure FigureSource::figure(bool asZoomed) const
{
    const auto* provider = dynamic_cast<const FigureProvider*>(m_provider.data());
    Figure figure = !provider ? Figure() : asZoomed ? provider->figure() : provider->wholeFigure();
    figure.name = m_name;
    figure.title = m_title;
    figure.caption = figure.part.isEmpty() ? m_caption : (m_caption + u' ' + figure.part).trimmed();
    for (auto parameter = m_parameters.begin(); parameter != m_parameters.end(); ++parameter)
        figure.parameters.append({parameter.key(), parameter.value().toString()});
    for (const QVariant& entry : m_legend)
        figure.legend.entries.append(entryOf(entry.toMap()));
    if (!m_legendNote.isEmpty())
        figure.legend.note = m_legendNote;
    return figure;
}

} // namespace palimpsest::app
