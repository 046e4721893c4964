// Runs tst_ConceptsView.qml.
#include <QtQuickTest>

#include "concept_views_setup.h"

int main(int argc, char** argv)
{
    palimpsest::testing::ViewSetup setup;
    return quick_test_main_with_setup(argc, argv, "ConceptsView", PALIMPSEST_QML_TEST, &setup);
}
