#include "bridge/story.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QUrl>

#include <algorithm>
#include <cstring>

#include "bridge/job_controller.h"
#include "models/number_text.h"
#include "models/view_list_model.h"
#include "models/word_mask.h"
#include "project/story_store.h"

namespace palimpsest::app {

using project::Slide;
using project::Slides;

namespace {

constexpr QSize kPictureSize(480, 300); // of the largest thumbnail, twice for fine screens
constexpr auto kOwnView = "story";

QString slideText(const std::string& text)
{
    return QString::fromStdString(text);
}

/// Null where there is no picture.
std::shared_ptr<const std::vector<std::byte>> pngOf(const QVariant& picture, const QColor& background)
{
    const auto image = picture.value<QImage>();
    if (image.isNull())
        return nullptr;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    const QImage small = image.scaled(kPictureSize, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QImage opaque(small.size(), QImage::Format_RGB32);
    opaque.fill(background.isValid() ? background : QColor(Qt::white));
    QPainter painter(&opaque);
    painter.drawImage(0, 0, small);
    painter.end();
    opaque.save(&buffer, "PNG");
    if (static_cast<std::size_t>(bytes.size()) > project::kLargestPicture)
        return nullptr;
    const auto* first = reinterpret_cast<const std::byte*>(bytes.constData());
    return std::make_shared<const std::vector<std::byte>>(first, first + bytes.size());
}

} // namespace

struct Story::Loaded {
    Slides slides;
    std::map<std::pair<project::Side, int>, base::Fingerprint> trees;
};

/// One edit in the history.
class Story::Step : public QUndoCommand {
public:
    Step(Story& owner, const QString& text, Slides before, Slides after, std::pair<int, int> current)
        : QUndoCommand(text)
        , m_owner(owner)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_current(current)
    {
    }
    void redo() override { m_owner.change(m_after, m_current.second); }
    void undo() override { m_owner.change(m_before, m_current.first); }

private:
    Story& m_owner;
    Slides m_before, m_after;
    std::pair<int, int> m_current;
};

Story::Story(StudySession& session, JobController& jobs, QUndoStack& history, QObject* parent)
    : QAbstractListModel(parent)
    , m_session(session)
    , m_jobs(jobs)
    , m_history(history)
{
    connect(&session, &StudySession::resultsChanged, this, &Story::openProject);
    if (auto* mask = WordMask::instance())
        connect(mask, &WordMask::changed, this, &Story::maskChanged);
    openProject();
}

Story::~Story()
{
    if (const auto status = m_outbox ? m_outbox->drain() : base::Status(); !status)
        qWarning("%s", status.error().message.c_str());
}

void Story::setNavigator(Navigator* navigator)
{
    if (m_navigator == navigator)
        return;
    m_navigator = navigator;
    Q_EMIT navigatorChanged();
}

void Story::openProject()
{
    if (m_outbox)
        if (const auto status = m_outbox->drain(); !status)
            m_jobs.showError(slideText(status.error().message));
    ++m_project;
    m_trees.clear();
    m_error.clear();
    m_outbox.reset();
    say({});
    apply({}, -1);
    m_loadJob = 0;
    if (!m_session.isOpen()) {
        Q_EMIT loadingChanged();
        return;
    }
    m_outbox = std::make_shared<Outbox<Slides>>(
        m_session.results()->path(), [](project::ProjectFile& file, const std::vector<Slides>& stories) {
            return project::StoryStore(file).write(stories.back());
        });
    auto work = [results = m_session.results()](const base::JobContext&) -> base::Result<Loaded> {
        Loaded loaded;
        PALIMPSEST_TRY(
            file, project::ProjectFile::open(results->path(), project::ProjectFile::Mode::ReadOnly));
        PALIMPSEST_TRY(slides, project::StoryStore(file).read());
        loaded.slides = std::move(slides);
        for (const int layer : results->layers()) {
            for (const auto side : {project::Side::Base, project::Side::FineTuned}) {
                PALIMPSEST_TRY(key, results->treeKey(side, layer));
                loaded.trees[{side, layer}] = key;
            }
        }
        return loaded;
    };
    auto done = [this, asked = m_project](base::Result<Loaded> loaded) {
        if (asked != m_project)
            return;
        m_loadJob = 0;
        if (loaded)
            adopt(std::move(loaded).value());
        else if (loaded.error().code != base::ErrorCode::Cancelled)
            m_error = slideText(loaded.error().message);
        Q_EMIT loadingChanged();
    };
    m_loadJob = m_jobs.start<Loaded>({}, this, std::move(work), std::move(done));
    Q_EMIT loadingChanged();
}

void Story::adopt(Loaded loaded)
{
    m_trees = std::move(loaded.trees);
    if (m_slides.empty()) {
        apply(loaded.slides, loaded.slides.empty() ? -1 : 0);
    } else { // whoever was faster than the disk pinned to a project without a story
        loaded.slides.insert(loaded.slides.end(), m_slides.begin(), m_slides.end());
        change(loaded.slides, static_cast<int>(loaded.slides.size()) - 1);
    }
}

void Story::setCurrent(int row)
{
    row = std::clamp(row, count() > 0 ? 0 : -1, count() - 1);
    if (row == m_current)
        return;
    m_current = row;
    Q_EMIT currentChanged();
    Q_EMIT currentSlideChanged();
}

void Story::say(const QString& notice)
{
    if (m_notice == notice)
        return;
    m_notice = notice;
    Q_EMIT noticeChanged();
}

bool Story::isMasked() const
{
    const auto* mask = WordMask::instance();
    return mask && mask->isOn();
}

bool Story::canPin() const
{
    return m_session.isOpen() && m_navigator && m_navigator->viewId() != QLatin1String(kOwnView)
        && m_error.isEmpty();
}

project::SlidePlace Story::herePlace() const
{
    project::SlidePlace place = m_navigator->savedPlace();
    if (const auto tree = m_trees.find({place.side, place.layer}); tree != m_trees.end())
        place.tree = tree->second;
    return place;
}

int Story::pin(const QVariant& picture, const QColor& background)
{
    if (!canPin())
        return -1;
    Slide slide;
    slide.place = herePlace();
    const QString title = tr("%1, layer %2").arg(slideViewTitle(slide.place.view)).arg(slide.place.layer);
    slide.title = title.toStdString();
    slide.picture = pngOf(picture, background);
    slide.maskedPicture = isMasked();
    Slides after = m_slides;
    const int row = m_current < 0 ? count() : m_current + 1;
    after.insert(after.begin() + row, std::move(slide));
    push(tr("slide “%1”").arg(title), std::move(after), row);
    if (m_current != row)
        return -1; // refused, and said so
    say(tr("Pinned to the story as slide %1 of %2").arg(row + 1).arg(count()));
    return row;
}

void Story::retake(int row, const QVariant& picture, const QColor& background)
{
    if (!canPin())
        return;
    editSlide(row, tr("place of slide %1").arg(row + 1), [&](Slide& slide) {
        slide.place = herePlace();
        slide.picture = pngOf(picture, background);
        slide.maskedPicture = isMasked();
    });
}

void Story::setTitle(int row, const QString& title)
{
    editSlide(row, tr("title of slide %1").arg(row + 1),
        [&](Slide& slide) { slide.title = title.simplified().toStdString(); });
}

void Story::setCaption(int row, const QString& caption)
{
    editSlide(row, tr("caption of slide %1").arg(row + 1),
        [&](Slide& slide) { slide.caption = caption.trimmed().toStdString(); });
}

void Story::setNotes(int row, const QString& notes)
{
    editSlide(row, tr("notes of slide %1").arg(row + 1),
        [&](Slide& slide) { slide.notes = notes.trimmed().toStdString(); });
}

void Story::remove(int row)
{
    if (!has(row))
        return;
    Slides after = m_slides;
    after.erase(after.begin() + row);
    push(tr("removal of slide %1").arg(row + 1), std::move(after), std::min(row, count() - 2));
}

void Story::move(int from, int to)
{
    if (!has(from) || !has(to) || from == to)
        return;
    Slides after = m_slides;
    if (from < to)
        std::rotate(after.begin() + from, after.begin() + from + 1, after.begin() + to + 1);
    else
        std::rotate(after.begin() + to, after.begin() + from, after.begin() + from + 1);
    push(tr("move of slide %1").arg(from + 1), std::move(after), to);
}

void Story::go(int row, int glideMs)
{
    if (!has(row) || !m_navigator)
        return;
    setCurrent(row);
    const project::SlidePlace& place = m_slides[static_cast<std::size_t>(row)].place;
    m_navigator->showSaved(place, !isOutdated(place), glideMs);
}

void Story::editSlide(int row, const QString& text, const Edit& change)
{
    if (!has(row))
        return;
    Slides after = m_slides;
    Slide& slide = after[static_cast<std::size_t>(row)];
    change(slide);
    if (!(slide == m_slides[static_cast<std::size_t>(row)]))
        push(text, std::move(after), m_current);
}

void Story::push(const QString& text, Slides after, int current)
{
    if (const auto status = project::checkSlides(after); !status) {
        m_jobs.showError(slideText(status.error().message));
        if (!m_slides.empty()) // a field goes back to what holds
            Q_EMIT dataChanged(index(0), index(count() - 1));
        Q_EMIT currentSlideChanged();
        return;
    }
    m_history.push(new Step(*this, text, m_slides, std::move(after), {m_current, current}));
}

void Story::change(const Slides& slides, int current)
{
    apply(slides, current);
    if (m_outbox)
        m_outbox->add({m_slides});
    save();
}

/// Rows that stay at both ends stay as they are; what lies between is changed, removed or added.
void Story::apply(const Slides& slides, int current)
{
    const auto least = std::min(m_slides.size(), slides.size());
    std::size_t first = 0;
    while (first < least && m_slides[first] == slides[first])
        ++first;
    std::size_t same = 0;
    while (same < least - first && m_slides[m_slides.size() - 1 - same] == slides[slides.size() - 1 - same])
        ++same;
    const auto before = static_cast<int>(m_slides.size() - first - same);
    const auto after = static_cast<int>(slides.size() - first - same);
    const int at = static_cast<int>(first);
    const int kept = std::min(before, after);
    if (before > kept) {
        beginRemoveRows({}, at + kept, at + before - 1);
        m_slides.erase(m_slides.begin() + at + kept, m_slides.begin() + at + before);
        endRemoveRows();
    } else if (after > kept) {
        beginInsertRows({}, at + kept, at + after - 1);
        m_slides.insert(
            m_slides.begin() + at + kept, slides.begin() + at + kept, slides.begin() + at + after);
        endInsertRows();
    }
    m_slides = slides;
    if (kept > 0)
        Q_EMIT dataChanged(index(at), index(at + kept - 1));
    if (before != after)
        Q_EMIT countChanged();
    m_current = std::clamp(current, count() > 0 ? 0 : -1, count() - 1);
    Q_EMIT currentChanged();
    Q_EMIT currentSlideChanged();
}

bool Story::isSaved() const
{
    return !m_outbox || (m_outbox->isEmpty() && m_saveJob == 0);
}

void Story::save()
{
    if (m_saveJob != 0 || !m_outbox || isSaved())
        return;
    auto work = [outbox = m_outbox](const base::JobContext&) -> base::Result<bool> {
        PALIMPSEST_CHECK(outbox->drain());
        return true;
    };
    auto done = [this](const base::Result<bool>& written) {
        m_saveJob = 0;
        if (!written && written.error().code != base::ErrorCode::Cancelled) {
            m_jobs.showError(tr("%1. The story stays in this window until it can be written.")
                                 .arg(slideText(written.error().message)));
            return;
        }
        if (!isSaved())
            save(); // edits that came while the job ran
        else
            Q_EMIT saved();
    };
    m_saveJob = m_jobs.start<bool>({}, this, std::move(work), std::move(done));
}

} // namespace palimpsest::app
