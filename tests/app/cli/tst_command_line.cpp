// The program as a person in a shell meets it: results, exit codes, one clear sentence for each mistake.

#include <QtTest/QtTest>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <sys/resource.h>

#include "support/program.h"
#include "support/reference.h"

using palimpsest::testing::Answer;
using palimpsest::testing::programPath;
using palimpsest::testing::read;
using palimpsest::testing::referenceDir;
using palimpsest::testing::runProgram;
using palimpsest::testing::Start;
using palimpsest::testing::write;

namespace {

QString reference(const char* relative)
{
    return QString::fromStdString((referenceDir() / relative).string());
}

/// The last line of stderr: what a person reads after a failure.
QByteArray sentence(const Answer& answer)
{
    return answer.err.trimmed().split('\n').last();
}

} // namespace

class CommandLineTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void helpIsThereForEveryVerb_data();
    void helpIsThereForEveryVerb();
    void wrongUsageEndsWithTwo_data();
    void wrongUsageEndsWithTwo();
    void aStudyRunsAndResumes();
    void tablesOfAProjectAreConsistent();
    void badInputEndsWithOneSentence_data();
    void badInputEndsWithOneSentence();
    void aForeignOutputFileStaysUntouched();
    void aFullDiskIsASentenceAndKeepsWhatWasDone();
    void interruptEndsWith130();
    void tokenizeAnswersLineByLine();
    void clusterWritesScipysMatrixAndLabels();
    void extractAndPredictAgreeOnSentences();

private:
    Answer run(const QStringList& arguments, const QByteArray& input = {}, qint64 fileLimit = -1) const;
    QStringList studyArguments(const QString& project) const;
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QTemporaryDir m_folder;
};

Answer CommandLineTest::run(const QStringList& arguments, const QByteArray& input, qint64 fileLimit) const
{
    Start start{input, {}, 240'000};
    if (fileLimit >= 0) {
        start.prepare = [fileLimit] {
            // A file size limit stands in for a full disk: it needs no root and fails at the same system
            // calls.
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{static_cast<rlim_t>(fileLimit), static_cast<rlim_t>(fileLimit)};
            setrlimit(RLIMIT_FSIZE, &limit);
        };
    }
    return runProgram(arguments, start);
}

QStringList CommandLineTest::studyArguments(const QString& project) const
{
    return {QStringLiteral("run"), QStringLiteral("--base"), reference("models/bert"),
        QStringLiteral("--finetuned"), reference("models/bert-token-classifier"), QStringLiteral("--corpus"),
        path("corpus.tsv"), QStringLiteral("--text-column"), QStringLiteral("sentence"),
        QStringLiteral("--label-column"), QStringLiteral("label"), QStringLiteral("--k"),
        QStringLiteral("12"), QStringLiteral("-o"), project};
}

void CommandLineTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY2(!programPath().isEmpty(), "PALIMPSEST_PROGRAM names the program; ctest sets it");
    QByteArray corpus = "sentence\tlabel\n";
    const QList<QByteArray> subjects{
        "the film", "a story", "the acting", "this plot", "her voice", "the end"};
    const QList<QByteArray> verdicts{
        "is a joy", "is dull", "moves us", "bores us", "works well", "falls flat"};
    for (qsizetype s = 0; s < subjects.size(); ++s) {
        for (qsizetype v = 0; v < verdicts.size(); ++v)
            corpus
                += subjects[s] + " " + verdicts[v] + " .\t" + (v % 2 == 0 ? "positive" : "negative") + "\n";
    }
    write(path("corpus.tsv"), corpus);
}

void CommandLineTest::helpIsThereForEveryVerb_data()
{
    QTest::addColumn<QString>("verb");
    for (const char* verb : {"demo", "run", "info", "align", "concepts", "label", "labels", "export",
             "import", "tokenize", "extract", "predict", "cluster", "task", "triggers", "explain",
             "attribute", "ablate", "probe", "map", "quality", "bench"})
        QTest::newRow(verb) << QString::fromLatin1(verb);
}

