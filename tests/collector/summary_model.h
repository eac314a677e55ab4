// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "core/trace_list_table.h"
#include "tests/collector/otlp_body.h"
#include "tests/collector/store_fixture.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace tracedeck::test {

/// A summary computed the plain way, to compare the store's with.
struct PlainSummary {
    std::int64_t startNs = 0;
    std::int64_t durationNs = 0;
    std::string rootService;
    std::string rootName;
    std::uint32_t spans = 0;
    std::uint32_t errors = 0;
    bool own = false;
    std::map<std::string, std::uint32_t> services;
    std::set<std::string> resources; ///< "key=value" of every resource identity
    bool operator==(const PlainSummary&) const = default;
};
std::ostream& operator<<(std::ostream& out, const PlainSummary& summary);

/// From spans as sent, in order; a repeated span id counts once, its first occurrence wins.
[[nodiscard]] PlainSummary summaryOf(const std::vector<SpanSpec>& spans);
[[nodiscard]] PlainSummary summaryOf(const SpanTable& spans);
[[nodiscard]] PlainSummary summaryOf(const TraceListTable& traces, std::size_t row);

/// Every listed trace by id, own ones included.
[[nodiscard]] std::map<TraceId, PlainSummary> listedSummaries(StoreFixture& fixture);
/// Reads every trace, then expects every summary, the service counters and the totals to equal what the
/// spans say.
void expectSummariesMatchSpans(StoreFixture& fixture);

} // namespace tracedeck::test
