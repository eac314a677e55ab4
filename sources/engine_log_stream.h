// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/engine_log.h"
#include "refresh/workload_access.h"
#include "sources/engine_http_client.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <string>

namespace tracedeck {

/// One open log: asks whether the container has a terminal (which decides the framing), then reads and
/// hands out batches. Lives on the I/O thread.
class EngineLogStream : public QObject {
    Q_OBJECT

public:
    /// `containerPath` is "/v1.41/containers/ID".
    EngineLogStream(EngineEndpoint endpoint, std::string containerPath, LogRequest request,
                    WorkloadAccess::LogSink sink, QObject* parent = nullptr);
    void open();

    /// Lines per batch; what comes on top until the next one is counted and dropped.
    static constexpr std::size_t kMostLines = 2000;
    static constexpr int kBatchMs = 50;

private:
    void read(bool tty);
    void keep(const EngineLogLine& line);
    void handOn();
    void end(const Result<void>& result);

    std::string m_path;
    LogRequest m_request;
    WorkloadAccess::LogSink m_sink;
    EngineHttpClient m_client;
    std::optional<EngineLogReader> m_reader;
    QTimer m_batchTimer;
    LogBatch m_batch;
    std::uint64_t m_dropped = 0;
    int m_status = 0;
    std::string m_refusal;
};

} // namespace tracedeck
