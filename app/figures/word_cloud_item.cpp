#include "figures/word_cloud_item.h"

#include <QCursor>
#include <QHoverEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

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
    if (model)
        connect(model, &QAbstractItemModel::modelReset, this, [this] { polish(); });
    Q_EMIT modelChanged();
    polish();
}

void WordCloudItem::geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry)
{
    QQuickPaintedItem::geometryChange(newGeometry, oldGeometry);
    if (newGeometry.size() != oldGeometry.size())
        polish();
}

void WordCloudItem::updatePolish()
{
    std::vector<CloudWord> words;
    if (m_model) {
        const auto roles = m_model->roleNames();
        const int wordRole = roles.key("word", -1);
        const int countRole = roles.key("count", -1);
        for (int row = 0; row < std::min(kMostWords, m_model->rowCount()); ++row) {
            const QModelIndex index = m_model->index(row, 0);
            words.push_back({index.data(wordRole).toString(), index.data(countRole).toInt()});
        }
    }
    m_placed = layOutWordCloud(words, size(), m_font);
    update();
    Q_EMIT layoutChanged();
}

void WordCloudItem::paint(QPainter* painter)
{
    if (m_placed.empty())
        return;
    const double largest = m_placed.front().pixelSize;
    for (const PlacedWord& word : m_placed) {
        QFont font = m_font;
        font.setPixelSize(static_cast<int>(word.pixelSize));
        const bool marked = word.text == m_markedWord;
        font.setUnderline(marked);
        painter->setFont(font);
        // Rare words step back; they stay readable.
        QColor color = marked ? m_markColor : m_color;
        color.setAlphaF(marked ? 1.0F : static_cast<float>(0.65 + 0.35 * word.pixelSize / largest));
        painter->setPen(color);
        painter->drawText(word.rect, Qt::AlignCenter | Qt::TextDontClip, word.text);
    }
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
