#include "models/map_model.h"

#include <utility>

#include "bridge/job_controller.h"
#include "models/concept_text.h"
#include "models/number_text.h"
#include "models/word_mask.h"
#include "pipeline/map_layers.h"

namespace palimpsest::app {

namespace {

project::MapMethod coreMethod(MapModel::Method method)
{
    return method == MapModel::Umap ? project::MapMethod::Umap : project::MapMethod::Pca;
}

} // namespace

MapModel::~MapModel() = default;

void MapModel::setSession(StudySession* session)
{
    if (session == m_session)
        return;
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    if (session) {
        connect(session, &StudySession::comparisonChanged, this, [this] {
            m_region.clear(); // its concepts are those of another K or layer
            update();
        });
        connect(session, &StudySession::layerChanged, this, &MapModel::update);
        connect(session, &StudySession::resultsChanged, this, [this] {
            m_error.clear();
            adoptPoints(nullptr, {});
            update();
        });
        connect(session, &StudySession::openingChanged, this, &MapModel::stateChanged);
        connect(&session->jobs(), &JobController::statusChanged, this, &MapModel::progressChanged);
    }
    if (WordMask* mask = WordMask::instance())
        connect(mask, &WordMask::changed, this, &MapModel::showWordsAgain, Qt::UniqueConnection);
    Q_EMIT sessionChanged();
    update();
}

void MapModel::showWordsAgain()
{
    paintPicture();
    Q_EMIT hoverChanged();
    Q_EMIT markedChanged();
}

void MapModel::setSelection(Selection* selection)
{
    if (selection == m_selection)
        return;
    if (m_selection)
        disconnect(m_selection, nullptr, this, nullptr);
    m_selection = selection;
    if (selection)
        connect(selection, &Selection::conceptChanged, this, &MapModel::updateMarked);
    Q_EMIT selectionChanged();
    updateMarked();
}

void MapModel::setAnnotations(Annotations* annotations)
{
    if (annotations == m_annotations)
        return;
    if (m_annotations)
        disconnect(m_annotations, nullptr, this, nullptr);
    m_annotations = annotations;
    m_region.setAnnotations(annotations);
    if (annotations)
        connect(annotations, &Annotations::changed, this, &MapModel::showWordsAgain);
    Q_EMIT annotationsChanged();
    showWordsAgain();
}

std::map<int, QString> MapModel::givenNames() const
{
    std::map<int, QString> names;
    const Comparison shown = comparison();
    if (!m_annotations || !shown)
        return names;
    const auto count = static_cast<int>(conceptsOf(*shown, m_side).conceptCount());
    for (int id = 0; id < count; ++id) {
        if (!m_annotations->nameOn(m_side, id).isEmpty())
            names.emplace(id, m_annotations->titleOf(m_side, id));
    }
    return names;
}

void MapModel::setMethod(Method method)
{
    if (std::exchange(m_method, method) != method) {
        m_error.clear();
        optionChanged();
    }
}

void MapModel::setColoring(Coloring coloring)
{
    if (std::exchange(m_coloring, coloring) != coloring)
        optionChanged();
}

void MapModel::setSearch(const QString& search)
{
    if (std::exchange(m_search, search) != search)
        optionChanged();
}

void MapModel::setFineTuned(bool fineTuned)
{
    const auto side = fineTuned ? Selection::FineTuned : Selection::Base;
    if (std::exchange(m_side, side) == side)
        return;
    if (m_region.rows())
        m_region.set(comparison(), m_side, m_region.rows());
    optionChanged();
}

void MapModel::setDark(bool dark)
{
    if (std::exchange(m_dark, dark) != dark)
        optionChanged();
}

void MapModel::setActive(bool active)
{
    if (std::exchange(m_active, active) == active)
        return;
    Q_EMIT activeChanged();
    update();
}

void MapModel::optionChanged()
{
    Q_EMIT optionsChanged();
    Q_EMIT hoverChanged();
    update();
}

MapModel::Place MapModel::wanted() const
{
    if (!m_session || !m_session->isOpen())
        return {};
    return {m_session->results().get(), m_session->layer(), m_method};
}

Comparison MapModel::comparison() const
{
    const auto shown = m_session ? m_session->comparison() : nullptr;
    return shown && shown->layerA == layer() ? shown : nullptr;
}

int MapModel::layer() const
{
    return m_session ? m_session->layer() : -1;
}

MapModel::State MapModel::state() const
{
    if (!m_session || !m_session->isOpen())
        return m_session && m_session->isOpening() ? Loading : NothingOpen;
    if (m_computeJob != 0 && m_computing == wanted())
        return Computing;
    if (!m_error.isEmpty())
        return Failed;
    if (m_place != wanted())
        return Loading;
    if (!m_points)
        return NotComputed;
    return m_picture ? Ready : Loading;
}

double MapModel::progress() const
{
    const auto* row = m_session && m_computeJob != 0 ? m_session->jobs().list()->find(m_computeJob) : nullptr;
    return row ? row->fraction : 0.0;
}

QString MapModel::progressText() const
{
    const auto* row = m_session && m_computeJob != 0 ? m_session->jobs().list()->find(m_computeJob) : nullptr;
    return row ? row->message : QString();
}

void MapModel::update()
{
    Q_EMIT stateChanged();
    if (!m_active || !m_session || !m_session->isOpen())
        return;
    if (m_place != wanted())
        load(wanted());
    else
        paintPicture();
    updateMarked();
}

void MapModel::load(const Place& place)
{
    if (m_loadJob != 0 || !m_error.isEmpty())
        return;
    auto work = [path = m_session->results()->path(), layer = place.layer, method = coreMethod(place.method)](
                    const base::JobContext&) -> base::Result<ScatterData> {
        PALIMPSEST_TRY(file, project::ProjectFile::open(path, project::ProjectFile::Mode::ReadOnly));
        PALIMPSEST_TRY(places, project::MapStore(file).read(layer, method));
        return places ? makeScatterPoints(places->base, places->fineTuned) : ScatterData();
    };
    auto done = [this, place](const base::Result<ScatterData>& points) {
        m_loadJob = 0;
        if (place != wanted()) {
            update();
            return;
        }
        const auto rows = static_cast<std::size_t>(m_session->occurrenceCount());
        if (!points)
            fail(QString::fromStdString(points.error().message));
        else if (points.value() && points.value()->size() != rows)
            fail(tr("The project was run on another corpus since it was opened; open it again"));
        else
            adoptPoints(points.value(), place);
    };
    m_loadJob = m_session->jobs().start<ScatterData>(
        {{}, jobs::Weight::Light, false}, this, std::move(work), std::move(done));
}

void MapModel::adoptPoints(ScatterData points, const Place& place)
{
    m_place = place;
    m_points = std::move(points);
    m_picture.reset();
    m_hovered = -1;
    m_region.clear();
    Q_EMIT pointsChanged();
    Q_EMIT pictureChanged();
    Q_EMIT hoverChanged();
    updateMarked();
    Q_EMIT stateChanged();
    paintPicture();
}

void MapModel::paintPicture()
{
    const Comparison shown = comparison();
    if (m_pictureJob != 0 || !m_points || !shown || m_place != wanted())
        return;
    MapPictureRequest request{m_points, shown, nullptr, m_side, static_cast<MapColoring>(m_coloring),
        m_coloring == BySearch ? m_search : QString(), m_dark,
        WordMask::instance() && WordMask::instance()->isOn(), givenNames()};
    if (m_picture) {
        request.linkage = m_picture->request.linkage;
        if (request == m_picture->request)
            return;
    }
    using Picture = std::shared_ptr<const MapPicture>;
    auto work = [request, results = m_session->results()](
                    const base::JobContext& ctx) mutable -> base::Result<Picture> {
        const auto side = request.side == Selection::Base ? project::Side::Base : project::Side::FineTuned;
        PALIMPSEST_TRY(linkage, results->linkage(side, layerOf(*request.comparison, request.side)));
        request.linkage = linkage;
        return makeMapPicture(request, ctx);
    };
    auto done = [this, points = m_points](const base::Result<Picture>& picture) {
        m_pictureJob = 0;
        if (picture && points == m_points) {
            m_picture = picture.value();
            Q_EMIT pictureChanged();
            Q_EMIT stateChanged();
        } else if (!picture && picture.error().code != base::ErrorCode::Cancelled) {
            fail(QString::fromStdString(picture.error().message));
            return;
        }
        paintPicture();
    };
    m_pictureJob = m_session->jobs().start<Picture>(
        {{}, jobs::Weight::Light, false}, this, std::move(work), std::move(done));
}

void MapModel::fail(const QString& error)
{
    m_error = error;
    Q_EMIT stateChanged();
}

void MapModel::compute()
{
    if (m_computeJob != 0 || !m_session || !m_session->isOpen())
        return;
    m_error.clear();
    m_computing = wanted();
    pipeline::MapRequest request{{m_computing.layer}, coreMethod(m_method), false};
    auto work
        = [path = m_session->results()->path(), request](const base::JobContext& ctx) -> base::Result<bool> {
        PALIMPSEST_CHECK(pipeline::mapLayers(path, request, ctx));
        return true;
    };
    auto done = [this](const base::Result<bool>& result) {
        m_computeJob = 0;
        if (m_computing == wanted()) {
            if (!result && result.error().code != base::ErrorCode::Cancelled) {
                fail(QString::fromStdString(result.error().message));
                return;
            }
            if (result)
                m_place = {}; // to be read
        }
        update();
    };
    const JobController::Request job{
        tr("Map of layer %1").arg(m_computing.layer), jobs::Weight::Heavy, false};
    m_computeJob = m_session->jobs().start<bool>(job, this, std::move(work), std::move(done));
    Q_EMIT stateChanged();
    Q_EMIT progressChanged();
}

void MapModel::cancel()
{
    if (m_session)
        m_session->jobs().cancel(m_computeJob);
}

void MapModel::retry()
{
    m_error.clear();
    m_place = {};
    update();
}

QVariantList MapModel::legend() const
{
    QVariantList entries;
    if (m_picture) {
        for (const MapLegendEntry& entry : m_picture->legend)
            entries.append(QVariantMap{{QStringLiteral("color"), QColor::fromRgb(entry.color)},
                {QStringLiteral("text"), entry.text}});
    }
    return entries;
}

QString MapModel::foundText() const
{
    if (!m_picture || m_picture->request.search.isEmpty())
        return {};
    return m_picture->found == 0 ? tr("No word holds “%1”").arg(m_picture->request.search)
                                 : tr("%1 found").arg(occurrencesText(m_picture->found));
}

void MapModel::updateMarked()
{
    const Comparison shown = comparison();
    ScatterRows marked;
    if (m_points && shown && m_selection && m_selection->conceptId() >= 0) {
        const auto& concepts = conceptsOf(*shown, m_selection->side());
        const auto id = static_cast<std::size_t>(m_selection->conceptId());
        if (id < concepts.conceptCount()) {
            auto rows = std::make_shared<std::vector<std::uint32_t>>();
            for (const base::TokenId row : concepts.members(base::toId<base::ClusterId>(id)))
                rows->push_back(static_cast<std::uint32_t>(row));
            marked = std::move(rows);
        }
    }
    m_marked = std::move(marked);
    Q_EMIT markedChanged();
}

QString MapModel::markedText() const
{
    const Comparison shown = comparison();
    if (!m_marked || !shown || !m_selection)
        return {};
    const auto id = base::toId<base::ClusterId>(static_cast<std::size_t>(m_selection->conceptId()));
    const auto& concepts = conceptsOf(*shown, m_selection->side());
    if (base::toIndex(id) >= concepts.conceptCount())
        return {};
    return tr("%1 %2: %3")
        .arg(sideText(m_selection->side()),
            conceptMention(conceptTitle(m_annotations, *shown, {m_selection->side(), id}), id),
            topWords(concepts, id, 4));
}

void MapModel::hover(int point)
{
    if (std::exchange(m_hovered, point) != point)
        Q_EMIT hoverChanged();
}

QString MapModel::hoverWord() const
{
    const Comparison shown = comparison();
    if (!shown || m_hovered < 0 || static_cast<std::size_t>(m_hovered) >= shown->a->tokens().size())
        return {};
    const auto row = base::toId<base::TokenId>(static_cast<std::size_t>(m_hovered));
    return wordText(*shown->a, shown->a->tokens().token(row).word);
}

QString MapModel::hoverConcept() const
{
    const Comparison shown = comparison();
    if (!shown || hoverWord().isEmpty())
        return {};
    const auto row = base::toId<base::TokenId>(static_cast<std::size_t>(m_hovered));
    const auto& concepts = conceptsOf(*shown, m_side);
    const auto id = concepts.conceptOf(row);
    return tr("%1 %2: %3")
        .arg(sideText(m_side), conceptMention(conceptTitle(m_annotations, *shown, {m_side, id}), id),
            topWords(concepts, id, 4));
}

QString MapModel::hoverSentence() const
{
    const Comparison shown = comparison();
    if (!shown || hoverWord().isEmpty())
        return {};
    const auto& tokens = shown->a->tokens();
    const auto row = base::toId<base::TokenId>(static_cast<std::size_t>(m_hovered));
    return shownText(tokens.corpus().text(tokens.token(row).sentence));
}

QString MapModel::hoverDetail() const
{
    const Comparison shown = comparison();
    if (!shown || hoverWord().isEmpty())
        return {};
    const auto row = base::toId<base::TokenId>(static_cast<std::size_t>(m_hovered));
    const auto& concepts = conceptsOf(*shown, m_side);
    const auto& match = matchOf(*shown, {m_side, concepts.conceptOf(row)});
    const QString className
        = classText(concepts.tokens().corpus(), static_cast<int>(concepts.tokens().classOf(row)));
    return className.isEmpty() ? statusText(match.status)
                               : tr("%1, sentence of class %2").arg(statusText(match.status), className);
}

void MapModel::pick(int point)
{
    const Comparison shown = comparison();
    if (!shown || !m_selection || point < 0 || static_cast<std::size_t>(point) >= shown->a->tokens().size())
        return;
    const auto row = base::toId<base::TokenId>(static_cast<std::size_t>(point));
    pickConcept(static_cast<int>(base::toIndex(conceptsOf(*shown, m_side).conceptOf(row))));
}

void MapModel::pickConcept(int conceptId)
{
    if (m_selection)
        m_selection->selectConcept(m_side, conceptId);
}

void MapModel::setRegion(const QVariant& rows)
{
    const auto inside = rows.value<ScatterRows>();
    if (!inside || inside->empty())
        m_region.clear();
    else
        m_region.set(comparison(), m_side, inside);
}

void MapModel::clearRegion()
{
    m_region.clear();
}

} // namespace palimpsest::app
