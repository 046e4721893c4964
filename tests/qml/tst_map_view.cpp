// Runs tst_MapView.qml.
#include <QtQuickTest>

#include "project_views_setup.h"

int main(int argc, char** argv)
{
    palimpsest::testing::ProjectFixture fixture;
    palimpsest::testing::ViewSetup setup(fixture);
    return quick_test_main_with_setup(argc, argv, "MapView", PALIMPSEST_QML_TEST, &setup);
}
