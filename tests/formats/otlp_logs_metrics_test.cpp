// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_decode.h"
#include "formats/otlp_encode.h"
#include "tests/formats/otlp_table_text.h"
#include "tests/formats/protobuf_bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace tracedeck;
using namespace tracedeck::test;

namespace {

OtlpLogs jsonLogs(const std::string& records)
{
    const std::string body = R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[)" + records + "]}]}]}";
    const Result<OtlpLogs> logs = decodeOtlpLogs(body, OtlpEncoding::Json);
    EXPECT_TRUE(logs.ok()) << body;
    return logs.ok() ? logs.value() : OtlpLogs();
}

std::string bodyText(const std::string& anyValue)
{
    const OtlpLogs one = jsonLogs(R"({"body":)" + anyValue + "}");
    return one.logs.rows() == 1 ? std::string(one.logs.strings.view(one.logs.body[0]))
                                : "rejected: " + one.rejectReason;
}

std::string metric(unsigned kindField, std::size_t points)
{
    std::string data;
    for (std::size_t i = 0; i < points; ++i) {
        data += bytesField(1, fixed64Field(3, i));
    }
    return bytesField(2, bytesField(1, "name") + bytesField(kindField, data + varintField(2, 1)));
}

std::uint64_t protobufPoints(const std::string& metrics)
{
    const std::string body = bytesField(1, bytesField(1, "resource") + bytesField(2, bytesField(1, "scope") + metrics));
    const auto points = countOtlpMetricPoints(body, OtlpEncoding::Protobuf);
    EXPECT_TRUE(points.ok());
    return points.ok() ? points.value() : 0;
}

std::uint64_t jsonPoints(const std::string& metrics)
{
    const auto points = countOtlpMetricPoints(
        R"({"resourceMetrics":[{"resource":{},"scopeMetrics":[{"scope":{},"metrics":[)" + metrics + "]}]}]}",
        OtlpEncoding::Json);
    EXPECT_TRUE(points.ok());
    return points.ok() ? points.value() : 0;
}

} // namespace

TEST(OtlpJsonLogs, everyFieldIsRead)
{
    const OtlpLogs one = jsonLogs(R"({"timeUnixNano":"10","observedTimeUnixNano":20,"severityNumber":17,
        "severityText":"ERROR","eventName":"ev","body":{"stringValue":"text"},
        "traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","flags":1,
        "attributes":[{"key":"a","value":{"boolValue":true}}],"droppedAttributesCount":3})");
    ASSERT_EQ(one.logs.rows(), 1U);
    EXPECT_EQ(describeLog(one.logs, 0),
              "10/20 5b8efff798038103d269b633813fc60c/eee19b7ec3c1b174 severity=17\"ERROR\" body=\"text\" event=\"ev\" "
              "flags=1 dropped=3 {a=bool:1;} resource=\"unknown_service\"\"\"{}0 scope=\"\"\"\"\"\"{}0");
}

TEST(OtlpJsonLogs, severitiesAreNumbersOrNames)
{
    const std::pair<const char*, int> cases[] = {{"0", 0},
                                                 {"1", 1},
                                                 {"24", 24},
                                                 {"25", 0},
                                                 {"1000000", 0},
                                                 {"\"9\"", 9},
                                                 {"\"SEVERITY_NUMBER_UNSPECIFIED\"", 0},
                                                 {"\"SEVERITY_NUMBER_TRACE\"", 1},
                                                 {"\"SEVERITY_NUMBER_DEBUG\"", 5},
                                                 {"\"SEVERITY_NUMBER_INFO\"", 9},
                                                 {"\"SEVERITY_NUMBER_INFO4\"", 12},
                                                 {"\"SEVERITY_NUMBER_WARN\"", 13},
                                                 {"\"SEVERITY_NUMBER_ERROR\"", 17},
                                                 {"\"SEVERITY_NUMBER_FATAL\"", 21},
                                                 {"\"SEVERITY_NUMBER_FATAL4\"", 24}};
    for (const auto& [text, number] : cases) {
        const OtlpLogs one = jsonLogs(std::string(R"({"severityNumber":)") + text + "}");
        ASSERT_EQ(one.logs.rows(), 1U) << text;
        EXPECT_EQ(one.logs.severity[0], number) << text;
    }
    EXPECT_EQ(jsonLogs(R"({"severityNumber":"ERROR"})").rejected, 1U);
}

TEST(OtlpJsonLogs, structuredBodiesAreTheirCanonicalText)
{
    EXPECT_EQ(bodyText(R"({"stringValue":"plain \"text\""})"), "plain \"text\"");
    EXPECT_EQ(bodyText(R"({"stringValue":""})"), "");
    EXPECT_EQ(bodyText(R"({"intValue":"42"})"), "42");
    EXPECT_EQ(bodyText(R"({"doubleValue":2})"), "2.0");
    EXPECT_EQ(bodyText(R"({"boolValue":false})"), "false");
    EXPECT_EQ(bodyText(R"({"bytesValue":"YWI"})"), "YWI=");
    EXPECT_EQ(bodyText(R"({"bytesValue":""})"), "");
    EXPECT_EQ(bodyText(R"({"arrayValue":{}})"), "[]");
    EXPECT_EQ(bodyText(R"({"kvlistValue":{"values":[{"key":"a","value":{"intValue":1}}]}})"), R"({"a":1})");
    EXPECT_EQ(bodyText("{}"), "");
    EXPECT_EQ(bodyText("null"), "");
    EXPECT_EQ(bodyText(R"({"intValue":"x"})"), "rejected: a field has the wrong type");
}

