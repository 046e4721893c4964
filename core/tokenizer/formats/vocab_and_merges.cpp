#include "tokenizer/formats/readers.h"
namespace palimpsest::tokenizer {
base::Result<TokenizerParts> readVocabAndMerges(const std::filesystem::path& path, const TokenizerConfig&)
{
    return base::Error{base::ErrorCode::Unsupported, path.string() + " cannot be read yet"};
}
} // namespace palimpsest::tokenizer
