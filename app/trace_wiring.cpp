// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trace_wiring.h"

#include "app/paint_watch.h"
#include "app/source_state_badge.h"
#include "app/traces_controller.h"
#include "core/store_status.h"
#include "sources/collector_client.h"
#include "views/age_ticker.h"
#include "views/grouped_table_view.h"
#include "views/traces_page.h"

#include <QDateTime>
#include <QThreadPool>
#include <QUrl>

namespace tracedeck {

namespace {

TimeStyle localTimes(TimeStyle::Kind kind)
{
    return {kind, QDateTime::currentDateTime().offsetFromUtc()};
}

} // namespace

TraceWiring::TraceWiring(std::function<void()> wantPage, std::function<std::int64_t()> clock, QThreadPool* workers,
                         QObject* parent)
    : QObject(parent),
      m_wantPage(std::move(wantPage)),
      m_clock(std::move(clock)),
      m_workers(workers),
      m_label(tr("collector"))
{
    m_ioThread.setObjectName(QStringLiteral("transports"));
    m_ioThread.start();
}

void TraceWiring::setPage(TracesPage& page)
{
    m_page = &page;
    m_controller = new TracesController(page, {m_clock, localTimes(m_times), m_workers}, this);
    m_controller->setAutoRefresh(m_autoRefresh);
    connect(m_controller, &TracesController::sourceStateChanged, this, &TraceWiring::stateChanged);
    connect(m_controller, &TracesController::noticed, this, &TraceWiring::noticed);
    applyTimeStyle();
    if (m_telemetry != nullptr) {
        m_controller->setTelemetry(m_telemetry);
        recordPaints(page.table(), m_controller, *m_telemetry, this);
    }
}

TracesController& TraceWiring::controller()
{
    if (m_controller == nullptr) {
        m_wantPage();
    }
    return *m_controller;
}

TraceWiring::~TraceWiring()
{
    if (m_controller != nullptr) {
        m_controller->setSource(nullptr, {});
    }
    m_client.reset();
    // The client hands its objects over to the I/O thread to be deleted there, so the loop ends after them.
    m_ioThread.quit();
    m_ioThread.wait();
}

void TraceWiring::connectTo(const CollectorEndpoint& endpoint, const ReceiveInfo& info)
{
    controller().setSource(nullptr, {});
    m_client = std::make_unique<CollectorClient>(endpoint, m_ioThread);
    m_problem.clear();
    m_label = QString::fromStdString(m_client->label());
    m_controller->setSource(m_client.get(), info);
    m_controller->setAutoRefresh(m_autoRefresh);
    Q_EMIT stateChanged();
}

void TraceWiring::connectToEmbedded(const CollectorInfo& info)
{
    ReceiveInfo receive;
    const QString scheme = info.tls ? QStringLiteral("https://") : QStringLiteral("http://");
    receive.httpEndpoint = scheme + QString::fromStdString(info.httpAddress);
    receive.grpcEndpoint = info.grpcAddress.empty() ? QString() : scheme + QString::fromStdString(info.grpcAddress);
    connectTo({info.httpAddress, info.token, info.tls, {}, info.tlsFingerprint}, receive);
}

bool TraceWiring::connectToUrl(const QString& url)
{
    const QUrl parsed(url, QUrl::StrictMode);
    const bool tls = parsed.scheme() == QStringLiteral("https");
    if (!parsed.isValid() || (!tls && parsed.scheme() != QStringLiteral("http")) || parsed.host().isEmpty()) {
        return false;
    }
    const QString address = parsed.host() + u':' + QString::number(parsed.port(tls ? 443 : 4318));
    const QString token = parsed.userName().isEmpty() ? qEnvironmentVariable("TRACEDECK_TOKEN") : parsed.userName();
    ReceiveInfo receive;
    receive.httpEndpoint = parsed.scheme() + QStringLiteral("://") + address;
    connectTo({address.toStdString(), token.toStdString(), tls, {}}, receive);
    return true;
}

void TraceWiring::setProblem(const QString& text)
{
    m_problem = text;
    controller().setProblem(text);
    Q_EMIT stateChanged();
}

void TraceWiring::setAutoRefresh(bool on)
{
    m_autoRefresh = on;
    if (m_controller != nullptr) {
        m_controller->setAutoRefresh(on);
    }
}

void TraceWiring::setTimeStyle(TimeStyle::Kind kind)
{
    m_times = kind;
    if (m_controller != nullptr) {
        applyTimeStyle();
    }
}

void TraceWiring::applyTimeStyle()
{
    const bool ages = m_times == TimeStyle::Kind::Relative;
    if (ages && m_ticker == nullptr) {
        m_ticker = new AgeTicker(m_page->table(), m_clock, this);
    } else if (!ages) {
        delete m_ticker;
        m_ticker = nullptr;
    }
    m_controller->setTimeStyle(localTimes(m_times));
}

void TraceWiring::refresh(bool bypass)
{
    if (m_controller != nullptr) { // else there is no source yet either
        m_controller->refresh(bypass);
    }
}

void TraceWiring::clearStore()
{
    controller().clearStore();
}

void TraceWiring::askStatus(QObject* context, std::function<void(const StoreStatus&)> done)
{
    if (m_client == nullptr) {
        return;
    }
    m_client->status({}, context, [done = std::move(done)](const Result<std::shared_ptr<const StoreStatus>>& answer) {
        if (answer.ok()) {
            done(*answer.value());
        }
    });
}

CacheCounters TraceWiring::cacheCounters() const
{
    return m_client == nullptr ? CacheCounters{} : m_client->cacheCounters();
}

SourceBadge TraceWiring::badge() const
{
    SourceBadge badge;
    badge.id = QStringLiteral("collector");
    badge.label = m_label;
    if (!m_problem.isEmpty()) {
        badge.phase = SourceBadge::Phase::Failed;
        badge.reason = m_problem;
        return badge;
    }
    if (m_client != nullptr) { // which came with a controller
        fillBadge(badge, m_controller->sourceState());
    }
    return badge;
}

} // namespace tracedeck
