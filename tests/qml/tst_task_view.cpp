// Runs tst_TaskView.qml.
#include <QGuiApplication>
#include <QtQuickTest>

#include "task_view_setup.h"

int main(int argc, char** argv)
{
    const QGuiApplication application(argc, argv); // before the fixture, whose models have timers
    palimpsest::testing::TaskFixture fixture;
    palimpsest::testing::ViewSetup setup(fixture);
    return quick_test_main_with_setup(argc, argv, "TaskView", PALIMPSEST_QML_TEST, &setup);
}
