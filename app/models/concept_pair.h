#pragma once
// One base concept beside one fine-tuned concept: how much they share, and which words.
// Thread: GUI.

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <QPointer>

#include "bridge/annotations.h"
#include "models/concept_access.h"

namespace palimpsest::app {

class ConceptPair : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by ConceptBrowser")
    Q_PROPERTY(bool valid READ isValid NOTIFY pairChanged FINAL)
    Q_PROPERTY(int baseId READ baseId NOTIFY pairChanged FINAL)
    Q_PROPERTY(int fineTunedId READ fineTunedId NOTIFY pairChanged FINAL)
    Q_PROPERTY(QString baseTitle READ baseTitle NOTIFY pairChanged FINAL)
    Q_PROPERTY(QString fineTunedTitle READ fineTunedTitle NOTIFY pairChanged FINAL)
    Q_PROPERTY(QString baseWords READ baseWords NOTIFY pairChanged FINAL)
    Q_PROPERTY(QString fineTunedWords READ fineTunedWords NOTIFY pairChanged FINAL)
    Q_PROPERTY(QString shareOfBaseText READ shareOfBaseText NOTIFY pairChanged FINAL)
    Q_PROPERTY(QString shareOfFineTunedText READ shareOfFineTunedText NOTIFY pairChanged FINAL)
    Q_PROPERTY(double shareOfBase READ shareOfBase NOTIFY pairChanged FINAL)
    Q_PROPERTY(double shareOfFineTuned READ shareOfFineTuned NOTIFY pairChanged FINAL)
    Q_PROPERTY(QString verdict READ verdict NOTIFY pairChanged FINAL)

public:
    using QObject::QObject;

    void setAnnotations(Annotations* annotations); ///< may be null
    /// Ids of `comparison`; anything else makes the pair invalid.
    void setPair(const Comparison& comparison, int baseId, int fineTunedId);
    void clear();

    bool isValid() const { return m_comparison != nullptr; }
    int baseId() const { return m_baseId; } ///< -1 when there is no pair
    int fineTunedId() const { return m_fineTunedId; }
    QString baseTitle() const; ///< "Base concept 17, 212 occurrences", or with its name
    QString fineTunedTitle() const;
    QString baseWords() const; ///< five most frequent words
    QString fineTunedWords() const;
    double shareOfBase() const; ///< shared members / members of the base concept, 0..1
    double shareOfFineTuned() const;
    QString shareOfBaseText() const; ///< "93 % of the base concept (197 of 212)"
    QString shareOfFineTunedText() const;
    QString verdict() const; ///< whether the two are θ-aligned, and in which direction

Q_SIGNALS:
    void pairChanged();

private:
    QString titleOf(ConceptRef ref) const;
    QString wordsOf(ConceptRef ref) const;
    double shareOf(ConceptRef ref) const;
    ConceptRef baseRef() const;
    ConceptRef fineTunedRef() const;

    QPointer<Annotations> m_annotations;
    Comparison m_comparison;
    int m_baseId = -1;
    int m_fineTunedId = -1;
    std::uint32_t m_shared = 0;
};

} // namespace palimpsest::app
