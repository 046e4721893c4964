#include "activation/extraction.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include <torch/torch.h>

#include "activation/extraction_progress.h"
#include "base/fingerprint.h"
#include "base/mapped_pages.h"
#include "model/batch_planner.h"
#include "model/batch_runner.h"
#include "model/encoder.h"

namespace palimpsest::activation {

using base::Error;
using base::ErrorCode;

namespace {

// Large enough that matrix products run at full rate, small enough that a stop request is met soon.
constexpr std::size_t kCpuTokenBudget = 1024;
constexpr std::size_t kCudaTokenBudget = 32768;
// Bytes: so many that giving pages back costs nothing, few beside the model.
constexpr std::size_t kReleasedTogether = std::size_t{32} << 20U;

/// Appends the pieces that make the vector of `word`, counted from the start of the batch. They need not
/// follow each other: a special token written inside a word belongs to no word. Returns false where there are
/// none.
bool appendPieces(const SentencePieces& sentence, std::uint32_t word, Pooling pooling,
    std::int64_t sentenceStart, std::vector<std::int64_t>& pieces)
{
    const std::size_t before = pieces.size();
    for (std::size_t piece = 0; piece < sentence.wordOfPiece.size(); ++piece) {
        const std::int32_t owner = sentence.wordOfPiece[piece];
        if (owner < 0 || static_cast<std::uint32_t>(owner) != word)
            continue;
        if (pooling != Pooling::Last || pieces.size() == before)
            pieces.push_back(0);
        pieces.back() = sentenceStart + static_cast<std::int64_t>(piece);
        if (pooling == Pooling::First)
            break;
    }
    return pieces.size() > before;
}

bool hasPiece(const SentencePieces& sentence, std::uint32_t word)
{
    std::vector<std::int64_t> pieces;
    return appendPieces(sentence, word, Pooling::First, 0, pieces);
}

std::string grouped(std::size_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t place = text.size(); place > 3;) {
        place -= 3;
        text.insert(place, 1, ',');
    }
    return text;
}

base::Status checkOptions(const model::ModelConfig& config, std::size_t rows, const ExtractOptions& options,
    std::span<const Destination> destinations)
{
    if (destinations.size() != options.layers.size()) {
        return Error{ErrorCode::ShapeMismatch,
            std::to_string(destinations.size()) + " matrices for " + std::to_string(options.layers.size())
                + " layers"};
    }
    for (std::size_t i = 0; i < options.layers.size(); ++i) {
        const int layer = options.layers[i];
        if (layer < 0 || static_cast<std::size_t>(layer) > config.layerCount) {
            return Error{ErrorCode::InvalidArgument,
                "There is no layer " + std::to_string(layer) + "; the model has layers 0 to "
                    + std::to_string(config.layerCount)};
        }
        if (std::count(options.layers.begin(), options.layers.end(), layer) > 1)
            return Error{ErrorCode::InvalidArgument, "Layer " + std::to_string(layer) + " is named twice"};
        if (destinations[i].bytes.size()
            != rows * config.hiddenSize * tensorfile::elementSize(destinations[i].type)) {
            return Error{ErrorCode::ShapeMismatch,
                "The matrix of layer " + std::to_string(layer) + " does not have " + std::to_string(rows)
                    + " rows of " + std::to_string(config.hiddenSize) + " values"};
        }
    }
    return {};
}

/// Rows of each sentence: rows[begins[s]] up to rows[begins[s + 1]].
base::Result<std::vector<std::size_t>> rowBegins(std::span<const SentencePieces> sentences,
    std::span<const WantedWord> rows, const model::ModelConfig& config)
{
    std::vector<std::size_t> begins(sentences.size() + 1, 0);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::size_t sentence = rows[row].sentence;
        if (sentence >= sentences.size() || (row > 0 && sentence < rows[row - 1].sentence)) {
            return Error{ErrorCode::InvalidArgument,
                "Row " + std::to_string(row + 1) + " names sentence " + std::to_string(sentence + 1)
                    + " out of order or beyond the last"};
        }
        if (row == 0 || rows[row - 1].sentence != sentence) {
            PALIMPSEST_CHECK(model::checkSentence(sentences[sentence], sentence, config));
            if (sentences[sentence].wordOfPiece.size() != sentences[sentence].ids.size()) {
                return Error{ErrorCode::InvalidArgument,
                    "Sentence " + std::to_string(sentence + 1) + " does not name a word for every piece"};
            }
        }
        if (!hasPiece(sentences[sentence], rows[row].word)) {
            return Error{ErrorCode::InvalidArgument,
                "Word " + std::to_string(rows[row].word + 1) + " of sentence " + std::to_string(sentence + 1)
                    + " has no piece; leave it out"};
        }
        ++begins[sentence + 1];
    }
    for (std::size_t sentence = 0; sentence < sentences.size(); ++sentence)
        begins[sentence + 1] += begins[sentence];
    return begins;
}

