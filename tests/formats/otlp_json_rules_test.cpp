// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_decode.h"
#include "formats/otlp_encode.h"
#include "tests/formats/otlp_table_text.h"

#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::test;

namespace {

constexpr const char* kIds = R"("traceId":"5B8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174")";

std::string bodyOf(const std::string& spans, const std::string& resource = R"({"attributes":[]})")
{
    return R"({"resourceSpans":[{"resource":)" + resource + R"(,"scopeSpans":[{"spans":[)" + spans + "]}]}]}";
}

std::string spanWith(const std::string& members)
{
    return bodyOf(std::string("{") + kIds + (members.empty() ? "" : ",") + members + '}');
}

OtlpTraces decoded(const std::string& body)
{
    OtlpTraces out;
    const Result<void> result = decodeOtlpTraces(body, OtlpEncoding::Json, out);
    EXPECT_TRUE(result.ok()) << body << ": " << (result.ok() ? "" : result.error().what);
    return out;
}

/// Text of the one attribute of the one span.
std::string valueOf(const std::string& anyValue)
{
    const OtlpTraces one = decoded(spanWith(R"("attributes":[{"key":"k","value":)" + anyValue + "}]"));
    return one.spans.rows() == 1 ? attributeText(one.spans, one.spans.attributes[0], "k")
                                 : "rejected: " + one.rejectReason;
}

std::string rejectReason(const std::string& members)
{
    const OtlpTraces none = decoded(spanWith(members));
    EXPECT_EQ(none.spans, SpanTable()) << "parts of a rejected span stayed behind";
    EXPECT_EQ(none.rejected, 1U);
    return none.rejectReason;
}

} // namespace

TEST(OtlpJson, takesIdsInAnyCaseAndNothingOfAnotherLength)
{
    EXPECT_EQ(decoded(spanWith("")).spans.traceId[0].toHex(), "5b8efff798038103d269b633813fc60c");
    EXPECT_TRUE(decoded(spanWith(R"("parentSpanId":"")")).spans.parentSpanId[0].isZero());
    EXPECT_TRUE(decoded(spanWith(R"("parentSpanId":null)")).spans.parentSpanId[0].isZero());
    EXPECT_EQ(rejectReason(R"("parentSpanId":"abc")"), "parent span id is not 8 bytes");
    EXPECT_EQ(rejectReason(R"("traceId":"W47/95gDgQPSabYzgT/GDA==")"), "trace id is not 16 bytes");
    EXPECT_EQ(rejectReason(R"("traceId":"00000000000000000000000000000000")"), "trace id is missing or all zero");
    EXPECT_EQ(rejectReason(R"("spanId":"0000000000000000")"), "span id is missing or all zero");
    EXPECT_EQ(rejectReason(R"("spanId":"xee19b7ec3c1b174")"), "span id is not 8 bytes");
}

TEST(OtlpJson, takesIntegersAsNumbersAndAsText)
{
    for (const char* time : {"1544712660000000001", "\"1544712660000000001\""}) {
        const OtlpTraces one = decoded(spanWith(std::string("\"startTimeUnixNano\":") + time));
        EXPECT_EQ(one.spans.startNs.at(0), 1544712660000000001);
    }
    EXPECT_EQ(valueOf(R"({"intValue":"-9223372036854775808"})"), "int:-9223372036854775808");
    EXPECT_EQ(valueOf(R"({"intValue":9223372036854775807})"), "int:9223372036854775807");
    EXPECT_EQ(valueOf(R"({"intValue":3e3})"), "int:3000");
    for (const char* wrong : {"9223372036854775808", "\"9223372036854775808\"", "1.5", "1e300", "\"\"", "\"1x\"",
                              "\" 1\"", "true", "[]", "{}"}) {
        EXPECT_EQ(valueOf(std::string(R"({"intValue":)") + wrong + "}"), "rejected: a field has the wrong type")
            << wrong;
    }
}

