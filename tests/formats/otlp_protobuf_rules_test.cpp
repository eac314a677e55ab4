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

std::string ids()
{
    return bytesField(1, std::string(16, '\1')) + bytesField(2, std::string(7, '\0') + '\7');
}

std::string bodyOf(const std::string& span, const std::string& resource = {})
{
    return bytesField(1, resource + bytesField(2, bytesField(2, span)));
}

std::string attribute(const std::string& anyValue)
{
    return bytesField(9, bytesField(1, "k") + bytesField(2, anyValue));
}

OtlpTraces decoded(const std::string& body)
{
    OtlpTraces out;
    EXPECT_TRUE(decodeOtlpTraces(body, OtlpEncoding::Protobuf, out).ok());
    return out;
}

std::string rejectReason(const std::string& span)
{
    const OtlpTraces none = decoded(bodyOf(span));
    EXPECT_EQ(none.spans, SpanTable()) << "parts of a rejected span stayed behind";
    EXPECT_EQ(none.rejected, 1U);
    return none.rejectReason;
}

std::string valueOf(const std::string& anyValue)
{
    const OtlpTraces one = decoded(bodyOf(ids() + attribute(anyValue)));
    return one.spans.rows() == 1 ? attributeText(one.spans, one.spans.attributes[0], "k")
                                 : "rejected: " + one.rejectReason;
}

} // namespace

TEST(OtlpProtobuf, rejectsIdsOfWrongSizeOrZero)
{
    EXPECT_EQ(decoded(bodyOf(ids())).spans.spanId.at(0).value, 7U);
    const std::string span = bytesField(2, std::string(8, '\1'));
    EXPECT_EQ(rejectReason(bytesField(1, std::string(15, '\1')) + span), "trace id is not 16 bytes");
    EXPECT_EQ(rejectReason(bytesField(1, std::string(16, '\0')) + span), "trace id is missing or all zero");
    EXPECT_EQ(rejectReason(span), "trace id is missing or all zero");
    EXPECT_EQ(rejectReason(bytesField(1, std::string(16, '\1'))), "span id is missing or all zero");
    EXPECT_EQ(rejectReason(ids() + bytesField(4, "short")), "parent span id is not 8 bytes");
    EXPECT_EQ(rejectReason(ids() + bytesField(13, bytesField(1, "x"))), "trace id is not 16 bytes");
    EXPECT_TRUE(decoded(bodyOf(ids() + bytesField(4, std::string(8, '\0')))).spans.parentSpanId.at(0).isZero());
}

TEST(OtlpProtobuf, aScopeMayStandBehindItsSpansAndInParts)
{
    const auto span = bytesField(2, ids() + bytesField(5, "op") + attribute(bytesField(1, "v")));
    const auto named = bytesField(1, bytesField(1, "lib") + bytesField(3, bytesField(1, "a")));
    const auto more = bytesField(1, bytesField(2, "2.0") + bytesField(3, bytesField(1, "b")));
    const auto schema = bytesField(3, "https://schema");
    for (const std::string& group : {named + more + span + span + schema, named + span + schema + more + span,
                                     span + schema + span + named + more, schema + named + more + span + span}) {
        const SpanTable spans = decoded(bytesField(1, bytesField(2, group))).spans;
        ASSERT_EQ(spans.rows(), 2U);
        ASSERT_EQ(spans.scopes.size(), 1U);
        EXPECT_EQ(spans.strings.view(spans.scopes.name[0]), "lib");
        EXPECT_EQ(spans.strings.view(spans.scopes.version[0]), "2.0");
        EXPECT_EQ(spans.strings.view(spans.scopes.schemaUrl[0]), "https://schema");
        EXPECT_EQ(spans.scopes.attributes[0].size(), 2U) << "attributes of one scope stand together";
        EXPECT_EQ(spans.attributeRows.size(), 4U) << "nothing of a second try stays behind";
        EXPECT_EQ(attributeText(spans, spans.attributes[1], "k"), "string:v");
    }
}

TEST(OtlpProtobuf, aBadScopeRejectsItsSpansWhereverItStands)
{
    const auto span = bytesField(2, ids() + bytesField(5, "only here"));
    const auto broken = bytesField(2, bytesField(1, "x"));
    for (const std::string& bad :
         {bytesField(3, "\xff"), bytesField(1, bytesField(1, "\xff")),
          bytesField(1, bytesField(3, bytesField(1, "\xff"))), bytesField(1, bytesField(2, "\xff"))}) {
        for (const std::string& group : {bad + span + broken, span + bad + broken, span + broken + bad}) {
            const auto good = bytesField(2, bytesField(2, ids()));
            const OtlpTraces read = decoded(bytesField(1, bytesField(2, group) + good));
            EXPECT_EQ(read.spans.rows(), 1U) << "the scope beside it is kept";
            EXPECT_EQ(read.rejected, 2U) << "each span once";
            EXPECT_EQ(read.rejectReason, "text is not valid UTF-8");
            StringId found = 0;
            EXPECT_FALSE(read.spans.strings.find("only here", found));
        }
    }
}

