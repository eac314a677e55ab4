// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/resource_identity.h"
#include "formats/otlp_decode.h"

#include <functional>
#include <string_view>

namespace tracedeck {

/// As scanOtlpTraces(body, visit); visit also gets what the span's resource says about its place. Its texts
/// live during the call only, and it is the same for all spans of one SpanBrief::resourceOffset.
[[nodiscard]] Result<OtlpScan> scanOtlpTracesAndResources(
    std::string_view protobufBody, const std::function<void(const SpanBrief&, const ResourceIdentity&)>& visit);

} // namespace tracedeck
