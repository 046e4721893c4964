#pragma once
// Rows and scipy's linkage of one reference file, and how a linkage of ours is compared with it.
// Thread: values.

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <QtTest/QtTest>

#include "base/matrix_view.h"
#include "base/result.h"
#include "cluster/linkage.h"
#include "tensorfile/matrix_file.h"
#include "tensorfile/safetensors.h"

namespace palimpsest::testing {

struct ReferenceLinkage {
    tensorfile::MatrixFile rows;
    std::vector<cluster::Merge> merges;
};

/// One row of test data a file whose merge heights are unique: columns `file`, below the
/// reference folder, and `rows`, the tensor of the points.
inline void addReferenceLinkages()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("rows");
    for (const char* name : {"n2-d1", "n3-d2", "n50-d1", "n50-d8", "n500-d16", "n500-d64", "n2000-d64",
             "n2000-d3", "n500-d16-duplicates", "n50-d4-each-row-twice", "n50-d5-all-equal",
             "n500-d32-offset1e3", "n500-d32-offset1e3-tiny", "n500-d16-scales", "n500-d16-outliers"})
        QTest::newRow(name) << QStringLiteral("cluster/%1.safetensors").arg(QLatin1String(name)) << "X";
    for (const char* name : {"sst2-80-base-layer6-K50-vectors", "sst2-80-finetuned-layer6-K50-vectors"})
        QTest::newRow(name) << QStringLiteral("conceptx/%1/linkage.safetensors").arg(QLatin1String(name))
                            << "vectors";
}

/// `rowsName` is the tensor of the points; Z is always called "Z".
inline base::Result<ReferenceLinkage> readReference(
    const std::filesystem::path& path, std::string_view rowsName)
{
    PALIMPSEST_TRY(rows, tensorfile::openMatrix(path, rowsName));
    PALIMPSEST_TRY(file, tensorfile::SafetensorsFile::open(path));
    const tensorfile::TensorView* z = file.find("Z");
    if (z == nullptr || z->type != tensorfile::ElementType::F64)
        return base::Error{base::ErrorCode::Malformed, path.string() + " has no float64 tensor Z"};
    std::vector<double> values(z->elementCount());
    std::memcpy(values.data(), z->bytes.data(), z->bytes.size());
    ReferenceLinkage reference{rows, {}};
    for (std::size_t i = 0; i + 4 <= values.size(); i += 4)
        reference.merges.push_back(
            {static_cast<std::int32_t>(values[i]), static_cast<std::int32_t>(values[i + 1]), values[i + 2],
                static_cast<std::int32_t>(values[i + 3])});
    return reference;
}

/// Largest relative difference of heights, row by row. `floor` keeps heights near 0 from dividing by 0.
inline double heightError(
    const std::vector<cluster::Merge>& ours, const std::vector<cluster::Merge>& theirs, double floor)
{
    if (ours.size() != theirs.size())
        return INFINITY;
    double worst = 0.0;
    for (std::size_t i = 0; i < ours.size(); ++i)
        worst = std::max(
            worst, std::abs(ours[i].height - theirs[i].height) / std::max(theirs[i].height, floor));
    return worst;
}

/// The first row where another pair merges, or the number of rows.
inline std::size_t firstDifferentMerge(
    const std::vector<cluster::Merge>& ours, const std::vector<cluster::Merge>& theirs)
{
    std::size_t row = 0;
    while (row < ours.size() && row < theirs.size() && ours[row].left == theirs[row].left
        && ours[row].right == theirs[row].right && ours[row].size == theirs[row].size)
        ++row;
    return row;
}

inline bool sameBytes(const std::vector<cluster::Merge>& a, const std::vector<cluster::Merge>& b)
{
    return std::ranges::equal(a, b, [](const cluster::Merge& x, const cluster::Merge& y) {
        return x.left == y.left && x.right == y.right && x.size == y.size
            && std::memcmp(&x.height, &y.height, sizeof x.height) == 0;
    });
}

} // namespace palimpsest::testing
