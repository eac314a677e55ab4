// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_encode.h"

#include "formats/otlp_decode.h"
#include "formats/otlp_rows.h"
#include "tests/formats/otlp_table_text.h"
#include "tests/formats/protobuf_bytes.h"

#include <bit>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace tracedeck;
using namespace tracedeck::test;

namespace {

/// One span with every field set to something of its own.
SpanTable fullSpan()
{
    SpanTable table;
    OtlpSpanRows rows(table);
    const auto text = [&rows](std::string_view value) {
        StringId id = 0;
        EXPECT_TRUE(rows.text(value, id));
        return id;
    };
    rows.openResource();
    ResourceFields resource;
    resource.attributes.begin = rows.attributeCount();
    rows.addAttribute(text("service.name"), AttributeType::String, text("web"));
    resource.attributes.end = rows.attributeCount();
    resource.service = "web";
    resource.schemaUrl = "r-schema";
    resource.droppedAttributes = 1;
    EXPECT_TRUE(rows.fillResource(resource));
    rows.openScope();
    ScopeFields scope;
    scope.name = "lib";
    scope.version = "2";
    scope.schemaUrl = "s-schema";
    scope.droppedAttributes = 2;
    EXPECT_TRUE(rows.fillScope(scope));
    SpanFields span;
    span.traceId = *TraceId::fromHex("0102030405060708090a0b0c0d0e0f10");
    span.spanId = *SpanId::fromHex("1112131415161718");
    span.parentSpanId = *SpanId::fromHex("2122232425262728");
    span.name = "GET /";
    span.traceState = "a=b";
    span.kind = 2;
    span.startNs = 9'007'199'254'740'993;
    span.endNs = 9'007'199'254'740'999;
    span.status = 2;
    span.statusMessage = "boom";
    span.flags = 0x101;
    span.droppedAttributes = 3;
    span.droppedEvents = 4;
    span.droppedLinks = 5;
    span.attributes.begin = rows.attributeCount();
    rows.addAttribute(text("n"), AttributeType::Int, static_cast<std::uint64_t>(-1));
    span.attributes.end = rows.attributeCount();
    span.events.begin = rows.eventCount();
    EventFields event;
    event.timeNs = 7;
    event.name = "ev";
    event.droppedAttributes = 6;
    EXPECT_TRUE(rows.addEvent(event));
    span.events.end = rows.eventCount();
    span.links.begin = rows.linkCount();
    LinkFields link;
    link.traceId = span.traceId;
    link.spanId = span.spanId;
    link.traceState = "c=d";
    link.flags = 8;
    link.droppedAttributes = 9;
    EXPECT_TRUE(rows.addLink(link));
    span.links.end = rows.linkCount();
    EXPECT_TRUE(rows.addSpan(span));
    return table;
}

/// A span with one attribute of that type and payload text.
SpanTable withAttribute(AttributeType type, std::string_view text)
{
    SpanTable table;
    OtlpSpanRows rows(table);
    rows.openResource();
    rows.openScope();
    SpanFields span;
    span.traceId = *TraceId::fromHex("1");
    span.spanId = SpanId{1};
    StringId key = 0;
    StringId payload = 0;
    EXPECT_TRUE(rows.text("k", key) && rows.text(text, payload));
    rows.addAttribute(key, type, payload);
    span.attributes = {0, 1};
    EXPECT_TRUE(rows.addSpan(span));
    return table;
}

nlohmann::json jsonOf(const SpanTable& table)
{
    return nlohmann::json::parse(encodeOtlpTraces(table, allRows(table.rows()), OtlpEncoding::Json));
}

nlohmann::json valueOf(AttributeType type, std::string_view text)
{
    return jsonOf(withAttribute(type, text))["resourceSpans"][0]["scopeSpans"][0]["spans"][0]["attributes"][0]["value"];
}

} // namespace

