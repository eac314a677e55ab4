// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_decode.h"
#include "tests/formats/otlp_table_text.h"
#include "tests/support/fixture_files.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace tracedeck;
using namespace tracedeck::test;

namespace {

using Json = nlohmann::json;

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

std::string digitsOf(const Json& number)
{
    return number.is_string() ? number.get<std::string>() : number.dump();
}

std::string wantedValue(const Json& value)
{
    if (value.contains("stringValue")) {
        return "string:" + value["stringValue"].get<std::string>();
    }
    if (value.contains("intValue")) {
        return "int:" + digitsOf(value["intValue"]);
    }
    if (value.contains("boolValue")) {
        return std::string("bool:") + (value["boolValue"].get<bool>() ? "1" : "0");
    }
    return {};
}

void expectAttributes(const SpanTable& t, IndexRange range, const Json& owner)
{
    const Json wanted = owner.value("attributes", Json::array());
    ASSERT_EQ(range.size(), wanted.size());
    for (const Json& attribute : wanted) {
        const std::string value = wantedValue(attribute.value("value", Json::object()));
        if (!value.empty()) {
            EXPECT_EQ(attributeText(t, range, attribute["key"].get<std::string>()), value);
        }
    }
}

/// Compares a row with the same span as an ordinary JSON library reads it.
void expectSpan(const SpanTable& t, std::size_t row, const Json& span, const Json& resource)
{
    EXPECT_EQ(t.traceId[row].toHex(), lower(span.at("traceId")));
    EXPECT_EQ(t.spanId[row].toHex(), lower(span.at("spanId")));
    const std::string parent = lower(span.value("parentSpanId", ""));
    EXPECT_EQ(t.parentSpanId[row].isZero() ? "" : t.parentSpanId[row].toHex(), parent);
    EXPECT_EQ(t.strings.view(t.name[row]), span.value("name", ""));
    EXPECT_EQ(static_cast<int>(t.kind[row]), span.value("kind", 0));
    EXPECT_EQ(std::to_string(t.startNs[row]), digitsOf(span.at("startTimeUnixNano")));
    EXPECT_EQ(std::to_string(t.startNs[row] + t.durationNs[row]), digitsOf(span.at("endTimeUnixNano")));
    EXPECT_EQ(static_cast<int>(t.status[row]), span.value("status", Json::object()).value("code", 0));
    EXPECT_EQ(t.flags[row], span.value("flags", 0U));
    expectAttributes(t, t.attributes[row], span);
    expectAttributes(t, t.resources.attributes[t.resource[row]], resource);
    const Json events = span.value("events", Json::array());
    ASSERT_EQ(t.events[row].size(), events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::size_t at = t.events[row].begin + i;
        EXPECT_EQ(t.strings.view(t.eventRows.name[at]), events[i].value("name", ""));
        EXPECT_EQ(std::to_string(t.eventRows.timeNs[at]), digitsOf(events[i].at("timeUnixNano")));
        expectAttributes(t, t.eventRows.attributes[at], events[i]);
    }
    const Json links = span.value("links", Json::array());
    ASSERT_EQ(t.links[row].size(), links.size());
    for (std::size_t i = 0; i < links.size(); ++i) {
        EXPECT_EQ(t.linkRows.traceId[t.links[row].begin + i].toHex(), lower(links[i].at("traceId")));
    }
}

/// Decodes one envelope and compares all of it; answers how many spans it had.
std::size_t expectSameAsPlainJson(const std::string& body)
{
    OtlpTraces decoded;
    const Result<void> result = decodeOtlpTraces(body, OtlpEncoding::Json, decoded);
    EXPECT_TRUE(result.ok());
    EXPECT_EQ(decoded.rejected, 0U) << decoded.rejectReason;
    std::size_t row = 0;
    const Json tree = Json::parse(body);
    for (const Json& group : tree.value("resourceSpans", Json::array())) {
        for (const Json& scope : group.value("scopeSpans", Json::array())) {
            for (const Json& span : scope.value("spans", Json::array())) {
                if (row < decoded.spans.rows()) {
                    expectSpan(decoded.spans, row, span, group.value("resource", Json::object()));
                }
                ++row;
            }
        }
    }
    EXPECT_EQ(decoded.spans.rows(), row);
    return row;
}

std::string bodyPath(int number, std::string_view signal, std::string_view ending)
{
    std::string digits = std::to_string(number);
    digits.insert(0, 5 - digits.size(), '0');
    return "traces/otlp-sdk-bodies/" + digits + '-' + std::string(signal) + '.' + std::string(ending);
}

} // namespace

TEST(OtlpFixtures, filesOfOtherProgramsReadAsAnOrdinaryJsonLibraryReadsThem)
{
    TRACEDECK_NEEDS_FIXTURES();
    EXPECT_EQ(expectSameAsPlainJson(readFixture("traces/otlp/jaeger--otel_traces_01.json")), 4U);
    EXPECT_EQ(expectSameAsPlainJson(readFixture("traces/otlp/jaeger-ui--otlp2jaeger-in-error.json")), 1U);
    EXPECT_EQ(expectSameAsPlainJson(readFixture("traces/otlp/opentelemetry-proto--trace.json")), 1U);
    std::istringstream lines(readFixture("traces/otlp/otel-tui--test_data.json"));
    std::size_t spans = 0;
    std::size_t logs = 0;
    std::uint64_t points = 0;
    for (std::string line; std::getline(lines, line);) {
        spans += line.find("\"resourceSpans\"") != std::string::npos ? expectSameAsPlainJson(line) : 0;
        logs += decodeOtlpLogs(line, OtlpEncoding::Json)->logs.rows();
        points += countOtlpMetricPoints(line, OtlpEncoding::Json).value();
    }
    EXPECT_EQ(spans, 547U);
    EXPECT_EQ(logs, 23U);
    EXPECT_EQ(points, 4551U);
}