TEST(OtlpProtobuf, rejectsTimesThatDoNotFit)
{
    const std::uint64_t late = std::uint64_t{1} << 63U;
    EXPECT_EQ(rejectReason(ids() + fixed64Field(7, late)), "a time is past the year 2262 or negative");
    EXPECT_EQ(rejectReason(ids() + fixed64Field(8, late)), "a time is past the year 2262 or negative");
    EXPECT_EQ(rejectReason(ids() + bytesField(11, fixed64Field(1, late))), "a time is past the year 2262 or negative");
    EXPECT_EQ(decoded(bodyOf(ids() + fixed64Field(7, late - 1))).spans.durationNs.at(0), -9223372036854775807);
}

TEST(OtlpProtobuf, rejectsTextThatIsNotUtf8WhereverItStands)
{
    const std::string bad = "bad\xff";
    for (const std::string& part :
         {bytesField(5, bad), bytesField(3, bad), bytesField(15, bytesField(2, bad)), bytesField(9, bytesField(1, bad)),
          attribute(bytesField(1, bad)), attribute(bytesField(5, bytesField(1, bytesField(1, bad)))),
          attribute(bytesField(6, bytesField(1, bytesField(1, bad)))), bytesField(11, bytesField(2, bad)),
          bytesField(11, bytesField(3, bytesField(1, bad))), bytesField(13, bytesField(3, bad)),
          bytesField(13, bytesField(4, bytesField(1, bad)))}) {
        EXPECT_EQ(rejectReason(ids() + part), "text is not valid UTF-8");
    }
    for (const char* text : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80"}) {
        EXPECT_EQ(rejectReason(ids() + bytesField(5, text)), "text is not valid UTF-8");
    }
    for (const std::string& part : {bytesField(1, bytesField(1, bytesField(1, bad))), bytesField(3, bad)}) {
        const OtlpTraces none = decoded(bodyOf(ids(), part));
        EXPECT_EQ(none.rejected, 1U);
        EXPECT_EQ(none.spans, SpanTable());
    }
}

TEST(OtlpProtobuf, bytesMayBeAnything)
{
    EXPECT_EQ(valueOf(bytesField(7, "\xff\xfe")), "bytes://4=");
    EXPECT_EQ(valueOf(bytesField(5, bytesField(1, bytesField(7, "\xff")))), "array:[\"/w==\"]");
}

TEST(OtlpProtobuf, readsEveryKindOfValue)
{
    EXPECT_EQ(valueOf(bytesField(1, "x")), "string:x");
    EXPECT_EQ(valueOf(bytesField(1, "")), "string:");
    EXPECT_EQ(valueOf(varintField(2, 1)), "bool:1");
    EXPECT_EQ(valueOf(varintField(3, static_cast<std::uint64_t>(-5))), "int:-5");
    EXPECT_EQ(valueOf(fixed64Field(4, 0x3FF8000000000000ULL)), "double:1.5");
    EXPECT_EQ(valueOf(""), "empty:0");
    EXPECT_EQ(valueOf(bytesField(5, "")), "array:[]");
    EXPECT_EQ(valueOf(bytesField(6, bytesField(1, bytesField(1, "a")))), "kvlist:{\"a\":null}");
    EXPECT_EQ(valueOf(bytesField(1, "first") + varintField(3, 2)), "int:2") << "the last member of a oneof counts";
}

