// NFC, NFD, NFKC, NFKD (Unicode 15, section 3.11) with the alignments of the unicode-normalization-alignments
// crate: of a decomposed code point the first part replaces it and the others are insertions; a composite
// replaces its first part and drops the others.

#include <algorithm>
#include <utility>

#include "tokenizer/normalizers/normalizer.h"
#include "tokenizer/text/unicode_rules.h"

namespace palimpsest::tokenizer {

namespace {

struct Decomposed {
    Change step;
    std::uint8_t combiningClass = 0;
};

std::vector<Change> decomposeAll(std::string_view text, bool compatible)
{
    std::vector<Decomposed> parts;
    parts.reserve(text.size());
    std::size_t runStart = 0; // of non-starters, to be put into canonical order
    const auto sortRun = [&] {
        std::stable_sort(parts.begin() + static_cast<std::ptrdiff_t>(runStart), parts.end(),
            [](const Decomposed& a, const Decomposed& b) { return a.combiningClass < b.combiningClass; });
    };
    Decomposition decomposition;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t count = decompose(nextCodePoint(text, at), compatible, decomposition);
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint8_t ccc = combiningClass(decomposition[i]);
            if (ccc == 0) {
                if (parts.size() > runStart + 1)
                    sortRun();
                parts.push_back({{decomposition[i], i == 0 ? 0 : 1}, 0});
                runStart = parts.size();
            } else {
                parts.push_back({{decomposition[i], i == 0 ? 0 : 1}, ccc});
            }
        }
    }
    if (parts.size() > runStart + 1)
        sortRun();
    std::vector<Change> changes;
    changes.reserve(parts.size());
    for (const Decomposed& part : parts)
        changes.push_back(part.step);
    return changes;
}

/// Canonical composition of a sequence in canonical order.
std::vector<Change> composeAll(const std::vector<Change>& parts)
{
    std::vector<Change> result;
    result.reserve(parts.size());
    std::size_t starter = parts.size(); // index in result; parts.size() means none yet
    int lastClass = -1; // of what stands between the starter and here; -1: nothing
    for (const Change& part : parts) {
        const int ccc = combiningClass(part.c);
        if (starter < parts.size() && lastClass < ccc) {
            const char32_t composite = composePair(result[starter].c, part.c);
            if (composite != 0) {
                result[starter] = {composite, result[starter].change + part.change - 1};
                continue;
            }
        }
        if (ccc == 0) {
            starter = result.size();
            lastClass = -1;
        } else {
            lastClass = ccc;
        }
        result.push_back(part);
    }
    return result;
}

class UnicodeFormNormalizer final : public Normalizer {
public:
    explicit UnicodeFormNormalizer(UnicodeForm form)
        : m_compatible(form == UnicodeForm::Nfkc || form == UnicodeForm::Nfkd)
        , m_compose(form == UnicodeForm::Nfc || form == UnicodeForm::Nfkc)
    {
    }

    void apply(AlignedText& text) const override
    {
        if (isAscii(text.text))
            return;
        std::vector<Change> changes = decomposeAll(text.text, m_compatible);
        if (m_compose)
            changes = composeAll(changes);
        text.transform(changes);
    }

private:
    bool m_compatible;
    bool m_compose;
};

} // namespace

NormalizerPtr makeUnicodeForm(UnicodeForm form)
{
    return std::make_unique<UnicodeFormNormalizer>(form);
}

} // namespace palimpsest::tokenizer
