// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engine_source.h"

#include "sources/engine_link.h"

#include <QMetaObject>
#include <QThread>

#include <algorithm>

namespace tracedeck {
namespace {

constexpr std::chrono::milliseconds kEngineCadence{5000};
constexpr std::size_t kShortestId = 12;

/// The caller's end of an open log. Its batches run under a lock that the destructor takes.
class EngineLogSession final : public LogSession {
public:
    struct Gate {
        std::mutex mutex;
        bool open = true;
    };
    EngineLogSession(std::shared_ptr<Gate> gate, std::function<void()> close)
        : m_gate(std::move(gate)), m_close(std::move(close))
    { }
    ~EngineLogSession() override
    {
        {
            const std::lock_guard lock(m_gate->mutex);
            m_gate->open = false;
        }
        m_close();
    }

private:
    std::shared_ptr<Gate> m_gate;
    std::function<void()> m_close;
};

std::uint64_t nextLogId()
{
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

} // namespace

EngineSource::EngineSource(EngineSetup setup, QThread& ioThread)
    : m_setup(std::move(setup)), m_shared(std::make_shared<Shared>()), m_link(new EngineLink(m_setup, m_shared))
{
    m_mailbox = m_link->mailbox();
    m_link->moveToThread(&ioThread);
}

EngineSource::~EngineSource()
{
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->news = nullptr;
    }
    m_link->deleteLater();
}

std::string EngineSource::instance() const
{
    return m_setup.instance;
}

std::string EngineSource::label() const
{
    return m_setup.label;
}

std::chrono::milliseconds EngineSource::cadence() const
{
    return kEngineCadence;
}

void EngineSource::fetch(const FetchRequest& request, Done done)
{
    QMetaObject::invokeMethod(
        m_link, [link = m_link, request, done = std::move(done)]() mutable { link->fetch(request, std::move(done)); },
        Qt::QueuedConnection);
}

void EngineSource::cancel()
{
    QMetaObject::invokeMethod(m_link, &EngineLink::cancelFetch, Qt::QueuedConnection);
}

bool EngineSource::isPushing() const
{
    return m_shared->pushing;
}

void EngineSource::setNewsListener(std::function<void()> listener)
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->news = std::move(listener);
}

bool EngineSource::knowsContainer(const std::string& containerId) const
{
    if (containerId.size() < kShortestId) {
        return false;
    }
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->containers.count(containerId) > 0
        || std::any_of(m_shared->containers.begin(), m_shared->containers.end(),
                       [&](const std::string& id) { return id.compare(0, containerId.size(), containerId) == 0; });
}

void EngineSource::inspect(const std::string& containerId, InspectDone done)
{
    QMetaObject::invokeMethod(
        m_link,
        [link = m_link, containerId, done = std::move(done)]() mutable { link->inspect(containerId, std::move(done)); },
        Qt::QueuedConnection);
}

WorkloadAccess::LogHandle EngineSource::openLog(const std::string& containerId, const LogRequest& request, LogSink sink)
{
    const std::uint64_t id = nextLogId();
    auto gate = std::make_shared<EngineLogSession::Gate>();
    LogSink gated = [gate, sink = std::move(sink)](LogBatch batch) {
        const std::lock_guard lock(gate->mutex);
        if (gate->open) {
            sink(std::move(batch));
        }
    };
    QMetaObject::invokeMethod(
        m_link,
        [link = m_link, id, containerId, request, gated = std::move(gated)]() mutable {
            link->openLog(id, containerId, request, std::move(gated));
        },
        Qt::QueuedConnection);
    // The source may be gone before the session is; its link then went with all logs, and its mailbox is shut.
    return std::make_unique<EngineLogSession>(std::move(gate), [link = m_link, mailbox = m_mailbox, id] {
        mailbox->post([link, id] { link->closeLog(id); });
    });
}

} // namespace tracedeck
