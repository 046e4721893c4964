#include "models/dendrogram_model.h"

#include <algorithm>

#include "bridge/job_controller.h"
#include "models/concept_access.h"
#include "models/number_text.h"
#include "project/label_store.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kNamedLabels = 7; // as many colours keep apart

} // namespace

void DendrogramModel::setSession(StudySession* session)
{
    if (session == m_session)
        return;
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    JobController* jobs = session ? &session->jobs() : nullptr;
    m_current.setJobs(jobs);
    m_hovered.setJobs(jobs);
    if (session) {
        connect(session, &StudySession::comparisonChanged, this, &DendrogramModel::request);
        connect(session, &StudySession::resultsChanged, this, [this] {
            m_collapsed.clear();
            m_error.clear();
            setLabelSet({});
            adopt(nullptr);
            request();
            listLabelSets();
        });
        connect(session, &StudySession::openingChanged, this, &DendrogramModel::stateChanged);
    }
    Q_EMIT sessionChanged();
    request();
    listLabelSets();
}

void DendrogramModel::setAnnotations(Annotations* annotations)
{
    if (annotations == m_annotations)
        return;
    m_annotations = annotations;
    m_current.setAnnotations(annotations);
    m_hovered.setAnnotations(annotations);
    Q_EMIT annotationsChanged();
}

void DendrogramModel::setSelection(Selection* selection)
{
    if (selection == m_selection)
        return;
    if (m_selection)
        disconnect(m_selection, nullptr, this, nullptr);
    m_selection = selection;
    if (selection)
        connect(selection, &Selection::conceptChanged, this, [this] {
            m_choseSubtree = false;
            followSelection();
        });
    Q_EMIT selectionChanged();
    followSelection();
}

void DendrogramModel::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    Q_EMIT activeChanged();
    request();
}

void DendrogramModel::setSnapshot(Snapshot snapshot)
{
    adopt(std::move(snapshot));
}

DendrogramModel::State DendrogramModel::state() const
{
    if (!m_error.isEmpty())
        return Failed;
    if (m_snapshot)
        return Ready;
    return m_session && (m_session->isOpen() || m_session->isOpening()) ? Computing : NothingOpen;
}

QString DendrogramModel::crossingsText() const
{
    if (!m_snapshot || m_snapshot->crossingsBefore == 0)
        return {};
    const double left
        = static_cast<double>(m_snapshot->crossings) / static_cast<double>(m_snapshot->crossingsBefore);
    return tr("Branches are turned so that links cross little; %1 of the crossings are left.")
        .arg(percentText(left));
}

bool DendrogramModel::hasCollapsed() const
{
    return m_snapshot && (!m_snapshot->options.collapsedA.empty() || !m_snapshot->options.collapsedB.empty());
}

void DendrogramModel::setRoomBySize(bool bySize)
{
    if (bySize == m_roomBySize)
        return;
    m_roomBySize = bySize;
    Q_EMIT roomChanged();
    changeOptions();
}

layout::TanglegramOptions DendrogramModel::options() const
{
    layout::TanglegramOptions options;
    options.room = m_roomBySize ? layout::Room::BySize : layout::Room::Equal;
    const int shown = m_session && m_session->comparison() ? m_session->comparison()->layerA : layer();
    if (const auto found = m_collapsed.find(shown); found != m_collapsed.end()) {
        options.collapsedA = found->second.first;
        options.collapsedB = found->second.second;
    }
    return options;
}

void DendrogramModel::changeOptions()
{
    if (m_session) {
        request();
        return;
    }
    if (!m_snapshot) // without a session the trees themselves say what they were made of
        return;
    const auto linkageOf = [](const std::shared_ptr<const layout::TreeLayout>& tree) {
        return std::shared_ptr<const cluster::Linkage>(tree, &tree->linkage());
    };
    if (auto made = layout::makeTanglegram(m_snapshot->comparison, linkageOf(m_snapshot->a),
            linkageOf(m_snapshot->b), options(), m_snapshot, {}))
        adopt(made.value());
}

