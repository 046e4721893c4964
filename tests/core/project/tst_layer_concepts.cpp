// Layers of a project compared with each other, row by row.

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <stop_token>

#include "project/layer_concepts.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using project::LayerConcepts;
using project::Side;

class LayerConceptsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const std::filesystem::path path = m_folder.filePath("p.palimpsest").toStdString();
        VERIFY_RESULT(testing::writeSampleProject(path));
        auto results = project::StudyResults::open(path);
        VERIFY_RESULT(results);
        m_results = results.value();
    }

    void aRowAgreesWithTheComparisonOfEachPair()
    {
        LayerConcepts concepts(m_results, 24);
        const std::vector<int> columns{2, 0, 1};
        const auto row = concepts.compareRow(Side::Base, 1, Side::FineTuned, columns, {});
        VERIFY_RESULT(row);
        QCOMPARE(row.value().size(), std::size_t{3});
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto comparison = m_results->compare(1, columns[i], 24, 0.7);
            VERIFY_RESULT(comparison);
            QCOMPARE(row.value()[i]->keptShare(0.7), align::summarize(*comparison.value()).keptShare());
        }
    }

    void aLayerAgainstItselfIsKept()
    {
        LayerConcepts concepts(m_results, 24);
        const auto row = concepts.compareRow(Side::FineTuned, 2, Side::FineTuned, m_results->layers(), {});
        VERIFY_RESULT(row);
        QCOMPARE(row.value().back()->keptShare(1.0), 1.0);
        QVERIFY(row.value().front()->keptShare(1.0) < 1.0);
    }

    void conceptsAreMadeOnce()
    {
        LayerConcepts concepts(m_results, 24);
        QVERIFY(concepts.get(Side::Base, 0).value() == concepts.get(Side::Base, 0).value());
        QVERIFY(concepts.get(Side::Base, 0).value() != concepts.get(Side::FineTuned, 0).value());
    }

    void saysWhichLayersThereAre()
    {
        LayerConcepts concepts(m_results, 24);
        const auto row = concepts.compareRow(Side::Base, 9, Side::FineTuned, m_results->layers(), {});
        QVERIFY(!row);
        QVERIFY(row.error().message.find("layers 0, 1, 2") != std::string::npos);
    }

    void stops()
    {
        std::stop_source source;
        source.request_stop();
        LayerConcepts concepts(m_results, 24);
        const auto row = concepts.compareRow(
            Side::Base, 0, Side::Base, m_results->layers(), base::JobContext(source.get_token(), {}, {}));
        QCOMPARE(row.error().code, base::ErrorCode::Cancelled);
    }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<const project::StudyResults> m_results;
};

QTEST_GUILESS_MAIN(LayerConceptsTest)
#include "tst_layer_concepts.moc"
