// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/base64.h"
#include "formats/otlp_protobuf_messages.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace tracedeck {

/// Walks an Export{Trace,Logs}ServiceRequest and hands valid records to `Rows`: OtlpSpanRows and
/// OtlpLogRows build columns, OtlpScanRows only looks. One walk for all, so that they agree on which
/// records are kept. Throws protozero::exception; recordStart() then tells where.
template <class Rows> class OtlpProtobufWalk {
public:
    OtlpProtobufWalk(Rows& rows, Rejections& rejections, const TraceId* only = nullptr)
        : m_rows(rows), m_rejections(rejections), m_only(only)
    { }

    void traces(std::string_view body)
    {
        groups(body, [this](std::string_view message) { span(message); });
    }
    void logs(std::string_view body)
    {
        groups(body, [this](std::string_view message) { log(message); });
    }
    /// Start of the innermost message under way; a pointer into the body.
    [[nodiscard]] const char* recordStart() const { return m_recordStart; }
    /// Byte offset of the field of the resource group under way.
    [[nodiscard]] const std::size_t& groupOffset() const { return m_groupOffset; }

private:
    bool fail(std::string_view reason)
    {
        m_reason = reason;
        return false;
    }

    template <class Record> void groups(std::string_view body, Record record)
    {
        m_recordStart = body.data();
        const auto start = m_rows.mark();
        bool expected = false;
        pbf_reader reader(body);
        for (;;) {
            m_groupOffset = body.size() - reader.length();
            if (!reader.next()) {
                return;
            }
            if (reader.tag_and_type() == bytesField(1)) {
                resourceGroup(reader.get_view(), record);
                if (!expected && m_only == nullptr) {
                    // Groups of one body resemble each other: the first tells how much room all will need.
                    m_rows.expect(
                        start, static_cast<double>(body.size()) / static_cast<double>(body.size() - reader.length()));
                    expected = true;
                }
            } else {
                reader.skip();
            }
        }
    }

    template <class Record> void resourceGroup(std::string_view message, Record record)
    {
        const auto mark = m_rows.mark();
        m_recordStart = message.data();
        m_rows.openResource();
        m_scopes.clear();
        m_resourceReason = readResourceOf(message);
        for (const std::string_view scope : m_scopes) {
            scopeGroup(scope, record);
        }
        if (m_rows.records() == mark.records) {
            m_rows.rollback(mark);
        }
    }

    template <class Record> void scopeGroup(std::string_view message, Record record)
    {
        const auto mark = m_rows.mark();
        m_recordStart = message.data();
        m_rows.openScope();
        m_records.clear();
        m_scopeReason = readScopeOf(message);
        for (const std::string_view inner : m_records) {
            m_recordStart = inner.data();
            record(inner);
        }
        if (m_rows.records() == mark.records) {
            m_rows.rollback(mark);
        }
    }

    /// The resource may stand behind the scopes it describes, so these are put aside until it is known.
    std::string_view readResourceOf(std::string_view group)
    {
        ResourceFields fields;
        fields.attributes.begin = m_rows.attributeCount();
        bool good = true;
        ProtobufCursor reader(group);
        while (reader.next()) {
            switch (reader.tag_and_type()) {
            case bytesField(1):
                good = readResource(reader.get_view(), fields) && good;
                break;
            case bytesField(2):
                m_scopes.push_back(reader.get_view());
                break;
            case bytesField(3):
                fields.schemaUrl = reader.get_view();
                break;
            default:
                reader.skip();
            }
        }
        fields.attributes.end = m_rows.attributeCount();
        return !good ? m_reason : m_rows.fillResource(fields) ? std::string_view() : reject::kNotUtf8;
    }

    bool readResource(std::string_view message, ResourceFields& fields)
    {
        bool good = true;
        ProtobufCursor reader(message);
        while (reader.next()) {
            switch (reader.tag_and_type()) {
            case bytesField(1): {
                const ProtobufAttribute attribute = readKeyValue(reader.get_view());
                if (attribute.key == "service.name" && attribute.value.type == AttributeType::String) {
                    fields.service = attribute.value.text;
                } else if (attribute.key == "tracedeck.own" && attribute.value.type == AttributeType::Bool) {
                    fields.own = attribute.value.number != 0;
                } else if constexpr (requires { m_rows.noteIdentity(attribute); }) {
                    m_rows.noteIdentity(attribute);
                }
                good = good && addAttribute(attribute);
                break;
            }
            case varintField(2):
                fields.droppedAttributes = reader.get_uint32();
                break;
            default:
                reader.skip();
            }
        }
        return good;
    }

    std::string_view readScopeOf(std::string_view group)
    {
        ScopeFields fields;
        fields.attributes.begin = m_rows.attributeCount();
        bool good = true;
        ProtobufCursor reader(group);
        while (reader.next()) {
            switch (reader.tag_and_type()) {
            case bytesField(1):
                good = readScope(reader.get_view(), fields) && good;
                break;
            case bytesField(2):
                m_records.push_back(reader.get_view());
                break;
            case bytesField(3):
                fields.schemaUrl = reader.get_view();
                break;
            default:
                reader.skip();
            }
        }
        fields.attributes.end = m_rows.attributeCount();
        return !good ? m_reason : m_rows.fillScope(fields) ? std::string_view() : reject::kNotUtf8;
    }

    bool readScope(std::string_view message, ScopeFields& fields)
    {
        bool good = true;
        ProtobufCursor reader(message);
        while (reader.next()) {
            switch (reader.tag_and_type()) {
            case bytesField(1):
                fields.name = reader.get_view();
                break;
            case bytesField(2):
                fields.version = reader.get_view();
                break;
            case bytesField(3):
                good = good && addAttribute(readKeyValue(reader.get_view()));
                break;
            case varintField(4):
                fields.droppedAttributes = reader.get_uint32();
                break;
            default:
                reader.skip();
            }
        }
        return good;
    }

    void span(std::string_view message)
    {
        SpanFields fields;
        m_lists.clear();
        std::string_view why = readSpan(message, fields, m_lists);
        if (m_only != nullptr && fields.traceId != *m_only) {
            return;
        }
        why = !m_resourceReason.empty() ? m_resourceReason : !m_scopeReason.empty() ? m_scopeReason : why;
        why = why.empty() ? checkSpan(fields) : why;
        if (!why.empty()) {
            m_rejections.add(why);
            return;
        }
        const auto mark = m_rows.mark();
        if (!addAttributes(m_lists.attributes, fields.attributes) || !addEvents(fields) || !addLinks(fields)) {
            m_rows.rollback(mark);
            m_rejections.add(m_reason);
        } else if (!m_rows.addSpan(fields)) {
            m_rows.rollback(mark);
            m_rejections.add(reject::kNotUtf8);
        }
    }

    bool addEvents(SpanFields& span)
    {
        span.events.begin = m_rows.eventCount();
        for (const std::string_view message : m_lists.events) {
            EventFields event;
            m_inner.clear();
            std::string_view why = readEvent(message, event, m_inner);
            why = why.empty() ? checkEvent(event) : why;
            if (!why.empty()) {
                return fail(why);
            }
            if (!addAttributes(m_inner.attributes, event.attributes)) {
                return false;
            }
            if (!m_rows.addEvent(event)) {
                return fail(reject::kNotUtf8);
            }
        }
        span.events.end = m_rows.eventCount();
        return true;
    }

    bool addLinks(SpanFields& span)
    {
        span.links.begin = m_rows.linkCount();
        for (const std::string_view message : m_lists.links) {
            LinkFields link;
            m_inner.clear();
            if (const std::string_view why = readLink(message, link, m_inner); !why.empty()) {
                return fail(why);
            }
            if (!addAttributes(m_inner.attributes, link.attributes)) {
                return false;
            }
            if (!m_rows.addLink(link)) {
                return fail(reject::kNotUtf8);
            }
        }
        span.links.end = m_rows.linkCount();
        return true;
    }

    void log(std::string_view message)
    {
        LogFields fields;
        ProtobufValue body;
        m_lists.clear();
        std::string_view why = readLog(message, fields, body, m_lists);
        why = !m_resourceReason.empty() ? m_resourceReason : !m_scopeReason.empty() ? m_scopeReason : why;
        why = why.empty() ? checkLog(fields) : why;
        m_bodyText.clear();
        if (why.empty() && body.type != AttributeType::String && body.type != AttributeType::Empty) {
            why = appendBodyText(body);
        }
        if (!why.empty()) {
            m_rejections.add(why);
            return;
        }
        fields.body = body.type == AttributeType::String ? body.text : std::string_view(m_bodyText);
        const auto mark = m_rows.mark();
        if (!addAttributes(m_lists.attributes, fields.attributes)) {
            m_rows.rollback(mark);
            m_rejections.add(m_reason);
        } else if (!m_rows.addLog(fields)) {
            m_rows.rollback(mark);
            m_rejections.add(reject::kNotUtf8);
        }
    }

    std::string_view appendBodyText(const ProtobufValue& body)
    {
        if (body.type == AttributeType::Bytes) {
            appendBase64(m_bodyText, body.text);
            return {};
        }
        return appendValueJson(m_bodyText, body);
    }

    bool addAttributes(const std::vector<std::string_view>& messages, IndexRange& range)
    {
        range.begin = m_rows.attributeCount();
        for (std::size_t place = 0; place < messages.size(); ++place) {
            if (!addAttribute(readKeyValue(messages[place]), m_keys[place % kGuessedKeys])) {
                return false;
            }
        }
        range.end = m_rows.attributeCount();
        return true;
    }

    bool addAttribute(const ProtobufAttribute& attribute)
    {
        StringId key = 0;
        return addAttribute(attribute, key);
    }

    /// `key` is what the attribute's key may be, and becomes what it is: one record has keys like the one before.
    bool addAttribute(const ProtobufAttribute& attribute, StringId& key)
    {
        bool good = false;
        if constexpr (requires { m_rows.guessedText(attribute.key, key); }) {
            good = m_rows.guessedText(attribute.key, key);
        } else {
            good = m_rows.text(attribute.key, key);
        }
        if (!good) {
            return fail(reject::kNotUtf8);
        }
        const ProtobufValue& value = attribute.value;
        std::string_view text = value.text;
        if (value.type == AttributeType::Bytes) {
            m_valueText.clear();
            appendBase64(m_valueText, value.text);
            text = m_valueText;
        } else if (value.type == AttributeType::Array || value.type == AttributeType::KeyValueList) {
            m_valueText.clear();
            if (const std::string_view why = appendValueJson(m_valueText, value); !why.empty()) {
                return fail(why);
            }
            text = m_valueText;
        } else if (value.type != AttributeType::String) {
            m_rows.addAttribute(key, value.type, value.number);
            return true;
        }
        StringId payload = 0;
        if (!m_rows.text(text, payload)) {
            return fail(reject::kNotUtf8);
        }
        m_rows.addAttribute(key, value.type, payload);
        return true;
    }

    static constexpr std::size_t kGuessedKeys = 16;

    Rows& m_rows;
    Rejections& m_rejections;
    const TraceId* m_only;
    const char* m_recordStart = nullptr;
    std::size_t m_groupOffset = 0;
    std::string_view m_reason;
    std::string_view m_resourceReason;
    std::string_view m_scopeReason;
    std::vector<std::string_view> m_scopes; ///< of the resource group under way
    std::vector<std::string_view> m_records; ///< of the scope group under way
    ProtobufLists m_lists;
    ProtobufLists m_inner;
    std::array<StringId, kGuessedKeys> m_keys{}; ///< of the newest attributes, by their place in the list
    std::string m_valueText;
    std::string m_bodyText;
};

} // namespace tracedeck
