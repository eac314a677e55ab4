// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/decode_walks.h"
#include "perf/micro/micro_cases.h"
#include "perf/span_fixture.h"
#include "selectors/span_layout.h"
#include "selectors/span_window.h"

#include <QByteArray>
#include <QJsonDocument>
#include <memory>
#include <nlohmann/json.hpp>

namespace tracedeck {
namespace {

constexpr std::size_t kBodySizes[] = {1'000, 10'000, 100'000};
constexpr std::size_t kTraceSizes[] = {10'000, 100'000, 1'000'000};

using Body = std::shared_ptr<const std::string>;

/// The newest body is kept for the cases that follow it.
Body bodyOf(std::size_t spans, OtlpEncoding encoding)
{
    static std::weak_ptr<const std::string> newest;
    static std::size_t ofSpans = 0;
    static OtlpEncoding ofEncoding = OtlpEncoding::Json;
    Body known = newest.lock();
    if (known == nullptr || ofSpans != spans || ofEncoding != encoding) {
        known = std::make_shared<const std::string>(fixtureOtlpBody(spans, encoding));
        newest = known;
        ofSpans = spans;
        ofEncoding = encoding;
    }
    return known;
}

template <class Read>
void addReader(std::vector<PerfCase>& all, const std::string& name, std::size_t spans, OtlpEncoding encoding,
               const Read& read)
{
    all.push_back({name, [spans, encoding, read] {
                       const Body body = bodyOf(spans, encoding);
                       return [body, read] { read(*body); };
                   }});
}

void addSize(std::vector<PerfCase>& all, std::size_t spans)
{
    const auto decoder = [](OtlpEncoding encoding) {
        return [encoding](const std::string& body) {
            OtlpTraces into;
            keepAlive(decodeOtlpTraces(body, encoding, into).ok());
        };
    };
    const std::string size = std::to_string(spans);
    const std::string protobuf = "otlp-protobuf/" + size;
    const std::string json = "otlp-json/" + size;
    addReader(all, protobuf, spans, OtlpEncoding::Protobuf, decoder(OtlpEncoding::Protobuf));
    addReader(all, protobuf + "/vs:walk", spans, OtlpEncoding::Protobuf,
              [](const std::string& body) { keepAlive(walkProtobufTraces(body)); });
    addReader(all, protobuf + "/vs:libprotobuf", spans, OtlpEncoding::Protobuf,
              [](const std::string& body) { keepAlive(parseWithProtobufLibrary(body)); });
    addReader(all, "otlp-scan/" + size, spans, OtlpEncoding::Protobuf, [](const std::string& body) {
        keepAlive(scanOtlpTraces(body, [](const SpanBrief& span) { keepAlive(span.startNs); }).ok());
    });
    addReader(all, json, spans, OtlpEncoding::Json, decoder(OtlpEncoding::Json));
    addReader(all, json + "/vs:walk", spans, OtlpEncoding::Json,
              [](const std::string& body) { keepAlive(walkJson(body)); });
    addReader(all, json + "/vs:qjsondocument", spans, OtlpEncoding::Json, [](const std::string& body) {
        const QByteArray bytes = QByteArray::fromRawData(body.data(), static_cast<qsizetype>(body.size()));
        keepAlive(QJsonDocument::fromJson(bytes).isObject());
    });
    addReader(all, json + "/vs:nlohmann", spans, OtlpEncoding::Json,
              [](const std::string& body) { keepAlive(nlohmann::json::parse(body, nullptr, false).is_object()); });
}

struct LaidOut {
    SpanTable spans;
    SpanLayout layout;
};

std::shared_ptr<const LaidOut> traceOf(std::size_t spans)
{
    static std::weak_ptr<const LaidOut> newest;
    auto known = newest.lock();
    if (known == nullptr || known->spans.rows() != spans) {
        auto made = std::make_shared<LaidOut>();
        made->spans = fixtureTrace(spans);
        made->layout = layoutSpans(made->spans);
        known = made;
        newest = known;
    }
    return known;
}

template <class Use> PerfCase traceCase(const std::string& name, std::size_t spans, const Use& use)
{
    return {name + '/' + std::to_string(spans), [spans, use] {
                const auto trace = traceOf(spans);
                return [trace, use] { use(*trace); };
            }};
}

} // namespace

std::vector<PerfCase> microFormats()
{
    std::vector<PerfCase> all;
    for (const std::size_t spans : kBodySizes) {
        addSize(all, spans);
    }
    return all;
}

std::vector<PerfCase> microTraces()
{
    std::vector<PerfCase> all;
    for (const std::size_t spans : kTraceSizes) {
        all.push_back(traceCase("layout", spans, [](const LaidOut& trace) { keepAlive(layoutSpans(trace.spans)); }));
        all.push_back(
            traceCase("visible", spans, [](const LaidOut& trace) { keepAlive(visiblePositions(trace.layout, {})); }));
        all.push_back(traceCase("overview", spans, [](const LaidOut& trace) {
            keepAlive(overviewBars(trace.spans, trace.layout, 1200, 60));
        }));
        all.push_back(traceCase("next-error", spans, [](const LaidOut& trace) {
            keepAlive(nextError(trace.spans, trace.layout, 0, false));
        }));
    }
    return all;
}

} // namespace tracedeck
