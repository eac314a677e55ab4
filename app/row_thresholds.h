// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/threshold_levels.h"

#include <QString>
#include <vector>

class QWidget;

namespace tracedeck {

class SettingsStore;

/// Rows with thresholds of their own, as the settings list them ("thresholds.rows"). Entries without a key and
/// a name, and bounds outside 0 to 1000, are left out.
[[nodiscard]] std::vector<RowThresholds> rowThresholdsOf(const SettingsStore& settings);

/// Keeps the thresholds of one row instead of those it had, by key or name; one without any bound takes them away.
void setRowThresholds(SettingsStore& settings, const RowThresholds& row);

/// Asks for the thresholds of a row over `parent` and keeps them. `withTemperature`: hosts have one.
void editRowThresholds(SettingsStore& settings, RowKey key, const QString& name, bool withTemperature, QWidget* parent);

} // namespace tracedeck
