// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/otlp_decode.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tracedeck {

/// Decodes a protobuf body that arrives in pieces, cut anywhere: what is complete goes into columns at once, so that
/// a large trace is never held twice. Keeps what decodeOtlpTraces keeps of the whole body.
class OtlpTraceStream {
public:
    /// Spans of other traces than `only`, when given, are skipped.
    explicit OtlpTraceStream(std::optional<TraceId> only = {}) : m_only(only) { }

    /// Malformed with the place within the bytes at hand; nothing more is to be added after that.
    [[nodiscard]] Result<void> add(std::string_view piece);
    /// Malformed when the body ends within a record.
    [[nodiscard]] Result<void> finish();
    /// What was decoded so far; gives it away.
    [[nodiscard]] OtlpTraces take() { return std::move(m_traces); }
    /// Bytes of a record that is not complete yet.
    [[nodiscard]] std::size_t waitingBytes() const noexcept { return m_rest.size(); }

private:
    [[nodiscard]] Result<void> decode(std::string_view body);

    std::optional<TraceId> m_only;
    OtlpTraces m_traces;
    std::string m_rest;
};

/// How many bytes at the start of `body` are complete fields of a protobuf message; all of them when what follows can
/// not be one, so that decoding says what is wrong.
[[nodiscard]] std::size_t completeFieldBytes(std::string_view body);

} // namespace tracedeck
