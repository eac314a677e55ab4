// SPDX-License-Identifier: GPL-3.0-or-later
// The open trace, its JSON, and the counts of the store.
#include "app/stage_scope.h"
#include "app/trace_json.h"
#include "app/traces_controller.h"
#include "core/error_text.h"
#include "views/trace_detail_view.h"

#include <QCoreApplication>
#include <QThreadPool>

namespace tracedeck {
namespace {

constexpr std::size_t kJsonLimit = std::size_t{4} << 20U;

QString sentence(const Error& error)
{
    return QString::fromStdString(errorText(error));
}

} // namespace

void TracesController::requestStatus()
{
    if (m_source == nullptr) {
        return;
    }
    FetchRequest fetch;
    fetch.newest = true; // this is how changes of own traces are heard of
    m_source->status(fetch, this, [this, fetch](const Result<std::shared_ptr<const StoreStatus>>& answer) {
        if (!answer.ok()) {
            return;
        }
        const StoreStatus& status = *answer.value();
        if (m_ownOnly && (status.traces > status.ownTraces || status.ownGeneration != m_ownGeneration)) {
            m_ownOnly = status.traces <= status.ownTraces;
            m_ownGeneration = status.ownGeneration;
            requestFirst(fetch);
        }
        m_receive.spans = status.spans;
        m_receive.requests = status.requests;
        m_receive.rejected = status.rejected;
        m_receive.lastRejectReason = QString::fromStdString(status.lastRejectReason);
        m_receive.problem = QString::fromStdString(status.problem);
        m_page.setReceiveInfo(m_receive);
    });
}

void TracesController::clearStore()
{
    if (m_source == nullptr) {
        Q_EMIT noticed(tr("No collector is connected."));
        return;
    }
    m_source->clear(false, this, [this](const Result<std::shared_ptr<const bool>>& answer) {
        Q_EMIT noticed(answer.ok() ? tr("All traces and logs are removed; pinned ones are kept.")
                                   : sentence(answer.error()));
        refresh(true);
    });
}

void TracesController::keepTrace(const QString& id, bool keep)
{
    const auto trace = TraceId::fromHex(id.toStdString());
    if (m_source == nullptr || !trace) {
        Q_EMIT noticed(tr("No collector is connected."));
        return;
    }
    m_source->setPinned(*trace, keep, this, [this, keep](const Result<std::shared_ptr<const bool>>& answer) {
        Q_EMIT noticed(!answer.ok() ? sentence(answer.error())
                           : keep   ? tr("Kept: neither age nor \"Clear\" removes this trace.")
                                    : tr("Let go: this trace is removed when its time has come."));
    });
}

void TracesController::requestTrace(const QString& id, const FetchRequest& fetch)
{
    const auto traceId = TraceId::fromHex(id.toStdString());
    if (!traceId) {
        m_page.showTraceProblem(id, tr("\"%1\" is not a trace id: 32 hexadecimal digits are expected.").arg(id));
        return;
    }
    if (m_source == nullptr) {
        return;
    }
    if (m_traceRequest != 0) {
        m_source->cancel(m_traceRequest);
    }
    m_traceRequest =
        m_source->trace(*traceId, fetch, this, [this, id](const Result<std::shared_ptr<const SpanTable>>& answer) {
            m_traceRequest = 0;
            takeTrace(id, answer);
        });
}

void TracesController::requestLogs(const QString& id, const FetchRequest& fetch)
{
    const auto traceId = TraceId::fromHex(id.toStdString());
    if (!traceId || m_source == nullptr) {
        return;
    }
    if (m_logsRequest != 0) {
        m_source->cancel(m_logsRequest);
    }
    m_logsRequest =
        m_source->logs(*traceId, fetch, this, [this, id](const Result<std::shared_ptr<const LogTable>>& answer) {
            m_logsRequest = 0;
            if (answer.ok()) {
                m_page.showLogs(id, answer.value());
            } else {
                m_page.showLogsProblem(id, sentence(answer.error()));
            }
        });
}

void TracesController::refreshLogs(const FetchRequest& fetch)
{
    if (m_page.detail()->tab() == u"logs") {
        requestLogs(m_page.openTrace(), fetch);
    }
}

void TracesController::takeTrace(const QString& id, const Result<std::shared_ptr<const SpanTable>>& answer)
{
    if (!answer.ok()) {
        m_page.showTraceProblem(id, sentence(answer.error()));
        return;
    }
    const std::shared_ptr<const SpanTable>& spans = answer.value();
    if (spans == m_shownSpans) {
        return;
    }
    m_shownSpans = spans;
    const QPointer<TracesController> self(this);
    m_surroundings.workers->start([self, id, spans] {
        auto content = std::make_shared<TraceContent>(buildTraceContent(spans));
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, id, content] {
                if (self != nullptr && self->m_shownSpans == content->spans) {
                    const StageScope scope(nullptr, Stage::Apply, 0, content->spans->rows());
                    self->m_page.showTrace(id, *content);
                }
            },
            Qt::QueuedConnection);
    });
}

void TracesController::writeJson(const QString& id)
{
    if (m_shownSpans == nullptr) {
        return;
    }
    m_page.detail()->showJson(tr("Writing JSON\u2026"));
    const QPointer<TracesController> self(this);
    m_surroundings.workers->start([self, id, spans = m_shownSpans] {
        const QString text = traceJson(*spans, kJsonLimit);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, id, text] {
                if (self != nullptr && self->m_page.openTrace() == id && self->m_page.detail()->tab() == u"json") {
                    self->m_page.detail()->showJson(text);
                }
            },
            Qt::QueuedConnection);
    });
}

} // namespace tracedeck
