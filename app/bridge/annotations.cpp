#include "bridge/annotations.h"

#include <QSettings>

#include <algorithm>
#include <set>
#include <utility>

#include "bridge/job_controller.h"
#include "bridge/paths.h"
#include "models/number_text.h"
#include "models/word_mask.h"

namespace palimpsest::app {

using project::Annotation;
using project::AnnotationChange;

namespace {

constexpr std::array kSides{project::Side::Base, project::Side::FineTuned};

project::Side toProject(Selection::Side side)
{
    return side == Selection::Base ? project::Side::Base : project::Side::FineTuned;
}

QString settingsKey()
{
    return QStringLiteral("annotator");
}

QString textOf(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

} // namespace

QString tagsText(const Annotation& annotation)
{
    QStringList tags;
    for (const std::string& tag : annotation.tags)
        tags.append(textOf(tag));
    return tags.join(QStringLiteral(", "));
}

/// One edit in the history.
class Annotations::Step : public QUndoCommand {
public:
    Step(Annotations& owner, const QString& text, std::vector<AnnotationChange> changes)
        : QUndoCommand(text)
        , m_owner(owner)
        , m_changes(std::move(changes))
    {
    }
    void redo() override { m_owner.apply(m_changes); }
    void undo() override { m_owner.apply(project::reversed(m_changes)); }

private:
    Annotations& m_owner;
    std::vector<AnnotationChange> m_changes;
};

Annotations::Annotations(StudySession& session, JobController& jobs, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_jobs(jobs)
    , m_annotator(QSettings().value(settingsKey(), tr("Annotator 1")).toString())
{
    connect(&session, &StudySession::resultsChanged, this, &Annotations::openProject);
    connect(&session, &StudySession::comparisonChanged, this, &Annotations::followComparison);
    connect(&m_history, &QUndoStack::indexChanged, this, &Annotations::historyChanged);
    openProject();
}

Annotations::~Annotations()
{
    // The window is gone, and with it the place where failures are shown.
    if (const auto status = m_outbox ? m_outbox->drain() : base::Status(); !status)
        qWarning("%s", status.error().message.c_str());
}

void Annotations::openProject()
{
    if (m_outbox)
        if (const auto status = m_outbox->drain(); !status)
            m_jobs.showError(textOf(status.error().message));
    ++m_project;
    m_history.clear();
    m_all.clear();
    m_trees.clear();
    m_reading.clear();
    m_outbox.reset();
    followComparison();
    Q_EMIT changed();
    if (!m_session.isOpen())
        return;
    m_outbox = std::make_shared<Outbox<AnnotationChange>>(m_session.results()->path(),
        [](project::ProjectFile& file, const std::vector<AnnotationChange>& changes) {
            return project::AnnotationStore(file).write(changes);
        });
    using All = std::vector<Annotation>;
    auto work = [path = m_outbox->project()](const base::JobContext&) -> base::Result<All> {
        PALIMPSEST_TRY(file, project::ProjectFile::open(path, project::ProjectFile::Mode::ReadOnly));
        return project::AnnotationStore(file).all();
    };
    auto done = [this, asked = m_project](base::Result<All> all) {
        if (!all || asked != m_project)
            return;
        // Whoever was faster than the disk edited a project without annotations.
        std::vector<AnnotationChange> early;
        for (const Annotation& annotation : m_all)
            early.push_back({annotation.key, {}, annotation});
        m_all = std::move(all).value();
        project::apply(m_all, early);
        place(Say::Always);
    };
    m_jobs.start<All>({}, this, std::move(work), std::move(done));
}

void Annotations::followComparison()
{
    const auto comparison = m_session.comparison();
    if (comparison && m_placedFor && comparison->a == m_placedFor->a && comparison->b == m_placedFor->b)
        return;
    m_placedFor = comparison;
    m_cuts = {};
    if (!comparison) {
        place(Say::WhereAny);
        return;
    }
    if (const auto known = m_trees.find(comparison->layerA); known != m_trees.end()) {
        m_cuts[0].emplace(known->second[0].linkage, comparison->a);
        m_cuts[1].emplace(known->second[1].linkage, comparison->b);
        place(Say::WhereAny);
        return;
    }
    readTrees(comparison->layerA);
    place(Say::WhereAny);
}

void Annotations::readTrees(int layer)
{
    if (m_trees.contains(layer) || !m_reading.insert(layer).second)
        return;
    auto work = [results = m_session.results(), layer](const base::JobContext&) -> base::Result<Trees> {
        Trees trees;
        for (std::size_t at = 0; at < kSides.size(); ++at) {
            PALIMPSEST_TRY(linkage, results->linkage(kSides[at], layer));
            PALIMPSEST_TRY(key, results->treeKey(kSides[at], layer));
            trees[at] = {std::move(linkage), key};
        }
        return trees;
    };
    auto done = [this, asked = m_project, layer](base::Result<Trees> trees) {
        if (!trees || asked != m_project)
            return;
        m_trees.emplace(layer, std::move(trees).value());
        if (m_placedFor && m_placedFor->layerA == layer && !m_cuts[0]) {
            m_placedFor.reset();
            followComparison();
        } else {
            place(Say::Always);
        }
    };
    m_jobs.start<Trees>({}, this, std::move(work), std::move(done));
}

void Annotations::place(Say say)
{
    const std::string annotator = m_annotator.toStdString();
    m_others.clear();
    for (std::size_t at = 0; at < kSides.size(); ++at) {
        m_places[at].clear();
        if (m_cuts[at]) {
            m_places[at] = project::placeAnnotations(m_all, annotator, kSides[at], m_placedFor->layerA,
                m_trees.at(m_placedFor->layerA)[at].key, *m_cuts[at]);
        }
    }
    for (const Annotation& annotation : m_all)
        if (!annotation.name.empty())
            readTrees(annotation.key.layer); // names are shown on concepts of other layers too
    // Where nobody said anything, a dragged K must not make all views ask for names.
    if (say == Say::Always || !m_all.empty())
        Q_EMIT changed();
}

void Annotations::setAnnotator(const QString& annotator)
{
    const QString name = annotator.simplified().left(80);
    if (name.isEmpty() || name == m_annotator)
        return;
    m_annotator = name;
    QSettings().setValue(settingsKey(), name);
    Q_EMIT annotatorChanged();
    place(Say::Always);
}

QStringList Annotations::annotators() const
{
    QStringList names;
    for (const std::string& name : project::annotatorsOf(m_all))
        names.append(textOf(name));
    if (!names.contains(m_annotator))
        names.prepend(m_annotator);
    return names;
}

QStringList Annotations::others() const
{
    QStringList names = annotators();
    names.removeAll(m_annotator);
    return names;
}

QStringList Annotations::tags() const
{
    std::set<std::string> tags;
    const std::string annotator = m_annotator.toStdString();
    for (const Annotation& annotation : m_all)
        if (annotation.key.annotator == annotator)
            tags.insert(annotation.tags.begin(), annotation.tags.end());
    QStringList texts;
    for (const std::string& tag : tags)
        texts.append(textOf(tag));
    return texts;
}

QString Annotations::summary() const
{
    const std::string annotator = m_annotator.toStdString();
    std::size_t annotated = 0, named = 0;
    for (const Annotation& annotation : m_all) {
        annotated += annotation.key.annotator == annotator ? 1 : 0;
        named += annotation.key.annotator == annotator && !annotation.name.empty() ? 1 : 0;
    }
    return tr("%1 concepts annotated by %2, %3 of them named")
        .arg(countText(annotated), m_annotator, countText(named));
}

std::optional<Annotations::Shown> Annotations::on(Selection::Side side, int conceptId) const
{
    const auto& places = m_places[side == Selection::Base ? 0 : 1];
    const auto at = static_cast<std::size_t>(conceptId);
    if (conceptId < 0 || at >= places.size() || !places[at])
        return std::nullopt;
    return Shown{&m_all[places[at]->index], places[at]->jaccard, places[at]->exact};
}

QString Annotations::nameOn(Selection::Side side, int conceptId) const
{
    const auto shown = on(side, conceptId);
    return shown ? textOf(shown->annotation->name) : QString();
}

QString Annotations::titleOf(Selection::Side side, int conceptId) const
{
    return titleFrom(on(side, conceptId), conceptId);
}

QString Annotations::titleFrom(const std::optional<Shown>& shown, int conceptId)
{
    if (!shown || shown->annotation->name.empty())
        return tr("Concept %1").arg(conceptId);
    const QString name = shownProse(textOf(shown->annotation->name));
    return shown->exact ? name : tr("≈ %1").arg(name);
}

bool Annotations::speaksOf(int layer, Selection::Side side) const
{
    return std::ranges::any_of(m_all, [&](const Annotation& annotation) {
        return annotation.key.layer == layer && annotation.key.side == toProject(side)
            && !annotation.name.empty();
    });
}

QString Annotations::titleOf(int layer, Selection::Side side,
    const std::shared_ptr<const concepts::ConceptSet>& concepts, int conceptId) const
{
    const std::size_t at = side == Selection::Base ? 0 : 1;
    const auto trees = m_trees.find(layer);
    if (trees == m_trees.end() || !concepts || !speaksOf(layer, side))
        return titleFrom(std::nullopt, conceptId);
    OtherPlaces& known = m_others[{layer, side}];
    if (known.concepts != concepts) {
        const Tree& tree = trees->second[at];
        known = {concepts,
            project::placeAnnotations(m_all, m_annotator.toStdString(), kSides[at], layer, tree.key,
                concepts::CutNodes(tree.linkage, concepts))};
    }
    const auto id = static_cast<std::size_t>(conceptId);
    if (conceptId < 0 || id >= known.places.size() || !known.places[id])
        return titleFrom(std::nullopt, conceptId);
    const project::PlacedAnnotation& placed = *known.places[id];
    return titleFrom(Shown{&m_all[placed.index], placed.jaccard, placed.exact}, conceptId);
}

QStringList Annotations::othersOn(Selection::Side side, int conceptId) const
{
    QStringList lines;
    const std::size_t at = side == Selection::Base ? 0 : 1;
    if (!m_cuts[at] || conceptId < 0 || static_cast<std::size_t>(conceptId) >= m_cuts[at]->conceptCount())
        return lines;
    const std::int32_t node
        = m_cuts[at]->nodeOf(base::toId<base::ClusterId>(static_cast<std::size_t>(conceptId)));
    for (const Annotation& annotation : m_all) {
        if (annotation.key.node != node || annotation.key.side != kSides[at] || annotation.name.empty()
            || annotation.key.layer != m_placedFor->layerA || textOf(annotation.key.annotator) == m_annotator)
            continue;
        lines.append(tr("%1 calls it “%2”").arg(textOf(annotation.key.annotator), textOf(annotation.name)));
    }
    return lines;
}

int Annotations::nextUnnamed(Selection::Side side, int after) const
{
    if (!m_placedFor)
        return -1;
    const std::size_t at = side == Selection::Base ? 0 : 1;
    const auto& concepts = side == Selection::Base ? *m_placedFor->a : *m_placedFor->b;
    const auto queue = project::unnamedConcepts(m_all, m_places[at], concepts);
    if (queue.empty())
        return -1;
    const auto comesAfter = [&](base::ClusterId id) {
        if (after < 0)
            return true;
        const auto from = base::toId<base::ClusterId>(static_cast<std::size_t>(after));
        return concepts.size(id) != concepts.size(from) ? concepts.size(id) < concepts.size(from) : id > from;
    };
    const auto next = std::ranges::find_if(queue, comesAfter);
    return static_cast<int>(base::toIndex(next == queue.end() ? queue.front() : *next));
}

void Annotations::edit(Selection::Side side, int conceptId, const QString& text, const Edit& change)
{
    const std::size_t at = side == Selection::Base ? 0 : 1;
    if (!m_cuts[at] || conceptId < 0 || static_cast<std::size_t>(conceptId) >= m_cuts[at]->conceptCount())
        return;
    const std::int32_t node
        = m_cuts[at]->nodeOf(base::toId<base::ClusterId>(static_cast<std::size_t>(conceptId)));
    const auto shown = on(side, conceptId);
    AnnotationChange made;
    if (shown && shown->exact)
        made.before = *shown->annotation;
    Annotation after = shown ? *shown->annotation : Annotation();
    const Annotation start = after;
    change(after);
    if (after.name == start.name && after.tags == start.tags && after.note == start.note
        && after.rating == start.rating)
        return;
    after.key = {m_annotator.toStdString(), toProject(side), m_placedFor->layerA, node};
    after.size = m_cuts[at]->sizeOf(node);
    after.k = m_cuts[at]->conceptCount();
    after.tree = m_trees.at(m_placedFor->layerA)[at].key;
    if (const auto status = project::checkAnnotation(after); !status) {
        m_jobs.showError(textOf(status.error().message));
        Q_EMIT changed(); // a field goes back to what holds
        return;
    }
    made.key = after.key;
    if (!after.isEmpty())
        made.after = std::move(after);
    push(text, {std::move(made)});
}

void Annotations::rename(Selection::Side side, int conceptId, const QString& name)
{
    edit(side, conceptId, tr("rename %1").arg(titleOf(side, conceptId)),
        [&](Annotation& annotation) { annotation.name = name.simplified().toStdString(); });
}

void Annotations::setTags(Selection::Side side, int conceptId, const QString& tags)
{
    edit(side, conceptId, tr("tags of %1").arg(titleOf(side, conceptId)), [&](Annotation& annotation) {
        annotation.tags = project::tagsFromText(tags.simplified().toStdString());
    });
}

void Annotations::setNote(Selection::Side side, int conceptId, const QString& note)
{
    edit(side, conceptId, tr("note on %1").arg(titleOf(side, conceptId)),
        [&](Annotation& annotation) { annotation.note = note.trimmed().toStdString(); });
}

void Annotations::rate(Selection::Side side, int conceptId, int rating)
{
    edit(side, conceptId, tr("rating of %1").arg(titleOf(side, conceptId)),
        [&](Annotation& annotation) { annotation.rating = std::clamp(rating, 0, project::kBestRating); });
}

void Annotations::push(const QString& text, std::vector<AnnotationChange> changes)
{
    m_history.push(new Step(*this, text, std::move(changes)));
}

void Annotations::apply(const std::vector<AnnotationChange>& changes)
{
    project::apply(m_all, changes);
    if (m_outbox)
        m_outbox->add(changes);
    place(Say::Always);
    save();
}

bool Annotations::isSaved() const
{
    return !m_outbox || m_outbox->isEmpty();
}

void Annotations::save()
{
    if (m_saveJob != 0 || !m_outbox)
        return;
    auto work = [outbox = m_outbox](const base::JobContext&) -> base::Result<bool> {
        PALIMPSEST_CHECK(outbox->drain());
        return true;
    };
    auto done = [this](const base::Result<bool>& saved) {
        m_saveJob = 0;
        if (!saved && saved.error().code != base::ErrorCode::Cancelled) {
            m_jobs.showError(
                tr("%1. The annotations stay in this window until they can be written; export them "
                   "to be safe.")
                    .arg(textOf(saved.error().message)));
            return;
        }
        // Edits that came while the job ran.
        if (saved && !isSaved())
            save();
    };
    m_saveJob = m_jobs.start<bool>({}, this, std::move(work), std::move(done));
}

void Annotations::setNotice(const QString& notice)
{
    if (m_notice == notice)
        return;
    m_notice = notice;
    Q_EMIT noticeChanged();
}

void Annotations::clearNotice()
{
    setNotice({});
}

} // namespace palimpsest::app
