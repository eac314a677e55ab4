// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log_controller.h"

#include "core/error_text.h"
#include "views/log_panel.h"

#include <mutex>
#include <utility>

namespace tracedeck {

/// Between the I/O thread, which fills it, and the window, which empties it: one queued call at a time.
struct LogController::Mailbox {
    std::mutex mutex;
    LogController* owner = nullptr;
    LogBatch pending;
    std::uint64_t dropped = 0;
    bool posted = false;

    void take(LogBatch batch)
    {
        const std::lock_guard lock(mutex);
        for (LogLine& line : batch.lines) {
            if (line.dropped > 0 || pending.lines.size() >= kMostPending) {
                dropped += line.dropped > 0 ? line.dropped : 1;
            } else {
                noteDropped();
                pending.lines.push_back(std::move(line));
            }
        }
        if (batch.ended) {
            pending.ended = true;
            pending.failed = batch.failed;
            pending.problem = std::move(batch.problem);
        }
        if (owner != nullptr && !posted) {
            posted = true;
            QMetaObject::invokeMethod(
                owner, [to = owner] { to->takeBatches(); }, Qt::QueuedConnection);
        }
    }
    /// A gap stands where the lines are missing.
    void noteDropped()
    {
        if (dropped > 0) {
            LogLine note;
            note.dropped = std::exchange(dropped, 0);
            pending.lines.push_back(std::move(note));
        }
    }
};

LogController::LogController(LogPanel& panel, FindAccess findAccess, QObject* parent)
    : QObject(parent), m_panel(panel), m_findAccess(std::move(findAccess))
{ }

LogController::~LogController()
{
    close();
}

bool LogController::open(const QString& containerId, const QString& title)
{
    std::shared_ptr<WorkloadAccess> access = m_findAccess(containerId);
    if (access == nullptr) {
        return false;
    }
    close();
    m_panel.begin(title);
    m_access = std::move(access);
    m_mailbox = std::make_shared<Mailbox>();
    m_mailbox->owner = this;
    m_session = m_access->openLog(containerId.toStdString(), {},
                                  [mailbox = m_mailbox](LogBatch batch) { mailbox->take(std::move(batch)); });
    return true;
}

void LogController::close()
{
    m_session.reset();
    m_access.reset();
    if (m_mailbox) {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->owner = nullptr;
    }
    m_mailbox.reset();
}

void LogController::takeBatches()
{
    if (!m_mailbox) {
        return; // closed while the call was on its way
    }
    LogBatch batch;
    {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->noteDropped();
        m_mailbox->posted = false;
        batch = std::exchange(m_mailbox->pending, {});
    }
    std::vector<LogRow> rows;
    rows.reserve(batch.lines.size());
    for (LogLine& line : batch.lines) {
        rows.push_back(
            {line.timeNs, std::move(line.text), static_cast<LogSeverity>(line.level), line.error, line.dropped});
    }
    m_panel.append(std::move(rows));
    if (batch.ended) {
        m_panel.setEnded(batch.failed ? QString::fromStdString(errorText(batch.problem)) : QString());
    }
}

} // namespace tracedeck
