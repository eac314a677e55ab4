// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/threshold_levels.h"

#include "core/infrastructure_table.h"
#include "core/workload_table.h"
#include "selectors/key_row_index.h"

#include <cmath>
#include <cstddef>
#include <optional>

namespace tracedeck {
namespace {

ThresholdLevel plainLevel(double value, double critical, double warnBelow)
{
    if (value >= critical) {
        return ThresholdLevel::Critical;
    }
    return value >= critical - warnBelow ? ThresholdLevel::Warning : ThresholdLevel::Normal;
}

/// Finds the earlier levels of rows, by place while nothing moved, by key from then on.
class EarlierRows {
public:
    explicit EarlierRows(const EarlierLevels* earlier) : m_earlier(earlier) { }

    [[nodiscard]] RowLevels levelsOf(RowKey key, std::size_t place)
    {
        if (m_earlier == nullptr) {
            return 0;
        }
        const std::vector<RowKey>& keys = m_earlier->keys;
        if (place < keys.size() && keys[place] == key) {
            return m_earlier->levels[place];
        }
        if (!m_index) {
            m_index.emplace(keys, 0, static_cast<std::uint32_t>(keys.size()));
        }
        const std::int32_t row = m_index->find(key);
        return row == KeyRowIndex::kMissing ? RowLevels{0} : m_earlier->levels[static_cast<std::size_t>(row)];
    }

private:
    const EarlierLevels* m_earlier;
    std::optional<KeyRowIndex> m_index;
};

void judgeColumn(std::vector<RowLevels>& out, const std::vector<RowLevels>& before,
                 const OptionalColumn<double>& column, ThresholdMetric metric, const MetricThreshold& rule)
{
    const unsigned shift = 2U * static_cast<unsigned>(metric);
    for (std::size_t row = 0; row < out.size(); ++row) {
        if (column.has(row)) {
            const ThresholdLevel level = nextLevel(levelOf(before[row], metric), column.raw(row), rule);
            out[row] = static_cast<RowLevels>(out[row] | (static_cast<unsigned>(level) << shift));
        }
    }
}

template <class Table>
std::vector<RowLevels> judgePercents(const Table& table, const ThresholdRules& rules, const EarlierLevels* earlier,
                                     std::vector<RowLevels>& before)
{
    EarlierRows rows(earlier);
    before.resize(table.rows());
    for (std::size_t row = 0; row < before.size(); ++row) {
        before[row] = rows.levelsOf(table.keys[row], row);
    }
    std::vector<RowLevels> levels(table.rows(), 0);
    judgeColumn(levels, before, table.cpuPercent, ThresholdMetric::Cpu, rules.cpu);
    judgeColumn(levels, before, table.memoryPercent, ThresholdMetric::Memory, rules.memory);
    judgeColumn(levels, before, table.diskPercent, ThresholdMetric::Disk, rules.disk);
    return levels;
}

} // namespace

const MetricThreshold& ThresholdRules::of(ThresholdMetric metric) const
{
    switch (metric) {
    case ThresholdMetric::Memory:
        return memory;
    case ThresholdMetric::Disk:
        return disk;
    case ThresholdMetric::Temperature:
        return temperature;
    case ThresholdMetric::Cpu:
        break;
    }
    return cpu;
}

ThresholdLevel nextLevel(ThresholdLevel before, double value, const MetricThreshold& rule)
{
    if (rule.critical <= 0 || std::isnan(value)) {
        return ThresholdLevel::Normal;
    }
    const ThresholdLevel rising = plainLevel(value, rule.critical, rule.warnBelow);
    if (rising >= before) {
        return rising;
    }
    // On the way down every bound lies `release` lower.
    const ThresholdLevel falling = plainLevel(value, rule.critical - rule.release, rule.warnBelow);
    return falling < before ? falling : before;
}

std::vector<RowLevels> thresholdLevels(const InfrastructureTable& table, const ThresholdRules& rules,
                                       const EarlierLevels* earlier)
{
    std::vector<RowLevels> before;
    std::vector<RowLevels> levels = judgePercents(table, rules, earlier, before);
    judgeColumn(levels, before, table.temperatureCelsius, ThresholdMetric::Temperature, rules.temperature);
    return levels;
}

std::vector<RowLevels> thresholdLevels(const WorkloadTable& table, const ThresholdRules& rules,
                                       const EarlierLevels* earlier)
{
    std::vector<RowLevels> before;
    return judgePercents(table, rules, earlier, before);
}

void addLevelsToDigests(RowPlan& plan, const std::vector<RowLevels>& levels)
{
    constexpr std::uint64_t kSpread = 0xC2B2AE3D27D4EB4FULL;
    for (std::size_t i = 0; i < plan.rows.size(); ++i) {
        if (!plan.rows[i].isGroup() && !plan.rows[i].isVanished() && plan.rows[i].index() < levels.size()) {
            plan.digests[i] ^= levels[plan.rows[i].index()] * kSpread;
        }
    }
}

} // namespace tracedeck
