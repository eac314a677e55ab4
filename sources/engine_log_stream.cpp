// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engine_log_stream.h"

#include "formats/engine_json.h"
#include "sources/engine_api_version.h"

#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kMaxInspectBytes = std::size_t{4} << 20U;
constexpr std::size_t kMaxRefusal = 4096;

} // namespace

EngineLogStream::EngineLogStream(EngineEndpoint endpoint, std::string containerPath, LogRequest request,
                                 WorkloadAccess::LogSink sink, QObject* parent)
    : QObject(parent),
      m_path(std::move(containerPath)),
      m_request(request),
      m_sink(std::move(sink)),
      m_client(std::move(endpoint)),
      m_batchTimer(this)
{
    m_batchTimer.setSingleShot(true);
    connect(&m_batchTimer, &QTimer::timeout, this, &EngineLogStream::handOn);
}

void EngineLogStream::open()
{
    m_client.get(m_path + "/json", kMaxInspectBytes, [this](const Result<EngineReply>& reply) {
        if (!reply.ok()) {
            end(reply.error());
            return;
        }
        if (reply->head.status != 200) {
            end(engineStatusError(reply->head.status, reply->body, "log"));
            return;
        }
        const Result<EngineInspect> inspect = decodeEngineInspect(reply->body);
        inspect.ok() ? read(inspect->tty) : end(inspect.error());
    });
}

void EngineLogStream::read(bool tty)
{
    m_reader.emplace(!tty);
    EngineRequestEvents events;
    events.head = [this](const HttpResponseHead& head) { m_status = head.status; };
    events.body = [this](std::string_view bytes) {
        if (m_status == 200) {
            m_reader->feed(bytes, [this](const EngineLogLine& line) { keep(line); });
        } else if (m_refusal.size() < kMaxRefusal) {
            m_refusal.append(bytes);
        }
    };
    events.end = [this](const Result<void>& result) {
        if (m_status != 0 && m_status != 200) {
            end(engineStatusError(m_status, m_refusal, "log"));
            return;
        }
        m_reader->finish([this](const EngineLogLine& line) { keep(line); });
        end(result);
    };
    m_client.stream(m_path + "/logs?stdout=1&stderr=1&timestamps=1&follow=" + (m_request.follow ? "1" : "0")
                        + "&tail=" + std::to_string(m_request.tail),
                    std::move(events));
}

void EngineLogStream::keep(const EngineLogLine& line)
{
    if (m_batch.lines.size() >= kMostLines) {
        ++m_dropped;
        return;
    }
    m_batch.lines.push_back({line.timeNs, std::string(line.text), static_cast<std::uint8_t>(logLevelOf(line.text)),
                             line.stream == LogStream::Error, line.cut, 0});
    if (!m_batchTimer.isActive()) {
        m_batchTimer.start(kBatchMs);
    }
}

void EngineLogStream::handOn()
{
    LogBatch batch = std::exchange(m_batch, {});
    if (const std::uint64_t dropped = std::exchange(m_dropped, 0); dropped > 0) {
        LogLine note;
        note.dropped = dropped;
        batch.lines.push_back(std::move(note));
    }
    if (!batch.lines.empty() || batch.ended) {
        m_sink(std::move(batch));
    }
}

void EngineLogStream::end(const Result<void>& result)
{
    m_batchTimer.stop();
    m_batch.ended = true;
    if (!result.ok()) {
        m_batch.failed = true;
        m_batch.problem = result.error();
    }
    handOn();
}

} // namespace tracedeck
