#include "tokenizer/text/aligned_text.h"

namespace palimpsest::tokenizer {

void AlignedText::clear()
{
    text.clear();
    spans.clear();
}

void AlignedText::append(char32_t c, Span span)
{
    appendUtf8(text, c);
    spans.resize(text.size(), span);
}

void AlignedText::append(std::string_view part, std::span<const Span> partSpans)
{
    text.append(part);
    spans.insert(spans.end(), partSpans.begin(), partSpans.end());
}

void AlignedText::assign(std::string_view original, std::uint32_t firstCodePoint)
{
    text.assign(original);
    spans.resize(original.size());
    std::uint32_t next = firstCodePoint;
    for (std::size_t i = 0; i < original.size(); ++i) {
        if (!isContinuation(original[i]))
            ++next;
        spans[i] = {next - 1, next};
    }
}

void AlignedText::transform(std::span<const Change> changes, std::size_t dropped)
{
    const auto skip = [&](std::size_t& at, std::size_t count) {
        for (; count > 0 && at < text.size(); --count)
            at += utf8Length(text[at]);
    };
    const Span start = spans.empty() ? Span{} : Span{spans.front().begin, spans.front().begin};
    const Span last = spans.empty() ? Span{} : spans.back();

    AlignedText result;
    result.text.reserve(text.size() + changes.size());
    result.spans.reserve(text.size() + changes.size());
    std::size_t old = 0;
    skip(old, dropped);
    for (const Change& step : changes) {
        if (step.change > 0) {
            result.append(step.c, old == 0 ? start : spans[old - 1]);
            continue;
        }
        result.append(step.c, old < spans.size() ? spans[old] : last);
        skip(old, 1);
        skip(old, static_cast<std::size_t>(-static_cast<std::int64_t>(step.change)));
    }
    text.swap(result.text);
    spans.swap(result.spans);
}

void AlignedText::prepend(std::string_view prefix)
{
    if (text.empty())
        return;
    text.insert(0, prefix);
    spans.insert(spans.begin(), prefix.size(), spans.front());
}

} // namespace palimpsest::tokenizer
