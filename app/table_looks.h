// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/threshold_levels.h"

#include <QObject>
#include <QString>
#include <vector>

namespace tracedeck {

class FleetPage;
class SettingsStore;
class SystemTheme;
class TableFeed;

/// Thresholds as the settings name them ("thresholds.cpu", ".memory", ".disk", ".temperature", ".warnBelow",
/// ".release"); what is not named, or is no sensible number (0 to 1000), keeps its default. 0 switches a metric off.
[[nodiscard]] ThresholdRules thresholdsFromSettings(const SettingsStore& settings);

/// Whether things may move on screen: "appearance.motion" full or reduced, else what the desktop wants.
[[nodiscard]] bool wantsReducedMotion(const SettingsStore& settings, bool desktopReduces);

/// Keeps the fleet tables in step with what settings and desktop say about thresholds, tints
/// ("tables.tints") and motion, from the start and whenever one of them changes.
class TableLooks : public QObject {
    Q_OBJECT

public:
    TableLooks(SettingsStore& settings, const SystemTheme& system, QObject* parent = nullptr);

    /// Takes a table in; it gets the settings at once.
    void add(FleetPage* page, TableFeed* feed);
    [[nodiscard]] bool tintsEnabled() const;
    void setTintsEnabled(bool on);

private:
    struct Table {
        FleetPage* page;
        TableFeed* feed;
    };
    void apply(const Table& table) const;
    void applyAll() const;

    SettingsStore& m_settings;
    const SystemTheme& m_system;
    std::vector<Table> m_tables;
};

} // namespace tracedeck
