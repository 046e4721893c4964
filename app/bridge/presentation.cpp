#include "bridge/presentation.h"

#include <QKeyEvent>
#include <QTime>

#include <algorithm>

#include "bridge/place_detail.h"

namespace palimpsest::app {

Presentation::Presentation(QObject* parent)
    : QObject(parent)
{
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &Presentation::ticked);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPictureMs);
    connect(&m_patience, &QTimer::timeout, this, &Presentation::proceed);
}

void Presentation::setStory(Story* story)
{
    if (m_story == story)
        return;
    if (m_story)
        disconnect(m_story, nullptr, this, nullptr);
    m_story = story;
    if (story) { // a project that is closed ends its talk
        connect(story, &Story::countChanged, this, [this] {
            if (m_active && m_row >= m_story->count())
                stop();
        });
    }
    Q_EMIT storyChanged();
}

void Presentation::setSpeakerShown(bool shown)
{
    if (m_speakerShown == shown)
        return;
    m_speakerShown = shown;
    Q_EMIT speakerShownChanged();
}

QString Presentation::elapsed() const
{
    const qint64 seconds = m_begun.isValid() ? m_begun.elapsed() / 1000 : 0;
    const auto two = [](qint64 number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    if (seconds < 3600)
        return QStringLiteral("%1:%2").arg(seconds / 60).arg(two(seconds % 60));
    return QStringLiteral("%1:%2:%3").arg(seconds / 3600).arg(two(seconds / 60 % 60), two(seconds % 60));
}

QString Presentation::clock() const
{
    return QTime::currentTime().toString(QStringLiteral("HH:mm"));
}

void Presentation::watch(QWindow* window)
{
    if (!window)
        return;
    window->removeEventFilter(this); // never twice
    window->installEventFilter(this);
}

void Presentation::start(int row)
{
    if (m_active || !m_story || m_story->count() == 0)
        return;
    m_active = true;
    m_row = std::clamp(row, 0, m_story->count() - 1);
    m_begun.start();
    m_tick.start();
    Q_EMIT activeChanged();
    Q_EMIT rowChanged();
    m_story->go(m_row);
    Q_EMIT arrived();
}

void Presentation::stop()
{
    if (!m_active)
        return;
    m_active = false;
    m_row = m_next = -1;
    m_tick.stop();
    m_patience.stop();
    setBlank(false);
    setExploring(false);
    Q_EMIT activeChanged();
    Q_EMIT rowChanged();
}

void Presentation::step(int slides)
{
    show((m_next >= 0 ? m_next : m_row) + slides);
}

void Presentation::show(int row)
{
    if (!m_active)
        return;
    row = std::clamp(row, 0, m_story->count() - 1);
    setBlank(false);
    if (row == m_row && m_next < 0) {
        if (m_exploring)
            backToSlide();
        return;
    }
    const bool waiting = m_next >= 0;
    m_next = row;
    if (waiting)
        return;
    if (m_still || moves(row)) {
        proceed();
        return;
    }
    m_patience.start();
    Q_EMIT leaving();
}

bool Presentation::moves(int row) const
{
    const auto& from = m_story->slides()[static_cast<std::size_t>(m_row)].place;
    const auto& to = m_story->slides()[static_cast<std::size_t>(row)].place;
    if (m_still || m_exploring || from.view != to.view || from.layer != to.layer)
        return false;
    if (from.view == "map")
        return from.k == to.k;
    if (from.view == "dendrogram") // the cut moves too
        return detailWithoutPart(from.detail) == detailWithoutPart(to.detail);
    return from.view == "alignment" && from.k == to.k && from.theta == to.theta
        && detailWithoutPart(from.detail) == detailWithoutPart(to.detail);
}

void Presentation::proceed()
{
    m_patience.stop();
    if (!m_active || m_next < 0)
        return;
    const int next = std::min(m_next, m_story->count() - 1);
    const bool glides = moves(next);
    m_row = next;
    m_next = -1;
    setExploring(false);
    m_story->go(m_row, glides ? kGlideMs : 0);
    Q_EMIT rowChanged();
    Q_EMIT arrived();
}

void Presentation::explore()
{
    if (m_active)
        setExploring(true);
}

void Presentation::backToSlide()
{
    if (!m_active)
        return;
    setExploring(false);
    m_story->go(m_row, m_still ? 0 : kGlideMs);
    Q_EMIT arrived();
}

void Presentation::setBlank(bool blank)
{
    if (m_blank == blank)
        return;
    m_blank = blank;
    Q_EMIT blankChanged();
}

void Presentation::setExploring(bool exploring)
{
    if (m_exploring == exploring)
        return;
    m_exploring = exploring;
    Q_EMIT exploringChanged();
}

bool Presentation::eventFilter(QObject* watched, QEvent* event)
{
    if (!m_active)
        return QObject::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::KeyPress: {
        const auto* key = static_cast<const QKeyEvent*>(event);
        if (press(key->key(), key->modifiers() & ~Qt::KeypadModifier))
            return true;
        break;
    }
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        if (watched->property("presentationStage").toBool() && !m_blank)
            setExploring(true);
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

bool Presentation::press(int key, Qt::KeyboardModifiers modifiers)
{
    if (modifiers != Qt::NoModifier && modifiers != Qt::ShiftModifier)
        return false;
    switch (key) {
    case Qt::Key_PageDown:
    case Qt::Key_MediaNext:
        step(1);
        return true;
    case Qt::Key_PageUp:
    case Qt::Key_MediaPrevious:
        step(-1);
        return true;
    case Qt::Key_F5: // a remote's start button, which some send again and again
        return true;
    case Qt::Key_Escape:
        if (m_blank)
            setBlank(false);
        else if (m_exploring)
            backToSlide();
        else
            stop();
        return true;
    default:
        return !m_exploring && pressOnSlide(key);
    }
}

bool Presentation::pressOnSlide(int key)
{
    switch (key) {
    case Qt::Key_Right:
    case Qt::Key_Down:
    case Qt::Key_Space:
        step(1);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Up:
    case Qt::Key_Backspace:
        step(-1);
        return true;
    case Qt::Key_Home:
        show(0);
        return true;
    case Qt::Key_End:
        show(m_story->count() - 1);
        return true;
    case Qt::Key_B:
    case Qt::Key_Period:
        setBlank(!m_blank);
        return true;
    case Qt::Key_N:
        setSpeakerShown(!m_speakerShown);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        explore();
        return true;
    default:
        return false;
    }
}

} // namespace palimpsest::app
