// Fingerprints are XXH3-128 over length-framed fields, the same on every run and machine.
// Goldens: Python's xxhash 3 over struct.pack("<Q", len(field)) + field for each field,
// numbers as struct.pack("<q", …) and struct.pack("<d", …).

#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <array>
#include <filesystem>
#include <string>

#include "base/fingerprint.h"
#include "base/mapped_file.h"

using namespace palimpsest::base;

class FingerprintTest : public QObject {
    Q_OBJECT

private slots:
    void agreesWithTheReferenceHash();
    void framesItsFields();
    void takesAnotherFingerprintAsAField();
    void tellsAnIntegerFromTheSameReal();
    void canBeReadBeforeMoreIsAdded();
    void hashesAFileAsOneField();
    void reportsAMissingFile();
};

void FingerprintTest::agreesWithTheReferenceHash()
{
    QCOMPARE(FingerprintBuilder().finish().hex(), std::string("99aa06d3014798d86001c324468d497f"));
    QCOMPARE(FingerprintBuilder().add(std::string_view("hello")).finish().hex(),
        std::string("e22eb3a21af2e1e3191230403feae166"));
    QCOMPARE(FingerprintBuilder().add(std::int64_t{600}).finish().hex(),
        std::string("03bd73c6ba4c573fab52dcff2aca4430"));
    QCOMPARE(FingerprintBuilder().add(0.9).finish().hex(), std::string("dab12ae18ed368dcbc9eba06376dde10"));
}

void FingerprintTest::framesItsFields()
{
    const auto of = [](std::string_view first, std::string_view second) {
        return FingerprintBuilder().add(first).add(second).finish();
    };
    QCOMPARE(of("ab", "c").hex(), std::string("f2eda2708bcfd51cc05c0ee4c9f60440"));
    QVERIFY(of("ab", "c") != of("a", "bc"));
    QVERIFY(of("abc", "") != of("", "abc"));
}

void FingerprintTest::takesAnotherFingerprintAsAField()
{
    const Fingerprint one = FingerprintBuilder().add(std::string_view("one")).finish();
    const Fingerprint two = FingerprintBuilder().add(std::string_view("two")).finish();
    const Fingerprint both = FingerprintBuilder().add(one).add(two).finish();
    QVERIFY(both != FingerprintBuilder().add(two).add(one).finish());
    QVERIFY(both == FingerprintBuilder().add(one).add(two).finish());
}

void FingerprintTest::tellsAnIntegerFromTheSameReal()
{
    QVERIFY(FingerprintBuilder().add(1.0).finish() != FingerprintBuilder().add(std::int64_t{1}).finish());
}

void FingerprintTest::canBeReadBeforeMoreIsAdded()
{
    FingerprintBuilder builder;
    builder.add(std::string_view("ab"));
    const Fingerprint half = builder.finish();
    QVERIFY(half == builder.finish());
    builder.add(std::string_view("c"));
    QVERIFY(half != builder.finish());
    QCOMPARE(builder.finish().hex(), std::string("f2eda2708bcfd51cc05c0ee4c9f60440"));
}

void FingerprintTest::hashesAFileAsOneField()
{
    QTemporaryDir folder;
    const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / "bytes";
    std::string content;
    for (int i = 0; i < 1 << 20; ++i)
        content.push_back(static_cast<char>(i % 251));
    QVERIFY(static_cast<bool>(writeFileAtomically(path, content)));
    const auto fingerprint = fingerprintFile(path);
    QVERIFY(static_cast<bool>(fingerprint));
    QCOMPARE(fingerprint.value().hex(), std::string("e5f9f6e2f708b68e2df3d194d9e21405"));
}

void FingerprintTest::reportsAMissingFile()
{
    const auto fingerprint = fingerprintFile("/nonexistent/file");
    QVERIFY(!fingerprint);
    QCOMPARE(fingerprint.error().code, ErrorCode::NotFound);
}

QTEST_APPLESS_MAIN(FingerprintTest)
#include "tst_fingerprint.moc"
