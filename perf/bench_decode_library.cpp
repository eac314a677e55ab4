// SPDX-License-Identifier: GPL-3.0-or-later
#include "otlp_trace.pb.h"
#include "perf/decode_walks.h"

#include <google/protobuf/arena.h>

namespace tracedeck {

std::uint64_t parseWithProtobufLibrary(std::string_view body)
{
    using Request = perf::proto::TraceRequest;
    google::protobuf::Arena arena;
    auto* const request = google::protobuf::Arena::CreateMessage<Request>(&arena);
    if (!request->ParseFromArray(body.data(), static_cast<int>(body.size()))) {
        return 0;
    }
    std::uint64_t spans = 0;
    for (const auto& resource : request->resource_spans()) {
        for (const auto& scope : resource.scope_spans()) {
            spans += static_cast<std::uint64_t>(scope.spans_size());
        }
    }
    return spans;
}

} // namespace tracedeck
