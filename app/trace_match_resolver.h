// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/trace_source.h"

#include <QObject>
#include <functional>
#include <string>
#include <vector>

namespace tracedeck {

/// Finds the first of several queries that any stored trace matches, by asking for one trace of each, one
/// after the other: the surest way to a row's traces that leads anywhere.
class TraceMatchResolver : public QObject {
    Q_OBJECT

public:
    /// Position of the query that matched, -1 when none did.
    using Done = std::function<void(int)>;

    explicit TraceMatchResolver(QObject* parent = nullptr) : QObject(parent) { }

    /// Asks; an earlier question that is still open is dropped. A query that fails counts as not matched;
    /// when all fail, `done` is not called: nothing is known. `base` says range and own traces.
    void ask(TraceSource& source, const TraceListRequest& base, std::vector<std::string> queries, Done done);
    void stop(TraceSource* source);

private:
    void askNext(TraceSource& source);

    TraceListRequest m_base;
    std::vector<std::string> m_queries;
    std::size_t m_at = 0;
    std::size_t m_failed = 0;
    std::uint64_t m_generation = 0;
    TraceRequestId m_request = 0;
    Done m_done;
};

} // namespace tracedeck
