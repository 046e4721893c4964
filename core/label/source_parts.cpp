#include "label/source_parts.h"

#include <charconv>
#include <utility>

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;

std::string optionOf(
    const SourceSetup& setup, std::span<const OptionDescriptor> options, std::string_view name)
{
    if (const auto found = setup.options.find(name); found != setup.options.end())
        return found->second;
    for (const OptionDescriptor& option : options) {
        if (option.name == name)
            return std::string(option.standard);
    }
    return {};
}

base::Result<std::size_t> countOption(const SourceSetup& setup, std::span<const OptionDescriptor> options,
    std::string_view name, std::size_t low, std::size_t high)
{
    const std::string text = optionOf(setup, options, name);
    std::size_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc() || end != text.data() + text.size() || number < low || number > high) {
        return Error{ErrorCode::InvalidArgument,
            "The option " + std::string(name) + " is \"" + text + "\"; it must be a whole number from "
                + std::to_string(low) + " to " + std::to_string(high)};
    }
    return number;
}

base::Result<bool> flagOption(
    const SourceSetup& setup, std::span<const OptionDescriptor> options, std::string_view name)
{
    const std::string text = optionOf(setup, options, name);
    if (text != "yes" && text != "no") {
        return Error{ErrorCode::InvalidArgument,
            "The option " + std::string(name) + " is \"" + text + "\"; it must be yes or no"};
    }
    return text == "yes";
}

base::Result<std::string> requiredOption(
    const SourceSetup& setup, std::span<const OptionDescriptor> options, std::string_view name)
{
    std::string text = optionOf(setup, options, name);
    if (text.empty()) {
        return Error{ErrorCode::InvalidArgument,
            "This label source needs the option " + std::string(name) + "; give " + std::string(name) + "="};
    }
    return text;
}

base::Result<std::shared_ptr<const LabelTable>> WordSource::label(
    const corpus::TokenTable& tokens, const base::JobContext& ctx) const
{
    constexpr std::size_t kWordsPerReport = 512;
    const auto& vocabulary = tokens.corpus().parts().vocabulary;
    std::vector<std::uint8_t> used(vocabulary.size(), 0);
    for (const corpus::Token& token : tokens.rows())
        used[base::toIndex(token.word)] = 1;

    std::vector<std::vector<std::string>> labels(vocabulary.size());
    for (std::size_t word = 0; word < vocabulary.size(); ++word) {
        if (word % kWordsPerReport == 0) {
            if (ctx.stopRequested())
                return base::cancelled();
            ctx.progress(
                static_cast<double>(word) / static_cast<double>(vocabulary.size()), "Labelling words");
        }
        if (used[word] == 0)
            continue;
        PALIMPSEST_CHECK(
            m_labeller(vocabulary[word], [&](std::string_view label) { labels[word].emplace_back(label); }));
    }
    LabelTableBuilder builder(m_name);
    for (const corpus::Token& token : tokens.rows()) {
        for (const std::string& label : labels[base::toIndex(token.word)])
            builder.add(label);
        builder.endRow();
    }
    ctx.progress(1.0, "Labelling words");
    return std::move(builder).finish();
}

} // namespace palimpsest::label
