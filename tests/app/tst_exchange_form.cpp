// Files of other programs into a project and out of it, by the dialogs' models.

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "bridge/job_controller.h"
#include "bridge/study_session.h"
#include "models/exchange_form.h"
#include "pipeline/export_files.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::ExchangeForm;

namespace {

struct Opened {
    explicit Opened(const QString& project) { session.openProject(project); }
    app::JobController jobs;
    app::StudySession session{jobs};
    ExchangeForm form{jobs, session};
};

int exportOf(std::string_view id)
{
    int at = 0;
    while (pipeline::exportKinds()[static_cast<std::size_t>(at)].id != id)
        ++at;
    return at;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestExchangeForm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_project = m_folder.filePath(QStringLiteral("sample.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
    }

    void writesWhatTheWindowShows()
    {
        Opened opened(m_project);
        QTRY_VERIFY(opened.session.isOpen());
        opened.session.setK(12);
        opened.session.setLayer(1);
        opened.form.setExportKind(exportOf("clusters"));
        QVERIFY(!opened.form.canExport());
        opened.form.setExportOutput(m_folder.filePath(QStringLiteral("clusters")));
        QCOMPARE(opened.form.exportOutput(), m_folder.filePath(QStringLiteral("clusters.txt")));
        QVERIFY2(opened.form.exportText().contains(QStringLiteral("Layer 1")),
            qPrintable(opened.form.exportText()));
        opened.form.runExport();
        QTRY_VERIFY(!opened.form.notice().isEmpty());
        const QByteArray lines = contentOf(opened.form.exportOutput());
        QCOMPARE(lines.count('\n'), 320); // one a word occurrence
        QVERIFY(lines.contains("|||11")); // twelve clusters
        opened.form.dismissNotice();
        QVERIFY(opened.form.notice().isEmpty());
    }

    void aFolderGoesRoundThroughANewProject()
    {
        const QString folder = m_folder.filePath(QStringLiteral("out"));
        {
            Opened opened(m_project);
            QTRY_VERIFY(opened.session.isOpen());
            opened.form.setExportKind(exportOf("conceptx"));
            QVERIFY(opened.form.exportsFolder());
            opened.form.setExportOutput(folder);
            opened.form.runExport();
            QTRY_VERIFY(!opened.form.notice().isEmpty());
        }
        Opened opened(m_project);
        QTRY_VERIFY(opened.session.isOpen());
        QCOMPARE(opened.form.importOutput(), m_project); // the open project, unless another one is named
        opened.form.setImportSource(folder);
        QVERIFY(opened.form.canLint());
        opened.form.lint();
        QTRY_VERIFY(!opened.form.findingsText().isEmpty());
        QVERIFY2(
            opened.form.findings().isEmpty(), qPrintable(opened.form.findings().join(QLatin1Char('\n'))));
        const QString target = m_folder.filePath(QStringLiteral("imported"));
        opened.form.setImportOutput(target);
        opened.form.runImport();
        QTRY_VERIFY(!opened.form.notice().isEmpty());
        QVERIFY2(opened.form.notice().contains(QStringLiteral("320")), qPrintable(opened.form.notice()));
        QVERIFY(QFile::exists(target + QStringLiteral(".palimpsest")));
    }

    void theLinterNamesFileAndLine()
    {
        const QString folder = m_folder.filePath(QStringLiteral("broken"));
        QVERIFY(QDir().mkpath(folder));
        QFile sentences(folder + QStringLiteral("/sentences.json"));
        QVERIFY(sentences.open(QIODevice::WriteOnly));
        sentences.write("[\"a good film\"]");
        sentences.close();
        QFile clusters(folder + QStringLiteral("/clusters-2.txt"));
        QVERIFY(clusters.open(QIODevice::WriteOnly));
        clusters.write("a|||1|||0|||0|||0\ngood|||1|||7|||1|||1\n");
        clusters.close();
        Opened opened(m_project);
        QTRY_VERIFY(opened.session.isOpen());
        opened.form.setImportSource(folder);
        opened.form.lint();
        QTRY_VERIFY(!opened.form.findings().isEmpty());
        QVERIFY2(
            opened.form.findings().join(QLatin1Char('\n')).contains(QStringLiteral("clusters-2.txt, line 2")),
            qPrintable(opened.form.findings().join(QLatin1Char('\n'))));
        opened.form.setImportOutput(m_folder.filePath(QStringLiteral("never.palimpsest")));
        opened.form.runImport();
        QTRY_VERIFY(!opened.jobs.error().isEmpty());
        QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("never.palimpsest"))));
    }

private:
    QTemporaryDir m_folder;
    QString m_project;
};

QTEST_GUILESS_MAIN(TestExchangeForm)
#include "tst_exchange_form.moc"