TEST(OtlpJsonEncode, theWholeSpanAsTheProtocolSpellsIt)
{
    const nlohmann::json wanted = nlohmann::json::parse(R"({"resourceSpans":[{
        "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}}],"droppedAttributesCount":1},
        "schemaUrl":"r-schema",
        "scopeSpans":[{
            "scope":{"name":"lib","version":"2","attributes":[],"droppedAttributesCount":2},
            "schemaUrl":"s-schema",
            "spans":[{
                "traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"1112131415161718","traceState":"a=b",
                "parentSpanId":"2122232425262728","name":"GET /","kind":2,
                "startTimeUnixNano":"9007199254740993","endTimeUnixNano":"9007199254740999",
                "attributes":[{"key":"n","value":{"intValue":"-1"}}],"droppedAttributesCount":3,
                "events":[{"timeUnixNano":"7","name":"ev","attributes":[],"droppedAttributesCount":6}],
                "droppedEventsCount":4,
                "links":[{"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"1112131415161718","traceState":"c=d",
                          "attributes":[],"droppedAttributesCount":9,"flags":8}],
                "droppedLinksCount":5,"status":{"message":"boom","code":2},"flags":257}]}]}]})");
    EXPECT_EQ(jsonOf(fullSpan()), wanted);
}

TEST(OtlpProtobufEncode, theWholeSpanByteForByte)
{
    const std::string trace = "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10";
    const std::string spanId = "\x11\x12\x13\x14\x15\x16\x17\x18";
    const std::string event = fixed64Field(1, 7) + bytesField(2, "ev") + varintField(4, 6);
    const std::string link =
        bytesField(1, trace) + bytesField(2, spanId) + bytesField(3, "c=d") + varintField(5, 9) + fixed32Field(6, 8);
    const std::string span = bytesField(1, trace) + bytesField(2, spanId) + bytesField(3, "a=b")
        + bytesField(4, "\x21\x22\x23\x24\x25\x26\x27\x28") + bytesField(5, "GET /") + varintField(6, 2)
        + fixed64Field(7, 9'007'199'254'740'993) + fixed64Field(8, 9'007'199'254'740'999)
        + bytesField(9, bytesField(1, "n") + bytesField(2, varintField(3, ~std::uint64_t{0}))) + varintField(10, 3)
        + bytesField(11, event) + varintField(12, 4) + bytesField(13, link) + varintField(14, 5)
        + bytesField(15, bytesField(2, "boom") + varintField(3, 2)) + fixed32Field(16, 0x101);
    const std::string resource =
        bytesField(1, bytesField(1, "service.name") + bytesField(2, bytesField(1, "web"))) + varintField(2, 1);
    const std::string scope = bytesField(1, "lib") + bytesField(2, "2") + varintField(4, 2);
    const std::string wanted =
        bytesField(1,
                   bytesField(1, resource) + bytesField(3, "r-schema")
                       + bytesField(2, bytesField(1, scope) + bytesField(3, "s-schema") + bytesField(2, span)));
    const SpanTable table = fullSpan();
    const std::string body = encodeOtlpTraces(table, allRows(1), OtlpEncoding::Protobuf);
    EXPECT_EQ(body, wanted);
}

TEST(OtlpJsonEncode, whatIsNotSetIsNotWritten)
{
    const nlohmann::json span =
        jsonOf(withAttribute(AttributeType::Empty, ""))["resourceSpans"][0]["scopeSpans"][0]["spans"][0];
    for (const char* absent : {"parentSpanId", "traceState", "name", "kind", "flags", "droppedAttributesCount",
                               "droppedEventsCount", "droppedLinksCount"}) {
        EXPECT_FALSE(span.contains(absent)) << absent;
    }
    EXPECT_EQ(span["status"], nlohmann::json::object());
    EXPECT_EQ(span["attributes"][0]["value"], nlohmann::json::object());
    EXPECT_EQ(span["startTimeUnixNano"], "0");
}

