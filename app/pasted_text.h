// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/route.h"

#include <QString>
#include <optional>

namespace tracedeck {

/// Longest text that is looked at; what is behind it is not read.
inline constexpr qsizetype kLongestPaste = 1 << 20;

/// What pasted text names, as a place to go to; nothing for other text. Understood are a trace id (32 hex
/// digits, or 16, padded on the left), a W3C traceparent (also as a header line), a tracedeck:// link, links
/// of Jaeger, Tempo, Zipkin and Grafana Explore, and JSON of a span or trace with its ids as hex text, "0x…"
/// or base64. A span id in the text becomes the span to show.
[[nodiscard]] std::optional<Route> routeOfPastedText(const QString& text);

} // namespace tracedeck
