// palimpsest tokenize: lines of standard input as the model's tokenizer sees them.

#include <iostream>
#include <memory>

#include "base/utf8.h"
#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "corpus/records.h"
#include "tokenizer/tokenizer.h"

namespace palimpsest::cli {

namespace {

struct TokenizeOptions {
    std::string model;
    bool words = false;
    bool download = false;
};

std::vector<std::string_view> splitWords(std::string_view line)
{
    std::vector<std::string_view> words;
    corpus::forEachWord(line, [&](std::string_view word) {
        words.push_back(word);
        return true;
    });
    return words;
}

std::string encodingJson(const tokenizer::Tokenizer& tokenizer, const tokenizer::Encoding& encoding)
{
    Json tokens = Json::array();
    Json wordIds = Json::array();
    for (std::size_t piece = 0; piece < encoding.ids.size(); ++piece) {
        tokens.push_back(tokenizer.token(encoding.ids[piece]));
        wordIds.push_back(encoding.wordIds[piece] < 0 ? Json() : Json(encoding.wordIds[piece]));
    }
    return jsonLine(
        {{"ids", encoding.ids}, {"tokens", tokens}, {"word_ids", wordIds}, {"offsets", encoding.offsets}});
}

} // namespace

VerbWork makeTokenize(CLI::App& verb)
{
    const auto options = std::make_shared<TokenizeOptions>();
    verb.add_option("--model", options->model, kModelHelp)->required();
    addDownloadOption(verb, options->download);
    verb.add_flag("--words", options->words, "Give the line's words one by one, as pre-split words");

    return [options](Console& console, Outcome&) -> base::Status {
        PALIMPSEST_CHECK(findModelFolder(options->model, options->download, console.context()));
        PALIMPSEST_TRY(tokenizer, tokenizer::Tokenizer::open(options->model));
        std::string line;
        for (std::size_t number = 1; std::getline(std::cin, line); ++number) {
            if (console.context().stopRequested())
                return base::cancelled();
            if (line.ends_with('\r'))
                line.pop_back();
            if (number == 1 && line.starts_with("\xEF\xBB\xBF"))
                line.erase(0, 3);
            if (const std::size_t valid = base::validUtf8Prefix(line); valid < line.size()) {
                return base::Error{base::ErrorCode::Malformed,
                    "Line " + std::to_string(number) + " of standard input is not UTF-8 (byte "
                        + std::to_string(valid + 1) + "); convert it to UTF-8 first"};
            }
            const tokenizer::Encoding encoding
                = options->words ? tokenizer->encodeWords(splitWords(line)) : tokenizer->encode(line);
            PALIMPSEST_CHECK(writeOutput(std::nullopt, encodingJson(*tokenizer, encoding)));
        }
        return {};
    };
}

} // namespace palimpsest::cli
