// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/setting_item.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <QVariant>
#include <functional>
#include <vector>

namespace tracedeck {

class SettingsPage;
class SettingsStore;

/// Lines of the settings page with their present values. Paths are those of the settings file.
[[nodiscard]] std::vector<SettingItem> settingItems(const SettingsStore& settings);

/// Keeps the settings page and the settings file the same, whichever of them is changed, and tells who has
/// to act on it. Nothing is asked twice: a value that is already there changes nothing.
class Preferences : public QObject {
    Q_OBJECT

public:
    static constexpr int kRetentionPauseMs = 2'000;

    struct Effects {
        std::function<void()> looks; ///< theme, density or text size changed
        std::function<void(bool on)> autoRefresh;
        std::function<void(int factor)> slowdown; ///< of every poll, 1 = as the sources suggest
        std::function<void()> pushChanged; ///< connections are to be made anew
        std::function<void()> retention; ///< how much is kept changed; called once the figures stand still
    };
    /// Acts on what the settings say at once, and on every change.
    Preferences(SettingsPage& page, SettingsStore& settings, Effects effects);

private:
    void edited(const QString& path, const QVariant& value);
    void changed(const QString& path);
    void applySwitches();

    SettingsPage& m_page;
    SettingsStore& m_settings;
    Effects m_effects;
    QTimer m_retentionPause; ///< a smaller figure removes traces: one passed by on the way must not
};

} // namespace tracedeck
