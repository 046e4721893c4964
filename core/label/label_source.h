#pragma once
// What gives human-defined labels to occurrences: one interface, one list.
// Thread: a source is immutable after it was made; label() is reentrant and belongs on a worker.

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "corpus/token_table.h"
#include "label/label_table.h"

namespace palimpsest::label {

/// One choice that a source offers, as text: for a form and for `--option name=value`.
struct OptionDescriptor {
    std::string_view name;
    std::string_view standard; ///< value where none is given; empty: nothing, or required (see `help`)
    std::string_view help; ///< one sentence
};

struct SourceSetup {
    std::map<std::string, std::string, std::less<>> options; ///< name → value; unknown names are refused
    /// Pieces of the model's vocabulary with their marks (##, Ġ, ▁), for the source "subwords".
    std::shared_ptr<const std::vector<std::string>> vocabulary;
    /// ConceptX's rules to the letter, where its scripts have a generator of this kind.
    bool asConceptX = false;
};

class LabelSource {
public:
    LabelSource() = default;
    LabelSource(const LabelSource&) = delete;
    LabelSource& operator=(const LabelSource&) = delete;
    virtual ~LabelSource() = default;

    /// One row of labels per row of `tokens`. Polls ctx. Fails with Cancelled, with TooLarge, and with
    /// ShapeMismatch where a file belongs to another corpus (the sentence names the first line that differs).
    [[nodiscard]] virtual base::Result<std::shared_ptr<const LabelTable>> label(
        const corpus::TokenTable& tokens, const base::JobContext& ctx) const = 0;
};

/// What a source is called and how it is made. Making reads the source's own files (dictionaries, lists) and
/// fails as these demand; it does not see the corpus.
struct SourceDescriptor {
    std::string_view id; ///< "casing": as on the command line
    std::string_view title; ///< for people, in sentence case
    std::span<const OptionDescriptor> options;
    base::Result<std::unique_ptr<LabelSource>> (*make)(const SourceSetup& setup);
};

/// All sources, in the order of a menu.
[[nodiscard]] std::span<const SourceDescriptor> sources();

/// Checks the names of the options, then makes the source. Fails with NotFound (no such source; the sentence
/// lists them), InvalidArgument (no such option; likewise), or as the source's files demand.
[[nodiscard]] base::Result<std::unique_ptr<LabelSource>> makeSource(
    std::string_view id, const SourceSetup& setup);

/// The source that fits a file by its name: labels_*.json, .conllu, .dic, …; "columns" for any other.
[[nodiscard]] std::string_view sourceForFile(std::string_view fileName);

} // namespace palimpsest::label
