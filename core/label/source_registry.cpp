#include <algorithm>
#include <array>
#include <string>

#include "label/sources/sources.h"

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;

std::span<const SourceDescriptor> sources()
{
    // One line a source. An explicit list: what nobody names, the linker drops from a static library.
    static const std::array kSources{
        kCasing,
        kPrefixes,
        kSuffixes,
        kCharacterNgrams,
        kSubwords,
        kFirstWord,
        kLastWord,
        kWordLength,
        kNumeric,
        kWordNet,
        kLabelJson,
        kConllu,
        kColumns,
        kLiwc,
        kLexicon,
        kWordList,
        kPatterns,
    };
    return kSources;
}

base::Result<std::unique_ptr<LabelSource>> makeSource(std::string_view id, const SourceSetup& setup)
{
    const auto all = sources();
    const auto found = std::find_if(
        all.begin(), all.end(), [id](const SourceDescriptor& source) { return source.id == id; });
    if (found == all.end()) {
        std::string names;
        for (const SourceDescriptor& source : all)
            names += (names.empty() ? "" : ", ") + std::string(source.id);
        return Error{ErrorCode::NotFound,
            "There is no file and no label source called " + std::string(id) + "; the sources are " + names};
    }
    for (const auto& [name, value] : setup.options) {
        const auto known = std::find_if(found->options.begin(), found->options.end(),
            [&](const OptionDescriptor& option) { return option.name == name; });
        if (known != found->options.end())
            continue;
        std::string names;
        for (const OptionDescriptor& option : found->options)
            names += (names.empty() ? "" : ", ") + std::string(option.name);
        return Error{ErrorCode::InvalidArgument,
            "The label source " + std::string(id) + " has no option " + name
                + (names.empty() ? "; it has none" : "; it has " + names)};
    }
    return found->make(setup);
}

std::string_view sourceForFile(std::string_view fileName)
{
    if (fileName.ends_with(".json"))
        return kLabelJson.id;
    if (fileName.ends_with(".conllu"))
        return kConllu.id;
    if (fileName.ends_with(".dic"))
        return kLiwc.id;
    if (fileName.ends_with(".regex"))
        return kPatterns.id;
    if (fileName.ends_with(".list"))
        return kWordList.id;
    return kColumns.id;
}

} // namespace palimpsest::label
