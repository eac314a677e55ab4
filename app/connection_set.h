// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/connection_spec.h"
#include "refresh/workload_access.h"

#include <QDeadlineTimer>
#include <QObject>

#include <memory>
#include <vector>

class QThread;

namespace tracedeck {

class EngineSource;
class FleetSource;
class HistorySource;
class Poller;
class SecretStore;
class SettingsStore;

/// All connections: those of the settings file, those the team set up, and the engines found on this
/// machine. Starts one source each on the poller and keeps the settings in step. A connection that cannot
/// be understood is kept as it is and told about.
class ConnectionSet : public QObject {
    Q_OBJECT

public:
    /// Everything given outlives this object.
    ConnectionSet(Poller& poller, QThread& ioThread, SettingsStore& settings, SecretStore& secrets,
                  QObject* parent = nullptr);
    ~ConnectionSet() override;

    /// Reads the settings and starts what is not paused. `findLocal` adds engines found on this machine.
    void start(bool findLocal);
    [[nodiscard]] const std::vector<ConnectionSpec>& connections() const { return m_specs; }
    [[nodiscard]] const ConnectionSpec* find(const QString& id) const;
    /// Adds or replaces by id, saves, restarts its source. An empty secret leaves the kept one alone.
    Result<void> put(const ConnectionSpec& spec, const QString& secret);
    /// Also forgets its secret. A locked one cannot be removed; one that was found is ignored from now on.
    Result<void> remove(const QString& id);
    void setPaused(const QString& id, bool paused);
    /// What the engine that runs this container tells about it; null when none does. `spec` gets the
    /// connection when not null.
    [[nodiscard]] std::shared_ptr<WorkloadAccess> accessFor(const QString& containerId,
                                                            const ConnectionSpec** spec = nullptr) const;
    /// What servers keep of the past of their rows.
    [[nodiscard]] std::vector<std::shared_ptr<HistorySource>> historySources() const;
    /// How long a token that a program printed is taken for good at least; for tests.
    void setRenewMs(int ms) { m_renewMs = ms; }
    /// Sentences about settings that could not be understood.
    [[nodiscard]] const QStringList& problems() const { return m_problems; }

Q_SIGNALS:
    void changed();

private:
    struct Running {
        QString id;
        std::shared_ptr<EngineSource> engine; ///< null for kinds without containers
        std::shared_ptr<HistorySource> history; ///< null for kinds that keep none
        QString token; ///< it was started with
        QDeadlineTimer renewAfter; ///< its token command is not run again before
    };
    void read(bool findLocal);
    void startOne(const ConnectionSpec& spec);
    void startWithToken(const ConnectionSpec& spec, const Result<QString>& token);
    void startEngine(const ConnectionSpec& spec, const QString& token);
    void startPulse(const ConnectionSpec& spec, const QString& token);
    void renewTokens();
    void stopOne(const QString& id);
    void save();

    Poller& m_poller;
    QThread& m_ioThread;
    SettingsStore& m_settings;
    SecretStore& m_secrets;
    std::vector<ConnectionSpec> m_specs;
    std::vector<Running> m_running;
    QStringList m_ignored; ///< found connections somebody removed
    QStringList m_paused; ///< connections of the team and found ones that somebody paused
    int m_renewMs = 60'000;
    QStringList m_problems;
};

} // namespace tracedeck
