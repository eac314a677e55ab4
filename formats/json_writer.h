// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tracedeck {

/// Appends a JSON string with its quotes. Only what RFC 8259 demands is escaped, so equal texts give equal
/// bytes. Precondition: `text` is UTF-8.
void appendJsonString(std::string& out, std::string_view text);
void appendJsonInt(std::string& out, std::int64_t value);
void appendJsonUint(std::string& out, std::uint64_t value);
/// The shortest digits that read back as the same number, always with a point or an exponent so that a
/// double stays apart from an integer. NaN and infinities become the strings "NaN", "Infinity" and
/// "-Infinity", as in the JSON mapping of protobuf.
void appendJsonDouble(std::string& out, double value);

/// Streaming JSON writer for hot paths: appends to one string, puts the commas, keeps no tree. Calls must
/// nest properly (key() before each value inside an object); depth is limited to 255 (the deepest
/// attribute value of OTLP that is kept needs about 140).
class JsonWriter {
public:
    explicit JsonWriter(std::string& out) : m_out(out) { }

    JsonWriter& beginObject() { return open('{'); }
    JsonWriter& endObject() { return close('}'); }
    JsonWriter& beginArray() { return open('['); }
    JsonWriter& endArray() { return close(']'); }
    /// `name` must need no escaping (a literal of ours); for any other text see keyText().
    JsonWriter& key(std::string_view name);
    JsonWriter& keyText(std::string_view name);
    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
    JsonWriter& value(bool flag);
    JsonWriter& value(double number);
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(std::uint64_t number);
    JsonWriter& value(std::int32_t number) { return value(std::int64_t{number}); }
    JsonWriter& value(std::uint32_t number) { return value(std::uint64_t{number}); }
    /// 64-bit integers as decimal strings, the rule of OTLP JSON.
    JsonWriter& quoted(std::int64_t number);
    JsonWriter& quoted(std::uint64_t number);
    /// Text that is already JSON, or that is known to need no escaping (quotes included).
    JsonWriter& raw(std::string_view json);

    /// key() and value() in one.
    template <class T> JsonWriter& member(std::string_view name, const T& content) { return key(name).value(content); }

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    void separate();

    std::string& m_out;
    std::array<bool, 256> m_filled{}; ///< per open level: something was written there
    std::size_t m_depth = 0;
    bool m_afterKey = false;
};

} // namespace tracedeck
