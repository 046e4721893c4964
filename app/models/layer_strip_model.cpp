#include "models/layer_strip_model.h"

#include "models/number_text.h"

namespace palimpsest::app {

void LayerStripModel::setSession(StudySession* session)
{
    if (m_session == session)
        return;
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    if (session) {
        connect(session, &StudySession::resultsChanged, this, &LayerStripModel::reset);
        connect(session, &StudySession::layerChanged, this, [this] {
            changed({CurrentRole, DescriptionRole});
        });
        connect(session, &StudySession::summariesChanged, this, [this] {
            changed({KeptShareRole, KeptTextRole, DescriptionRole});
        });
    }
    reset();
    Q_EMIT sessionChanged();
}

int LayerStripModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_layers.size());
}

QVariant LayerStripModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const int layer = m_layers[index.row()];
    const auto* numbers = summary(index.row());
    switch (role) {
    case LayerRole:
        return layer;
    case CurrentRole:
        return m_session && m_session->layer() == layer;
    case KeptShareRole:
        return numbers ? numbers->keptShare() : -1.0;
    case KeptTextRole:
        return numbers ? percentText(numbers->keptShare()) : QString();
    case Qt::DisplayRole:
    case DescriptionRole:
        if (!numbers)
            return tr("Layer %1").arg(layer);
        return tr("Layer %1, %2 of base concepts kept").arg(layer).arg(percentText(numbers->keptShare()));
    default:
        return {};
    }
}

QHash<int, QByteArray> LayerStripModel::roleNames() const
{
    return {
        {LayerRole, "layerNumber"},
        {CurrentRole, "current"},
        {KeptShareRole, "keptShare"},
        {KeptTextRole, "keptText"},
        {DescriptionRole, "description"},
    };
}

void LayerStripModel::reset()
{
    beginResetModel();
    m_layers = m_session ? m_session->layers() : QList<int>();
    endResetModel();
    Q_EMIT countChanged();
}

const align::LayerSummary* LayerStripModel::summary(int row) const
{
    if (!m_session)
        return nullptr;
    const auto& all = m_session->summaries();
    const auto at = static_cast<std::size_t>(row);
    return at < all.size() && all[at].layer == m_layers[row] ? &all[at] : nullptr;
}

void LayerStripModel::changed(const QList<int>& roles)
{
    if (!m_layers.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), roles);
}

} // namespace palimpsest::app
