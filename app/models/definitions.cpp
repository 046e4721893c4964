#include "models/definitions.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace palimpsest::app {

namespace {

constexpr std::array kDefinitions{
    DefinitionText{"concept", QT_TRANSLATE_NOOP("Definitions", "Concept"),
        QT_TRANSLATE_NOOP("Definitions",
            "A cluster of word occurrences whose activations at a layer lie close together: Ward's "
            "clustering of "
            "one model's layer, cut into K clusters by undoing its last K − 1 merges.")},
    DefinitionText{"aligned", QT_TRANSLATE_NOOP("Definitions", "θ-aligned"),
        QT_TRANSLATE_NOOP("Definitions",
            "At least the share θ of a concept's occurrences lies in one concept of the other model at the "
            "same "
            "layer.")},
    DefinitionText{"kept", QT_TRANSLATE_NOOP("Definitions", "Kept"),
        QT_TRANSLATE_NOOP("Definitions",
            "Aligned both ways with one concept of the other model. The kept share of a layer is its kept "
            "base "
            "concepts divided by its base concepts.")},
    DefinitionText{"merged", QT_TRANSLATE_NOOP("Definitions", "Merged"),
        QT_TRANSLATE_NOOP("Definitions",
            "A base concept that lies in a larger fine-tuned one, or a fine-tuned one into which base "
            "concepts "
            "went.")},
    DefinitionText{"split", QT_TRANSLATE_NOOP("Definitions", "Split"),
        QT_TRANSLATE_NOOP("Definitions",
            "A base concept that falls into smaller fine-tuned ones, or a fine-tuned one that is a piece of "
            "a "
            "base concept.")},
    DefinitionText{"vanished", QT_TRANSLATE_NOOP("Definitions", "Vanished"),
        QT_TRANSLATE_NOOP("Definitions", "A base concept without an aligned one in the fine-tuned model.")},
    DefinitionText{"new", QT_TRANSLATE_NOOP("Definitions", "New"),
        QT_TRANSLATE_NOOP("Definitions", "A fine-tuned concept without an aligned one in the base model.")},
    DefinitionText{"task", QT_TRANSLATE_NOOP("Definitions", "Task concept"),
        QT_TRANSLATE_NOOP("Definitions",
            "At least θ of its occurrences come from sentences of one class, and it has 5 occurrences or "
            "more: "
            "below that, purity is mostly chance (Durrani et al. 2022, section 3.3).")},
    DefinitionText{"polarity", QT_TRANSLATE_NOOP("Definitions", "Polarity"),
        QT_TRANSLATE_NOOP("Definitions",
            "How a concept's occurrences spread over the classes of the sentences they stand in; the number "
            "is "
            "the largest share. Occurrences in sentences without a class count as members of no class.")},
    DefinitionText{"predicted", QT_TRANSLATE_NOOP("Definitions", "Predicted class"),
        QT_TRANSLATE_NOOP("Definitions",
            "A sentence belongs to the class that the fine-tuned model gives it, whatever the corpus says. "
            "The "
            "base model's concepts are counted with the same classes, as a control.")},
    DefinitionText{"right", QT_TRANSLATE_NOOP("Definitions", "Gold where right"),
        QT_TRANSLATE_NOOP("Definitions",
            "As the gold class, with the occurrences of sentences that the fine-tuned model gets wrong left "
            "out.")},
    DefinitionText{"trigger", QT_TRANSLATE_NOOP("Definitions", "Trigger"),
        QT_TRANSLATE_NOOP("Definitions",
            "A word of a polar concept that, added to sentences of other classes, makes the model give them "
            "the "
            "target class; the flip rate is the share of sentences where it does. Controls have as many "
            "words: "
            "random ones of the same frequency, words without an occurrence in a task concept, and words "
            "found "
            "by gradients (HotFlip, Ebrahimi et al. 2018). Intervals of single triggers are Wilson's over "
            "sentences, of means ± 1.96 standard errors over triggers.")},
    DefinitionText{"attribution", QT_TRANSLATE_NOOP("Definitions", "Attribution"),
        QT_TRANSLATE_NOOP("Definitions",
            "How much a word raises (+) or lowers (−) the logit of a class, beside a sentence of nothing. "
            "Integrated gradients (Sundararajan et al. 2017) add up to the difference of the logits; the "
            "completeness error is what is missing to it. Gradient × input is their first step, occlusion "
            "the "
            "loss of logit when the word is masked.")},
    DefinitionText{"leaves", QT_TRANSLATE_NOOP("Definitions", "Leaves the base"),
        QT_TRANSLATE_NOOP("Definitions",
            "A word falls in the concept whose centroid is closest to its activation. Where its base concept "
            "and its fine-tuned one hold less than θ of each other, the fine-tuned model leaves the base "
            "(after NxPlain, Dalvi et al. 2023, and LACOAT, Yu et al. 2024).")},
    DefinitionText{"overlap", QT_TRANSLATE_NOOP("Definitions", "Overlap"),
        QT_TRANSLATE_NOOP("Definitions",
            "Occurrences that two concepts share, divided by the occurrences of one of them. The counterpart "
            "is "
            "the concept with the most shared occurrences, ties to the larger share of its own.")},
    DefinitionText{"label", QT_TRANSLATE_NOOP("Definitions", "Label"),
        QT_TRANSLATE_NOOP("Definitions",
            "What a word is by definition: part of speech, suffix, WordNet class. A concept carries a label "
            "that "
            "at least θ of it has.")},
    DefinitionText{"chance", QT_TRANSLATE_NOOP("Definitions", "By chance"),
        QT_TRANSLATE_NOOP("Definitions", "The same count in random concepts of the same sizes.")},
    DefinitionText{"carried", QT_TRANSLATE_NOOP("Definitions", "Carried over"),
        QT_TRANSLATE_NOOP("Definitions",
            "A name belongs to the members of a concept. At another K it is shown with ≈ on the concept "
            "whose "
            "Jaccard index with those members (shared divided by all of both) is largest, from 0.5 on.")},
    DefinitionText{"kappa", QT_TRANSLATE_NOOP("Definitions", "Cohen's κ"),
        QT_TRANSLATE_NOOP("Definitions",
            "(observed − expected) / (1 − expected), with the observed share of equal judgements of two "
            "annotators and the share expected by chance from how often each gives each judgement (Cohen "
            "1960).")},
    DefinitionText{"stayed", QT_TRANSLATE_NOOP("Definitions", "Stayed"),
        QT_TRANSLATE_NOOP("Definitions",
            "Share of a word's occurrences whose fine-tuned concept is the best counterpart of their base "
            "concept, or the reverse. The word has left where this is below half up to the last layer.")},
    DefinitionText{"alike", QT_TRANSLATE_NOOP("Definitions", "Nearest words"),
        QT_TRANSLATE_NOOP("Definitions",
            "With p(c) the share of a word's occurrences in concept c: the sum over all concepts of the "
            "smaller "
            "p of the two words (histogram intersection, Swain and Ballard 1991), averaged over layers and "
            "both "
            "models. Words with one occurrence are left out.")},
    DefinitionText{"surprise", QT_TRANSLATE_NOOP("Definitions", "Surprise"),
        QT_TRANSLATE_NOOP("Definitions",
            "In bits. Scattered and gathered: occurrences times the entropy of how they spread over the "
            "other "
            "model's concepts. More and less polar: occurrences times the divergence (Kullback and Leibler "
            "1951) of the concept's class shares from those that the other model's concepts of the same "
            "occurrences have. Labels lost and gained: the same divergence for the share of the label that a "
            "concept carries, where less than half of its occurrences are in concepts of the other model "
            "that "
            "carry it too. Concepts with 5 occurrences or more.")},
};

QString translated(const char* text)
{
    return QCoreApplication::translate("Definitions", text);
}

} // namespace

