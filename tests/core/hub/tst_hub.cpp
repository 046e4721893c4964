// Checkpoints by id: the cache of Hugging Face, and downloads from a server of the test's own
// (support/local_hub.h).

#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <atomic>
#include <fstream>
#include <stop_token>
#include <thread>

#include "base/mapped_file.h"
#include "hub/digest.h"
#include "hub/http.h"
#include "hub/hub_cache.h"
#include "hub/model_source.h"
#include "support/local_hub.h"
#include "support/reference.h"

using namespace palimpsest;
using base::ErrorCode;
namespace fs = std::filesystem;

class tst_Hub : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void idsAreWhatTheHubAllows();
    void theCacheIsWhereTheLibrariesLook();
    void checksumsAreThoseOfTheTools();
    void aSnapshotIsFoundByItsBranchAndByItsCommit();
    void nothingIsFetchedUnasked();
    void aModelIsFetchedIntoTheCachesLayout();
    void theTokenGoesToTheHubOnly();
    void whatIsThereIsNotFetchedAgain();
    void aCachedModelIsTakenWhereTheHubIsDown();
    void aBrokenDownloadGoesOnWhereItStopped();
    void aServerWithoutRangesStartsAgain();
    void shardsComeWithTheirIndex();
    void aStopRequestKeepsWhatArrived();
    void refusalsSayWhatToDo_data();
    void refusalsSayWhatToDo();

private:
    base::Result<fs::path> fetch(const std::string& name, const base::JobContext& ctx = {}) const
    {
        return hub::downloadModel("org/" + name, m_options, ctx);
    }
    QString log() const
    {
        QString text;
        hub::HttpClient client(m_options.endpoint, {});
        hub::HttpClient::Request request;
        request.url = m_options.endpoint + "/log";
        request.body = [&](std::string_view part) {
            text += QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size()));
            return base::Status();
        };
        (void)client.send(request, {});
        return text;
    }
    fs::path blobs(const std::string& name) const
    {
        return hub::repositoryFolder(m_options.cache, "org/" + name) / "blobs";
    }

    std::unique_ptr<testing::LocalHub> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    hub::DownloadOptions m_options;
};

void tst_Hub::initTestCase()
{
    m_server = std::make_unique<testing::LocalHub>();
    QVERIFY(!m_server->endpoint().isEmpty());
    m_options.endpoint = m_server->endpoint().toStdString();
    m_options.token = "secret";
}

void tst_Hub::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_options.cache = m_folder->path().toStdString();
}

void tst_Hub::cleanupTestCase()
{
    m_server.reset();
}

void tst_Hub::idsAreWhatTheHubAllows()
{
    for (const char* id : {"gpt2", "org/name", "a-b/c_d.e"})
        QVERIFY2(hub::isHubId(id), id);
    for (const char* id :
        {"", "/", "a/", "/a", "a/b/c", "../a", "a/..", "a--b", "-a", "a b", "a/b\n", "~/a", "a\\b"})
        QVERIFY2(!hub::isHubId(id), id);
    QVERIFY(hub::isRevision("refs/pr/1"));
    QVERIFY(!hub::isRevision("../main"));
}

void tst_Hub::theCacheIsWhereTheLibrariesLook()
{
    for (const char* name : {"HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"})
        qunsetenv(name);
    qputenv("HOME", "/home/someone");
    QCOMPARE(hub::cacheFolder(), fs::path("/home/someone/.cache/huggingface/hub"));
    qputenv("XDG_CACHE_HOME", "/caches");
    QCOMPARE(hub::cacheFolder(), fs::path("/caches/huggingface/hub"));
    qputenv("HF_HOME", "~/hf");
    QCOMPARE(hub::cacheFolder(), fs::path("/home/someone/hf/hub"));
    qputenv("HF_HUB_CACHE", "/models");
    QCOMPARE(hub::cacheFolder(), fs::path("/models"));
}

void tst_Hub::checksumsAreThoseOfTheTools()
{
    const fs::path file = m_options.cache / "file";
    std::ofstream(file) << "hello\n";
    // sha256sum and git hash-object.
    QCOMPARE(hub::digestFile(file, hub::DigestKind::Sha256, {}).value(),
        std::string("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"));
    QCOMPARE(hub::digestFile(file, hub::DigestKind::GitBlob, {}).value(),
        std::string("ce013625030ba8dba906f756967f9e9ca394464a"));
}

