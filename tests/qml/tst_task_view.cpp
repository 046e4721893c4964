// Runs tst_TaskView.qml.
#include <QtQuickTest>

#include "task_view_setup.h"

int main(int argc, char** argv)
{
    palimpsest::testing::TaskFixture fixture;
    palimpsest::testing::ViewSetup setup(fixture);
    return quick_test_main_with_setup(argc, argv, "TaskView", PALIMPSEST_QML_TEST, &setup);
}
