// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tracedeck {

/// One line of a workload's log, or a note about lines that are missing.
struct LogLine {
    std::int64_t timeNs = 0; ///< since the Unix epoch; 0 = not said
    std::string text; ///< one line of valid UTF-8 without control characters
    std::uint8_t level = 0; ///< LogLevelWord of formats/engine_log.h: 0 none … 6 fatal
    bool error = false; ///< written to the error output
    bool cut = false; ///< the line goes on
    std::uint64_t dropped = 0; ///< not 0: no line, but this many came too fast and were left out
};

struct LogRequest {
    std::uint32_t tail = 500; ///< lines from before now
    bool follow = true;
};

/// What comes out of an open log, in order. `ended` is last; ok = the workload ended or following was off.
struct LogBatch {
    std::vector<LogLine> lines;
    bool ended = false;
    Error problem; ///< why it ended, when `failed`
    bool failed = false;
};

/// Keeps a log open; destroying it ends the transfer. No batch begins after the destructor returned.
class LogSession {
public:
    LogSession() = default;
    LogSession(const LogSession&) = delete;
    LogSession& operator=(const LogSession&) = delete;
    virtual ~LogSession() = default;
};

/// What a source can tell about one of its workloads beyond the row. Optional part of a FleetSource.
/// Functions may be called from any thread and return at once.
class WorkloadAccess {
public:
    using InspectDone = std::function<void(Result<std::string>)>;
    using LogHandle = std::unique_ptr<LogSession>;
    using LogSink = std::function<void(LogBatch)>;

    WorkloadAccess() = default;
    WorkloadAccess(const WorkloadAccess&) = delete;
    WorkloadAccess& operator=(const WorkloadAccess&) = delete;
    virtual ~WorkloadAccess() = default;

    /// Whether the newest answer listed this container (full id or a prefix of at least 12 digits).
    [[nodiscard]] virtual bool knowsContainer(const std::string& containerId) const = 0;
    /// Everything the other side tells about it, as JSON text; `done` comes once, on any thread.
    virtual void inspect(const std::string& containerId, InspectDone done) = 0;
    /// `sink` is called on any thread, one call at a time, at most about every 50 ms. Lines that come
    /// faster than that are wanted are counted and left out, never queued without bound.
    [[nodiscard]] virtual LogHandle openLog(const std::string& containerId, const LogRequest& request,
                                            LogSink sink) = 0;
};

} // namespace tracedeck
