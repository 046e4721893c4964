// Added tokens and post-processors as all readers need them.

#include <algorithm>

#include "tokenizer/formats/json_reading.h"
#include "tokenizer/formats/readers.h"

namespace palimpsest::tokenizer {

base::Status addToken(TokenizerParts& parts, AddedToken token)
{
    parts.vocabulary.expect(1);
    PALIMPSEST_CHECK(parts.vocabulary.set(token.content, token.id));
    const auto known = std::find_if(parts.addedTokens.begin(), parts.addedTokens.end(),
        [&](const AddedToken& other) { return other.content == token.content; });
    if (known != parts.addedTokens.end())
        *known = std::move(token);
    else
        parts.addedTokens.push_back(std::move(token));
    return {};
}

base::Status addConfigTokens(const TokenizerConfig& config, TokenizerParts& parts)
{
    for (AddedToken token : config.addedTokens) {
        // The vocabulary decides about ids; a config copied from another model must not move them.
        token.id = parts.vocabulary.id(token.content).value_or(token.id);
        PALIMPSEST_CHECK(addToken(parts, std::move(token)));
    }
    return {};
}

base::Status addRoleTokens(TokenizerParts& parts, const RoleTokenOptions& options)
{
    const SpecialTokens& tokens = parts.specialTokens;
    std::vector<std::string> contents
        = {tokens.bos, tokens.eos, tokens.unk, tokens.sep, tokens.pad, tokens.cls, tokens.mask};
    contents.insert(contents.end(), tokens.additional.begin(), tokens.additional.end());
    for (const std::string& content : contents) {
        if (content.empty())
            continue;
        const bool isMask = content == tokens.mask;
        AddedToken token;
        token.content = content;
        token.id = parts.vocabulary.id(content).value_or(static_cast<std::int32_t>(parts.vocabulary.size()));
        token.lstrip = options.maskTakesSpace && isMask;
        token.normalized
            = (options.normalized && !isMask) || (options.unknownNormalized && content == tokens.unk);
        token.special = true;
        PALIMPSEST_CHECK(addToken(parts, std::move(token)));
    }
    return {};
}

base::Status surround(TokenizerParts& parts, const std::string& before, const std::string& after,
    PairStyle style, const std::string& file)
{
    const auto put = [&](const std::string& token, std::vector<std::int32_t>& ids) -> base::Status {
        if (token.empty())
            return {};
        const auto id = parts.vocabulary.id(token);
        if (!id)
            return malformed(file, "the special token \"" + token + "\" is not in the vocabulary");
        ids.push_back(*id);
        return {};
    };
    PALIMPSEST_CHECK(put(before, parts.postProcessor.before));
    PALIMPSEST_CHECK(put(after, parts.postProcessor.after));
    PairForm& pair = parts.postProcessor.pair;
    pair.secondType = style == PairStyle::Roberta ? 0 : 1;
    for (const std::int32_t id : parts.postProcessor.before)
        pair.before.push_back({id, 0});
    for (const std::int32_t id : parts.postProcessor.after) {
        pair.between.push_back({id, 0});
        if (style == PairStyle::Roberta)
            pair.between.push_back({id, 0});
        pair.after.push_back({id, pair.secondType});
    }
    if (style == PairStyle::Repeated) {
        for (const std::int32_t id : parts.postProcessor.before)
            pair.between.push_back({id, 1});
    }
    return {};
}

} // namespace palimpsest::tokenizer
