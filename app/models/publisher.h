#pragma once
// Writes the story as a web page or PDF slides, and the report of the study: visits what belongs in it, takes
// the figures that are seen there, and writes the file behind the window. Thread: GUI; pages are made by
// light jobs.

#include <QImage>
#include <QObject>
#include <QPointer>
#include <QQuickWindow>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <memory>

#include "bridge/navigator.h"
#include "bridge/story.h"
#include "models/place_tour.h"
#include "models/study_report.h"
#include "publish/document.h"

namespace palimpsest::app {

class Publisher : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(bool running READ isRunning NOTIFY progressChanged FINAL)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged FINAL)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged FINAL)

public:
    Publisher(StudySession& session, Story& story, const FigureExport& figures, QObject* parent = nullptr);

    void setWindow(QQuickWindow* window) { m_window = window; }

    bool isRunning() const { return m_tour.isRunning() || m_job != 0; }
    QString progressText() const; ///< "Slide 2 of 8"; empty while nothing is written
    QString notice() const { return m_notice; } ///< what was written last; empty: nothing
    Q_INVOKABLE void clearNotice();

    /// By the ending: .html or .pdf. Paths or file URLs; one at a time.
    Q_INVOKABLE void writeStory(const QString& pathOrUrl);
    /// By the ending: .html or .pdf. Shows the layer where fine-tuning takes over.
    Q_INVOKABLE void writeReport(const QString& pathOrUrl);
    Q_INVOKABLE void stop();

Q_SIGNALS:
    void progressChanged();
    void noticeChanged();
    /// After a file was written, or could not be; the error is shown by the jobs too.
    void finished(bool written, const QString& message);

private:
    using Bytes = std::function<base::Result<QByteArray>()>;

    bool begin(const QString& pathOrUrl);
    void writeFile(Bytes make);
    void end(bool written, const QString& message);
    void fail(const base::Error& error); ///< silent where a person stopped it
    QList<Figure> seenFigures(bool asZoomed) const;
    QImage viewPicture() const;
    ShownSlide takeSlide(int row) const;
    std::vector<PlaceTour::Stop> reportStops();
    base::Status takeReportFigures();
    void composeReport();
    int takeoverLayer() const;

    StudySession& m_session;
    Story& m_story;
    const FigureExport& m_figures;
    PlaceTour m_tour;
    QPointer<QQuickWindow> m_window;
    QString m_path;
    bool m_pdf = false;
    project::SlidePlace m_before; ///< where one was
    Slideshow m_show;
    QList<Figure> m_reportFigures;
    QString m_notice;
    int m_job = 0;
};

} // namespace palimpsest::app
