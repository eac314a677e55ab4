// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trace_json.h"

#include "tests/support/span_builder.h"

#include <QJsonDocument>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace tracedeck;
using testing_support::SpanBuilder;

TEST(TraceJson, LongObjectsBreakIntoLinesShortOnesStayOnOne)
{
    const std::string filler(120, 'x');
    EXPECT_EQ(indentedJson(R"({"a":[{"k":1,"v":"{,:\""},{}],"b":")" + filler + R"("})"),
              "{\n  \"a\": [{\"k\": 1, \"v\": \"{,:\\\"\"}, {}],\n  \"b\": \"" + filler + "\"\n}");
    EXPECT_EQ(indentedJson("[]"), "[]");
    EXPECT_EQ(indentedJson(""), "");
}

TEST(TraceJson, OnlyBlanksAndBreaksAreAddedAndTextThatEndsEarlyIsTaken)
{
    SpanBuilder b;
    b.span(1, 0, 0, 100).attribute("db.statement", "select \"a\" \\ {").span(2, 1, 10, 5).event(12, "retry");
    const std::string text = traceJson(b.table(), 1U << 20U).toStdString();
    const nlohmann::json read = nlohmann::json::parse(text);
    EXPECT_EQ(read["resourceSpans"][0]["scopeSpans"][0]["spans"].size(), 2U);
    EXPECT_GT(std::count(text.begin(), text.end(), '\n'), 10);
    const std::string compact = read.dump();
    for (std::size_t length = 0; length <= compact.size(); ++length) {
        std::string lines = indentedJson(std::string_view(compact).substr(0, length));
        EXPECT_GE(lines.size(), length);
    }
    EXPECT_EQ(nlohmann::json::parse(indentedJson(compact)), read);
}

TEST(TraceJson, SecretsAreMaskedAndTheTraceKeepsThem)
{
    SpanBuilder b;
    b.span(1, 0, 0, 1).attribute("http.request.header.authorization", "Bearer x").attribute("http.route", "/v1");
    const SpanTable spans = b.table();
    const QString text = traceJson(spans, 1U << 20U);
    EXPECT_FALSE(text.contains(u"Bearer x"));
    EXPECT_TRUE(text.contains(u"\u2022\u2022\u2022"));
    EXPECT_TRUE(text.contains(u"/v1"));
    EXPECT_EQ(spans, b.table());
}

TEST(TraceJson, OfALargeTraceTheBeginningIsShownAndSaidSo)
{
    SpanBuilder b;
    for (std::uint64_t id = 1; id <= 100; ++id) {
        b.span(id, 0, 0, 1);
    }
    const QString text = traceJson(b.table(), 2048);
    EXPECT_TRUE(text.startsWith(u"2.0 KiB of ")) << text.left(40).toStdString();
    EXPECT_LT(text.size(), 6000);
}
