#pragma once
// What searches for adversarial triggers found, kept so that it is there when the project is opened again.
// Thread: as the ProjectFile, which must outlive the store.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/fingerprint.h"
#include "base/result.h"
#include "project/project_file.h"

namespace palimpsest::project {

inline constexpr std::size_t kMostTriggerSearches = 64; ///< the oldest make room

struct TriggerCount {
    std::uint32_t flipped = 0;
    std::uint32_t count = 0;
    friend bool operator==(const TriggerCount&, const TriggerCount&) = default;
};

/// One trigger on all sentences that were tried.
struct TriggerEntry {
    std::string kind; ///< "polar", "random", "nonpolar" or "gradient"
    std::string position; ///< "prepend", "insert" or "append"
    std::vector<std::string> words;
    std::uint32_t frequency = 0; ///< in the corpus, of the rarest of the words
    std::int32_t conceptId = -1; ///< that holds the first word; -1: none
    TriggerCount flips;
    std::vector<TriggerCount> byClass; ///< by class of the sentence
    double shift = 0.0; ///< mean change of the target's margin, in logits
    friend bool operator==(const TriggerEntry&, const TriggerEntry&) = default;
};

/// A sentence that a trigger of several words flipped; with its text, so that it can still be read after the
/// corpus has become another one.
struct TriggerFlip {
    std::uint32_t sentence = 0;
    std::uint32_t composed = 0; ///< index into TriggerRecord::composed
    std::int32_t classIndex = -1; ///< of the sentence; -1: none
    std::string original, changed;
    std::uint32_t triggerAt = 0; ///< word of `changed` that is the trigger's first
    double before = 0.0, after = 0.0; ///< probability of the target
    friend bool operator==(const TriggerFlip&, const TriggerFlip&) = default;
};

/// A search with all that it was made with. There is one for each layer and target: a later one replaces it.
struct TriggerRecord {
    int layer = 0; ///< of the fine-tuned model
    std::size_t target = 0; ///< index into classNames
    std::size_t k = 0;
    double theta = 0.0;
    std::string definition; ///< of a sentence's class: "gold", "predicted" or "right"
    bool balanced = true;
    std::vector<std::uint32_t> picked; ///< concepts whose words were tried; empty: all of the target
    std::size_t candidates = 0, phrases = 0, mostWords = 1;
    std::size_t asked = 0; ///< sentences to be drawn; 0: all
    std::vector<std::string> positions;
    std::uint64_t seed = 0;
    bool controls = true, gradientSearch = true;
    std::vector<std::string> classNames;
    std::vector<std::string> labels; ///< the model's, by class; empty where it has none for the class
    std::size_t polarConcepts = 0;
    std::vector<std::uint32_t> sentences; ///< that were tried
    std::vector<TriggerEntry> entries; ///< kind by kind, best first
    std::vector<TriggerEntry> composed; ///< the best words of a kind together
    std::vector<TriggerFlip> flips;
    base::Fingerprint tree; ///< stage key of the linkage, which stands for corpus, model and activations
    friend bool operator==(const TriggerRecord&, const TriggerRecord&) = default;
};

struct KeptTriggerRecord {
    TriggerRecord record;
    bool current = true; ///< false: corpus, model or activations are others since
};

class TriggerStore {
public:
    /// Writing needs a file opened for writing.
    explicit TriggerStore(const ProjectFile& file)
        : m_file(file)
    {
    }

    /// As they were put, the newest last; empty for a file of a layout that had none. Fails with Malformed.
    [[nodiscard]] base::Result<std::vector<KeptTriggerRecord>> read() const;
    /// Becomes the newest; replaces the one of its layer and target. Fails with InvalidArgument (a record
    /// that no search gives), DiskFull or WriteFailed.
    [[nodiscard]] base::Status put(const TriggerRecord& record) const;
    /// One that is not there is no failure.
    [[nodiscard]] base::Status remove(int layer, std::size_t target) const;

private:
    [[nodiscard]] base::Status putSearch(std::int64_t id, const TriggerRecord& record) const;
    [[nodiscard]] base::Status putEntries(std::int64_t id, const TriggerRecord& record) const;
    [[nodiscard]] base::Status putFlips(std::int64_t id, const TriggerRecord& record) const;
    [[nodiscard]] base::Status drop(std::int64_t id) const;
    [[nodiscard]] base::Result<bool> readParts(std::int64_t id, TriggerRecord& record) const;
    const ProjectFile& m_file;
};

} // namespace palimpsest::project
