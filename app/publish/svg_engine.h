#pragma once
// Writes what is painted as SVG 1.1. Qt 6.4's own generator knows no clipping, writes a group with all
// attributes about every line, and its files cannot be told apart when several stand in one page. Thread: a
// painter belongs to one thread.

#include <QByteArray>

#include "publish/vector_engine.h"

namespace palimpsest::app {

class SvgEngine final : public VectorEngine {
public:
    /// `idPrefix` begins all ids, so that several figures can stand in one page.
    SvgEngine(const QByteArray& idPrefix, const QString& fontFamily, bool textAsOutlines);

    /// What was painted: `<defs>` and elements, to stand inside of `<svg>`. Ends the picture.
    [[nodiscard]] QByteArray finish();

protected:
    void putPath(const QPainterPath& path, const QPen& pen, const QBrush& brush) override;
    void putText(
        const QTransform& place, const QFont& font, const QString& text, const QColor& color) override;
    void putImage(
        const QTransform& place, const QRectF& target, const QImage& image, double opacity) override;

private:
    void clipTo(const QRectF& bounds);
    void closeGroup();

    QByteArray m_prefix;
    QString m_family;
    bool m_outlines;
    QByteArray m_definitions;
    QByteArray m_body;
    QByteArray m_openClip; ///< path of the group that is open; empty: none
    int m_clips = 0;
};

/// A number with two decimals at most: a hundredth of a pixel is less than a printer's dot.
[[nodiscard]] QByteArray svgNumber(double value);
/// Text as it may stand between tags and in quoted attributes; characters that XML forbids become spaces.
[[nodiscard]] QByteArray xmlText(const QString& text);
/// Data of a `<path>`.
[[nodiscard]] QByteArray svgPath(const QPainterPath& path);
/// The fonts that a reader is to try, the wanted one first.
[[nodiscard]] QByteArray fontList(const QString& family);

} // namespace palimpsest::app
