// SPDX-License-Identifier: GPL-3.0-or-later
// Guarded: decoding OTLP into full columns beside other readers of the same bytes, and laying out a trace.
#include "perf/decode_walks.h"
#include "perf/regression/gate_cases.h"
#include "perf/span_fixture.h"
#include "selectors/span_layout.h"
#include "selectors/span_window.h"

#include <QByteArray>
#include <QJsonDocument>
#include <memory>
#include <nlohmann/json.hpp>

namespace tracedeck {
namespace {

constexpr std::size_t kSpans = 2'000;

GateCase decodeCase(OtlpEncoding encoding, std::size_t spans)
{
    const std::string name = encoding == OtlpEncoding::Json ? "decode-json/" : "decode-protobuf/";
    return {name + std::to_string(spans), [encoding, spans] {
                const auto body = std::make_shared<const std::string>(fixtureOtlpBody(spans, encoding));
                return [body, encoding] {
                    OtlpTraces into;
                    keepAlive(decodeOtlpTraces(*body, encoding, into).ok());
                };
            }};
}

template <class Read> GateCase otherReader(const std::string& name, OtlpEncoding encoding, const Read& read)
{
    return {name, [encoding, read] {
                const auto body = std::make_shared<const std::string>(fixtureOtlpBody(kSpans, encoding));
                return [body, read] { read(*body); };
            }};
}

GateCase layoutCase(std::size_t spans)
{
    return {"layout-trace/" + std::to_string(spans), [spans] {
                const auto trace = std::make_shared<const SpanTable>(fixtureTrace(spans));
                return [trace] { keepAlive(layoutSpans(*trace)); };
            }};
}

/// Something computed from a laid-out trace.
template <class Use> GateCase traceCase(const std::string& name, const Use& use, SpanTable (*made)(std::size_t))
{
    return {name, [use, made] {
                const auto trace = std::make_shared<const SpanTable>(made(kSpans));
                const auto layout = std::make_shared<const SpanLayout>(layoutSpans(*trace));
                return [trace, layout, use] { use(*trace, *layout); };
            }};
}

} // namespace

std::vector<GateCase> decodeGates()
{
    const std::string size = std::to_string(kSpans);
    return {decodeCase(OtlpEncoding::Protobuf, kSpans / 10),
            decodeCase(OtlpEncoding::Protobuf, kSpans),
            otherReader("decode-protobuf/" + size + "/vs:walk", OtlpEncoding::Protobuf,
                        [](const std::string& body) { keepAlive(walkProtobufTraces(body)); }),
            otherReader("scan-protobuf", OtlpEncoding::Protobuf,
                        [](const std::string& body) {
                            keepAlive(
                                scanOtlpTraces(body, [](const SpanBrief& span) { keepAlive(span.startNs); }).ok());
                        }),
            decodeCase(OtlpEncoding::Json, kSpans / 10),
            decodeCase(OtlpEncoding::Json, kSpans),
            otherReader("decode-json/" + size + "/vs:walk", OtlpEncoding::Json,
                        [](const std::string& body) { keepAlive(walkJson(body)); }),
            otherReader("decode-json/" + size + "/vs:qjsondocument", OtlpEncoding::Json,
                        [](const std::string& body) {
                            keepAlive(QJsonDocument::fromJson(
                                          QByteArray::fromRawData(body.data(), static_cast<qsizetype>(body.size())))
                                          .isObject());
                        }),
            otherReader("decode-json/" + size + "/vs:nlohmann", OtlpEncoding::Json, [](const std::string& body) {
                keepAlive(nlohmann::json::parse(body, nullptr, false).is_object());
            })};
}

std::vector<GateCase> traceGates()
{
    const auto overview = [](const SpanTable& spans, const SpanLayout& layout) {
        keepAlive(overviewBars(spans, layout, 1200, 60));
    };
    return {layoutCase(kSpans / 10), layoutCase(kSpans),
            traceCase(
                "visible-positions",
                [](const SpanTable&, const SpanLayout& layout) { keepAlive(visiblePositions(layout, {})); },
                &fixtureTrace),
            // How wide its spans are must not decide what an overview costs.
            traceCase("overview-chain", overview, &fixtureChain),
            traceCase("overview-chain/vs:tree", overview, &fixtureTrace)};
}

} // namespace tracedeck
