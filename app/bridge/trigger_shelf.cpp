#include "bridge/trigger_shelf.h"

#include <algorithm>
#include <utility>

#include "bridge/job_controller.h"

namespace palimpsest::app {

namespace {

bool hasPlaceOf(const SearchResult& one, const SearchResult& other)
{
    return one->found.layer == other->found.layer && one->found.target == other->found.target;
}

} // namespace

/// A removed search in the history.
class TriggerShelf::Removal : public QUndoCommand {
public:
    Removal(TriggerShelf& owner, const QString& text, SearchResult search)
        : QUndoCommand(text)
        , m_owner(&owner)
        , m_search(std::move(search))
    {
    }
    void redo() override
    {
        if (m_owner)
            m_owner->take(m_search);
    }
    void undo() override
    {
        // A search that was made since is newer than what comes back.
        if (m_owner && !m_owner->of(m_search->found.layer, m_search->found.target))
            m_owner->put(m_search);
    }

private:
    QPointer<TriggerShelf> m_owner;
    SearchResult m_search;
};

base::Status TriggerShelf::writeChanges(project::ProjectFile& file, const std::vector<Change>& changes)
{
    const project::TriggerStore store(file);
    return file.atomically([&]() -> base::Status {
        for (const Change& change : changes) {
            const pipeline::TriggerSearch& found = change.search->found;
            PALIMPSEST_CHECK(change.put ? store.put(pipeline::triggerRecord(*change.search))
                                        : store.remove(found.layer, found.target));
        }
        return {};
    });
}

TriggerShelf::~TriggerShelf()
{
    // The window is gone, and with it the place where failures are shown.
    if (const auto status = m_outbox ? m_outbox->drain() : base::Status(); !status)
        qWarning("%s", status.error().message.c_str());
}

void TriggerShelf::setSession(StudySession* session)
{
    if (m_session == session)
        return;
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    if (session)
        connect(session, &StudySession::resultsChanged, this, &TriggerShelf::openProject);
    openProject();
}

void TriggerShelf::openProject()
{
    if (m_outbox && m_session)
        if (const auto status = m_outbox->drain(); !status)
            m_session->jobs().showError(QString::fromStdString(status.error().message));
    ++m_project;
    m_outbox.reset();
    m_searches.clear();
    m_loadJob = 0;
    Q_EMIT changed();
    if (!m_session || !m_session->isOpen())
        return;
    m_outbox = std::make_shared<Outbox<Change>>(m_session->results()->path(), &TriggerShelf::writeChanges);
    using All = std::vector<pipeline::KeptTriggers>;
    auto work
        = [path = m_outbox->project()](const base::JobContext&) { return pipeline::readKeptTriggers(path); };
    auto done = [this, asked = m_project](base::Result<All> all) {
        if (asked != m_project)
            return;
        m_loadJob = 0;
        if (!all) // the controller has said why
            return;
        const std::vector<SearchResult> early = std::exchange(m_searches, {});
        for (pipeline::KeptTriggers& kept : all.value())
            m_searches.push_back(std::make_shared<const pipeline::KeptTriggers>(std::move(kept)));
        for (const SearchResult& search : early) { // made before the file was read
            std::erase_if(m_searches, [&](const SearchResult& one) { return hasPlaceOf(one, search); });
            m_searches.push_back(search);
        }
        Q_EMIT loaded();
        Q_EMIT changed();
    };
    m_loadJob = m_session->jobs().start<All>({}, this, std::move(work), std::move(done));
}

SearchResult TriggerShelf::of(int layer, std::size_t target) const
{
    const auto found = std::ranges::find_if(m_searches, [&](const SearchResult& search) {
        return search->found.layer == layer && search->found.target == target;
    });
    return found == m_searches.end() ? nullptr : *found;
}

void TriggerShelf::put(const SearchResult& search)
{
    std::erase_if(m_searches, [&](const SearchResult& one) { return hasPlaceOf(one, search); });
    m_searches.push_back(search);
    write({search, true});
}

void TriggerShelf::remove(const SearchResult& search, const QString& text)
{
    if (std::ranges::find(m_searches, search) == m_searches.end())
        return;
    if (m_history)
        m_history->push(new Removal(*this, text, search));
    else
        take(search);
}

void TriggerShelf::take(const SearchResult& search)
{
    std::erase_if(m_searches, [&](const SearchResult& one) { return hasPlaceOf(one, search); });
    write({search, false});
}

void TriggerShelf::write(Change change)
{
    if (m_outbox)
        m_outbox->add({std::move(change)});
    save();
    Q_EMIT changed();
}

bool TriggerShelf::isSaved() const
{
    return !m_outbox || m_outbox->isEmpty();
}

void TriggerShelf::save()
{
    if (!m_outbox || m_saveJob != 0 || isSaved())
        return;
    auto work = [outbox = m_outbox](const base::JobContext&) -> base::Result<bool> {
        PALIMPSEST_CHECK(outbox->drain());
        return true;
    };
    auto done = [this](const base::Result<bool>& saved) {
        m_saveJob = 0;
        if (saved)
            save();
    };
    m_saveJob = m_session->jobs().start<bool>({}, this, std::move(work), std::move(done));
}

} // namespace palimpsest::app
