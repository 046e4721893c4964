#include "models/label_draft.h"

#include <QFile>
#include <QFileInfo>
#include <QStringList>
#include <QTemporaryDir>

#include <algorithm>

namespace palimpsest::app {

namespace {

constexpr qsizetype kLines = 8;
constexpr qsizetype kLineLength = 160;
constexpr qint64 kBytes = 4000;

QString firstLines(const QByteArray& bytes)
{
    const QStringList lines = QString::fromUtf8(bytes).split(QLatin1Char('\n'));
    QStringList shown;
    for (qsizetype at = 0; at < std::min(lines.size(), kLines); ++at)
        shown.append(lines[at].left(kLineLength));
    return shown.join(QLatin1Char('\n'));
}

} // namespace

base::Result<PreparedLabels> prepareLabels(const LabelDraft& draft)
{
    PreparedLabels prepared{draft.request, nullptr};
    if (draft.content.empty())
        return prepared;
    auto folder = std::make_shared<QTemporaryDir>();
    QFile file(folder->filePath(QFileInfo(draft.fileName).fileName()));
    const auto size = static_cast<qint64>(draft.content.size());
    if (!folder->isValid() || !file.open(QIODevice::WriteOnly)
        || file.write(draft.content.data(), size) != size || !file.flush()) {
        return base::Error{base::ErrorCode::WriteFailed,
            "The lines could not be written to " + file.fileName().toStdString()
                + "; make room in the temporary folder"};
    }
    prepared.request.options["file"] = file.fileName().toStdString();
    prepared.files = std::move(folder);
    return prepared;
}

QString firstLines(const std::string& content)
{
    return firstLines(QByteArray::fromRawData(
        content.data(), static_cast<qsizetype>(std::min<std::size_t>(content.size(), kBytes))));
}

QString firstLinesOfFile(const QString& path)
{
    QFile file(path);
    return !path.isEmpty() && file.open(QIODevice::ReadOnly) ? firstLines(file.read(kBytes)) : QString();
}

} // namespace palimpsest::app
