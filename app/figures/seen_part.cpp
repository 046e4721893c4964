#include "figures/seen_part.h"

#include <QEasingCurve>
#include <QStringList>

#include <cmath>

namespace palimpsest::app {

SeenPart between(const SeenPart& from, const SeenPart& to, double share)
{
    if (share >= 1.0)
        return to;
    const double zoom = from.zoom * std::pow(to.zoom / from.zoom, share);
    // The extent that is seen is 1 / zoom; the middle moves as that does.
    const double way = 1.0 / from.zoom - 1.0 / to.zoom;
    const double along = std::abs(way) < 1e-9 ? share : (1.0 / from.zoom - 1.0 / zoom) / way;
    return {zoom, from.middle + (to.middle - from.middle) * along};
}

QString numbersText(const std::vector<double>& numbers)
{
    QStringList parts;
    for (const double number : numbers)
        parts.append(QString::number(number, 'g', 9));
    return parts.join(u' ');
}

std::optional<std::vector<double>> numbersOf(const QString& text, std::size_t count)
{
    const QStringList parts = text.split(u' ');
    if (static_cast<std::size_t>(parts.size()) != count)
        return std::nullopt;
    std::vector<double> numbers;
    for (const QString& part : parts) {
        bool isNumber = false;
        numbers.push_back(part.toDouble(&isNumber));
        if (!isNumber || !std::isfinite(numbers.back()))
            return std::nullopt;
    }
    return numbers;
}

Glide::Glide()
{
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setEasingCurve(QEasingCurve::InOutSine);
    QObject::connect(
        &m_animation, &QVariantAnimation::valueChanged, &m_animation, [this](const QVariant& value) {
            if (m_step)
                m_step(value.toDouble());
        });
}

void Glide::start(int ms, std::function<void(double)> step)
{
    stop();
    if (ms <= 0) {
        step(1.0);
        return;
    }
    m_step = std::move(step);
    m_animation.setDuration(ms);
    m_animation.start();
}

void Glide::stop()
{
    m_step = nullptr; // before the animation, which says where it stopped
    m_animation.stop();
}

} // namespace palimpsest::app
