// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "formats/otlp_fields.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
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
    OtlpRows(StringPool& strings, AttributeTable& attributes, ResourceTable& resources, ScopeTable& scopes)
        : m_strings(strings), m_attributes(attributes), m_resources(resources), m_scopes(scopes)
    { }

    /// Interns `value`. False, and nothing added, when it is not UTF-8. Texts seen before were checked then.
    [[nodiscard]] bool text(std::string_view value, StringId& id)
    {
        if (value.empty()) {
            id = 0;
            return true;
        }
        // Most texts of a body came by a moment ago: looking there first spares the hash and the pool's
        // index. An outdated entry only costs the comparison.
        StringId& recent = m_recent[recentSlot(value)];
        if (recent < m_strings.size() && sameText(m_strings.view(recent), value)) {
            id = recent;
            return true;
        }
        const bool good = intern(value, id);
        recent = id;
        return good;
    }
    /// text() where `id` says which text it probably is.
    [[nodiscard]] bool guessedText(std::string_view value, StringId& id)
    {
        const bool known = !value.empty() && id < m_strings.size() && sameText(m_strings.view(id), value);
        return known || text(value, id);
    }
    [[nodiscard]] std::uint32_t attributeCount() const { return static_cast<std::uint32_t>(m_attributes.size()); }
    [[gnu::flatten]] void addAttribute(StringId key, AttributeType type, std::uint64_t payload)
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
    static constexpr std::size_t kRecentBits = 12;

    /// Bytes at `at` that differ, as a number that is 0 when none does.
    template <class Word> static Word difference(std::string_view a, std::string_view b, std::size_t at)
    {
        Word left = 0;
        Word right = 0;
        std::memcpy(&left, a.data() + at, sizeof left);
        std::memcpy(&right, b.data() + at, sizeof right);
        return left ^ right;
    }

    /// Equality without a call for the short texts that most are: words that overlap in the middle.
    static bool sameText(std::string_view a, std::string_view b)
    {
        using Half = std::uint32_t;
        using Word = std::uint64_t;
        const std::size_t size = a.size();
        if (size != b.size()) {
            return false;
        }
        if (size > 4 * sizeof(Word) || size < sizeof(Half)) {
            return std::memcmp(a.data(), b.data(), size) == 0;
        }
        if (size < sizeof(Word)) {
            return (difference<Half>(a, b, 0) | difference<Half>(a, b, size - sizeof(Half))) == 0;
        }
        Word differs = difference<Word>(a, b, 0) | difference<Word>(a, b, size - sizeof(Word));
        if (size > 2 * sizeof(Word)) {
            differs |= difference<Word>(a, b, sizeof(Word)) | difference<Word>(a, b, size - 2 * sizeof(Word));
        }
        return differs == 0;
    }

    /// A cheap place for a text, from its length and both ends. Precondition: not empty.
    static std::size_t recentSlot(std::string_view value)
    {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
        if (value.size() >= sizeof first) {
            std::memcpy(&first, value.data(), sizeof first);
            std::memcpy(&last, value.data() + value.size() - sizeof last, sizeof last);
        } else {
            first = static_cast<std::uint8_t>(value.front());
            last = static_cast<std::uint8_t>(value.back());
            last = (last << 8U) | static_cast<std::uint8_t>(value[value.size() / 2]);
        }
        const std::uint64_t mixed = (first ^ (last * 0x9E3779B97F4A7C15ULL) ^ value.size()) * 0xD6E8FEB86659FD93ULL;
        return static_cast<std::size_t>(mixed >> (64U - kRecentBits));
    }
    bool intern(std::string_view value, StringId& id);

    std::array<StringId, std::size_t{1} << kRecentBits> m_recent{};
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
