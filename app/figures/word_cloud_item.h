#pragma once
// The words of a concept as a cloud; a word can be pointed at and clicked.
// Thread: GUI; paint() runs on the render thread while the GUI waits.

#include <QAbstractItemModel>
#include <QFont>
#include <QPointer>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

#include "figures/figure.h"
#include "figures/word_cloud_layout.h"

namespace palimpsest::app {

/// Takes the first words of any model with the roles "word" and "count".
class WordCloudItem : public QQuickPaintedItem, public FigureProvider {
    Q_OBJECT
    QML_NAMED_ELEMENT(WordCloud)
    Q_PROPERTY(QAbstractItemModel* model READ model WRITE setModel NOTIFY modelChanged FINAL)
    Q_PROPERTY(QColor color MEMBER m_color NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor markColor MEMBER m_markColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QString markedWord MEMBER m_markedWord NOTIFY styleChanged FINAL)
    Q_PROPERTY(QFont font MEMBER m_font NOTIFY fontChanged FINAL)
    Q_PROPERTY(int shownWords READ shownWords NOTIFY layoutChanged FINAL)

public:
    explicit WordCloudItem(QQuickItem* parent = nullptr);

    QAbstractItemModel* model() const { return m_model; }
    void setModel(QAbstractItemModel* model);
    int shownWords() const { return static_cast<int>(m_placed.size()); }
    const std::vector<PlacedWord>& placedWords() const { return m_placed; }

    void paint(QPainter* painter) override;
    Figure figure() const override;

Q_SIGNALS:
    void modelChanged();
    void styleChanged();
    void fontChanged();
    void layoutChanged();
    void wordClicked(const QString& word);

protected:
    void geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry) override;
    void updatePolish() override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void hoverMoveEvent(QHoverEvent* event) override;

private:
    std::vector<CloudWord> words() const;
    const PlacedWord* wordAt(QPointF point) const;

    QPointer<QAbstractItemModel> m_model;
    QColor m_color, m_markColor;
    QString m_markedWord;
    QFont m_font;
    std::vector<PlacedWord> m_placed;
};

} // namespace palimpsest::app
