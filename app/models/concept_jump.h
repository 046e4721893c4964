#pragma once
// Goes to a concept of any layer: shows the layer and selects the concept once its ids are those of the
// layer. Thread: GUI.

#include <QObject>
#include <QPointer>

#include "bridge/selection.h"
#include "bridge/study_session.h"

namespace palimpsest::app {

class ConceptJump : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void setSession(StudySession* session);
    void setSelection(Selection* selection) { m_selection = selection; }
    /// Of the present K. Ids below 0 are ignored; the last jump wins.
    void go(int layer, Selection::Side side, int conceptId);

private:
    void arrive();

    QPointer<StudySession> m_session;
    QPointer<Selection> m_selection;
    int m_layer = -1;
    Selection::Side m_side = Selection::Base;
    int m_conceptId = -1;
};

} // namespace palimpsest::app
