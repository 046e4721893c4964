// Maps of layers, from the activations beside a project into the project.
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <filesystem>
#include <stop_token>

#include "pipeline/map_layers.h"
#include "pipeline/run_study.h"
#include "project/project_file.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using pipeline::mapLayers;
using project::MapMethod;

class MapLayersTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath("reviews.palimpsest").toStdString();
        VERIFY_RESULT(testing::writeSampleProject(m_path));
        VERIFY_RESULT(testing::writeSampleActivations(m_path));
    }

    void eachLayerIsComputedOnce()
    {
        const auto first = mapLayers(m_path, {{1}, MapMethod::Pca}, {});
        VERIFY_RESULT(first);
        QCOMPARE(first.value().computed, std::vector<int>{1});
        const auto all = mapLayers(m_path, {{}, MapMethod::Pca}, {});
        VERIFY_RESULT(all);
        QCOMPARE(all.value().computed, (std::vector<int>{0, 2}));
        QCOMPARE(all.value().reused, std::vector<int>{1});
    }

    void bothModelsShareAFrame_data()
    {
        QTest::addColumn<int>("method");
        QTest::newRow("pca") << static_cast<int>(MapMethod::Pca);
        QTest::newRow("umap") << static_cast<int>(MapMethod::Umap);
    }
    void bothModelsShareAFrame()
    {
        // Fine-tuning leaves layer 0 of the sample alone, so that each occurrence keeps its place.
        QFETCH(int, method);
        const auto wanted = static_cast<MapMethod>(method);
        VERIFY_RESULT(mapLayers(m_path, {{0}, wanted}, {}));
        const auto places = read(0, wanted);
        QVERIFY(places);
        double moved = 0.0, spread = 0.0;
        for (std::size_t i = 0; i < places->base.size(); ++i) {
            moved += std::abs(static_cast<double>(places->base[i] - places->fineTuned[i]));
            spread += std::abs(
                static_cast<double>(places->base[i] - places->base[(i + 20) % places->base.size()]));
        }
        QVERIFY2(moved < 0.25 * spread, qPrintable(QString::number(moved / spread)));
    }

    void theSameActivationsGiveTheSameBytes()
    {
        VERIFY_RESULT(mapLayers(m_path, {{2}, MapMethod::Umap}, {}));
        const auto once = read(2, MapMethod::Umap);
        VERIFY_RESULT(mapLayers(m_path, {{2}, MapMethod::Umap, true}, {}));
        const auto again = read(2, MapMethod::Umap);
        QVERIFY(once->base == again->base);
        QVERIFY(once->fineTuned == again->fineTuned);
    }

    void withoutActivationsItSaysWhatToDo()
    {
        std::filesystem::remove_all(pipeline::cacheFolder(m_path));
        const auto report = mapLayers(m_path, {{1}, MapMethod::Pca}, {});
        QVERIFY(!report);
        QVERIFY(report.error().code == base::ErrorCode::NotFound);
        QVERIFY(report.error().message.find("run the study again") != std::string::npos);
    }

    void aLayerThatIsNotThereIsNamed()
    {
        const auto report = mapLayers(m_path, {{7}, MapMethod::Pca}, {});
        QVERIFY(!report);
        QVERIFY(report.error().code == base::ErrorCode::NotFound);
        QVERIFY(report.error().message.find("layer 7") != std::string::npos);
    }

    void aStoppedJobLeavesNothing()
    {
        std::stop_source stop;
        const base::JobContext ctx(stop.get_token(),
            [&](double fraction, std::string_view) {
                if (fraction > 0.6)
                    stop.request_stop();
            },
            {});
        const auto report = mapLayers(m_path, {{2}, MapMethod::Umap}, ctx);
        QVERIFY(!report);
        QVERIFY(report.error().code == base::ErrorCode::Cancelled);
        QVERIFY(!read(2, MapMethod::Umap));
    }

private:
    std::shared_ptr<const project::MapPlaces> read(int layer, MapMethod method) const
    {
        const auto file = project::ProjectFile::open(m_path, project::ProjectFile::Mode::ReadOnly);
        return file ? project::MapStore(file.value()).read(layer, method).value() : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_path;
};

QTEST_APPLESS_MAIN(MapLayersTest)
#include "tst_map_layers.moc"
