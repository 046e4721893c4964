#include "models/word_mask.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QStringList>

#include <algorithm>
#include <atomic>
#include <utility>

#include "figures/word_writing.h"

namespace palimpsest::app {

namespace {

std::atomic<std::shared_ptr<const WordPatterns>>& patternsSlot()
{
    static std::atomic<std::shared_ptr<const WordPatterns>> patterns;
    return patterns;
}

WordMask* g_instance = nullptr;
std::atomic<bool> g_on = false; ///< read wherever a word is shown

QString defaultFile()
{
    return QStringLiteral(":/words/offensive.txt");
}

QString userPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
        + QStringLiteral("/offensive-words.txt");
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString masked(const QString& word)
{
    QString text = word.left(1);
    text.append(QString(std::max<qsizetype>(word.size() - 1, 1), QChar(0x2022)));
    return text;
}

QString hidden(const QString& word)
{
    const std::shared_ptr<const WordPatterns> patterns = patternsSlot();
    return patterns && patterns->matches(word) ? masked(word) : word;
}

} // namespace

WordPatterns WordPatterns::parse(std::string_view lines)
{
    WordPatterns patterns;
    const QString all = QString::fromUtf8(lines.data(), static_cast<qsizetype>(lines.size()));
    for (const QString& line : all.split(QLatin1Char('\n'))) {
        const QString pattern = line.section(QLatin1Char('#'), 0, 0).trimmed().toCaseFolded();
        const bool begin = pattern.startsWith(QLatin1Char('*'));
        const bool end = pattern.size() > 1 && pattern.endsWith(QLatin1Char('*'));
        const QString core = pattern.mid(begin ? 1 : 0, pattern.size() - (begin ? 1 : 0) - (end ? 1 : 0));
        if (core.isEmpty())
            continue;
        if (begin && end)
            patterns.m_insides.push_back(core);
        else if (begin)
            patterns.m_ends.push_back(core);
        else if (end)
            patterns.m_begins.push_back(core);
        else
            patterns.m_words.insert(core.toStdString());
    }
    return patterns;
}

bool WordPatterns::matches(const QString& word) const
{
    const QString folded = word.toCaseFolded();
    return m_words.contains(folded.toStdString())
        || std::ranges::any_of(m_begins, [&](const QString& begin) { return folded.startsWith(begin); })
        || std::ranges::any_of(m_ends, [&](const QString& end) { return folded.endsWith(end); })
        || std::ranges::any_of(m_insides, [&](const QString& inside) { return folded.contains(inside); });
}

bool WordPatterns::isEmpty() const
{
    return m_words.empty() && m_begins.empty() && m_ends.empty() && m_insides.empty();
}

QString shownWord(std::string_view utf8)
{
    const QString word = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    return g_on ? hidden(word) : word;
}

QString shownText(std::string_view wordsBySpaces)
{
    const QString text
        = QString::fromUtf8(wordsBySpaces.data(), static_cast<qsizetype>(wordsBySpaces.size()));
    if (!g_on)
        return text;
    QStringList words = text.split(QLatin1Char(' '));
    for (QString& word : words)
        word = hidden(word);
    return words.join(QLatin1Char(' '));
}

QString shownProse(const QString& text)
{
    if (!g_on)
        return text;
    const auto isPart = [](QChar c) {
        return c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || c == QLatin1Char('\'')
            || c == QChar(0x2019);
    };
    QString shown, word;
    for (const QChar c : text) {
        if (isPart(c)) {
            word += c;
            continue;
        }
        shown += hidden(std::exchange(word, {})) + c;
    }
    return shown + hidden(word);
}

WordMask::WordMask(QObject* parent)
    : QObject(parent)
{
    g_instance = this;
    reload();
}

WordMask::~WordMask()
{
    g_on = false;
    g_instance = nullptr;
    WordWriting::instance().setWriter(nullptr);
}

WordMask* WordMask::instance()
{
    return g_instance;
}

void WordMask::setOn(bool on)
{
    if (on == m_on)
        return;
    m_on = on;
    g_on = on;
    announce();
}

bool WordMask::suitsProject(const QString& setting, const QString& corpusFile, const QStringList& classNames)
{
    if (!setting.isEmpty())
        return setting == QStringLiteral("yes");
    const QStringList hints{QStringLiteral("hate"), QStringLiteral("offens"), QStringLiteral("abus"),
        QStringLiteral("toxic"), QStringLiteral("racis"), QStringLiteral("sexis"), QStringLiteral("hsd")};
    const QString text
        = (QFileInfo(corpusFile).fileName() + QLatin1Char(' ') + classNames.join(QLatin1Char(' ')))
              .toCaseFolded();
    return std::ranges::any_of(hints, [&](const QString& hint) { return text.contains(hint); });
}

QString WordMask::userFile()
{
    const QString path = userPath();
    if (QFile::exists(path))
        return path;
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(contentOf(defaultFile())) < 0)
        return {};
    return path;
}

void WordMask::reload()
{
    const QString path = QFile::exists(userPath()) ? userPath() : defaultFile();
    const QByteArray lines = contentOf(path);
    patternsSlot() = std::make_shared<const WordPatterns>(
        WordPatterns::parse({lines.constData(), static_cast<std::size_t>(lines.size())}));
    if (m_on)
        announce();
}

void WordMask::announce()
{
    WordWriting::instance().setWriter(m_on ? shownWord : nullptr);
    Q_EMIT changed();
}

} // namespace palimpsest::app
