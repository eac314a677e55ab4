// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engine_api_version.h"

#include "formats/engine_json.h"

#include <charconv>
#include <optional>
#include <utility>

namespace tracedeck {
namespace {

/// "1.41" as (1, 41).
std::optional<std::pair<int, int>> versionParts(std::string_view text)
{
    std::pair<int, int> parts;
    const char* end = text.data() + text.size();
    const auto major = std::from_chars(text.data(), end, parts.first);
    if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') {
        return std::nullopt;
    }
    const auto minor = std::from_chars(major.ptr + 1, end, parts.second);
    return minor.ec == std::errc() && minor.ptr == end ? std::optional(parts) : std::nullopt;
}

bool isPlainVersion(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

} // namespace

Result<EngineApiVersion> negotiateEngineVersion(const HttpResponseHead& ping)
{
    const std::string_view offered = ping.field("api-version");
    const auto theirs = versionParts(offered);
    if (!theirs) {
        return makeError(ErrorCode::Unsupported, "engine", "what answers there is no Docker or Podman engine",
                         "Is the address right?", true);
    }
    if (*theirs < *versionParts(kOldestEngineApi)) {
        return makeError(ErrorCode::Unsupported, "engine",
                         "its API version " + std::string(offered) + " is older than " + std::string(kOldestEngineApi));
    }
    EngineApiVersion version;
    version.api = std::string(*theirs < *versionParts(kNewestEngineApi) ? offered : kNewestEngineApi);
    std::string_view podman = ping.field("libpod-api-version");
    podman = podman.substr(0, podman.find('-')); // "5.0.0-dev" is asked as 5.0.0
    version.podman = isPlainVersion(podman) ? std::string(podman) : std::string();
    return version;
}

Error engineStatusError(int status, std::string_view body, const std::string& source)
{
    const std::string what = "answered " + std::to_string(status) + ": " + engineErrorMessage(body);
    switch (status) {
    case 401:
        return makeError(ErrorCode::Unauthorized, source, what);
    case 403:
        return makeError(ErrorCode::PermissionDenied, source, what, "Does a proxy in front of the engine allow GET?");
    case 404:
        return makeError(ErrorCode::NotFound, source, what);
    case 400:
        return makeError(ErrorCode::Unsupported, source, what, {}, true);
    case 429:
    case 503:
        return makeError(ErrorCode::Busy, source, what, {}, true);
    default:
        return makeError(ErrorCode::Internal, source, what, {}, true);
    }
}

} // namespace tracedeck