TEST(OtlpFixtures, logsOfTheProtocolExamplesKeepBodySeverityAndOwner)
{
    TRACEDECK_NEEDS_FIXTURES();
    const LogTable logs =
        decodeOtlpLogs(readFixture("traces/otlp/opentelemetry-proto--logs.json"), OtlpEncoding::Json)->logs;
    ASSERT_EQ(logs.rows(), 1U);
    EXPECT_EQ(logs.strings.view(logs.body[0]), "Example log record");
    EXPECT_EQ(logs.strings.view(logs.severityText[0]), "Information");
    EXPECT_EQ(logs.strings.view(logs.resources.serviceName[logs.resource[0]]), "my.service");
    EXPECT_EQ(logs.traceId[0].toHex(), "5b8efff798038103d269b633813fc60c");
    const LogTable events =
        decodeOtlpLogs(readFixture("traces/otlp/opentelemetry-proto--events.json"), OtlpEncoding::Json)->logs;
    ASSERT_EQ(events.rows(), 1U);
    EXPECT_EQ(events.strings.view(events.eventName[0]), "browser.page_view");
}

TEST(OtlpFixtures, sdkBodiesGiveTheSameRowsInBothEncodings)
{
    TRACEDECK_NEEDS_FIXTURES();
    for (const int number : {1, 4, 7}) {
        OtlpTraces json;
        OtlpTraces protobuf;
        ASSERT_TRUE(decodeOtlpTraces(readFixture(bodyPath(number, "spans", "json")), OtlpEncoding::Json, json).ok());
        ASSERT_TRUE(
            decodeOtlpTraces(readFixture(bodyPath(number + 12, "spans", "pb")), OtlpEncoding::Protobuf, protobuf).ok());
        EXPECT_EQ(describeSpans(json.spans), describeSpans(protobuf.spans));
        const auto jsonLogs = decodeOtlpLogs(readFixture(bodyPath(number + 1, "logs", "json")), OtlpEncoding::Json);
        const auto protobufLogs =
            decodeOtlpLogs(readFixture(bodyPath(number + 13, "logs", "pb")), OtlpEncoding::Protobuf);
        EXPECT_GT(jsonLogs->logs.rows(), 0U);
        EXPECT_EQ(describeLogs(jsonLogs->logs), describeLogs(protobufLogs->logs));
    }
    for (const int number : {3, 6, 9, 10, 11, 12}) {
        const auto json = countOtlpMetricPoints(readFixture(bodyPath(number, "metrics", "json")), OtlpEncoding::Json);
        const auto protobuf =
            countOtlpMetricPoints(readFixture(bodyPath(number + 12, "metrics", "pb")), OtlpEncoding::Protobuf);
        EXPECT_GT(json.value(), 0U);
        EXPECT_EQ(json.value(), protobuf.value());
    }
}

TEST(OtlpFixtures, sdkBodiesAreWhatTheirSenderSaysItSent)
{
    TRACEDECK_NEEDS_FIXTURES();
    const Json manifest = Json::parse(readFixture("traces/otlp-sdk-bodies/manifest.json"));
    for (const bool asJson : {true, false}) {
        OtlpTraces all;
        for (const int number : {1, 4, 7}) {
            const std::string body =
                readFixture(bodyPath(asJson ? number : number + 12, "spans", asJson ? "json" : "pb"));
            ASSERT_TRUE(decodeOtlpTraces(body, asJson ? OtlpEncoding::Json : OtlpEncoding::Protobuf, all).ok());
        }
        const SpanTable& t = all.spans;
        EXPECT_EQ(t.rows(), manifest["totals"]["spans"].get<std::size_t>());
        EXPECT_EQ(t.eventRows.size(), manifest["totals"]["events"].get<std::size_t>());
        EXPECT_EQ(t.linkRows.size(), manifest["totals"]["links"].get<std::size_t>());
        std::size_t found = 0;
        for (const Json& trace : manifest["traces"]) {
            for (const Json& span : trace["spans"]) {
                const SpanId id = *SpanId::fromHex(span["spanId"].get<std::string>());
                const auto row =
                    static_cast<std::size_t>(std::find(t.spanId.begin(), t.spanId.end(), id) - t.spanId.begin());
                ASSERT_LT(row, t.rows());
                ++found;
                EXPECT_EQ(t.traceId[row].toHex(), trace["traceId"]);
                EXPECT_EQ(t.parentSpanId[row].isZero() ? "" : t.parentSpanId[row].toHex(), span["parentSpanId"]);
                EXPECT_EQ(t.service(row), span["service"]);
                EXPECT_EQ(t.strings.view(t.name[row]), span["name"]);
                // The SDK counts kinds from internal = 0, the wire from unspecified = 0.
                EXPECT_EQ(static_cast<int>(t.kind[row]), span["kind"].get<int>() + 1);
                EXPECT_EQ(std::to_string(t.startNs[row]), span["startTimeUnixNano"]);
                EXPECT_EQ(std::to_string(t.startNs[row] + t.durationNs[row]), span["endTimeUnixNano"]);
                EXPECT_EQ(t.status[row] == SpanStatus::Error, span["error"].get<bool>());
            }
        }
        EXPECT_EQ(found, t.rows());
    }
}
