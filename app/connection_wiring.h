// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/connection_set.h"

#include <QObject>

#include <cstdint>
#include <functional>

namespace tracedeck {

class FleetPage;
class LogController;
class MainWindow;
class SourcesController;

/// Connections and what a person does with them from the pages: logs, inspecting, handing over.
class ConnectionWiring : public QObject {
    Q_OBJECT

public:
    /// `secretFile` empty = secrets live in memory only and no keychain is asked. Everything given
    /// outlives this object.
    ConnectionWiring(Poller& poller, QThread& ioThread, SettingsStore& settings, const QString& secretFile,
                     MainWindow& window, const std::function<std::int64_t()>& clock, QObject* parent = nullptr);
    ~ConnectionWiring() override;

    void addPage(FleetPage& page);
    [[nodiscard]] ConnectionSet& connections() { return *m_set; }
    [[nodiscard]] SecretStore& secrets() { return *m_secrets; }
    [[nodiscard]] SourcesController& dialog() { return *m_dialog; }

private:
    void openLog(FleetPage& page, LogController& log, const QString& containerId, const QString& title);
    void inspect(FleetPage& page, const QString& containerId);
    void openElsewhere(const QJsonObject& row, const QString& source);
    [[nodiscard]] QString noAccessText(const QString& containerId) const;

    MainWindow& m_window;
    SecretStore* m_secrets;
    ConnectionSet* m_set;
    SourcesController* m_dialog;
};

} // namespace tracedeck
