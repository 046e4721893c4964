#pragma once
// One colour ramp for shares, readable by colour-blind people and in grey print.
// Thread: values.

#include <QColor>

#include <array>

namespace palimpsest::app {

/// Colours for shares in 0..1 whose lightness falls (light theme) or rises (dark theme) all the way, so that
/// more always stands out more against the background. The hues are those of ColorBrewer's YlGnBu, which is
/// safe for colour-blind readers.
class ColorRamp {
public:
    explicit ColorRamp(bool dark);
    /// Clamped to 0..1.
    [[nodiscard]] QRgb at(double share) const;
    /// `at` for steps of 1/255.
    [[nodiscard]] const std::array<QRgb, 256>& table() const { return m_table; }

private:
    std::array<QRgb, 256> m_table{};
};

} // namespace palimpsest::app
