#pragma once
// GPT-2's table that writes every byte as one printable character (byte 0x20 as U+0120, "Ġ").
// Source: encoder.py of openai/gpt-2, bytes_to_unicode().
// Thread: reentrant.

#include <optional>
#include <string>
#include <string_view>

namespace palimpsest::tokenizer {

[[nodiscard]] char32_t byteCharacter(unsigned char byte);
/// The same in UTF-8.
[[nodiscard]] std::string byteSpelling(unsigned char byte);

/// The bytes that a text in these characters stands for; nothing if a character is not in the table.
[[nodiscard]] std::optional<std::string> bytesOf(std::string_view text);

} // namespace palimpsest::tokenizer
