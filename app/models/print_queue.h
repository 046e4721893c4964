#pragma once
// The printers of the system, by the programs lpstat and lp, which all of them bring; no dialog of a toolkit
// is needed, and what is printed is a PDF of the one paint path.
// Thread: GUI; never waits.

#include <QObject>
#include <QProcess>
#include <QStringList>

#include <functional>

#include "base/result.h"

namespace palimpsest::app {

class PrintQueue : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    ~PrintQueue() override; ///< ends what is still asked

    const QStringList& printers() const { return m_printers; } ///< by name; empty: none, or not asked yet
    void look(); ///< asks for the printers again
    /// Hands a PDF over; `printer` empty: the one that the system prints to. Without lp the PDF is opened in
    /// the program that the desktop shows such files with, which can print. `done` is told once; fails with
    /// NotFound where there is neither, and with WriteFailed with lp's own words.
    void print(const QByteArray& pdf, const QString& title, const QString& printer,
        std::function<void(base::Status)> done);

Q_SIGNALS:
    void printersChanged();

private:
    QProcess* start(const QString& program, const QStringList& arguments);

    QStringList m_printers;
};

} // namespace palimpsest::app
