#pragma once
// What a trigger search found: triggers with their flip rates, and sentences that flipped.
// Thread: GUI. Shows a snapshot; never computes one.

#include <QtQml/qqmlregistration.h>

#include <memory>
#include <optional>
#include <vector>

#include "bridge/trigger_shelf.h"
#include "figures/figure.h"
#include "models/rows_model.h"

namespace palimpsest::app {

/// "Polar concepts", "Random words" …
[[nodiscard]] QString kindText(pipeline::TriggerKind kind);
/// "in front", "inside", "behind".
[[nodiscard]] QString positionText(probe::TriggerPosition position);
/// Words as they may be shown.
[[nodiscard]] QString triggerText(const probe::Words& words);

/// A class of the search as taskClassText() has it; empty for -1.
[[nodiscard]] QString triggerClassText(const pipeline::TriggerSearch& search, int classIndex);
/// What was searched, in a sentence.
[[nodiscard]] QString searchText(const pipeline::TriggerSearch& search, probe::TriggerPosition position);
/// What it was made with, in a sentence.
[[nodiscard]] QString searchOptionsText(const pipeline::TriggerOptions& options);
/// Polar beside random words, in a sentence; empty where there are no random ones.
[[nodiscard]] QString comparisonText(const pipeline::TriggerSearch& search);
/// The best words and the means of all kinds. Words are as they may be shown now.
[[nodiscard]] Figure searchFigure(const pipeline::KeptTriggers& search);

/// Triggers with a rate and its interval: single ones, means of a kind, or several words together.
class TriggerListModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TriggerLabModel")
    Q_PROPERTY(double highest READ highest NOTIFY countChanged FINAL)

public:
    enum Role {
        WordsRole = Qt::UserRole + 1, ///< as they may be shown; wordsAt() gives them as they are
        KindRole, ///< pipeline::TriggerKind
        KindTextRole,
        DetailRole, ///< position and number of words, or how many triggers the mean is of
        RateRole,
        LowRole, ///< 95 % interval
        HighRole,
        RateTextRole,
        IntervalTextRole,
        FlippedTextRole, ///< "31 of 100"; empty for means
        ShiftTextRole, ///< change of the target's margin, in logits
        FrequencyTextRole,
        ConceptIdRole, ///< -1: none
        DescriptionRole,
    };
    Q_ENUM(Role)

    struct Row {
        pipeline::TriggerKind kind = pipeline::TriggerKind::Polar;
        probe::Words words;
        QString detail;
        double rate = 0.0;
        base::Interval interval;
        std::optional<probe::FlipRate> flips;
        std::optional<double> shift;
        std::optional<std::uint32_t> frequency;
        int conceptId = -1;
    };

    using RowsModel::RowsModel;
    void setRows(std::vector<Row> rows);
    const std::vector<Row>& rows() const { return m_rows; }
    Q_INVOKABLE QString wordsAt(int row) const; ///< empty outside of the list

    int count() const override { return static_cast<int>(m_rows.size()); }
    double highest() const; ///< upper end of the highest interval: the end of an axis
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<Row> m_rows;
};

/// Sentences that one trigger flipped, beside their originals.
class FlippedSentenceModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TriggerLabModel")

public:
    enum Role {
        OriginalRole = Qt::UserRole + 1,
        MarkupRole, ///< styled text, escaped, the trigger bold and underlined
        ChangedRole, ///< the bare sentence
        ClassIndexRole, ///< of the original; -1: none
        ClassNameRole,
        ProbabilityTextRole, ///< of the target before and after: "4 % → 93 %"
    };
    Q_ENUM(Role)

    using RowsModel::RowsModel;
    /// Those of `composed`, an index into TriggerSearch::composed; null shows nothing.
    void setSearch(SearchResult search, std::size_t composed);

    int count() const override { return static_cast<int>(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    QString markup(const pipeline::FlippedSentence& sentence) const;

    SearchResult m_search;
    std::vector<std::size_t> m_rows; ///< indices into TriggerSearch::flipped
};

} // namespace palimpsest::app
