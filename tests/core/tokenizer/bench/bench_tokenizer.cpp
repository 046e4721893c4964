// Times Tokenizer::encode() on one thread: bench_tokenizer MODEL_FOLDER TEXT_FILE, one text per line.
// Prints the number of texts and pieces and the best of three times; compare.py puts it beside Hugging
// Face's.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "tokenizer/tokenizer.h"

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fputs("usage: bench_tokenizer MODEL_FOLDER TEXT_FILE\n", stderr);
        return 2;
    }
    using Clock = std::chrono::steady_clock;
    const auto seconds
        = [](Clock::time_point since) { return std::chrono::duration<double>(Clock::now() - since).count(); };
    const auto start = Clock::now();
    const auto tokenizer = palimpsest::tokenizer::Tokenizer::open(argv[1]);
    if (!tokenizer) {
        std::fprintf(stderr, "%s\n", tokenizer.error().message.c_str());
        return 1;
    }
    const double opening = seconds(start);

    std::vector<std::string> texts;
    std::ifstream file(argv[2]);
    for (std::string line; std::getline(file, line);)
        texts.push_back(line);

    double best = 1e9;
    std::size_t pieces = 0;
    for (int round = 0; round < 3; ++round) {
        const auto begin = Clock::now();
        pieces = 0;
        for (const std::string& text : texts)
            pieces += tokenizer.value()->encode(text).ids.size();
        best = std::min(best, seconds(begin));
    }
    std::printf("{\"texts\": %zu, \"pieces\": %zu, \"seconds\": %.4f, \"open_seconds\": %.4f}\n",
        texts.size(), pieces, best, opening);
    return 0;
}
