#include "bridge/selection.h"

namespace palimpsest::app {

void Selection::setShown(Shown shown)
{
    if (m_shown == shown)
        return;
    m_shown = shown;
    Q_EMIT shownChanged();
}

void Selection::selectConcept(Side side, int conceptId)
{
    if (conceptId < 0) {
        clear();
        return;
    }
    if (m_side == side && m_conceptId == conceptId)
        return;
    m_side = side;
    m_conceptId = conceptId;
    Q_EMIT conceptChanged();
}

void Selection::clear()
{
    if (m_conceptId < 0)
        return;
    m_conceptId = -1;
    Q_EMIT conceptChanged();
}

} // namespace palimpsest::app
