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
    Q_PROPERTY(Shown shown READ shown WRITE setShown NOTIFY shownChanged FINAL)

public:
    enum Side { Base, FineTuned };
    Q_ENUM(Side)
    /// Whose concepts lists show: the model toggle of the top bar.
    enum Shown { ShowBase, ShowFineTuned, ShowBoth };
    Q_ENUM(Shown)

    using QObject::QObject;

    Side side() const { return m_side; }
    int conceptId() const { return m_conceptId; } ///< -1: none
    Shown shown() const { return m_shown; }
    void setShown(palimpsest::app::Selection::Shown shown);

    /// Selects a concept of the shown layer.
    Q_INVOKABLE void selectConcept(palimpsest::app::Selection::Side side, int conceptId);
    Q_INVOKABLE void clear();

Q_SIGNALS:
    void conceptChanged();
    void shownChanged();

private:
    Side m_side = Base;
    int m_conceptId = -1;
    Shown m_shown = ShowBoth;
};

} // namespace palimpsest::app
