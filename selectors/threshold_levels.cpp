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

/// Rows with thresholds of their own, ascending.
struct OwnRow {
    std::size_t row;
    const RowThresholds* own;
};

template <class Table> std::vector<OwnRow> ownRows(const Table& table, const ThresholdRules& rules)
{
    std::vector<OwnRow> found;
    for (std::size_t row = 0; row < table.rows() && !rules.rows.empty(); ++row) {
        if (const RowThresholds* own = rules.ownOf(table.keys[row], table.strings.view(table.name[row]))) {
            found.push_back({row, own});
        }
    }
    return found;
}

/// What a table is judged by.
struct Judging {
    const ThresholdRules& rules;
    std::vector<OwnRow> own;
    std::vector<RowLevels> before;
};

void judgeColumn(std::vector<RowLevels>& out, const Judging& by, const OptionalColumn<double>& column,
                 ThresholdMetric metric)
{
    const unsigned shift = 2U * static_cast<unsigned>(metric);
    auto own = by.own.begin();
    for (std::size_t row = 0; row < out.size(); ++row) {
        MetricThreshold rule = by.rules.of(metric);
        if (own != by.own.end() && own->row == row) {
            rule = by.rules.of(metric, own->own);
            ++own;
        }
        if (column.has(row)) {
            const ThresholdLevel level = nextLevel(levelOf(by.before[row], metric), column.raw(row), rule);
            out[row] = static_cast<RowLevels>(out[row] | (static_cast<unsigned>(level) << shift));
        }
    }
}

template <class Table> Judging judgingOf(const Table& table, const ThresholdRules& rules, const EarlierLevels* earlier)
{
    Judging by{rules, ownRows(table, rules), std::vector<RowLevels>(table.rows())};
    EarlierRows rows(earlier);
    for (std::size_t row = 0; row < by.before.size(); ++row) {
        by.before[row] = rows.levelsOf(table.keys[row], row);
    }
    return by;
}

template <class Table> std::vector<RowLevels> judgePercents(const Table& table, const Judging& by)
{
    std::vector<RowLevels> levels(table.rows(), 0);
    judgeColumn(levels, by, table.cpuPercent, ThresholdMetric::Cpu);
    judgeColumn(levels, by, table.memoryPercent, ThresholdMetric::Memory);
    judgeColumn(levels, by, table.diskPercent, ThresholdMetric::Disk);
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

const RowThresholds* ThresholdRules::ownOf(RowKey key, std::string_view name) const
{
    const RowThresholds* byName = nullptr;
    for (const RowThresholds& row : rows) {
        if (row.key == key) {
            return &row;
        }
        byName = byName == nullptr && !name.empty() && row.name == name ? &row : byName;
    }
    return byName;
}

MetricThreshold ThresholdRules::of(ThresholdMetric metric, const RowThresholds* own) const
{
    MetricThreshold rule = of(metric);
    if (own != nullptr) {
        rule.critical = own->critical[static_cast<std::size_t>(metric)].value_or(rule.critical);
    }
    return rule;
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
    const Judging by = judgingOf(table, rules, earlier);
    std::vector<RowLevels> levels = judgePercents(table, by);
    judgeColumn(levels, by, table.temperatureCelsius, ThresholdMetric::Temperature);
    return levels;
}

std::vector<RowLevels> thresholdLevels(const WorkloadTable& table, const ThresholdRules& rules,
                                       const EarlierLevels* earlier)
{
    return judgePercents(table, judgingOf(table, rules, earlier));
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
