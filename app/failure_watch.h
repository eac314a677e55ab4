// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_snapshot.h"
#include "selectors/row_crossings.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <functional>
#include <vector>

namespace tracedeck {

class DesktopNotifier;
class SettingsStore;

/// Tells of rows that fail while nobody looks: one notification at a time, at most one in kPauseMs; failures in
/// between are gathered, those that recover before are left out. Off unless the settings say "notify.failures";
/// views named in "notify.muted" ("workloads", "workloads/pod", "infrastructure") stay silent. What was told and
/// not looked at is the unseen count, for a badge; it goes when the window becomes active.
class FailureWatch : public QObject {
    Q_OBJECT

public:
    static constexpr std::int64_t kPauseMs = 30'000;

    /// `steadyMs` is a clock that never goes back. All must outlive the watch.
    FailureWatch(SettingsStore& settings, DesktopNotifier& notifier, std::function<std::int64_t()> steadyMs,
                 QObject* parent = nullptr);

    /// What crossed in the table of a page ("workloads"), with the table it crossed to.
    void take(const QString& page, const TableSnapshot& snapshot, const std::vector<RowCrossing>& crossings);
    /// An active window is looked at: nothing is told, and what was told is seen.
    void setWindowActive(bool active);

    [[nodiscard]] bool isEnabled() const;
    void setEnabled(bool on);
    /// `view` is a page, or a page and a kind: "workloads/pod".
    [[nodiscard]] bool isMuted(const QString& view) const;
    void setMuted(const QString& view, bool muted);
    [[nodiscard]] int unseen() const { return m_unseen; }

Q_SIGNALS:
    void unseenChanged(int failures);
    /// The notification was clicked: a tracedeck:// link to what failed.
    void linkActivated(const QString& link);

private:
    struct Failure {
        RowKey key = 0;
        QString name;
        QString page;
    };
    void forgetRecovered(const std::vector<RowCrossing>& crossings);
    void tellWhenAllowed();
    void tell();
    void setUnseen(int failures);

    SettingsStore& m_settings;
    DesktopNotifier& m_notifier;
    std::function<std::int64_t()> m_steadyMs;
    std::vector<Failure> m_waiting; ///< not told yet
    std::vector<Failure> m_told; ///< by the notification on screen
    QTimer m_later;
    std::int64_t m_lastMs = -kPauseMs;
    int m_unseen = 0;
    bool m_active = false;
};

} // namespace tracedeck
