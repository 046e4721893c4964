// Runs tst_TaskView.qml.
#include <QApplication>
#include <QtQuickTest>

#include "task_view_setup.h"

int main(int argc, char** argv)
{
    const QApplication application(argc, argv); // Qt Charts draws texts by widgets
    palimpsest::testing::TaskFixture fixture;
    palimpsest::testing::ViewSetup setup(fixture);
    return quick_test_main_with_setup(argc, argv, "TaskView", PALIMPSEST_QML_TEST, &setup);
}
