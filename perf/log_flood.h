// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log_controller.h"
#include "views/log_panel.h"

#include <QProcess>
#include <QThread>
#include <cstdint>
#include <functional>
#include <memory>

namespace tracedeck {

class EngineSource;

/// A container that writes fast, behind everything the application puts between it and the screen: a process of its own
/// (tracedeck-log-engine) on a Unix socket, the engine source with its I/O thread, the log controller, the log panel.
class LogFlood : public QObject {
    Q_OBJECT

public:
    /// Starts the engine beside this program; the log opens by itself once it listens.
    LogFlood(std::uint64_t linesPerSecond, std::uint64_t lines);
    ~LogFlood() override;

    [[nodiscard]] LogPanel& panel() { return m_panel; }
    [[nodiscard]] std::uint64_t produced() const { return m_lines; }
    /// Lines that reached the panel, whether they are still kept or not.
    [[nodiscard]] std::uint64_t shown() const { return m_shown; }
    [[nodiscard]] std::uint64_t dropped() { return m_panel.lines().droppedCount(); }
    /// Calls that brought lines.
    [[nodiscard]] std::uint64_t batches() const { return m_batches; }
    [[nodiscard]] bool hasEnded();
    /// Why there is no log; empty = none so far.
    [[nodiscard]] const QString& problem() const { return m_problem; }

private:
    void open();
    void count();

    std::uint64_t m_lines;
    std::uint64_t m_shown = 0;
    std::uint64_t m_seen = 0; ///< number of the next row
    std::uint64_t m_batches = 0;
    QString m_problem;
    QThread m_io;
    QProcess m_engine;
    std::shared_ptr<EngineSource> m_source;
    LogPanel m_panel;
    std::unique_ptr<LogController> m_log;
};

} // namespace tracedeck
