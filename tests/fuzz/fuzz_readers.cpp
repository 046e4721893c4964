// fuzz_readers TARGET COUNT [FIRST]: reads COUNT mutated files, says how many were refused, and fails where
// one took more than a second of processor time. A crash is the sanitizer's report; the last line "at N"
// before it names the input.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include <unistd.h>

#include "fuzz_targets.h"

using namespace palimpsest::testing;

int main(int count, char** words)
{
    if (count < 3) {
        std::fputs("fuzz_readers TARGET COUNT [FIRST]\n", stderr);
        for (const FuzzTarget& target : fuzzTargets())
            std::printf("%s\n", std::string(target.name).c_str());
        return 2;
    }
    const std::filesystem::path scratch
        = (std::filesystem::exists("/dev/shm") ? std::filesystem::path("/dev/shm")
                                               : std::filesystem::temp_directory_path())
        / ("palimpsest-fuzz-" + std::to_string(::getpid()));
    std::filesystem::create_directories(scratch);
    const std::uint64_t total = std::strtoull(words[2], nullptr, 10);
    const std::uint64_t first = count > 3 ? std::strtoull(words[3], nullptr, 10) : 0;
    int result = 2;
    for (const FuzzTarget& target : fuzzTargets()) {
        if (target.name != words[1])
            continue;
        result = 0;
        FuzzOutcome all;
        constexpr std::uint64_t kStep = 10000;
        for (std::uint64_t done = 0; done < total; done += kStep) {
            std::fprintf(stderr, "\rat %llu", static_cast<unsigned long long>(first + done));
            const FuzzOutcome part = fuzz(target, first + done, std::min(kStep, total - done), scratch);
            all.taken += part.taken;
            all.refused += part.refused;
            if (part.slowest > all.slowest)
                all.slowest = part.slowest;
        }
        std::fputs("\r", stderr);
        std::printf("%s: %llu inputs, %llu refused, %llu taken, slowest %.3f s\n", words[1],
            static_cast<unsigned long long>(all.taken + all.refused),
            static_cast<unsigned long long>(all.refused), static_cast<unsigned long long>(all.taken),
            all.slowest);
        if (all.slowest > 1.0)
            result = 1;
    }
    std::filesystem::remove_all(scratch);
    return result;
}
