#include "models/concept_jump.h"

namespace palimpsest::app {

void ConceptJump::setSession(StudySession* session)
{
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    m_conceptId = -1;
    if (!session)
        return;
    // Queued: after all who carry the old selection over to the new layer.
    connect(session, &StudySession::comparisonChanged, this, &ConceptJump::arrive, Qt::QueuedConnection);
    connect(session, &StudySession::resultsChanged, this, [this] { m_conceptId = -1; });
}

void ConceptJump::go(int layer, Selection::Side side, int conceptId)
{
    if (!m_session || conceptId < 0)
        return;
    m_layer = layer;
    m_side = side;
    m_conceptId = conceptId;
    m_session->setLayer(layer);
    arrive();
}

void ConceptJump::arrive()
{
    if (!m_selection || !m_session || m_conceptId < 0 || !m_session->comparison()
        || m_session->layer() != m_layer || m_session->comparison()->layerA != m_layer)
        return;
    m_selection->selectConcept(m_side, m_conceptId);
    m_conceptId = -1;
}

} // namespace palimpsest::app
