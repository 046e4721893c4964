#pragma once
// What several sources share: options as values, labels that depend on the word alone; private to core/label.
// Thread: reentrant.

#include <functional>
#include <string>
#include <string_view>

#include "label/label_source.h"

namespace palimpsest::label {

/// The value given, else the standard of the descriptor.
[[nodiscard]] std::string optionOf(
    const SourceSetup& setup, std::span<const OptionDescriptor> options, std::string_view name);

/// The same as a whole number in `low`..`high`, or as yes/no. Fail with InvalidArgument.
[[nodiscard]] base::Result<std::size_t> countOption(const SourceSetup& setup,
    std::span<const OptionDescriptor> options, std::string_view name, std::size_t low, std::size_t high);
[[nodiscard]] base::Result<bool> flagOption(
    const SourceSetup& setup, std::span<const OptionDescriptor> options, std::string_view name);
/// Fails with InvalidArgument where nothing is given.
[[nodiscard]] base::Result<std::string> requiredOption(
    const SourceSetup& setup, std::span<const OptionDescriptor> options, std::string_view name);

using LabelSink = std::function<void(std::string_view label)>;

/// Gives the labels of a word to `sink`.
using WordLabeller = std::function<base::Status(std::string_view word, const LabelSink& sink)>;

/// A source whose labels depend on the word alone: each word of the vocabulary is asked once.
class WordSource : public LabelSource {
public:
    WordSource(std::string name, WordLabeller labeller)
        : m_name(std::move(name))
        , m_labeller(std::move(labeller))
    {
    }
    [[nodiscard]] base::Result<std::shared_ptr<const LabelTable>> label(
        const corpus::TokenTable& tokens, const base::JobContext& ctx) const override;

private:
    std::string m_name;
    WordLabeller m_labeller;
};

[[nodiscard]] inline std::unique_ptr<LabelSource> wordSource(std::string name, WordLabeller labeller)
{
    return std::make_unique<WordSource>(std::move(name), std::move(labeller));
}

} // namespace palimpsest::label
