// The project file: what is written is read again, every refusal has its code, nothing is lost on failure.

#include <QtTest/QtTest>

#include <csignal>
#include <filesystem>

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/job_context.h"
#include "project/project_file.h"
#include "run_sql.h"
#include "sample_project.h"
#include "support/reference.h"

using namespace palimpsest;
using base::ErrorCode;
using project::ProjectFile;
using project::Side;
using testing::chainLinkage;
using testing::fileContent;
using testing::sampleTokens;
namespace fs = std::filesystem;

namespace {

constexpr base::Fingerprint kKey{0xfedcba9876543210U, 0x8000000000000001U};
constexpr base::Fingerprint kOtherKey{1, 2};

/// While it lives, no file may grow beyond `bytes`: what a full disk does to a writer.
class SizeLimit {
public:
    explicit SizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~SizeLimit() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    SizeLimit(const SizeLimit&) = delete;
    SizeLimit& operator=(const SizeLimit&) = delete;

private:
    rlimit m_before{};
};

/// Permissions bind nobody who is root: while it lives, a root process is nobody.
class WithoutPrivilege {
public:
    WithoutPrivilege()
        : m_user(::geteuid())
    {
        m_dropped = m_user != 0 || ::seteuid(65534) == 0;
    }
    ~WithoutPrivilege()
    {
        if (m_user == 0)
            static_cast<void>(::seteuid(0));
    }
    WithoutPrivilege(const WithoutPrivilege&) = delete;
    WithoutPrivilege& operator=(const WithoutPrivilege&) = delete;
    [[nodiscard]] bool dropped() const { return m_dropped; }

private:
    uid_t m_user;
    bool m_dropped = false;
};

} // namespace

