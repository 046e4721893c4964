#include "models/view_list_model.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <array>

namespace palimpsest::app {

namespace {

constexpr std::array kViews{
    ViewDescriptor{"overview", QT_TRANSLATE_NOOP("Views", "Overview"), "overview"},
    ViewDescriptor{"concepts", QT_TRANSLATE_NOOP("Views", "Concepts"), "concepts"},
    ViewDescriptor{"alignment", QT_TRANSLATE_NOOP("Views", "Alignment"), "alignment"},
    ViewDescriptor{"labels", QT_TRANSLATE_NOOP("Views", "Labels"), "labels"},
    ViewDescriptor{"dendrogram", QT_TRANSLATE_NOOP("Views", "Dendrogram"), "dendrogram"},
    ViewDescriptor{"layers", QT_TRANSLATE_NOOP("Views", "Layers"), "layers"},
    ViewDescriptor{"flow", QT_TRANSLATE_NOOP("Views", "Flow"), "flow"},
    ViewDescriptor{"map", QT_TRANSLATE_NOOP("Views", "Map"), "map"},
    ViewDescriptor{"words", QT_TRANSLATE_NOOP("Views", "Words"), "words"},
    ViewDescriptor{"task", QT_TRANSLATE_NOOP("Views", "Task"), "task"},
    ViewDescriptor{"story", QT_TRANSLATE_NOOP("Views", "Story"), "story"},
};

} // namespace

std::span<const ViewDescriptor> viewRegistry()
{
    return kViews;
}

int viewIndex(std::string_view id)
{
    const auto found = std::ranges::find(kViews, id, &ViewDescriptor::id);
    return found == kViews.end() ? -1 : static_cast<int>(found - kViews.begin());
}

int ViewListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(kViews.size());
}

QVariant ViewListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ViewDescriptor& view = kViews[static_cast<std::size_t>(index.row())];
    switch (role) {
    case ViewIdRole:
        return QString::fromLatin1(view.id);
    case Qt::DisplayRole:
    case TitleRole:
        return QCoreApplication::translate("Views", view.title);
    case IconRole:
        return QUrl(QStringLiteral("qrc:/icons/%1.svg").arg(QString::fromLatin1(view.icon)));
    case ShortcutRole:
        return index.row() < kViewsWithKeys ? QStringLiteral("Ctrl+%1").arg(index.row() + 1) : QString();
    default:
        return {};
    }
}

QHash<int, QByteArray> ViewListModel::roleNames() const
{
    return {
        {ViewIdRole, "viewId"},
        {TitleRole, "title"},
        {IconRole, "iconSource"},
        {ShortcutRole, "shortcut"},
    };
}

} // namespace palimpsest::app
