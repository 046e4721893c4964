#include "tokenizer/pre_tokenizers/separators.h"

#include <algorithm>

namespace palimpsest::tokenizer {

namespace {

std::vector<Segment> mergeWithPrevious(const std::vector<Segment>& segments)
{
    std::vector<Segment> result;
    bool previous = false;
    for (const Segment& segment : segments) {
        if (segment.separator && !previous && !result.empty())
            result.back().end = segment.end;
        else
            result.push_back({segment.begin, segment.end, false});
        previous = segment.separator;
    }
    return result;
}

std::vector<Segment> mergeWithNext(const std::vector<Segment>& segments)
{
    std::vector<Segment> result;
    bool previous = false;
    for (auto segment = segments.rbegin(); segment != segments.rend(); ++segment) {
        if (segment->separator && !previous && !result.empty())
            result.back().begin = segment->begin;
        else
            result.push_back({segment->begin, segment->end, false});
        previous = segment->separator;
    }
    std::reverse(result.begin(), result.end());
    return result;
}

std::vector<Segment> mergeEqual(const std::vector<Segment>& segments)
{
    std::vector<Segment> result;
    bool previous = false;
    for (const Segment& segment : segments) {
        if (segment.separator == previous && !result.empty())
            result.back().end = segment.end;
        else
            result.push_back({segment.begin, segment.end, false});
        previous = segment.separator;
    }
    return result;
}

} // namespace

std::vector<Segment> coverText(
    const std::vector<std::pair<std::size_t, std::size_t>>& matches, std::size_t size, bool invert)
{
    std::vector<Segment> segments;
    segments.reserve(matches.size() * 2 + 1);
    std::size_t last = 0;
    for (const auto& [begin, end] : matches) {
        if (last < begin)
            segments.push_back({last, begin, invert});
        segments.push_back({begin, end, !invert});
        last = end;
    }
    if (last < size)
        segments.push_back({last, size, invert});
    return segments;
}

std::vector<Segment> applyRule(const std::vector<Segment>& segments, SeparatorRule rule)
{
    switch (rule) {
    case SeparatorRule::Removed: {
        std::vector<Segment> kept;
        std::copy_if(segments.begin(), segments.end(), std::back_inserter(kept),
            [](const Segment& segment) { return !segment.separator; });
        return kept;
    }
    case SeparatorRule::Isolated:
        return segments;
    case SeparatorRule::MergedWithPrevious:
        return mergeWithPrevious(segments);
    case SeparatorRule::MergedWithNext:
        return mergeWithNext(segments);
    case SeparatorRule::Contiguous:
        return mergeEqual(segments);
    }
    return segments;
}

} // namespace palimpsest::tokenizer
