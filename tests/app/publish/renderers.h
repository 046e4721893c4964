#pragma once
// Other programs that draw SVG and PDF, and how near their pictures are to ours. Thread: main.

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cmath>

namespace palimpsest::testing {

[[nodiscard]] inline bool hasProgram(const QString& name)
{
    return !QStandardPaths::findExecutable(name).isEmpty();
}

/// Standard output of a program; empty where it failed.
[[nodiscard]] inline QByteArray outputOf(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished(60'000);
    return process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray();
}

inline void store(const QString& file, const QByteArray& bytes)
{
    QFile out(file);
    if (out.open(QIODevice::WriteOnly))
        out.write(bytes);
}

/// What librsvg makes of an SVG file at a width in pixels, on white.
[[nodiscard]] inline QImage drawnByLibrsvg(const QByteArray& svg, int width)
{
    const QTemporaryDir folder;
    store(folder.filePath(QStringLiteral("f.svg")), svg);
    return QImage::fromData(outputOf(QStringLiteral("rsvg-convert"),
        {QStringLiteral("-w"), QString::number(width), QStringLiteral("--keep-aspect-ratio"),
            QStringLiteral("-b"), QStringLiteral("white"), folder.filePath(QStringLiteral("f.svg"))}));
}

/// What poppler makes of the first page of a PDF file.
[[nodiscard]] inline QImage drawnByPoppler(const QByteArray& pdf, int dpi)
{
    const QTemporaryDir folder;
    store(folder.filePath(QStringLiteral("f.pdf")), pdf);
    return QImage::fromData(outputOf(QStringLiteral("pdftoppm"),
        {QStringLiteral("-r"), QString::number(dpi), QStringLiteral("-png"), QStringLiteral("-singlefile"),
            folder.filePath(QStringLiteral("f.pdf"))}));
}

/// Mean difference of the channels, 0 to 1, after both were made small: hinting and the place of a line
/// within a pixel differ between programs, what is drawn and where does not.
[[nodiscard]] inline double differenceOf(const QImage& one, const QImage& other, int width = 240)
{
    if (one.isNull() || other.isNull())
        return 1.0;
    const QSize size(width, std::max(1, one.height() * width / one.width()));
    const auto small = [&size](const QImage& image) {
        return image.convertToFormat(QImage::Format_RGB32)
            .scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    };
    const QImage a = small(one);
    const QImage b = small(other);
    double sum = 0.0;
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const QRgb p = a.pixel(x, y);
            const QRgb q = b.pixel(x, y);
            sum += std::abs(qRed(p) - qRed(q)) + std::abs(qGreen(p) - qGreen(q))
                + std::abs(qBlue(p) - qBlue(q));
        }
    }
    return sum / (3.0 * 255.0 * size.width() * size.height());
}

} // namespace palimpsest::testing