/// Where the rows of one batch come from: row rows[i] is the mean of the packed pieces from pieces[begins[i]]
/// up to pieces[begins[i + 1]].
struct BatchRows {
    std::vector<std::size_t> rows;
    std::vector<std::size_t> begins = {0};
    std::vector<std::int64_t> pieces;
};

/// Everything that decides the bytes of a row, and which rows a batch has.
base::Fingerprint extractionFingerprint(const model::Model& model, std::span<const SentencePieces> sentences,
    std::span<const WantedWord> rows, const ExtractOptions& options,
    std::span<const Destination> destinations, const std::vector<std::vector<std::uint32_t>>& batches)
{
    // To be raised when the code gives other rows for the same input.
    constexpr std::int64_t kVersion = 2;
    base::FingerprintBuilder builder;
    builder.add(kVersion).add(model.fingerprint()).add(std::string_view(model.device()));
    builder.add(static_cast<std::int64_t>(model.precision()));
    builder.add(static_cast<std::int64_t>(options.pooling));
    for (std::size_t i = 0; i < options.layers.size(); ++i) {
        builder.add(static_cast<std::int64_t>(options.layers[i]));
        builder.add(static_cast<std::int64_t>(destinations[i].type));
    }
    builder.add(std::as_bytes(rows));
    for (const auto& batch : batches) {
        builder.add(std::as_bytes(std::span(batch)));
        for (const std::uint32_t sentence : batch) {
            builder.add(std::as_bytes(sentences[sentence].ids));
            builder.add(std::as_bytes(sentences[sentence].wordOfPiece));
            if (!sentences[sentence].types.empty())
                builder.add(std::as_bytes(sentences[sentence].types));
        }
    }
    return builder.finish();
}

class Extractor {
public:
    Extractor(const model::Model& model, std::span<const SentencePieces> sentences,
        std::span<const WantedWord> rows, const ExtractOptions& options,
        std::span<const Destination> destinations)
        : m_model(model)
        , m_sentences(sentences)
        , m_rows(rows)
        , m_options(options)
        , m_destinations(destinations)
    {
    }

