// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/base64.h"
#include "formats/otlp_protobuf_attributes.h"

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
        : m_rows(rows), m_rejections(rejections), m_only(only), m_attributes(rows)
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
        bool done = false;
        if constexpr (requires { Rows::kTakesBack; }) {
            const Rejections before = m_rejections;
            try {
                done = scopeAsItComes(message, record);
            } catch (const protozero::exception&) {
                done = false; // said again below, of the same place as for rows that cannot be taken back
            }
            if (!done) {
                m_rows.rollback(mark);
                m_rejections = before;
            }
        }
        if (!done) {
            scopeGathered(message, record);
        }
        if (m_rows.records() == mark.records) {
            m_rows.rollback(mark);
        }
    }

    /// Reads a group in one go. False when something behind its records changes them: nothing of it may stay then.
    template <class Record> bool scopeAsItComes(std::string_view message, Record record)
    {
        m_rows.openScope();
        bool scopeMayFollow = true;
        return readScopeGroup(message, scopeMayFollow, [&](std::string_view inner) {
            scopeMayFollow = false;
            record(inner);
        });
    }

    template <class Record> void scopeGathered(std::string_view message, Record record)
    {
        m_recordStart = message.data();
        m_rows.openScope();
        m_records.clear();
        (void)readScopeGroup(message, true, [this](std::string_view inner) { m_records.push_back(inner); });
        for (const std::string_view inner : m_records) {
            m_recordStart = inner.data();
            record(inner);
        }
    }

    /// The resource may stand behind the scopes it describes, so these are put aside until it is known.
    std::string_view readResourceOf(std::string_view group)
    {
        ResourceFields fields;
        fields.attributes.begin = m_rows.attributeCount();
        std::string_view why;
        ProtobufCursor reader(group);
        while (reader.next()) {
            switch (reader.tag_and_type()) {
            case bytesField(1):
                why = readResource(reader.get_view(), fields, why);
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
        return !why.empty() ? why : m_rows.fillResource(fields) ? std::string_view() : reject::kNotUtf8;
    }

    /// Answers why its records cannot be kept: `why`, when that says something already.
    std::string_view readResource(std::string_view message, ResourceFields& fields, std::string_view why)
    {
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
                why = why.empty() ? m_attributes.add(attribute) : why;
                break;
            }
            case varintField(2):
                fields.droppedAttributes = reader.get_uint32();
                break;
            default:
                reader.skip();
            }
        }
        return why;
    }

    /// Fills the scope's row and m_scopeReason, and hands on each record. False, and stopped, when a part of the scope
    /// comes that may not follow, or when there is a reason only at the end.
    template <class Record>
    bool readScopeGroup(std::string_view group, const bool& scopeMayFollow, const Record& record)
    {
        ScopeFields fields;
        fields.attributes = {m_rows.attributeCount(), m_rows.attributeCount()};
        m_scopeReason = {};
        ProtobufCursor reader(group);
        while (reader.next()) {
            switch (reader.tag_and_type()) {
            case bytesField(1):
                if (!scopeMayFollow) {
                    return false;
                }
                m_scopeReason = readScope(reader.get_view(), fields, m_scopeReason);
                fields.attributes.end = m_rows.attributeCount();
                break;
            case bytesField(2):
                record(reader.get_view());
                break;
            case bytesField(3):
                fields.schemaUrl = reader.get_view();
                break;
            default:
                reader.skip();
            }
        }
        if (m_rows.fillScope(fields) || !m_scopeReason.empty()) {
            return true;
        }
        m_scopeReason = reject::kNotUtf8;
        return false;
    }

    std::string_view readScope(std::string_view message, ScopeFields& fields, std::string_view why)
    {
        ProtobufCursor reader(message);
        while (reader.next()) {
            switch (reader.tag_and_type()) {
            case bytesField(1):
                fields.name = reader.get_view();
                break;
            case bytesField(2):
                fields.version = reader.get_view();
                break;
            case bytesField(3): {
                const ProtobufAttribute attribute = readKeyValue(reader.get_view());
                why = why.empty() ? m_attributes.add(attribute) : why;
            } break;
            case varintField(4):
                fields.droppedAttributes = reader.get_uint32();
                break;
            default:
                reader.skip();
            }
        }
        return why;
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
        why = m_attributes.addAll(m_lists.attributes, fields.attributes);
        why = why.empty() ? addEvents(fields) : why;
        why = why.empty() ? addLinks(fields) : why;
        keepOrRefuse(why.empty() && !m_rows.addSpan(fields) ? reject::kNotUtf8 : why, mark);
    }

    /// Takes back what was added since `mark` when there is a reason.
    template <class Mark> void keepOrRefuse(std::string_view why, const Mark& mark)
    {
        if (!why.empty()) {
            m_rows.rollback(mark);
            m_rejections.add(why);
        }
    }

    std::string_view addEvents(SpanFields& span)
    {
        span.events.begin = m_rows.eventCount();
        for (const std::string_view message : m_lists.events) {
            EventFields event;
            m_inner.clear();
            std::string_view why = readEvent(message, event, m_inner);
            why = why.empty() ? checkEvent(event) : why;
            why = why.empty() ? m_attributes.addAll(m_inner.attributes, event.attributes) : why;
            why = why.empty() && !m_rows.addEvent(event) ? reject::kNotUtf8 : why;
            if (!why.empty()) {
                return why;
            }
        }
        span.events.end = m_rows.eventCount();
        return {};
    }

    std::string_view addLinks(SpanFields& span)
    {
        span.links.begin = m_rows.linkCount();
        for (const std::string_view message : m_lists.links) {
            LinkFields link;
            m_inner.clear();
            std::string_view why = readLink(message, link, m_inner);
            why = why.empty() ? m_attributes.addAll(m_inner.attributes, link.attributes) : why;
            why = why.empty() && !m_rows.addLink(link) ? reject::kNotUtf8 : why;
            if (!why.empty()) {
                return why;
            }
        }
        span.links.end = m_rows.linkCount();
        return {};
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
        why = m_attributes.addAll(m_lists.attributes, fields.attributes);
        keepOrRefuse(why.empty() && !m_rows.addLog(fields) ? reject::kNotUtf8 : why, mark);
    }

    std::string_view appendBodyText(const ProtobufValue& body)
    {
        if (body.type == AttributeType::Bytes) {
            appendBase64(m_bodyText, body.text);
            return {};
        }
        return appendValueJson(m_bodyText, body);
    }

    Rows& m_rows;
    Rejections& m_rejections;
    const TraceId* m_only;
    const char* m_recordStart = nullptr;
    std::size_t m_groupOffset = 0;
    std::string_view m_resourceReason;
    std::string_view m_scopeReason;
    std::vector<std::string_view> m_scopes; ///< of the resource group under way
    std::vector<std::string_view> m_records; ///< of the scope group under way
    ProtobufLists m_lists;
    ProtobufLists m_inner;
    OtlpProtobufAttributes<Rows> m_attributes;
    std::string m_bodyText;
};

} // namespace tracedeck
