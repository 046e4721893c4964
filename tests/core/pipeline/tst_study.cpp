// Studies as people write them and as projects keep them.

#include <QtTest/QtTest>

#include <filesystem>
#include <fstream>

#include "pipeline/study.h"
#include "support/reference.h"

using namespace palimpsest;
using base::ErrorCode;
using pipeline::Study;
namespace fs = std::filesystem;

namespace {

Study fullStudy()
{
    Study study;
    study.base = "/models/base \"quoted\" \\ größe";
    study.fineTuned = "/models/finetuned";
    study.corpus = "/data/corpus.tsv";
    study.reading.kind = corpus::FileKind::TabSeparated;
    study.reading.textColumn = "2";
    study.reading.labelColumn = "label";
    study.reading.maxWords = 50;
    study.frequency = {3, 10, 500};
    study.layers = {0, 3, 5, 6};
    study.pooling = activation::Pooling::Mean;
    study.k = 50;
    study.theta = 0.85;
    study.longSentences = pipeline::LongSentences::Window;
    study.precision = model::Precision::BFloat16;
    study.store = tensorfile::ElementType::F16;
    study.device = "cuda:1";
    return study;
}

void compareStudies(const Study& a, const Study& b)
{
    QCOMPARE(a.base, b.base);
    QCOMPARE(a.fineTuned, b.fineTuned);
    QCOMPARE(a.corpus, b.corpus);
    QCOMPARE(a.reading.kind, b.reading.kind);
    QCOMPARE(a.reading.textColumn, b.reading.textColumn);
    QCOMPARE(a.reading.labelColumn, b.reading.labelColumn);
    QCOMPARE(a.reading.maxWords, b.reading.maxWords);
    QCOMPARE(a.frequency.minFrequency, b.frequency.minFrequency);
    QCOMPARE(a.frequency.maxOccurrences, b.frequency.maxOccurrences);
    QCOMPARE(a.frequency.maxFrequency, b.frequency.maxFrequency);
    QCOMPARE(a.layers, b.layers);
    QCOMPARE(a.pooling, b.pooling);
    QCOMPARE(a.k, b.k);
    QCOMPARE(a.longSentences, b.longSentences);
    QCOMPARE(a.precision, b.precision);
    QCOMPARE(a.store, b.store);
    QCOMPARE(a.theta, b.theta);
    QCOMPARE(a.device, b.device);
}

} // namespace

