// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/span_builder.h"

#include <algorithm>
#include <random>

namespace tracedeck::testing_support {

/// Spans with ids from a small range: duplicates, missing parents, loops and backward spans are common.
inline SpanTable randomSpans(std::uint32_t seed, std::size_t most = 30)
{
    std::mt19937 random(seed);
    SpanBuilder builder;
    const char* const names[] = {"GET /cart", "query", "Checkout", "render"};
    const char* const services[] = {"web", "db", "Payments"};
    for (std::size_t left = random() % (most + 1); left > 0; --left) {
        const bool error = random() % 6 == 0;
        builder.span(1 + random() % 25, random() % 30, static_cast<std::int64_t>(random() % 40),
                     static_cast<std::int64_t>(random() % 20) - 2, names[random() % 4], services[random() % 3],
                     error ? SpanStatus::Error : SpanStatus::Unset);
        if (random() % 3 == 0) {
            builder.attribute("http.route", random() % 2 == 0 ? "/cart" : "/Checkout");
        }
        for (std::uint32_t events = random() % 3; events > 0; --events) {
            builder.event(static_cast<std::int64_t>(random() % 60), random() % 2 == 0 ? "exception" : "cache miss");
        }
    }
    return builder.table();
}

inline std::int64_t endOf(const SpanTable& spans, std::uint32_t row)
{
    return spans.startNs[row] + std::max<std::int64_t>(spans.durationNs[row], 0);
}

} // namespace tracedeck::testing_support
