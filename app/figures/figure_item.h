#pragma once
// A figure that is painted into an image by a worker, so that the window never waits for it; marks that
// follow the pointer are painted over it. Works in the software renderer too.
// Thread: GUI, but for the painting itself.

#include <QImage>
#include <QQuickPaintedItem>
#include <QThreadPool>
#include <QtQml/qqmlregistration.h>

#include <functional>

#include "figures/figure.h"

namespace palimpsest::app {

class FigureItem : public QQuickPaintedItem, public FigureProvider {
    Q_OBJECT
    QML_ANONYMOUS
    Q_PROPERTY(bool dark MEMBER m_dark NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor textColor MEMBER m_textColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor mutedColor MEMBER m_mutedColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor borderColor MEMBER m_borderColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor surfaceColor MEMBER m_surfaceColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor accentColor MEMBER m_accentColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QFont font MEMBER m_font NOTIFY styleChanged FINAL)
    Q_PROPERTY(bool settled READ isSettled NOTIFY settledChanged FINAL)

public:
    /// Paints a picture of the item's size; must own or share all that it reads.
    using Painting = std::function<void(QPainter&)>;

    explicit FigureItem(QQuickItem* parent = nullptr);
    ~FigureItem() override;

    /// What is seen is what was asked for last.
    bool isSettled() const { return !m_drawing && !m_stale; }
    void paint(QPainter* painter) final;

Q_SIGNALS:
    void styleChanged();
    void settledChanged();

protected:
    /// The picture as it should be now; empty: none.
    virtual Painting painting() const = 0;
    /// Cheap things over the picture, such as what is selected.
    virtual void paintMarks(QPainter& painter) const;
    /// Asks for a new picture; many requests before the next frame make one, and the newest wins. An item
    /// that nobody sees is painted once it is seen.
    void redraw();
    FigureStyle style() const;
    void geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry) override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;
    void updatePolish() override;

private:
    void adopt(const QImage& image);

    bool m_dark = false;
    QColor m_textColor, m_mutedColor, m_borderColor, m_surfaceColor, m_accentColor;
    QFont m_font;
    QImage m_image;
    bool m_stale = false;
    bool m_drawing = false;
    QThreadPool m_worker; ///< one thread; waited for before this item is gone
};

} // namespace palimpsest::app
