// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pasted_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

const char* const kTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
const char* const kSpan = "00f067aa0ba902b7";

QString traceOf(const char* text)
{
    const std::optional<Route> route = routeOfPastedText(QString::fromUtf8(text));
    return route ? route->item : QString();
}

QString spanOf(const char* text)
{
    const std::optional<Route> route = routeOfPastedText(QString::fromUtf8(text));
    return route ? route->state.queryItemValue(QStringLiteral("span")) : QString();
}

} // namespace

TEST(PastedTextTest, BareIds)
{
    EXPECT_EQ(traceOf("  4BF92F3577B34DA6A3CE929D0E0E4736\n"), QString::fromUtf8(kTrace));
    EXPECT_EQ(traceOf("0x4bf92f3577b34da6a3ce929d0e0e4736"), QString::fromUtf8(kTrace));
    EXPECT_EQ(traceOf("a3ce929d0e0e4736"), QStringLiteral("0000000000000000a3ce929d0e0e4736")) << "64 bit, padded";
    EXPECT_TRUE(traceOf("00000000000000000000000000000000").isEmpty()) << "no id";
    EXPECT_TRUE(traceOf("4bf92f3577b34da6a3ce929d0e0e47360").isEmpty());
    EXPECT_TRUE(traceOf("4bf92f35-77b3-4da6-a3ce-929d0e0e4736").isEmpty());
    EXPECT_TRUE(traceOf("").isEmpty());
}

TEST(PastedTextTest, TraceParents)
{
    EXPECT_EQ(traceOf("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), QString::fromUtf8(kTrace));
    EXPECT_EQ(spanOf("traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), QString::fromUtf8(kSpan));
    EXPECT_EQ(traceOf("TRACEPARENT=\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00\""),
              QString::fromUtf8(kTrace));
    EXPECT_EQ(traceOf("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future"),
              QString::fromUtf8(kTrace));
    EXPECT_TRUE(traceOf("00-00000000000000000000000000000000-00f067aa0ba902b7-01").isEmpty());
}

TEST(PastedTextTest, LinksOfOtherPrograms)
{
    EXPECT_EQ(traceOf("https://jaeger.example/trace/4bf92f3577b34da6a3ce929d0e0e4736"), QString::fromUtf8(kTrace));
    EXPECT_EQ(spanOf("http://localhost:16686/jaeger/ui/trace/4bf92f3577b34da6a3ce929d0e0e4736?uiFind=00f067aa0ba902b7"),
              QString::fromUtf8(kSpan));
    EXPECT_EQ(traceOf("http://tempo:3200/api/v2/traces/4bf92f3577b34da6a3ce929d0e0e4736"), QString::fromUtf8(kTrace));
    EXPECT_EQ(traceOf("http://zipkin:9411/zipkin/traces/a3ce929d0e0e4736"),
              QStringLiteral("0000000000000000a3ce929d0e0e4736"));
    EXPECT_EQ(
        traceOf("https://grafana.example/explore?schemaVersion=1&panes=%7B%22abc%22:%7B%22datasource%22:%22tempo%22,"
                "%22queries%22:%5B%7B%22refId%22:%22A%22,%22queryType%22:%22traceql%22,%22query%22:%22"
                "4bf92f3577b34da6a3ce929d0e0e4736%22%7D%5D%7D%7D&orgId=1"),
        QString::fromUtf8(kTrace));
    EXPECT_EQ(traceOf("https://grafana.example/explore?left=%7B%22queries%22:%5B%7B%22query%22:%22"
                      "4bf92f3577b34da6a3ce929d0e0e4736%22%7D%5D%7D"),
              QString::fromUtf8(kTrace));
    EXPECT_TRUE(traceOf("https://jaeger.example/search?service=a").isEmpty());
    EXPECT_TRUE(traceOf("file:///trace/4bf92f3577b34da6a3ce929d0e0e4736").isEmpty());
}

TEST(PastedTextTest, JsonOfSpans)
{
    EXPECT_EQ(spanOf(R"({"name":"a","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7"})"),
              QString::fromUtf8(kSpan));
    EXPECT_EQ(
        traceOf(R"({"context":{"trace_id":"0x4bf92f3577b34da6a3ce929d0e0e4736","span_id":"0x00f067aa0ba902b7"}})"),
        QString::fromUtf8(kTrace));
    EXPECT_EQ(traceOf(R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"S/kvNXezTaajzpKdDg5HNg==",
        "spanId":"APBnqgupArc="}]}]}]})"),
              QString::fromUtf8(kTrace));
    EXPECT_EQ(traceOf(R"([{"traceID":"4bf92f3577b34da6a3ce929d0e0e4736"}])"), QString::fromUtf8(kTrace));
    EXPECT_TRUE(traceOf(R"({"traceId":12})").isEmpty());
    EXPECT_TRUE(traceOf(R"({"traceId":"4bf92f)").isEmpty());
    EXPECT_TRUE(traceOf(QByteArray(100'000, '[').constData()).isEmpty()) << "deep and broken";
}

TEST(PastedTextTest, OwnLinksInBothForms)
{
    EXPECT_EQ(routeOfPastedText(QStringLiteral("tracedeck://workloads?q=a"))->page, QStringLiteral("workloads"));
    const std::optional<Route> brief =
        routeOfPastedText(QStringLiteral("tracedeck://trace/4bf92f3577b34da6a3ce929d0e0e4736"));
    ASSERT_TRUE(brief.has_value());
    EXPECT_EQ(brief->page, QStringLiteral("traces"));
    EXPECT_EQ(brief->item, QString::fromUtf8(kTrace));
    EXPECT_FALSE(routeOfPastedText(QStringLiteral("hello world")).has_value());
}

RC_GTEST_PROP(PastedTextProperty, AnyTextIsAnswered, (const std::string& text))
{
    const std::optional<Route> route = routeOfPastedText(QString::fromUtf8(text.c_str()));
    RC_ASSERT((!route || !route->page.isEmpty()));
}
