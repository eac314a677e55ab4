// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_encode.h"
#include "formats/otlp_trace_stream.h"
#include "perf/macro/scenario_kinds.h"
#include "perf/result/allocation_meter.h"
#include "perf/span_fixture.h"
#include "selectors/trace_content.h"
#include "views/trace_detail_view.h"
#include "views/waterfall_view.h"

#include <QImage>
#include <QScrollBar>
#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20U;

std::string bodyOf(const SpanTable& spans)
{
    std::vector<std::uint32_t> rows(spans.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    return encodeOtlpTraces(spans, rows, OtlpEncoding::Protobuf);
}

/// Bytes of the columns that every span has, without attributes, events and strings.
std::size_t columnBytes(const SpanTable& spans)
{
    const auto bytes = [](const auto&... column) {
        return ((column.capacity() * sizeof(*column.data())) + ... + std::size_t{0});
    };
    return bytes(spans.traceId, spans.spanId, spans.parentSpanId, spans.startNs, spans.durationNs, spans.name,
                 spans.resource, spans.scope, spans.kind, spans.status, spans.statusMessage, spans.traceState,
                 spans.flags, spans.attributes, spans.events, spans.links, spans.droppedAttributes, spans.droppedEvents,
                 spans.droppedLinks);
}

/// Times of one size, over all its runs.
struct OpenTimes {
    StepTimes open; ///< from the bytes to the first frame
    StepTimes decode;
    StepTimes derive;
    StepTimes paint;
    StepTimes frame;
    StepTimes events;
    StepTimes overview;
    StepTimes grown; ///< the same trace comes again
};

/// Frames at many zooms and places.
void measureFrames(WaterfallView& view, StepTimes& times)
{
    QImage picture(view.viewport()->size(), QImage::Format_ARGB32_Premultiplied);
    const TimeWindow limits = view.state().limits();
    for (double zoom = 1.0; zoom > 1e-6; zoom /= 3) {
        for (int place = 0; place < 10; ++place) {
            const auto length =
                std::max<std::int64_t>(static_cast<std::int64_t>(static_cast<double>(limits.lengthNs()) * zoom), 100);
            const std::int64_t begin = limits.beginNs + (limits.lengthNs() - length) / 10 * place;
            view.setWindow({begin, begin + length});
            view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 10 * place);
            times.start();
            view.viewport()->render(&picture);
            times.stop();
        }
    }
}

template <class Step> void timed(StepTimes& times, const Step& step)
{
    times.start();
    step();
    times.stop();
}

/// Opens one trace and uses it; false when its bytes do not decode.
bool openTrace(const std::string& body, QSize size, OpenTimes& times, PerfResult& result)
{
    TraceDetailView view;
    view.resize(size);
    view.show();
    QImage picture(size, QImage::Format_ARGB32_Premultiplied);
    view.render(&picture);
    const AllocationMeter meter;
    TraceContent content;
    std::shared_ptr<const SpanTable> spans;
    times.open.start();
    timed(times.decode, [&] {
        OtlpTraceStream stream; // as the client reads it: piece by piece
        for (std::size_t at = 0; at < body.size() && stream.add(std::string_view(body).substr(at, kPieceBytes)).ok();) {
            at += kPieceBytes;
        }
        if (stream.finish().ok()) {
            spans = std::make_shared<const SpanTable>(stream.take().spans);
        }
    });
    if (spans == nullptr) {
        return false;
    }
    const auto kept = static_cast<double>(meter.kept());
    timed(times.derive, [&] { content = buildTraceContent(spans); });
    timed(times.paint, [&] {
        view.setTrace(content);
        view.render(&picture);
    });
    times.open.stop();
    const auto units = static_cast<double>(spans->rows());
    result.metrics["column_bytes_per_span"] = {static_cast<double>(columnBytes(*spans)) / units, MetricKind::Bytes,
                                               true};
    result.metrics["heap_bytes_per_span"] = {kept / units, MetricKind::Bytes, true};
    result.metrics["peak_ratio"] = {static_cast<double>(meter.peak()) / kept, MetricKind::Ratio, true};
    const auto tab = [&](const char16_t* id) {
        view.setTab(QString::fromUtf16(id));
        view.render(&picture);
    };
    measureFrames(*view.waterfall(), times.frame);
    timed(times.events, [&] { tab(u"events"); });
    timed(times.overview, [&] { tab(u"overview"); });
    tab(u"timeline");
    timed(times.grown, [&] {
        view.setTrace(buildTraceContent(spans));
        view.render(&picture);
    });
    return true;
}

} // namespace

ScenarioOutcome runTraceOpen(const Scenario& scenario)
{
    const QSize size(static_cast<int>(scenario.count("width", 1600)), static_cast<int>(scenario.count("height", 900)));
    const bool chain = scenario.text("shape", "tree") == "chain";
    std::vector<PerfResult> results;
    for (const double spans : scenario.numbers("spans", {100'000, 1'000'000})) {
        const auto count = static_cast<std::size_t>(spans);
        const std::string body = bodyOf(chain ? fixtureChain(count) : fixtureTrace(count));
        PerfResult result{"macro", scenario.name + '/' + std::to_string(count), {}, scenario.count("runs", 3), 0, {}};
        OpenTimes times;
        for (std::size_t run = 0; run < result.samples; ++run) {
            if (!openTrace(body, size, times, result)) {
                return makeError(ErrorCode::Internal, scenario.name, "the body does not decode");
            }
        }
        result.metrics["body_bytes_per_span"] = {static_cast<double>(body.size()) / spans, MetricKind::Bytes, true};
        times.open.addTo(result, "open_");
        times.decode.addTo(result, "decode_");
        times.derive.addTo(result, "derive_");
        times.paint.addTo(result, "paint_");
        times.frame.addTo(result, "frame_");
        times.events.addTo(result, "events_");
        times.overview.addTo(result, "overview_");
        times.grown.addTo(result, "grown_");
        results.push_back(std::move(result));
    }
    return results;
}

} // namespace tracedeck
