#include "models/print_queue.h"

#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryFile>
#include <QUrl>

namespace palimpsest::app {

using base::Error;
using base::ErrorCode;

namespace {

constexpr auto kLp = "lp";
constexpr auto kLpstat = "lpstat";

bool isThere(const char* program)
{
    return !QStandardPaths::findExecutable(QLatin1String(program)).isEmpty();
}

/// A file of these bytes that stays until the system cleans up, or the program that gets it is done; empty:
/// it could not be written.
QString keptFile(const QByteArray& pdf)
{
    QTemporaryFile file(QDir::temp().filePath(QStringLiteral("palimpsest-XXXXXX.pdf")));
    file.setAutoRemove(false);
    if (!file.open() || file.write(pdf) != pdf.size() || !file.flush())
        return {};
    return file.fileName();
}

} // namespace

PrintQueue::~PrintQueue()
{
    for (QProcess* process : findChildren<QProcess*>()) {
        process->disconnect();
        process->kill();
        process->waitForFinished(500);
    }
}

QProcess* PrintQueue::start(const QString& program, const QStringList& arguments)
{
    auto* process = new QProcess(this);
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    process->start(program, arguments);
    return process;
}

void PrintQueue::look()
{
    if (!isThere(kLpstat))
        return;
    QProcess* lpstat = start(QLatin1String(kLpstat), {QStringLiteral("-e")});
    connect(lpstat, &QProcess::finished, this, [this, lpstat](int code) {
        const QStringList names = code == 0
            ? QString::fromUtf8(lpstat->readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts)
            : QStringList();
        if (names == m_printers)
            return;
        m_printers = names;
        Q_EMIT printersChanged();
    });
}

void PrintQueue::print(const QByteArray& pdf, const QString& title, const QString& printer,
    std::function<void(base::Status)> done)
{
    const QString file = keptFile(pdf);
    if (file.isEmpty()) {
        done(Error{ErrorCode::WriteFailed,
            "the page for the printer could not be written to " + QDir::tempPath().toStdString()
                + "; make room there"});
        return;
    }
    if (!isThere(kLp)) {
        const bool opened = QDesktopServices::openUrl(QUrl::fromLocalFile(file));
        done(opened ? base::Status()
                    : base::Status(Error{ErrorCode::NotFound,
                        "there is neither the program lp nor one that shows PDF files; save the figure as "
                        "PDF and print it elsewhere"}));
        return;
    }
    QStringList arguments{QStringLiteral("-t"), title};
    if (!printer.isEmpty())
        arguments << QStringLiteral("-d") << printer;
    arguments << QStringLiteral("--") << file;
    QProcess* lp = start(QLatin1String(kLp), arguments);
    connect(lp, &QProcess::finished, this, [lp, file, done = std::move(done)](int code) {
        QFile::remove(file); // lp has copied it
        const QString words = QString::fromUtf8(lp->readAllStandardError()).simplified();
        done(code == 0 ? base::Status()
                       : base::Status(Error{ErrorCode::WriteFailed,
                           "the printer took nothing (" + words.toStdString()
                               + "); choose another one, or save the figure as PDF"}));
    });
}

} // namespace palimpsest::app
