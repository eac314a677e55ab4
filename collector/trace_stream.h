// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/http_message.h"
#include "core/result.h"
#include "formats/otlp_decode.h"

#include <functional>
#include <string_view>

namespace tracedeck {

/// Reads stored OTLP protobuf bodies one at a time into a sink; false from the sink stops it.
using BlobReader = std::function<Result<void>(const std::function<bool(std::string_view)>&)>;

/// Sends stored bodies as one OTLP message, one body in memory at a time. Protobuf bodies are passed on
/// as they are: joined messages are the message of the joined lists. JSON is converted body by body
/// into one `{"resourceSpans":[…]}` (or `resourceLogs`).
[[nodiscard]] BodyProducer streamTrace(BlobReader read, OtlpEncoding encoding);
[[nodiscard]] BodyProducer streamLogs(BlobReader read, OtlpEncoding encoding);

} // namespace tracedeck
