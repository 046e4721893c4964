#pragma once
// The figures that the window shows, and how they become files, clipboard and print.
// Thread: GUI; files are made by light jobs.

#include <QObject>
#include <QPointer>
#include <QQuickWindow>
#include <QStringList>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <memory>
#include <vector>

#include "models/print_queue.h"
#include "project/figure_store.h"
#include "publish/figure_file.h"

namespace palimpsest::app {

class FigureSource;
class JobController;
class Navigator;
class StudySession;

/// A figure and how it is to be laid out: what a preview draws.
struct LaidOutFigure {
    Figure figure;
    FigureOptions options;
};

/// A name that is one on every system: letters, digits, - and _; anything else becomes _.
[[nodiscard]] QString figureFileStem(const QString& text);

class FigureExport : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(QStringList titles READ titles NOTIFY figuresChanged FINAL)
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY figureChanged FINAL)
    Q_PROPERTY(QString name READ name NOTIFY figureChanged FINAL)
    Q_PROPERTY(bool hasNumbers READ hasNumbers NOTIFY figureChanged FINAL)
    Q_PROPERTY(QVariant preview READ preview NOTIFY figureChanged FINAL)
    Q_PROPERTY(QStringList presetTitles READ presetTitles CONSTANT FINAL)
    Q_PROPERTY(int preset READ preset WRITE setPreset NOTIFY figureChanged FINAL)
    Q_PROPERTY(double widthMm READ widthMm WRITE setWidthMm NOTIFY figureChanged FINAL)
    Q_PROPERTY(double heightMm READ heightMm WRITE setHeightMm NOTIFY figureChanged FINAL)
    Q_PROPERTY(bool freeHeight READ isFreeHeight WRITE setFreeHeight NOTIFY figureChanged FINAL)
    Q_PROPERTY(int dpi READ dpi WRITE setDpi NOTIFY figureChanged FINAL)
    Q_PROPERTY(bool dark READ isDark WRITE setDark NOTIFY figureChanged FINAL)
    Q_PROPERTY(bool outlines READ areOutlines WRITE setOutlines NOTIFY figureChanged FINAL)
    Q_PROPERTY(bool withTitle READ isWithTitle WRITE setWithTitle NOTIFY figureChanged FINAL)
    Q_PROPERTY(bool zoomed READ isZoomed NOTIFY figureChanged FINAL)
    Q_PROPERTY(bool asZoomed READ isAsZoomed WRITE setAsZoomed NOTIFY figureChanged FINAL)
    Q_PROPERTY(int format READ format WRITE setFormat NOTIFY figureChanged FINAL)
    Q_PROPERTY(QString sizeText READ sizeText NOTIFY figureChanged FINAL)
    Q_PROPERTY(QString noteText READ noteText NOTIFY figureChanged FINAL)
    Q_PROPERTY(QString caption READ caption NOTIFY figureChanged FINAL)
    Q_PROPERTY(QStringList printers READ printers NOTIFY printersChanged FINAL)
    Q_PROPERTY(int printer READ printer WRITE setPrinter NOTIFY printersChanged FINAL)
    Q_PROPERTY(QStringList kept READ kept NOTIFY keptChanged FINAL)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged FINAL)

