// The new-project form: each entry is checked as it is given, with the sentences of the core.

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "bridge/job_controller.h"
#include "bridge/study_session.h"
#include "models/new_project_model.h"
#include "models/study_runner.h"
#include "support/local_hub.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::NewProjectModel;

namespace {

struct Form {
    app::JobController jobs;
    app::StudyRunner runner{jobs};
    NewProjectModel model{jobs, runner};
};

} // namespace

class TestNewProjectModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        write(QStringLiteral("reviews.tsv"), testing::sampleTable());
        write(QStringLiteral("plain.txt"), "one sentence\nanother one\n");
        m_hub = std::make_unique<testing::LocalHub>();
        QVERIFY(!m_hub->endpoint().isEmpty());
        qputenv("HF_ENDPOINT", m_hub->endpoint());
        qputenv("HF_HUB_CACHE", path("hub").toUtf8());
    }

    void cleanupTestCase() { m_hub.reset(); }

    void asksForWhatIsMissing()
    {
        Form form;
        QVERIFY(!form.model.isReady());
        QVERIFY(form.model.problem().contains(QStringLiteral("base model")));
        form.model.baseModel()->setText(m_folder.path());
        QVERIFY(form.model.problem().contains(QStringLiteral("fine-tuned model")));
        form.model.fineTunedModel()->setText(m_folder.path());
        QVERIFY(form.model.problem().contains(QStringLiteral("sentences")));
        form.model.setCorpusPath(path("reviews.tsv"));
        QVERIFY(!form.model.projectPath().isEmpty()); // a suggestion
        QVERIFY(form.model.projectPath().endsWith(QStringLiteral("reviews.palimpsest")));
        form.model.setProjectPath({});
        QVERIFY(form.model.problem().contains(QStringLiteral("project")));
    }

    void previewsATable()
    {
        Form form;
        const QAbstractItemModelTester tester(form.model.preview());
        form.model.setCorpusPath(QUrl::fromLocalFile(path("reviews.tsv")).toString());
        QCOMPARE(form.model.corpusPath(), path("reviews.tsv"));
        QTRY_COMPARE(form.model.preview()->rows(), 8);
        QCOMPARE(
            form.model.textColumns(), QStringList({QStringLiteral("sentence"), QStringLiteral("label")}));
        QCOMPARE(form.model.labelColumns().size(), 3); // no class, too
        QCOMPARE(form.model.textColumn(), QStringLiteral("sentence"));
        QCOMPARE(form.model.labelColumn(), QStringLiteral("label"));
        QVERIFY(form.model.preview()->index(0, 0).data().toString().startsWith(QStringLiteral("the ")));
        QVERIFY(form.model.pairColumn().isEmpty());
    }

    void aPairsSecondTextHasAColumnOfItsOwn()
    {
        QFile table(path("pairs.tsv"));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("premise\thypothesis\tlabel\n");
        for (int i = 0; i < 4; ++i)
            table.write("it is raining in town\tthe street is wet\tentailment\n");
        table.close();
        Form form;
        fill(form.model, path("base"), path("finetuned"));
        form.model.setCorpusPath(path("pairs.tsv"));
        QTRY_COMPARE(form.model.preview()->rows(), 4);
        form.model.setTextColumn(QStringLiteral("premise"));
        form.model.setLabelColumn(QStringLiteral("label"));
        form.model.setPairColumn(QStringLiteral("label"));
        QVERIFY(form.model.problem().contains(QStringLiteral("column of its own")));
        form.model.setPairColumn(QStringLiteral("hypothesis"));
        QVERIFY(!form.model.problem().contains(QStringLiteral("column of its own")));

        pipeline::Study study; // as "Run again" and a study file give it
        study.corpus = path("pairs.tsv").toStdString();
        study.reading.textColumn = "premise";
        study.reading.pairColumn = "hypothesis";
        Form other;
        other.model.setStudy(study);
        QTRY_COMPARE(other.model.preview()->rows(), 4);
        QCOMPARE(other.model.pairColumn(), QStringLiteral("hypothesis"));
        other.model.setCorpusPath(path("reviews.tsv")); // has no such column
        QVERIFY(other.model.pairColumn().isEmpty());
    }

    void previewsPlainText()
    {
        Form form;
        form.model.setCorpusPath(path("plain.txt"));
        QTRY_COMPARE(form.model.preview()->rows(), 2);
        QVERIFY(!form.model.preview()->isTable());
        QVERIFY(form.model.textColumns().isEmpty());
    }

    void saysWhyAFileHasNoPreview()
    {
        Form form;
        form.model.setCorpusPath(path("absent.tsv"));
        QTRY_VERIFY(form.model.corpusProblem().contains(QStringLiteral("absent.tsv")));
        QVERIFY2(form.jobs.error().isEmpty(), "shown beside the entry, not across the window");
    }

    void showsTheSentencesOfTheCore()
    {
        Form form;
        fill(form.model, path("no-such-model"), path("no-such-model"));
        QVERIFY(form.model.isChecking());
        QTRY_VERIFY(!form.model.isChecking());
        QVERIFY(!form.model.isReady());
        QVERIFY2(
            form.model.problem().contains(QStringLiteral("no-such-model")), qPrintable(form.model.problem()));
        form.model.run();
        QVERIFY(!form.runner.isRunning());

        form.model.setLayers(QStringLiteral("0,x"));
        QTRY_VERIFY(!form.model.isChecking());
        QVERIFY(!form.model.problem().isEmpty());
    }

    void refusesPlacesWhereNoProjectCanBe()
    {
        Form form;
        fill(form.model, path("no-such-model"), path("no-such-model"));
        form.model.setProjectPath(path("no/such/folder/p.palimpsest"));
        QTRY_VERIFY(!form.model.isChecking());
        QVERIFY(form.model.problem().contains(QStringLiteral("There is no folder")));
        form.model.setProjectPath(path("plain.txt")); // somebody's text must not be overwritten
        QTRY_VERIFY(!form.model.isChecking());
        QVERIFY2(
            form.model.problem().contains(QStringLiteral("plain.txt")), qPrintable(form.model.problem()));
        form.model.setProjectPath(path("new name"));
        QCOMPARE(form.model.projectPath(), path("new name.palimpsest"));
    }

    void runsAndResumes()
    {
        REQUIRE_REFERENCE("models/bert/model.safetensors");
        const QString checkpoint
            = QFileInfo(QString::fromStdString((testing::referenceDir() / "models/bert").string()))
                  .canonicalFilePath();
        Form form;
        fill(form.model, checkpoint, checkpoint);
        form.model.setK(12);
        QTRY_VERIFY_WITH_TIMEOUT(!form.model.isChecking(), 20000);
        QVERIFY2(form.model.isReady(), qPrintable(form.model.problem()));
        QVERIFY2(form.model.estimate().startsWith(QStringLiteral("40 sentences, 320 word occurrences")),
            qPrintable(form.model.estimate()));

        // Stopped at once, so that something is left to resume.
        QSignalSpy stopped(&form.runner, &app::StudyRunner::stopped);
        QSignalSpy finished(&form.runner, &app::StudyRunner::finished);
        form.model.run();
        QVERIFY(form.runner.isRunning());
        form.runner.cancel();
        QTRY_COMPARE_WITH_TIMEOUT(stopped.count() + finished.count(), 1, 60000);
        QCOMPARE(form.model.baseModel()->text(), checkpoint); // entries are kept
        if (!form.runner.resumablePath().isEmpty())
            form.runner.resume();
        else if (finished.isEmpty())
            form.model.run(); // stopped before there was a file
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60000);
        QCOMPARE(finished.first().first().toString(), form.model.projectPath());

        app::StudySession session(form.jobs);
        session.openProject(form.model.projectPath());
        QTRY_VERIFY2(session.isOpen() || !session.error().isEmpty(), "neither opened nor refused");
        QVERIFY2(session.isOpen(), qPrintable(session.error()));
        QCOMPARE(session.k(), 12);
        // The same model twice: nothing is written over.
        QTRY_VERIFY(!session.summaries().empty());
        QCOMPARE(session.summaries().back().keptShare(), 1.0);
    }

    void aModelMayBeNamedByItsId()
    {
        Form form;
        app::ModelChoice& model = *form.model.baseModel();
        fill(form.model, QStringLiteral("org/kept"), m_folder.path());
        QTRY_VERIFY(model.isDownloadable());
        QVERIFY2(model.found().startsWith(QStringLiteral("Not on this machine")), qPrintable(model.found()));
        QVERIFY2(form.model.problem().startsWith(QStringLiteral("org/kept is not on this machine")),
            qPrintable(form.model.problem()));
        QVERIFY(!QFileInfo::exists(path("hub"))); // nothing is fetched until the person says so

        model.download();
        QVERIFY(model.isDownloading());
        QVERIFY(form.model.problem().contains(QStringLiteral("has been downloaded")));
        QTRY_VERIFY_WITH_TIMEOUT(!model.isDownloading(), 20000);
        QCOMPARE(model.found(), QStringLiteral("In the cache of Hugging Face on this machine"));
        QVERIFY(std::filesystem::exists(model.folder() / "config.json"));

        Form later;
        later.model.fineTunedModel()->setText(QStringLiteral(" org/kept@main "));
        QTRY_COMPARE(later.model.fineTunedModel()->found(),
            QStringLiteral("In the cache of Hugging Face on this machine"));
        QCOMPARE(later.model.fineTunedModel()->folder(), model.folder());
    }

    void aDownloadCanBeCancelledAndSaysWhyItFailed()
    {
        Form form;
        app::ModelChoice& model = *form.model.baseModel();
        model.setText(QStringLiteral("org/slow"));
        QTRY_VERIFY(model.isDownloadable());
        model.download();
        model.cancelDownload();
        QVERIFY(model.isDownloadable());

        model.setText(QStringLiteral("org/missing"));
        QTRY_VERIFY(model.isDownloadable());
        model.download();
        QTRY_VERIFY_WITH_TIMEOUT(!model.isDownloading(), 20000);
        QVERIFY2(model.found().contains(QStringLiteral("check the spelling")), qPrintable(model.found()));
        QVERIFY(model.isDownloadable()); // to try again
        QVERIFY2(form.jobs.error().isEmpty(), "shown beside the entry, not across the window");

        model.setText(QStringLiteral("no folder, no id"));
        QTRY_VERIFY(model.found().startsWith(QStringLiteral("There is no such folder")));
        QVERIFY(!model.isDownloadable());
        model.setText(m_folder.path());
        QTRY_COMPARE(model.found(), QStringLiteral("Folder"));
        model.setText({});
        QVERIFY(model.found().isEmpty());
    }

    void tellsAFailedRun()
    {
        app::JobController jobs;
        app::StudyRunner runner(jobs);
        QSignalSpy stopped(&runner, &app::StudyRunner::stopped);
        pipeline::Study study;
        study.base = m_folder.filePath(QStringLiteral("gone")).toStdString();
        study.fineTuned = study.base;
        study.corpus = path("reviews.tsv").toStdString();
        runner.run(study, m_folder.filePath(QStringLiteral("failed.palimpsest")));
        QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, 20000);
        QVERIFY2(jobs.error().contains(QStringLiteral("gone")), qPrintable(jobs.error()));
        QVERIFY(!runner.isRunning());
    }

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }

    void write(const QString& name, const std::string& content)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(content));
    }

    void fill(NewProjectModel& model, const QString& base, const QString& fineTuned)
    {
        model.baseModel()->setText(base);
        model.fineTunedModel()->setText(fineTuned);
        model.setCorpusPath(path("reviews.tsv"));
        model.setProjectPath(path("run.palimpsest"));
        QTRY_COMPARE(model.preview()->rows(), 8);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<testing::LocalHub> m_hub;
};

QTEST_GUILESS_MAIN(TestNewProjectModel)
#include "tst_new_project_model.moc"
