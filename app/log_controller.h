// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/workload_access.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace tracedeck {

class LogPanel;

/// Brings the log of one container into a panel: opens it, hands lines over in batches, ends it when the
/// panel closes. However fast lines come, at most kMostPending wait for the window; the rest are counted.
class LogController : public QObject {
    Q_OBJECT

public:
    using FindAccess = std::function<std::shared_ptr<WorkloadAccess>(const QString& containerId)>;
    static constexpr std::size_t kMostPending = 8000;

    LogController(LogPanel& panel, FindAccess findAccess, QObject* parent = nullptr);
    ~LogController() override;

    /// False when no source knows this container; the panel is left alone then.
    bool open(const QString& containerId, const QString& title);
    void close();
    [[nodiscard]] bool isOpen() const { return m_session != nullptr; }

private:
    struct Mailbox;
    void takeBatches();

    LogPanel& m_panel;
    FindAccess m_findAccess;
    std::shared_ptr<Mailbox> m_mailbox;
    std::shared_ptr<WorkloadAccess> m_access; ///< outlives the session
    std::unique_ptr<LogSession> m_session;
};

} // namespace tracedeck
