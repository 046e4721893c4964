#pragma once
// Where tests find the reference results, and how they skip, loudly and counted, where those are absent.
// Thread: values.

#include <QtTest/QtTest>

#include <filesystem>
#include <string_view>

namespace palimpsest::testing {

/// The folder given by the CMake variable PALIMPSEST_REFERENCE_DIR; it may not exist.
[[nodiscard]] std::filesystem::path referenceDir();

/// True where `relative` exists in the reference folder.
[[nodiscard]] bool hasReference(std::string_view relative);

} // namespace palimpsest::testing

/// Skips the running test function where a reference file or folder is absent.
#define REQUIRE_REFERENCE(relative)                                                                          \
    do {                                                                                                     \
        if (!palimpsest::testing::hasReference(relative))                                                    \
            QSKIP("reference data is absent: " relative " (set PALIMPSEST_REFERENCE_DIR)");                  \
    } while (false)

/// Verifies that a Result or Status is a success and shows its sentence if not; evaluates it once.
#define VERIFY_RESULT(...)                                                                                   \
    do {                                                                                                     \
        const auto& verifiedResult = (__VA_ARGS__);                                                          \
        QVERIFY2(static_cast<bool>(verifiedResult),                                                          \
            verifiedResult ? "" : verifiedResult.error().message.c_str());                                   \
    } while (false)
