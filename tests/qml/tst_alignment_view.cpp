// Runs tst_AlignmentView.qml.
#include <QtQuickTest>

#include "concept_views_setup.h"

int main(int argc, char** argv)
{
    palimpsest::testing::ViewFixture fixture;
    palimpsest::testing::ViewSetup setup(fixture);
    return quick_test_main_with_setup(argc, argv, "AlignmentView", PALIMPSEST_QML_TEST, &setup);
}
