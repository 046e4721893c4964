// The story as a list: what its rows show.
#include <QCoreApplication>
#include <QUrl>

#include "bridge/story.h"
#include "models/number_text.h"
#include "models/view_list_model.h"
#include "models/word_mask.h"

namespace palimpsest::app {

using project::Slide;

namespace {

constexpr auto kStoryIcon = "story"; // where a view does not exist any more

const ViewDescriptor* viewOf(const std::string& id)
{
    for (const ViewDescriptor& view : viewRegistry())
        if (id == view.id)
            return &view;
    return nullptr;
}

QString pictureUrl(const Slide& slide)
{
    const auto* mask = WordMask::instance();
    if (!slide.picture || (mask && mask->isOn() && !slide.maskedPicture))
        return {};
    const auto bytes = QByteArray::fromRawData(
        reinterpret_cast<const char*>(slide.picture->data()), static_cast<qsizetype>(slide.picture->size()));
    return QStringLiteral("data:image/png;base64,") + QString::fromLatin1(bytes.toBase64());
}

} // namespace

QString slideViewTitle(const std::string& id)
{
    const ViewDescriptor* view = viewOf(id);
    return view ? QCoreApplication::translate("Views", view->title) : QString::fromStdString(id);
}

bool Story::isOutdated(const project::SlidePlace& place) const
{
    const auto tree = m_trees.find({place.side, place.layer});
    return tree != m_trees.end() && tree->second != place.tree;
}

QString Story::shownTexts(int row, std::string Slide::*text) const
{
    return has(row) ? shownProse(QString::fromStdString(m_slides[static_cast<std::size_t>(row)].*text))
                    : QString();
}

void Story::maskChanged()
{
    if (!m_slides.empty()) {
        Q_EMIT dataChanged(
            index(0), index(count() - 1), {ShownTitleRole, ShownCaptionRole, ShownNotesRole, PictureRole});
    }
    Q_EMIT currentSlideChanged();
}

int Story::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant Story::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Slide& slide = m_slides[static_cast<std::size_t>(index.row())];
    switch (role) {
    case TitleRole:
        return QString::fromStdString(slide.title);
    case CaptionRole:
        return QString::fromStdString(slide.caption);
    case NotesRole:
        return QString::fromStdString(slide.notes);
    case Qt::DisplayRole:
    case ShownTitleRole:
        return shownProse(QString::fromStdString(slide.title));
    case ShownCaptionRole:
        return shownProse(QString::fromStdString(slide.caption));
    case ShownNotesRole:
        return shownProse(QString::fromStdString(slide.notes));
    case PlaceTextRole:
        return placeText(slide.place);
    case PictureRole:
        return pictureUrl(slide);
    case IconRole: {
        const ViewDescriptor* view = viewOf(slide.place.view);
        return QUrl(QStringLiteral("qrc:/icons/%1.svg").arg(QLatin1String(view ? view->icon : kStoryIcon)));
    }
    case OutdatedRole:
        return slide.place.conceptId >= 0 && isOutdated(slide.place);
    default:
        return {};
    }
}

QHash<int, QByteArray> Story::roleNames() const
{
    return {
        {TitleRole, "title"},
        {CaptionRole, "caption"},
        {NotesRole, "notes"},
        {ShownTitleRole, "shownTitle"},
        {ShownCaptionRole, "shownCaption"},
        {ShownNotesRole, "shownNotes"},
        {PlaceTextRole, "placeText"},
        {PictureRole, "picture"},
        {IconRole, "iconSource"},
        {OutdatedRole, "outdated"},
    };
}

QString placeText(const project::SlidePlace& place)
{
    QString text = Story::tr("%1 · layer %2 · K = %3 · θ = %4")
                       .arg(slideViewTitle(place.view))
                       .arg(place.layer)
                       .arg(countText(place.k))
                       .arg(place.theta, 0, 'f', 2);
    if (place.conceptId >= 0) {
        text += place.side == project::Side::Base
            ? Story::tr(" · base concept %1").arg(place.conceptId)
            : Story::tr(" · fine-tuned concept %1").arg(place.conceptId);
    }
    return text;
}

} // namespace palimpsest::app