void CommandLineTest::helpIsThereForEveryVerb()
{
    QFETCH(QString, verb);
    const Answer answer = run({verb, QStringLiteral("--help")});
    QCOMPARE(answer.exitCode, 0);
    QVERIFY(answer.out.contains("Usage"));
}

void CommandLineTest::wrongUsageEndsWithTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char* name, const char* line) {
        QTest::newRow(name) << QString::fromLatin1(line).split(QLatin1Char(' '));
    };
    row("unknown verb", "dance");
    row("unknown option", "info --colour x.palimpsest");
    row("no output", "run --base a --finetuned b --corpus c");
    row("theta above one", "run --base a --finetuned b --corpus c --theta 1.5 -o x");
    row("theta zero", "align x --layer 0 --theta 0");
    row("k zero", "concepts x --layer 0 --k 0");
    row("unknown pooling", "extract --model a --corpus b --pooling median -o x.safetensors");
    row("layers that are no numbers", "run --base a --finetuned b --corpus c --layers x-y -o x");
    row("half a study", "run --base a -o x");
    row("output of unknown kind", "cluster x.npy -o z.txt");
}

void CommandLineTest::wrongUsageEndsWithTwo()
{
    QFETCH(QStringList, arguments);
    const Answer answer = run(arguments);
    QCOMPARE(answer.exitCode, 2);
    QVERIFY(!answer.err.isEmpty());
}

void CommandLineTest::aStudyRunsAndResumes()
{
    REQUIRE_REFERENCE("models/bert");
    const Answer first = run(studyArguments(path("study.palimpsest")));
    QVERIFY2(first.exitCode == 0, first.err);
    QVERIFY(first.out.contains("kept"));
    QVERIFY(!first.out.contains(" 0 stages computed"));
    const QByteArray project = read(path("study.palimpsest"));

    const Answer second = run(studyArguments(path("study.palimpsest")));
    QVERIFY2(second.exitCode == 0, second.err);
    QVERIFY2(second.out.contains(" 0 stages computed"), second.out);
    QCOMPARE(read(path("study.palimpsest")), project);
}

void CommandLineTest::tablesOfAProjectAreConsistent()
{
    REQUIRE_REFERENCE("models/bert");
    const QString project = path("study.palimpsest");
    const Answer info = run({QStringLiteral("info"), project, QStringLiteral("--json")});
    QVERIFY2(info.exitCode == 0, info.err);
    const QJsonObject values = QJsonDocument::fromJson(info.out).object();
    QCOMPARE(values[u"k"].toInt(), 12);
    QCOMPARE(values[u"theta"].toDouble(), 0.9);
    QCOMPARE(values[u"sentences"].toInt(), 36);
    const int occurrences = values[u"occurrences"].toInt();
    QVERIFY(occurrences > 100);
    QCOMPARE(values[u"linkages"].toArray().size(), 10);

    const Answer concepts
        = run({QStringLiteral("concepts"), project, QStringLiteral("--layer"), QStringLiteral("4"),
            QStringLiteral("--model"), QStringLiteral("finetuned"), QStringLiteral("--json")});
    QVERIFY2(concepts.exitCode == 0, concepts.err);
    int members = 0;
    const QJsonArray conceptRows = QJsonDocument::fromJson(concepts.out).object()[u"rows"].toArray();
    for (const QJsonValue& row : conceptRows)
        members += row[u"size"].toInt();
    QCOMPARE(conceptRows.size(), 12);
    QCOMPARE(members, occurrences);

    const Answer align = run({QStringLiteral("align"), project, QStringLiteral("--layer"),
        QStringLiteral("4"), QStringLiteral("--json")});
    QVERIFY2(align.exitCode == 0, align.err);
    const QJsonArray rows = QJsonDocument::fromJson(align.out).object()[u"rows"].toArray();
    QCOMPARE(rows.size(), 24);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        QCOMPARE(rows[i][u"model"].toString(), i < 12 ? QStringLiteral("base") : QStringLiteral("finetuned"));
        QCOMPARE(rows[i][u"overlap"].toDouble(), rows[i][u"shared"].toDouble() / rows[i][u"size"].toDouble());
    }
    for (qsizetype i = 0; i < conceptRows.size(); ++i)
        QCOMPARE(conceptRows[i][u"status"].toString(), rows[12 + i][u"status"].toString());

    const QStringList ofLayer{QStringLiteral("quality"), project, QStringLiteral("--layer"),
        QStringLiteral("4"), QStringLiteral("--repeats"), QStringLiteral("3")};
    const Answer quality = run(ofLayer + QStringList{QStringLiteral("--json")});
    QVERIFY2(quality.exitCode == 0, quality.err);
    const QJsonObject measures = QJsonDocument::fromJson(quality.out).object();
    QCOMPARE(measures[u"k"].toInt(), 12);
    QCOMPARE(measures[u"order"].toArray().size(), 12);
    QCOMPARE(measures[u"stability"][u"agreement"].toArray().size(), 3);
    for (const char* name : {"cophenetic", "silhouette"}) {
        const double value = measures[QLatin1String(name)][u"value"].toDouble();
        QVERIFY2(value > -1.0 && value < 1.0 && value != 0.0, name);
    }
    QCOMPARE(run(ofLayer + QStringList{QStringLiteral("--json")}).out, quality.out);
    QVERIFY(run(ofLayer).out.contains("silhouette at K = 12"));
}

