// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_decode.h"
#include "formats/otlp_encode.h"
#include "formats/otlp_resource_scan.h"
#include "tests/formats/otlp_table_text.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <random>
#include <rapidcheck.h>

using namespace tracedeck;
using namespace tracedeck::test;

namespace {

struct Seen {
    std::vector<SpanBrief> briefs;
    std::vector<std::string> services;
    std::vector<std::string> names;
    std::vector<std::array<std::string, kResourceKeyCount>> resources;
};

Result<OtlpScan> scanInto(std::string_view body, Seen& seen)
{
    return scanOtlpTracesAndResources(body, [&seen](const SpanBrief& brief, const ResourceIdentity& identity) {
        seen.briefs.push_back(brief);
        seen.services.emplace_back(brief.service);
        seen.names.emplace_back(brief.name);
        std::copy(identity.begin(), identity.end(), seen.resources.emplace_back().begin());
    });
}

/// Value of a resource attribute as a scan reports it: texts, and the number of a process.
std::string identityText(const SpanTable& t, std::uint32_t resource, ResourceKey key)
{
    std::string found;
    for (std::uint32_t i = t.resources.attributes[resource].begin; i < t.resources.attributes[resource].end; ++i) {
        if (t.strings.view(t.attributeRows.key[i]) != resourceKeyName(key)) {
            continue;
        }
        const std::uint64_t payload = t.attributeRows.payload[i];
        if (t.attributeRows.type[i] == AttributeType::String) {
            found = t.strings.view(static_cast<StringId>(payload));
        } else if (t.attributeRows.type[i] == AttributeType::Int && key == ResourceKey::ProcessId) {
            found = std::to_string(static_cast<std::int64_t>(payload));
        }
    }
    return found;
}

void expectSameAsDecode(const std::string& body)
{
    Seen seen;
    OtlpTraces decoded;
    const Result<OtlpScan> scan = scanInto(body, seen);
    const Result<void> decode = decodeOtlpTraces(body, OtlpEncoding::Protobuf, decoded);
    RC_ASSERT(scan.ok() == decode.ok());
    if (!scan.ok()) {
        RC_ASSERT(decoded.spans == SpanTable());
        return;
    }
    RC_ASSERT(scan->accepted == decoded.spans.rows());
    RC_ASSERT(scan->rejected == decoded.rejected);
    RC_ASSERT(scan->rejectReason == decoded.rejectReason);
    RC_ASSERT(seen.briefs.size() == decoded.spans.rows());
    for (std::size_t row = 0; row < seen.briefs.size(); ++row) {
        const SpanBrief& brief = seen.briefs[row];
        const SpanTable& t = decoded.spans;
        RC_ASSERT(brief.traceId == t.traceId[row]);
        RC_ASSERT(brief.spanId == t.spanId[row]);
        RC_ASSERT(brief.parentSpanId == t.parentSpanId[row]);
        RC_ASSERT(brief.startNs == t.startNs[row]);
        RC_ASSERT(brief.endNs - brief.startNs == t.durationNs[row]);
        RC_ASSERT(brief.error == (t.status[row] == SpanStatus::Error));
        RC_ASSERT(seen.services[row] == t.service(row));
        RC_ASSERT(seen.names[row] == t.strings.view(t.name[row]));
        for (std::size_t key = 0; key < kResourceKeyCount; ++key) {
            RC_ASSERT(seen.resources[row][key] == identityText(t, t.resource[row], static_cast<ResourceKey>(key)));
        }
    }
}

std::string bodyOf(std::uint32_t seed)
{
    const SpanTable table = arbitrarySpans(seed, seed % 15);
    return encodeOtlpTraces(table, allRows(table.rows()), OtlpEncoding::Protobuf);
}

} // namespace

TEST(OtlpScan, seesTheSpansThatDecodingKeeps)
{
    EXPECT_TRUE(rc::check("scan = decode", [](std::uint32_t seed) { expectSameAsDecode(bodyOf(seed)); }));
}

TEST(OtlpScan, agreesWithDecodingOnDamagedBodies)
{
    EXPECT_TRUE(rc::check("scan = decode on damage", [](std::uint32_t seed) {
        std::string body = bodyOf(seed);
        std::mt19937 random(seed);
        for (int i = 0; i < 3 && !body.empty(); ++i) {
            body[random() % body.size()] = static_cast<char>(random() % 256);
        }
        expectSameAsDecode(body);
    }));
}

TEST(OtlpScan, tellsOwnTracesAndWhereTheirResourceStarts)
{
    SpanTable both = arbitrarySpans(3, 2);
    both.resources = {};
    const StringId key = both.strings.intern("tracedeck.own");
    const auto first = static_cast<std::uint32_t>(both.attributeRows.size());
    for (std::uint32_t own : {0U, 1U}) {
        both.attributeRows.add(key, AttributeType::Bool, own);
        both.resources.attributes.push_back({first + own, first + own + 1});
        both.resources.serviceName.push_back(both.strings.intern("unknown_service"));
        both.resources.schemaUrl.push_back(0);
        both.resources.droppedAttributes.push_back(0);
        both.resource[own] = own;
    }
    const std::string body = encodeOtlpTraces(both, allRows(2), OtlpEncoding::Protobuf);
    Seen seen;
    ASSERT_TRUE(scanInto(body, seen).ok());
    ASSERT_EQ(seen.briefs.size(), 2U);
    EXPECT_FALSE(seen.briefs[0].own);
    EXPECT_TRUE(seen.briefs[1].own);
    EXPECT_EQ(seen.services[0], "unknown_service");
    EXPECT_EQ(seen.briefs[0].resourceOffset, 0U);
    OtlpTraces fromSecond;
    const std::string_view rest = std::string_view(body).substr(seen.briefs[1].resourceOffset);
    ASSERT_TRUE(decodeOtlpTraces(rest, OtlpEncoding::Protobuf, fromSecond).ok());
    ASSERT_EQ(fromSecond.spans.rows(), 1U);
    EXPECT_EQ(fromSecond.spans.spanId[0], seen.briefs[1].spanId);
}
