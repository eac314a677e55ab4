// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/own_trace_exporter.h"

#include "app/own_traces.h"
#include "formats/otlp_encode.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>
#include <QUrl>
#include <algorithm>
#include <chrono>
#include <numeric>
#include <unordered_set>
#include <utility>

namespace tracedeck {
namespace {

constexpr int kIntervalMs = 5'000;
constexpr int kTimeoutMs = 4'000;
constexpr std::size_t kMostRecords = 8192;
constexpr std::int64_t kSettleNs = 1'500'000'000; ///< longer than a refresh waits for its paint

} // namespace

OwnTraceExporter::OwnTraceExporter(TelemetryRing& ring, std::uint64_t process, QString version, QObject* parent)
    : QObject(parent), m_ring(ring), m_process(process), m_version(std::move(version)), m_timer(new QTimer(this))
{
    m_timer->setInterval(kIntervalMs);
    connect(m_timer, &QTimer::timeout, this, &OwnTraceExporter::exportNow);
}

void OwnTraceExporter::setEndpoint(const QString& endpoint, const QString& token)
{
    m_endpoint = endpoint;
    m_token = token;
    if (endpoint.isEmpty()) {
        m_timer->stop();
        return;
    }
    if (m_network == nullptr) {
        m_network = new QNetworkAccessManager(this);
        m_network->setProxy(QNetworkProxy::NoProxy);
        m_network->setTransferTimeout(kTimeoutMs);
    }
    m_timer->start();
}

void OwnTraceExporter::collect()
{
    std::vector<StageRecord> fresh;
    m_lost += m_ring.drain(fresh);
    if (fresh.empty()) {
        return;
    }
    Q_EMIT drained(fresh);
    const std::size_t room = m_endpoint.isEmpty() ? 0 : kMostRecords - std::min(kMostRecords, m_records.size());
    m_lost += m_endpoint.isEmpty() || fresh.size() <= room ? 0 : fresh.size() - room;
    fresh.resize(std::min(fresh.size(), room));
    m_records.insert(m_records.end(), fresh.begin(), fresh.end());
}

/// A refresh is sent once, whole: its paint comes a frame after everything else, maybe after this look.
std::vector<StageRecord> OwnTraceExporter::takeFinished()
{
    const std::int64_t nowNs =
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    std::unordered_set<std::uint64_t> young;
    for (const StageRecord& record : m_records) {
        if (record.startNs <= nowNs && record.startNs + record.durationNs > nowNs - kSettleNs) {
            young.insert(record.cycle);
        }
    }
    const auto kept = std::stable_partition(m_records.begin(), m_records.end(), [&young](const StageRecord& record) {
        return young.count(record.cycle) == 0;
    });
    std::vector<StageRecord> finished(m_records.begin(), kept);
    m_records.erase(m_records.begin(), kept);
    return finished;
}

void OwnTraceExporter::exportNow()
{
    collect();
    if (m_records.empty() || m_endpoint.isEmpty() || m_reply != nullptr) {
        return; // what a slow collector keeps waiting is bounded by collect()
    }
    const std::vector<StageRecord> sent = takeFinished();
    if (sent.empty()) {
        return;
    }
    const SpanTable spans = ownSpans(sent, m_process, m_version.toStdString());
    if (spans.rows() == 0) {
        return;
    }
    std::vector<std::uint32_t> rows(spans.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    const std::string body = encodeOtlpTraces(spans, rows, OtlpEncoding::Protobuf);
    QNetworkRequest request{QUrl(m_endpoint + QStringLiteral("/v1/traces"))};
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/x-protobuf"));
    request.setRawHeader("Authorization", QByteArrayLiteral("Bearer ") + m_token.toUtf8());
    m_reply = m_network->post(request, QByteArray(body.data(), static_cast<qsizetype>(body.size())));
    connect(m_reply, &QNetworkReply::finished, this, [this, count = spans.rows(), records = sent.size()] {
        if (m_reply->error() == QNetworkReply::NoError) {
            m_exported += count;
        } else {
            m_lost += records;
        }
        m_reply->deleteLater();
        m_reply = nullptr;
    });
}

} // namespace tracedeck
