#pragma once
// The real window on a fresh sample project, used as a person uses it: by keys and by mouse on what is seen.
// Thread: GUI.

#include <QFile>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <memory>

#include "support/reference.h"
#include "support/sample_project.h"
#include "window.h"
#include "window_warnings.h"

namespace palimpsest::testing {

/// Base of tests of the window: beginTests() once, begin() and end() around each.
class WindowDriver {
protected:
    void beginTests(const char* application)
    {
        QCoreApplication::setOrganizationName(QStringLiteral("Palimpsest"));
        QCoreApplication::setApplicationName(QString::fromLatin1(application));
        collectWarnings();
    }
    /// A window without settings, which has the keyboard; nothing is open.
    void begin()
    {
        QSettings().clear();
        QFile::remove(m_project);
        VERIFY_RESULT(writeSampleProject(m_project.toStdString()));
        static_cast<void>(takeWarnings());
        m_window = std::make_unique<app::Window>();
        QVERIFY(m_window->show());
        QVERIFY(QTest::qWaitForWindowExposed(shown()));
        shown()->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown()));
    }
    /// Nothing may have warned.
    void end()
    {
        m_window.reset();
        QCOMPARE(takeWarnings(), QString());
    }

    void openSample()
    {
        m_window->session().openProject(m_project);
        QTRY_VERIFY(m_window->session().isSettled());
    }
    [[nodiscard]] QQuickWindow* shown() const { return m_window->quickWindow(); }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(shown(), static_cast<Qt::Key>(key), modifiers);
    }
    void type(const char* text)
    {
        for (const char* c = text; *c; ++c)
            QTest::keyClick(shown(), *c);
    }
    static bool isSeen(const QQuickItem* item)
    {
        for (; item; item = item->parentItem())
            if (!item->isVisible())
                return false;
        return true;
    }
    /// The first one of this name that is seen. Through the items, since what a Repeater or a ListView makes
    /// is nobody's child object.
    static QQuickItem* below(QQuickItem* parent, const QString& name)
    {
        if (parent->objectName() == name && isSeen(parent))
            return parent;
        const auto children = parent->childItems();
        for (QQuickItem* child : children)
            if (QQuickItem* found = below(child, name))
                return found;
        return nullptr;
    }
    [[nodiscard]] QQuickItem* item(const char* name) const
    {
        return below(shown()->contentItem(), QString::fromLatin1(name));
    }
    static QPoint middleOf(const QQuickItem* target)
    {
        return target->mapToScene(QPointF(target->width() / 2, target->height() / 2)).toPoint();
    }
    void click(QQuickItem* target, Qt::MouseButton button = Qt::LeftButton)
    {
        QVERIFY(target);
        QTest::mouseClick(shown(), button, Qt::NoModifier, middleOf(target));
    }

    QTemporaryDir m_folder;
    QString m_project = m_folder.filePath(QStringLiteral("sample.palimpsest"));
    std::unique_ptr<app::Window> m_window;
};

} // namespace palimpsest::testing
