// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/workload_table.h"

#include <cstdint>

namespace tracedeck {

/// Severity of a row's status; the values are those of Severity in models/roles.h. Worse is larger.
enum class RowSeverity : std::uint8_t { None, Ok, Unknown, Warning, Critical };

/// online, running → Ok; degraded, paused → Warning; offline, stopped → Critical; else Unknown.
[[nodiscard]] constexpr RowSeverity severityOf(InfrastructureStatus status)
{
    switch (status) {
    case InfrastructureStatus::Online:
    case InfrastructureStatus::Running:
        return RowSeverity::Ok;
    case InfrastructureStatus::Degraded:
    case InfrastructureStatus::Paused:
        return RowSeverity::Warning;
    case InfrastructureStatus::Offline:
    case InfrastructureStatus::Stopped:
        return RowSeverity::Critical;
    case InfrastructureStatus::Unknown:
    case InfrastructureStatus::Other:
        break;
    }
    return RowSeverity::Unknown;
}

/// Running → Ok, Degraded → Warning, Stopped → Critical.
[[nodiscard]] constexpr RowSeverity severityOf(StatusBucket bucket)
{
    switch (bucket) {
    case StatusBucket::Running:
        return RowSeverity::Ok;
    case StatusBucket::Degraded:
        return RowSeverity::Warning;
    case StatusBucket::Stopped:
        break;
    }
    return RowSeverity::Critical;
}

} // namespace tracedeck
