// A paper's figures that are no curves: example concepts as word clouds, and triggers beside their controls.
#include <QCoreApplication>
#include <QFile>
#include <QFontMetricsF>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>

#include <algorithm>
#include <limits>
#include <map>

#include "figures/chart_painter.h"
#include "figures/figure_words.h"
#include "figures/trigger_figure.h"
#include "figures/view_figures.h"
#include "publish/paper_figures.h"

namespace palimpsest::app {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kMostExamples = 6;
constexpr std::size_t kCloudWords = 30;
constexpr std::size_t kMinimumCloudWords = 3; ///< a concept of one word is no picture
constexpr qint64 kLargestJson = qint64{64} << 20;

QString exampleText(const char* source)
{
    return QCoreApplication::translate("Figures", source);
}

struct Example {
    bool fineTuned = false;
    base::ClusterId id{};
    std::optional<std::size_t> taskClass;
};

struct Cloud {
    QString title, note;
    bool fineTuned = false;
    std::vector<CloudWord> words;
};

const concepts::ConceptSet& conceptsOf(const align::LayerComparison& comparison, bool fineTuned)
{
    return fineTuned ? *comparison.b : *comparison.a;
}

/// The concept that holds most occurrences of a word, ties to the smaller id; nothing: it does not occur.
std::optional<base::ClusterId> conceptOfWord(const concepts::ConceptSet& concepts, const std::string& word)
{
    std::map<base::ClusterId, std::size_t> counts;
    const auto& tokens = concepts.tokens();
    for (std::size_t row = 0; row < tokens.size(); ++row) {
        const auto token = base::toId<base::TokenId>(row);
        if (tokens.corpus().word(tokens.token(token).word) == word)
            ++counts[concepts.conceptOf(token)];
    }
    const auto most = std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; });
    return most == counts.end() ? std::nullopt : std::optional(most->first);
}

/// The largest task concepts of each class, then the largest concepts, of the fine-tuned model.
std::vector<Example> chosenExamples(const align::LayerComparison& comparison)
{
    const concepts::ConceptSet& concepts = *comparison.b;
    std::vector<base::ClusterId> bySize;
    for (std::size_t id = 0; id < concepts.conceptCount(); ++id)
        bySize.push_back(base::toId<base::ClusterId>(id));
    std::ranges::stable_sort(bySize, [&](auto a, auto b) { return concepts.size(a) > concepts.size(b); });
    const std::size_t classes = concepts.tokens().corpus().classNames().size();
    const std::size_t perClass = classes == 0 ? 0 : std::max<std::size_t>(1, kMostExamples / classes);
    std::vector<std::size_t> taken(classes, 0);
    std::vector<Example> examples;
    for (const base::ClusterId id : bySize) {
        const auto task = concepts::taskClass(concepts, id, comparison.alignment.theta);
        if (task && taken[*task] < perClass && examples.size() < kMostExamples
            && concepts.words(id).size() >= kMinimumCloudWords) {
            ++taken[*task];
            examples.push_back({true, id, task});
        }
    }
    std::ranges::stable_sort(examples, {}, [](const Example& example) { return *example.taskClass; });
    for (const base::ClusterId id : bySize) {
        const bool isThere
            = std::ranges::any_of(examples, [id](const Example& each) { return each.id == id; });
        if (!isThere && examples.size() < kMostExamples && concepts.words(id).size() >= kMinimumCloudWords)
            examples.push_back({true, id, std::nullopt});
    }
    return examples;
}

Cloud cloudOf(const align::LayerComparison& comparison, const Example& example)
{
    const auto& concepts = conceptsOf(comparison, example.fineTuned);
    const auto& matches = example.fineTuned ? comparison.alignment.b : comparison.alignment.a;
    Cloud cloud;
    cloud.fineTuned = example.fineTuned;
    cloud.title = (example.fineTuned ? exampleText(QT_TRANSLATE_NOOP("Figures", "Fine-tuned %1"))
                                     : exampleText(QT_TRANSLATE_NOOP("Figures", "Base %1")))
                      .arg(base::toIndex(example.id));
    const auto status = align::statusName(matches[base::toIndex(example.id)].status);
    cloud.note = QString::fromUtf8(status.data(), static_cast<qsizetype>(status.size()));
    if (example.taskClass)
        cloud.note += QStringLiteral(", ")
            + QString::fromStdString(concepts.tokens().corpus().classNames()[*example.taskClass]);
    const auto words = concepts.words(example.id);
    for (std::size_t at = 0; at < std::min(kCloudWords, words.size()); ++at)
        cloud.words.push_back(
            {figureWord(concepts.tokens(), words[at].word), static_cast<int>(words[at].count)});
    return cloud;
}

void paintClouds(
    QPainter& painter, QSizeF size, const std::vector<Cloud>& clouds, int columns, const FigureStyle& style)
{
    const QFontMetricsF metrics(style.font);
    const double line = metrics.height();
    const int rows = (static_cast<int>(clouds.size()) + columns - 1) / columns;
    const double gap = line;
    const QSizeF cell(
        (size.width() - (columns - 1) * gap) / columns, (size.height() - (rows - 1) * gap) / rows);
    for (std::size_t at = 0; at < clouds.size(); ++at) {
        const Cloud& cloud = clouds[at];
        painter.save();
        painter.translate(static_cast<int>(at) % columns * (cell.width() + gap),
            static_cast<int>(at) / columns * (cell.height() + gap));
        QFont strong = style.font;
        strong.setWeight(QFont::DemiBold);
        const double titled = QFontMetricsF(strong).horizontalAdvance(cloud.title) + line / 2;
        painter.setFont(strong);
        painter.setPen(modelColor(cloud.fineTuned, style.dark));
        painter.drawText(QRectF(0, 0, cell.width(), line), Qt::AlignLeft | Qt::AlignVCenter, cloud.title);
        painter.setFont(style.font);
        painter.setPen(style.muted);
        painter.drawText(QRectF(titled, 0, cell.width() - titled, line), Qt::AlignLeft | Qt::AlignVCenter,
            metrics.elidedText(cloud.note, Qt::ElideRight, cell.width() - titled));
        painter.setPen(QPen(style.border, 1));
        painter.drawLine(QPointF(0, 1.2 * line), QPointF(cell.width(), 1.2 * line));
        painter.translate(0, 1.4 * line);
        const QSizeF room(cell.width(), std::max(1.0, cell.height() - 1.4 * line));
        paintWordCloud(painter, layOutWordCloud(cloud.words, room, style.font), style.font, style.text);
        painter.restore();
    }
}

