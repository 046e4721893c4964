#pragma once
// How a view makes its picture known as a figure: a name, a title, and what the picture itself does not know.
// Thread: GUI.

#include <QObject>
#include <QPointer>
#include <QVariantList>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include <vector>

#include "figures/figure.h"

class QQuickWindow;

namespace palimpsest::app {

/// Stands in the view beside its picture (as a child of an item: while that is seen, so is the figure).
class FigureSource : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString name MEMBER m_name NOTIFY changed FINAL)
    Q_PROPERTY(QString title MEMBER m_title NOTIFY changed FINAL)
    Q_PROPERTY(QString caption MEMBER m_caption NOTIFY changed FINAL)
    Q_PROPERTY(QObject* provider MEMBER m_provider NOTIFY changed FINAL)
    Q_PROPERTY(QVariantMap parameters MEMBER m_parameters NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList legend MEMBER m_legend NOTIFY changed FINAL)
    Q_PROPERTY(QString legendNote MEMBER m_legendNote NOTIFY changed FINAL)
    Q_PROPERTY(bool ofLayer MEMBER m_ofLayer NOTIFY changed FINAL)
    Q_PROPERTY(bool active MEMBER m_active NOTIFY changed FINAL)

public:
    explicit FigureSource(QObject* parent = nullptr);
    ~FigureSource() override;

    /// All that exist, in the order in which they were made. Delegates of a view's lists are no children of
    /// its window, so they are not found by looking below it.
    static const std::vector<FigureSource*>& all();
    /// The window of the item that this stands in; null: none yet.
    QQuickWindow* window() const;

    const QString& name() const { return m_name; } ///< one per figure, as on the command line
    const QString& title() const { return m_title; }
    /// Whether a person sees the figure now: the item that this stands in is visible, and `active` is not
    /// false.
    bool isSeen() const;
    /// The picture has all of what it was asked for.
    bool isSettled() const;
    bool isOfLayer() const { return m_ofLayer; } ///< the window's layer is one of its parameters
    /// What is on the screen, as it is zoomed there or all of it; empty where there is nothing yet. A part is
    /// said in the caption.
    Figure figure(bool asZoomed = true) const;

Q_SIGNALS:
    void changed();

private:
    QString m_name, m_title, m_caption;
    QPointer<QObject> m_provider; ///< a FigureProvider
    QVariantMap m_parameters; ///< beside those that all figures have
    QVariantList
        m_legend; ///< objects {text, color} or {text, status}, {text, classIndex}; after the picture's own
    QString m_legendNote;
    bool m_ofLayer = true;
    bool m_active = true;
};

} // namespace palimpsest::app
