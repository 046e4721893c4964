#pragma once
// A typed sentence before both models, answered while it is typed.
// Thread: GUI; models run in light jobs, of which the newest wins.

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <filesystem>
#include <memory>

#include "bridge/study_session.h"
#include "models/class_probability_model.h"
#include "models/sentence_word_model.h"
#include "models/trigger_list_model.h"

namespace palimpsest::app {

class TaskSentenceModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TaskModel")
    Q_PROPERTY(bool available READ isAvailable NOTIFY studyChanged FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged FINAL)
    Q_PROPERTY(bool hasPairs READ hasPairs NOTIFY studyChanged FINAL)
    Q_PROPERTY(QString second READ second WRITE setSecond NOTIFY textChanged FINAL)
    Q_PROPERTY(int secondBegin READ secondBegin NOTIFY answered FINAL)
    Q_PROPERTY(int sentence READ sentence NOTIFY textChanged FINAL)
    Q_PROPERTY(int sentenceCount READ sentenceCount NOTIFY studyChanged FINAL)
    Q_PROPERTY(QString sentenceText READ sentenceText NOTIFY textChanged FINAL)
    Q_PROPERTY(int method READ method WRITE setMethod NOTIFY optionsChanged FINAL)
    Q_PROPERTY(QStringList targets READ targets NOTIFY studyChanged FINAL)
    Q_PROPERTY(int target READ target WRITE setTarget NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool computing READ isComputing NOTIFY computingChanged FINAL)
    Q_PROPERTY(QString error READ error NOTIFY answered FINAL)
    Q_PROPERTY(QString attributionText READ attributionText NOTIFY answered FINAL)
    Q_PROPERTY(QString completenessText READ completenessText NOTIFY answered FINAL)
    Q_PROPERTY(QString noAttribution READ noAttribution NOTIFY answered FINAL)
    Q_PROPERTY(QString noBase READ noBase NOTIFY answered FINAL)
    Q_PROPERTY(QString noConcepts READ noConcepts NOTIFY answered FINAL)
    Q_PROPERTY(bool baseMissing READ isBaseMissing NOTIFY answered FINAL)
    Q_PROPERTY(palimpsest::app::SentenceWordModel* words READ words CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::ClassProbabilityModel* fineTuned READ fineTuned CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::ClassProbabilityModel* base READ base CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::TriggerWordModel* triggers READ triggers CONSTANT FINAL)

public:
    static constexpr int kPauseMs = 350; ///< of typing, before models run

    explicit TaskSentenceModel(QObject* parent = nullptr);

    void setSession(StudySession* session);
    void setStudy(std::shared_ptr<const pipeline::TaskStudy> study);
    void setActive(bool active);
    /// Triggers that a search found take the place of those that only look promising; null: none did.
    void setSearch(SearchResult search);

    bool isAvailable() const { return m_locator != nullptr; } ///< the fine-tuned model is open
    QString text() const { return m_text; }
    void setText(const QString& text);
    bool hasPairs() const; ///< the corpus is one of sentence pairs, so a second text makes sense
    QString second() const { return m_second; } ///< text of a pair; empty: one text
    void setSecond(const QString& text);
    int secondBegin() const { return m_secondBegin; } ///< its first word in `words`; -1: no pair
    int sentence() const { return m_sentence; } ///< number in the corpus, from 1; 0: typed
    int sentenceCount() const;
    QString sentenceText() const; ///< "sentence 12, negative"; empty for a typed one
    int method() const { return m_method; } ///< probe::AttributionMethod
    void setMethod(int method);
    QStringList targets() const; ///< "predicted class", then the model's labels
    int target() const { return m_target; } ///< index into targets()
    void setTarget(int target);
    bool isComputing() const { return m_job != 0 || m_pause.isActive(); }
    QString error() const { return m_error; }
    QString attributionText() const; ///< the logit of nothing, and of the sentence
    QString completenessText() const;
    QString noAttribution() const;
    QString noBase() const;
    QString noConcepts() const;
    bool isBaseMissing() const; ///< chooseBaseFolder() may help
    SentenceWordModel* words() { return &m_words; }
    ClassProbabilityModel* fineTuned() { return &m_fineTuned; }
    ClassProbabilityModel* base() { return &m_base; }
    TriggerWordModel* triggers() { return &m_triggers; }

    /// Shows a sentence of the corpus by its number from 1.
    Q_INVOKABLE void showSentence(int number);
    /// Puts a trigger word before a word of the sentence; beyond the last one: behind it. Words of a pair's
    /// second text are counted after those of its first.
    Q_INVOKABLE void addTrigger(int row, int beforeWord);
    /// In front; of a pair's second text, where the trigger search puts it too.
    Q_INVOKABLE void prependTrigger(int row);
    Q_INVOKABLE void removeWord(int word);
    Q_INVOKABLE void chooseBaseFolder(const QString& pathOrUrl);

Q_SIGNALS:
    void studyChanged();
    void textChanged();
    void optionsChanged();
    void computingChanged();
    void answered();
    void baseFolderProved(const QString& folder); ///< the chosen one holds the base model

private:
    struct Answer {
        std::vector<std::string> words;
        pipeline::SentenceAnswer answer;
        int secondBegin = -1;
    };
    using Triggers = std::vector<TriggerWordModel::Row>;
    void wait(); ///< answers after the pause
    void start();
    void show(Answer answer);
    void suggest();
    void makeLocator();
    void setTexts(const QString& first, const QString& second);
    void setWords(const QStringList& words, qsizetype firstTextWords);
    qsizetype firstTextWords() const;
    std::vector<ClassProbabilityModel::Row> probabilities(
        const probe::Prediction& prediction, const model::Model& model) const;

    QPointer<StudySession> m_session;
    std::shared_ptr<const pipeline::TaskStudy> m_study;
    std::shared_ptr<pipeline::ConceptLocator> m_locator;
    SearchResult m_search;
    std::filesystem::path m_baseFolder; ///< chosen; empty: as the project says
    QString m_text, m_second, m_error;
    int m_secondBegin = -1;
    int m_sentence = 0;
    int m_method = 0;
    int m_target = 0;
    bool m_active = true;
    bool m_suggestAgain = false;
    QTimer m_pause;
    SentenceWordModel m_words;
    ClassProbabilityModel m_fineTuned, m_base;
    TriggerWordModel m_triggers;
    int m_job = 0;
    int m_suggestJob = 0;
};

} // namespace palimpsest::app
