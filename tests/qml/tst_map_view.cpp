// Runs tst_MapView.qml.
#include <QtQuickTest>

#include "tree_views_setup.h"

int main(int argc, char** argv)
{
    palimpsest::testing::ProjectSetup setup;
    return quick_test_main_with_setup(argc, argv, "MapView", PALIMPSEST_QML_TEST, &setup);
}
