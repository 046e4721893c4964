#include "figures/trigger_figure.h"

#include <QCoreApplication>

#include <cmath>
#include <limits>

#include "figures/chart_painter.h"
#include "figures/figure_style.h"

namespace palimpsest::app {

namespace {

constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

QString triggerFigureText(const char* source)
{
    return QCoreApplication::translate("Figures", source);
}

void addBar(ChartPicture::Line& line, const TriggerBars::Bar* bar)
{
    line.values.push_back(bar ? 100.0 * bar->rate : kNoValue);
    line.low.push_back(bar ? 100.0 * bar->low : kNoValue);
    line.high.push_back(bar ? 100.0 * bar->high : kNoValue);
}

} // namespace

Figure triggerFigure(const TriggerBars& bars)
{
    if (bars.bars.empty())
        return {};
    ChartPicture chart;
    chart.bars = true;
    chart.horizontal = true;
    chart.xTitle = triggerFigureText(QT_TRANSLATE_NOOP("Figures", "Trigger"));
    chart.yTitle = triggerFigureText(QT_TRANSLATE_NOOP("Figures", "Sentences that flip, %"));
    ChartPicture::Line words, means;
    words.name = triggerFigureText(QT_TRANSLATE_NOOP("Figures", "Word of a polar concept"));
    words.light = modelColor(true, false);
    words.dark = modelColor(true, true);
    means.name = triggerFigureText(QT_TRANSLATE_NOOP("Figures", "Mean of all triggers of a kind"));
    means.light = means.dark = QColor(0x88, 0x88, 0x88);
    for (const TriggerBars::Bar& bar : bars.bars) {
        chart.categories.append(bar.name);
        addBar(words, bar.mean ? nullptr : &bar);
        addBar(means, bar.mean ? &bar : nullptr);
    }
    chart.lines = {words, means};
    Figure figure = chartFigure(chart);
    figure.name = QStringLiteral("triggers");
    figure.title = triggerFigureText(QT_TRANSLATE_NOOP("Figures", "Triggers towards %1")).arg(bars.target);
    figure.caption = triggerFigureText(QT_TRANSLATE_NOOP("Figures",
        "Share of sentences of the other classes that the classifier takes for the target once the word is "
        "added, with 95 % intervals; below, means over all triggers of a kind."));
    figure.parameters
        = {{QStringLiteral("target"), bars.target}, {QStringLiteral("layer"), QString::number(bars.layer)},
            {QStringLiteral("sentences"), QString::number(bars.sentences)}};
    const auto count = static_cast<double>(chart.categories.size());
    figure.naturalSize = {3.0, 0.9 + 0.16 * count};
    figure.leastSize = {200.0, 50.0 + 13.0 * count};
    return figure;
}

} // namespace palimpsest::app
