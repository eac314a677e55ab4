// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "formats/json_buffers.h"
#include "formats/otlp_fields.h"

#include <cstdint>
#include <simdjson.h>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace tracedeck {

namespace ondemand = simdjson::ondemand;

/// One JSON body read with simdjson on-demand, under the rules of the protobuf JSON mapping: null is "not
/// set", 64-bit integers are numbers or decimal strings, enums are numbers or names.
///
/// Reading is a single pass: every value must be consumed before the next is touched. All readers answer
/// false when reading has to stop and leave the target alone for null. Afterwards either broken() says
/// that the text is no JSON (nothing behind that place can be read), or reason() says why only the
/// present record cannot be kept; a caller that rejects the record goes on with the next one.
class JsonDocument {
public:
    explicit JsonDocument(std::string_view body) : m_buffers(jsonBuffers().take()), m_text(m_buffers->load(body)) { }

    /// Calls `visit(key, value) -> bool` for each field of the root object and checks that nothing follows.
    template <class Visit> bool root(Visit visit)
    {
        ondemand::object object;
        if (!check(m_buffers->parser.iterate(m_text).get(m_document)) || !check(m_document.get_object().get(object))) {
            m_broken = true;
            return false;
        }
        return each(object, visit) && atEnd();
    }

    template <class Visit> bool fields(ondemand::value value, Visit visit)
    {
        ondemand::object object;
        const simdjson::error_code error = value.get_object().get(object);
        return error == simdjson::SUCCESS ? each(object, visit) : nullOr(value, error);
    }

    /// Calls `visit(value) -> bool` for each item.
    template <class Visit> bool items(ondemand::value value, Visit visit)
    {
        ondemand::array array;
        if (const simdjson::error_code error = value.get_array().get(array); error != simdjson::SUCCESS) {
            return nullOr(value, error);
        }
        for (auto result : array) {
            ondemand::value item;
            if (!check(std::move(result).get(item)) || !visit(item)) {
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] bool text(ondemand::value value, std::string_view& out)
    {
        const simdjson::error_code error = value.get_string().get(out);
        return error == simdjson::SUCCESS || nullOr(value, error);
    }
    [[nodiscard]] static bool isNull(ondemand::value value)
    {
        bool null = false;
        return value.is_null().get(null) == simdjson::SUCCESS && null;
    }
    [[nodiscard]] bool flag(ondemand::value value, bool& out);
    [[nodiscard]] bool real(ondemand::value value, double& out);
    [[nodiscard]] bool integer(ondemand::value value, std::int64_t& out);
    [[nodiscard]] bool time(ondemand::value value, std::uint64_t& out);
    [[nodiscard]] bool count(ondemand::value value, std::uint32_t& out);
    /// A number, its digits as text, or one of `names` (index = number, each with `prefix` in front).
    [[nodiscard]] bool enumeration(ondemand::value value, std::string_view prefix,
                                   std::span<const std::string_view> names, std::uint32_t& out);
    /// Hex of the full length, any case; the empty text is "no id".
    [[nodiscard]] bool traceId(ondemand::value value, TraceId& out);
    [[nodiscard]] bool spanId(ondemand::value value, SpanId& out, std::string_view wrongSize = reject::kSpanIdSize);

    /// Makes readers answer false: the present record cannot be kept.
    bool fail(std::string_view reason)
    {
        m_reason = reason;
        return false;
    }
    void clearReason() { m_reason = {}; }
    [[nodiscard]] std::string_view reason() const { return m_reason; }
    [[nodiscard]] bool broken() const { return m_broken; }
    /// Why and where the body cannot be read.
    [[nodiscard]] std::string problem();

private:
    template <class Visit> bool each(ondemand::object& object, Visit& visit)
    {
        for (auto result : object) {
            ondemand::field field;
            std::string_view key;
            if (!check(std::move(result).get(field)) || !check(field.unescaped_key().get(key))
                || !visit(key, field.value())) {
                return false;
            }
        }
        return true;
    }
    bool check(simdjson::error_code error) { return error == simdjson::SUCCESS || failWith(error); }
    bool atEnd()
    {
        const char* rest = nullptr; // a place exists only where something follows
        return check(m_document.current_location().get(rest) == simdjson::SUCCESS ? simdjson::TRAILING_CONTENT
                                                                                  : simdjson::SUCCESS);
    }
    bool failWith(simdjson::error_code error);
    bool nullOr(ondemand::value& value, simdjson::error_code error);
    template <class Number> bool digits(ondemand::value& value, Number& out);

    Pooled<JsonBuffers> m_buffers; ///< makes a document a guest of the thread it was made on
    simdjson::padded_string_view m_text;
    ondemand::document m_document;
    std::string_view m_reason;
    simdjson::error_code m_error = simdjson::SUCCESS;
    bool m_broken = false;
};

} // namespace tracedeck
