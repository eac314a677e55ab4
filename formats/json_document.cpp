// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/json_document.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace tracedeck {
namespace {

constexpr std::uint8_t kNoNibble = 0xFF;

constexpr std::array<std::uint8_t, 256> makeNibbles()
{
    std::array<std::uint8_t, 256> nibbles{};
    nibbles.fill(kNoNibble);
    for (std::uint8_t i = 0; i < 10; ++i) {
        nibbles[static_cast<std::size_t>('0') + i] = i;
    }
    for (std::uint8_t i = 0; i < 6; ++i) {
        nibbles[static_cast<std::size_t>('a') + i] = static_cast<std::uint8_t>(10 + i);
        nibbles[static_cast<std::size_t>('A') + i] = static_cast<std::uint8_t>(10 + i);
    }
    return nibbles;
}

constexpr std::array<std::uint8_t, 256> kNibbles = makeNibbles();

/// Reads exactly 2 * size hex digits; a bad digit shows only at the end, without a branch per digit.
bool readHex(std::string_view hex, std::uint8_t* bytes, std::size_t size)
{
    if (hex.size() != 2 * size) {
        return false;
    }
    std::uint8_t seen = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const std::uint8_t high = kNibbles[static_cast<std::uint8_t>(hex[2 * i])];
        const std::uint8_t low = kNibbles[static_cast<std::uint8_t>(hex[2 * i + 1])];
        seen = static_cast<std::uint8_t>(seen | high | low);
        bytes[i] = static_cast<std::uint8_t>((high << 4U) | low);
    }
    return (seen & 0xF0U) == 0;
}

/// The number a text spells completely; nothing else in it.
template <class Number> bool parseAll(std::string_view text, Number& out)
{
    Number number{};
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stopped != end || text.empty()) {
        return false;
    }
    out = number;
    return true;
}

/// Numbers such as 1e3 or 5.0 are integers too. 2^63 and 2^64 themselves do not fit any more.
template <class Number> bool integralFrom(double number, Number& out)
{
    const double limit = std::ldexp(1.0, std::numeric_limits<Number>::digits);
    const double lowest = std::is_signed_v<Number> ? -limit : 0.0;
    if (!(number >= lowest && number < limit) || std::trunc(number) != number) {
        return false;
    }
    out = static_cast<Number>(number);
    return true;
}

simdjson::error_code getNumber(ondemand::value& value, std::int64_t& out)
{
    return value.get_int64().get(out);
}

simdjson::error_code getNumber(ondemand::value& value, std::uint64_t& out)
{
    return value.get_uint64().get(out);
}

/// Errors that concern one value; after any other one the text cannot be followed any further.
bool concernsOneValue(simdjson::error_code error)
{
    return error == simdjson::INCORRECT_TYPE || error == simdjson::NUMBER_ERROR
        || error == simdjson::NUMBER_OUT_OF_RANGE || error == simdjson::STRING_ERROR
        || error == simdjson::UNESCAPED_CHARS;
}

} // namespace

bool JsonDocument::failWith(simdjson::error_code error)
{
    m_error = error;
    m_broken = m_broken || !concernsOneValue(error);
    m_reason = m_broken ? std::string_view("the text is not JSON") : reject::kWrongType;
    return false;
}

bool JsonDocument::nullOr(ondemand::value& value, simdjson::error_code error)
{
    if (error == simdjson::INCORRECT_TYPE) {
        bool null = false;
        if (value.is_null().get(null) == simdjson::SUCCESS && null) {
            return true;
        }
    }
    return failWith(error);
}

bool JsonDocument::flag(ondemand::value value, bool& out)
{
    const simdjson::error_code error = value.get_bool().get(out);
    return error == simdjson::SUCCESS || nullOr(value, error);
}