TEST(OtlpJson, rejectsTimesThatDoNotFit)
{
    for (const char* time : {"9223372036854775808", "\"18446744073709551615\""}) {
        EXPECT_EQ(rejectReason(std::string("\"startTimeUnixNano\":") + time),
                  "a time is past the year 2262 or negative");
        EXPECT_EQ(rejectReason(std::string(R"("events":[{"timeUnixNano":)") + time + "}]"),
                  "a time is past the year 2262 or negative");
    }
    EXPECT_EQ(rejectReason(R"("endTimeUnixNano":-1)"), "a field has the wrong type");
    EXPECT_EQ(rejectReason(R"("endTimeUnixNano":"99999999999999999999999")"), "a field has the wrong type");
    const OtlpTraces edge = decoded(spanWith(R"("startTimeUnixNano":"9223372036854775807","endTimeUnixNano":0)"));
    EXPECT_EQ(edge.spans.durationNs.at(0), -9223372036854775807) << "a clock that ran backwards is kept as sent";
}

TEST(OtlpJson, takesEnumsAsNumbersAndNames)
{
    for (const char* kind : {"3", "\"3\"", "\"SPAN_KIND_CLIENT\"", "3.0"}) {
        EXPECT_EQ(decoded(spanWith(std::string("\"kind\":") + kind)).spans.kind.at(0), SpanKind::Client) << kind;
    }
    EXPECT_EQ(decoded(spanWith(R"("kind":77)")).spans.kind.at(0), SpanKind::Unspecified);
    EXPECT_EQ(decoded(spanWith(R"("status":{"code":"STATUS_CODE_ERROR","message":"m"})")).spans.status.at(0),
              SpanStatus::Error);
    EXPECT_EQ(decoded(spanWith(R"("status":{"code":2})")).spans.status.at(0), SpanStatus::Error);
    EXPECT_EQ(rejectReason(R"("kind":"CLIENT")"), "a field has the wrong type");
    EXPECT_EQ(rejectReason(R"("kind":{})"), "a field has the wrong type");
}

TEST(OtlpJson, readsEveryKindOfValue)
{
    EXPECT_EQ(valueOf(R"({"stringValue":"a\u00e4\n\"😀"})"), "string:a\xC3\xA4\n\"\xF0\x9F\x98\x80");
    EXPECT_EQ(valueOf(R"({"stringValue":""})"), "string:");
    EXPECT_EQ(valueOf(R"({"boolValue":true})"), "bool:1");
    EXPECT_EQ(valueOf(R"({"doubleValue":0.1})"), "double:0.1");
    EXPECT_EQ(valueOf(R"({"doubleValue":3})"), "double:3.0");
    EXPECT_EQ(valueOf(R"({"doubleValue":"-Infinity"})"), "double:\"-Infinity\"");
    EXPECT_EQ(valueOf(R"({"doubleValue":"NaN"})"), "double:\"NaN\"");
    EXPECT_EQ(valueOf(R"({"doubleValue":"nan"})"), "rejected: a field has the wrong type");
    EXPECT_EQ(valueOf(R"({"bytesValue":"AP-_"})"), "bytes:AP+/") << "URL alphabet becomes the standard one";
    EXPECT_EQ(valueOf(R"({"bytesValue":"YQ"})"), "bytes:YQ==");
    EXPECT_EQ(valueOf(R"({"bytesValue":"*"})"), "rejected: bytes are not base64");
    EXPECT_EQ(valueOf("{}"), "empty:0");
    EXPECT_EQ(valueOf("null"), "empty:0");
    EXPECT_EQ(valueOf(R"({"stringValue":null})"), "empty:0");
    EXPECT_EQ(valueOf(R"({"newKindOfValue":[1,{"a":2}]})"), "empty:0");
    EXPECT_EQ(valueOf(R"({"stringValue":"\ud800"})"), "rejected: a field has the wrong type")
        << "half a surrogate pair";
    EXPECT_EQ(valueOf(R"({"stringValue":5})"), "rejected: a field has the wrong type");
}

