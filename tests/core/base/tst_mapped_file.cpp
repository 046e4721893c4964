// Inputs are mapped read-only; outputs appear under their name only when they are complete.

#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mapped_file.h"
#include "base/mapped_pages.h"
#include "support/reference.h"

using namespace palimpsest::base;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, std::string_view content)
{
    std::ofstream(path, std::ios::binary) << content;
}

std::string contentOf(const fs::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string text(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::size_t fileCount(const fs::path& folder)
{
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/// Lets files of this process grow to `bytes` and no further: what a full disk looks like to a program.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes)
        : m_handler(std::signal(SIGXFSZ, SIG_IGN))
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit limit = m_before;
        limit.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit m_before{};
    void (*m_handler)(int);
};

/// Root may read everything: the part of a test that needs a person without rights runs as nobody.
class WithoutRootRights {
public:
    WithoutRootRights()
        : m_user(::geteuid())
    {
        if (m_user == 0)
            m_dropped = ::seteuid(65534) == 0;
    }
    ~WithoutRootRights()
    {
        if (m_dropped && ::seteuid(m_user) != 0)
            std::abort();
    }
    WithoutRootRights(const WithoutRootRights&) = delete;
    WithoutRootRights& operator=(const WithoutRootRights&) = delete;

private:
    uid_t m_user;
    bool m_dropped = false;
};

} // namespace

class MappedFileTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void mapsTheContent();
    void mapsAnEmptyFile();
    void keepsTheBytesWhenMoved();
    void refusesWhatIsNotThere();
    void refusesAFolder();
    void refusesAFileWithoutPermission();
    void readsSmallFilesUpToALimit();
    void outputAppearsAtCommit();
    void outputReplacesAnOlderFile();
    void outputThatIsNotCommittedLeavesNothing();
    void outputSurvivesAMove();
    void releasedPagesKeepWhatWasWritten();
    void emptyOutputIsAFile();
    void fullDiskIsAnErrorBeforeAnythingIsWritten();
    void folderThatDoesNotExistIsNamed();
    void failedCommitLeavesNoPart();
    void namesMayHoldSpacesAndLetters();

private:
    fs::path m_folder;
    std::unique_ptr<QTemporaryDir> m_temporary;
};

void MappedFileTest::init()
{
    m_temporary = std::make_unique<QTemporaryDir>();
    m_folder = m_temporary->path().toStdString();
}

void MappedFileTest::mapsTheContent()
{
    write(m_folder / "a", std::string("one\0two\n", 8));
    const auto file = MappedFile::open(m_folder / "a");
    VERIFY_RESULT(file);
    QCOMPARE(text(file.value().bytes()), std::string("one\0two\n", 8));
    QCOMPARE(file.value().path(), m_folder / "a");
}

void MappedFileTest::mapsAnEmptyFile()
{
    write(m_folder / "a", "");
    const auto file = MappedFile::open(m_folder / "a");
    VERIFY_RESULT(file);
    QVERIFY(file.value().bytes().empty());
}

void MappedFileTest::keepsTheBytesWhenMoved()
{
    write(m_folder / "a", "first");
    write(m_folder / "b", "second");
    auto first = MappedFile::open(m_folder / "a");
    auto second = MappedFile::open(m_folder / "b");
    const std::byte* address = first.value().bytes().data();
    MappedFile moved = std::move(first).value();
    QCOMPARE(moved.bytes().data(), address);
    moved = std::move(second).value();
    QCOMPARE(text(moved.bytes()), std::string("second"));
}

void MappedFileTest::refusesWhatIsNotThere()
{
    const auto file = MappedFile::open(m_folder / "absent");
    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::NotFound);
    QVERIFY(file.error().message.find((m_folder / "absent").string()) != std::string::npos);
    write(m_folder / "a", "x");
    QCOMPARE(MappedFile::open(m_folder / "a" / "b").error().code, ErrorCode::NotFound);
}

void MappedFileTest::refusesAFolder()
{
    const auto file = MappedFile::open(m_folder);
    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::NotFound);
    QVERIFY(file.error().message.find("folder") != std::string::npos);
}

void MappedFileTest::refusesAFileWithoutPermission()
{
    write(m_folder / "a", "secret");
    fs::permissions(m_folder / "a", fs::perms::none);
    const WithoutRootRights nobody;
    const auto file = MappedFile::open(m_folder / "a");
    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::Unreadable);
}

void MappedFileTest::readsSmallFilesUpToALimit()
{
    write(m_folder / "a", "12345");
    QCOMPARE(readFile(m_folder / "a", 5).value(), std::string("12345"));
    const auto tooLarge = readFile(m_folder / "a", 4);
    QVERIFY(!tooLarge);
    QCOMPARE(tooLarge.error().code, ErrorCode::TooLarge);
}