void CommandLineTest::badInputEndsWithOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");

    const auto replaced = [this](const QString& option, const QString& value) {
        QStringList arguments = studyArguments(path("bad.palimpsest"));
        arguments[arguments.indexOf(option) + 1] = value;
        return arguments;
    };
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("empty-folder")));
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("unknown-model")));
    write(path("unknown-model/config.json"), R"({"model_type": "hyena", "architectures": ["HyenaModel"]})");
    write(path("nothing.txt"), "");
    write(path("latin1.txt"), "good\ncaf\xe9 noir\n");
    write(path("notes.palimpsest"), "Dear diary");
    write(path("one-row.npy"),
        QByteArray::fromHex("934e554d505901007600")
            + QByteArray("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }")
                  .leftJustified(117, ' ')
            + "\n" + QByteArray(8, '\0'));

    QTest::newRow("missing folder") << replaced(QStringLiteral("--base"), path("nowhere"))
                                    << QByteArray("nowhere");
    QTest::newRow("folder without config")
        << replaced(QStringLiteral("--base"), path("empty-folder")) << QByteArray("config.json");
    QTest::newRow("unknown architecture lists those that are known")
        << replaced(QStringLiteral("--finetuned"), path("unknown-model")) << QByteArray("bert");
    QTest::newRow("models of different shape")
        << replaced(QStringLiteral("--finetuned"), reference("pairs/minilm-sst2/finetuned"))
        << QByteArray("384");
    QTest::newRow("missing corpus") << replaced(QStringLiteral("--corpus"), path("nothing-here.tsv"))
                                    << QByteArray("nothing-here.tsv");
    QTest::newRow("label column that is not there")
        << replaced(QStringLiteral("--label-column"), QStringLiteral("rating")) << QByteArray("label");
    const QStringList plain{QStringLiteral("extract"), QStringLiteral("--model"), reference("models/bert"),
        QStringLiteral("-o"), path("x.safetensors"), QStringLiteral("--corpus")};
    QTest::newRow("empty corpus") << plain + QStringList{path("nothing.txt")} << QByteArray("nothing.txt");
    QTest::newRow("text that is not UTF-8") << plain + QStringList{path("latin1.txt")} << QByteArray("2");
    QTest::newRow("not a project") << QStringList{QStringLiteral("info"), path("notes.palimpsest")}
                                   << QByteArray("not");
    QTest::newRow("one row cannot be clustered")
        << QStringList{QStringLiteral("cluster"), path("one-row.npy"), QStringLiteral("-o"), path("z.npy")}
        << QByteArray("two");
    QTest::newRow("clustering on a device that is not there") << QStringList{QStringLiteral("cluster"),
        path("one-row.npy"), QStringLiteral("--device"), QStringLiteral("cuda:99"), QStringLiteral("-o"),
        path("z.npy")} << QByteArray("--device cpu");
    QTest::newRow("a layer that is not in the project") << QStringList{QStringLiteral("align"),
        path("study.palimpsest"), QStringLiteral("--layer"), QStringLiteral("9")}
                                                        << QByteArray("4");
}

