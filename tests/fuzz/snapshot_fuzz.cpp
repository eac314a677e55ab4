// SPDX-License-Identifier: GPL-3.0-or-later
// The snapshot file: any bytes as they are, and any payload under a header that fits it. What is taken
// must be written and read back as the same thing.

#include "refresh/snapshot_cache.h"
#include "tests/fuzz/fuzz_check.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <xxhash.h>

namespace {

using namespace tracedeck;

std::string withHeader(std::string_view payload)
{
    const std::string empty = encodeSnapshot({});
    constexpr std::size_t kLengthAt = 16;
    std::string file = empty.substr(0, kLengthAt);
    const std::uint64_t length = payload.size();
    const std::uint64_t hash = XXH3_64bits(payload.data(), payload.size());
    file.append(reinterpret_cast<const char*>(&length), sizeof length);
    file.append(reinterpret_cast<const char*>(&hash), sizeof hash);
    return file.append(payload);
}

void check(std::string_view file)
{
    const auto first = decodeSnapshot(file);
    if (!first.ok()) {
        return;
    }
    const auto second = decodeSnapshot(encodeSnapshot(*first));
    fuzzCheck(second.ok());
    fuzzCheck(*second->infrastructure == *first->infrastructure);
    fuzzCheck(*second->workloads == *first->workloads);
    fuzzCheck(second->warnings == first->warnings);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check(bytes);
    check(withHeader(bytes));
    return 0;
}
