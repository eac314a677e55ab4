// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/trace_filter.h"

#include "core/search_arena.h"
#include "selectors/query_row.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string>

namespace tracedeck {
namespace {

using Id = QueryFieldId;

/// Numbers of two-valued words, as registered in query_enums.cpp.
constexpr std::uint64_t kFirstWord = 1; // ok, no
constexpr std::uint64_t kSecondWord = 2; // error, yes

class SummaryRow final : public QueryRow {
public:
    SummaryRow(const TraceSummaryFields& trace, std::int64_t nowNs) : m_trace(trace), m_now(static_cast<double>(nowNs))
    { }

    bool contains(const std::string& needle) const override
    {
        if (m_search.empty()) { // folded once for all words of the query
            addSearchText(m_trace.traceId.toHex());
            addSearchText(m_trace.rootService);
            addSearchText(m_trace.rootName);
            std::for_each(m_trace.services.begin(), m_trace.services.end(),
                          [this](std::string_view service) { addSearchText(service); });
            addResourceNames();
        }
        return m_search.find(needle) != std::string::npos;
    }
    bool anyText(const QueryField& field, const std::vector<TextPattern>& patterns) const override
    {
        return anyTextOf(field, [&](std::string_view text) {
            return std::any_of(patterns.begin(), patterns.end(),
                               [&](const TextPattern& pattern) { return pattern.matches(text, m_scratch); });
        });
    }
    std::optional<double> number(const QueryField& field, Dimension) const override
    {
        switch (field.id) {
        case Id::Duration:
            return static_cast<double>(m_trace.durationNs);
        case Id::Spans:
            return m_trace.spanCount;
        case Id::Errors:
            return m_trace.errorCount;
        case Id::Start:
            return static_cast<double>(m_trace.startNs);
        case Id::Age:
            return std::max(m_now - static_cast<double>(m_trace.startNs), 0.0);
        default:
            return std::nullopt;
        }
    }
    std::uint64_t enumBits(const QueryField& field) const override
    {
        const bool second = field.id == Id::Own ? m_trace.own : m_trace.errorCount > 0;
        return second ? kSecondWord : kFirstWord;
    }
    bool hasValue(const QueryField& field) const override
    {
        const bool text = field.type == QueryFieldType::Text || field.type == QueryFieldType::List;
        return !text || anyTextOf(field, [](std::string_view) { return true; });
    }

private:
    /// As SearchArena does: needles hold no byte 1, so none matches across two texts.
    void addSearchText(std::string_view text) const
    {
        const std::size_t begin = m_search.size();
        appendFolded(m_search, text);
        std::replace_if(
            m_search.begin() + static_cast<std::ptrdiff_t>(begin), m_search.end(),
            [](char c) { return static_cast<unsigned char>(c) < 2; }, ' ');
        m_search.push_back('\x01');
    }

    void addResourceNames() const
    {
        for (std::size_t key = 0; m_trace.resources != nullptr && key < kResourceKeyCount; ++key) {
            if (isSearchedResourceKey(static_cast<ResourceKey>(key))) {
                for (const std::string_view value : (*m_trace.resources)[key]) {
                    addSearchText(value);
                }
            }
        }
    }

    template <class Visit> bool anyResource(std::initializer_list<ResourceKey> keys, Visit visit) const
    {
        return m_trace.resources != nullptr && std::any_of(keys.begin(), keys.end(), [&](ResourceKey key) {
                   const auto& values = (*m_trace.resources)[static_cast<std::size_t>(key)];
                   return std::any_of(values.begin(), values.end(), visit);
               });
    }

    template <class Visit> bool anyTextOf(const QueryField& field, Visit visit) const
    {
        const auto present = [&](std::string_view text) { return !text.empty() && visit(text); };
        switch (field.id) {
        case Id::Service:
            return present(m_trace.rootService)
                || std::any_of(m_trace.services.begin(), m_trace.services.end(), present);
        case Id::Host:
            return anyResource({ResourceKey::HostName, ResourceKey::HostId}, present);
        case Id::Container:
            return anyResource({ResourceKey::ContainerId, ResourceKey::ContainerName}, present);
        case Id::Pod:
            return anyResource({ResourceKey::PodName, ResourceKey::PodUid}, present);
        case Id::Namespace:
            return anyResource({ResourceKey::Namespace}, present);
        case Id::Node:
            return anyResource({ResourceKey::Node}, present);
        case Id::Instance:
            return anyResource({ResourceKey::Instance}, present);
        case Id::Pid:
            return anyResource({ResourceKey::ProcessId}, present);
        case Id::Peer:
            return anyResource(
                {ResourceKey::PeerContainer, ResourceKey::PeerUnit, ResourceKey::PeerProcess, ResourceKey::PeerAddress},
                present);
        case Id::Name:
            return present(m_trace.rootName);
        case Id::Root:
            return present(m_trace.rootService) || present(m_trace.rootName);
        case Id::Id:
            return visit(std::string_view(m_trace.traceId.toHex()));
        default:
            return false;
        }
    }