void tst_Hub::aSnapshotIsFoundByItsBranchAndByItsCommit()
{
    const std::string commit(40, 'a');
    const fs::path folder = hub::repositoryFolder(m_options.cache, "org/kept");
    fs::create_directories(folder / "refs");
    fs::create_directories(folder / "snapshots" / commit);
    std::ofstream(folder / "refs" / "main") << commit;
    QCOMPARE(hub::findCached(m_options.cache, "org/kept").error().code, ErrorCode::NotFound);
    std::ofstream(folder / "snapshots" / commit / "config.json") << "{}";
    for (const std::string& name : {std::string("org/kept"), "org/kept@" + commit}) {
        const auto found = hub::findModel(name, false, m_options, {});
        VERIFY_RESULT(found);
        QCOMPARE(found.value(), folder / "snapshots" / commit);
    }
    std::ofstream(folder / "refs" / "main") << "../../../etc";
    QCOMPARE(hub::findCached(m_options.cache, "org/kept").error().code, ErrorCode::NotFound);
}

void tst_Hub::nothingIsFetchedUnasked()
{
    const QString before = log();
    const auto found = hub::findModel("org/good", false, m_options, {});
    QCOMPARE(found.error().code, ErrorCode::NotFound);
    QVERIFY(found.error().message.find("--download") != std::string::npos);
    QCOMPARE(log(), before);
    QCOMPARE(hub::findModel("no such/folder here", true, m_options, {}).error().code, ErrorCode::NotFound);
    QCOMPARE(hub::findModel(m_options.cache.string(), false, m_options, {}).value(), m_options.cache);
}

void tst_Hub::aModelIsFetchedIntoTheCachesLayout()
{
    double last = 0.0;
    bool rises = true;
    const auto folder = fetch("good",
        {{},
            [&](double fraction, std::string_view) {
                rises = rises && fraction >= last;
                last = fraction;
            },
            {}});
    VERIFY_RESULT(folder);
    QVERIFY(rises);
    QCOMPARE(last, 1.0);
    QCOMPARE(hub::findCached(m_options.cache, "org/good").value(), folder.value());
    for (const char* name : {"config.json", "tokenizer.json", "model.safetensors"}) {
        const fs::path link = fs::read_symlink(folder.value() / name);
        QCOMPARE(link.parent_path(), fs::path("../../blobs"));
        QVERIFY(fs::exists(folder.value() / name));
    }
    QVERIFY(!fs::exists(folder.value() / "README.md"));
    QCOMPARE(fs::file_size(folder.value() / "model.safetensors"), 1048576U);
}

void tst_Hub::theTokenGoesToTheHubOnly()
{
    VERIFY_RESULT(fetch("token"));
    bool toHub = false;
    bool toFiles = false;
    for (const QString& line : log().split(u'\n')) {
        if (!line.contains(QLatin1String("/token/")))
            continue;
        QCOMPARE(line.endsWith(QLatin1String("token=yes")), line.startsWith(QLatin1String("hub")));
        (line.startsWith(QLatin1String("hub")) ? toHub : toFiles) = true;
    }
    QVERIFY(toHub && toFiles);
    m_options.token = "two\r\nlines";
    QCOMPARE(fetch("token").error().code, ErrorCode::InvalidArgument);
    QVERIFY(fetch("token").error().message.find("two") == std::string::npos);
    m_options.token = "secret";
}

void tst_Hub::whatIsThereIsNotFetchedAgain()
{
    VERIFY_RESULT(fetch("again"));
    const auto count = [&] { return log().count(QLatin1String("files GET /again/")); };
    QCOMPARE(count(), 1);
    VERIFY_RESULT(fetch("again"));
    QCOMPARE(count(), 1);
}

void tst_Hub::aCachedModelIsTakenWhereTheHubIsDown()
{
    const auto placeOf = [&](const std::string& name) { return hub::locateModel(name, m_options).place; };
    QCOMPARE(placeOf("org/kept"), hub::ModelPlace::Elsewhere);
    QCOMPARE(placeOf("no such/folder here"), hub::ModelPlace::Nowhere);
    QCOMPARE(placeOf(m_options.cache.string()), hub::ModelPlace::Folder);
    const auto kept = fetch("kept");
    VERIFY_RESULT(kept);
    QCOMPARE(placeOf("org/kept"), hub::ModelPlace::Cached);

    hub::DownloadOptions down = m_options;
    down.endpoint = "http://127.0.0.1:1";
    for (const bool offline : {false, true}) {
        down.offline = offline;
        std::vector<std::string> warnings;
        const base::JobContext ctx{
            {}, {}, [&](std::string sentence) { warnings.push_back(std::move(sentence)); }};
        const auto found = hub::findModel("org/kept", true, down, ctx);
        VERIFY_RESULT(found);
        QCOMPARE(found.value(), kept.value());
        QCOMPARE(warnings.size(), 1U);
        QVERIFY2(warnings.front().ends_with("the copy of org/kept in the cache is used"),
            warnings.front().c_str());
        QCOMPARE(hub::findModel("org/other", true, down, {}).error().code, ErrorCode::Unreadable);
    }
}