void DendrogramModel::request()
{
    if (!m_session || m_job != 0)
        return;
    const auto comparison = m_session->comparison();
    const auto results = m_session->results();
    const auto wanted = options();
    if (!comparison || !results) {
        Q_EMIT stateChanged();
        return;
    }
    if (!m_active || (m_snapshot && m_snapshot->comparison == comparison && m_snapshot->options == wanted))
        return;
    auto work = [results, comparison, wanted, before = m_snapshot](
                    const base::JobContext& ctx) -> base::Result<Snapshot> {
        PALIMPSEST_TRY(a, results->linkage(project::Side::Base, comparison->layerA));
        PALIMPSEST_TRY(b, results->linkage(project::Side::FineTuned, comparison->layerB));
        return layout::makeTanglegram(comparison, a, b, wanted, before, ctx);
    };
    auto done = [this, comparison](const base::Result<Snapshot>& made) {
        m_job = 0;
        const bool sameProject = m_session && m_session->comparison()
            && &m_session->comparison()->a->tokens() == &comparison->a->tokens();
        if (made && sameProject) {
            m_error.clear();
            adopt(made.value());
        } else if (!made && made.error().code != base::ErrorCode::Cancelled) {
            m_error = QString::fromStdString(made.error().message);
            Q_EMIT stateChanged();
            return; // not again and again; retry() does
        }
        Q_EMIT stateChanged();
        request();
    };
    JobController::Request job;
    job.announceFailure = false;
    m_job = m_session->jobs().start<Snapshot>(job, this, std::move(work), std::move(done));
    Q_EMIT stateChanged();
}

void DendrogramModel::retry()
{
    m_error.clear();
    request();
    Q_EMIT stateChanged();
}

void DendrogramModel::adopt(Snapshot snapshot)
{
    const bool otherTrees = !snapshot || !m_snapshot || &snapshot->a->linkage() != &m_snapshot->a->linkage();
    m_snapshot = std::move(snapshot);
    m_hovered.clear();
    if (otherTrees)
        m_choseSubtree = false;
    // A chosen subtree stays what it is at another K; a node of another tree is no node of this one.
    const bool stays = m_choseSubtree && m_snapshot && tree(m_currentFineTuned).contains(m_currentNode);
    if (stays)
        m_current.setNode(m_snapshot, m_currentFineTuned, m_currentNode);
    else
        setCurrent(false, -1);
    Q_EMIT snapshotChanged();
    Q_EMIT stateChanged();
    followSelection();
    requestLabels();
}

void DendrogramModel::listLabelSets()
{
    if (!m_session || !m_session->isOpen()) {
        m_labelSets.clear();
        Q_EMIT labelSetsChanged();
        return;
    }
    auto work = [path = m_session->results()->path()](const base::JobContext&) -> base::Result<QStringList> {
        PALIMPSEST_TRY(file, project::ProjectFile::open(path, project::ProjectFile::Mode::ReadOnly));
        PALIMPSEST_TRY(entries, project::LabelStore(file).list());
        QStringList names;
        for (const project::LabelEntry& entry : entries) {
            if (entry.fits)
                names.append(QString::fromStdString(entry.name));
        }
        return names;
    };
    auto done = [this](const base::Result<QStringList>& names) {
        const QStringList found = names ? names.value() : QStringList(); // an older project has none
        if (found == m_labelSets)
            return; // an open list stays open
        m_labelSets = found;
        Q_EMIT labelSetsChanged();
    };
    JobController::Request job;
    job.announceFailure = false;
    m_session->jobs().start<QStringList>(job, this, std::move(work), std::move(done));
}

void DendrogramModel::setLabelSet(const QString& name)
{
    if (name == m_labelSet)
        return;
    m_labelSet = name;
    m_labelTable.reset();
    m_labels.reset();
    Q_EMIT labelsChanged();
    requestLabels();
}

void DendrogramModel::requestLabels()
{
    const int generation = ++m_labelGeneration;
    if (!m_session || !m_session->isOpen() || !m_snapshot || m_labelSet.isEmpty())
        return;
    struct Labels {
        std::shared_ptr<const label::LabelTable> table;
        std::shared_ptr<const align::LabelCategories> categories;
    };
    auto work = [path = m_session->results()->path(), name = m_labelSet.toStdString(), table = m_labelTable,
                    comparison = m_snapshot->comparison](const base::JobContext&) -> base::Result<Labels> {
        Labels labels{table, nullptr};
        if (!labels.table) {
            PALIMPSEST_TRY(file, project::ProjectFile::open(path, project::ProjectFile::Mode::ReadOnly));
            PALIMPSEST_TRY(read, project::LabelStore(file).read(name));
            labels.table = read;
        }
        labels.categories = align::labelCategories(*comparison, labels.table, kNamedLabels);
        return labels;
    };
    auto done = [this, generation](const base::Result<Labels>& labels) {
        if (!labels || generation != m_labelGeneration)
            return; // the controller has said why
        m_labelTable = labels.value().table;
        m_labels = labels.value().categories;
        Q_EMIT labelsChanged();
    };
    m_session->jobs().cancel(m_labelJob);
    m_labelJob = m_session->jobs().start<Labels>({}, this, std::move(work), std::move(done));
}

