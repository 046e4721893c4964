#pragma once
// The one comparison of an encoder with transformers that the tests of all architectures make.
// Thread: the test's.

#include <QtTest/QtTest>

#include <cstddef>

#include "reference_model.h"
#include "support/reference.h"

namespace palimpsest::testing {

/// All stored hidden states (and the pooler, where there is one) of reference folder `name`, batched and one
/// by one. The tolerance is for float32 rounding; the reference itself differs from float64 by 2e-6.
inline void compareWithTransformers(const char* name, int states, bool hasPooler)
{
    constexpr double kTolerance = 2e-5;
    const auto reference = ReferenceModel::open(name);
    VERIFY_RESULT(reference);
    QCOMPARE(reference.value().statesCompared(true), static_cast<std::size_t>(states));
    for (const bool together : {true, false}) {
        QCOMPARE_LE(reference.value().stateDifference(together), kTolerance);
        if (hasPooler)
            QCOMPARE_LE(reference.value().poolerDifference(together), kTolerance);
    }
}

/// The same for a folder of goldens/, and its logits where it is a classifier.
inline void compareWithGolden(const char* name)
{
    constexpr double kTolerance = 2e-5;
    const auto reference = ReferenceModel::openGolden(name);
    VERIFY_RESULT(reference);
    QCOMPARE(reference.value().sentenceCount(), 6U);
    QCOMPARE(reference.value().statesCompared(true), reference.value().model().config().layerCount + 1);
    for (const bool together : {true, false}) {
        QCOMPARE_LE(reference.value().stateDifference(together), kTolerance);
        if (reference.value().model().hasHead())
            QCOMPARE_LE(reference.value().logitDifference(together), kTolerance);
    }
}

} // namespace palimpsest::testing
