// SPDX-License-Identifier: GPL-3.0-or-later
// Decoding into full columns against a bare walk of the same bytes and against another library; they take turns within
// one run, so that a busy machine slows all. Budget: ratio <= 2.5.
#include "formats/otlp_decode.h"
#include "perf/bench_suite.h"
#include "perf/bench_timer.h"
#include "perf/decode_walks.h"
#include "perf/span_fixture.h"

#include <charconv>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

namespace tracedeck {
namespace {

constexpr std::size_t kMostSpans = 2'000'000;

template <class Work> void timed(BenchTimer& timer, Work work)
{
    timer.start();
    work();
    timer.stop();
}

/// Runs walk and decode in turn; prints one line. False when the bytes were not understood.
bool compare(const char* name, const std::string& body, OtlpEncoding encoding, std::size_t spans)
{
    BenchTimer walk;
    BenchTimer decode;
    BenchTimer scan;
    BenchTimer library;
    bool good = true;
    while (!decode.enough()) {
        timed(walk, [&] {
            good = (encoding == OtlpEncoding::Json ? walkJson(body) : walkProtobufTraces(body)) != 0 && good;
        });
        OtlpTraces into;
        timed(decode, [&] { good = decodeOtlpTraces(body, encoding, into).ok() && good; });
        good = good && into.spans.rows() == spans && into.rejected == 0;
        timed(library, [&] {
            good = (encoding == OtlpEncoding::Json ? nlohmann::json::parse(body, nullptr, false).is_object()
                                                   : parseWithProtobufLibrary(body) == spans)
                && good;
        });
        if (encoding == OtlpEncoding::Protobuf) {
            timed(scan, [&] { good = scanOtlpTraces(body, [](const SpanBrief&) {})->accepted == spans && good; });
        }
    }
    const auto over = [](double one, double other) { return other > 0 ? one / other : 0.0; };
    const auto perSecond = [&body](double ms) { return ms > 0 ? static_cast<double>(body.size()) / 1e3 / ms : 0.0; };
    nlohmann::ordered_json line{{"suite", "decode"},
                                {"case", name},
                                {"spans", spans},
                                {"bytes", body.size()},
                                {"walk_ms", walk.times().minMs},
                                {"decode_ms", decode.times().minMs},
                                {"decode_median_ms", decode.times().medianMs},
                                {"ratio", over(decode.times().minMs, walk.times().minMs)},
                                {"cpu_ratio", over(decode.times().cpuMs, walk.times().cpuMs)},
                                {"library", encoding == OtlpEncoding::Json ? "nlohmann-json" : "libprotobuf"},
                                {"library_cpu_ratio", over(library.times().cpuMs, decode.times().cpuMs)},
                                {"decode_MB_per_s", perSecond(decode.times().minMs)}};
    if (encoding == OtlpEncoding::Protobuf) {
        line["scan_us_per_span"] = spans > 0 ? scan.times().minMs * 1e3 / static_cast<double>(spans) : 0.0;
    }
    std::cout << line.dump() << std::endl;
    return good;
}

} // namespace

int benchDecode(const BenchArguments& arguments)
{
    const std::string spansText = benchOption(arguments, "--spans", "100000");
    std::size_t spans = 0;
    const char* const end = spansText.data() + spansText.size();
    const auto read = std::from_chars(spansText.data(), end, spans);
    const std::string stray = unknownBenchWord(arguments, {"--spans"});
    if (!stray.empty() || read.ec != std::errc() || read.ptr != end || spans == 0 || spans > kMostSpans) {
        std::cerr << "decode: expected --spans 1 to " << kMostSpans << '\n';
        return 2;
    }
    const bool protobuf =
        compare("protobuf", fixtureOtlpBody(spans, OtlpEncoding::Protobuf), OtlpEncoding::Protobuf, spans);
    const bool json = compare("json", fixtureOtlpBody(spans, OtlpEncoding::Json), OtlpEncoding::Json, spans);
    return protobuf && json ? 0 : 1;
}

} // namespace tracedeck
