// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/json_document.h"
#include "formats/otlp_rows.h"

#include <string>
#include <string_view>

namespace tracedeck {

/// An AnyValue of a JSON body in the form AttributeTable keeps: `text` is the text, canonical base64, or
/// the canonical JSON of an array or list.
struct JsonAnyValue {
    AttributeType type = AttributeType::Empty;
    std::string_view text;
    std::uint64_t number = 0;
};

/// Reads values and attributes out of a document into rows.
class OtlpJsonValues {
public:
    OtlpJsonValues(JsonDocument& document, OtlpRows& rows) : m_document(document), m_rows(rows) { }

    /// The text of the result lives until the next call.
    [[nodiscard]] bool anyValue(ondemand::value value, JsonAnyValue& out);
    /// The same as plain text: what a log body shows.
    [[nodiscard]] bool plainText(ondemand::value value, std::string& out);
    /// Appends an `attributes` array. A second one of the same owner is refused: its rows would not be
    /// in one piece. `seen` is the owner's mark for that.
    [[nodiscard]] bool attributes(ondemand::value value, IndexRange& range, bool& seen,
                                  ResourceFields* resource = nullptr);
    [[nodiscard]] bool intern(std::string_view text, StringId& id)
    {
        return m_rows.text(text, id) || m_document.fail(reject::kNotUtf8);
    }

private:
    bool attribute(ondemand::value value, ResourceFields* resource);
    /// Reads one member of an AnyValue object; lists are appended to m_text from `start` on.
    bool member(std::string_view key, ondemand::value value, JsonAnyValue& out, std::size_t start, int depth);
    bool bytes(ondemand::value value, JsonAnyValue& out);
    bool appendList(ondemand::value value, bool keyed, int depth);
    bool appendEntry(ondemand::value value, int depth);
    bool appendNested(ondemand::value value, int depth);

    JsonDocument& m_document;
    OtlpRows& m_rows;
    std::string m_text; ///< canonical JSON under construction
    std::string m_bytes; ///< base64 of the value last read
};

/// The frame both signals share: resource groups, scope groups, records. `Rows` is OtlpSpanRows or
/// OtlpLogRows; `Record` reads one record (value -> bool, false = not kept, see JsonDocument).
template <class Rows> class OtlpJsonWalk {
public:
    OtlpJsonWalk(JsonDocument& document, Rows& rows, Rejections& rejections)
        : m_document(document), m_rows(rows), m_values(document, rows), m_rejections(rejections)
    { }

    [[nodiscard]] OtlpJsonValues& values() { return m_values; }

    /// False when the body is malformed. The keys are those of the signal.
    template <class Record>
    bool groups(std::string_view resourceKey, std::string_view scopeKey, std::string_view recordKey, Record record)
    {
        return m_document.root([&](std::string_view key, ondemand::value list) {
            return key != resourceKey || m_document.items(list, [&](ondemand::value group) {
                return resourceGroup(group, scopeKey, recordKey, record);
            });
        });
    }

private:
    template <class Record>
    bool resourceGroup(ondemand::value group, std::string_view scopeKey, std::string_view recordKey, Record& record)
    {
        const OtlpMark mark = m_rows.mark();
        m_rows.openResource();
        ResourceFields fields;
        std::string_view reason;
        bool attributesSeen = false;
        const bool readable = m_document.fields(group, [&](std::string_view key, ondemand::value value) {
            if (key == scopeKey) {
                return m_document.items(value,
                                        [&](ondemand::value scope) { return scopeGroup(scope, recordKey, record); });
            }
            if (key == "resource") {
                return tolerate(resource(value, fields, attributesSeen), reason);
            }
            return key != "schemaUrl" || tolerate(m_document.text(value, fields.schemaUrl), reason);
        });
        return readable
            && finishGroup(mark, reason.empty() && !m_rows.fillResource(fields) ? reject::kNotUtf8 : reason);
    }

    template <class Record> bool scopeGroup(ondemand::value group, std::string_view recordKey, Record& record)
    {
        const OtlpMark mark = m_rows.mark();
        m_rows.openScope();
        ScopeFields fields;
        std::string_view reason;
        bool attributesSeen = false;
        const bool readable = m_document.fields(group, [&](std::string_view key, ondemand::value value) {
            if (key == recordKey) {
                return m_document.items(value, [&](ondemand::value item) { return one(item, record); });
            }
            if (key == "scope") {
                return tolerate(scope(value, fields, attributesSeen), reason);
            }
            return key != "schemaUrl" || tolerate(m_document.text(value, fields.schemaUrl), reason);
        });
        return readable && finishGroup(mark, reason.empty() && !m_rows.fillScope(fields) ? reject::kNotUtf8 : reason);
    }

    template <class Record> bool one(ondemand::value item, Record& record)
    {
        const OtlpMark mark = m_rows.mark();
        m_document.clearReason();
        if (record(item)) {
            return true;
        }
        m_rows.rollback(mark);
        if (!m_document.broken() && !m_document.reason().empty()) {
            m_rejections.add(m_document.reason());
        }
        return !m_document.broken();
    }

    /// A resource or scope that cannot be kept takes its records with it, and only them.
    bool tolerate(bool good, std::string_view& reason)
    {
        if (!good && reason.empty()) {
            reason = m_document.reason();
        }
        return !m_document.broken();
    }

    /// Owners may stand behind their records, so it is decided here whether the records stay.
    bool finishGroup(const OtlpMark& mark, std::string_view reason)
    {
        const std::size_t records = m_rows.records() - mark.records;
        if (records == 0 || !reason.empty()) {
            m_rows.rollback(mark);
            for (std::size_t i = 0; i < records; ++i) {
                m_rejections.add(reason);
            }
        }
        return true;
    }

    bool resource(ondemand::value value, ResourceFields& fields, bool& attributesSeen)
    {
        return m_document.fields(value, [&](std::string_view key, ondemand::value member) {
            if (key == "attributes") {
                return m_values.attributes(member, fields.attributes, attributesSeen, &fields);
            }
            return key != "droppedAttributesCount" || m_document.count(member, fields.droppedAttributes);
        });
    }

    bool scope(ondemand::value value, ScopeFields& fields, bool& attributesSeen)
    {
        return m_document.fields(value, [&](std::string_view key, ondemand::value member) {
            if (key == "name") {
                return m_document.text(member, fields.name);
            }
            if (key == "version") {
                return m_document.text(member, fields.version);
            }
            if (key == "attributes") {
                return m_values.attributes(member, fields.attributes, attributesSeen);
            }
            return key != "droppedAttributesCount" || m_document.count(member, fields.droppedAttributes);
        });
    }

    JsonDocument& m_document;
    Rows& m_rows;
    OtlpJsonValues m_values;
    Rejections& m_rejections;
};

} // namespace tracedeck
