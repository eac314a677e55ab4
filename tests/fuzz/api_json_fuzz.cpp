// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/trace_api_json.h"
#include "tests/fuzz/fuzz_check.h"

using namespace tracedeck;

namespace {

/// decode(encode(x)) = x, seen through the encoder.
template <class Decode, class Encode> void checkBothWays(std::string_view text, Decode decode, Encode encode)
{
    const auto first = decode(text);
    if (first.ok()) {
        const std::string written = encode(first.value());
        const auto second = decode(written);
        fuzzCheck(second.ok() && encode(second.value()) == written);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = fuzzText(data, size);
    checkBothWays(text, decodeTraceListPage, encodeTraceListPage);
    checkBothWays(text, decodeServices, encodeServices);
    checkBothWays(text, decodeTraceChanges, encodeTraceChanges);
    checkBothWays(text, decodeStoreStatus, [](const StoreStatus& status) { return encodeStoreStatus(status, "v"); });
    const Error fallback = makeError(ErrorCode::Internal, "api", "none");
    const Error error = decodeApiError(text, fallback);
    fuzzCheck(decodeApiError(encodeApiError(error), fallback).what == error.what);
    return 0;
}
