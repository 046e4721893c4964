#include "figures/scatter_labels.h"

#include <algorithm>

namespace palimpsest::app {

QPointF ScatterLabels::cornerOf(
    const ScatterName& name, QSizeF size, const ScatterViewport& viewport, double morph)
{
    const QPointF middle = viewport.toItem(name.base + morph * (name.fineTuned - name.base));
    return middle - QPointF(size.width() / 2, size.height() / 2);
}

void ScatterLabels::choose(const ScatterNames& names, const ScatterViewport& viewport, double morph,
    QSizeF size, const QFontMetricsF& metrics)
{
    constexpr double kGap = 3.0;
    std::vector<Row> rows;
    std::vector<QRectF> taken;
    const QRectF room(QPointF(0, 0), size);
    for (std::size_t i = 0; names && i < names->size() && rows.size() < kMost; ++i) {
        const ScatterName& name = (*names)[i];
        const QSizeF extent(metrics.horizontalAdvance(name.text) + 6, metrics.height() + 2);
        const QRectF box(cornerOf(name, extent, viewport, morph), extent);
        const auto overlaps = [&box](const QRectF& other) {
            return box.adjusted(-kGap, -kGap, kGap, kGap).intersects(other);
        };
        if (!room.contains(box) || std::any_of(taken.begin(), taken.end(), overlaps))
            continue;
        taken.push_back(box);
        rows.push_back({name, extent, box.topLeft()});
    }
    const bool same = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
        [](const Row& a, const Row& b) { return a.name.id == b.name.id && a.name.text == b.name.text; });
    if (same) {
        m_rows = std::move(rows);
        follow(viewport, morph);
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
    Q_EMIT countChanged();
}

void ScatterLabels::follow(const ScatterViewport& viewport, double morph)
{
    if (m_rows.empty())
        return;
    for (Row& row : m_rows)
        row.corner = cornerOf(row.name, row.size, viewport, morph);
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), {XRole, YRole});
}

int ScatterLabels::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ScatterLabels::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        return row.name.text;
    case XRole:
        return row.corner.x();
    case YRole:
        return row.corner.y();
    case IdRole:
        return row.name.id;
    default:
        return {};
    }
}

QHash<int, QByteArray> ScatterLabels::roleNames() const
{
    return {{TextRole, "labelText"}, {XRole, "labelX"}, {YRole, "labelY"}, {IdRole, "labelId"}};
}

} // namespace palimpsest::app