void CommandLineTest::badInputEndsWithOneSentence()
{
    REQUIRE_REFERENCE("models/bert");
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Answer answer = run(arguments);
    QVERIFY2(answer.exitCode == 1, answer.err + " exit code " + QByteArray::number(answer.exitCode));
    QVERIFY2(sentence(answer).startsWith("palimpsest "), answer.err);
    QVERIFY2(sentence(answer).contains(says), answer.err);
}

void CommandLineTest::aForeignOutputFileStaysUntouched()
{
    REQUIRE_REFERENCE("models/bert");
    write(path("thesis.txt"), "chapter one");
    const Answer answer = run(studyArguments(path("thesis.txt")));
    QCOMPARE(answer.exitCode, 1);
    QCOMPARE(read(path("thesis.txt")), QByteArray("chapter one"));
}

void CommandLineTest::aFullDiskIsASentenceAndKeepsWhatWasDone()
{
    REQUIRE_REFERENCE("models/bert");
    const QString project = path("full.palimpsest");
    const Answer full = run(studyArguments(project), {}, 40'000);
    QVERIFY2(full.exitCode == 1, full.err);
    QVERIFY2(sentence(full).contains("space"), full.err);
    const Answer again = run(studyArguments(project));
    QVERIFY2(again.exitCode == 0, again.err);
}

void CommandLineTest::interruptEndsWith130()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/base/model.safetensors");
    const QString project = path("interrupted.palimpsest");
    QStringList arguments = studyArguments(project);
    arguments[arguments.indexOf(QStringLiteral("--base")) + 1] = reference("pairs/minilm-sst2/base");
    arguments[arguments.indexOf(QStringLiteral("--finetuned")) + 1]
        = reference("pairs/minilm-sst2/finetuned");
    arguments[arguments.indexOf(QStringLiteral("--corpus")) + 1] = reference("data/sst2-train.tsv");
    arguments[arguments.indexOf(QStringLiteral("--text-column")) + 1] = QStringLiteral("1");
    arguments[arguments.indexOf(QStringLiteral("--label-column")) + 1] = QStringLiteral("2");
    arguments << QStringLiteral("--progress") << QStringLiteral("json");

    QProcess process;
    process.setReadChannel(QProcess::StandardError);
    process.start(programPath(), arguments);
    QVERIFY(process.waitForStarted());
    QByteArray progress;
    while (!progress.contains("progress") && process.waitForReadyRead(60'000))
        progress += process.readAllStandardError();
    QVERIFY2(progress.contains("progress"), progress);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(30'000));
    QVERIFY2(process.exitCode() == 130, progress + process.readAllStandardError());
}

void CommandLineTest::tokenizeAnswersLineByLine()
{
    REQUIRE_REFERENCE("tokenizers/wordpiece-uncased");
    const QString model = reference("tokenizers/wordpiece-uncased");
    const Answer answer
        = run({QStringLiteral("tokenize"), QStringLiteral("--model"), model}, "Unaffable films\n\nok\r\n");
    QVERIFY2(answer.exitCode == 0, answer.err);
    const QList<QByteArray> lines = answer.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    const QJsonObject first = QJsonDocument::fromJson(lines[0]).object();
    QCOMPARE(first[u"tokens"].toArray().first().toString(), QStringLiteral("[CLS]"));
    QVERIFY(first[u"word_ids"].toArray().first().isNull());
    QCOMPARE(QJsonDocument::fromJson(lines[1]).object()[u"tokens"].toArray().size(), 2);
    QCOMPARE(QJsonDocument::fromJson(lines[2]).object()[u"tokens"].toArray().size(), 3);

    const Answer bad = run({QStringLiteral("tokenize"), QStringLiteral("--model"), model}, "ok\ncaf\xe9\n");
    QCOMPARE(bad.exitCode, 1);
    QVERIFY(sentence(bad).contains("Line 2"));
}

void CommandLineTest::clusterWritesScipysMatrixAndLabels()
{
    REQUIRE_REFERENCE("cluster/n50-d8.safetensors");
    const QString vectors = reference("cluster/n50-d8.safetensors") + QStringLiteral(":X");
    const Answer answer = run({QStringLiteral("cluster"), vectors, QStringLiteral("--k"), QStringLiteral("5"),
        QStringLiteral("-o"), path("z.npy")});
    QVERIFY2(answer.exitCode == 0, answer.err);
    const QByteArray z = read(path("z.npy"));
    QVERIFY(z.startsWith("\x93NUMPY"));
    QVERIFY(z.contains("'<f8'"));
    QVERIFY(z.contains("(49, 4)"));
    QVERIFY(read(path("z.labels.npy")).contains("(50,)"));
}

void CommandLineTest::extractAndPredictAgreeOnSentences()
{
    REQUIRE_REFERENCE("models/bert-uncased-classifier");
    write(path("three.txt"), "a fine film\n\nso so\n");
    const QString model = reference("models/bert-uncased-classifier");
    const Answer extract = run({QStringLiteral("extract"), QStringLiteral("--model"), model,
        QStringLiteral("--corpus"), path("three.txt"), QStringLiteral("--layers"), QStringLiteral("0,4"),
        QStringLiteral("-o"), path("a.safetensors")});
    QVERIFY2(extract.exitCode == 0, extract.err);
    const QByteArray file = read(path("a.safetensors"));
    QVERIFY(file.contains("\"layer_4\""));
    QVERIFY(file.contains("[5,64]"));

    // As NeuroX's files, and back: HDF5 keeps every bit, JSON eight decimals.
    for (const QString& name : {QStringLiteral("a.hdf5"), QStringLiteral("a.json")}) {
        const Answer neurox = run({QStringLiteral("extract"), QStringLiteral("--model"), model,
            QStringLiteral("--corpus"), path("three.txt"), QStringLiteral("--layers"), QStringLiteral("0,4"),
            QStringLiteral("-o"), m_folder.filePath(name)});
        QVERIFY2(neurox.exitCode == 0, neurox.err);
        const Answer back = run({QStringLiteral("import"), m_folder.filePath(name), QStringLiteral("--what"),
            QStringLiteral("neurox"), QStringLiteral("-o"), path("back.safetensors")});
        QVERIFY2(back.exitCode == 0, back.err);
        QVERIFY2(back.out.startsWith("3 sentences, 5 words"), back.out);
    }
    QVERIFY(QDir(m_folder.path()).entryList({QStringLiteral("*.part*")}).isEmpty());

    const Answer predict = run({QStringLiteral("predict"), QStringLiteral("--model"), model,
        QStringLiteral("--corpus"), path("three.txt")});
    QVERIFY2(predict.exitCode == 0, predict.err);
    const QList<QByteArray> lines = predict.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    const QJsonObject last = QJsonDocument::fromJson(lines[2]).object();
    QCOMPARE(last[u"sentence"].toInt(), 2);
    double sum = 0;
    for (const QJsonValue& share : last[u"probabilities"].toArray())
        sum += share.toDouble();
    QVERIFY(qAbs(sum - 1.0) < 1e-5);
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "tst_command_line.moc"
