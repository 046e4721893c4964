#include "project/annotation.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/utf8.h"

namespace palimpsest::project {

using base::Error;
using base::ErrorCode;

namespace {

bool isLine(std::string_view text)
{
    return std::none_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool isShortLine(std::string_view text)
{
    return text.size() <= kLongestName && base::validUtf8Prefix(text) == text.size() && isLine(text);
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kSpaces = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kSpaces);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

std::string folded(std::string_view text)
{
    std::string lower(trimmed(text));
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

Error invalid(const Annotation& annotation, std::string_view what)
{
    return {ErrorCode::InvalidArgument,
        "The annotation of node " + std::to_string(annotation.key.node) + " of layer "
            + std::to_string(annotation.key.layer) + " has " + std::string(what)};
}

bool better(const PlacedAnnotation& a, const PlacedAnnotation& b, std::span<const Annotation> annotations)
{
    if (a.exact != b.exact)
        return a.exact;
    if (a.jaccard != b.jaccard)
        return a.jaccard > b.jaccard;
    return annotations[a.index].key.node < annotations[b.index].key.node;
}

/// What both have said of the same nodes, in order of the nodes.
std::vector<std::pair<const Annotation*, const Annotation*>> sharedNodes(
    std::span<const Annotation> annotations, std::string_view annotatorA, std::string_view annotatorB)
{
    std::map<AnnotationKey, const Annotation*> first;
    std::vector<std::pair<const Annotation*, const Annotation*>> pairs;
    for (const Annotation& annotation : annotations) {
        if (annotation.key.annotator == annotatorA)
            first.emplace(AnnotationKey{{}, annotation.key.side, annotation.key.layer, annotation.key.node},
                &annotation);
    }
    for (const Annotation& annotation : annotations) {
        if (annotation.key.annotator != annotatorB)
            continue;
        const auto found = first.find({{}, annotation.key.side, annotation.key.layer, annotation.key.node});
        if (found != first.end() && found->second->tree == annotation.tree)
            pairs.emplace_back(found->second, &annotation);
    }
    return pairs;
}

} // namespace

base::Status checkAnnotation(const Annotation& annotation)
{
    if (annotation.key.annotator.empty() || !isShortLine(annotation.key.annotator))
        return invalid(annotation, "no usable annotator; give one line of at most 200 bytes");
    if (annotation.key.node < 0 || annotation.key.layer < 0)
        return invalid(annotation, "a negative number");
    if (!isShortLine(annotation.name))
        return invalid(annotation, "an unusable name; give one line of at most 200 bytes");
    if (annotation.note.size() > kLongestNote
        || base::validUtf8Prefix(annotation.note) != annotation.note.size())
        return invalid(annotation, "a note that is not UTF-8 or longer than 20,000 bytes; shorten it");
    if (annotation.rating < 0 || annotation.rating > kBestRating)
        return invalid(annotation, "a rating outside of 0 to 5");
    const auto& tags = annotation.tags;
    const bool inOrder = std::adjacent_find(tags.begin(), tags.end(), std::greater_equal<>()) == tags.end();
    const bool usable = std::all_of(tags.begin(), tags.end(), [](const std::string& tag) {
        return !tag.empty() && isShortLine(tag) && tag.find(',') == std::string::npos;
    });
    if (tags.size() > kMostTags || !inOrder || !usable)
        return invalid(annotation, "unusable tags; give at most 50 different words without commas");
    return {};
}

std::vector<std::string> tagsFromText(std::string_view text)
{
    std::set<std::string> tags;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        if (const auto tag = trimmed(text.substr(0, comma)); !tag.empty())
            tags.emplace(tag);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return {tags.begin(), tags.end()};
}

std::vector<std::optional<PlacedAnnotation>> placeAnnotations(std::span<const Annotation> annotations,
    std::string_view annotator, Side side, int layer, const base::Fingerprint& tree,
    const concepts::CutNodes& cut)
{
    std::vector<std::optional<PlacedAnnotation>> places(cut.conceptCount());
    for (std::size_t index = 0; index < annotations.size(); ++index) {
        const Annotation& annotation = annotations[index];
        if (annotation.key.annotator != annotator || annotation.key.side != side
            || annotation.key.layer != layer || annotation.tree != tree)
            continue;
        const auto place = cut.place(annotation.key.node);
        if (!place)
            continue;
        const PlacedAnnotation placed{index, place->jaccard, place->exact};
        auto& holder = places[base::toIndex(place->id)];
        if (!holder || better(placed, *holder, annotations))
            holder = placed;
    }
    return places;
}

std::vector<base::ClusterId> unnamedConcepts(std::span<const Annotation> annotations,
    std::span<const std::optional<PlacedAnnotation>> places, const concepts::ConceptSet& concepts)
{
    std::vector<base::ClusterId> unnamed;
    for (std::size_t id = 0; id < concepts.conceptCount(); ++id) {
        if (id >= places.size() || !places[id] || annotations[places[id]->index].name.empty())
            unnamed.push_back(base::toId<base::ClusterId>(id));
    }
    std::stable_sort(unnamed.begin(), unnamed.end(),
        [&](base::ClusterId a, base::ClusterId b) { return concepts.size(a) > concepts.size(b); });
    return unnamed;
}

concepts::Agreement agreementOf(std::span<const Annotation> annotations, std::string_view annotatorA,
    std::string_view annotatorB, Judgement judgement)
{
    std::vector<std::string> a, b;
    const auto pairs = sharedNodes(annotations, annotatorA, annotatorB);
    std::set<std::string> tags;
    for (const auto& [first, second] : pairs) {
        tags.insert(first->tags.begin(), first->tags.end());
        tags.insert(second->tags.begin(), second->tags.end());
    }
    const auto has = [](const Annotation& annotation, const std::string& tag) {
        return std::binary_search(annotation.tags.begin(), annotation.tags.end(), tag) ? "yes" : "no";
    };
    for (const auto& [first, second] : pairs) {
        if (judgement == Judgement::Name && !first->name.empty() && !second->name.empty()) {
            a.push_back(folded(first->name));
            b.push_back(folded(second->name));
        } else if (judgement == Judgement::Rating && first->rating > 0 && second->rating > 0) {
            a.push_back(std::to_string(first->rating));
            b.push_back(std::to_string(second->rating));
        } else if (judgement == Judgement::Tags) {
            for (const std::string& tag : tags) {
                a.emplace_back(has(*first, tag));
                b.emplace_back(has(*second, tag));
            }
        }
    }
    return concepts::cohenKappa(a, b);
}

std::vector<std::string> annotatorsOf(std::span<const Annotation> annotations)
{
    std::set<std::string> names;
    for (const Annotation& annotation : annotations)
        names.insert(annotation.key.annotator);
    return {names.begin(), names.end()};
}

} // namespace palimpsest::project
