// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_fields.h"

#include <limits>

namespace tracedeck {
namespace {

bool fits(std::uint64_t timeNs)
{
    return timeNs <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
}

} // namespace

std::string_view checkSpan(const SpanFields& span)
{
    if (span.traceId.isZero()) {
        return reject::kTraceIdZero;
    }
    if (span.spanId.isZero()) {
        return reject::kSpanIdZero;
    }
    return fits(span.startNs) && fits(span.endNs) ? std::string_view() : reject::kTimeRange;
}

std::string_view checkEvent(const EventFields& event)
{
    return fits(event.timeNs) ? std::string_view() : reject::kTimeRange;
}

std::string_view checkLog(const LogFields& log)
{
    return fits(log.timeNs) && fits(log.observedNs) ? std::string_view() : reject::kTimeRange;
}

} // namespace tracedeck
