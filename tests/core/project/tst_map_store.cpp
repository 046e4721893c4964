// Maps of layers in a project file: what is written is read, and a map belongs to the layer it was made of.
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "project/map_store.h"
#include "sample_project.h"
#include "support/reference.h"

#include <limits>
#include <memory>

using namespace palimpsest;
using project::MapMethod;
using project::MapPlaces;
using project::MapStore;
using project::ProjectFile;
using project::Side;

namespace {

base::Fingerprint keyOf(std::string_view text)
{
    return base::FingerprintBuilder().add(text).finish();
}

MapPlaces somePlaces(std::size_t rows)
{
    MapPlaces places;
    for (std::size_t i = 0; i < 2 * rows; ++i) {
        places.base.push_back(static_cast<float>(i) / 3.0F);
        places.fineTuned.push_back(-static_cast<float>(i));
    }
    return places;
}

} // namespace

class MapStoreTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto file = ProjectFile::openOrCreate(m_folder->filePath("p.palimpsest").toStdString());
        VERIFY_RESULT(file);
        m_file = std::make_unique<ProjectFile>(std::move(file.value()));
        const auto tokens = testing::sampleTokens();
        m_rows = tokens->size();
        VERIFY_RESULT(m_file->writeTokens(*tokens, keyOf("tokens")));
        for (const Side side : {Side::Base, Side::FineTuned})
            VERIFY_RESULT(m_file->writeLinkage(side, 3, testing::chainLinkage(m_rows), keyOf("linkage")));
    }

    void whatIsWrittenIsRead()
    {
        const MapStore store(*m_file);
        const MapPlaces places = somePlaces(m_rows);
        VERIFY_RESULT(MapStore(*m_file).write(3, MapMethod::Umap, places));
        const auto read = store.read(3, MapMethod::Umap);
        VERIFY_RESULT(read);
        QVERIFY(read.value());
        QVERIFY(read.value()->base == places.base);
        QVERIFY(read.value()->fineTuned == places.fineTuned);
        const auto entries = store.list();
        VERIFY_RESULT(entries);
        QCOMPARE(entries.value().size(), std::size_t{1});
        QCOMPARE(entries.value()[0].layer, 3);
        QVERIFY(entries.value()[0].method == MapMethod::Umap);
    }

    void whatWasNeverMadeIsNothing()
    {
        const auto read = MapStore(*m_file).read(3, MapMethod::Pca);
        VERIFY_RESULT(read);
        QVERIFY(!read.value());
    }

    void aLayerThatWasComputedAnewHasNoMap()
    {
        VERIFY_RESULT(MapStore(*m_file).write(3, MapMethod::Pca, somePlaces(m_rows)));
        VERIFY_RESULT(
            m_file->writeLinkage(Side::FineTuned, 3, testing::chainLinkage(m_rows), keyOf("another")));
        const auto read = MapStore(*m_file).read(3, MapMethod::Pca);
        VERIFY_RESULT(read);
        QVERIFY(!read.value());
        QVERIFY(MapStore(*m_file).list().value().empty());
    }

    void placesOfOtherOccurrencesAreRefused()
    {
        const auto status = MapStore(*m_file).write(3, MapMethod::Pca, somePlaces(m_rows - 1));
        QVERIFY(!status);
        QVERIFY(status.error().code == base::ErrorCode::ShapeMismatch);
    }

    void aLayerThatIsNotThereIsRefused()
    {
        const auto status = MapStore(*m_file).write(4, MapMethod::Pca, somePlaces(m_rows));
        QVERIFY(!status);
        QVERIFY(status.error().code == base::ErrorCode::NotFound);
    }

    void aDamagedMapIsSaid()
    {
        MapPlaces places = somePlaces(m_rows);
        places.base[5] = std::numeric_limits<float>::infinity();
        VERIFY_RESULT(MapStore(*m_file).write(3, MapMethod::Pca, places));
        const auto read = MapStore(*m_file).read(3, MapMethod::Pca);
        QVERIFY(!read);
        QVERIFY(read.error().code == base::ErrorCode::Malformed);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ProjectFile> m_file;
    std::size_t m_rows = 0;
};

QTEST_APPLESS_MAIN(MapStoreTest)
#include "tst_map_store.moc"