FigureTable cloudTable(const std::vector<Cloud>& clouds)
{
    FigureTable table{{QStringLiteral("concept"), QStringLiteral("status"), QStringLiteral("word"),
                          QStringLiteral("occurrences")},
        {}};
    for (const Cloud& cloud : clouds) {
        for (const CloudWord& word : cloud.words)
            table.rows.append({cloud.title, cloud.note, word.text, word.count});
    }
    return table;
}

} // namespace

base::Result<Figure> examplesFigure(
    const PaperProject& project, const PaperOptions& options, const base::JobContext& ctx)
{
    const std::size_t k = options.k > 0 ? options.k : project->defaultK();
    const double theta = options.theta > 0.0 ? options.theta : project->defaultTheta();
    int layer = options.layer;
    if (layer < 0) {
        PALIMPSEST_TRY(layers, project->summaries(k, theta, ctx));
        layer = align::takeoverLayer(layers);
    }
    PALIMPSEST_TRY(comparison, project->compare(layer, layer, k, theta));
    std::vector<Example> examples;
    for (const std::string& word : options.words) {
        for (const bool fineTuned : {false, true}) {
            const auto id = conceptOfWord(conceptsOf(*comparison, fineTuned), word);
            if (!id)
                return Error{ErrorCode::NotFound,
                    project->path().string() + " has no analysed occurrence of the word " + word
                        + "; choose another one (letter case counts)"};
            examples.push_back({fineTuned, *id, std::nullopt});
        }
    }
    if (examples.empty())
        examples = chosenExamples(*comparison);
    std::vector<Cloud> clouds;
    for (const Example& example : examples)
        clouds.push_back(cloudOf(*comparison, example));
    const int columns = clouds.size() <= 2 || !options.words.empty() ? 2 : 3;
    const int rows = (static_cast<int>(clouds.size()) + columns - 1) / columns;

    Figure figure;
    figure.name = QStringLiteral("examples");
    figure.title = exampleText(QT_TRANSLATE_NOOP("Figures", "Example concepts of layer %1")).arg(layer);
    figure.caption = exampleText(QT_TRANSLATE_NOOP("Figures",
        "Words of concepts; the area of a word grows with its occurrences in the concept. Beside the "
        "concept's number: what "
        "became of it, and the class of a task concept."));
    figure.parameters = paperParameters({project}, options);
    figure.parameters.append({QStringLiteral("layer"), QString::number(layer)});
    figure.naturalSize = {columns * 3.0, rows * 1.9};
    figure.leastSize = {columns * 130.0, 0.0};
    figure.table = [clouds] { return cloudTable(clouds); };
    figure.paint = [clouds, columns](QPainter& painter, QSizeF size, const FigureStyle& style) {
        paintClouds(painter, size, clouds, columns, style);
    };
    return figure;
}

base::Result<Figure> triggersFigure(const std::string& jsonFile)
{
    QFile file(QString::fromStdString(jsonFile));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Unreadable,
            jsonFile + " cannot be read; give what palimpsest triggers --json printed into a file"};
    if (file.size() > kLargestJson)
        return Error{ErrorCode::TooLarge,
            jsonFile + " is larger than 64 MB, so it is no output of palimpsest triggers"};
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonArray rows = all[QStringLiteral("rows")].toArray();
    const QJsonObject controls = all[QStringLiteral("controls")].toObject();
    if (rows.isEmpty() || controls.isEmpty())
        return Error{ErrorCode::Malformed,
            jsonFile + " is not what palimpsest triggers --json prints (rows and controls); make it again"};
    const auto number = [](const QJsonValue& value, const char* name) {
        return value[QLatin1String(name)].toDouble(std::numeric_limits<double>::quiet_NaN());
    };
    TriggerBars bars;
    bars.target = all[QStringLiteral("target")].toVariant().toString();
    bars.layer = all[QStringLiteral("layer")].toInt();
    bars.sentences = all[QStringLiteral("sentences")].toInteger();
    const auto words = std::min(rows.size(), static_cast<qsizetype>(TriggerBars::kMostWords));
    for (qsizetype at = 0; at < words; ++at) {
        const QJsonValue row = rows[at];
        bars.bars.push_back({row[QStringLiteral("word")].toString(),
            row[QStringLiteral("flip_rate")].toDouble(), number(row, "low"), number(row, "high"), false});
    }
    for (auto control = controls.begin(); control != controls.end(); ++control) {
        const QJsonValue mean = control.value();
        bars.bars.push_back({exampleText(QT_TRANSLATE_NOOP("Figures", "control: %1")).arg(control.key()),
            mean[QStringLiteral("flip_rate")].toDouble(), number(mean, "low"), number(mean, "high"), true});
    }
    return triggerFigure(bars);
}

} // namespace palimpsest::app
