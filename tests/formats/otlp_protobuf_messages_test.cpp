// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_protobuf_messages.h"

#include "tests/formats/protobuf_bytes.h"

#include <algorithm>
#include <deque>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck.h>

using namespace tracedeck;
using test::bytesField;
using test::fixed32Field;
using test::fixed64Field;
using test::varint;
using test::varintField;

namespace {

const std::string kTrace(16, '\x11');
const std::string kSpan = std::string(7, '\0') + '\x22';

/// Keeps a message alive as long as the views that a reader makes into it.
std::string_view kept(std::string message)
{
    static std::deque<std::string> messages;
    return messages.emplace_back(std::move(message));
}

std::string jsonOf(const std::string& anyValue)
{
    std::string out;
    const std::string_view why = appendValueJson(out, readAnyValue(anyValue));
    return why.empty() ? out : std::string(why);
}

std::string entry(const std::string& key, const std::string& anyValue)
{
    return bytesField(1, bytesField(1, key) + bytesField(2, anyValue));
}

} // namespace

TEST(ProtobufSpan, everyFieldHasTheNumberOfTheProtocol)
{
    SpanFields span;
    ProtobufLists lists;
    const std::string_view why =
        readSpan(kept(bytesField(1, kTrace) + bytesField(2, kSpan) + bytesField(3, "state") + bytesField(4, kSpan)
                      + bytesField(5, "name") + varintField(6, 3) + fixed64Field(7, 70) + fixed64Field(8, 80)
                      + bytesField(9, "a1") + bytesField(9, "a2") + varintField(10, 100) + bytesField(11, "e")
                      + varintField(12, 120) + bytesField(13, "l") + varintField(14, 140)
                      + bytesField(15, bytesField(2, "why") + varintField(3, 2)) + fixed32Field(16, 0x100)),
                 span, lists);
    EXPECT_EQ(why, "");
    EXPECT_EQ(span.traceId.toHex(), std::string(32, '1'));
    EXPECT_EQ(span.spanId.value, 0x22U);
    EXPECT_EQ(span.parentSpanId.value, 0x22U);
    EXPECT_EQ(span.traceState, "state");
    EXPECT_EQ(span.name, "name");
    EXPECT_EQ(span.kind, 3U);
    EXPECT_EQ(span.startNs, 70U);
    EXPECT_EQ(span.endNs, 80U);
    EXPECT_EQ(lists.attributes, (std::vector<std::string_view>{"a1", "a2"}));
    EXPECT_EQ(lists.events, (std::vector<std::string_view>{"e"}));
    EXPECT_EQ(lists.links, (std::vector<std::string_view>{"l"}));
    EXPECT_EQ(span.droppedAttributes, 100U);
    EXPECT_EQ(span.droppedEvents, 120U);
    EXPECT_EQ(span.droppedLinks, 140U);
    EXPECT_EQ(span.statusMessage, "why");
    EXPECT_EQ(span.status, 2U);
    EXPECT_EQ(span.flags, 0x100U);
    lists.clear();
    EXPECT_TRUE(lists.attributes.empty() && lists.events.empty() && lists.links.empty());
}

TEST(ProtobufSpan, theLastOfRepeatedScalarsCounts)
{
    SpanFields span;
    ProtobufLists lists;
    EXPECT_EQ(
        readSpan(kept(bytesField(5, "first") + fixed64Field(7, 1) + bytesField(5, "second") + fixed64Field(7, 2)
                      + bytesField(15, varintField(3, 2) + bytesField(2, "kept")) + bytesField(15, varintField(3, 1))),
                 span, lists),
        "");
    EXPECT_EQ(span.name, "second");
    EXPECT_EQ(span.startNs, 2U);
    EXPECT_EQ(span.status, 1U) << "parts of a repeated message are merged";
    EXPECT_EQ(span.statusMessage, "kept");
}

