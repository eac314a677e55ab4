// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>

namespace tracedeck {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

/// 0 = as it is, 'u' = \u00XX, else the letter behind the backslash.
constexpr std::array<char, 256> makeEscapes()
{
    std::array<char, 256> escapes{};
    for (std::size_t i = 0; i < 0x20; ++i) {
        escapes[i] = 'u';
    }
    escapes['\b'] = 'b';
    escapes['\f'] = 'f';
    escapes['\n'] = 'n';
    escapes['\r'] = 'r';
    escapes['\t'] = 't';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    return escapes;
}

constexpr std::array<char, 256> kEscapes = makeEscapes();

template <class Number> void appendNumber(std::string& out, Number value)
{
    std::array<char, 32> digits; // NOLINT(cppcoreguidelines-pro-type-member-init): written by to_chars
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

} // namespace

void appendJsonString(std::string& out, std::string_view text)
{
    out.push_back('"');
    std::size_t clean = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<std::uint8_t>(text[at]);
        const char escape = kEscapes[byte];
        if (escape == 0) {
            continue;
        }
        out.append(text, clean, at - clean);
        clean = at + 1;
        out.push_back('\\');
        out.push_back(escape);
        if (escape == 'u') {
            out.append("00");
            out.push_back(kHex[byte >> 4U]);
            out.push_back(kHex[byte & 15U]);
        }
    }
    out.append(text, clean);
    out.push_back('"');
}

void appendJsonInt(std::string& out, std::int64_t value)
{
    appendNumber(out, value);
}

void appendJsonUint(std::string& out, std::uint64_t value)
{
    appendNumber(out, value);
}

void appendJsonDouble(std::string& out, double value)
{
    if (!std::isfinite(value)) {
        out.append(std::isnan(value) ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
        return;
    }
    const std::size_t begin = out.size();
    appendNumber(out, value);
    if (out.find_first_of(".e", begin) == std::string::npos) {
        out.append(".0");
    }
}

void JsonWriter::separate()
{
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (m_filled[m_depth]) {
        m_out.push_back(',');
    }
    m_filled[m_depth] = true;
}

JsonWriter& JsonWriter::open(char bracket)
{
    separate();
    m_out.push_back(bracket);
    m_filled[++m_depth] = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket)
{
    m_out.push_back(bracket);
    --m_depth;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name)
{
    separate();
    m_out.push_back('"');
    m_out.append(name);
    m_out.append("\":");
    m_afterKey = true;
    return *this;
}

JsonWriter& JsonWriter::keyText(std::string_view name)
{
    separate();
    appendJsonString(m_out, name);
    m_out.push_back(':');
    m_afterKey = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text)
{
    separate();
    appendJsonString(m_out, text);
    return *this;
}

JsonWriter& JsonWriter::value(bool flag)
{
    return raw(flag ? "true" : "false");
}

JsonWriter& JsonWriter::value(double number)
{
    separate();
    appendJsonDouble(m_out, number);
    return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number)
{
    separate();
    appendJsonInt(m_out, number);
    return *this;
}

JsonWriter& JsonWriter::value(std::uint64_t number)
{
    separate();
    appendJsonUint(m_out, number);
    return *this;
}

JsonWriter& JsonWriter::quoted(std::int64_t number)
{
    separate();
    m_out.push_back('"');
    appendJsonInt(m_out, number);
    m_out.push_back('"');
    return *this;
}

JsonWriter& JsonWriter::quoted(std::uint64_t number)
{
    separate();
    m_out.push_back('"');
    appendJsonUint(m_out, number);
    m_out.push_back('"');
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json)
{
    separate();
    m_out.append(json);
    return *this;
}

} // namespace tracedeck
