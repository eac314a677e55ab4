// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/stored_body.h"
#include "core/ids.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <utility>
#include <vector>

namespace tracedeck {

/// Which spans stored requests hold, by trace. Traces that grow at the same time share requests, so the
/// requests used last are kept: 24 bytes a span.
class SpanIdCache {
public:
    explicit SpanIdCache(std::size_t mostSpans) : m_mostSpans(mostSpans) { }

    /// Appends the span ids `trace` has in a request, repeated ones as often as they occur. NotFound or
    /// Malformed when the request is gone or damaged.
    [[nodiscard]] Result<void> collect(BodyReader& bodies, std::int64_t request, const TraceId& trace,
                                       std::vector<std::uint64_t>& into);
    [[nodiscard]] std::size_t keptSpans() const { return m_keptSpans; }
    /// Requests that had to be read and taken apart so far.
    [[nodiscard]] std::size_t scans() const { return m_scans; }

private:
    struct Entry {
        std::int64_t request = 0;
        std::vector<std::pair<TraceId, std::uint64_t>> spans; ///< sorted
    };
    [[nodiscard]] Result<const Entry*> entryOf(BodyReader& bodies, std::int64_t request);

    std::size_t m_mostSpans;
    std::size_t m_keptSpans = 0;
    std::size_t m_scans = 0;
    std::list<Entry> m_entries; ///< used last first
};

} // namespace tracedeck
