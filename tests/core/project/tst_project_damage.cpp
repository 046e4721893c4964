// A project file from a broken disk or a stranger: every damage is Malformed in one sentence, never a crash.

#include <QtTest/QtTest>

#include <filesystem>
#include <random>

#include "project/project_file.h"
#include "project/study_results.h"
#include "run_sql.h"
#include "sample_project.h"
#include "support/reference.h"

using namespace palimpsest;
using base::ErrorCode;
using project::ProjectFile;
using project::Side;
using project::StudyResults;
namespace fs = std::filesystem;

class TestProjectDamage : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = fs::path(m_folder->path().toStdString()) / "p.palimpsest";
        auto project = ProjectFile::openOrCreate(m_path);
        VERIFY_RESULT(project);
        VERIFY_RESULT(project.value().writeTokens(*testing::sampleTokens(), {1, 2}));
        for (const Side side : {Side::Base, Side::FineTuned})
            VERIFY_RESULT(project.value().writeLinkage(side, 0, testing::chainLinkage(40), {3, 4}));
        VERIFY_RESULT(project.value().setValue("k", "10"));
    }

    void theSampleIsSound() { VERIFY_RESULT(readAll()); }

    void damageIsMalformed_data()
    {
        QTest::addColumn<QByteArray>("sql");
        for (const char* array : {"vocabulary.lengths", "vocabulary.text", "words", "sentence.start",
                 "sentence.class", "sentence.line", "class.lengths", "row.sentence", "row.position"}) {
            const QByteArray where = QByteArray(" WHERE name='") + array + "'";
            QTest::newRow((QByteArray(array) + " missing").constData()) << "DELETE FROM token_array" + where;
            QTest::newRow((QByteArray(array) + " cut").constData())
                << "UPDATE token_array SET data=substr(data, 1, length(data) - 3)" + where;
            QTest::newRow((QByteArray(array) + " shorter").constData())
                << "UPDATE token_array SET data=substr(data, 1, length(data) - 4)" + where;
            QTest::newRow((QByteArray(array) + " huge numbers").constData())
                << "UPDATE token_array SET data=X'FFFFFFFFFEFFFFFF'" + where;
            QTest::newRow((QByteArray(array) + " text instead of bytes").constData())
                << "UPDATE token_array SET data='abc'" + where;
        }
        QTest::newRow("merges cut") << QByteArray("UPDATE linkage SET merges=substr(merges, 1, 100)");
        QTest::newRow("merges zero") << QByteArray("UPDATE linkage SET merges=zeroblob(length(merges))");
        QTest::newRow("no merges") << QByteArray("UPDATE linkage SET merges=X''");
        QTest::newRow("heights not a number")
            << QByteArray("UPDATE linkage SET merges=CAST(substr(merges, 1, 12) || X'000000000000F87F' || "
                          "substr(merges, 21) AS BLOB)");
        QTest::newRow("leaf count") << QByteArray("UPDATE linkage SET leaf_count=41");
        QTest::newRow("huge leaf count") << QByteArray("UPDATE linkage SET leaf_count=9223372036854775807");
        QTest::newRow("negative leaf count") << QByteArray("UPDATE linkage SET leaf_count=-1");
        QTest::newRow("layer") << QByteArray("UPDATE linkage SET layer=-5 WHERE side=0");
        QTest::newRow("side") << QByteArray("UPDATE linkage SET side=7 WHERE side=0");
        QTest::newRow("table gone") << QByteArray("DROP TABLE linkage");
        QTest::newRow("table of another form")
            << QByteArray("DROP TABLE token_array; CREATE TABLE token_array (name TEXT, bytes BLOB)");
        QTest::newRow("layout zero") << QByteArray("PRAGMA user_version=0");
        QTest::newRow("layout negative") << QByteArray("PRAGMA user_version=-1");
    }

    void damageIsMalformed()
    {
        QFETCH(QByteArray, sql);
        testing::runSql(m_path, sql.constData());
        const auto status = readAll();
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Malformed);
        QVERIFY(status.error().message.find("damaged") != std::string::npos);
        QVERIFY(status.error().message.find('\n') == std::string::npos);
    }

    void aCutFileIsMalformed()
    {
        fs::resize_file(m_path, fs::file_size(m_path) / 2);
        QCOMPARE(readAll().error().code, ErrorCode::Malformed);
    }

    /// Flipped bytes may hit unused space or a value that any number fits; what counts is that each attempt
    /// ends with a project or with an error.
    void flippedBytesNeverCrash()
    {
        const std::string sound = testing::fileContent(m_path);
        std::mt19937 random(7);
        int refused = 0;
        for (int attempt = 0; attempt < 300; ++attempt) {
            std::string damaged = sound;
            for (int flip = 0; flip < 8; ++flip)
                damaged[random() % damaged.size()] = static_cast<char>(random() & 0xffU);
            testing::writeFile(m_path, damaged);
            if (const auto status = readAll(); !status) {
                ++refused;
                QVERIFY(!status.error().message.empty());
            }
        }
        QVERIFY(refused > 0);
    }

private:
    [[nodiscard]] base::Status readAll() const
    {
        PALIMPSEST_TRY(results, StudyResults::open(m_path));
        for (const Side side : {Side::Base, Side::FineTuned})
            PALIMPSEST_CHECK(results->linkage(side, 0));
        return {};
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_path;
};

QTEST_GUILESS_MAIN(TestProjectDamage)
#include "tst_project_damage.moc"
