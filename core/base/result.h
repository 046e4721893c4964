#pragma once
// The one error channel of the core: a value or an Error that says what went wrong and what to do.
// Thread: values; no shared state.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace palimpsest::base {

/// What a caller may branch on. The sentence for people is in Error::message.
enum class ErrorCode : std::uint8_t {
    InvalidArgument, ///< an option is out of range or contradicts another one
    NotFound, ///< a file, folder, column, tensor or layer that was named is not there
    Unreadable, ///< it is there but the system does not let us read it
    Malformed, ///< the content breaks its own format
    Unsupported, ///< well formed, but of a kind that is not implemented
    ShapeMismatch, ///< two things that belong together have different sizes
    TooFewRows, ///< an empty corpus, a matrix with fewer than two rows
    NotFinite, ///< NaN or infinity among numbers
    TooLarge, ///< more than the memory budget or than an index can hold
    DiskFull, ///< no space left where a result has to be written
    WriteFailed, ///< writing failed for another reason
    NewerVersion, ///< written by a newer Palimpsest
    Cancelled, ///< stopped on request; never shown as an error
    Internal, ///< a bug: an assertion about our own results failed
};

/// One sentence: what was wrong, in which file and line, and what to do.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
};

/// Either a T or an Error. Access to the wrong side is a programming error (std::bad_variant_access).
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] explicit operator bool() const { return m_state.index() == 0; }
    [[nodiscard]] const T& value() const& { return std::get<0>(m_state); }
    [[nodiscard]] T& value() & { return std::get<0>(m_state); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(m_state)); }
    [[nodiscard]] const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// Success without a value, or an Error. Default constructed: success.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
    {
    }

    [[nodiscard]] explicit operator bool() const { return !m_error.has_value(); }
    [[nodiscard]] const Error& error() const { return m_error.value(); }

private:
    std::optional<Error> m_error;
};

using Status = Result<void>;

/// Name of a code as it appears in logs and tests, for example "NotFound".
[[nodiscard]] std::string_view errorCodeName(ErrorCode code);

} // namespace palimpsest::base

/// Declares `name` with the value of a Result expression, or returns its Error from the enclosing function.
#define PALIMPSEST_TRY(name, ...)                                                                            \
    auto name##Result = (__VA_ARGS__);                                                                       \
    if (!name##Result)                                                                                       \
        return name##Result.error();                                                                         \
    auto& name = name##Result.value()

/// Returns the Error of a Status (or Result) expression from the enclosing function, if it has one.
#define PALIMPSEST_CHECK(...)                                                                                \
    do {                                                                                                     \
        if (auto checkedStatus = (__VA_ARGS__); !checkedStatus)                                              \
            return checkedStatus.error();                                                                    \
    } while (false)
