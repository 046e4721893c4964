#pragma once
// The scale of the colour ramp: what share a colour stands for.
// Thread: GUI; paint() runs on the render thread while the GUI waits.

#include <QFont>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

namespace palimpsest::app {

/// A horizontal bar of the ramp with ticks at 0, 25, 50, 75 and 100 % and, where `theta` is in 0..1, a mark.
class ColorLegendItem : public QQuickPaintedItem {
    Q_OBJECT
    QML_NAMED_ELEMENT(ColorLegend)
    Q_PROPERTY(bool dark MEMBER m_dark NOTIFY changed FINAL)
    Q_PROPERTY(double theta MEMBER m_theta NOTIFY changed FINAL)
    Q_PROPERTY(QColor textColor MEMBER m_textColor NOTIFY changed FINAL)
    Q_PROPERTY(QColor borderColor MEMBER m_borderColor NOTIFY changed FINAL)
    Q_PROPERTY(QFont font MEMBER m_font NOTIFY changed FINAL)

public:
    explicit ColorLegendItem(QQuickItem* parent = nullptr);
    void paint(QPainter* painter) override;

Q_SIGNALS:
    void changed();

private:
    void fit();

    bool m_dark = false;
    double m_theta = -1.0;
    QColor m_textColor, m_borderColor;
    QFont m_font;
};

} // namespace palimpsest::app