TEST(OtlpProtobuf, capsNesting)
{
    const auto nested = [](int levels) {
        std::string value = varintField(3, 1);
        for (int i = 0; i < levels; ++i) {
            value = bytesField(5, bytesField(1, value));
        }
        return value;
    };
    EXPECT_EQ(valueOf(nested(32)), "array:" + std::string(32, '[') + '1' + std::string(32, ']'));
    EXPECT_EQ(valueOf(nested(33)), "rejected: an attribute value nests deeper than 32 levels");
    EXPECT_EQ(valueOf(nested(2'000)), "rejected: an attribute value nests deeper than 32 levels");
}

TEST(OtlpProtobuf, skipsUnknownFieldsAndKnownOnesOfAnotherWireType)
{
    const std::string odd = varintField(1, 5) + fixed64Field(5, 5) + varintField(7, 5) + varintField(16, 5)
        + fixed32Field(9, 5) + bytesField(99, "future") + varintField(4000, 1) + fixed32Field(16, 0x301);
    const SpanTable one = decoded(bodyOf(odd + ids() + varintField(1, 5))).spans;
    ASSERT_EQ(one.rows(), 1U);
    EXPECT_EQ(one.name[0], 0U);
    EXPECT_EQ(one.startNs[0], 0);
    EXPECT_EQ(one.flags[0], 0x301U);
}

TEST(OtlpProtobuf, listsMayBeInterleavedAndTheResourceMayComeLast)
{
    const std::string event = bytesField(11, bytesField(2, "ev") + bytesField(3, bytesField(1, "in-event")));
    const std::string body = bytesField(
        1,
        bytesField(2,
                   bytesField(2, attribute(varintField(3, 1)) + event + attribute(varintField(3, 2)) + event + ids()))
            + bytesField(1, bytesField(1, bytesField(1, "service.name") + bytesField(2, bytesField(1, "late")))));
    const SpanTable one = decoded(body).spans;
    ASSERT_EQ(one.rows(), 1U);
    EXPECT_EQ(one.service(0), "late");
    EXPECT_EQ(one.attributes[0].size(), 2U);
    EXPECT_EQ(one.events[0].size(), 2U);
    EXPECT_EQ(attributeText(one, one.eventRows.attributes[1], "in-event"), "empty:0");
}

TEST(OtlpProtobuf, unknownEnumNumbersAreUnspecified)
{
    const SpanTable one = decoded(bodyOf(ids() + varintField(6, 600) + bytesField(15, varintField(3, 9)))).spans;
    EXPECT_EQ(one.kind.at(0), SpanKind::Unspecified);
    EXPECT_EQ(one.status.at(0), SpanStatus::Unset);
}

TEST(OtlpProtobuf, everyTruncationIsMalformedOrAShorterBodyAndNeverChangesTheTable)
{
    const SpanTable table = arbitrarySpans(99, 6);
    const std::string body = encodeOtlpTraces(table, allRows(table.rows()), OtlpEncoding::Protobuf);
    OtlpTraces before;
    ASSERT_TRUE(decodeOtlpTraces(body, OtlpEncoding::Protobuf, before).ok());
    std::size_t accepted = 0;
    for (std::size_t size = 0; size < body.size(); ++size) {
        OtlpTraces into = before;
        const Result<void> result =
            decodeOtlpTraces(std::string_view(body).substr(0, size), OtlpEncoding::Protobuf, into);
        accepted += result.ok() ? 1 : 0; // cut exactly between two resources
        if (!result.ok()) {
            ASSERT_EQ(result.error().code, ErrorCode::Malformed);
            ASSERT_EQ(into.spans, before.spans) << "cut at " << size;
        }
    }
    EXPECT_LE(accepted, table.resources.size());
}

TEST(OtlpProtobuf, randomBytesNeverDoHarm)
{
    EXPECT_TRUE(rc::check("random bytes", [](const std::string& bytes) {
        for (const OtlpEncoding encoding : {OtlpEncoding::Protobuf, OtlpEncoding::Json}) {
            OtlpTraces into;
            if (!decodeOtlpTraces(bytes, encoding, into).ok()) {
                RC_ASSERT(into.spans == SpanTable());
            }
            (void)decodeOtlpLogs(bytes, encoding).ok();
            (void)countOtlpMetricPoints(bytes, encoding).ok();
        }
    }));
}

TEST(OtlpProtobuf, logsKeepStructuredBodiesAsText)
{
    const auto bodyText = [](const std::string& anyValue) {
        const auto logs = decodeOtlpLogs(bytesField(1, bytesField(2, bytesField(2, bytesField(5, anyValue)))),
                                         OtlpEncoding::Protobuf);
        return logs->logs.rows() == 1 ? std::string(logs->logs.strings.view(logs->logs.body[0])) : logs->rejectReason;
    };
    EXPECT_EQ(bodyText(bytesField(1, "plain \"text\"")), "plain \"text\"");
    EXPECT_EQ(bodyText(varintField(3, 42)), "42");
    EXPECT_EQ(bodyText(bytesField(6, bytesField(1, bytesField(1, "a") + bytesField(2, varintField(2, 1))))),
              "{\"a\":true}");
    EXPECT_EQ(bodyText(bytesField(7, "ab")), "YWI=");
    EXPECT_EQ(bodyText(bytesField(1, "\xff")), "text is not valid UTF-8");
    EXPECT_EQ(bodyText(""), "");
}

TEST(OtlpResponses, successPartialSuccessAndStatus)
{
    EXPECT_EQ(encodeExportResponse(OtlpEncoding::Json, "rejectedSpans", 0, ""), "{}");
    EXPECT_EQ(encodeExportResponse(OtlpEncoding::Protobuf, "rejectedSpans", 0, ""), "");
    EXPECT_EQ(encodeExportResponse(OtlpEncoding::Json, "rejectedSpans", 3, "span id \"0\""),
              R"({"partialSuccess":{"rejectedSpans":"3","errorMessage":"span id \"0\""}})");
    EXPECT_EQ(encodeExportResponse(OtlpEncoding::Protobuf, "rejectedSpans", 3, "m"),
              bytesField(1, varintField(1, 3) + bytesField(2, "m")));
    EXPECT_EQ(encodeRpcStatus(OtlpEncoding::Json, 3, "bad"), R"({"code":3,"message":"bad"})");
    EXPECT_EQ(encodeRpcStatus(OtlpEncoding::Protobuf, 3, "bad"), varintField(1, 3) + bytesField(2, "bad"));
}
