// A job hears of a stop request and reports progress and warnings to whoever started it.

#include <QtTest/QtTest>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/job_context.h"

using namespace palimpsest::base;

namespace {

struct Heard {
    std::vector<std::pair<double, std::string>> progress;
    std::vector<std::string> warnings;

    JobContext context(std::stop_token stop = {})
    {
        return JobContext(
            std::move(stop),
            [this](double fraction, std::string_view activity) { progress.emplace_back(fraction, activity); },
            [this](std::string warning) { warnings.push_back(std::move(warning)); });
    }
};

} // namespace

class JobContextTest : public QObject {
    Q_OBJECT

private slots:
    void isSilentAndEndlessByDefault();
    void hearsOfAStopRequest();
    void passesProgressAndWarningsOn();
    void keepsProgressInRange();
    void mapsAPartIntoTheWhole();
    void partsMayHaveParts();
    void cancelledIsNoOrdinaryError();
};

void JobContextTest::isSilentAndEndlessByDefault()
{
    const JobContext ctx;
    QVERIFY(!ctx.stopRequested());
    ctx.progress(0.5, "halfway");
    ctx.warn("nobody listens");
    ctx.part(0.0, 0.5).progress(1.0, "still nobody");
}

void JobContextTest::hearsOfAStopRequest()
{
    std::stop_source source;
    Heard heard;
    const JobContext ctx = heard.context(source.get_token());
    const JobContext part = ctx.part(0.2, 0.4);
    QVERIFY(!ctx.stopRequested());
    source.request_stop();
    QVERIFY(ctx.stopRequested());
    QVERIFY(part.stopRequested());
    QVERIFY(ctx.stopToken().stop_requested());
}

void JobContextTest::passesProgressAndWarningsOn()
{
    Heard heard;
    const JobContext ctx = heard.context();
    ctx.progress(0.25, "layer 1 of 4");
    ctx.warn("2 sentences were left out");
    QCOMPARE(heard.progress.size(), std::size_t{1});
    QCOMPARE(heard.progress[0].first, 0.25);
    QCOMPARE(heard.progress[0].second, std::string("layer 1 of 4"));
    QCOMPARE(heard.warnings, std::vector<std::string>{"2 sentences were left out"});
}

void JobContextTest::keepsProgressInRange()
{
    Heard heard;
    const JobContext ctx = heard.context();
    ctx.progress(-1.0, "");
    ctx.progress(7.0, "");
    QCOMPARE(heard.progress[0].first, 0.0);
    QCOMPARE(heard.progress[1].first, 1.0);
}

void JobContextTest::mapsAPartIntoTheWhole()
{
    Heard heard;
    const JobContext part = heard.context().part(0.5, 0.75);
    part.progress(0.0, "begin");
    part.progress(0.5, "middle");
    part.progress(2.0, "end");
    part.warn("from the part");
    QCOMPARE(heard.progress[0].first, 0.5);
    QCOMPARE(heard.progress[1].first, 0.625);
    QCOMPARE(heard.progress[2].first, 0.75);
    QCOMPARE(heard.warnings.size(), std::size_t{1});
}

void JobContextTest::partsMayHaveParts()
{
    Heard heard;
    const JobContext inner = heard.context().part(0.5, 1.0).part(0.25, 0.75);
    inner.progress(0.0, "");
    inner.progress(1.0, "");
    QCOMPARE(heard.progress[0].first, 0.625);
    QCOMPARE(heard.progress[1].first, 0.875);
}

void JobContextTest::cancelledIsNoOrdinaryError()
{
    QCOMPARE(cancelled().code, ErrorCode::Cancelled);
    QVERIFY(!cancelled().message.empty());
}

QTEST_APPLESS_MAIN(JobContextTest)
#include "tst_job_context.moc"
