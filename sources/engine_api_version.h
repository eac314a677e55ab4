// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "formats/http_response.h"

#include <string>
#include <string_view>

namespace tracedeck {

/// What to speak with an engine.
struct EngineApiVersion {
    std::string api; ///< "1.41": the newest both sides know
    std::string podman; ///< "4.3.1"; empty = this is Docker
};

/// The newest Docker API this program was written for, and the oldest it can do with.
inline constexpr std::string_view kNewestEngineApi = "1.47";
inline constexpr std::string_view kOldestEngineApi = "1.24";

/// From the fields of GET /_ping. Unsupported when the answer names no version (something else listens
/// there) or one that is too old.
[[nodiscard]] Result<EngineApiVersion> negotiateEngineVersion(const HttpResponseHead& ping);

/// What a refusal means; `body` holds the engine's own sentence.
[[nodiscard]] Error engineStatusError(int status, std::string_view body, const std::string& source);

} // namespace tracedeck
