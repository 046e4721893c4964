#include "models/map_region.h"

#include <algorithm>
#include <utility>

#include "models/concept_text.h"
#include "models/number_text.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kRegionWords = 4;

} // namespace

void MapRegion::setAnnotations(Annotations* annotations)
{
    followNames(*this, m_annotations, annotations, {TitleRole});
}

void MapRegion::set(const Comparison& comparison, Selection::Side side, ScatterRows rows)
{
    beginResetModel();
    m_comparison = rows ? comparison : nullptr;
    m_side = side;
    m_rows = m_comparison ? std::move(rows) : nullptr;
    m_concepts.clear();
    if (m_comparison) {
        const auto& concepts = side == Selection::Base ? m_comparison->a : m_comparison->b;
        const corpus::TokenTable& tokens = concepts->tokens();
        std::vector<std::uint32_t> inside(concepts->conceptCount(), 0);
        std::vector<std::uint32_t> counts(tokens.corpus().parts().vocabulary.size(), 0);
        for (const std::uint32_t row : *m_rows) {
            const auto id = base::toId<base::TokenId>(row);
            ++inside[base::toIndex(concepts->conceptOf(id))];
            ++counts[base::toIndex(tokens.token(id).word)];
        }
        for (std::size_t id = 0; id < inside.size(); ++id) {
            if (inside[id] > 0)
                m_concepts.push_back({base::toId<base::ClusterId>(id), inside[id]});
        }
        std::stable_sort(m_concepts.begin(), m_concepts.end(),
            [](const Row& a, const Row& b) { return a.inside > b.inside; });
        std::vector<ComparedWord> words;
        for (std::size_t word = 0; word < counts.size(); ++word) {
            if (counts[word] > 0)
                words.push_back({base::toId<base::WordId>(word), side == Selection::Base ? counts[word] : 0,
                    side == Selection::Base ? 0 : counts[word]});
        }
        std::stable_sort(words.begin(), words.end(), [](const ComparedWord& a, const ComparedWord& b) {
            return a.countBase + a.countFineTuned > b.countBase + b.countFineTuned;
        });
        m_words.setWords(concepts, std::move(words));
    } else {
        m_words.clear();
    }
    endResetModel();
    Q_EMIT countChanged();
    Q_EMIT changed();
}

QString MapRegion::title() const
{
    if (!m_rows)
        return {};
    return tr("%1, %2, %3")
        .arg(occurrencesText(m_rows->size()),
            m_words.count() == 1 ? tr("1 word")
                                 : tr("%1 words").arg(countText(static_cast<std::uint64_t>(m_words.count()))),
            m_concepts.size() == 1 ? tr("1 concept") : tr("%1 concepts").arg(countText(m_concepts.size())));
}

QVariant MapRegion::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_concepts[static_cast<std::size_t>(index.row())];
    const auto& concepts = conceptsOf(*m_comparison, m_side);
    const std::size_t size = concepts.size(row.id);
    switch (role) {
    case ConceptIdRole:
        return static_cast<int>(base::toIndex(row.id));
    case Qt::DisplayRole:
    case WordsRole:
        return topWords(concepts, row.id, kRegionWords);
    case CountTextRole:
        return tr("%1 of %2").arg(countText(row.inside), countText(size));
    case FractionRole:
        return static_cast<double>(row.inside) / static_cast<double>(size);
    case TitleRole:
        return conceptTitle(m_annotations, *m_comparison, {m_side, row.id});
    case FineTunedRole:
        return m_side == Selection::FineTuned;
    default:
        return {};
    }
}

QHash<int, QByteArray> MapRegion::roleNames() const
{
    return {{ConceptIdRole, "conceptId"}, {WordsRole, "topWords"}, {CountTextRole, "countText"},
        {FractionRole, "fraction"}, {FineTunedRole, "fineTuned"}, {TitleRole, "title"}};
}

} // namespace palimpsest::app
