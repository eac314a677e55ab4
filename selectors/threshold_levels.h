// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "selectors/row_plan.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

struct InfrastructureTable;
struct WorkloadTable;

/// Metrics that are judged against a threshold.
enum class ThresholdMetric : std::uint8_t { Cpu, Memory, Disk, Temperature };
inline constexpr unsigned kThresholdMetrics = 4;

/// How a value stands to its threshold. Worse is larger.
enum class ThresholdLevel : std::uint8_t { Normal, Warning, Critical };

/// One threshold with its hysteresis. Percent; temperature in degrees Celsius. From `critical` on a value
/// is critical, from `critical - warnBelow` on a warning; it calms down only once it is more than
/// `release` under the bound it passed, so a value that trembles around a bound does not flicker.
/// `critical` of 0 or less switches the metric off.
struct MetricThreshold {
    double critical = 0;
    double warnBelow = 5;
    double release = 2;
    bool operator==(const MetricThreshold&) const = default;
};

/// Thresholds of one row. It is found by its key; where that changes (a container made anew), by its name.
struct RowThresholds {
    RowKey key = 0;
    std::string name;
    std::array<std::optional<double>, kThresholdMetrics> critical; ///< by ThresholdMetric; none = the general one
    bool operator==(const RowThresholds&) const = default;
};

/// The thresholds in force. Defaults: CPU 80, memory 85, disk 90, temperature 80, warning 5 below.
struct ThresholdRules {
    MetricThreshold cpu{80, 5, 2};
    MetricThreshold memory{85, 5, 2};
    MetricThreshold disk{90, 5, 1};
    MetricThreshold temperature{80, 5, 3};
    std::vector<RowThresholds> rows; ///< rows with thresholds of their own; few

    [[nodiscard]] const MetricThreshold& of(ThresholdMetric metric) const;
    /// The own thresholds of a row; null when it has none. Cost: O(rows with own thresholds).
    [[nodiscard]] const RowThresholds* ownOf(RowKey key, std::string_view name) const;
    /// What holds for a row: its own bound where it has one, with the general distances.
    [[nodiscard]] MetricThreshold of(ThresholdMetric metric, const RowThresholds* own) const;
    bool operator==(const ThresholdRules&) const = default;
};

/// Levels of all metrics of one row, two bits each.
using RowLevels = std::uint8_t;

[[nodiscard]] constexpr ThresholdLevel levelOf(RowLevels levels, ThresholdMetric metric)
{
    return static_cast<ThresholdLevel>((levels >> (2U * static_cast<unsigned>(metric))) & 3U);
}

/// The level of `value` after `before`. Pure and idempotent: asked again with its own answer and the same
/// value it answers the same. A value that is not a number is Normal.
[[nodiscard]] ThresholdLevel nextLevel(ThresholdLevel before, double value, const MetricThreshold& rule);

/// Rows of the table before with their levels; what the hysteresis goes by. References must outlive the call.
struct EarlierLevels {
    const std::vector<RowKey>& keys;
    const std::vector<RowLevels>& levels;
};

/// Levels of all rows of a table; rows are matched with the earlier ones by key, rows that are new start
/// Normal, a missing value is Normal. Null `earlier` = nothing was there before.
/// Cost: O(rows); one hash table only when rows moved.
[[nodiscard]] std::vector<RowLevels> thresholdLevels(const InfrastructureTable& table, const ThresholdRules& rules,
                                                     const EarlierLevels* earlier);
[[nodiscard]] std::vector<RowLevels> thresholdLevels(const WorkloadTable& table, const ThresholdRules& rules,
                                                     const EarlierLevels* earlier);

/// Mixes levels into the digests of the table rows of a plan: hysteresis can show the same value in
/// another colour than before.
void addLevelsToDigests(RowPlan& plan, const std::vector<RowLevels>& levels);

} // namespace tracedeck
