#pragma once
// Everything a card says about one concept.
// Thread: GUI.

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <QPointer>

#include "bridge/annotations.h"
#include "models/class_share_model.h"
#include "models/sentence_list_model.h"
#include "models/word_table_model.h"

namespace palimpsest::app {

/// One concept of a snapshot, or none (`valid` is false and all texts are empty).
class ConceptCardModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by ConceptBrowser")
    Q_PROPERTY(bool valid READ isValid NOTIFY conceptChanged FINAL)
    Q_PROPERTY(palimpsest::app::Selection::Side side READ side NOTIFY conceptChanged FINAL)
    Q_PROPERTY(int conceptId READ conceptId NOTIFY conceptChanged FINAL)
    Q_PROPERTY(QString title READ title NOTIFY annotationChanged FINAL)
    Q_PROPERTY(QString subtitle READ subtitle NOTIFY annotationChanged FINAL)
    Q_PROPERTY(int status READ status NOTIFY conceptChanged FINAL)
    Q_PROPERTY(QString statusLetter READ statusLetterText NOTIFY conceptChanged FINAL)
    Q_PROPERTY(QString statusText READ statusWord NOTIFY conceptChanged FINAL)
    Q_PROPERTY(QString statusMeaning READ meaning NOTIFY conceptChanged FINAL)
    Q_PROPERTY(QString taskText READ taskText NOTIFY conceptChanged FINAL)
    Q_PROPERTY(QString name READ name NOTIFY annotationChanged FINAL)
    Q_PROPERTY(QString tags READ tags NOTIFY annotationChanged FINAL)
    Q_PROPERTY(QString note READ note NOTIFY annotationChanged FINAL)
    Q_PROPERTY(int rating READ rating NOTIFY annotationChanged FINAL)
    Q_PROPERTY(QString carriedText READ carriedText NOTIFY annotationChanged FINAL)
    Q_PROPERTY(QString othersText READ othersText NOTIFY annotationChanged FINAL)
    Q_PROPERTY(palimpsest::app::WordTableModel* words READ words CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::SentenceListModel* sentences READ sentences CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::ClassShareModel* classes READ classes CONSTANT FINAL)

public:
    explicit ConceptCardModel(QObject* parent = nullptr);

    void setAnnotations(Annotations* annotations); ///< may be null
    /// The same concept at another θ keeps the lists as they are.
    void setConcept(const Comparison& comparison, ConceptRef ref);
    void clear();
    const Comparison& snapshot() const { return m_comparison; }
    ConceptRef ref() const { return m_ref; }

    bool isValid() const { return m_comparison != nullptr; }
    Selection::Side side() const { return m_ref.side; }
    int conceptId() const { return isValid() ? static_cast<int>(base::toIndex(m_ref.id)) : -1; }
    QString title() const; ///< its name, else "Concept 17"
    QString subtitle() const; ///< "Base model, layer 3, 212 occurrences of 31 words"
    int status() const; ///< align::Status as a number, -1 when there is no concept
    QString statusLetterText() const;
    QString statusWord() const;
    QString meaning() const; ///< what the status means, in one sentence
    QString taskText() const; ///< "Task concept, positive"; empty when it is none
    /// What the present annotator says of it; empty where nothing.
    QString name() const;
    QString tags() const; ///< separated by commas
    QString note() const;
    int rating() const;
    QString carriedText() const; ///< where a carried-over annotation comes from; empty for an own one
    QString othersText() const; ///< names that others gave it
    WordTableModel* words() { return &m_words; }
    SentenceListModel* sentences() { return &m_sentences; }
    ClassShareModel* classes() { return &m_classes; }

Q_SIGNALS:
    void conceptChanged();
    void annotationChanged(); ///< also with each other concept

private:
    std::optional<Annotations::Shown> annotation() const;

    QPointer<Annotations> m_annotations;
    Comparison m_comparison;
    ConceptRef m_ref;
    WordTableModel m_words;
    SentenceListModel m_sentences;
    ClassShareModel m_classes;
};

} // namespace palimpsest::app
