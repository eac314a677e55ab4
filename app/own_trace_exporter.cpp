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
#include <numeric>

namespace tracedeck {
namespace {

constexpr int kIntervalMs = 5'000;
constexpr int kTimeoutMs = 4'000;

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

void OwnTraceExporter::exportNow()
{
    m_records.clear();
    m_lost += m_ring.drain(m_records);
    if (m_records.empty() || m_endpoint.isEmpty()) {
        return;
    }
    if (m_reply != nullptr) {
        m_lost += m_records.size();
        return;
    }
    const SpanTable spans = ownSpans(m_records, m_process, m_version.toStdString());
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
    connect(m_reply, &QNetworkReply::finished, this, [this, count = spans.rows(), records = m_records.size()] {
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