public:
    FigureExport(JobController& jobs, StudySession& session, QObject* parent = nullptr);

    /// The window whose figures these are.
    void setWindow(QQuickWindow* window) { m_window = window; }
    /// Where one is, for figures that the project remembers.
    void setNavigator(Navigator* navigator);
    /// Figures that a person sees now, in the order of the window.
    [[nodiscard]] std::vector<FigureSource*> seen() const;
    /// The one of this name that is seen; null: none.
    [[nodiscard]] FigureSource* find(const QString& name) const;
    /// What is on the screen there, as it is zoomed or all of it, with the parameters of the project.
    /// GUI thread; cheap.
    [[nodiscard]] Figure figureOf(const FigureSource& source, bool asZoomed) const;
    /// Parameters that figures of the open project have: models, corpus, fingerprints, K, θ; `layer` too.
    [[nodiscard]] QList<QPair<QString, QString>> parameters(bool layer) const;

    QStringList titles() const;
    int current() const { return m_current; } ///< among the titles; -1: there is none
    void setCurrent(int current);
    QString name() const;
    bool hasNumbers() const;
    QVariant preview() const; ///< std::shared_ptr<const LaidOutFigure>
    QStringList presetTitles() const; ///< and "Own size"
    int preset() const { return m_preset; }
    void setPreset(int preset);
    double widthMm() const { return m_options.widthMm; }
    void setWidthMm(double width);
    double heightMm() const; ///< that the file will have
    void setHeightMm(double height);
    bool isFreeHeight() const { return m_options.heightMm == 0.0; } ///< as the picture's ratio gives it
    void setFreeHeight(bool isFree);
    int dpi() const { return m_options.dpi; }
    void setDpi(int dpi);
    bool isDark() const { return m_options.dark; }
    void setDark(bool dark);
    bool areOutlines() const { return m_options.textAsOutlines; }
    void setOutlines(bool outlines);
    bool isWithTitle() const { return m_options.withTitle; }
    void setWithTitle(bool withTitle);
    bool isZoomed() const; ///< the window shows a part of the figure
    bool isAsZoomed() const { return m_asZoomed; } ///< that part is written, not all; begins as false
    void setAsZoomed(bool asZoomed);
    int format() const { return static_cast<int>(m_format); } ///< FigureFormat
    void setFormat(int format);
    QString sizeText() const; ///< "84 × 61 mm, text of 7.5 points"
    QString noteText() const; ///< what a person should know before printing; empty: nothing
    QString caption() const;
    QStringList kept() const; ///< names of the figures that the project remembers
    QStringList printers() const; ///< the system's own choice, then by name; empty: it told of none
    int printer() const { return m_printer; } ///< among these
    void setPrinter(int printer);
    QString notice() const { return m_notice; } ///< what was written last

    /// Takes the figures that are seen now.
    Q_INVOKABLE void refresh();
    /// A name for the file: project, figure, layer.
    Q_INVOKABLE QString suggestedName(const QString& ending) const;
    Q_INVOKABLE QString ending() const; ///< of the format: "svg"
    /// Writes the figure; a name without the format's ending gets it.
    Q_INVOKABLE void save(const QString& pathOrUrl);
    /// By the ending: .csv, .json or .tex.
    Q_INVOKABLE void saveNumbers(const QString& pathOrUrl);
    /// Picture, SVG and PDF at once: the program that pastes takes what it can.
    Q_INVOKABLE void copy();
    /// What a name that the project remembers stands for: "alignment, layer 4, K = 600, 84 mm, SVG".
    Q_INVOKABLE QString keptText(int kept) const;
    /// The project remembers the figure with its place, format and size; a name that is there is replaced.
    /// Characters that a file's name cannot have become "_".
    Q_INVOKABLE void keep(const QString& name);
    Q_INVOKABLE void forget(int kept);
    /// Goes to the figure's place and takes over its format and size.
    Q_INVOKABLE void show(int kept);
    /// On a sheet of paper, as large as the file would be.
    Q_INVOKABLE void print();

Q_SIGNALS:
    void figuresChanged();
    void figureChanged();
    void keptChanged();
    void printersChanged();
    void noticeChanged();

private:
    using Kept = std::vector<project::SavedFigure>;
    void readKept();
    void changeKept(
        const std::function<base::Status(const project::FigureStore&)>& change, const QString& notice);
    void change(const std::function<void()>& set);
    void say(const QString& notice);
    void write(const QString& path, std::function<base::Status()> work);

    JobController& m_jobs;
    StudySession& m_session;
    QPointer<QQuickWindow> m_window;
    struct Seen {
        Figure whole, zoomed;
    };
    const Figure& figureNow() const; ///< only while there is a current one
    std::vector<Seen> m_figures;
    int m_current = -1;
    int m_preset = 0;
    FigureOptions m_options;
    FigureFormat m_format = FigureFormat::Svg;
    bool m_asZoomed = false;
    QPointer<Navigator> m_navigator;
    Kept m_kept;
    PrintQueue m_printQueue;
    int m_printer = 0;
    QString m_notice;
};

} // namespace palimpsest::app