TEST(OtlpJsonEncode, listsAreTakenApartAgain)
{
    EXPECT_EQ(valueOf(AttributeType::Array, R"([1,"x",2.0,null,true,[-9223372036854775808],{"a":1}])"),
              nlohmann::json::parse(R"({"arrayValue":{"values":[{"intValue":"1"},{"stringValue":"x"},
                  {"doubleValue":2.0},{},{"boolValue":true},
                  {"arrayValue":{"values":[{"intValue":"-9223372036854775808"}]}},
                  {"kvlistValue":{"values":[{"key":"a","value":{"intValue":"1"}}]}}]}})"));
    EXPECT_EQ(valueOf(AttributeType::KeyValueList, R"({"b":1,"a":{}})"),
              nlohmann::json::parse(R"({"kvlistValue":{"values":[{"key":"b","value":{"intValue":"1"}},
                  {"key":"a","value":{"kvlistValue":{"values":[]}}}]}})"));
    EXPECT_EQ(valueOf(AttributeType::Array, "[18446744073709551615]")["arrayValue"]["values"][0]["doubleValue"],
              18446744073709551615.0)
        << "no integer of OTLP is that large";
    EXPECT_EQ(valueOf(AttributeType::Bytes, "AP8="), nlohmann::json::parse(R"({"bytesValue":"AP8="})"));
}

TEST(OtlpEncode, valuesThatAreNoneOfTheirKindAreKeptAsText)
{
    for (const OtlpEncoding encoding : {OtlpEncoding::Json, OtlpEncoding::Protobuf}) {
        for (const auto& [type, text] : {std::pair<AttributeType, const char*>{AttributeType::Array, "no list"},
                                         {AttributeType::Array, "{}"},
                                         {AttributeType::KeyValueList, "[1"}}) {
            const SpanTable table = withAttribute(type, text);
            OtlpTraces back;
            ASSERT_TRUE(decodeOtlpTraces(encodeOtlpTraces(table, allRows(1), encoding), encoding, back).ok());
            EXPECT_EQ(attributeText(back.spans, back.spans.attributes.at(0), "k"), "string:" + std::string(text));
        }
    }
    OtlpTraces back;
    const SpanTable table = withAttribute(AttributeType::Bytes, "not base64!");
    ASSERT_TRUE(
        decodeOtlpTraces(encodeOtlpTraces(table, allRows(1), OtlpEncoding::Protobuf), OtlpEncoding::Protobuf, back)
            .ok());
    EXPECT_EQ(attributeText(back.spans, back.spans.attributes.at(0), "k"), "string:not base64!");
}

TEST(OtlpEncode, aTraceThatRanBackwardsKeepsItsEnd)
{
    SpanTable table = withAttribute(AttributeType::Empty, "");
    table.startNs[0] = 500;
    table.durationNs[0] = -400;
    EXPECT_EQ(jsonOf(table)["resourceSpans"][0]["scopeSpans"][0]["spans"][0]["endTimeUnixNano"], "100");
    OtlpTraces back;
    ASSERT_TRUE(
        decodeOtlpTraces(encodeOtlpTraces(table, allRows(1), OtlpEncoding::Protobuf), OtlpEncoding::Protobuf, back)
            .ok());
    EXPECT_EQ(back.spans.durationNs.at(0), -400);
}

TEST(OtlpEncode, rowsMayRepeatAndTheResultIsStable)
{
    const SpanTable table = arbitrarySpans(31, 10);
    const std::vector<std::uint32_t> rows = {4, 4, 1};
    for (const OtlpEncoding encoding : {OtlpEncoding::Json, OtlpEncoding::Protobuf}) {
        const std::string body = encodeOtlpTraces(table, rows, encoding);
        EXPECT_EQ(body, encodeOtlpTraces(table, rows, encoding));
        OtlpTraces back;
        ASSERT_TRUE(decodeOtlpTraces(body, encoding, back).ok());
        EXPECT_EQ(back.spans.rows(), 3U);
    }
}

TEST(OtlpEncode, bothEncodingsDecodeToTheSameTable)
{
    for (std::uint64_t seed = 1; seed < 30; ++seed) {
        const SpanTable table = arbitrarySpans(seed, 12);
        OtlpTraces json;
        OtlpTraces protobuf;
        const auto rows = allRows(table.rows());
        ASSERT_TRUE(decodeOtlpTraces(encodeOtlpTraces(table, rows, OtlpEncoding::Json), OtlpEncoding::Json, json).ok());
        ASSERT_TRUE(
            decodeOtlpTraces(encodeOtlpTraces(table, rows, OtlpEncoding::Protobuf), OtlpEncoding::Protobuf, protobuf)
                .ok());
        ASSERT_EQ(describeSpans(json.spans), describeSpans(protobuf.spans)) << "seed " << seed;
    }
}
