#include "support/program.h"

#include <QFile>
#include <QProcess>
#include <QtTest/QtTest>

namespace palimpsest::testing {

QString programPath()
{
    const QString path = qEnvironmentVariable("PALIMPSEST_PROGRAM");
    return QFile::exists(path) ? path : QString();
}

Answer runProgram(const QStringList& arguments, const Start& start)
{
    QProcess process;
    if (start.prepare)
        process.setChildProcessModifier(start.prepare);
    process.start(programPath(), arguments);
    process.write(start.input);
    process.closeWriteChannel();
    Answer answer;
    if (process.waitForFinished(start.limitMs) && process.exitStatus() == QProcess::NormalExit)
        answer.exitCode = process.exitCode();
    answer.out = process.readAllStandardOutput();
    answer.err = process.readAllStandardError();
    return answer;
}

void write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace palimpsest::testing