    const TraceSummaryFields& m_trace;
    double m_now;
    mutable std::string m_scratch;
    mutable std::string m_search;
};

/// Saturating conversion; the margin covers what a double near 10^18 cannot hold.
std::int64_t toNs(double value, double margin)
{
    constexpr double kLimit = 9.2e18;
    const double wide = value + margin;
    if (wide >= kLimit) {
        return std::numeric_limits<std::int64_t>::max();
    }
    return wide <= -kLimit ? std::numeric_limits<std::int64_t>::min() : static_cast<std::int64_t>(wide);
}

constexpr double kMargin = 600;

void narrow(std::int64_t& from, std::int64_t& to, double low, double high)
{
    from = std::max(from, toNs(std::floor(low), -kMargin));
    to = std::min(to, toNs(std::ceil(high), kMargin));
}

void narrowTo(std::optional<bool>& known, bool value, TraceBounds& bounds)
{
    bounds.empty = bounds.empty || (known && *known != value);
    known = value;
}

void applyNumber(const QueryClause& clause, double now, TraceBounds& bounds)
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const NumberInterval& interval : clause.intervals) { // any of them: their hull
        low = std::min(low, interval.low);
        high = std::max(high, interval.high);
    }
    switch (clause.fields[0]->id) {
    case Id::Duration:
        narrow(bounds.durationFromNs, bounds.durationToNs, low, high);
        return;
    case Id::Start:
        narrow(bounds.startFromNs, bounds.startToNs, low, high);
        return;
    case Id::Age:
        // An age below zero counts as zero, so a bound that lets zero in says nothing about the future.
        narrow(bounds.startFromNs, bounds.startToNs, now - high,
               low <= 0 ? std::numeric_limits<double>::infinity() : now - low);
        return;
    case Id::Errors:
        if (std::none_of(clause.intervals.begin(), clause.intervals.end(),
                         [](const NumberInterval& interval) { return interval.contains(0); })) {
            narrowTo(bounds.errors, true, bounds);
        }
        return;
    default:
        return;
    }
}

void apply(const CompiledQuery& query, const CompiledNode& node, double now, TraceBounds& bounds)
{
    if (node.kind == CompiledNode::Kind::And) {
        for (const CompiledNode& child : node.children) {
            apply(query, child, now, bounds);
        }
        return;
    }
    if (node.kind != CompiledNode::Kind::Clause) {
        return;
    }
    const QueryClause& clause = query.clauses[node.clause];
    if (clause.kind == QueryClause::Kind::Number) {
        applyNumber(clause, now, bounds);
    } else if (clause.kind == QueryClause::Kind::Enum && (clause.mask == kFirstWord || clause.mask == kSecondWord)) {
        const bool own = clause.fields[0]->id == Id::Own;
        narrowTo(own ? bounds.own : bounds.errors, clause.mask == kSecondWord, bounds);
    }
}

} // namespace

bool matchesTrace(const CompiledQuery& query, const TraceSummaryFields& trace, std::int64_t nowNs)
{
    return query.table == QueryTable::Traces && matchesNode(query, query.root, SummaryRow(trace, nowNs));
}

TraceBounds traceBounds(const CompiledQuery& query, std::int64_t nowNs)
{
    TraceBounds bounds;
    if (query.table != QueryTable::Traces) {
        bounds.empty = true;
        return bounds;
    }
    apply(query, query.root, static_cast<double>(nowNs), bounds);
    bounds.empty = bounds.empty || bounds.startFromNs > bounds.startToNs || bounds.durationFromNs > bounds.durationToNs;
    return bounds;
}

} // namespace tracedeck
