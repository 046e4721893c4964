#pragma once
// Word-level activations: runs an encoder over tokenized sentences and pools the pieces of wanted words.
// Thread: reentrant; call from a job's thread, one at a time, since a run uses all cores by itself.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "model/model.h"
#include "model/sentence_pieces.h"
#include "tensorfile/tensor_file.h"

namespace palimpsest::activation {

using SentencePieces = model::SentencePieces;

/// Which pieces make the vector of a word: its last, its first, or the mean of all.
enum class Pooling : std::uint8_t { Last, First, Mean };

struct WantedWord {
    std::uint32_t sentence = 0; ///< index into the sentences
    std::uint32_t word = 0; ///< a value of wordOfPiece in that sentence
};

/// Where the rows of one layer go, row-major.
struct Destination {
    Destination(std::span<float> values) // a plain matrix is the usual destination
        : bytes(std::as_writable_bytes(values))
    {
    }
    /// `type` is F32 or F16; F16 is rounded to nearest: off by at most 2⁻¹¹ of the value, or 3·10⁻⁸ near 0.
    Destination(tensorfile::ElementType elementType, std::span<std::byte> memory)
        : type(elementType)
        , bytes(memory)
    {
    }
    /// Memory of a base::MappedOutput: what is written leaves this process's memory as the run goes on.
    [[nodiscard]] static Destination inFile(tensorfile::ElementType elementType, std::span<std::byte> mapped)
    {
        Destination destination(elementType, mapped);
        destination.isMappedOutput = true;
        return destination;
    }

    tensorfile::ElementType type = tensorfile::ElementType::F32;
    std::span<std::byte> bytes; ///< aligned to its elements
    bool isMappedOutput = false;
};

struct ExtractOptions {
    std::vector<int> layers; ///< hidden states, 0..layerCount, each once, in any order
    Pooling pooling = Pooling::Last;
    /// Pieces per batch; a longer sentence is a batch of its own. 0: what suits the device.
    std::size_t tokenBudget = 0;
    std::size_t workers = 0; ///< batches that run at a time on a CPU; 0: one per processor
    /// Where finished batches are noted as `<file>.part`, so that a run which was cancelled or killed goes on
    /// where it stopped, if its destinations have kept their rows. Empty: nowhere.
    std::filesystem::path progressFile;
};

struct ExtractReport {
    std::size_t sentences = 0; ///< with wanted words
    std::size_t reused = 0; ///< of these, whose rows an earlier run had left complete
};

/// Fills `destinations[i]`, a row-major [rows.size(), hiddenSize] matrix, with hidden state options.layers[i]
/// of each wanted word. A batch that the progress file notes is not run again if model, sentences, rows and
/// options are those of the run that noted it (by fingerprint) and its rows are still what that run wrote (by
/// checksum). Sentences run by length without padding, so the batch they fall into does not change
/// a row by more than float32 rounding, and the number of workers does not change a byte. Only sentences with
/// wanted words run, only up to the highest layer. Progress counts words. Memory beyond the arguments is
/// bounded by the token budget of each worker, and of destinations in files a few dozen megabytes at a time.
/// Fails with InvalidArgument (a layer out of range or twice, an id outside the vocabulary, a sentence longer
/// than config().maxPieces, rows that are not sentence-major, a word without a piece), ShapeMismatch (a
/// destination of another size), NotFinite (the model gave NaN or infinity, or a value beyond float16),
/// TooLarge (out of memory), Cancelled (the progress file stays), or as base::MappedOutput does for the
/// progress file.
[[nodiscard]] base::Result<ExtractReport> extractActivations(const model::Model& model,
    std::span<const SentencePieces> sentences, std::span<const WantedWord> rows,
    const ExtractOptions& options, std::span<const Destination> destinations, const base::JobContext& ctx);

} // namespace palimpsest::activation