std::span<const DefinitionText> definitionRegistry()
{
    return kDefinitions;
}

void Definition::setTopic(const QString& topic)
{
    if (topic == m_topic)
        return;
    m_topic = topic;
    const auto found = std::ranges::find_if(
        kDefinitions, [&](const DefinitionText& text) { return topic == QLatin1String(text.topic); });
    m_definition = found == kDefinitions.end() ? nullptr : &*found;
    if (!m_definition)
        qWarning("No definition of %s", qPrintable(topic));
    Q_EMIT topicChanged();
}

QString Definition::title() const
{
    return m_definition ? translated(m_definition->title) : QString();
}

QString Definition::text() const
{
    return m_definition ? translated(m_definition->text) : QString();
}

int DefinitionListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(kDefinitions.size());
}

QVariant DefinitionListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const DefinitionText& definition = kDefinitions[static_cast<std::size_t>(index.row())];
    switch (role) {
    case TopicRole:
        return QString::fromLatin1(definition.topic);
    case Qt::DisplayRole:
    case TitleRole:
        return translated(definition.title);
    case TextRole:
        return translated(definition.text);
    default:
        return {};
    }
}

QHash<int, QByteArray> DefinitionListModel::roleNames() const
{
    return {{TopicRole, "topic"}, {TitleRole, "title"}, {TextRole, "text"}};
}

} // namespace palimpsest::app