void MappedFileTest::outputAppearsAtCommit()
{
    const fs::path path = m_folder / "out";
    auto output = MappedOutput::create(path, 5);
    VERIFY_RESULT(output);
    std::memcpy(output.value().bytes().data(), "hello", 5);
    QVERIFY(!fs::exists(path));
    QVERIFY(fs::exists(m_folder / "out.part"));
    VERIFY_RESULT(output.value().commit());
    QVERIFY(output.value().bytes().empty());
    QCOMPARE(contentOf(path), std::string("hello"));
    QCOMPARE(fileCount(m_folder), std::size_t{1});
}

void MappedFileTest::outputReplacesAnOlderFile()
{
    const fs::path path = m_folder / "out";
    VERIFY_RESULT(writeFileAtomically(path, "a longer, older text"));
    VERIFY_RESULT(writeFileAtomically(path, "new"));
    QCOMPARE(contentOf(path), std::string("new"));
}

void MappedFileTest::outputThatIsNotCommittedLeavesNothing()
{
    write(m_folder / "out", "old");
    {
        auto output = MappedOutput::create(m_folder / "out", 100);
        VERIFY_RESULT(output);
    }
    QCOMPARE(contentOf(m_folder / "out"), std::string("old"));
    QCOMPARE(fileCount(m_folder), std::size_t{1});
}

void MappedFileTest::outputSurvivesAMove()
{
    MappedOutput kept;
    {
        auto output = MappedOutput::create(m_folder / "out", 3);
        VERIFY_RESULT(output);
        kept = std::move(output).value();
    }
    std::memcpy(kept.bytes().data(), "abc", 3);
    VERIFY_RESULT(kept.commit());
    QCOMPARE(contentOf(m_folder / "out"), std::string("abc"));
}

void MappedFileTest::releasedPagesKeepWhatWasWritten()
{
    constexpr std::size_t kSize = std::size_t{64} << 20U;
    auto output = MappedOutput::create(m_folder / "out", kSize);
    VERIFY_RESULT(output);
    const auto bytes = output.value().bytes();
    const auto resident = [] {
        std::ifstream sizes("/proc/self/statm");
        std::size_t all = 0;
        std::size_t pages = 0;
        sizes >> all >> pages;
        return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    };
    std::memset(bytes.data(), 'x', bytes.size());
    const std::size_t full = resident();
    releasePages(bytes.subspan(100, kSize - 200)); // as a tensor lies in its file
    QVERIFY(full - resident() > kSize / 2);
    QVERIFY(bytes.front() == std::byte{'x'} && bytes[kSize / 2] == std::byte{'x'});
    bytes[kSize / 2] = std::byte{'y'};
    releasePages({});
    releasePages(bytes);
    VERIFY_RESULT(output.value().commit());
    const std::string content = contentOf(m_folder / "out");
    QCOMPARE(content.size(), kSize);
    QCOMPARE(static_cast<std::size_t>(std::count(content.begin(), content.end(), 'x')), kSize - 1);
    QCOMPARE(content[kSize / 2], 'y');
}

void MappedFileTest::emptyOutputIsAFile()
{
    VERIFY_RESULT(writeFileAtomically(m_folder / "out", ""));
    QCOMPARE(fs::file_size(m_folder / "out"), std::uintmax_t{0});
}

void MappedFileTest::fullDiskIsAnErrorBeforeAnythingIsWritten()
{
    write(m_folder / "out", "old");
    const FileSizeLimit limit(64 * 1024);
    VERIFY_RESULT(MappedOutput::create(m_folder / "small", 64 * 1024));
    const auto output = MappedOutput::create(m_folder / "out", 64 * 1024 + 1);
    QVERIFY(!output);
    QCOMPARE(output.error().code, ErrorCode::DiskFull);
    QVERIFY(output.error().message.find((m_folder / "out").string()) != std::string::npos);
    QCOMPARE(
        writeFileAtomically(m_folder / "out", std::string(100'000, 'x')).error().code, ErrorCode::DiskFull);
    QCOMPARE(contentOf(m_folder / "out"), std::string("old"));
    QCOMPARE(fileCount(m_folder), std::size_t{1});
}

void MappedFileTest::folderThatDoesNotExistIsNamed()
{
    const auto output = MappedOutput::create(m_folder / "absent" / "out", 1);
    QVERIFY(!output);
    QCOMPARE(output.error().code, ErrorCode::NotFound);
    QVERIFY(output.error().message.find("folder") != std::string::npos);
}

void MappedFileTest::failedCommitLeavesNoPart()
{
    fs::create_directory(m_folder / "out");
    auto output = MappedOutput::create(m_folder / "out", 1);
    VERIFY_RESULT(output);
    const Status status = output.value().commit();
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::WriteFailed);
    QVERIFY(!fs::exists(m_folder / "out.part"));
}

void MappedFileTest::namesMayHoldSpacesAndLetters()
{
    const fs::path path = m_folder / "wörter und sätze";
    VERIFY_RESULT(writeFileAtomically(path, "ä"));
    QCOMPARE(readFile(path, 10).value(), std::string("ä"));
}

QTEST_APPLESS_MAIN(MappedFileTest)
#include "tst_mapped_file.moc"
