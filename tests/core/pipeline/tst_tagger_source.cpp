// A checkpoint for token classification as a label source: a long run says how far it is and can be stopped.

#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <fstream>
#include <stop_token>

#include "core/corpus/corpus_fixture.h"
#include "pipeline/attach_labels.h"
#include "pipeline/tagger_source.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using base::ErrorCode;
using testing::referenceDir;

namespace {

constexpr std::size_t kSentences = 10'000;

std::shared_ptr<const corpus::TokenTable> manySentences()
{
    std::vector<std::string> sentences;
    for (std::size_t s = 0; s < kSentences; ++s)
        sentences.push_back("word number " + std::to_string(s % 97));
    return corpus::filterOccurrences(testing::corpusOf(sentences), {}, {}).value();
}

} // namespace

class TaggerSourceTest : public QObject {
    Q_OBJECT

private slots:
    void tenThousandSentencesShowProgress();
    void tenThousandSentencesCanBeStopped();
    void aStoppedTaggerLeavesTheProjectAsItWas();
};

void TaggerSourceTest::tenThousandSentencesShowProgress()
{
    REQUIRE_REFERENCE("models/bert-token-classifier");
    const auto tokens = manySentences();
    const auto tagger = pipeline::openTagger(referenceDir() / "models/bert-token-classifier", "cpu", "Tags");
    VERIFY_RESULT(tagger);
    std::vector<double> fractions;
    std::string last;
    const base::JobContext ctx({},
        [&](double fraction, std::string_view activity) {
            fractions.push_back(fraction);
            last = activity;
        },
        {});
    const auto table = tagger.value()->label(*tokens, ctx);
    VERIFY_RESULT(table);
    QCOMPARE(table.value()->rowCount(), tokens->size());
    QVERIFY(fractions.size() >= 50);
    QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
    QCOMPARE(last, std::string("Tagging, 10000 of 10000 sentences"));
}

void TaggerSourceTest::tenThousandSentencesCanBeStopped()
{
    REQUIRE_REFERENCE("models/bert-token-classifier");
    const auto tokens = manySentences();
    const auto tagger = pipeline::openTagger(referenceDir() / "models/bert-token-classifier", "cpu", "Tags");
    VERIFY_RESULT(tagger);
    std::stop_source stop;
    double reached = 0.0;
    const base::JobContext ctx(stop.get_token(),
        [&](double fraction, std::string_view) {
            reached = fraction;
            if (fraction >= 0.3)
                stop.request_stop();
        },
        {});
    const auto table = tagger.value()->label(*tokens, ctx);
    QVERIFY(!table);
    QCOMPARE(table.error().code, ErrorCode::Cancelled);
    QVERIFY2(reached < 0.6, qPrintable(QString::number(reached)));
}

void TaggerSourceTest::aStoppedTaggerLeavesTheProjectAsItWas()
{
    REQUIRE_REFERENCE("models/bert-token-classifier");
    QTemporaryDir folder;
    const std::string project = folder.filePath(QStringLiteral("sample.palimpsest")).toStdString();
    VERIFY_RESULT(testing::writeSampleProject(project));
    pipeline::LabelRequest request;
    request.source = "length";
    VERIFY_RESULT(pipeline::attachLabels(project, request, {}));
    const auto content = [&] {
        std::ifstream file(project, std::ios::binary);
        return std::string{std::istreambuf_iterator<char>(file), {}};
    };
    const std::string before = content();
    request.source = "tagger:" + (referenceDir() / "models/bert-token-classifier").string();
    request.device = "cpu";
    std::stop_source stop;
    const base::JobContext ctx(stop.get_token(),
        [&](double, std::string_view activity) {
            if (activity.starts_with("Tagging"))
                stop.request_stop();
        },
        {});
    const auto attached = pipeline::attachLabels(project, request, ctx);
    QVERIFY(!attached);
    QCOMPARE(attached.error().code, ErrorCode::Cancelled);
    QVERIFY(content() == before);
}

QTEST_APPLESS_MAIN(TaggerSourceTest)
#include "tst_tagger_source.moc"
