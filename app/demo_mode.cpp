// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo_mode.h"

#include "formats/otlp_encode.h"
#include "refresh/poller.h"
#include "sources/demo_past.h"
#include "sources/demo_source.h"
#include "sources/demo_traces.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>
#include <QUrl>
#include <numeric>

namespace tracedeck {
namespace {

constexpr std::int64_t kHourNs = 3'600'000'000'000;
constexpr std::size_t kFirstTraces = 180;
constexpr std::size_t kNextTraces = 3;
constexpr int kNextEveryMs = 5'000;
constexpr int kTimeoutMs = 5'000;
constexpr std::size_t kRemoteUpTo = 20'000; ///< merging two sources costs more than a second one shows

} // namespace

DemoMode::DemoMode(std::size_t rows, std::function<std::int64_t()> clock, QObject* parent)
    : QObject(parent),
      m_rows(rows),
      m_clock(std::move(clock)),
      m_source(std::make_shared<DemoSource>(rows, m_clock)),
      m_timer(new QTimer(this))
{
    m_timer->setInterval(kNextEveryMs);
    connect(m_timer, &QTimer::timeout, this, &DemoMode::sendNext);
}

void DemoMode::addSources(Poller& poller)
{
    poller.addSource(m_source);
    // Few rows show host cards or the empty page; a second place would spoil both.
    if (m_rows >= 100 && m_rows <= kRemoteUpTo) {
        poller.addSource(std::make_shared<DemoRemoteSite>(m_clock));
    }
}

std::function<void(HistoryStore&)> DemoMode::past() const
{
    return [source = m_source, nowNs = m_clock()](HistoryStore& store) {
        if (source->layout() == nullptr) {
            source->fetch({}, [](const Result<FleetSnapshot>&) {});
        }
        fillDemoPast(store, *source->layout(), nowNs);
    };
}

void DemoMode::sendTraces(const CollectorInfo& info, bool once)
{
    m_endpoint = QStringLiteral("http://") + QString::fromStdString(info.httpAddress) + QStringLiteral("/v1/traces");
    m_token = QString::fromStdString(info.token);
    m_once = once;
    m_network = new QNetworkAccessManager(this);
    m_network->setProxy(QNetworkProxy::NoProxy);
    m_network->setTransferTimeout(kTimeoutMs);
    m_layout = m_source->layout();
    if (m_layout == nullptr) {
        // The fleet was not asked for yet; the same one is made here.
        m_source->fetch({}, [](const Result<FleetSnapshot>&) {});
        m_layout = m_source->layout();
    }
    m_sentUntilNs = m_clock();
    send(kFirstTraces, m_sentUntilNs - kHourNs, m_sentUntilNs - 2'000'000'000);
}

void DemoMode::sendNext()
{
    const std::int64_t nowNs = m_clock();
    if (!m_sending) {
        send(kNextTraces, m_sentUntilNs, nowNs);
        m_sentUntilNs = nowNs;
    }
}

void DemoMode::send(std::size_t traces, std::int64_t fromNs, std::int64_t toNs)
{
    const SpanTable spans = demoTraces(*m_layout, m_serial, traces, fromNs, toNs);
    if (spans.rows() == 0) {
        Q_EMIT filled();
        return;
    }
    std::vector<std::uint32_t> rows(spans.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    const std::string body = encodeOtlpTraces(spans, rows, OtlpEncoding::Protobuf);
    QNetworkRequest request{QUrl(m_endpoint)};
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/x-protobuf"));
    request.setRawHeader("Authorization", QByteArrayLiteral("Bearer ") + m_token.toUtf8());
    m_sending = true;
    m_serial += traces;
    QNetworkReply* reply = m_network->post(request, QByteArray(body.data(), static_cast<qsizetype>(body.size())));
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        m_sending = false;
        if (!m_filled) {
            m_filled = true;
            Q_EMIT filled();
            if (!m_once) {
                m_timer->start();
            }
        }
    });
}

} // namespace tracedeck
