// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace tracedeck {

/// Writes a report when the process crashes: DATA_DIR/crash-PID.txt with version, signal, backtrace and the
/// tail of the log. Nothing leaves the machine. The file is opened beforehand, because a crashed process can
/// do little: the handler uses nothing but system calls and backtrace(). The signal then takes its usual
/// course (exit status, core dump). Once per process; covers SIGSEGV, SIGBUS, SIGILL, SIGFPE and SIGABRT, also
/// a stack that overflowed on the thread that called this.
class CrashHandler {
public:
    /// `logPath` is read when it happens; it need not exist. Without a writable directory nothing is installed.
    CrashHandler(const std::string& dataDir, const std::string& version, const std::string& logPath);
    /// The process ends in order: gives the signals back and removes the empty file.
    ~CrashHandler();
    CrashHandler(const CrashHandler&) = delete;
    CrashHandler& operator=(const CrashHandler&) = delete;

    [[nodiscard]] bool isInstalled() const { return !m_path.empty(); }

private:
    std::string m_path;
};

} // namespace tracedeck