void tst_Hub::aBrokenDownloadGoesOnWhereItStopped()
{
    const auto broken = fetch("cut");
    QCOMPARE(broken.error().code, ErrorCode::Unreadable);
    QCOMPARE(hub::findCached(m_options.cache, "org/cut").error().code, ErrorCode::NotFound);
    VERIFY_RESULT(fetch("cut"));
    QVERIFY(log().contains(QLatin1String("files GET /cut/model.safetensors range=bytes=524288-")));
}

void tst_Hub::aServerWithoutRangesStartsAgain()
{
    VERIFY_RESULT(fetch("norange"));
    const fs::path folder = hub::findCached(m_options.cache, "org/norange").value();
    const fs::path blob = fs::canonical(folder / "model.safetensors");
    fs::rename(blob, blob.string() + ".incomplete");
    fs::resize_file(blob.string() + ".incomplete", 1000);
    VERIFY_RESULT(fetch("norange"));
    QCOMPARE(fs::file_size(folder / "model.safetensors"), 1048576U);
}

void tst_Hub::shardsComeWithTheirIndex()
{
    const auto folder = fetch("sharded");
    VERIFY_RESULT(folder);
    for (const char* name : {"model.safetensors.index.json", "model-1.safetensors", "model-2.safetensors"})
        QVERIFY(fs::exists(folder.value() / name));
    QCOMPARE(fetch("outside").error().code, ErrorCode::Malformed);
}

void tst_Hub::aStopRequestKeepsWhatArrived()
{
    std::stop_source stop;
    const auto stopped = fetch("slow",
        {stop.get_token(),
            [&](double, std::string_view activity) {
                if (activity.find("model.safetensors") != std::string_view::npos)
                    stop.request_stop();
            },
            {}});
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    bool kept = false;
    for (const auto& entry : fs::directory_iterator(blobs("slow")))
        kept = kept || (entry.path().extension() == ".incomplete" && entry.file_size() > 0);
    QVERIFY(kept);
}

void tst_Hub::refusalsSayWhatToDo_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, ErrorCode code, const char* words) {
        QTest::newRow(name) << QString::fromLatin1(name) << static_cast<int>(code)
                            << QString::fromLatin1(words);
    };
    row("gated", ErrorCode::Unreadable, "accept the model's terms");
    row("missing", ErrorCode::NotFound, "check the spelling");
    row("damaged", ErrorCode::Malformed, "another checksum");
    row("nochecksum", ErrorCode::Malformed, "no checksum");
    row("nonsense", ErrorCode::Malformed, "HF_ENDPOINT");
    row("noweights", ErrorCode::NotFound, "no weights");
    row("huge", ErrorCode::DiskFull, "free some space");
}

void tst_Hub::refusalsSayWhatToDo()
{
    QFETCH(QString, name);
    QFETCH(int, code);
    QFETCH(QString, words);
    const auto result = fetch(name.toStdString());
    QVERIFY(!result);
    QCOMPARE(static_cast<int>(result.error().code), code);
    QVERIFY2(QString::fromStdString(result.error().message).contains(words), result.error().message.c_str());
    QVERIFY(result.error().message.find("secret") == std::string::npos);
    QCOMPARE(hub::findCached(m_options.cache, "org/" + name.toStdString()).error().code, ErrorCode::NotFound);

    hub::DownloadOptions nowhere = m_options;
    nowhere.endpoint = "http://127.0.0.1:1";
    QCOMPARE(hub::downloadModel("org/good", nowhere, {}).error().code, ErrorCode::Unreadable);
    nowhere.offline = true;
    QVERIFY(hub::downloadModel("org/good", nowhere, {}).error().message.find("OFFLINE") != std::string::npos);
}

QTEST_GUILESS_MAIN(tst_Hub)
#include "tst_hub.moc"
