// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/embedded_collector.h"

#include "app/version.h"
#include "collector/owned_directory.h"

#include <QtConcurrentRun>

namespace tracedeck {

std::optional<CollectorOptions> collectorOptions(const QString& dataDir, const QString& listen)
{
    if (listen == QStringLiteral("off")) {
        return std::nullopt;
    }
    CollectorOptions options;
    options.dataDir = dataDir.toStdString();
    options.fallBackToFreePort = true;
    options.version = versionText().toStdString();
    if (!listen.isEmpty()) {
        options.host = listen.section(u':', 0, -2).toStdString();
        options.httpPort = static_cast<std::uint16_t>(listen.section(u':', -1).toUInt());
        options.grpcPort = options.httpPort == 4318 ? 4317 : 0;
    }
    return options;
}

EmbeddedCollector::EmbeddedCollector(QObject* parent) : QObject(parent)
{
    m_thread.setMaxThreadCount(1);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        const Outcome outcome = m_watcher.result();
        if (outcome == nullptr) {
            return;
        }
        if (!outcome->ok()) {
            if (outcome->error().code == ErrorCode::Conflict && connectToOwner()) {
                return;
            }
            Q_EMIT failed(outcome->error());
            return;
        }
        m_collector = std::move(outcome->value());
        m_collector->setRetention(m_retention); // it may have changed while the store was opened
        m_info = m_collector->info();
        Q_EMIT started(*m_info);
    });
}

EmbeddedCollector::~EmbeddedCollector()
{
    // A start that is still under way ends in the pool's destructor, which joins its thread; the collector
    // it made stops when the last reference goes.
    beginStop();
}

void EmbeddedCollector::setRetention(const RetentionLimits& limits)
{
    m_retention = limits;
    if (m_collector != nullptr) {
        m_collector->setRetention(limits);
    }
}

void EmbeddedCollector::beginStop()
{
    if (m_collector != nullptr) {
        m_thread.start([collector = std::move(m_collector)] { collector->stop(); });
    }
}

/// Another window (or a collector of its own) owns the data directory: its address and the token beside it
/// are all one needs to read from it.
bool EmbeddedCollector::connectToOwner()
{
    const OwnerRecord owner = readOwner(m_dataDir);
    const Result<std::string> token = readToken(m_dataDir);
    if (owner.httpAddress.empty() || !token.ok()) {
        return false;
    }
    CollectorInfo info;
    info.httpAddress = owner.httpAddress;
    info.grpcAddress = owner.grpcAddress;
    info.tls = owner.tls;
    info.tlsFingerprint = owner.tlsFingerprint;
    info.token = *token;
    info.ownsData = false;
    info.notices.push_back(tr("Another program (process %1) owns the data directory; this window reads from it at %2")
                               .arg(owner.pid)
                               .arg(QString::fromStdString(owner.httpAddress))
                               .toStdString());
    m_info = info;
    Q_EMIT started(*m_info);
    return true;
}

void EmbeddedCollector::start(const QString& dataDir, const QString& listen)
{
    std::optional<CollectorOptions> options = collectorOptions(dataDir, listen);
    if (!options) {
        return;
    }
    options->retention = m_retention;
    m_dataDir = options->dataDir;
    m_watcher.setFuture(QtConcurrent::run(&m_thread, [options = *options]() -> Outcome {
        return std::make_shared<Result<std::unique_ptr<Collector>>>(Collector::start(options));
    }));
}

} // namespace tracedeck
