#pragma once
// What a node of a dendrogram stands for: its concepts, occurrences and words.
// Thread: GUI; words are counted by a light job, since the root has all of them.

#include <QObject>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include "bridge/annotations.h"
#include "layout/tanglegram.h"
#include "models/word_table_model.h"

namespace palimpsest::app {

class JobController;

class TreeNodeCard : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by DendrogramModel")
    Q_PROPERTY(bool valid READ isValid NOTIFY nodeChanged FINAL)
    Q_PROPERTY(bool fineTuned READ fineTuned NOTIFY nodeChanged FINAL)
    Q_PROPERTY(int node READ node NOTIFY nodeChanged FINAL)
    Q_PROPERTY(bool collapsible READ isCollapsible NOTIFY nodeChanged FINAL)
    Q_PROPERTY(bool collapsed READ isCollapsed NOTIFY nodeChanged FINAL)
    Q_PROPERTY(QString title READ title NOTIFY nodeChanged FINAL)
    Q_PROPERTY(QString subtitle READ subtitle NOTIFY nodeChanged FINAL)
    Q_PROPERTY(int status READ status NOTIFY nodeChanged FINAL)
    Q_PROPERTY(QString statusLetter READ statusLetterText NOTIFY nodeChanged FINAL)
    Q_PROPERTY(QString statusText READ statusWord NOTIFY nodeChanged FINAL)
    Q_PROPERTY(QString topWords READ topWords NOTIFY wordsChanged FINAL)
    Q_PROPERTY(QString classText READ classesText NOTIFY wordsChanged FINAL)
    Q_PROPERTY(palimpsest::app::WordTableModel* words READ words CONSTANT FINAL)

public:
    using Snapshot = std::shared_ptr<const layout::Tanglegram>;
    explicit TreeNodeCard(QObject* parent = nullptr);
    ~TreeNodeCard() override;

    /// Null: words are counted at once.
    void setJobs(JobController* jobs) { m_jobs = jobs; }
    void setAnnotations(Annotations* annotations); ///< null: concepts have no names
    /// A node that the snapshot does not have makes the card invalid.
    void setNode(const Snapshot& snapshot, bool fineTuned, layout::Node node);
    void clear() { setNode(nullptr, false, -1); }

    bool isValid() const { return m_snapshot != nullptr; }
    bool fineTuned() const { return m_fineTuned; }
    int node() const { return m_node; } ///< -1: none
    bool isCollapsible() const; ///< has branches that could be hidden
    bool isCollapsed() const;
    QString title() const; ///< "Base subtree of 12 concepts", "Fine-tuned concept 17 “places”", "film"
    QString subtitle() const; ///< "340 occurrences, joined at height 3.21"
    int status() const; ///< align::Status of a concept, -1 for anything else
    QString statusLetterText() const;
    QString statusWord() const;
    QString topWords() const { return m_topWords; } ///< the most frequent ones; the sentence of an occurrence
    QString classesText() const { return m_classText; } ///< "61 % negative, 39 % positive"; at most three
    WordTableModel* words() { return &m_words; }

Q_SIGNALS:
    void nodeChanged();
    void wordsChanged();

private:
    struct Counted;
    const layout::TreeLayout& tree() const;
    QString numberAndName() const; ///< of the concept that the node is in
    bool isOneConcept() const { return isValid() && tree().isConcept(m_node); }
    void adopt(const std::shared_ptr<const Counted>& counted);
    QString sentenceOf(base::TokenId token) const;

    JobController* m_jobs = nullptr;
    QPointer<Annotations> m_annotations;
    Snapshot m_snapshot;
    bool m_fineTuned = false;
    layout::Node m_node = -1;
    std::shared_ptr<const Counted> m_counted; ///< below the node
    QString m_topWords, m_classText;
    WordTableModel m_words;
    int m_job = 0;
    int m_generation = 0; ///< counts of an earlier node are dropped
};

} // namespace palimpsest::app
