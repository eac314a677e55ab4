// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/telemetry_ring.h"

#include <QObject>
#include <QString>
#include <cstdint>
#include <vector>

class QNetworkAccessManager;
class QNetworkReply;
class QTimer;

namespace tracedeck {

/// Sends the app's own traces to its own embedded collector, and to no other. Drains the ring every few
/// seconds; nothing drained, nothing sent. Sending is not recorded itself, so it cannot feed on itself. A
/// collector that does not answer costs the batch, never memory: at most one request is under way.
class OwnTraceExporter : public QObject {
    Q_OBJECT

public:
    OwnTraceExporter(TelemetryRing& ring, std::uint64_t process, QString version, QObject* parent = nullptr);

    /// Starts sending to this collector ("http://127.0.0.1:4318"); empty stops.
    void setEndpoint(const QString& endpoint, const QString& token);
    /// Drains the ring and tells drained(); the records go out with the next export.
    void collect();
    /// Drains and sends now; what the timer calls.
    void exportNow();
    /// Traces handed to the collector so far, records lost in the ring or to a silent collector.
    [[nodiscard]] std::uint64_t exportedSpans() const noexcept { return m_exported; }
    [[nodiscard]] std::uint64_t lostRecords() const noexcept { return m_lost; }

Q_SIGNALS:
    /// Newly drained records, for who shows them.
    void drained(const std::vector<tracedeck::StageRecord>& records);

private:
    [[nodiscard]] std::vector<StageRecord> takeFinished();

    TelemetryRing& m_ring;
    std::uint64_t m_process;
    QString m_version;
    QString m_endpoint;
    QString m_token;
    QNetworkAccessManager* m_network = nullptr;
    QNetworkReply* m_reply = nullptr;
    QTimer* m_timer;
    std::vector<StageRecord> m_records;
    std::uint64_t m_exported = 0;
    std::uint64_t m_lost = 0;
};

} // namespace tracedeck
