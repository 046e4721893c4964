#include "pipeline/tagger_source.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "model/model.h"
#include "pipeline/encoded_corpus.h"
#include "probe/prediction.h"
#include "tokenizer/tokenizer.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;

namespace {

/// Predictions hold every probability; only the labels are kept of one such block after the other.
constexpr std::size_t kBlock = 2048;

class TaggerSource : public label::LabelSource {
public:
    TaggerSource(std::string name, std::shared_ptr<const model::Model> model,
        std::shared_ptr<const tokenizer::Tokenizer> tokenizer)
        : m_name(std::move(name))
        , m_model(std::move(model))
        , m_tokenizer(std::move(tokenizer))
    {
    }

    base::Result<std::shared_ptr<const label::LabelTable>> label(
        const corpus::TokenTable& tokens, const base::JobContext& ctx) const override
    {
        const std::size_t maxPieces = std::min(m_model->config().maxPieces, m_tokenizer->maxLength());
        PALIMPSEST_TRY(
            encoded, encodeCorpus(tokens.corpus(), *m_tokenizer, {maxPieces}, ctx.part(0.0, 0.02)));
        if (std::string warning = leftOutWarning(tokens.corpus(), encoded.leftOut, encoded.cutSentences);
            !warning.empty())
            ctx.warn(std::move(warning));
        PALIMPSEST_TRY(tags, tag(encoded.pieces(), ctx));

        label::LabelTableBuilder builder(m_name);
        const std::vector<std::string>& labels = m_model->config().labels;
        for (const corpus::Token& token : tokens.rows()) {
            const std::vector<int>& sentence = tags[base::toIndex(token.sentence)];
            if (token.position < sentence.size() && sentence[token.position] >= 0)
                builder.add(labels[static_cast<std::size_t>(sentence[token.position])]);
            builder.endRow();
        }
        return std::move(builder).finish();
    }

private:
    base::Result<std::vector<std::vector<int>>> tag(
        const std::vector<model::SentencePieces>& pieces, const base::JobContext& ctx) const
    {
        const std::size_t count = pieces.size();
        std::vector<std::vector<int>> tags;
        tags.reserve(count);
        for (std::size_t begin = 0; begin < count; begin += kBlock) {
            const std::size_t size = std::min(kBlock, count - begin);
            const auto at = [&](std::size_t sentence) {
                return 0.02 + 0.98 * static_cast<double>(sentence) / static_cast<double>(count);
            };
            // The words of a block's progress count its own sentences; here all of them are counted.
            const base::JobContext outer = ctx.part(at(begin), at(begin + size));
            const base::JobContext inner(
                ctx.stopToken(),
                [&](double fraction, std::string_view) {
                    const auto done = begin + static_cast<std::size_t>(fraction * static_cast<double>(size));
                    outer.progress(fraction,
                        "Tagging, " + std::to_string(done) + " of " + std::to_string(count) + " sentences");
                },
                [&](std::string warning) { ctx.warn(std::move(warning)); });
            PALIMPSEST_TRY(
                block, probe::predictWords(*m_model, std::span(pieces).subspan(begin, size), inner));
            for (const auto& sentence : block) {
                std::vector<int>& words = tags.emplace_back();
                for (const probe::Prediction& prediction : sentence)
                    words.push_back(prediction.label);
            }
        }
        return tags;
    }

    std::string m_name;
    std::shared_ptr<const model::Model> m_model;
    std::shared_ptr<const tokenizer::Tokenizer> m_tokenizer;
};

} // namespace

base::Result<std::unique_ptr<label::LabelSource>> openTagger(
    const std::filesystem::path& folder, const std::string& device, std::string setName)
{
    PALIMPSEST_TRY(model, model::Model::open(folder, {device}));
    if (model->config().head != model::HeadKind::TokenClassification) {
        return Error{ErrorCode::Unsupported,
            folder.string() + " (" + model->config().architecture
                + ") does not label words; give a checkpoint for token classification"};
    }
    PALIMPSEST_TRY(tokenizer, tokenizer::Tokenizer::open(folder));
    if (setName.empty()) {
        const auto clean = (folder / "").parent_path();
        setName = clean.filename().string();
    }
    return std::unique_ptr<label::LabelSource>(
        std::make_unique<TaggerSource>(std::move(setName), std::move(model), std::move(tokenizer)));
}

} // namespace palimpsest::pipeline
