#include "bridge/paths.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace palimpsest::app {

std::filesystem::path toPath(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

QString toText(const std::filesystem::path& path)
{
    return QFile::decodeName(QByteArray::fromStdString(path.string()));
}

QString toLocalFile(const QString& pathOrUrl)
{
    QString path = pathOrUrl.trimmed();
    if (path.startsWith(QStringLiteral("file:")))
        path = QUrl(path).toLocalFile();
    if (path.isEmpty())
        return {};
    if (path == QStringLiteral("~") || path.startsWith(QStringLiteral("~/")))
        path.replace(0, 1, QDir::homePath());
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

} // namespace palimpsest::app
