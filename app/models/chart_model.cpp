#include "models/chart_model.h"

#include <algorithm>

namespace palimpsest::app {

ChartModel::ChartModel(Kind kind, QObject* parent)
    : QAbstractListModel(parent)
    , m_kind(kind)
{
}

void ChartModel::setLines(
    const QString& yTitle, double maximum, const QList<int>& layers, std::vector<Line> lines)
{
    // The legend keeps its entries when only numbers changed, as they do while a slider is dragged.
    const bool sameNames = std::ranges::equal(lines, m_lines, {}, &Line::name, &Line::name);
    if (!sameNames)
        beginResetModel();
    m_yTitle = yTitle;
    m_maximum = maximum;
    m_layers = layers;
    m_lines = std::move(lines);
    if (!sameNames)
        endResetModel();
    else if (!m_lines.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {ValueTextRole});
    Q_EMIT changed();
    Q_EMIT focusIndexChanged();
}

ChartPicture ChartModel::picture() const
{
    ChartPicture picture;
    picture.bars = m_kind == StackedBars;
    picture.xTitle = xTitle();
    picture.yTitle = m_yTitle;
    picture.maximum = m_maximum;
    picture.categories = layerNames();
    for (const Line& line : m_lines) {
        const auto colorIn = [&line](bool dark) {
            switch (line.palette) {
            case StatusColor:
                return statusColor(static_cast<align::Status>(line.colorIndex));
            case ClassColor:
                return classColor(line.colorIndex, dark);
            case MutedColor:
                return themeStyle(dark).muted;
            case SideColor:
                break;
            }
            return modelColor(line.colorIndex != 0, dark);
        };
        picture.lines.push_back(
            {line.name, colorIn(false), colorIn(true), line.dashed, line.values, line.low, line.high});
    }
    return picture;
}

QStringList ChartModel::layerNames() const
{
    QStringList names;
    for (const int layer : m_layers)
        names.append(QString::number(layer));
    return names;
}

void ChartModel::setFocusIndex(int index)
{
    if (m_focusIndex == index)
        return;
    m_focusIndex = index;
    if (!m_lines.empty())
        Q_EMIT dataChanged(this->index(0), this->index(rowCount() - 1), {ValueTextRole});
    Q_EMIT focusIndexChanged();
}

QString ChartModel::focusTitle() const
{
    return m_focusIndex >= 0 && m_focusIndex < m_layers.size() ? tr("Layer %1").arg(m_layers[m_focusIndex])
                                                               : QString();
}

QString ChartModel::readout() const
{
    QStringList lines{focusTitle()};
    for (const Line& line : m_lines)
        lines.append(tr("%1 %2").arg(line.name, line.details.value(m_focusIndex)));
    return lines.join(QLatin1Char('\n'));
}

int ChartModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant ChartModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return line.name;
    case PaletteRole:
        return line.palette;
    case ColorIndexRole:
        return line.colorIndex;
    case DashedRole:
        return line.dashed;
    case ValueTextRole:
        return line.texts.value(m_focusIndex);
    default:
        return {};
    }
}

QHash<int, QByteArray> ChartModel::roleNames() const
{
    return {
        {NameRole, "name"},
        {PaletteRole, "colorPalette"},
        {ColorIndexRole, "colorIndex"},
        {DashedRole, "dashed"},
        {ValueTextRole, "valueText"},
    };
}

} // namespace palimpsest::app
