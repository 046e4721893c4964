#pragma once
// Figures as files: SVG and PDF with text as text or as outlines, PNG at a resolution, and the numbers as
// CSV, JSON or a LaTeX table. The same figure and options give the same bytes. Needs a QGuiApplication
// (fonts). Thread: any one thread at a time for a figure; takes milliseconds, and longer where `table` does.

#include <QByteArray>

#include "publish/figure_options.h"

namespace palimpsest::app {

/// Title, caption and parameters are in the file: `<title>`, `<desc>` and `<metadata>` of SVG, information
/// and XMP of PDF, text chunks of PNG. Fails with InvalidArgument (options) or WriteFailed.
[[nodiscard]] base::Result<QByteArray> figureBytes(
    const Figure& figure, FigureFormat format, const FigureOptions& options);
/// The picture at `options.dpi` as an image, for the clipboard and for previews.
[[nodiscard]] QImage figureImage(const Figure& figure, const FigureOptions& options);
/// Format by the ending of the name; replaces the file when all of it is written.
[[nodiscard]] base::Status writeFigure(
    const Figure& figure, const FigureOptions& options, const QString& fileName);

/// Whether a cell of a figure's table is a number, whole or not.
[[nodiscard]] bool isNumber(const QVariant& cell);

enum class DataFormat { Csv, Json, Latex };
/// Most rows of a table in LaTeX: a longer one is no table for a paper.
inline constexpr qsizetype kMostLatexRows = 200;

/// By the ending: .csv, .json, .tex.
[[nodiscard]] base::Result<DataFormat> dataFormatOf(const QString& fileName);
/// CSV after RFC 4180 with a header; JSON {"figure", "title", "parameters", "columns", "rows"}; LaTeX for the
/// booktabs package with caption and label. Fails with NotFound where the figure has no numbers and with
/// TooLarge where a LaTeX table would have more than kMostLatexRows.
[[nodiscard]] base::Result<QByteArray> figureData(const Figure& figure, DataFormat format);
[[nodiscard]] base::Status writeFigureData(const Figure& figure, const QString& fileName);

/// Writes bytes, leaving the old file in its place until all are there.
[[nodiscard]] base::Status writeBytes(const QByteArray& bytes, const QString& fileName);

} // namespace palimpsest::app
