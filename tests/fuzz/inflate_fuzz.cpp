// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/inflate.h"
#include "tests/fuzz/fuzz_check.h"

using namespace tracedeck;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::size_t kLimit = std::size_t{1} << 18U;
    const std::string_view input = fuzzText(data, size);
    const Result<std::string> gzip = inflateGzip(input, kLimit);
    fuzzCheck(!gzip.ok() || gzip->size() <= kLimit);
    const Result<std::string> blob = decompressBlob(input, kLimit);
    fuzzCheck(!blob.ok() || blob->size() <= kLimit);
    fuzzCheck(inflateGzip(deflateGzip(input), size).value() == input);
    fuzzCheck(decompressBlob(compressBlob(input), size).value() == input);
    return 0;
}
