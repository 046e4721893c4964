#pragma once
// What a person says about a concept.
// Thread: values.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fingerprint.h"
#include "base/result.h"
#include "concepts/agreement.h"
#include "concepts/cut_nodes.h"
#include "project/project_file.h"

namespace palimpsest::project {

inline constexpr std::size_t kLongestName = 200; ///< bytes; also of a tag and of an annotator's name
inline constexpr std::size_t kLongestNote = 20000; ///< bytes
inline constexpr std::size_t kMostTags = 50;
inline constexpr int kBestRating = 5;

/// Who speaks of which concept: a node of a layer's merge tree (concepts::CutNodes), so that the same members
/// are meant whatever K is.
struct AnnotationKey {
    std::string annotator;
    Side side = Side::Base;
    int layer = 0;
    std::int32_t node = 0;
    friend auto operator<=>(const AnnotationKey&, const AnnotationKey&) = default;
};

struct Annotation {
    AnnotationKey key;
    std::size_t size = 0; ///< members of the node
    std::size_t k = 0; ///< the cut that was looked at
    base::Fingerprint tree; ///< stage key of the linkage that the node belongs to
    std::string name;
    std::vector<std::string> tags; ///< sorted, all different, none empty
    std::string note;
    int rating = 0; ///< 1..kBestRating; 0: none

    /// Nothing is said: such an annotation is not stored.
    [[nodiscard]] bool isEmpty() const { return name.empty() && tags.empty() && note.empty() && rating == 0; }
};

/// Fails with InvalidArgument: a text that is too long, not UTF-8 or (but for notes) holds control
/// characters, tags out of order, a rating out of range, a node below 0.
[[nodiscard]] base::Status checkAnnotation(const Annotation& annotation);

/// Tags as people type them, separated by commas: trimmed, sorted, all different, none empty.
[[nodiscard]] std::vector<std::string> tagsFromText(std::string_view text);

/// One annotator's annotation on a concept of a cut.
struct PlacedAnnotation {
    std::size_t index = 0; ///< in the annotations that were placed
    double jaccard = 0.0;
    bool exact = false; ///< else carried over from a concept of another cut
};

/// Puts one annotator's annotations of a layer on the concepts of a cut, by concept id. A concept gets the
/// annotation of its own node, else the one with the largest Jaccard index from
/// concepts::kSameConceptJaccard on, ties to the smaller node. Annotations of another tree than `tree` are
/// left out.
[[nodiscard]] std::vector<std::optional<PlacedAnnotation>> placeAnnotations(
    std::span<const Annotation> annotations, std::string_view annotator, Side side, int layer,
    const base::Fingerprint& tree, const concepts::CutNodes& cut);

/// Concepts without a name, largest first, ties by id: what is still to be named.
[[nodiscard]] std::vector<base::ClusterId> unnamedConcepts(std::span<const Annotation> annotations,
    std::span<const std::optional<PlacedAnnotation>> places, const concepts::ConceptSet& concepts);

enum class Judgement : std::uint8_t { Name, Rating, Tags };

/// Cohen's κ of two annotators over the nodes both speak of: names compared without letter case (ASCII) and
/// outer spaces, ratings as categories, tags as one yes or no per node and tag that either of them uses.
[[nodiscard]] concepts::Agreement agreementOf(std::span<const Annotation> annotations,
    std::string_view annotatorA, std::string_view annotatorB, Judgement judgement);

/// Names of all annotators, sorted.
[[nodiscard]] std::vector<std::string> annotatorsOf(std::span<const Annotation> annotations);

} // namespace palimpsest::project