TEST(OtlpJsonLogs, aBadRecordTakesOnlyItselfAlong)
{
    const OtlpLogs mixed = jsonLogs(R"({"body":{"stringValue":"good"}},{"traceId":"short"},{"spanId":"short"},
        {"timeUnixNano":"9223372036854775808"},{"observedTimeUnixNano":-1},{"attributes":[],"attributes":[]},
        {"body":{"stringValue":"also good"}})");
    EXPECT_EQ(mixed.logs.rows(), 2U);
    EXPECT_EQ(mixed.rejected, 5U);
    EXPECT_EQ(mixed.rejectReason, "trace id is not 16 bytes");
    StringId good = 0;
    EXPECT_TRUE(mixed.logs.strings.find("also good", good));
}

TEST(OtlpLogs, malformedBodiesAreRefusedInBothEncodings)
{
    for (const char* body :
         {"", "[]", "{\"resourceLogs\":5}", "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":{}}]}]}",
          "{\"resourceLogs\":[", "{}{}"}) {
        const auto logs = decodeOtlpLogs(body, OtlpEncoding::Json);
        ASSERT_FALSE(logs.ok()) << body;
        EXPECT_EQ(logs.error().code, ErrorCode::Malformed);
    }
    const std::string whole = encodeOtlpLogs(arbitraryLogs(3, 5), OtlpEncoding::Protobuf);
    std::size_t refused = 0;
    for (std::size_t size = 1; size < whole.size(); ++size) {
        const auto logs = decodeOtlpLogs(std::string_view(whole).substr(0, size), OtlpEncoding::Protobuf);
        refused += logs.ok() ? 0 : 1;
    }
    EXPECT_GE(refused, whole.size() - 7) << "only the ends of whole resource groups are messages";
}

TEST(OtlpLogs, aLogOfATraceWithWrongIdsIsRejectedInBothEncodings)
{
    const std::string badTrace = bytesField(1, bytesField(2, bytesField(2, bytesField(9, "short"))));
    const std::string badSpan = bytesField(1, bytesField(2, bytesField(2, bytesField(10, std::string(16, 'x')))));
    for (const auto& [body, reason] : {std::pair<std::string, const char*>{badTrace, "trace id is not 16 bytes"},
                                       {badSpan, "span id is not 8 bytes"}}) {
        const auto logs = decodeOtlpLogs(body, OtlpEncoding::Protobuf);
        ASSERT_TRUE(logs.ok());
        EXPECT_EQ(logs->rejected, 1U);
        EXPECT_EQ(logs->rejectReason, reason);
        EXPECT_EQ(logs->logs, LogTable()) << "nothing of it stays behind";
    }
}

TEST(OtlpMetrics, pointsOfEveryKindCount)
{
    for (const unsigned kind : {5U, 7U, 9U, 10U, 11U}) {
        EXPECT_EQ(protobufPoints(metric(kind, 3)), 3U) << kind;
    }
    EXPECT_EQ(protobufPoints(metric(6, 3)), 0U) << "an unknown kind";
    EXPECT_EQ(protobufPoints(metric(5, 0)), 0U);
    EXPECT_EQ(protobufPoints(metric(5, 2) + metric(7, 4) + metric(11, 1)), 7U);
    for (const char* kind : {"gauge", "sum", "histogram", "exponentialHistogram", "summary"}) {
        EXPECT_EQ(
            jsonPoints(std::string("{\"name\":\"m\",\"") + kind + R"(":{"dataPoints":[{"asInt":"1"},{},{"x":[1]}]}})"),
            3U)
            << kind;
    }
    EXPECT_EQ(jsonPoints(R"({"future":{"dataPoints":[1,2]}},{"sum":{"dataPoints":[{}],"isMonotonic":true}})"), 1U);
    EXPECT_EQ(jsonPoints(R"({"gauge":null},{"gauge":{"dataPoints":null}},null)"), 0U);
}

TEST(OtlpMetrics, malformedBodiesAreRefused)
{
    for (const char* body :
         {"", "5", "[]", "{\"resourceMetrics\":{}}", "{\"resourceMetrics\":[5]}",
          "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"sum\":{\"dataPoints\":5}}]}]}]}",
          "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"sum\":"}) {
        const auto points = countOtlpMetricPoints(body, OtlpEncoding::Json);
        ASSERT_FALSE(points.ok()) << body;
        EXPECT_EQ(points.error().code, ErrorCode::Malformed);
    }
    const std::string whole = bytesField(1, bytesField(2, metric(5, 3)));
    for (std::size_t size = 1; size < whole.size(); ++size) {
        EXPECT_FALSE(countOtlpMetricPoints(std::string_view(whole).substr(0, size), OtlpEncoding::Protobuf).ok());
    }
}
