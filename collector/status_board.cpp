// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/status_board.h"

namespace tracedeck {

void StatusBoard::setLimits(std::int64_t retentionNs, std::uint64_t retentionBytes)
{
    const std::scoped_lock lock(m_mutex);
    m_status.retentionNs = retentionNs;
    m_status.retentionBytes = retentionBytes;
}

void StatusBoard::publish(const StoreCounters& counters, std::uint64_t databaseBytes)
{
    const std::scoped_lock lock(m_mutex);
    m_counters = counters;
    m_status.databaseBytes = databaseBytes;
}

void StatusBoard::setProblem(const std::string& sentence, bool readOnly)
{
    const std::scoped_lock lock(m_mutex);
    m_status.problem = sentence;
    m_status.readOnly = readOnly;
}

void StatusBoard::noteRejected(std::uint64_t count, const std::string& reason, std::int64_t nowNs)
{
    const std::scoped_lock lock(m_mutex);
    m_unstoredRejections += count;
    m_status.lastRejectReason = reason;
    m_status.lastRejectNs = nowNs;
}

std::uint64_t StatusBoard::unstoredRejections() const
{
    const std::scoped_lock lock(m_mutex);
    return m_unstoredRejections;
}

void StatusBoard::rejectionsStored(std::uint64_t count)
{
    const std::scoped_lock lock(m_mutex);
    m_unstoredRejections -= count;
}

StoreStatus StatusBoard::status() const
{
    const std::scoped_lock lock(m_mutex);
    StoreStatus status = m_status;
    status.traces = static_cast<std::uint64_t>(m_counters.otherTraces + m_counters.ownTraces);
    status.ownTraces = static_cast<std::uint64_t>(m_counters.ownTraces);
    status.spans = static_cast<std::uint64_t>(m_counters.spans);
    status.logs = static_cast<std::uint64_t>(m_counters.logs);
    status.metricPoints = static_cast<std::uint64_t>(m_counters.metricPoints);
    status.requests = static_cast<std::uint64_t>(m_counters.requests);
    status.duplicateRequests = static_cast<std::uint64_t>(m_counters.duplicateRequests);
    status.rejected = static_cast<std::uint64_t>(m_counters.rejected) + m_unstoredRejections;
    status.otherGeneration = static_cast<std::uint64_t>(m_counters.otherGeneration);
    status.ownGeneration = static_cast<std::uint64_t>(m_counters.ownGeneration);
    return status;
}

StoreCounters StatusBoard::counters() const
{
    const std::scoped_lock lock(m_mutex);
    return m_counters;
}

} // namespace tracedeck
