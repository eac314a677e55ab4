// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/base64.h"
#include "formats/otlp_protobuf_messages.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Hands the KeyValue messages of one body to `Rows` (see OtlpProtobufWalk). Throws protozero::exception when the
/// bytes are no message. Answers why the record cannot be kept, after which rows may have been added, or nothing.
template <class Rows> class OtlpProtobufAttributes {
public:
    explicit OtlpProtobufAttributes(Rows& rows) : m_rows(rows) { }

    /// Adds those of one record; `range` becomes their rows.
    [[nodiscard]] std::string_view addAll(const std::vector<std::string_view>& messages, IndexRange& range)
    {
        range.begin = m_rows.attributeCount();
        for (std::size_t place = 0; place < messages.size(); ++place) {
            ProtobufAttribute attribute;
            if (!readPlainKeyValue(messages[place], attribute)) {
                attribute = readAnyKeyValue(messages[place]);
            }
            const std::string_view why = addOne(attribute, m_keys[place % kGuessedKeys]);
            if (!why.empty()) {
                return why;
            }
        }
        range.end = m_rows.attributeCount();
        return {};
    }

    /// Adds one of a resource or a scope.
    [[nodiscard]] std::string_view add(const ProtobufAttribute& attribute)
    {
        StringId key = 0;
        return addOne(attribute, key);
    }

private:
    static constexpr std::size_t kGuessedKeys = 16;

    /// `key` is what the attribute's key may be, and becomes what it is: one record has keys like the one before.
    [[gnu::always_inline]] std::string_view addOne(const ProtobufAttribute& attribute, StringId& key)
    {
        bool good = false;
        if constexpr (requires { m_rows.guessedText(attribute.key, key); }) {
            good = m_rows.guessedText(attribute.key, key);
        } else {
            good = m_rows.text(attribute.key, key);
        }
        if (!good) {
            return reject::kNotUtf8;
        }
        const ProtobufValue& value = attribute.value;
        if (value.type == AttributeType::Int) {
            m_rows.addAttribute(key, AttributeType::Int, value.number);
            return {};
        }
        if (value.type != AttributeType::String) {
            return addRareValue(key, value);
        }
        StringId payload = 0;
        if (!m_rows.text(value.text, payload)) {
            return reject::kNotUtf8;
        }
        m_rows.addAttribute(key, AttributeType::String, payload);
        return {};
    }

    [[gnu::noinline]] std::string_view addRareValue(StringId key, const ProtobufValue& value)
    {
        m_text.clear();
        if (value.type == AttributeType::Bytes) {
            appendBase64(m_text, value.text);
        } else if (value.type != AttributeType::Array && value.type != AttributeType::KeyValueList) {
            m_rows.addAttribute(key, value.type, value.number);
            return {};
        } else if (const std::string_view why = appendValueJson(m_text, value); !why.empty()) {
            return why;
        }
        StringId payload = 0;
        if (!m_rows.text(m_text, payload)) {
            return reject::kNotUtf8;
        }
        m_rows.addAttribute(key, value.type, payload);
        return {};
    }

    Rows& m_rows;
    std::array<StringId, kGuessedKeys> m_keys{}; ///< of the newest attributes, by their place in the list
    std::string m_text;
};

} // namespace tracedeck
