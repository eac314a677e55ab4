// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>

namespace tracedeck {

/// What went wrong, as far as a program can act on it. The user sentence of each code stands in
/// error_text.cpp; `what` carries the particulars.
enum class ErrorCode : std::uint8_t {
    Cancelled,
    InvalidArgument,
    Malformed, ///< bytes that do not decode
    TooLarge, ///< over a stated limit
    Unsupported, ///< a content type, version or feature this build does not know
    NotFound,
    PermissionDenied,
    Unauthorized, ///< credentials missing or refused
    Unreachable, ///< nobody answers there
    TimedOut,
    Busy, ///< the other side, or our queue, is full; try again
    Conflict, ///< somebody else holds it (port, data directory)
    NewerVersion, ///< written by a newer release, left untouched
    Corrupt,
    StorageFull,
    ReadOnly,
    Internal
};

/// A failure with its reason. `source` names who reports it (a source, a file, an endpoint), `what`
/// says what happened, `hint` what the reader can do about it (may be empty).
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string source;
    std::string what;
    std::string hint;
    bool retryable = false;
    std::shared_ptr<const Error> cause;
};

/// Builds an error without a cause; the short form for the common case.
[[nodiscard]] inline Error makeError(ErrorCode code, std::string source, std::string what, std::string hint = {},
                                     bool retryable = false)
{
    return Error{code, std::move(source), std::move(what), std::move(hint), retryable, nullptr};
}

/// A value or the reason why there is none. No exceptions cross a layer.
template <class T> class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) { } // NOLINT(google-explicit-constructor)
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) { } // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }
    /// Precondition: ok().
    [[nodiscard]] const T& value() const& { return *std::get_if<0>(&m_state); }
    [[nodiscard]] T& value() & { return *std::get_if<0>(&m_state); }
    [[nodiscard]] T&& value() && { return std::move(*std::get_if<0>(&m_state)); }
    /// Precondition: !ok().
    [[nodiscard]] const Error& error() const { return *std::get_if<1>(&m_state); }
    [[nodiscard]] const T* operator->() const { return std::get_if<0>(&m_state); }
    [[nodiscard]] const T& operator*() const& { return value(); }

private:
    std::variant<T, Error> m_state;
};

/// Success, or the reason for the failure.
template <> class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error)
        : m_error(std::make_shared<const Error>(std::move(error))) { } // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const noexcept { return m_error == nullptr; }
    explicit operator bool() const noexcept { return ok(); }
    [[nodiscard]] const Error& error() const { return *m_error; }

private:
    std::shared_ptr<const Error> m_error;
};

} // namespace tracedeck
