// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "formats/otlp_fields.h"
#include "formats/recent_texts.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tracedeck {

/// How far the parts of a table had grown; taking rows back means returning to such a place.
struct OtlpMark {
    std::size_t texts = 1;
    std::size_t attributes = 0;
    std::size_t events = 0;
    std::size_t links = 0;
    std::size_t resources = 0;
    std::size_t scopes = 0;
    std::size_t records = 0;
};

/// What span and log tables have in common: texts, attributes, resources and scopes. Both decoders append
/// through this, so a row is the same whatever encoding it came in.
class OtlpRows {
public:
    /// rollback() undoes everything, so that a record may be added before it is known whether it is kept.
    static constexpr bool kTakesBack = true;

    OtlpRows(StringPool& strings, AttributeTable& attributes, ResourceTable& resources, ScopeTable& scopes)
        : m_strings(strings), m_attributes(attributes), m_resources(resources), m_scopes(scopes)
    { }

    /// Interns `value`. False, and nothing added, when it is not UTF-8. Texts seen before were checked then.
    [[nodiscard, gnu::always_inline]] bool text(std::string_view value, StringId& id)
    {
        if (value.empty()) {
            id = 0;
            return true;
        }
        const TextWords words(value);
        return m_recent.find(m_strings, value, words, id) || intern(value, words, id);
    }
    /// text() where `id` says which text it probably is.
    [[nodiscard, gnu::always_inline]] bool guessedText(std::string_view value, StringId& id)
    {
        const bool known = !value.empty() && id < m_strings.size() && sameText(m_strings.view(id), value);
        return known || text(value, id);
    }
    [[nodiscard]] std::uint32_t attributeCount() const { return static_cast<std::uint32_t>(m_attributes.size()); }
    [[gnu::always_inline]] void addAttribute(StringId key, AttributeType type, std::uint64_t payload)
    {
        m_attributes.add(key, type, payload);
    }
    /// Opens a resource or scope row for the records that follow; its fields come when they are known,
    /// which may be after the records (JSON keys have no order).
    void openResource();
    void openScope();
    [[nodiscard]] bool fillResource(const ResourceFields& fields);
    [[nodiscard]] bool fillScope(const ScopeFields& fields);

protected:
    [[nodiscard]] std::uint32_t currentResource() const { return static_cast<std::uint32_t>(m_resources.size() - 1); }
    [[nodiscard]] std::uint32_t currentScope() const { return static_cast<std::uint32_t>(m_scopes.size() - 1); }
    void markShared(OtlpMark& mark) const;
    void rollbackShared(const OtlpMark& mark);
    void expectAttributes(std::size_t total);

private:
    [[nodiscard, gnu::noinline]] bool intern(std::string_view value, const TextWords& words, StringId& id);

    RecentTexts m_recent;
    StringPool& m_strings;
    AttributeTable& m_attributes;
    ResourceTable& m_resources;
    ScopeTable& m_scopes;
};

/// Appends spans to a SpanTable.
class OtlpSpanRows : public OtlpRows {
public:
    explicit OtlpSpanRows(SpanTable& table)
        : OtlpRows(table.strings, table.attributeRows, table.resources, table.scopes), m_table(table)
    { }

    [[nodiscard]] OtlpMark mark() const;
    void rollback(const OtlpMark& mark);
    /// Makes room: what was added since `start` will come `times` as often in all. A guess that is wrong
    /// costs time or space, never rows.
    void expect(const OtlpMark& start, double times);
    [[nodiscard]] std::size_t records() const { return m_table.rows(); }
    [[nodiscard]] std::uint32_t eventCount() const { return static_cast<std::uint32_t>(m_table.eventRows.size()); }
    [[nodiscard]] std::uint32_t linkCount() const { return static_cast<std::uint32_t>(m_table.linkRows.size()); }
    /// False when a text is not UTF-8; the caller then rolls the whole record back.
    [[nodiscard]] bool addEvent(const EventFields& fields);
    [[nodiscard]] bool addLink(const LinkFields& fields);
    [[nodiscard]] bool addSpan(const SpanFields& fields);

private:
    SpanTable& m_table;
};

/// Appends log records to a LogTable.
class OtlpLogRows : public OtlpRows {
public:
    explicit OtlpLogRows(LogTable& table)
        : OtlpRows(table.strings, table.attributeRows, table.resources, table.scopes), m_table(table)
    { }

    [[nodiscard]] OtlpMark mark() const;
    void rollback(const OtlpMark& mark);
    /// Log bodies are small; their columns grow by themselves.
    static void expect(const OtlpMark& /*start*/, double /*times*/) { }
    [[nodiscard]] std::size_t records() const { return m_table.rows(); }
    [[nodiscard]] bool addLog(const LogFields& fields);

private:
    LogTable& m_table;
};

} // namespace tracedeck
