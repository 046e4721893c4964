#include "bridge/navigator.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <utility>

#include "bridge/place_detail.h"
#include "models/view_list_model.h"

namespace palimpsest::app {

namespace {

QString idOfView(int view)
{
    return QString::fromLatin1(viewRegistry()[static_cast<std::size_t>(view)].id);
}

/// Choices that a view has not made yet, as a word before the first one is found.
bool areOpen(const QVariantMap& steps)
{
    return std::all_of(
        steps.begin(), steps.end(), [](const QVariant& value) { return value.toString().isEmpty(); });
}

} // namespace

bool Navigator::Place::isSame(const Place& other) const
{
    return view == other.view && layer == other.layer && side == other.side && conceptId == other.conceptId
        && k == other.k && theta == other.theta && steps == other.steps;
}

Navigator::Navigator(QObject* parent)
    : QObject(parent)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &Navigator::note);
}

void Navigator::setSession(StudySession* session)
{
    if (session == m_session)
        return;
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    if (session) {
        connect(session, &StudySession::layerChanged, this, &Navigator::rest);
        connect(session, &StudySession::kChanged, this, &Navigator::rest);
        connect(session, &StudySession::thetaChanged, this, &Navigator::rest);
        // Later than those who follow the selection into the new concepts: what is wanted here wins.
        connect(
            session, &StudySession::comparisonChanged, this, &Navigator::selectWanted, Qt::QueuedConnection);
        connect(session, &StudySession::resultsChanged, this, [this] {
            m_places.clear();
            m_at = 0;
            m_wanted.reset();
            Q_EMIT historyChanged();
            rest();
        });
    }
    Q_EMIT sessionChanged();
    rest();
}

void Navigator::setSelection(Selection* selection)
{
    if (selection == m_selection)
        return;
    if (m_selection)
        disconnect(m_selection, nullptr, this, nullptr);
    m_selection = selection;
    if (selection)
        connect(selection, &Selection::conceptChanged, this, &Navigator::rest);
    Q_EMIT selectionChanged();
}

void Navigator::setView(int view)
{
    view = std::clamp(view, 0, static_cast<int>(viewRegistry().size()) - 1);
    if (view == m_view)
        return;
    m_view = view;
    Q_EMIT viewChanged();
    rest();
}

QString Navigator::viewId() const
{
    return idOfView(m_view);
}

void Navigator::showView(const QString& id)
{
    if (const int view = viewIndex(id.toStdString()); view >= 0)
        setView(view);
}

void Navigator::showConcept(int layer, Selection::Side side, int conceptId, const QString& view)
{
    if (!m_session || !m_selection)
        return;
    Place place = here();
    place.layer = layer;
    place.side = side;
    place.conceptId = conceptId;
    if (!view.isEmpty())
        showView(view);
    place.view = m_view;
    goTo(place);
}

void Navigator::back()
{
    // What one looks at right now is a place too, even before it was noted.
    if (m_rest.isActive())
        note();
    leave();
    if (!canGoBack())
        return;
    const Place place = m_places[--m_at];
    goTo(place);
    Q_EMIT historyChanged();
}

void Navigator::forward()
{
    leave();
    if (!canGoForward())
        return;
    const Place place = m_places[++m_at];
    goTo(place);
    Q_EMIT historyChanged();
}

Navigator::Place Navigator::here() const
{
    Place place;
    place.view = m_view;
    if (m_session) {
        place.layer = m_session->layer();
        place.k = m_session->k();
        place.theta = m_session->theta();
    }
    if (m_selection) {
        place.side = m_selection->side();
        place.conceptId = m_selection->conceptId();
    }
    place.steps = stepsOf(viewId());
    return place;
}

void Navigator::rest()
{
    if (!m_rest.isActive())
        leave();
    m_rest.start();
}

/// Keeps what the view shows with the place that was noted last, before the change that leads away from it
/// has reached the view.
void Navigator::leave()
{
    if (m_going || m_rest.isActive() || m_places.empty())
        return;
    Place& place = m_places[m_at];
    QVariantMap detail = detailOf(idOfView(place.view));
    if (detail.isEmpty())
        return;
    detail.insert(place.steps); // these have changed already
    place.detail = detail;
}

