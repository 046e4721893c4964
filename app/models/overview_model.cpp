#include "models/overview_model.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTextDocumentFragment>

#include <array>

#include "bridge/selection.h"
#include "models/number_text.h"

namespace palimpsest::app {

namespace {

using Lines = std::vector<ChartModel::Line>;
using Summaries = std::vector<align::LayerSummary>;

QString link(int layer, const QString& text)
{
    return QStringLiteral("<a href=\"layer:%1\">%2</a>").arg(layer).arg(text.toHtmlEscaped());
}

double percent(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

QString shareText(std::size_t part, std::size_t whole)
{
    return OverviewModel::tr("%1, %2 of %3")
        .arg(percentText(percent(part, whole) / 100.0), countText(part), countText(whole));
}

std::size_t total(const std::array<std::size_t, align::kStatusCount>& counts)
{
    std::size_t sum = 0;
    for (const std::size_t count : counts)
        sum += count;
    return sum;
}

/// Share of concepts with a status, of either model.
ChartModel::Line statusLine(const QString& name, const Summaries& layers, bool ofBase, align::Status status)
{
    ChartModel::Line line{name, ChartModel::StatusColor, static_cast<int>(status), false, {}, {}, {}};
    for (const auto& layer : layers) {
        const auto& counts = ofBase ? layer.statusA : layer.statusB;
        const std::size_t part = counts[static_cast<std::size_t>(status)];
        line.values.push_back(percent(part, total(counts)));
        line.texts.append(percentText(line.values.back() / 100.0));
        line.details.append(shareText(part, total(counts)));
    }
    return line;
}

Lines keptLines(const Summaries& layers)
{
    auto base = statusLine(OverviewModel::tr("Base, kept"), layers, true, align::Status::Kept);
    base.palette = ChartModel::SideColor;
    base.colorIndex = Selection::Base;
    base.dashed = true;
    auto fineTuned = statusLine(OverviewModel::tr("Fine-tuned, new"), layers, false, align::Status::New);
    fineTuned.palette = ChartModel::SideColor;
    fineTuned.colorIndex = Selection::FineTuned;
    return {std::move(base), std::move(fineTuned)};
}

Lines statusLines(const Summaries& layers)
{
    return {
        statusLine(OverviewModel::tr("Kept"), layers, true, align::Status::Kept),
        statusLine(OverviewModel::tr("Split"), layers, true, align::Status::Split),
        statusLine(OverviewModel::tr("Merged"), layers, true, align::Status::Merged),
        statusLine(OverviewModel::tr("Vanished"), layers, true, align::Status::Vanished),
    };
}

ChartModel::Line taskLine(const Summaries& layers, const QStringList& classNames, int classIndex, bool ofBase)
{
    const QString& className = classNames[classIndex];
    ChartModel::Line line{ofBase ? OverviewModel::tr("%1, base").arg(className)
                                 : OverviewModel::tr("%1, fine-tuned").arg(className),
        ChartModel::ClassColor, classIndex, ofBase, {}, {}, {}};
    for (const auto& layer : layers) {
        const auto& tasks = ofBase ? layer.taskA : layer.taskB;
        const auto at = static_cast<std::size_t>(classIndex);
        const std::size_t count = at < tasks.size() ? tasks[at] : 0;
        line.values.push_back(static_cast<double>(count));
        line.texts.append(countText(count));
        line.details.append(OverviewModel::tr("%1 of %2").arg(countText(count), countText(layer.k)));
    }
    return line;
}

Lines taskLines(const Summaries& layers, const QStringList& classNames)
{
    Lines lines;
    for (int classIndex = 0; classIndex < classNames.size(); ++classIndex) {
        lines.push_back(taskLine(layers, classNames, classIndex, true));
        lines.push_back(taskLine(layers, classNames, classIndex, false));
    }
    return lines;
}

} // namespace

QString findingSentence(const std::vector<align::LayerSummary>& layers, bool hasClasses)
{
    const align::Finding finding = align::findTakeover(layers);
    const align::LayerSummary& first = layers.front();
    const align::LayerSummary& lowest = layers[finding.lowestKeptIndex];
    const auto kept = [](const align::LayerSummary& layer) {
        return link(layer.layer,
            OverviewModel::tr("%1 in layer %2").arg(percentText(layer.keptShare())).arg(layer.layer));
    };
    const QString firstKept
        = link(first.layer, OverviewModel::tr("%1 of concepts").arg(percentText(first.keptShare())));
    QString sentence;
    if (finding.takeoverIndex < layers.size()) {
        const int from = layers[finding.takeoverIndex].layer;
        sentence = OverviewModel::tr(
            "From %1 on fine-tuning writes over the base model: %2 are kept in layer %3, %4")
                       .arg(link(from, OverviewModel::tr("layer %1").arg(from)), firstKept)
                       .arg(first.layer)
                       .arg(kept(lowest));
    } else if (finding.lowestKeptIndex == 0) {
        sentence = OverviewModel::tr(
            "In no layer fine-tuning writes over the base model: %1 are kept in layer %2, "
            "and no layer keeps fewer")
                       .arg(firstKept)
                       .arg(first.layer);
    } else {
        sentence = OverviewModel::tr(
            "In no layer fine-tuning writes over the base model: %1 are kept in layer %2 and "
            "still %3")
                       .arg(firstKept)
                       .arg(first.layer)
                       .arg(kept(lowest));
    }
    if (!hasClasses)
        return sentence + QLatin1Char('.');
    const align::LayerSummary& task = layers[finding.strongestTaskIndex];
    const QString taskShare = link(task.layer, percentText(task.taskShareB()));
    return OverviewModel::tr("%1; %2 of layer %3’s fine-tuned concepts are task concepts (base %4).")
        .arg(sentence, taskShare)
        .arg(task.layer)
        .arg(percentText(task.taskShareA()));
}

OverviewModel::OverviewModel(QObject* parent)
    : QObject(parent)
    , m_turn([this] { refresh(); })
    , m_keptChart(new ChartModel(ChartModel::Lines, this))
    , m_statusChart(new ChartModel(ChartModel::StackedBars, this))
    , m_taskChart(new ChartModel(ChartModel::Lines, this))
    , m_table(new LayerTableModel(this))
    , m_headlineWords(new HeadlineModel(this))
{
}

void OverviewModel::setSession(StudySession* session)
{
    if (m_session == session)
        return;
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    if (session) {
        connect(session, &StudySession::summariesChanged, this, [this] { m_turn.ask(); });
        connect(session, &StudySession::layerChanged, this, &OverviewModel::refreshFocus);
    }
    refresh();
    Q_EMIT sessionChanged();
}

void OverviewModel::setActive(bool active)
{
    if (active == isActive())
        return;
    m_turn.setActive(active);
    Q_EMIT activeChanged();
}

QString OverviewModel::plainHeadline() const
{
    return QTextDocumentFragment::fromHtml(m_headline).toPlainText();
}

int OverviewModel::layerIndex() const
{
    return m_session ? static_cast<int>(m_session->layers().indexOf(m_session->layer())) : -1;
}

void OverviewModel::activateLink(const QString& link)
{
    bool isNumber = false;
    const int layer = link.section(QLatin1Char(':'), 1).toInt(&isNumber);
    if (m_session && isNumber)
        m_session->setLayer(layer);
}

void OverviewModel::activateIndex(int index)
{
    if (m_session && index >= 0 && index < m_session->layers().size())
        m_session->setLayer(m_session->layers()[index]);
}

void OverviewModel::copyTable() const
{
    QGuiApplication::clipboard()->setText(
        QStringLiteral("%1\n%2\n\n%3\n").arg(plainHeadline(), m_basis, m_table->asText()));
}

void OverviewModel::refresh()
{
    const Summaries layers = m_session ? m_session->summaries() : Summaries();
    const QStringList classNames = m_session ? m_session->classNames() : QStringList();
    QList<int> numbers;
    for (const auto& layer : layers)
        numbers.append(layer.layer);
    m_headline = layers.empty() ? QString() : findingSentence(layers, !classNames.isEmpty());
    m_headlineWords->setSentence(m_headline);
    m_basis.clear();
    if (!layers.empty()) {
        m_basis = tr("%1 sentences, %2 word occurrences, %3 concepts per layer, θ = %4")
                      .arg(countText(static_cast<std::uint64_t>(m_session->sentenceCount())),
                          countText(static_cast<std::uint64_t>(m_session->occurrenceCount())),
                          countText(layers.front().k), QString::number(m_session->theta(), 'f', 2));
    }
    m_keptChart->setLines(tr("Concepts (%)"), 100.0, numbers, keptLines(layers));
    m_statusChart->setLines(tr("Base concepts (%)"), 100.0, numbers, statusLines(layers));
    m_taskChart->setLines(tr("Task concepts"), 0.0, numbers, taskLines(layers, classNames));
    m_table->setSummaries(layers, classNames);
    refreshFocus();
    Q_EMIT changed();
}

void OverviewModel::refreshFocus()
{
    for (ChartModel* chart : {m_keptChart, m_statusChart, m_taskChart})
        chart->setFocusIndex(layerIndex());
    Q_EMIT layerIndexChanged();
}

} // namespace palimpsest::app
