#pragma once
// Regular expressions written for Oniguruma (as tokenizer.json has them), run by ICU on UTF-8.
// Thread: immutable after compile(); findAll() may be called by any number of threads.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace palimpsest::tokenizer {

class Regex {
public:
    /// Fails with Malformed for a pattern that ICU cannot read (the message holds it).
    [[nodiscard]] static base::Result<Regex> compile(const std::string& pattern);

    ~Regex();
    Regex(Regex&&) noexcept;
    Regex& operator=(Regex&&) noexcept;

    /// [begin, end) in bytes of all matches that are not empty, ascending. A pattern that needs too much time
    /// or stack on this text finds nothing more from there on.
    [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> findAll(std::string_view text) const;

private:
    struct Compiled;
    explicit Regex(std::unique_ptr<Compiled> compiled);

    std::unique_ptr<Compiled> m_compiled;
};

} // namespace palimpsest::tokenizer
