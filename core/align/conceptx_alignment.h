#pragma once
// "As ConceptX": the rules of align_with_auto_tags.py to the letter, defects included.
// Thread: reentrant.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "concepts/concept_set.h"
#include "label/label_table.h"

namespace palimpsest::align {

/// What ConceptX's table of configurations says about a set of this name.
struct ConceptXRules {
    enum class Rename : std::uint8_t {
        None,
        Outside, ///< "O" becomes "O_UNK"
        Casing, ///< "MC" becomes "title_case", "UP" "upper_case", all else "lowercase_UNK"
    };
    Rename rename = Rename::None;
    bool longestNgram
        = false; ///< the longest label with more than 95 % of the top count, of over one character
    bool dropUnknown = false; ///< unknown labels, then rows without labels, leave the count
    bool skipped = false; ///< the set is left out
};

[[nodiscard]] ConceptXRules conceptXRules(std::string_view setName);

struct ConceptXOptions {
    double theta = 0.9; ///< share > θ
    double maxUnknown = 0.4; ///< unknown labels / members > this: the concept gets nothing
};

/// The parts of ConceptX's output file, in the order in which it writes them. Labels are "POS:NN".
struct ConceptXAlignment {
    std::vector<std::pair<std::string, std::vector<base::ClusterId>>> conceptsOfLabel;
    std::vector<std::pair<base::ClusterId, std::vector<std::string>>> labelsOfConcept;
    /// Labels with a share above 0.1, sorted; a set with more than 6 of them adds nothing to a concept.
    std::vector<std::pair<base::ClusterId, std::vector<std::pair<std::string, double>>>> shares;
};

/// Sets in the order given. A row without labels counts as one unknown label.
[[nodiscard]] ConceptXAlignment alignAsConceptX(const concepts::ConceptSet& concepts,
    std::span<const std::shared_ptr<const label::LabelTable>> sets, const ConceptXOptions& options);

} // namespace palimpsest::align
