// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/table_looks.h"

#include "app/row_thresholds.h"
#include "app/settings_store.h"
#include "app/system_theme.h"
#include "app/table_feed.h"
#include "views/cell_tints.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"

namespace tracedeck {
namespace {

const QString kTintsPath = QStringLiteral("tables.tints");
const QString kMotionPath = QStringLiteral("appearance.motion");
const QString kThresholdsPath = QStringLiteral("thresholds");

void takeNumber(double& out, const SettingsStore& settings, const char* name)
{
    constexpr double kLargest = 1000;
    const QJsonValue value = settings.value(kThresholdsPath + QLatin1Char('.') + QString::fromLatin1(name));
    if (value.isDouble() && value.toDouble() >= 0 && value.toDouble() <= kLargest) {
        out = value.toDouble();
    }
}

} // namespace

ThresholdRules thresholdsFromSettings(const SettingsStore& settings)
{
    ThresholdRules rules;
    takeNumber(rules.cpu.critical, settings, "cpu");
    takeNumber(rules.memory.critical, settings, "memory");
    takeNumber(rules.disk.critical, settings, "disk");
    takeNumber(rules.temperature.critical, settings, "temperature");
    for (MetricThreshold* metric : {&rules.cpu, &rules.memory, &rules.disk, &rules.temperature}) {
        takeNumber(metric->warnBelow, settings, "warnBelow");
        takeNumber(metric->release, settings, "release");
    }
    rules.rows = rowThresholdsOf(settings);
    return rules;
}

bool wantsReducedMotion(const SettingsStore& settings, bool desktopReduces)
{
    const QString wanted = settings.value(kMotionPath).toString();
    return wanted == QStringLiteral("reduced") || (wanted != QStringLiteral("full") && desktopReduces);
}

TableLooks::TableLooks(SettingsStore& settings, const SystemTheme& system, QObject* parent)
    : QObject(parent), m_settings(settings), m_system(system)
{
    connect(&settings, &SettingsStore::changed, this, [this](const QString& path) {
        if (path.startsWith(kThresholdsPath) || path == kTintsPath || path == kMotionPath) {
            applyAll();
        }
    });
    connect(&system, &SystemTheme::changed, this, &TableLooks::applyAll);
}

void TableLooks::add(FleetPage* page, TableFeed* feed)
{
    m_tables.push_back({page, feed});
    apply(m_tables.back());
}

void TableLooks::applyAll() const
{
    for (const Table& table : m_tables) {
        apply(table);
    }
}

void TableLooks::apply(const Table& table) const
{
    const ThresholdRules rules = thresholdsFromSettings(m_settings);
    table.feed->setThresholds(rules);
    table.page->model()->setThresholds(rules);
    CellTints& tints = table.page->table()->tints();
    tints.setEnabled(tintsEnabled());
    tints.setReducedMotion(wantsReducedMotion(m_settings, m_system.reducesMotion()));
}

bool TableLooks::tintsEnabled() const
{
    return m_settings.value(kTintsPath, true).toBool();
}

void TableLooks::setTintsEnabled(bool on)
{
    m_settings.setValue(kTintsPath, on);
}

} // namespace tracedeck
