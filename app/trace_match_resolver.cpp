// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trace_match_resolver.h"

#include <utility>

namespace tracedeck {

void TraceMatchResolver::ask(TraceSource& source, const TraceListRequest& base, std::vector<std::string> queries,
                             Done done)
{
    stop(&source);
    m_base = base;
    m_base.cursor.clear();
    m_base.limit = 1;
    m_queries = std::move(queries);
    m_at = 0;
    m_failed = 0;
    m_done = std::move(done);
    askNext(source);
}

void TraceMatchResolver::stop(TraceSource* source)
{
    ++m_generation;
    if (m_request != 0 && source != nullptr) {
        source->cancel(m_request);
    }
    m_request = 0;
}

void TraceMatchResolver::askNext(TraceSource& source)
{
    if (m_at == m_queries.size()) {
        if (m_failed < m_queries.size()) {
            m_done(-1);
        }
        return;
    }
    m_base.query = m_queries[m_at];
    FetchRequest fetch;
    fetch.generation = ++m_generation;
    m_request = source.list(
        m_base, fetch, this,
        [this, &source, generation = m_generation](const Result<std::shared_ptr<const TraceListPage>>& answer) {
            if (generation != m_generation) {
                return;
            }
            m_request = 0;
            m_failed += answer.ok() ? 0 : 1;
            if (answer.ok() && answer.value()->traces.rows() > 0) {
                m_done(static_cast<int>(m_at));
                return;
            }
            // A scan that was cut off before it found one goes on where it stopped.
            m_base.cursor = answer.ok() ? answer.value()->nextCursor : std::string();
            m_at += m_base.cursor.empty() ? 1 : 0;
            askNext(source);
        });
}

} // namespace tracedeck