class TestStudy : public QObject {
    Q_OBJECT

private slots:
    void layersParse_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("layers");
        QTest::addColumn<QString>("formatted");
        QTest::newRow("list and range") << "0,3,5-6" << QList<int>{0, 3, 5, 6} << "0,3,5-6";
        QTest::newRow("spaces") << " 1 , 4 - 6 " << QList<int>{1, 4, 5, 6} << "1,4-6";
        QTest::newRow("order and repeats") << "6,2,1-3,2" << QList<int>{1, 2, 3, 6} << "1-3,6";
        QTest::newRow("range of one") << "4-4" << QList<int>{4} << "4";
        QTest::newRow("all") << "all" << QList<int>{} << "all";
    }
    void layersParse()
    {
        QFETCH(QString, text);
        QFETCH(QList<int>, layers);
        QFETCH(QString, formatted);
        const auto parsed = pipeline::parseLayers(text.toStdString());
        VERIFY_RESULT(parsed);
        QCOMPARE(QList<int>(parsed.value().begin(), parsed.value().end()), layers);
        QCOMPARE(pipeline::formatLayers(parsed.value()), formatted.toStdString());
    }

    void wrongLayersAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text :
            {"", ",", "1,", "a", "-1", "3-1", "1-", "1.5", "0-4000000000", "99999999999", "1;2"})
            QTest::newRow(*text != '\0' ? text : "empty") << text;
    }
    void wrongLayersAreRefused()
    {
        QFETCH(QString, text);
        const auto parsed = pipeline::parseLayers(text.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::InvalidArgument);
    }

    void tomlRoundTrip()
    {
        const fs::path file = write(pipeline::studyToml(fullStudy()));
        const auto read = pipeline::readStudy(file);
        VERIFY_RESULT(read);
        compareStudies(read.value(), fullStudy());
        QCOMPARE(pipeline::studyToml(read.value()), pipeline::studyToml(fullStudy()));
    }

    void shortestStudyHasDefaultsAndPathsBesideTheFile()
    {
        const fs::path file = write("base = 'models/base'\nfinetuned = '/tuned'\ncorpus = '../corpus.txt'\n");
        fs::create_directories(file.parent_path() / "models" / "base");
        const auto read = pipeline::readStudy(file);
        VERIFY_RESULT(read);
        Study expected;
        expected.base = file.parent_path() / "models/base";
        expected.fineTuned = "/tuned";
        expected.corpus = file.parent_path().parent_path() / "corpus.txt";
        compareStudies(read.value(), expected);
    }

    void modelsThatAreNoFoldersMayBeIds()
    {
        const fs::path file
            = write("base = 'org/absent'\nfinetuned = 'org/absent@v1.0'\ncorpus = 'org/absent'\n");
        const auto read = pipeline::readStudy(file);
        VERIFY_RESULT(read);
        QCOMPARE(read.value().base, fs::path("org/absent"));
        QCOMPARE(read.value().fineTuned, fs::path("org/absent@v1.0"));
        QCOMPARE(read.value().corpus, file.parent_path() / "org/absent");
        // Neither a folder nor an id: a path, which an error then names in full.
        const auto deep = pipeline::readStudy(write("base = 'a/b/c'\nfinetuned = './f'\ncorpus = 'c'\n"));
        VERIFY_RESULT(deep);
        QCOMPARE(deep.value().base, file.parent_path() / "a/b/c");
        QCOMPARE(deep.value().fineTuned, file.parent_path() / "f");
    }

    void tomlTypesOfPeople()
    {
        const fs::path file = write("base = 'b'\nfinetuned = 'f'\ncorpus = 'c'\ntext_column = 2\n"
                                    "layers = [6, 0]\ntheta = 1\nmax_occurrences = 'unlimited'\n");
        const auto read = pipeline::readStudy(file);
        VERIFY_RESULT(read);
        QCOMPARE(read.value().reading.textColumn, std::string("2"));
        QCOMPARE(read.value().layers, (std::vector<int>{0, 6}));
        QCOMPARE(read.value().theta, 1.0);
        QCOMPARE(read.value().frequency.maxOccurrences, corpus::FrequencyFilter().maxOccurrences);
    }

    void mistakesNameTheirLine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* name, const char* line, ErrorCode code, const char* says) {
            QTest::newRow(name) << QByteArray(line) << static_cast<int>(code) << QByteArray(says);
        };
        row("unknown key", "kk = 600", ErrorCode::Malformed, "there is no setting kk");
        row("key of a table", "[k]\nx = 1", ErrorCode::Malformed, "k must be a whole number");
        row("syntax", "k = = 600", ErrorCode::Malformed, "");
        row("key twice", "corpus = 'x'", ErrorCode::Malformed, "");
        row("text for a number", "k = '600'", ErrorCode::Malformed, "k must be a whole number");
        row("fraction for a number", "k = 600.5", ErrorCode::Malformed, "k must be a whole number");
        row("number for a text", "pooling = 1", ErrorCode::Malformed, "pooling must be a text");
        row("list of texts", "layers = ['1']", ErrorCode::Malformed, "layers must be");
        row("k zero", "k = 0", ErrorCode::InvalidArgument, "k is \"0\"");
        row("k negative", "k = -5", ErrorCode::InvalidArgument, "a whole number from 1");
        row("k huge", "k = 99999999999", ErrorCode::InvalidArgument, "a whole number from 1");
        row("theta zero", "theta = 0.0", ErrorCode::InvalidArgument, "above 0 and at most 1");
        row("theta large", "theta = 1.01", ErrorCode::InvalidArgument, "above 0 and at most 1");
        row("theta nan", "theta = nan", ErrorCode::InvalidArgument, "above 0 and at most 1");
        row("pooling", "pooling = 'max'", ErrorCode::InvalidArgument, "one of last, first, mean");
        row("kind", "corpus_kind = 'xlsx'", ErrorCode::InvalidArgument, "one of auto, text, tsv, csv");
        row("device", "device = 'cuda:x'", ErrorCode::InvalidArgument, "auto, cpu, cuda or cuda:N");
        row("layers", "layers = '3-1'", ErrorCode::InvalidArgument, "0,3,5-6");
        row("layers empty", "layers = []", ErrorCode::InvalidArgument, "0,3,5-6");
        row("max words", "max_words = 0", ErrorCode::InvalidArgument, "max_words");
    }
    void mistakesNameTheirLine()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, code);
        QFETCH(QByteArray, says);
        const fs::path file
            = write("base = 'b'\nfinetuned = 'f'\ncorpus = 'c'\n# a comment\n" + line.toStdString() + "\n");
        const auto read = pipeline::readStudy(file);
        QVERIFY(!read);
        QCOMPARE(static_cast<int>(read.error().code), code);
        const std::string& message = read.error().message;
        QVERIFY2(message.find(file.string() + ", line 5: ") == 0, message.c_str());
        QVERIFY2(message.find(says.toStdString()) != std::string::npos, message.c_str());
        QVERIFY2(message.find('\n') == std::string::npos, message.c_str());
    }

    void whatIsRequiredIsNamed()
    {
        const auto read = pipeline::readStudy(write("base = 'b'\ncorpus = 'c'\n"));
        QCOMPARE(read.error().code, ErrorCode::Malformed);
        QVERIFY(read.error().message.find("finetuned") != std::string::npos);
        QCOMPARE(pipeline::readStudy("/nowhere/study.toml").error().code, ErrorCode::NotFound);
        const auto empty = pipeline::readStudy(write("base = ''\nfinetuned = 'f'\ncorpus = 'c'\n"));
        QCOMPARE(empty.error().code, ErrorCode::InvalidArgument);
    }

    void valuesRoundTrip()
    {
        auto values = pipeline::studyValues(fullStudy());
        values.emplace_back("fingerprint.base", "00"); // a project holds more than its study
        const auto read = pipeline::studyFromValues(values);
        VERIFY_RESULT(read);
        compareStudies(read.value(), fullStudy());
        const std::pair<std::string, std::string> k("k", "50");
        QVERIFY(std::find(values.begin(), values.end(), k) != values.end());
    }

    void valuesKeepPathsThatWorkFromAnyFolder()
    {
        Study study;
        study.base = "models/../base/";
        study.fineTuned = "f";
        study.corpus = "c";
        const auto values = pipeline::studyValues(study);
        QCOMPARE(values.front().first, std::string("base"));
        QCOMPARE(values.front().second, (fs::current_path() / "base").string());
    }

    void damagedValuesAreMalformed()
    {
        const auto sound = pipeline::studyValues(fullStudy());
        for (std::size_t place = 0; place < sound.size(); ++place) {
            auto values = sound;
            values.erase(values.begin() + static_cast<std::ptrdiff_t>(place));
            const auto read = pipeline::studyFromValues(values);
            if (isNewer(sound[place].first)) {
                VERIFY_RESULT(read);
                continue;
            }
            QVERIFY2(!read, sound[place].first.c_str());
            QCOMPARE(read.error().code, ErrorCode::Malformed);
            QVERIFY(read.error().message.find(sound[place].first) != std::string::npos);
        }
        auto values = sound;
        for (auto& [key, value] : values)
            value = key == "theta" ? "ninety" : value;
        QCOMPARE(pipeline::studyFromValues(values).error().code, ErrorCode::Malformed);
    }

private:
    /// Settings that projects of the first versions do not have.
    static bool isNewer(const std::string& key)
    {
        return key == "pair_column" || key == "long_sentences" || key == "precision" || key == "store";
    }
    [[nodiscard]] fs::path write(const std::string& content) const
    {
        const fs::path folder = fs::path(m_folder.path().toStdString()) / "studies";
        fs::create_directories(folder);
        std::ofstream(folder / "study.toml") << content;
        return folder / "study.toml";
    }
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestStudy)
#include "tst_study.moc"