void DendrogramModel::followSelection()
{
    if (!m_snapshot || !m_selection || m_choseSubtree)
        return;
    // While a newer comparison is laid out, the selection's ids are already those of the newer one.
    if (m_session && m_session->comparison()
        && (m_session->comparison()->a != m_snapshot->comparison->a
            || m_session->comparison()->b != m_snapshot->comparison->b))
        return;
    const bool fineTuned = m_selection->side() == Selection::FineTuned;
    const int id = m_selection->conceptId();
    if (id < 0 || static_cast<std::size_t>(id) >= tree(fineTuned).order().size()) {
        setCurrent(false, -1);
        return;
    }
    const auto concept_ = base::toId<base::ClusterId>(static_cast<std::size_t>(id));
    const bool partOfIt = m_currentFineTuned == fineTuned && tree(fineTuned).contains(m_currentNode)
        && !tree(fineTuned).isAboveCut(m_currentNode) && tree(fineTuned).conceptAt(m_currentNode) == concept_;
    if (!partOfIt)
        setCurrent(fineTuned, tree(fineTuned).nodeOf(concept_));
}

void DendrogramModel::setCurrent(bool fineTuned, layout::Node node)
{
    m_current.setNode(m_snapshot, fineTuned, node);
    if (fineTuned == m_currentFineTuned && node == m_currentNode)
        return;
    m_currentFineTuned = fineTuned;
    m_currentNode = node;
    Q_EMIT currentChanged();
}

void DendrogramModel::pick(bool fineTuned, int node)
{
    if (!m_snapshot || !tree(fineTuned).contains(node))
        return;
    setCurrent(fineTuned, node);
    m_choseSubtree = tree(fineTuned).isAboveCut(node);
    if (!m_choseSubtree && m_selection)
        m_selection->selectConcept(fineTuned ? Selection::FineTuned : Selection::Base,
            static_cast<int>(base::toIndex(tree(fineTuned).conceptAt(node))));
}

void DendrogramModel::toggleCollapsed(bool fineTuned, int node)
{
    if (!m_snapshot || !tree(fineTuned).contains(node))
        return;
    auto& collapsed = m_collapsed[layer()];
    auto& nodes = fineTuned ? collapsed.second : collapsed.first;
    const layout::Node hidden = tree(fineTuned).collapsedAbove(node);
    const layout::Node toggled = hidden >= 0 ? hidden : node; // what is hidden cannot be meant
    if (tree(fineTuned).isLeaf(toggled))
        return;
    if (std::erase(nodes, toggled) == 0)
        nodes.push_back(toggled);
    changeOptions();
}

void DendrogramModel::expandAll()
{
    m_collapsed.erase(layer());
    changeOptions();
}

void DendrogramModel::hover(bool fineTuned, int node)
{
    m_hovered.setNode(m_snapshot, fineTuned, node);
}

int DendrogramModel::baseOfLink(int link) const
{
    if (!m_snapshot || link < 0 || static_cast<std::size_t>(link) >= m_snapshot->links.size())
        return -1;
    return static_cast<int>(base::toIndex(m_snapshot->links[static_cast<std::size_t>(link)].a));
}

int DendrogramModel::fineTunedOfLink(int link) const
{
    if (baseOfLink(link) < 0)
        return -1;
    return static_cast<int>(base::toIndex(m_snapshot->links[static_cast<std::size_t>(link)].b));
}

void DendrogramModel::goToCounterpart()
{
    if (!m_snapshot || !m_selection || m_currentNode < 0
        || tree(m_currentFineTuned).isAboveCut(m_currentNode))
        return;
    const Selection::Side side = m_currentFineTuned ? Selection::FineTuned : Selection::Base;
    const align::Match& match
        = matchOf(*m_snapshot->comparison, {side, tree(m_currentFineTuned).conceptAt(m_currentNode)});
    m_selection->selectConcept(otherSide(side), static_cast<int>(base::toIndex(match.counterpart)));
}

} // namespace palimpsest::app