void Navigator::note()
{
    m_rest.stop();
    if (!m_session || !m_session->isOpen())
        return;
    const Place place = here();
    if (!m_places.empty() && m_places[m_at].isSame(place))
        return;
    // The selection follows its members through layers and K, and may arrive late: that is still the same
    // step.
    if (!m_places.empty() && m_wanted)
        return;
    if (!m_places.empty() && areOpen(m_places[m_at].steps) && !areOpen(place.steps)) {
        Place same = place;
        same.steps = m_places[m_at].steps;
        if (m_places[m_at].isSame(same)) { // the view chose, not a person
            m_places[m_at].steps = place.steps;
            return;
        }
    }
    if (!m_places.empty())
        m_places.resize(m_at + 1);
    m_places.push_back(place);
    if (m_places.size() > kMostPlaces)
        m_places.erase(m_places.begin());
    m_at = m_places.size() - 1;
    Q_EMIT historyChanged();
}

void Navigator::goTo(const Place& place)
{
    m_going = true;
    setView(place.view);
    m_detailView = viewId();
    m_detail = place.detail;
    if (!place.steps.isEmpty()) {
        m_detail = m_detail.value_or(QVariantMap());
        m_detail->insert(place.steps);
    }
    for (const PlaceDetail* detail : m_details)
        if (m_detail && detail->view() == m_detailView)
            detail->apply(*m_detail);
    m_glideMs = 0;
    if (m_session) {
        m_session->setK(place.k);
        m_session->setTheta(place.theta);
        m_session->setLayer(place.layer);
    }
    m_going = false;
    m_wanted = place;
    selectWanted();
}

void Navigator::selectWanted()
{
    if (!m_wanted || !m_session || !m_selection)
        return;
    const auto comparison = m_session->comparison();
    if (m_session->layer() != m_wanted->layer || m_session->k() != m_wanted->k) {
        m_wanted.reset(); // went elsewhere meanwhile
        return;
    }
    if (!comparison || m_session->isComparing() || comparison->layerA != m_wanted->layer
        || static_cast<int>(comparison->k) != m_wanted->k)
        return;
    const Place wanted = *std::exchange(m_wanted, std::nullopt);
    const auto& concepts = wanted.side == Selection::Base ? comparison->a : comparison->b;
    if (wanted.conceptId < static_cast<int>(concepts->conceptCount()))
        m_selection->selectConcept(wanted.side, wanted.conceptId);
    if (!m_places.empty() && m_places[m_at].isSame(here()))
        m_rest.stop();
}

QVariantMap Navigator::detailOf(const QString& view) const
{
    return gather(view, &PlaceDetail::values);
}

QVariantMap Navigator::stepsOf(const QString& view) const
{
    return gather(view, &PlaceDetail::stepValues);
}

QVariantMap Navigator::gather(const QString& view, QVariantMap (PlaceDetail::*of)() const) const
{
    QVariantMap values;
    for (const PlaceDetail* detail : m_details)
        if (detail->view() == view)
            values.insert((detail->*of)());
    return values;
}

project::SlidePlace Navigator::savedPlace() const
{
    const Place now = here();
    project::SlidePlace place;
    place.view = viewId().toStdString();
    place.layer = std::max(now.layer, 0);
    place.k = static_cast<std::size_t>(std::max(now.k, 0));
    place.theta = now.theta;
    place.shown = m_selection ? static_cast<int>(m_selection->shown()) : Selection::ShowBoth;
    place.side = now.side == Selection::Base ? project::Side::Base : project::Side::FineTuned;
    place.conceptId = now.conceptId;
    const QJsonObject detail = QJsonObject::fromVariantMap(detailOf(viewId()));
    if (!detail.isEmpty())
        place.detail = QJsonDocument(detail).toJson(QJsonDocument::Compact).toStdString();
    return place;
}

void Navigator::showSaved(const project::SlidePlace& saved, bool conceptToo, int glideMs)
{
    if (!m_session || !m_selection)
        return;
    leave();
    m_selection->setShown(static_cast<Selection::Shown>(saved.shown));
    Place place;
    const int view = viewIndex(saved.view);
    place.view = view < 0 ? m_view : view;
    if (view >= 0)
        place.detail
            = QJsonDocument::fromJson(QByteArray::fromStdString(saved.detail)).object().toVariantMap();
    place.layer = m_session->layers().contains(saved.layer) ? saved.layer : m_session->layer();
    place.k = std::clamp(static_cast<int>(saved.k), 2, m_session->kMaximum());
    place.theta = saved.theta;
    place.side = saved.side == project::Side::Base ? Selection::Base : Selection::FineTuned;
    place.conceptId = conceptToo && place.layer == saved.layer ? saved.conceptId : -1;
    m_glideMs = glideMs;
    goTo(place);
}

void Navigator::addDetail(PlaceDetail* detail)
{
    m_details.push_back(detail);
    if (m_detail && detail->view() == m_detailView && m_detailView == viewId())
        detail->apply(*m_detail);
}

void Navigator::removeDetail(PlaceDetail* detail)
{
    std::erase(m_details, detail);
}

} // namespace palimpsest::app
