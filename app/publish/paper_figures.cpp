#include "publish/paper_figures.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

#include "align/label_alignment.h"
#include "figures/chart_painter.h"
#include "figures/view_figures.h"
#include "project/label_store.h"
#include "project/layer_concepts.h"

namespace palimpsest::app {

using base::Error;
using base::ErrorCode;
using project::Side;

namespace {

constexpr int kPanelsPerRow = 3;

QString paperText(const char* source)
{
    return QCoreApplication::translate("Figures", source);
}

QString plain(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::size_t kOf(const PaperProject& project, const PaperOptions& options)
{
    return options.k > 0 ? std::min(options.k, project->tokens()->size()) : project->defaultK();
}

double thetaOf(const PaperProject& project, const PaperOptions& options)
{
    return options.theta > 0.0 ? options.theta : project->defaultTheta();
}

QString nameOf(const PaperProject& project)
{
    return QFileInfo(plain(project->path().string())).completeBaseName();
}

/// Layers of all projects, so that charts of models of different depth have one axis.
QStringList layerNames(const std::vector<PaperProject>& projects)
{
    std::vector<int> layers;
    for (const PaperProject& project : projects)
        layers.insert(layers.end(), project->layers().begin(), project->layers().end());
    std::ranges::sort(layers);
    layers.erase(std::unique(layers.begin(), layers.end()), layers.end());
    QStringList names;
    for (const int layer : layers)
        names.append(QString::number(layer));
    return names;
}

/// Values by layer on a common axis; NaN where a project has no such layer.
class OnAxis {
public:
    explicit OnAxis(const QStringList& axis)
        : m_axis(axis)
        , m_values(static_cast<std::size_t>(axis.size()), std::numeric_limits<double>::quiet_NaN())
    {
    }
    void set(int layer, double value)
    {
        m_values[static_cast<std::size_t>(m_axis.indexOf(QString::number(layer)))] = value;
    }
    [[nodiscard]] const std::vector<double>& values() const { return m_values; }

private:
    const QStringList& m_axis;
    std::vector<double> m_values;
};

void describe(Figure& figure, const char* name, const QString& title, const QString& caption,
    const std::vector<PaperProject>& projects, const PaperOptions& options)
{
    figure.name = QString::fromLatin1(name);
    figure.title = title;
    figure.caption = caption;
    figure.parameters = paperParameters(projects, options);
}

ChartPicture chartOf(const QString& yTitle, double maximum, const QStringList& axis)
{
    ChartPicture chart;
    chart.xTitle = paperText(QT_TRANSLATE_NOOP("Figures", "Layer"));
    chart.yTitle = yTitle;
    chart.maximum = maximum;
    chart.categories = axis;
    return chart;
}

ChartPicture::Line pairedLine(const QString& name, int color, bool fineTuned, bool classes)
{
    ChartPicture::Line line;
    line.name = name;
    line.light = classes ? classColor(color, false) : categoryColor(color, false);
    line.dark = classes ? classColor(color, true) : categoryColor(color, true);
    line.dashed = !fineTuned;
    return line;
}

QString ofModel(const QString& name, bool fineTuned)
{
    return (fineTuned ? paperText(QT_TRANSLATE_NOOP("Figures", "%1, fine-tuned"))
                      : paperText(QT_TRANSLATE_NOOP("Figures", "%1, base")))
        .arg(name);
}

} // namespace

QList<QPair<QString, QString>> paperParameters(
    const std::vector<PaperProject>& projects, const PaperOptions& options)
{
    QList<QPair<QString, QString>> parameters;
    for (const PaperProject& project : projects) {
        const QString before = projects.size() > 1 ? nameOf(project) + QStringLiteral(": ") : QString();
        const auto add = [&](const QString& name, const QString& value) {
            if (!value.isEmpty())
                parameters.append({before + name, value});
        };
        if (projects.size() == 1)
            add(QStringLiteral("project"), nameOf(project));
        add(QStringLiteral("K"), QString::number(kOf(project, options)));
        add(QStringLiteral("theta"), QString::number(thetaOf(project, options), 'g', 4));
        add(QStringLiteral("occurrences"), QString::number(project->tokens()->size()));
        for (const char* what : {"base", "finetuned", "corpus"})
            add(QStringLiteral("fingerprint of ") + QString::fromLatin1(what),
                plain(project->parameter(std::string("fingerprint.") + what)));
        add(QStringLiteral("computed by Palimpsest"), plain(project->parameter("palimpsest.version")));
    }
    return parameters;
}

base::Result<Figure> overlapFigure(
    const std::vector<PaperProject>& projects, const PaperOptions& options, const base::JobContext& ctx)
{
    const QStringList axis = layerNames(projects);
    ChartPicture chart
        = chartOf(paperText(QT_TRANSLATE_NOOP("Figures", "Aligned base concepts, %")), 100.0, axis);
    for (std::size_t at = 0; at < projects.size(); ++at) {
        const auto& project = projects[at];
        PALIMPSEST_TRY(layers, project->summaries(kOf(project, options), thetaOf(project, options), ctx));
        OnAxis values(axis);
        for (const align::LayerSummary& layer : layers) {
            const auto countOf
                = [&layer](align::Status status) { return layer.statusA[static_cast<std::size_t>(status)]; };
            const double aligned
                = static_cast<double>(countOf(align::Status::Kept) + countOf(align::Status::Merged));
            values.set(layer.layer, 100.0 * aligned / static_cast<double>(std::max<std::size_t>(layer.k, 1)));
        }
        ChartPicture::Line line = pairedLine(nameOf(project), static_cast<int>(at), true, false);
        line.values = values.values();
        chart.lines.push_back(std::move(line));
    }
    Figure figure = chartFigure(chart);
    describe(figure, "overlap",
        paperText(QT_TRANSLATE_NOOP("Figures", "Overlap of base and fine-tuned concepts by layer")),
        paperText(QT_TRANSLATE_NOOP("Figures",
            "Share of the base model's concepts of which at least the share theta of the occurrences lies in "
            "one concept of "
            "the fine-tuned model's same layer.")),
        projects, options);
    return figure;
}

base::Result<Figure> humanConceptsFigure(
    const std::vector<PaperProject>& projects, const PaperOptions& options, const base::JobContext& ctx)
{
    const QStringList axis = layerNames(projects);
    std::vector<ChartPicture> charts;
    std::vector<std::string> names; // of label sets: one colour each in all charts
    std::vector<std::vector<std::shared_ptr<const label::LabelTable>>> sets;
    for (const PaperProject& project : projects) {
        PALIMPSEST_TRY(
            file, project::ProjectFile::open(project->path(), project::ProjectFile::Mode::ReadOnly));
        const project::LabelStore store(file);
        PALIMPSEST_TRY(entries, store.list());
        sets.emplace_back();
        for (const project::LabelEntry& entry : entries) {
            if (!entry.fits || (!options.labels.empty() && entry.name != options.labels))
                continue;
            PALIMPSEST_TRY(table, store.read(entry.name));
            sets.back().push_back(table);
            if (std::ranges::find(names, entry.name) == names.end())
                names.push_back(entry.name);
        }
        if (sets.back().empty()) {
            return Error{ErrorCode::NotFound,
                project->path().string()
                    + (options.labels.empty() ? " has no label set" : " has no label set " + options.labels)
                    + "; attach one with palimpsest label"};
        }
    }
    for (std::size_t at = 0; at < projects.size(); ++at) {
        const PaperProject& project = projects[at];
        ChartPicture chart
            = chartOf(paperText(QT_TRANSLATE_NOOP("Figures", "Concepts with a label, %")), 0.0, axis);
        chart.title = nameOf(project);
        project::LayerConcepts concepts(project, kOf(project, options));
        align::LabelOptions label;
        label.theta = thetaOf(project, options);
        for (std::size_t set = 0; set < names.size(); ++set) {
            const auto table = std::ranges::find_if(
                sets[at], [&](const auto& each) { return each->name() == names[set]; });
            for (const Side side : {Side::Base, Side::FineTuned}) {
                OnAxis values(axis);
                for (const int layer : table == sets[at].end() ? std::vector<int>() : project->layers()) {
                    if (ctx.stopRequested())
                        return base::cancelled();
                    PALIMPSEST_TRY(found, concepts.get(side, layer));
                    const auto counts = align::LabelCounts::make(*found, *table, align::Measure::Occurrence);
                    const auto aligned = align::countAligned(align::matchLabels(*counts, label));
                    values.set(layer,
                        100.0 * static_cast<double>(aligned)
                            / static_cast<double>(std::max<std::size_t>(found->conceptCount(), 1)));
                }
                const bool fineTuned = side == Side::FineTuned;
                ChartPicture::Line line = pairedLine(
                    ofModel(plain(names[set]), fineTuned), static_cast<int>(set), fineTuned, false);
                line.values = values.values();
                chart.lines.push_back(std::move(line));
            }
        }
        charts.push_back(std::move(chart));
    }
    if (charts.size() == 1)
        charts.front().title.clear();
    Figure figure = chartsFigure(charts, kPanelsPerRow);
    describe(figure, "human-concepts",
        paperText(QT_TRANSLATE_NOOP("Figures", "Human-defined concepts by layer")),
        paperText(QT_TRANSLATE_NOOP("Figures",
            "Share of concepts of which at least the share theta of the occurrences carries one label of the "
            "set; base "
            "model dashed, fine-tuned model solid.")),
        projects, options);
    return figure;
}

base::Result<Figure> taskConceptsFigure(
    const std::vector<PaperProject>& projects, const PaperOptions& options, const base::JobContext& ctx)
{
    const QStringList axis = layerNames(projects);
    std::vector<std::string> classes; // one colour each in all charts
    for (const PaperProject& project : projects) {
        const auto& own = project->tokens()->corpus().classNames();
        if (own.empty()) {
            return Error{ErrorCode::NotFound,
                project->path().string()
                    + " has a corpus without classes, so there are no task concepts; run it with "
                      "--label-column"};
        }
        for (const std::string& name : own) {
            if (std::ranges::find(classes, name) == classes.end())
                classes.push_back(name);
        }
    }
    std::vector<ChartPicture> charts;
    for (const PaperProject& project : projects) {
        PALIMPSEST_TRY(layers, project->summaries(kOf(project, options), thetaOf(project, options), ctx));
        ChartPicture chart = chartOf(paperText(QT_TRANSLATE_NOOP("Figures", "Task concepts")), 0.0, axis);
        chart.title = projects.size() > 1 ? nameOf(project) : QString();
        const auto& own = project->tokens()->corpus().classNames();
        for (std::size_t index = 0; index < classes.size(); ++index) {
            const auto found = std::ranges::find(own, classes[index]);
            for (const bool fineTuned : {false, true}) {
                OnAxis values(axis);
                for (const align::LayerSummary& layer : layers) {
                    const auto& counts = fineTuned ? layer.taskB : layer.taskA;
                    const auto at = static_cast<std::size_t>(found - own.begin());
                    if (at < counts.size())
                        values.set(layer.layer, static_cast<double>(counts[at]));
                }
                ChartPicture::Line line = pairedLine(
                    ofModel(plain(classes[index]), fineTuned), static_cast<int>(index), fineTuned, true);
                line.values = values.values();
                chart.lines.push_back(std::move(line));
            }
        }
        charts.push_back(std::move(chart));
    }
    Figure figure = chartsFigure(charts, kPanelsPerRow);
    describe(figure, "task-concepts",
        paperText(QT_TRANSLATE_NOOP("Figures", "Task concepts by class and layer")),
        paperText(QT_TRANSLATE_NOOP("Figures",
            "Concepts of five or more occurrences of which at least the share theta comes from sentences of "
            "one class; base "
            "model dashed, fine-tuned model solid.")),
        projects, options);
    return figure;
}

} // namespace palimpsest::app
