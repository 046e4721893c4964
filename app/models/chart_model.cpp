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
    m_layers = layers;
    m_lines = std::move(lines);
    m_picture = std::make_shared<const ChartPicture>(makePicture(yTitle, maximum));
    if (!sameNames)
        endResetModel();
    else if (!m_lines.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {ValueTextRole});
    Q_EMIT changed();
    Q_EMIT focusIndexChanged();
}

ChartPicture ChartModel::makePicture(const QString& yTitle, double maximum) const
{
    ChartPicture picture;
    picture.bars = m_kind == StackedBars;
    picture.xTitle = tr("Layer");
    picture.yTitle = yTitle;
    picture.maximum = maximum;
    // Shares are read by quarters.
    picture.steps = maximum == 100.0 ? 4 : roundScale(maximum).steps;
    picture.categories = layerNames();
    for (const Line& line : m_lines) {
        const auto colorIn = [&line](bool dark) {
            switch (line.palette) {
            case StatusColor:
                return statusColor(static_cast<align::Status>(line.colorIndex), dark);
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
    const auto row = static_cast<std::size_t>(index.row());
    const Line& line = m_lines[row];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return line.name;
    case LightInkRole:
        return m_picture->lines[row].light;
    case DarkInkRole:
        return m_picture->lines[row].dark;
    case DashedRole:
        return line.dashed;
    case ShapeRole:
        return chartMarkShape(*m_picture, row);
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
        {LightInkRole, "lightInk"},
        {DarkInkRole, "darkInk"},
        {DashedRole, "dashed"},
        {ShapeRole, "shape"},
        {ValueTextRole, "valueText"},
    };
}

} // namespace palimpsest::app
