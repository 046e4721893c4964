#include "figures/word_cloud_item.h"

#include <QCursor>
#include <QHoverEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

#include "figures/view_figures.h"

namespace palimpsest::app {

namespace {

constexpr int kMostWords = 60;

} // namespace

WordCloudItem::WordCloudItem(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    setAcceptedMouseButtons(Qt::LeftButton);
    setAcceptHoverEvents(true);
    connect(this, &WordCloudItem::styleChanged, this, [this] { update(); });
    connect(this, &WordCloudItem::fontChanged, this, [this] { polish(); });
}

void WordCloudItem::setModel(QAbstractItemModel* model)
{
    if (model == m_model)
        return;
    if (m_model)
        disconnect(m_model, nullptr, this, nullptr);
    m_model = model;
    if (model) {
        connect(model, &QAbstractItemModel::dataChanged, this, [this] { polish(); });
        for (const auto rows : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
            connect(model, rows, this, [this] { polish(); });
        connect(model, &QAbstractItemModel::modelReset, this, [this] { polish(); });
    }
    Q_EMIT modelChanged();
    polish();
}

void WordCloudItem::geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry)
{
    QQuickPaintedItem::geometryChange(newGeometry, oldGeometry);
    if (newGeometry.size() != oldGeometry.size())
        polish();
}

std::vector<CloudWord> WordCloudItem::words() const
{
    std::vector<CloudWord> words;
    if (!m_model)
        return words;
    const auto roles = m_model->roleNames();
    const int wordRole = roles.key("word", -1);
    const int countRole = roles.key("count", -1);
    for (int row = 0; row < std::min(kMostWords, m_model->rowCount()); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        words.push_back({index.data(wordRole).toString(), index.data(countRole).toInt()});
    }
    return words;
}

void WordCloudItem::updatePolish()
{
    m_placed = layOutWordCloud(words(), size(), m_font);
    update();
    Q_EMIT layoutChanged();
}

void WordCloudItem::paint(QPainter* painter)
{
    paintWordCloud(*painter, m_placed, m_font, m_color, m_markedWord, m_markColor);
}

Figure WordCloudItem::figure() const
{
    Figure figure = cloudFigure(words());
    if (!figure.isEmpty())
        figure.naturalSize = size();
    return figure;
}

const PlacedWord* WordCloudItem::wordAt(QPointF point) const
{
    const auto found = std::ranges::find_if(
        m_placed, [point](const PlacedWord& word) { return word.rect.contains(point); });
    return found == m_placed.end() ? nullptr : &*found;
}

void WordCloudItem::mousePressEvent(QMouseEvent* event)
{
    event->setAccepted(wordAt(event->position()) != nullptr);
}

void WordCloudItem::mouseReleaseEvent(QMouseEvent* event)
{
    if (const PlacedWord* word = wordAt(event->position()))
        Q_EMIT wordClicked(QString(word->text));
}

void WordCloudItem::hoverMoveEvent(QHoverEvent* event)
{
    setCursor(wordAt(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

} // namespace palimpsest::app