TEST(ProtobufSpan, theOrderOfFieldsAndTheirLengthsDoNotMatter)
{
    EXPECT_TRUE(rc::check("usual = unusual", [] {
        const std::string name(*rc::gen::element<std::size_t>(0, 1, 20, 126, 127, 128, 300), 'n');
        const auto kind = *rc::gen::element<std::uint64_t>(0, 5, 127, 128, 70'000);
        std::vector<std::string> fields{bytesField(1, kTrace), bytesField(2, kSpan),  bytesField(4, "parentid"),
                                        bytesField(5, name),   varintField(6, kind),  fixed64Field(7, 70),
                                        fixed64Field(8, 80),   bytesField(9, "attr"), fixed32Field(16, 0x101)};
        fields.resize(*rc::gen::inRange<std::size_t>(2, fields.size() + 1));
        const auto joined = [](const std::vector<std::string>& list) {
            std::string message;
            for (const std::string& field : list) {
                message += field;
            }
            return message;
        };
        SpanFields usual;
        ProtobufLists usualLists;
        RC_ASSERT(readSpan(kept(joined(fields)), usual, usualLists).empty());
        std::reverse(fields.begin(), fields.end());
        std::rotate(fields.begin(), fields.begin() + *rc::gen::inRange<long>(0, static_cast<long>(fields.size())),
                    fields.end());
        SpanFields other;
        ProtobufLists otherLists;
        RC_ASSERT(readSpan(kept(joined(fields)), other, otherLists).empty());
        RC_ASSERT(usual.traceId == other.traceId);
        RC_ASSERT(usual.spanId.value == other.spanId.value);
        RC_ASSERT(usual.parentSpanId.value == other.parentSpanId.value);
        RC_ASSERT(usual.name == other.name);
        RC_ASSERT(usual.kind == other.kind);
        RC_ASSERT(usual.flags == other.flags);
        RC_ASSERT(usual.startNs == other.startNs);
        RC_ASSERT(usual.endNs == other.endNs);
        RC_ASSERT(usualLists.attributes == otherLists.attributes);
    }));
}

TEST(ProtobufSpan, aCutSpanIsNoSpan)
{
    const std::string whole = bytesField(1, kTrace) + bytesField(2, kSpan) + bytesField(4, kSpan)
        + bytesField(5, "a name") + varintField(6, 2) + fixed64Field(7, 70) + fixed64Field(8, 80);
    const std::size_t ends[] = {18, 28, 38, 46, 48, 57, whole.size()}; // after a field
    for (std::size_t size = 1; size <= whole.size(); ++size) {
        SpanFields span;
        ProtobufLists lists;
        const bool good = std::find(std::begin(ends), std::end(ends), size) != std::end(ends);
        const std::string_view message = kept(whole.substr(0, size));
        if (good) {
            EXPECT_EQ(readSpan(message, span, lists), "") << size;
        } else {
            EXPECT_THROW((void)readSpan(message, span, lists), protozero::exception) << size;
        }
    }
}

TEST(ProtobufSpan, aWrongIdIsRememberedWhateverFollows)
{
    for (const auto& [field, reason] : {std::pair<unsigned, std::string_view>{1, "trace id is not 16 bytes"},
                                        {2, "span id is not 8 bytes"},
                                        {4, "parent span id is not 8 bytes"}}) {
        for (const std::size_t size : {1U, 7U, 9U, 15U, 17U, 32U}) {
            SpanFields span;
            ProtobufLists lists;
            EXPECT_EQ(readSpan(kept(bytesField(field, std::string(size, 'x')) + bytesField(5, "n")), span, lists),
                      reason);
            EXPECT_EQ(span.name, "n");
        }
    }
    SpanFields span;
    ProtobufLists lists;
    EXPECT_EQ(readSpan(kept(bytesField(1, "") + bytesField(2, "") + bytesField(4, "")), span, lists), "")
        << "an empty id is \"no id\", which is for the check of the whole span to judge";
}

TEST(ProtobufEvent, everyField)
{
    EventFields event;
    ProtobufLists lists;
    EXPECT_EQ(readEvent(kept(fixed64Field(1, 5) + bytesField(2, "ev") + bytesField(3, "a") + varintField(4, 9)
                             + bytesField(5, "future")),
                        event, lists),
              "");
    EXPECT_EQ(event.timeNs, 5U);
    EXPECT_EQ(event.name, "ev");
    EXPECT_EQ(event.droppedAttributes, 9U);
    EXPECT_EQ(lists.attributes.size(), 1U);
}

TEST(ProtobufLink, everyFieldAndWrongIds)
{
    LinkFields link;
    ProtobufLists lists;
    EXPECT_EQ(readLink(kept(bytesField(1, kTrace) + bytesField(2, kSpan) + bytesField(3, "state") + bytesField(4, "a")
                            + varintField(5, 6) + fixed32Field(6, 7)),
                       link, lists),
              "");
    EXPECT_EQ(link.traceId.toHex(), std::string(32, '1'));
    EXPECT_EQ(link.spanId.value, 0x22U);
    EXPECT_EQ(link.traceState, "state");
    EXPECT_EQ(link.droppedAttributes, 6U);
    EXPECT_EQ(link.flags, 7U);
    EXPECT_EQ(readLink(kept(bytesField(1, "x")), link, lists), "trace id is not 16 bytes");
    EXPECT_EQ(readLink(kept(bytesField(2, "x")), link, lists), "span id is not 8 bytes");
}

TEST(ProtobufLog, everyField)
{
    LogFields log;
    ProtobufValue body;
    ProtobufLists lists;
    EXPECT_EQ(readLog(kept(fixed64Field(1, 10) + varintField(2, 17) + bytesField(3, "ERROR")
                           + bytesField(5, bytesField(1, "text")) + bytesField(6, "a") + varintField(7, 70)
                           + fixed32Field(8, 80) + bytesField(9, kTrace) + bytesField(10, kSpan) + fixed64Field(11, 110)
                           + bytesField(12, "event.name")),
                      log, body, lists),
              "");
    EXPECT_EQ(log.timeNs, 10U);
    EXPECT_EQ(log.observedNs, 110U);
    EXPECT_EQ(log.severity, 17U);
    EXPECT_EQ(log.severityText, "ERROR");
    EXPECT_EQ(body.type, AttributeType::String);
    EXPECT_EQ(body.text, "text");
    EXPECT_TRUE(log.body.empty()) << "the caller decides how a body becomes text";
    EXPECT_EQ(log.droppedAttributes, 70U);
    EXPECT_EQ(log.flags, 80U);
    EXPECT_EQ(log.traceId.toHex(), std::string(32, '1'));
    EXPECT_EQ(log.spanId.value, 0x22U);
    EXPECT_EQ(log.eventName, "event.name");
    EXPECT_EQ(readLog(kept(bytesField(9, "short")), log, body, lists), "trace id is not 16 bytes");
    EXPECT_EQ(readLog(kept(bytesField(10, "short")), log, body, lists), "span id is not 8 bytes");
}

TEST(ProtobufKeyValue, keyAndValueInAnyOrder)
{
    const std::string key = bytesField(1, "k");
    const std::string value = bytesField(2, varintField(3, 5));
    for (const std::string& message : {key + value, value + key}) {
        const ProtobufAttribute attribute = readKeyValue(message);
        EXPECT_EQ(attribute.key, "k");
        EXPECT_EQ(attribute.value.type, AttributeType::Int);
        EXPECT_EQ(attribute.value.number, 5U);
    }
    EXPECT_EQ(readKeyValue("").value.type, AttributeType::Empty);
}

TEST(ProtobufKeyValue, theShortWayReadsNumbersOfEverySize)
{
    for (unsigned bits = 0; bits <= 64; ++bits) {
        const std::uint64_t number = bits == 0 ? 0 : ~std::uint64_t{0} >> (64U - bits);
        const std::string value = varintField(3, number);
        ProtobufValue plain;
        EXPECT_EQ(readPlainAnyValue(value.data(), value.size(), plain), bits <= 56) << bits;
        const ProtobufAttribute attribute = readKeyValue(bytesField(1, "k") + bytesField(2, value));
        EXPECT_EQ(attribute.value.type, AttributeType::Int);
        EXPECT_EQ(attribute.value.number, number);
    }
}

TEST(ProtobufKeyValue, whatTheShortWayReadsTheLongWayReadsToo)
{
    std::size_t taken = 0;
    EXPECT_TRUE(rc::check("short = long", [&taken] {
        // Few bytes, the ones that matter, so that many are whole values and many nearly are.
        const auto byte = rc::gen::element<std::uint8_t>(0x0A, 0x18, 0x01, 0x02, 0x03, 0x7F, 0x80, 0xFF, 'x', 0x12);
        const auto bytes = *rc::gen::container<std::vector<std::uint8_t>>(*rc::gen::inRange<std::size_t>(0, 5), byte);
        std::string value(1, *rc::gen::element('\x0A', '\x18'));
        value.append(bytes.begin(), bytes.end());
        ProtobufValue plain;
        if (!readPlainAnyValue(value.data(), value.size(), plain)) {
            return;
        }
        ++taken;
        const ProtobufValue whole = readAnyValue(value);
        RC_ASSERT(plain.type == whole.type);
        RC_ASSERT(plain.text == whole.text);
        RC_ASSERT(plain.number == whole.number);
    }));
    EXPECT_GT(taken, 0U);
}

TEST(ProtobufValueJson, everyKindAsCanonicalText)
{
    const std::pair<std::string, const char*> cases[] = {
        {"", "null"},
        {bytesField(1, "a\"b"), R"("a\"b")"},
        {varintField(2, 0), "false"},
        {varintField(2, 77), "true"},
        {varintField(3, 0), "0"},
        {varintField(3, ~std::uint64_t{0}), "-1"},
        {varintField(3, std::uint64_t{1} << 63U), "-9223372036854775808"},
        {fixed64Field(4, 0x4000000000000000ULL), "2.0"},
        {fixed64Field(4, 0x7FF8000000000000ULL), "\"NaN\""},
        {bytesField(7, std::string("\0\xff", 2)), "\"AP8=\""},
        {bytesField(7, ""), "\"\""},
        {bytesField(5, ""), "[]"},
        {bytesField(5, bytesField(1, "") + bytesField(1, varintField(3, 2))), "[null,2]"},
        {bytesField(6, ""), "{}"},
        {bytesField(6, entry("b", varintField(3, 1)) + entry("a", "") + entry("b", varintField(2, 1))),
         R"({"b":1,"a":null,"b":true})"},
        {bytesField(5, bytesField(1, bytesField(6, entry("", bytesField(5, ""))))), R"([{"":[]}])"},
        {bytesField(5, varintField(9, 1) + bytesField(1, varintField(3, 3))), "[3]"}};
    for (const auto& [message, text] : cases) {
        EXPECT_EQ(jsonOf(message), text);
    }
}

TEST(ProtobufReaders, cutMessagesThrowOrAreShorterMessages)
{
    const std::string whole = bytesField(1, kTrace) + bytesField(2, kSpan) + bytesField(5, "name") + fixed64Field(7, 70)
        + bytesField(15, bytesField(2, "why")) + fixed32Field(16, 1);
    std::size_t thrown = 0;
    for (std::size_t size = 0; size < whole.size(); ++size) {
        SpanFields span;
        ProtobufLists lists;
        try {
            (void)readSpan(std::string_view(whole).substr(0, size), span, lists);
        } catch (const protozero::exception&) {
            ++thrown;
        }
    }
    EXPECT_EQ(thrown, whole.size() - 6) << "only the six ends of whole fields, the start among them, are messages";
}

TEST(ProtobufReaders, brokenFieldsThrow)
{
    const std::string cases[] = {varint(0) + varint(1), // field number 0
                                 varint(5U << 3U | 2U) + varint(1000) + "short", // longer than the rest
                                 varint(5U << 3U | 2U) + std::string(10, '\xff') + "x", // length past 64 bits
                                 varint(5U << 3U | 3U), // groups are not used
                                 varint(5U << 3U | 6U) + "x", // no such wire type
                                 varint(6U << 3U) + std::string(11, '\x80'), // endless number
                                 std::string(1, '\x80'), // endless tag
                                 varint(7U << 3U | 1U) + "1234567", // seven bytes of eight
                                 varint(16U << 3U | 5U) + "123"};
    for (const std::string& message : cases) {
        SpanFields span;
        ProtobufLists lists;
        EXPECT_THROW((void)readSpan(message, span, lists), protozero::exception);
        EXPECT_THROW((void)readAnyValue(message), protozero::exception);
    }
}

TEST(ProtobufReaders, anyBytesEitherReadOrThrowAndNothingElse)
{
    EXPECT_TRUE(rc::check("any bytes", [](const std::string& bytes) {
        try {
            SpanFields span;
            LogFields log;
            ProtobufValue body;
            ProtobufLists lists;
            (void)readSpan(bytes, span, lists);
            (void)readLog(bytes, log, body, lists);
            std::string out;
            (void)appendValueJson(out, readAnyValue(bytes));
        } catch (const protozero::exception&) {
            RC_TAG("thrown");
        }
    }));
}

TEST(RecordRules, timesFitSignedNanoseconds)
{
    constexpr auto kLast = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    SpanFields span;
    EXPECT_EQ(checkSpan(span), "trace id is missing or all zero");
    span.traceId = *TraceId::fromHex("1");
    EXPECT_EQ(checkSpan(span), "span id is missing or all zero");
    span.spanId = SpanId{1};
    EXPECT_EQ(checkSpan(span), "") << "times that were not set are kept as 0";
    span.startNs = kLast;
    span.endNs = kLast;
    EXPECT_EQ(checkSpan(span), "");
    for (std::uint64_t SpanFields::*time : {&SpanFields::startNs, &SpanFields::endNs}) {
        SpanFields late = span;
        late.*time = kLast + 1;
        EXPECT_EQ(checkSpan(late), "a time is past the year 2262 or negative");
    }
    EXPECT_EQ(checkEvent({kLast, {}, 0, {}}), "");
    EXPECT_NE(checkEvent({kLast + 1, {}, 0, {}}), "");
    LogFields log;
    EXPECT_EQ(checkLog(log), "") << "a log record may belong to no trace";
    log.timeNs = kLast + 1;
    EXPECT_NE(checkLog(log), "");
    log.timeNs = 0;
    log.observedNs = kLast + 1;
    EXPECT_NE(checkLog(log), "");
}

TEST(RecordRules, theFirstReasonOfManyIsKept)
{
    Rejections rejections;
    rejections.add("first");
    rejections.add("second");
    EXPECT_EQ(rejections.count, 2U);
    EXPECT_EQ(rejections.reason, "first");
}
