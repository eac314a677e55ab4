// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/sqlite_statement.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace tracedeck {

/// Runs `PRAGMA quick_check` on a connection and a thread of its own, off the start-up path. `damaged` is
/// called on that thread with SQLite's words when something is wrong. The destructor breaks a running
/// check off and joins.
class IntegrityCheck {
public:
    IntegrityCheck(const std::string& path, std::function<void(const std::string&)> damaged);
    ~IntegrityCheck();
    IntegrityCheck(const IntegrityCheck&) = delete;
    IntegrityCheck& operator=(const IntegrityCheck&) = delete;

private:
    void run(const std::function<void(const std::string&)>& damaged);

    std::unique_ptr<Database> m_database;
    std::atomic<bool> m_cancelled{false};
    std::thread m_thread;
};

} // namespace tracedeck
