#include "tokenizer/formats/sentencepiece_proto.h"

#include <bit>
#include <string_view>

#include "base/mapped_file.h"
#include "tokenizer/formats/json_reading.h"
#include "tokenizer/text/utf8.h"
#include "tokenizer/vocabulary.h"

namespace palimpsest::tokenizer {

namespace {

/// One field of a message: its number and, depending on the wire type, its number or its bytes.
struct Field {
    std::uint64_t number = 0;
    std::uint64_t value = 0; ///< varint, or the bits of a fixed32/fixed64
    std::string_view bytes; ///< length-delimited
};

/// Walks over the fields of a message and never leaves it.
class Fields {
public:
    explicit Fields(std::string_view message)
        : m_message(message)
    {
    }

    /// False at the end and on broken input; broken() tells which.
    bool next(Field& field)
    {
        if (m_at == m_message.size() || m_broken)
            return false;
        std::uint64_t tag = 0;
        field = {};
        m_broken = !varint(tag) || tag >> 3U == 0;
        if (m_broken)
            return false;
        field.number = tag >> 3U;
        switch (tag & 7U) {
        case 0:
            m_broken = !varint(field.value);
            break;
        case 1:
            m_broken = !fixed(8, field.value);
            break;
        case 2:
            m_broken = !delimited(field.bytes);
            break;
        case 5:
            m_broken = !fixed(4, field.value);
            break;
        default: // groups are not used in this format
            m_broken = true;
        }
        return !m_broken;
    }

    [[nodiscard]] bool broken() const { return m_broken; }

private:
    bool varint(std::uint64_t& value)
    {
        value = 0;
        for (unsigned shift = 0; shift < 64 && m_at < m_message.size(); shift += 7) {
            const auto byte = static_cast<unsigned char>(m_message[m_at++]);
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if ((byte & 0x80U) == 0)
                return true;
        }
        return false;
    }

    bool fixed(std::size_t size, std::uint64_t& value)
    {
        if (m_message.size() - m_at < size)
            return false;
        value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(m_message[m_at + i])) << (8 * i);
        m_at += size;
        return true;
    }

    bool delimited(std::string_view& bytes)
    {
        std::uint64_t size = 0;
        if (!varint(size) || size > m_message.size() - m_at)
            return false;
        bytes = m_message.substr(m_at, static_cast<std::size_t>(size));
        m_at += bytes.size();
        return true;
    }

    std::string_view m_message;
    std::size_t m_at = 0;
    bool m_broken = false;
};

bool readPiece(std::string_view message, SentencePieceModel& model)
{
    SentencePieceModel::Piece piece;
    Fields fields(message);
    for (Field field; fields.next(field);) {
        if (field.number == 1)
            piece.text = field.bytes;
        else if (field.number == 2)
            piece.score = static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(field.value)));
    }
    if (fields.broken() || !isValidUtf8(piece.text)
        || static_cast<std::int64_t>(model.pieces.size()) > Vocabulary::kLargestId)
        return false;
    model.pieces.push_back(std::move(piece));
    return true;
}

bool readTrainer(std::string_view message, SentencePieceModel& model)
{
    Fields fields(message);
    for (Field field; fields.next(field);) {
        if (field.number == 3)
            model.type = static_cast<SentencePieceModel::Type>(field.value);
        else if (field.number == 40)
            model.unknownId = static_cast<std::int64_t>(field.value);
        else if (field.number == 45)
            model.unknownPiece = field.bytes;
    }
    return !fields.broken() && isValidUtf8(model.unknownPiece);
}

bool readNormalizerRules(std::string_view message, SentencePieceModel& model)
{
    Fields fields(message);
    for (Field field; fields.next(field);) {
        if (field.number == 2)
            model.charsmap = field.bytes;
    }
    return !fields.broken();
}

} // namespace

base::Result<SentencePieceModel> readSentencePieceModel(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(content, base::readFile(path, kLargestTokenizerFile));
    SentencePieceModel model;
    Fields fields(content);
    bool good = true;
    for (Field field; good && fields.next(field);) {
        if (field.number == 1)
            good = readPiece(field.bytes, model);
        else if (field.number == 2)
            good = readTrainer(field.bytes, model);
        else if (field.number == 3)
            good = readNormalizerRules(field.bytes, model);
    }
    if (!good || fields.broken() || model.pieces.empty())
        return malformed(
            path.string(), "this is not a SentencePiece model, or it is cut off; download it again");
    return model;
}

} // namespace palimpsest::tokenizer
