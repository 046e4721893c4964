// Labels added, changed and removed in the window: what the form says before, what the project holds after.

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "bridge/job_controller.h"
#include "bridge/study_session.h"
#include "label/label_source.h"
#include "label_fixture.h"
#include "models/label_form.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::LabelForm;

namespace {

struct Opened {
    explicit Opened(const QString& project) { session.openProject(project); }
    app::JobController jobs;
    app::StudySession session{jobs};
    app::LabelSession labels{jobs, session};
    LabelForm form{jobs, labels};
};

int sourceOf(std::string_view id)
{
    if (id == "tagger")
        return static_cast<int>(label::sources().size()) + 1;
    int at = 0;
    for (const label::SourceDescriptor& source : label::sources()) {
        if (source.id == id)
            return at;
        ++at;
    }
    return at; // joint labels stand behind them
}

} // namespace

class TestLabelForm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_project = m_folder->filePath(QStringLiteral("sample.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
    }

    void offersEverySourceAndTaggers()
    {
        Opened opened(m_project);
        QCOMPARE(opened.form.sources().size(), static_cast<qsizetype>(label::sources().size()) + 2);
        QVERIFY(opened.form.sources().last().contains(QStringLiteral("Tagger")));
    }

    void triesASourceBeforeItIsAttached()
    {
        Opened opened(m_project);
        const QAbstractItemModelTester options(opened.form.options());
        const QAbstractItemModelTester frequent(opened.form.frequent());
        QTRY_VERIFY(opened.session.isOpen() && opened.labels.sets());
        opened.form.setSource(sourceOf("ngrams"));
        opened.form.setSource(sourceOf("casing"));
        QVERIFY(!opened.form.isReady());
        QTRY_VERIFY(opened.form.isReady());
        QVERIFY2(opened.form.summary().contains(QStringLiteral("Casing")), qPrintable(opened.form.summary()));
        QCOMPARE(opened.form.frequent()->index(0).data().toString(), QStringLiteral("lower"));
        QCOMPARE(opened.labels.count(), 0); // nothing is stored yet

        QSignalSpy attached(&opened.form, &LabelForm::attached);
        opened.form.attach();
        QTRY_COMPARE(attached.count(), 1);
        QTRY_COMPARE(opened.labels.names(), QStringList{QStringLiteral("Casing")});
        QVERIFY(opened.form.undoText().isEmpty());
    }

    void attachesOwnLinesAndTakesThemOutAgainToBeChanged()
    {
        Opened opened(m_project);
        QTRY_VERIFY(opened.session.isOpen() && opened.labels.sets());
        opened.form.setSource(sourceOf("words"));
        QVERIFY(opened.form.hasList());
        QTRY_VERIFY(!opened.form.notice().isEmpty()); // says what is missing
        QVERIFY(!opened.form.isReady());
        opened.form.setList(QString::fromStdString(testing::wordClassLines()));
        opened.form.setOption(QStringLiteral("name"), QStringLiteral("My classes"));
        QTRY_VERIFY(opened.form.isReady());
        opened.form.attach();
        QTRY_COMPARE(opened.labels.names(), QStringList{QStringLiteral("My classes")});
        QCOMPARE(opened.labels.sets()->front().table->labelCount(), std::size_t{5});

        opened.form.setSource(sourceOf("casing"));
        opened.form.startFrom(0);
        QTRY_COMPARE(opened.form.source(), sourceOf("words"));
        QCOMPARE(opened.form.list(), QString::fromStdString(testing::wordClassLines()));
        opened.form.setList(QStringLiteral("film\tcinema\nmovie\tcinema\n"));
        QTRY_VERIFY(opened.form.isReady());
        QVERIFY(opened.form.notice().contains(QStringLiteral("My classes"))); // will be replaced
        opened.form.attach();
        QTRY_COMPARE(opened.form.undoText().isEmpty(), false);
        QTRY_VERIFY(opened.labels.sets() && opened.labels.sets()->front().table->labelCount() == 1);
        opened.form.undo();
        QTRY_VERIFY(opened.labels.sets()->front().table->labelCount() == 5);
        QVERIFY(opened.form.undoText().isEmpty());
    }

    void saysWhichLineOfAFileIsWrong()
    {
        Opened opened(m_project);
        QTRY_VERIFY(opened.session.isOpen() && opened.labels.sets());
        const QString path = m_folder->filePath(QStringLiteral("labels_POS.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QByteArray json = "[";
        for (int sentence = 0; sentence < 40; ++sentence)
            json += QByteArray(sentence == 0 ? "" : ", ")
                + (sentence == 6 ? "\"A B\"" : "\"A B C D E F G H\"");
        file.write(json + "]");
        file.close();
        opened.form.setSource(sourceOf("label-json"));
        opened.form.setOption(QStringLiteral("file"), path);
        QTRY_VERIFY(!opened.form.problem().isEmpty());
        QVERIFY2(
            opened.form.problem().contains(QStringLiteral("entry 7")), qPrintable(opened.form.problem()));
        QVERIFY(opened.form.fileStart().startsWith(QStringLiteral("[\"A B C")));
        QVERIFY(!opened.form.isReady());
        QVERIFY(opened.jobs.error().isEmpty()); // shown beside the file
    }

    void saysWhatIsWrongWithAPattern()
    {
        Opened opened(m_project);
        QTRY_VERIFY(opened.session.isOpen() && opened.labels.sets());
        opened.form.setSource(sourceOf("patterns"));
        opened.form.setList(QStringLiteral("good\t^(warm|clever)$\nbad\t(dull\n"));
        QTRY_VERIFY(!opened.form.problem().isEmpty());
        QVERIFY2(opened.form.problem().contains(QStringLiteral("line 2")), qPrintable(opened.form.problem()));
        opened.form.setList(QStringLiteral("good\t^(warm|clever)$\n"));
        QTRY_VERIFY(opened.form.isReady());
    }

    void removingCanBeUndone()
    {
        VERIFY_RESULT(testing::attachSampleLabels(m_project.toStdString()));
        Opened opened(m_project);
        QTRY_COMPARE(opened.labels.count(), 2);
        opened.form.removeSet(0);
        QTRY_COMPARE(opened.labels.names(), QStringList{QStringLiteral("Casing")});
        QVERIFY(opened.form.undoText().contains(QStringLiteral("Classes")));
        opened.form.undo();
        QTRY_COMPARE(opened.labels.count(), 2);
        QCOMPARE(opened.labels.currentName(), QStringLiteral("Classes"));
        QTRY_VERIFY(!opened.form.isRunning());
        opened.form.removeSet(0);
        QTRY_VERIFY(!opened.form.undoText().isEmpty());
        opened.form.dismissUndo();
        QVERIFY(opened.form.undoText().isEmpty());
    }

    void joinsTwoSets()
    {
        VERIFY_RESULT(testing::attachSampleLabels(m_project.toStdString()));
        Opened opened(m_project);
        QTRY_COMPARE(opened.labels.count(), 2);
        opened.form.setSource(sourceOf("joint"));
        QTRY_VERIFY(opened.form.isReady());
        opened.form.attach();
        QTRY_COMPARE(opened.labels.count(), 3);
        QCOMPARE(opened.labels.currentName(), QStringLiteral("Classes + Casing"));
        QCOMPARE(opened.labels.sets()->back().table->labelName(0), std::string("noun + lower"));
        opened.form.startFrom(2);
        QTRY_COMPARE(opened.form.options()->value(QStringLiteral("second")), QStringLiteral("Casing"));
    }

    void aFailedTaggerLosesNothing()
    {
        VERIFY_RESULT(testing::attachSampleLabels(m_project.toStdString()));
        Opened opened(m_project);
        QTRY_COMPARE(opened.labels.count(), 2);
        opened.form.setSource(sourceOf("tagger"));
        QTRY_VERIFY(!opened.form.isChecking());
        QVERIFY(!opened.form.isReady());
        opened.form.setOption(QStringLiteral("folder"), m_folder->path()); // a folder, but no checkpoint
        QTRY_VERIFY(opened.form.isReady());
        opened.form.attach();
        QTRY_VERIFY(!opened.jobs.error().isEmpty());
        QTRY_VERIFY(!opened.form.isRunning());
        QCOMPARE(opened.labels.count(), 2);
        QCOMPARE(opened.form.options()->value(QStringLiteral("folder")),
            m_folder->path()); // nothing typed is lost
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_project;
};

QTEST_GUILESS_MAIN(TestLabelForm)
#include "tst_label_form.moc"
