// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "formats/otlp_decode.h"

#include <cstddef>
#include <string>

namespace tracedeck {

/// Spans like those of an instrumented web service, the same in every run: 20 per trace, 512 per resource,
/// most texts repeat, some are of one span only.
[[nodiscard]] SpanTable fixtureSpans(std::size_t spans);
/// The same as an OTLP body.
[[nodiscard]] std::string fixtureOtlpBody(std::size_t spans, OtlpEncoding encoding);

/// One trace of `spans` spans as a tree: eight children each, depth first by time, one error in 50.
[[nodiscard]] SpanTable fixtureTrace(std::size_t spans);
/// The same spans as one chain, every span within the one before it: the worst case for indentation, self times
/// and the overview.
[[nodiscard]] SpanTable fixtureChain(std::size_t spans);

} // namespace tracedeck
