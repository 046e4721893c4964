#include "models/label_concept_list_model.h"

#include <algorithm>

#include "models/concept_text.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kLabelWords = 6;

} // namespace

void LabelConceptListModel::setAnnotations(Annotations* annotations)
{
    followNames(*this, m_annotations, annotations, {TitleRole});
}

void LabelConceptListModel::setChoice(const Choice& choice)
{
    if (choice == m_choice)
        return;
    replaceRows(m_ids, idsOf(choice), [&] { m_choice = choice; });
}

std::vector<base::ClusterId> LabelConceptListModel::idsOf(const Choice& choice) const
{
    std::vector<base::ClusterId> ids;
    if (!choice.layer || choice.set >= choice.layer->sets.size())
        return ids;
    const SetMatches& set = choice.layer->sets[choice.set][static_cast<std::size_t>(choice.side)];
    if (!set.counts)
        return ids;
    const auto hasLabel = [&](base::ClusterId id) {
        const auto& best = set.matches[base::toIndex(id)].best;
        return choice.label < 0 || (best && *best == static_cast<label::LabelId>(choice.label));
    };
    if (choice.kind == NearMisses) {
        ids = align::nearMisses(*set.counts, choice.layer->question.options, kNearMargin);
        std::erase_if(ids, [&](base::ClusterId id) { return !hasLabel(id); });
        return ids;
    }
    for (std::size_t index = 0; index < set.matches.size(); ++index) {
        const auto id = base::toId<base::ClusterId>(index);
        if (choice.kind == Carriers ? set.matches[index].aligned && hasLabel(id)
                                    : !set.matches[index].aligned)
            ids.push_back(id);
    }
    const auto& concepts = *choice.layer->concepts[static_cast<std::size_t>(choice.side)];
    std::ranges::stable_sort(ids, std::greater<>(), [&](base::ClusterId id) { return concepts.size(id); });
    return ids;
}

int LabelConceptListModel::conceptAt(int row) const
{
    return row >= 0 && row < count() ? static_cast<int>(base::toIndex(m_ids[static_cast<std::size_t>(row)]))
                                     : -1;
}

int LabelConceptListModel::rowOf(int conceptId) const
{
    if (conceptId < 0)
        return -1;
    const auto found
        = std::ranges::find(m_ids, base::toId<base::ClusterId>(static_cast<std::size_t>(conceptId)));
    return found == m_ids.end() ? -1 : static_cast<int>(found - m_ids.begin());
}

QVariant LabelConceptListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const base::ClusterId id = m_ids[static_cast<std::size_t>(index.row())];
    const auto side = static_cast<std::size_t>(m_choice.side);
    const auto& concepts = *m_choice.layer->concepts[side];
    const SetMatches& set = m_choice.layer->sets[m_choice.set][side];
    const align::LabelMatch& match = set.matches[base::toIndex(id)];
    switch (role) {
    case ConceptIdRole:
        return static_cast<int>(base::toIndex(id));
    case SideRole:
        return static_cast<int>(m_choice.side);
    case Qt::DisplayRole:
    case TitleRole:
        return conceptTitle(
            m_annotations, m_choice.layer->layer, m_choice.layer->concepts[side], {m_choice.side, id});
    case SizeTextRole:
        return occurrencesText(concepts.size(id));
    case WordsRole:
        return topWords(concepts, id, kLabelWords);
    case LabelRole:
        return match.best ? QString::fromStdString(set.counts->table().labelName(*match.best)) : QString();
    case ShareRole:
        return match.share;
    case ShareTextRole:
        return percentText(match.share);
    default:
        return {};
    }
}

QHash<int, QByteArray> LabelConceptListModel::roleNames() const
{
    return {{ConceptIdRole, "conceptId"}, {SideRole, "side"}, {TitleRole, "title"},
        {SizeTextRole, "sizeText"}, {WordsRole, "words"}, {LabelRole, "label"}, {ShareRole, "share"},
        {ShareTextRole, "shareText"}};
}

} // namespace palimpsest::app
