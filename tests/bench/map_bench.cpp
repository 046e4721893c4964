// How long a frame takes while a map of many points morphs, pans and zooms.
//   map_bench [points] [seconds]
// Prints the median, the 95th percentile and the largest time between two frames, the share of the points
// that was drawn in motion is what the figure itself decides.
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QQuickItem>
#include <QQuickWindow>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

#include "figures/scatter_item.h"

using namespace palimpsest::app;

namespace {

/// Six hundred clouds that drift apart.
std::vector<float> someClouds(std::size_t points, unsigned seed, double drift)
{
    std::mt19937 random(7);
    std::normal_distribution<float> normal;
    std::vector<float> middles(1200);
    for (float& value : middles)
        value = 10.0F * normal(random);
    random.seed(seed);
    std::vector<float> places;
    places.reserve(2 * points);
    for (std::size_t point = 0; point < points; ++point) {
        const std::size_t cloud = point % 600;
        for (std::size_t axis = 0; axis < 2; ++axis)
            places.push_back(
                middles[2 * cloud + axis] * static_cast<float>(1.0 + drift * static_cast<double>(cloud % 3))
                + 0.4F * normal(random));
    }
    return places;
}

void report(const char* what, std::vector<double> times)
{
    if (times.empty())
        return;
    std::sort(times.begin(), times.end());
    std::printf("%s: %zu frames, median %.1f ms, 95 %% %.1f ms, largest %.1f ms\n", what, times.size(),
        times[times.size() / 2], times[times.size() * 95 / 100], times.back());
}

} // namespace

int main(int argc, char** argv)
{
    QGuiApplication application(argc, argv);
    const std::size_t points = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 250'000;
    const double seconds = argc > 2 ? std::strtod(argv[2], nullptr) : 5.0;
    QQuickWindow window;
    window.resize(1280, 800);
    ScatterItem item(window.contentItem());
    item.setSize({1280, 800});
    item.setPoints(
        QVariant::fromValue(makeScatterPoints(someClouds(points, 1, 0.0), someClouds(points, 2, 0.3))));
    auto colors = std::make_shared<std::vector<QRgb>>(points);
    for (std::size_t point = 0; point < points; ++point)
        (*colors)[point]
            = qRgba(40 + static_cast<int>(point % 600) / 4, 110, 200 - static_cast<int>(point % 200), 205);
    item.setColors(QVariant::fromValue(ScatterColors(colors)));
    QElapsedTimer clock, frame;
    std::vector<double> morphing, zooming;
    const auto step = [&] {
        if (!clock.isValid())
            clock.start();
        const double now = static_cast<double>(clock.elapsed()) / 1000.0;
        if (frame.isValid())
            (now < seconds ? morphing : zooming).push_back(static_cast<double>(frame.nsecsElapsed()) / 1e6);
        frame.start();
        if (now > 2 * seconds) {
            application.quit();
        } else if (now < seconds) {
            item.setMorph(0.5 - 0.5 * std::cos(3.0 * now));
        } else if (std::fmod(now, 2.0) < 1.0) {
            item.zoomIn();
        } else {
            item.showAll();
        }
    };
    QObject::connect(&window, &QQuickWindow::frameSwapped, &application, step, Qt::QueuedConnection);
    window.show();
    application.exec();
    QElapsedTimer nearest;
    nearest.start();
    const auto data = item.pointsValue().value<ScatterData>();
    for (int i = 0; i < 100; ++i)
        (void)nearestPoint(*data, 0.3, {0.1 * i, 0.2}, 1.0);
    std::printf("%zu points\n", points);
    report("morph", morphing);
    report("zoom", zooming);
    std::printf("nearest point: %.2f ms\n", static_cast<double>(nearest.nsecsElapsed()) / 1e8);
    return 0;
}
