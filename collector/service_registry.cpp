// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/service_registry.h"

#include "collector/trace_summary.h"

#include <algorithm>
#include <mutex>

namespace tracedeck {
namespace {

std::uint64_t shifted(std::uint64_t value, std::int64_t by)
{
    const std::int64_t moved = static_cast<std::int64_t>(value) + by;
    return moved < 0 ? 0 : static_cast<std::uint64_t>(moved);
}

} // namespace

Result<void> ServiceRegistry::load(Database& database)
{
    Result<Statement> rows =
        database.prepare("SELECT id, name, own, spans, errors, last_seen_ns FROM service ORDER BY id");
    if (!rows) {
        return rows.error();
    }
    const std::unique_lock lock(m_mutex);
    m_entries.assign(1, ServiceSummary{kFurtherName, 0, 0, 0, false});
    Statement& row = rows.value();
    while (row.next()) {
        const auto number = static_cast<std::uint32_t>(row.integer(0));
        if (number > kMaxServices) {
            continue;
        }
        m_entries.resize(std::max<std::size_t>(m_entries.size(), number + 1));
        m_entries[number] = {std::string(row.text(1)), static_cast<std::uint64_t>(row.integer(3)),
                             static_cast<std::uint64_t>(row.integer(4)), row.integer(5), row.integer(2) != 0};
        if (number != kFurtherServices) {
            m_numbers[row.integer(2) != 0 ? 1 : 0].byName.emplace(row.text(1), number);
        }
    }
    return row.ended() ? Result<void>() : Result<void>(database.failure("read the services"));
}

std::uint32_t ServiceRegistry::numberOf(std::string_view name, bool own)
{
    Numbers& numbers = m_numbers[own ? 1 : 0];
    name = cutSummaryText(name);
    if (numbers.hasLast && numbers.lastName == name) {
        return numbers.last;
    }
    numbers.lastName = name;
    const auto found = numbers.byName.find(numbers.lastName);
    numbers.last = found != numbers.byName.end() ? found->second : addEntry(name, own);
    numbers.hasLast = true;
    return numbers.last;
}

std::uint32_t ServiceRegistry::addEntry(std::string_view name, bool own)
{
    std::uint32_t number = kFurtherServices;
    {
        const std::unique_lock lock(m_mutex);
        if (m_entries.size() <= kMaxServices) {
            number = static_cast<std::uint32_t>(m_entries.size());
            m_entries.push_back({std::string(name), 0, 0, 0, own});
        }
    }
    if (number != kFurtherServices) {
        m_numbers[own ? 1 : 0].byName.emplace(name, number);
    }
    return number;
}

void ServiceRegistry::count(std::uint32_t service, std::int64_t spans, std::int64_t errors, std::int64_t seenNs)
{
    Change& change = m_pending[service];
    change.spans += spans;
    change.errors += errors;
    change.seenNs = std::max(change.seenNs, seenNs);
}

Result<void> ServiceRegistry::store(Database& database)
{
    if (m_pending.empty()) {
        return {};
    }
    const Result<Statement*> put =
        database.cached("INSERT INTO service(id, name, own, spans, errors, last_seen_ns) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
                        " ON CONFLICT(id) DO UPDATE SET spans = ?4, errors = ?5, last_seen_ns = ?6");
    if (!put) {
        return put.error();
    }
    for (const auto& [service, change] : m_pending) {
        const ServiceSummary& entry = m_entries[service]; // only this thread writes
        (*put)->bind(1, service).bindText(2, entry.name).bind(3, entry.own ? 1 : 0);
        (*put)->bind(4, static_cast<std::int64_t>(shifted(entry.spans, change.spans)));
        (*put)->bind(5, static_cast<std::int64_t>(shifted(entry.errors, change.errors)));
        (*put)->bind(6, std::max(entry.lastSeenNs, change.seenNs));
        if (!(*put)->run()) {
            return database.failure("store the service counters");
        }
    }
    return {};
}

void ServiceRegistry::publish()
{
    const std::unique_lock lock(m_mutex);
    for (const auto& [service, change] : m_pending) {
        ServiceSummary& entry = m_entries[service];
        entry.spans = shifted(entry.spans, change.spans);
        entry.errors = shifted(entry.errors, change.errors);
        entry.lastSeenNs = std::max(entry.lastSeenNs, change.seenNs);
    }
    m_pending.clear();
}

void ServiceRegistry::drop()
{
    m_pending.clear();
}

void ServiceRegistry::countNothing()
{
    m_pending.clear();
    for (std::uint32_t service = 0; service < m_entries.size(); ++service) {
        const ServiceSummary& entry = m_entries[service];
        if (entry.spans != 0 || entry.errors != 0) {
            count(service, -static_cast<std::int64_t>(entry.spans), -static_cast<std::int64_t>(entry.errors), 0);
        }
    }
}

std::string_view ServiceRegistry::nameOf(std::uint32_t service) const
{
    const std::shared_lock lock(m_mutex);
    return service < m_entries.size() ? std::string_view(m_entries[service].name) : std::string_view();
}

void ServiceRegistry::namesOf(const std::vector<ServiceShare>& shares, std::vector<std::string_view>& into) const
{
    into.clear();
    const std::shared_lock lock(m_mutex);
    for (const ServiceShare& share : shares) {
        into.push_back(share.service < m_entries.size() ? std::string_view(m_entries[share.service].name)
                                                        : std::string_view());
    }
}

std::vector<ServiceSummary> ServiceRegistry::list(bool includeOwn) const
{
    std::vector<ServiceSummary> services;
    {
        const std::shared_lock lock(m_mutex);
        for (const ServiceSummary& entry : m_entries) {
            if (entry.spans > 0 && (includeOwn || !entry.own)) {
                services.push_back(entry);
            }
        }
    }
    std::sort(services.begin(), services.end(), [](const ServiceSummary& a, const ServiceSummary& b) {
        return a.name != b.name ? a.name < b.name : a.own < b.own;
    });
    return services;
}

} // namespace tracedeck