TEST(OtlpJson, writesListsAsCanonicalJson)
{
    EXPECT_EQ(valueOf(R"({"arrayValue":{"values":[{"intValue":"1"},{"stringValue":"x\""},{"doubleValue":2},{},
                          {"boolValue":false},{"bytesValue":"YWI"},{"arrayValue":{"values":[]}}]}})"),
              R"(array:[1,"x\"",2.0,null,false,"YWI=",[]])");
    EXPECT_EQ(valueOf(R"({"kvlistValue":{"values":[{"value":{"intValue":1},"key":"late"},{"key":"none"},
                          {"key":"deep","value":{"kvlistValue":{"values":[{"key":"","value":{"arrayValue":{}}}]}}}]}})"),
              R"(kvlist:{"late":1,"none":null,"deep":{"":[]}})");
    EXPECT_EQ(valueOf(R"({"arrayValue":{"values":[{"arrayValue":{"values":[{"intValue":1}]},"intValue":7}]}})"),
              "array:[7]")
        << "the last of several kinds counts";
}

TEST(OtlpJson, capsNesting)
{
    const auto nested = [](int levels) {
        std::string value = R"({"intValue":1})";
        for (int i = 0; i < levels; ++i) {
            value = R"({"arrayValue":{"values":[)" + value + "]}}";
        }
        return value;
    };
    EXPECT_EQ(valueOf(nested(32)), "array:" + std::string(32, '[') + '1' + std::string(32, ']'));
    EXPECT_EQ(valueOf(nested(33)), "rejected: an attribute value nests deeper than 32 levels");
    EXPECT_EQ(valueOf(nested(300)), "rejected: an attribute value nests deeper than 32 levels");
}

TEST(OtlpJson, keysHaveNoOrder)
{
    const std::string late =
        R"({"scopeSpans":[{"schemaUrl":"s","spans":[{"events":[{"attributes":[{"value":{"intValue":2},"key":"e"}],
        "name":"ev"}],"attributes":[{"value":{"stringValue":"v"},"key":"k"}],"name":"late","spanId":"eee19b7ec3c1b174",
        "traceId":"5B8efff798038103d269b633813fc60c"}],"scope":{"version":"2","name":"lib"}}],
        "resource":{"attributes":[{"value":{"stringValue":"web"},"key":"service.name"}]}})";
    const OtlpTraces one = decoded(R"({"resourceSpans":[)" + late + "]}");
    ASSERT_EQ(one.spans.rows(), 1U);
    EXPECT_EQ(one.spans.service(0), "web");
    EXPECT_EQ(one.spans.strings.view(one.spans.scopes.name[0]), "lib");
    EXPECT_EQ(attributeText(one.spans, one.spans.attributes[0], "k"), "string:v");
    EXPECT_EQ(attributeText(one.spans, one.spans.eventRows.attributes[0], "e"), "int:2");
}

TEST(OtlpJson, unknownAndEscapedKeysAreReadAsJsonSays)
{
    const OtlpTraces one = decoded(
        R"({"x":[{"resourceSpans":1}],"resourceSpans":[{"new":{"a":[1]},"scopeSpans":[{"spans":[{"future":{"traceId":5},)"
        + std::string(kIds) + R"(,"n\u0061me":"n"}]}]}]})");
    ASSERT_EQ(one.spans.rows(), 1U);
    EXPECT_EQ(one.spans.strings.view(one.spans.name[0]), "n");
    EXPECT_EQ(one.spans.service(0), "unknown_service");
}

TEST(OtlpJson, duplicateKeysLoseNothingSilently)
{
    const OtlpTraces named = decoded(spanWith(R"("name":"a","name":"b")"));
    EXPECT_EQ(named.spans.strings.view(named.spans.name.at(0)), "b");
    EXPECT_EQ(rejectReason(R"("attributes":[],"attributes":[{"key":"a"}])"), "a list is given twice");
    EXPECT_EQ(rejectReason(R"("events":[{}],"events":[])"), "a list is given twice");
    EXPECT_EQ(rejectReason(R"("links":[],"links":[])"), "a list is given twice");
    const OtlpTraces both = decoded(R"({"resourceSpans":[{"scopeSpans":[{"spans":[{)" + std::string(kIds)
                                    + R"(}],"spans":[{)" + kIds + "}]}]}]}");
    EXPECT_EQ(both.spans.rows(), 2U);
}