    base::Result<ExtractReport> run(const std::vector<std::size_t>& begins, const base::JobContext& ctx) const
    {
        const at::Device device(m_model.device());
        std::vector<std::size_t> lengths(m_sentences.size(), 0);
        for (std::size_t sentence = 0; sentence < m_sentences.size(); ++sentence) {
            if (begins[sentence] < begins[sentence + 1])
                lengths[sentence] = m_sentences[sentence].ids.size();
        }
        const std::size_t automatic = device.is_cpu() ? kCpuTokenBudget : kCudaTokenBudget;
        const std::size_t budget = m_options.tokenBudget > 0 ? m_options.tokenBudget : automatic;

        const auto batches = model::planBatches(lengths, budget);
        ExtractionProgress noted;
        if (!m_options.progressFile.empty()) {
            PALIMPSEST_TRY(opened,
                ExtractionProgress::open(m_options.progressFile,
                    extractionFingerprint(m_model, m_sentences, m_rows, m_options, m_destinations, batches),
                    batches.size()));
            noted = std::move(opened);
        }
        std::size_t done = 0;
        std::size_t unreleased = 0;
        std::vector<char> reused(batches.size(), 0);
        model::BatchCalls calls;
        calls.run = [&](std::size_t index) -> base::Status {
            const auto batch = model::packSentences(m_sentences, batches[index], device);
            const BatchRows wanted = rowsOf(batches[index], batch, begins);
            if (noted.isMarked(index) && noted.isDone(index, checksum(wanted))) {
                reused[index] = 1;
                return {};
            }
            PALIMPSEST_CHECK(runBatch(batch, wanted, ctx));
            if (noted.isKept())
                noted.mark(index, checksum(wanted));
            return {};
        };
        calls.finished = [&](std::size_t index) {
            std::size_t words = 0;
            for (const std::uint32_t sentence : batches[index])
                words += begins[sentence + 1] - begins[sentence];
            done += words;
            unreleased += words * rowSizes();
            if (unreleased >= kReleasedTogether) {
                releaseFiles();
                unreleased = 0;
            }
            ctx.progress(static_cast<double>(done) / static_cast<double>(m_rows.size()),
                grouped(done) + " of " + grouped(m_rows.size()) + " words");
        };
        const auto status = model::runBatches(m_model, batches.size(), m_options.workers, ctx, calls);
        if (!status) {
            if (status.error().code == ErrorCode::Cancelled)
                noted.keep();
            return status.error();
        }
        ExtractReport report;
        for (std::size_t index = 0; index < batches.size(); ++index) {
            report.sentences += batches[index].size();
            report.reused += reused[index] != 0 ? batches[index].size() : 0;
        }
        return report;
    }

private:
    /// Bytes of one word in all destinations.
    [[nodiscard]] std::size_t rowSizes() const
    {
        std::size_t bytes = 0;
        for (const Destination& to : m_destinations)
            bytes += m_model.config().hiddenSize * tensorfile::elementSize(to.type);
        return bytes;
    }

    void releaseFiles() const
    {
        for (const Destination& to : m_destinations)
            if (to.isMappedOutput)
                base::releasePages(to.bytes);
    }

    BatchRows rowsOf(const std::vector<std::uint32_t>& sentences, const model::PackedBatch& batch,
        const std::vector<std::size_t>& begins) const
    {
        BatchRows wanted;
        for (std::size_t i = 0; i < sentences.size(); ++i) {
            const std::uint32_t sentence = sentences[i];
            for (std::size_t row = begins[sentence]; row < begins[sentence + 1]; ++row) {
                appendPieces(m_sentences[sentence], m_rows[row].word, m_options.pooling, batch.starts[i],
                    wanted.pieces);
                wanted.begins.push_back(wanted.pieces.size());
                wanted.rows.push_back(row);
            }
        }
        return wanted;
    }

    base::Status runBatch(
        const model::PackedBatch& batch, const BatchRows& wanted, const base::JobContext& ctx) const
    {
        const model::Encoder& encoder = m_model.encoder();
        model::Forward run{batch, nullptr, {}};
        std::vector<std::int64_t> needed = wanted.pieces;
        std::sort(needed.begin(), needed.end());
        needed.erase(std::unique(needed.begin(), needed.end()), needed.end());
        const int highest = *std::max_element(m_options.layers.begin(), m_options.layers.end());
        at::Tensor state = encoder.embed(encoder.embedWords(batch.ids()), run);
        for (int layer = 0;; ++layer) {
            if (ctx.stopRequested())
                return base::cancelled();
            const auto found = std::find(m_options.layers.begin(), m_options.layers.end(), layer);
            if (found != m_options.layers.end()) {
                const auto index = static_cast<std::size_t>(found - m_options.layers.begin());
                PALIMPSEST_CHECK(store(state, wanted, m_destinations[index], layer));
            }
            if (layer == highest)
                return {};
            if (layer + 1 == highest)
                run.needed = needed;
            state = encoder.layer(static_cast<std::size_t>(layer), state, run);
        }
    }

    [[nodiscard]] std::span<std::byte> rowBytes(const Destination& to, std::size_t row) const
    {
        const std::size_t size = m_model.config().hiddenSize * tensorfile::elementSize(to.type);
        return to.bytes.subspan(row * size, size);
    }

