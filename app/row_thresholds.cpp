// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/row_thresholds.h"

#include "app/settings_store.h"
#include "app/table_looks.h"
#include "views/threshold_dialog.h"

#include <QJsonArray>
#include <QJsonObject>
#include <algorithm>

namespace tracedeck {
namespace {

constexpr std::array<const char*, kThresholdMetrics> kMetricKeys{"cpu", "memory", "disk", "temperature"};
const QString kRowsPath = QStringLiteral("thresholds.rows");

QJsonObject rowToJson(const RowThresholds& row)
{
    QJsonObject object{{QStringLiteral("key"), QString::number(row.key, 16)},
                       {QStringLiteral("name"), QString::fromStdString(row.name)}};
    for (std::size_t metric = 0; metric < kMetricKeys.size(); ++metric) {
        if (row.critical[metric]) {
            object.insert(QLatin1String(kMetricKeys[metric]), *row.critical[metric]);
        }
    }
    return object;
}

RowThresholds rowFromJson(const QJsonObject& object)
{
    constexpr double kLargest = 1000;
    RowThresholds row;
    row.key = object.value(u"key").toString().toULongLong(nullptr, 16);
    row.name = object.value(u"name").toString().toStdString();
    for (std::size_t metric = 0; metric < kMetricKeys.size(); ++metric) {
        const QJsonValue bound = object.value(QLatin1String(kMetricKeys[metric]));
        if (bound.isDouble() && bound.toDouble() >= 0 && bound.toDouble() <= kLargest) {
            row.critical[metric] = bound.toDouble();
        }
    }
    return row;
}

bool hasBound(const RowThresholds& row)
{
    return std::any_of(row.critical.begin(), row.critical.end(), [](const auto& bound) { return bound.has_value(); });
}

} // namespace

std::vector<RowThresholds> rowThresholdsOf(const SettingsStore& settings)
{
    std::vector<RowThresholds> rows;
    for (const QJsonValue& entry : settings.value(kRowsPath).toArray()) {
        RowThresholds row = rowFromJson(entry.toObject());
        if (hasBound(row) && (row.key != 0 || !row.name.empty())) {
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

void setRowThresholds(SettingsStore& settings, const RowThresholds& row)
{
    QJsonArray list;
    for (const RowThresholds& kept : rowThresholdsOf(settings)) {
        if (kept.key != row.key && kept.name != row.name) {
            list.append(rowToJson(kept));
        }
    }
    if (hasBound(row)) {
        list.append(rowToJson(row));
    }
    settings.setValue(kRowsPath, list);
}

void editRowThresholds(SettingsStore& settings, RowKey key, const QString& name, bool withTemperature, QWidget* parent)
{
    const ThresholdRules rules = thresholdsFromSettings(settings);
    RowThresholds row;
    if (const RowThresholds* own = rules.ownOf(key, name.toStdString())) {
        row = *own;
    }
    row.key = key;
    row.name = name.toStdString();
    auto* dialog = new ThresholdDialog(rules, row, withTemperature, parent);
    QObject::connect(dialog, &ThresholdDialog::chosen, &settings,
                     [&settings](const RowThresholds& chosen) { setRowThresholds(settings, chosen); });
    dialog->open();
}

} // namespace tracedeck