bool JsonDocument::real(ondemand::value value, double& out)
{
    const simdjson::error_code error = value.get_double().get(out);
    if (error == simdjson::SUCCESS) {
        return true;
    }
    std::string_view spelled;
    if (value.get_string().get(spelled) != simdjson::SUCCESS) {
        return nullOr(value, error);
    }
    if (spelled == "NaN") {
        out = std::numeric_limits<double>::quiet_NaN();
        return true;
    }
    if (spelled == "Infinity" || spelled == "-Infinity") {
        out =
            spelled.front() == '-' ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
        return true;
    }
    // from_chars would also take "nan" and "inf", which the mapping does not know.
    double number = 0;
    if (!parseAll(spelled, number) || !std::isfinite(number)) {
        return fail(reject::kWrongType);
    }
    out = number;
    return true;
}

template <class Number> bool JsonDocument::digits(ondemand::value& value, Number& out)
{
    std::string_view spelled;
    if (value.get_string().get(spelled) == simdjson::SUCCESS) {
        return parseAll(spelled, out) || fail(reject::kWrongType);
    }
    const simdjson::error_code error = getNumber(value, out);
    if (error == simdjson::SUCCESS) {
        return true;
    }
    double number = 0;
    if (value.get_double().get(number) == simdjson::SUCCESS) {
        return integralFrom(number, out) || fail(reject::kWrongType);
    }
    return nullOr(value, error);
}

bool JsonDocument::integer(ondemand::value value, std::int64_t& out)
{
    return digits(value, out);
}

bool JsonDocument::time(ondemand::value value, std::uint64_t& out)
{
    return digits(value, out);
}

bool JsonDocument::count(ondemand::value value, std::uint32_t& out)
{
    std::uint64_t number = out;
    if (!digits(value, number)) {
        return false;
    }
    if (number > std::numeric_limits<std::uint32_t>::max()) {
        return fail(reject::kWrongType);
    }
    out = static_cast<std::uint32_t>(number);
    return true;
}

bool JsonDocument::enumeration(ondemand::value value, std::string_view prefix, std::span<const std::string_view> names,
                               std::uint32_t& out)
{
    std::uint64_t number = out;
    if (value.get_uint64().get(number) == simdjson::SUCCESS) {
        out = static_cast<std::uint32_t>(std::min<std::uint64_t>(number, std::numeric_limits<std::uint32_t>::max()));
        return true;
    }
    std::string_view spelled;
    if (value.get_string().get(spelled) != simdjson::SUCCESS) {
        return count(value, out);
    }
    if (spelled.substr(0, prefix.size()) == prefix) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (spelled.substr(prefix.size()) == names[i]) {
                out = static_cast<std::uint32_t>(i);
                return true;
            }
        }
    }
    return parseAll(spelled, out) || fail(reject::kWrongType);
}

bool JsonDocument::traceId(ondemand::value value, TraceId& out)
{
    std::string_view hex;
    if (!text(value, hex)) {
        return false;
    }
    out = {};
    return hex.empty() || readHex(hex, out.bytes.data(), out.bytes.size()) || fail(reject::kTraceIdSize);
}

bool JsonDocument::spanId(ondemand::value value, SpanId& out, std::string_view wrongSize)
{
    std::string_view hex;
    std::array<std::uint8_t, 8> bytes{};
    if (!text(value, hex)) {
        return false;
    }
    if (!hex.empty() && !readHex(hex, bytes.data(), bytes.size())) {
        return fail(wrongSize);
    }
    out = SpanId::fromBytes(bytes.data());
    return true;
}

std::string JsonDocument::problem()
{
    const std::string size = std::to_string(m_text.size());
    const std::string what = m_broken ? simdjson::error_message(m_error) : std::string(m_reason);
    const char* place = nullptr;
    if (m_error != simdjson::UTF8_ERROR && m_document.is_alive()
        && m_document.current_location().get(place) == simdjson::SUCCESS && place >= m_text.data()
        && place <= m_text.data() + m_text.size()) {
        return what + " near byte " + std::to_string(place - m_text.data()) + " of " + size;
    }
    return what + " (" + size + " bytes)";
}

} // namespace tracedeck
