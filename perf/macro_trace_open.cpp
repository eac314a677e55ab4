// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-trace-open: one large trace from its bytes to the screen, and what a frame of it costs at any
// zoom. Offscreen; one JSON line per figure. A shape is a tree of eight children each, or one chain in which
// every span lies within its parent: the worst case for indentation, self times and the overview.
#include "formats/otlp_decode.h"
#include "formats/otlp_encode.h"
#include "perf/span_fixture.h"
#include "selectors/trace_content.h"
#include "views/grouped_table_view.h"
#include "views/theme.h"
#include "views/trace_detail_view.h"
#include "views/waterfall_view.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QImage>
#include <QScrollBar>
#include <algorithm>
#include <chrono>
#include <fmt/core.h>
#include <numeric>
#include <sys/resource.h>

namespace tracedeck::perf {
namespace {

using Clock = std::chrono::steady_clock;

double msSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

void say(const char* what, std::size_t spans, double value, const char* unit)
{
    fmt::print("{{\"case\":\"trace-open/{}\",\"spans\":{},\"{}\":{:.3f}}}\n", what, spans, unit, value);
}

SpanTable chainOf(std::size_t count)
{
    SpanTable spans = fixtureTrace(count);
    for (std::size_t row = 0; row < spans.rows(); ++row) {
        spans.spanId[row] = SpanId{row + 1};
        spans.parentSpanId[row] = SpanId{row};
        spans.startNs[row] = spans.startNs[0] + static_cast<std::int64_t>(row);
        spans.durationNs[row] = static_cast<std::int64_t>(4 * spans.rows() - 2 * row);
    }
    return spans;
}

std::size_t columnBytes(const SpanTable& spans)
{
    const auto bytes = [](const auto&... column) {
        return ((column.size() * sizeof(*column.data())) + ... + std::size_t{0});
    };
    return bytes(spans.traceId, spans.spanId, spans.parentSpanId, spans.startNs, spans.durationNs, spans.name,
                 spans.resource, spans.scope, spans.kind, spans.status, spans.statusMessage, spans.traceState,
                 spans.flags, spans.attributes, spans.events, spans.links, spans.droppedAttributes, spans.droppedEvents,
                 spans.droppedLinks);
}

double residentMb()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

std::shared_ptr<const SpanTable> decoded(const std::string& body)
{
    OtlpTraces traces;
    if (!decodeOtlpTraces(body, OtlpEncoding::Protobuf, traces)) {
        return nullptr;
    }
    return std::make_shared<const SpanTable>(std::move(traces.spans));
}

/// Frames of the waterfall over many zooms and places; p50, p99 and the worst.
void measureFrames(WaterfallView& view, std::size_t spans)
{
    std::vector<double> frames;
    QImage picture(view.viewport()->size(), QImage::Format_ARGB32_Premultiplied);
    const TimeWindow limits = view.state().limits();
    for (double zoom = 1.0; zoom > 1e-6; zoom /= 3) {
        for (int place = 0; place < 10; ++place) {
            const auto length =
                std::max<std::int64_t>(static_cast<std::int64_t>(static_cast<double>(limits.lengthNs()) * zoom), 100);
            const std::int64_t begin = limits.beginNs + (limits.lengthNs() - length) / 10 * place;
            view.setWindow({begin, begin + length});
            view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 10 * place);
            const auto start = Clock::now();
            view.viewport()->render(&picture);
            frames.push_back(msSince(start));
        }
    }
    std::sort(frames.begin(), frames.end());
    say("frame-p50", spans, frames[frames.size() / 2], "ms");
    say("frame-p99", spans, frames[frames.size() * 99 / 100], "ms");
    say("frame-max", spans, frames.back(), "ms");
}

int measure(const SpanTable& made)
{
    const std::size_t count = made.rows();
    std::vector<std::uint32_t> rows(count);
    std::iota(rows.begin(), rows.end(), 0U);
    const std::string body = encodeOtlpTraces(made, rows, OtlpEncoding::Protobuf);
    const auto begin = Clock::now();
    const auto spans = decoded(body);
    if (spans == nullptr) {
        fmt::print(stderr, "the body does not decode\n");
        return 1;
    }
    say("decode", count, msSince(begin), "ms");
    const auto building = Clock::now();
    const TraceContent content = buildTraceContent(spans);
    say("derive", count, msSince(building), "ms");
    TraceDetailView view;
    view.resize(1600, 900);
    view.show();
    QImage picture(view.size(), QImage::Format_ARGB32_Premultiplied);
    view.render(&picture);
    const auto painting = Clock::now();
    view.setTrace(content);
    view.render(&picture);
    say("gui-first-paint", count, msSince(painting), "ms");
    say("bytes-to-paint", count, msSince(begin), "ms");
    say("columns", count, static_cast<double>(columnBytes(*spans)) / static_cast<double>(count), "bytes_per_span");
    say("peak-resident", count, residentMb(), "mb");
    measureFrames(*view.waterfall(), count);
    for (const char16_t* tab : {u"overview", u"events", u"timeline"}) {
        const auto opening = Clock::now();
        view.setTab(QString::fromUtf16(tab));
        view.render(&picture);
        say(("tab-" + QString::fromUtf16(tab).toStdString()).c_str(), count, msSince(opening), "ms");
    }
    const auto again = Clock::now();
    view.setTrace(buildTraceContent(spans));
    view.render(&picture);
    say("grown", count, msSince(again), "ms");
    return 0;
}

} // namespace
} // namespace tracedeck::perf

int main(int argc, char** argv)
{
    using namespace tracedeck;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    applyTheme(app, loadTheme(ThemeKind::Dark, 1.0));
    QCommandLineParser options;
    options.addOption(
        {QStringLiteral("spans"), QStringLiteral("How many spans."), QStringLiteral("N"), QStringLiteral("100000")});
    options.addOption(
        {QStringLiteral("shape"), QStringLiteral("tree or chain."), QStringLiteral("SHAPE"), QStringLiteral("tree")});
    options.process(app);
    const auto spans = static_cast<std::size_t>(std::max(options.value(QStringLiteral("spans")).toLongLong(), 1LL));
    return options.value(QStringLiteral("shape")) == QStringLiteral("chain") ? perf::measure(perf::chainOf(spans))
                                                                             : perf::measure(fixtureTrace(spans));
}
