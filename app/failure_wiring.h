// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <memory>

namespace tracedeck {

class CommandRegistry;
class DesktopNotifier;
class FailureWatch;
class FleetPage;
class MainWindow;
class SettingsStore;
class TableFeed;
class TrayBadge;

/// Everything between failing rows and the desktop: the watch, who notifies, the tray badge, the commands.
class FailureWiring : public QObject {
    Q_OBJECT

public:
    /// All must outlive the wiring.
    FailureWiring(SettingsStore& settings, MainWindow& window, QObject* parent = nullptr);

    /// Watches the rows of a page.
    void add(const FleetPage& page, const TableFeed& feed);
    void addCommands(CommandRegistry& commands);
    [[nodiscard]] FailureWatch& watch() { return *m_watch; }
    /// "workloads/pod" for what the current page shows; empty where nothing fails.
    [[nodiscard]] QString currentView() const;
    /// Whether a command of these is on now.
    [[nodiscard]] bool isChecked(const QString& command) const;

Q_SIGNALS:
    void linkActivated(const QString& link);

private:
    void applyEnabled();

    MainWindow& m_window;
    DesktopNotifier* m_notifier;
    FailureWatch* m_watch;
    TrayBadge* m_badge = nullptr; ///< made when first needed
};

} // namespace tracedeck
