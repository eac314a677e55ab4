// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/collector.h"

#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>
#include <memory>
#include <optional>

namespace tracedeck {

/// The collector inside the window: started on a thread of its own after the first paint, stopped when
/// the application ends. Another window that owns the data directory is connected to instead.
class EmbeddedCollector : public QObject {
    Q_OBJECT

public:
    explicit EmbeddedCollector(QObject* parent = nullptr);
    ~EmbeddedCollector() override;

    /// `listen` is "HOST:PORT", "off" or empty for the default. Returns at once; started() or failed() follows.
    void start(const QString& dataDir, const QString& listen);
    /// How much the store keeps, from its start on or from now on. Another window's store is that window's business.
    void setRetention(const RetentionLimits& limits);
    /// Begins to stop on its own thread, so that the rest of the program can end meanwhile; the destructor waits.
    void beginStop();
    [[nodiscard]] const std::optional<CollectorInfo>& info() const { return m_info; }

Q_SIGNALS:
    void started(const tracedeck::CollectorInfo& info);
    void failed(const tracedeck::Error& error);

private:
    bool connectToOwner();

    using Outcome = std::shared_ptr<Result<std::unique_ptr<Collector>>>;

    QThreadPool m_thread; ///< one thread: start and stop in order
    QFutureWatcher<Outcome> m_watcher;
    std::shared_ptr<Collector> m_collector;
    std::string m_dataDir;
    RetentionLimits m_retention;
    std::optional<CollectorInfo> m_info;
};

/// Options for `--listen`; gRPC takes its usual port beside the usual HTTP port, else any free one.
[[nodiscard]] std::optional<CollectorOptions> collectorOptions(const QString& dataDir, const QString& listen);

} // namespace tracedeck