    /// Of the rows of a batch in all layers.
    [[nodiscard]] std::uint64_t checksum(const BatchRows& wanted) const
    {
        base::FingerprintBuilder builder;
        for (const Destination& to : m_destinations) {
            for (const std::size_t row : wanted.rows)
                builder.add(std::span<const std::byte>(rowBytes(to, row)));
        }
        return builder.finish().low;
    }

    base::Status store(
        const at::Tensor& state, const BatchRows& wanted, const Destination& destination, int layer) const
    {
        const auto hidden = static_cast<std::size_t>(state.size(1));
        const at::Tensor host = state.to(at::kCPU).to(at::kFloat).contiguous();
        const float* values = host.data_ptr<float>();
        const bool halves = destination.type == tensorfile::ElementType::F16;
        std::vector<float> pooled(halves ? hidden : 0);
        for (std::size_t i = 0; i < wanted.rows.size(); ++i) {
            const auto bytes = rowBytes(destination, wanted.rows[i]);
            float* to = halves ? pooled.data() : reinterpret_cast<float*>(bytes.data());
            const std::span<const std::int64_t> all(wanted.pieces);
            const auto pieces = all.subspan(wanted.begins[i], wanted.begins[i + 1] - wanted.begins[i]);
            pool(values, hidden, pieces, to);
            // A sum is finite exactly when no value is NaN or infinite (up to overflow, which float64 cannot
            // have).
            double sum = 0.0;
            for (std::size_t column = 0; column < hidden; ++column)
                sum += static_cast<double>(to[column]);
            if (!std::isfinite(sum)) {
                const WantedWord& word = m_rows[wanted.rows[i]];
                return Error{ErrorCode::NotFinite,
                    "Layer " + std::to_string(layer) + " of " + m_model.folder().string()
                        + " gives NaN or infinity for word " + std::to_string(word.word + 1) + " of sentence "
                        + std::to_string(word.sentence + 1) + "; the weights of the model are damaged"};
            }
            if (halves && !halve(pooled, bytes)) {
                return Error{ErrorCode::NotFinite,
                    "Layer " + std::to_string(layer) + " of " + m_model.folder().string()
                        + " gives values beyond 65,504, the largest float16; store float32"};
            }
        }
        return {};
    }

    /// False where a value is beyond float16.
    static bool halve(std::span<const float> values, std::span<std::byte> to)
    {
        bool fits = true;
        auto* halves = reinterpret_cast<std::uint16_t*>(to.data());
        for (std::size_t column = 0; column < values.size(); ++column) {
            const c10::Half half(values[column]);
            halves[column] = half.x;
            fits = fits && (half.x & 0x7c00U) != 0x7c00U;
        }
        return fits;
    }

    static void pool(const float* values, std::size_t hidden, std::span<const std::int64_t> pieces, float* to)
    {
        const auto rowOf
            = [&](std::int64_t piece) { return values + static_cast<std::size_t>(piece) * hidden; };
        std::memcpy(to, rowOf(pieces.front()), hidden * sizeof(float));
        if (pieces.size() == 1)
            return;
        for (const std::int64_t piece : pieces.subspan(1)) {
            const float* from = rowOf(piece);
            for (std::size_t column = 0; column < hidden; ++column)
                to[column] += from[column];
        }
        const auto count = static_cast<float>(pieces.size());
        for (std::size_t column = 0; column < hidden; ++column)
            to[column] /= count;
    }

    const model::Model& m_model;
    std::span<const SentencePieces> m_sentences;
    std::span<const WantedWord> m_rows;
    const ExtractOptions& m_options;
    std::span<const Destination> m_destinations;
};

} // namespace

base::Result<ExtractReport> extractActivations(const model::Model& model,
    std::span<const SentencePieces> sentences, std::span<const WantedWord> rows,
    const ExtractOptions& options, std::span<const Destination> destinations, const base::JobContext& ctx)
{
    PALIMPSEST_CHECK(checkOptions(model.config(), rows.size(), options, destinations));
    PALIMPSEST_TRY(begins, rowBegins(sentences, rows, model.config()));
    if (options.layers.empty() || rows.empty())
        return ExtractReport();
    return Extractor(model, sentences, rows, options, destinations).run(begins, ctx);
}

} // namespace palimpsest::activation