TEST(OtlpJson, aBadRecordTakesOnlyItselfAlong)
{
    const std::string good =
        std::string("{") + kIds + R"(,"name":"good","attributes":[{"key":"a","value":{"intValue":1}}]})";
    const std::string bad = std::string("{") + kIds
        + R"(,"attributes":[{"key":"lost","value":{"stringValue":"lost"}}],"links":[{}],"name":5})";
    const OtlpTraces mixed = decoded(bodyOf(bad + ',' + good + ',' + bad + ",null," + good));
    EXPECT_EQ(mixed.spans.rows(), 2U);
    EXPECT_EQ(mixed.rejected, 3U);
    EXPECT_EQ(mixed.rejectReason, "a field has the wrong type");
    EXPECT_EQ(mixed.spans.attributeRows.size(), 2U);
    EXPECT_EQ(mixed.spans.linkRows.size(), 0U);
    StringId lost = 0;
    EXPECT_FALSE(mixed.spans.strings.find("lost", lost));
}

TEST(OtlpJson, aBadResourceTakesItsRecordsAlongAndNoOthers)
{
    const std::string span = std::string("{") + kIds + "}";
    const std::string bad =
        R"({"scopeSpans":[{"spans":[)" + span + ',' + span + R"(]}],"resource":{"attributes":[{"key":7}]}})";
    const std::string good = R"({"scopeSpans":[{"spans":[)" + span + "]}]}";
    const OtlpTraces mixed = decoded(R"({"resourceSpans":[)" + bad + ',' + good + "]}");
    EXPECT_EQ(mixed.spans.rows(), 1U);
    EXPECT_EQ(mixed.rejected, 2U);
    EXPECT_EQ(mixed.spans.resources.size(), 1U);
}

TEST(OtlpJson, malformedBodiesNameThePlaceAndChangeNothing)
{
    const OtlpTraces before = decoded(spanWith(R"("name":"kept")"));
    const char* const bodies[] = {"",
                                  " ",
                                  "nonsense",
                                  "[]",
                                  "5",
                                  "{\"resourceSpans\":{}}",
                                  "{\"resourceSpans\":[{\"scopeSpans\":7}]}",
                                  "{}{}",
                                  "{} x",
                                  "{\"a\"}",
                                  "{\"resourceSpans\":[}",
                                  "{\"x\":\"\xff\"}",
                                  "\xEF\xBB\xBF{}x"};
    for (const char* body : bodies) {
        OtlpTraces into = before;
        const Result<void> result = decodeOtlpTraces(body, OtlpEncoding::Json, into);
        ASSERT_FALSE(result.ok()) << body;
        EXPECT_EQ(result.error().code, ErrorCode::Malformed);
        EXPECT_NE(result.error().what.find("byte"), std::string::npos) << result.error().what;
        EXPECT_EQ(into.spans, before.spans);
    }
}

TEST(OtlpJson, everyTruncationIsMalformedAndChangesNothing)
{
    const SpanTable table = arbitrarySpans(77, 4);
    const std::string body = encodeOtlpTraces(table, allRows(table.rows()), OtlpEncoding::Json);
    OtlpTraces before;
    ASSERT_TRUE(decodeOtlpTraces(body, OtlpEncoding::Json, before).ok());
    for (std::size_t size = 0; size < body.size(); ++size) {
        OtlpTraces into = before;
        ASSERT_FALSE(decodeOtlpTraces(body.substr(0, size), OtlpEncoding::Json, into).ok()) << "cut at " << size;
        ASSERT_EQ(into.spans, before.spans) << "cut at " << size;
        ASSERT_EQ(into.rejected, 0U);
    }
}
