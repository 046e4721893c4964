#pragma once
// What every test of a view does before its first line. Thread: GUI.

#include <QObject>
#include <QQmlEngine>

namespace palimpsest::testing {

/// Gives QML the fixture as the singleton Palimpsest.Testing/Fixture; for quick_test_main_with_setup.
class ViewSetup : public QObject {
    Q_OBJECT

public:
    explicit ViewSetup(QObject& fixture)
        : m_fixture(fixture)
    {
    }

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine* engine)
    {
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
        engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
#else
        Q_UNUSED(engine)
#endif
        qmlRegisterSingletonInstance("Palimpsest.Testing", 1, 0, "Fixture", &m_fixture);
    }

private:
    QObject& m_fixture;
};

} // namespace palimpsest::testing