class TestProjectFile : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void sideAndStageNames()
    {
        QCOMPARE(project::sideName(Side::Base), std::string_view("base"));
        QCOMPARE(project::sideName(Side::FineTuned), std::string_view("finetuned"));
        QCOMPARE(project::linkageStage(Side::Base, 3), std::string("linkage.base.3"));
    }

    void aNewProjectIsEmptyAndMarkedAsOurs()
    {
        const fs::path path = file("ünïcode name.palimpsest");
        auto project = ProjectFile::openOrCreate(path);
        VERIFY_RESULT(project);
        QVERIFY(project.value().values().value().empty());
        QVERIFY(project.value().linkages().value().empty());
        QVERIFY(project.value().warnings().value().empty());
        QVERIFY(!project.value().stageKey("tokens").value());
        QCOMPARE(project.value().readTokens().error().code, ErrorCode::NotFound);
        // sqlite.org/fileformat2.html: big-endian user version at 60, application id at 68.
        const std::string bytes = fileContent(path);
        QCOMPARE(bytes.substr(60, 4), std::string("\0\0\0\6", 4));
        QCOMPARE(bytes.substr(68, 4), std::string("PLMP"));
        QCOMPARE(filesInFolder(), std::size_t{1}); // neither .part nor journal
    }

    void valuesAreKeptSortedAndReplaced()
    {
        const fs::path path = file("p");
        {
            auto project = ProjectFile::openOrCreate(path);
            VERIFY_RESULT(project);
            VERIFY_RESULT(project.value().setValues({{"theta", "0.9"}, {"k", "600"}, {"empty", ""}}));
            VERIFY_RESULT(project.value().setValue("k", "50"));
            VERIFY_RESULT(project.value().setValue("name", std::string("a\0b", 3)));
        }
        auto project = ProjectFile::open(path, ProjectFile::Mode::ReadOnly);
        VERIFY_RESULT(project);
        const std::vector<std::pair<std::string, std::string>> expected{
            {"empty", ""}, {"k", "50"}, {"name", std::string("a\0b", 3)}, {"theta", "0.9"}};
        QCOMPARE(project.value().values().value(), expected);
        QCOMPARE(project.value().value("k").value(), std::optional<std::string>("50"));
        QVERIFY(!project.value().value("K").value());
    }

    void tokensRoundTrip()
    {
        const auto written = sampleTokens();
        const fs::path path = file("p");
        VERIFY_RESULT(create(path).writeTokens(*written, kKey));
        auto project = ProjectFile::open(path, ProjectFile::Mode::ReadOnly);
        VERIFY_RESULT(project);
        auto read = project.value().readTokens();
        VERIFY_RESULT(read);
        const auto& before = written->corpus().parts();
        const auto& after = read.value()->corpus().parts();
        QVERIFY(after.vocabulary == before.vocabulary);
        QVERIFY(after.words == before.words);
        QVERIFY(after.sentenceStart == before.sentenceStart);
        QVERIFY(after.sentenceClass == before.sentenceClass);
        QVERIFY(after.sourceLine == before.sourceLine);
        QVERIFY(after.classNames == before.classNames);
        QCOMPARE(read.value()->size(), written->size());
        for (std::size_t row = 0; row < written->size(); ++row) {
            const auto id = base::toId<base::TokenId>(row);
            QCOMPARE(read.value()->token(id).sentence, written->token(id).sentence);
            QCOMPARE(read.value()->token(id).position, written->token(id).position);
            QCOMPARE(read.value()->token(id).word, written->token(id).word);
        }
        QVERIFY(project.value().stageKey("tokens").value() == kKey);
    }

    void linkagesRoundTripInOrder()
    {
        const fs::path path = file("p");
        const cluster::Linkage linkage = chainLinkage(40, 1.0 / 3.0);
        {
            ProjectFile project = create(path);
            VERIFY_RESULT(project.writeLinkage(Side::FineTuned, 2, linkage, kKey));
            VERIFY_RESULT(project.writeLinkage(Side::Base, 10, linkage, kKey));
            VERIFY_RESULT(project.writeLinkage(Side::Base, 2, chainLinkage(5), kOtherKey));
            VERIFY_RESULT(project.writeLinkage(Side::Base, 2, linkage, kKey)); // replaced
        }
        auto project = ProjectFile::open(path, ProjectFile::Mode::ReadOnly);
        VERIFY_RESULT(project);
        const auto entries = project.value().linkages();
        VERIFY_RESULT(entries);
        QCOMPARE(entries.value().size(), std::size_t{3});
        QCOMPARE(entries.value()[0].layer, 2);
        QCOMPARE(entries.value()[1].layer, 10);
        QCOMPARE(entries.value()[2].side, Side::FineTuned);
        QCOMPARE(entries.value()[0].leafCount, std::size_t{40});
        QVERIFY(project.value().stageKey("linkage.base.2").value() == kKey);
        const auto read = project.value().readLinkage(Side::Base, 2);
        VERIFY_RESULT(read);
        for (std::size_t merge = 0; merge < 39; ++merge) {
            QCOMPARE(read.value().merges()[merge].left, linkage.merges()[merge].left);
            QCOMPARE(read.value().merges()[merge].right, linkage.merges()[merge].right);
            QCOMPARE(read.value().merges()[merge].size, linkage.merges()[merge].size);
            QVERIFY(read.value().merges()[merge].height == linkage.merges()[merge].height);
        }
        QCOMPARE(project.value().readLinkage(Side::Base, 3).error().code, ErrorCode::NotFound);
    }

    void newTokensDropWhatBelongedToTheOldRows()
    {
        ProjectFile project = create(file("p"));
        VERIFY_RESULT(project.writeTokens(*sampleTokens(), kKey));
        VERIFY_RESULT(project.writeLinkage(Side::Base, 0, chainLinkage(40), kKey));
        VERIFY_RESULT(project.writeWarnings("tokens", {"old"}));
        VERIFY_RESULT(project.setValue("k", "600"));
        VERIFY_RESULT(project.writeTokens(*sampleTokens(2), kOtherKey));
        QVERIFY(project.linkages().value().empty());
        QVERIFY(!project.stageKey("linkage.base.0").value());
        QVERIFY(project.warnings().value().empty());
        QVERIFY(project.stageKey("tokens").value() == kOtherKey);
        QCOMPARE(project.readTokens().value()->size(), std::size_t{20});
        QCOMPARE(project.value("k").value(), std::optional<std::string>("600"));
    }

    void aDroppedLinkageTakesItsKeyAndWarningsAlong()
    {
        ProjectFile project = create(file("p"));
        VERIFY_RESULT(project.writeLinkage(Side::Base, 1, chainLinkage(4), kKey));
        VERIFY_RESULT(project.writeLinkage(Side::Base, 11, chainLinkage(4), kKey));
        VERIFY_RESULT(project.writeWarnings("linkage.base.1", {"gone"}));
        VERIFY_RESULT(project.writeWarnings("linkage.base.11", {"stays"}));
        VERIFY_RESULT(project.dropLinkage(Side::Base, 1));
        QCOMPARE(project.linkages().value().size(), std::size_t{1});
        QVERIFY(!project.stageKey("linkage.base.1").value());
        QVERIFY(project.stageKey("linkage.base.11").value() == kKey);
        QCOMPARE(project.warnings().value(), std::vector<std::string>{"stays"});
        VERIFY_RESULT(project.dropLinkage(Side::Base, 1)); // not there any more: nothing to do
    }

    void warningsAreReplacedPerStageInTheOrderGiven()
    {
        ProjectFile project = create(file("p"));
        VERIFY_RESULT(project.writeWarnings("tokens", {"z", "a"}));
        VERIFY_RESULT(project.writeWarnings("activations.base", {"m"}));
        QCOMPARE(project.warnings().value(), (std::vector<std::string>{"z", "a", "m"}));
        VERIFY_RESULT(project.writeWarnings("tokens", {"b"}));
        QCOMPARE(project.warnings().value(), (std::vector<std::string>{"m", "b"}));
        VERIFY_RESULT(project.writeWarnings("tokens", {}));
        QCOMPARE(project.warnings().value(), std::vector<std::string>{"m"});
    }

    void writesInOneBlockAreAllKeptOrNone()
    {
        ProjectFile project = create(file("p"));
        VERIFY_RESULT(project.setValue("k", "600"));
        const auto failed = project.atomically([&]() -> base::Status {
            PALIMPSEST_CHECK(project.setValue("k", "50"));
            PALIMPSEST_CHECK(project.writeTokens(*sampleTokens(), kKey));
            return base::cancelled();
        });
        QCOMPARE(failed.error().code, ErrorCode::Cancelled);
        QCOMPARE(project.value("k").value(), std::optional<std::string>("600"));
        QVERIFY(!project.stageKey("tokens").value());
        VERIFY_RESULT(project.atomically([&] { return project.setValue("k", "50"); }));
        QCOMPARE(project.value("k").value(), std::optional<std::string>("50"));
    }

    void readersSeeOneStateWhileAWriterWaits()
    {
        const fs::path path = file("p");
        ProjectFile writer = create(path);
        VERIFY_RESULT(writer.setValue("k", "1"));
        auto reader = ProjectFile::open(path, ProjectFile::Mode::ReadOnly);
        VERIFY_RESULT(reader);
        VERIFY_RESULT(reader.value().consistently([&]() -> base::Status {
            PALIMPSEST_TRY(first, reader.value().value("k"));
            // The reader's lock keeps the writer from finishing; it gives up after its wait.
            const auto written = writer.setValue("k", "2");
            PALIMPSEST_TRY(second, reader.value().value("k"));
            return !written && first == second ? base::Status() : base::cancelled();
        }));
        VERIFY_RESULT(writer.setValue("k", "2"));
    }

    void sameWritesGiveTheSameBytes()
    {
        for (const char* name : {"one", "two"}) {
            ProjectFile project = create(file(name));
            VERIFY_RESULT(project.setValues({{"k", "600"}, {"theta", "0.9"}}));
            VERIFY_RESULT(project.writeTokens(*sampleTokens(), kKey));
            VERIFY_RESULT(project.writeLinkage(Side::Base, 0, chainLinkage(40), kKey));
        }
        QVERIFY(fileContent(file("one")) == fileContent(file("two")));
    }

    void whatIsNotAProjectIsRefusedAndUntouched_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("the demo of a\tday\n").repeated(20);
        QTest::newRow("cut header") << QByteArray("SQLite format 3\0", 16);
        QTest::newRow("header without a database")
            << QByteArray("SQLite format 3\0", 16).leftJustified(200, 'P');
    }

    void whatIsNotAProjectIsRefusedAndUntouched()
    {
        QFETCH(QByteArray, content);
        const fs::path path = file("p");
        testing::writeFile(path, content.toStdString());
        for (const auto& opened : {ProjectFile::open(path, ProjectFile::Mode::ReadOnly).error(),
                 ProjectFile::open(path, ProjectFile::Mode::ReadWrite).error(),
                 ProjectFile::openOrCreate(path).error()}) {
            QCOMPARE(opened.code, ErrorCode::Malformed);
            QVERIFY(opened.message.find("not a Palimpsest project") != std::string::npos);
            QVERIFY(opened.message.find(path.string()) != std::string::npos);
        }
        QCOMPARE(fileContent(path), content.toStdString());
        QCOMPARE(filesInFolder(), std::size_t{1});
    }

    void anotherProgramsDatabaseIsRefusedAndUntouched()
    {
        const fs::path path = file("p");
        testing::runSql(path, "CREATE TABLE bookmark (url TEXT); PRAGMA user_version=1");
        const std::string before = fileContent(path);
        const auto error = ProjectFile::openOrCreate(path).error();
        QCOMPARE(error.code, ErrorCode::Malformed);
        QVERIFY(error.message.find("another program") != std::string::npos);
        QVERIFY(fileContent(path) == before);
    }

    void aNewerLayoutIsRefusedAndUntouched()
    {
        const fs::path path = file("p");
        VERIFY_RESULT(create(path).setValue("k", "600"));
        testing::runSql(path, "PRAGMA user_version=1000");
        const std::string before = fileContent(path);
        for (const auto mode : {ProjectFile::Mode::ReadOnly, ProjectFile::Mode::ReadWrite}) {
            const auto error = ProjectFile::open(path, mode).error();
            QCOMPARE(error.code, ErrorCode::NewerVersion);
            QVERIFY(error.message.find("newer Palimpsest") != std::string::npos);
        }
        QVERIFY(fileContent(path) == before);
    }

    void aMissingFileFolderOrAFolderIsNotFound()
    {
        QCOMPARE(
            ProjectFile::open(file("none"), ProjectFile::Mode::ReadOnly).error().code, ErrorCode::NotFound);
        QCOMPARE(ProjectFile::openOrCreate(file("none") / "p").error().code, ErrorCode::NotFound);
        fs::create_directory(file("folder"));
        const auto error = ProjectFile::openOrCreate(file("folder")).error();
        QCOMPARE(error.code, ErrorCode::NotFound);
        QVERIFY(error.message.find("is a folder") != std::string::npos);
    }

    void aReadOnlyFileCanBeReadButNotWritten()
    {
        const fs::path path = file("p");
        VERIFY_RESULT(create(path).setValue("k", "600"));
        fs::permissions(path, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
        fs::permissions(path.parent_path(), fs::perms(0755));
        const WithoutPrivilege nobody;
        QVERIFY(nobody.dropped());
        const auto error = ProjectFile::openOrCreate(path).error();
        QCOMPARE(error.code, ErrorCode::WriteFailed);
        QVERIFY(error.message.find("read-only") != std::string::npos);
        auto project = ProjectFile::open(path, ProjectFile::Mode::ReadOnly);
        VERIFY_RESULT(project);
        QCOMPARE(project.value().value("k").value(), std::optional<std::string>("600"));
        QCOMPARE(project.value().setValue("k", "1").error().code, ErrorCode::WriteFailed);
    }

    void aFullDiskLeavesTheOldContent()
    {
        const fs::path path = file("p");
        ProjectFile project = create(path);
        VERIFY_RESULT(project.writeTokens(*sampleTokens(), kKey));
        VERIFY_RESULT(project.writeLinkage(Side::Base, 0, chainLinkage(40), kKey));
        {
            const SizeLimit limit(fs::file_size(path) + 4096);
            const auto error = project.writeTokens(*sampleTokens(5000), kOtherKey).error();
            QCOMPARE(error.code, ErrorCode::DiskFull);
            QVERIFY(error.message.find("free some space") != std::string::npos);
        }
        for (int time = 0; time < 2; ++time) { // by the same connection, then by a new one
            QVERIFY(project.stageKey("tokens").value() == kKey);
            QCOMPARE(project.readTokens().value()->size(), std::size_t{40});
            QCOMPARE(project.readLinkage(Side::Base, 0).value().leafCount(), std::size_t{40});
            auto again = ProjectFile::open(path, ProjectFile::Mode::ReadWrite);
            VERIFY_RESULT(again);
            project = std::move(again.value());
        }
        VERIFY_RESULT(project.writeTokens(*sampleTokens(5000), kOtherKey));
    }

    void aFullDiskLeavesNoHalfProject()
    {
        const SizeLimit limit(1000);
        const auto error = ProjectFile::openOrCreate(file("p")).error();
        QCOMPARE(error.code, ErrorCode::DiskFull);
        QCOMPARE(filesInFolder(), std::size_t{0});
    }

    void aJournalLeftByAKilledWriterIsRolledBackForReaders()
    {
        const fs::path path = file("p");
        VERIFY_RESULT(create(path).setValue("k", "600"));
        // What a crash leaves: database and journal of an unfinished write, whose lock died with its process.
        sqlite3* writer = nullptr;
        QCOMPARE(sqlite3_open(path.c_str(), &writer), SQLITE_OK);
        QCOMPARE(sqlite3_exec(writer,
                     "PRAGMA cache_size=1; PRAGMA cache_spill=1; BEGIN; UPDATE value SET value='broken';"
                     "CREATE TABLE filler (data BLOB); INSERT INTO filler VALUES (zeroblob(1000000));",
                     nullptr, nullptr, nullptr),
            SQLITE_OK);
        fs::create_directory(file("crashed"));
        const fs::path copy = file("crashed") / "p";
        fs::copy_file(path, copy);
        QVERIFY(fs::exists(path.string() + "-journal"));
        fs::copy_file(path.string() + "-journal", copy.string() + "-journal");
        sqlite3_close(writer);

        auto project = ProjectFile::open(copy, ProjectFile::Mode::ReadOnly);
        VERIFY_RESULT(project);
        QCOMPARE(project.value().value("k").value(), std::optional<std::string>("600"));
        QVERIFY(!fs::exists(copy.string() + "-journal"));
    }

    void aSecondWriterIsToldThatTheFileIsInUse()
    {
        const fs::path path = file("p");
        ProjectFile first = create(path);
        ProjectFile second = create(path);
        VERIFY_RESULT(first.atomically([&]() -> base::Status {
            const auto refused = second.setValue("k", "2");
            return !refused && refused.error().code == ErrorCode::WriteFailed
                    && refused.error().message.find("in use") != std::string::npos
                ? base::Status()
                : base::cancelled();
        }));
    }

private:
    [[nodiscard]] fs::path file(const char* name) const
    {
        return fs::path(m_folder->path().toStdString()) / name;
    }
    [[nodiscard]] static ProjectFile create(const fs::path& path)
    {
        return std::move(ProjectFile::openOrCreate(path)).value();
    }
    [[nodiscard]] std::size_t filesInFolder() const
    {
        const fs::directory_iterator files(m_folder->path().toStdString());
        return static_cast<std::size_t>(std::distance(begin(files), end(files)));
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestProjectFile)
#include "tst_project_file.moc"
