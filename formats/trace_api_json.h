// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/store_status.h"
#include "core/trace_list_request.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// One message of the change push (`/api/v1/ws`). Sequence numbers of a connection grow by one; a gap,
/// or `resync`, means that changes are missing and everything shown must be read again.
struct TraceChangeMessage {
    std::uint64_t sequence = 0;
    bool resync = false;
    std::vector<TraceChange> changes;
    std::uint64_t dropped = 0; ///< changes a resync stands for, as far as the sender counted them

    bool operator==(const TraceChangeMessage&) const = default;
};

/// The JSON of the read API, both directions. Names are lowerCamelCase; 64-bit integers (times,
/// generations, counts) are JSON numbers written exactly and read exactly (never through a double);
/// ids are lower-case hex. Decoders ignore unknown keys, take missing keys as defaults and answer
/// Malformed for anything that is not such a document (wrong type, bad id, text that is not UTF-8).
[[nodiscard]] std::string encodeTraceListPage(const TraceListPage& page);
[[nodiscard]] Result<TraceListPage> decodeTraceListPage(std::string_view json);

[[nodiscard]] std::string encodeServices(const std::vector<ServiceSummary>& services);
[[nodiscard]] Result<std::vector<ServiceSummary>> decodeServices(std::string_view json);

/// `version` is the collector's, for people; it is written as "version" and not read back.
[[nodiscard]] std::string encodeStoreStatus(const StoreStatus& status, std::string_view version);
[[nodiscard]] Result<StoreStatus> decodeStoreStatus(std::string_view json);

[[nodiscard]] std::string encodeTraceChanges(const TraceChangeMessage& message);
[[nodiscard]] Result<TraceChangeMessage> decodeTraceChanges(std::string_view json);

/// `{"error":{"code":"notFound","what":"…","hint":"…"}}`; the code is the name of the ErrorCode with a
/// small first letter. The source is not written. decode takes code (if it is known), what and hint into
/// `fallback` and hands that on unchanged when the text is not such a document.
[[nodiscard]] std::string encodeApiError(const Error& error);
[[nodiscard]] Error decodeApiError(std::string_view json, Error fallback);

} // namespace tracedeck
