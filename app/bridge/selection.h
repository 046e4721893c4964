#pragma once
// The one shared selection: views are linked through it without knowing each other.
// Thread: GUI.

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace palimpsest::app {

class Selection : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(Side side READ side NOTIFY conceptChanged FINAL)
    Q_PROPERTY(int conceptId READ conceptId NOTIFY conceptChanged FINAL)

public:
    enum Side { Base, FineTuned };
    Q_ENUM(Side)

    using QObject::QObject;

    Side side() const { return m_side; }
    int conceptId() const { return m_conceptId; } ///< -1: none

    /// Selects a concept of the shown layer.
    Q_INVOKABLE void selectConcept(palimpsest::app::Selection::Side side, int conceptId);
    Q_INVOKABLE void clear();

signals:
    void conceptChanged();

private:
    Side m_side = Base;
    int m_conceptId = -1;
};

} // namespace palimpsest::app
