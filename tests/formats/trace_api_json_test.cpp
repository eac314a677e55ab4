// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/trace_api_json.h"

#include <array>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace tracedeck;

namespace {

constexpr std::int64_t kLate = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t kMany = std::numeric_limits<std::uint64_t>::max();

TraceListPage somePage()
{
    TraceListPage page;
    TraceListTable& t = page.traces;
    t.resize(3);
    for (std::size_t row = 0; row < 3; ++row) {
        t.traceId[row] = *TraceId::fromHex("abc" + std::to_string(row));
        t.startNs[row] = kLate - static_cast<std::int64_t>(row);
        t.durationNs[row] = static_cast<std::int64_t>(row) * 1'234'567'891;
        t.spanCount[row] = std::numeric_limits<std::uint32_t>::max();
        t.errorCount[row] = static_cast<std::uint32_t>(row);
        t.own[row] = row == 1 ? 1 : 0;
        t.exact[row] = row == 2 ? 1 : 0;
        // Same order as a reader meets the texts, so that handles are equal too.
        t.rootService[row] = t.strings.intern(row == 2 ? "" : "web \"x\"\n");
        t.rootName[row] = t.strings.intern("GET /päth " + std::to_string(row));
        for (std::size_t i = 0; i < row; ++i) {
            t.services.add(t.strings.intern("svc" + std::to_string(i)));
            t.serviceSpans.push_back(static_cast<std::uint32_t>(10 * row + i));
        }
        t.services.endRow();
        // Row 0 is from before resources were kept, row 1 has some, row 2 said nothing and was cut.
        t.resourcesKnown[row] =
            std::array{ResourceKnowledge::Unknown, ResourceKnowledge::Whole, ResourceKnowledge::Part}[row];
        for (std::size_t key = 0; key < kResourceKeyCount; ++key) {
            for (std::size_t i = 0; row == 1 && i < key % 3; ++i) {
                t.resources[key].add(t.strings.intern("välue " + std::to_string(key) + "." + std::to_string(i)));
            }
            t.resources[key].endRow();
        }
    }
    t.finish();
    page.nextCursor = "opaque==";
    page.matching = kMany;
    page.matchingKnown = true;
    page.total = 12;
    return page;
}

void expectEqual(const TraceListPage& a, const TraceListPage& b)
{
    EXPECT_EQ(a.traces, b.traces);
    EXPECT_EQ(a.nextCursor, b.nextCursor);
    EXPECT_EQ(a.matching, b.matching);
    EXPECT_EQ(a.matchingKnown, b.matchingKnown);
    EXPECT_EQ(a.total, b.total);
}

} // namespace

TEST(TraceListJson, comesBackExactly)
{
    const TraceListPage page = somePage();
    const std::string json = encodeTraceListPage(page);
    EXPECT_TRUE(nlohmann::json::accept(json));
    const Result<TraceListPage> back = decodeTraceListPage(json);
    ASSERT_TRUE(back.ok()) << back.error().what;
    expectEqual(back.value(), page);
    expectEqual(decodeTraceListPage(encodeTraceListPage({})).value(), {});
}

TEST(TraceListJson, readsKeysInAnyOrderAndIgnoresUnknownOnes)
{
    const TraceListPage page = somePage();
    // nlohmann sorts the keys, which is another order than ours.
    nlohmann::json tree = nlohmann::json::parse(encodeTraceListPage(page));
    tree["future"] = {{"traces", 5}};
    tree["traces"][0]["alsoNew"] = nlohmann::json::array({1, nullptr});
    const Result<TraceListPage> back = decodeTraceListPage(tree.dump());
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->traces.digests, page.traces.digests);
    EXPECT_EQ(back->traces.keys, page.traces.keys);
}

TEST(TraceListJson, refusesWhatIsNoPage)
{
    const char* const bad[] = {
        "",
        "[]",
        "{",
        "{}x",
        R"({"traces":{}})",
        R"({"traces":[{}]})",
        R"({"traces":[{"traceId":"00000000000000000000000000000000"}]})",
        R"({"traces":[{"traceId":"abc"}]})",
        R"({"traces":[{"traceId":5}]})",
        R"({"traces":[{"traceId":"0000000000000000000000000000abcd","startNs":9223372036854775808}]})",
        R"({"traces":[{"traceId":"0000000000000000000000000000abcd","spans":-1}]})",
        R"({"traces":[{"traceId":"0000000000000000000000000000abcd","spans":1.5}]})",
        R"({"traces":[{"traceId":"0000000000000000000000000000abcd","services":[],"services":[]}]})",
        "{\"nextCursor\":\"\xff\"}"};
    for (const char* json : bad) {
        const Result<TraceListPage> page = decodeTraceListPage(json);
        ASSERT_FALSE(page.ok()) << json;
        EXPECT_EQ(page.error().code, ErrorCode::Malformed);
    }
}

TEST(TraceListJson, refusesEveryTruncation)
{
    const std::string json = encodeTraceListPage(somePage());
    for (std::size_t size = 0; size < json.size(); ++size) {
        ASSERT_FALSE(decodeTraceListPage(json.substr(0, size)).ok()) << "cut at " << size;
    }
}

TEST(ServicesJson, comeBackExactly)
{
    const std::vector<ServiceSummary> services = {{"checkout", kMany, 3, kLate, false}, {"tracedeck", 0, 0, 0, true}};
    EXPECT_EQ(decodeServices(encodeServices(services)).value(), services);
    EXPECT_TRUE(decodeServices(encodeServices({})).value().empty());
    EXPECT_FALSE(decodeServices(R"({"services":[{"name":1}]})").ok());
    EXPECT_FALSE(decodeServices(R"({"services":3})").ok());
}

TEST(StoreStatusJson, everyFieldComesBack)
{
    StoreStatus status;
    // Distinct values: a field that is swapped or forgotten shows.
    std::uint64_t next = kMany;
    for (auto member :
         {&StoreStatus::traces, &StoreStatus::spans, &StoreStatus::logs, &StoreStatus::metricPoints,
          &StoreStatus::requests, &StoreStatus::duplicateRequests, &StoreStatus::rejected, &StoreStatus::databaseBytes,
          &StoreStatus::otherGeneration, &StoreStatus::ownGeneration, &StoreStatus::retentionBytes}) {
        status.*member = next--;
    }
    status.lastRejectNs = kLate;
    status.retentionNs = 7;
    status.lastRejectReason = "span id \"0\"";
    status.problem = "bad \xff byte";
    status.readOnly = true;
    const std::string json = encodeStoreStatus(status, "0.1.0");
    EXPECT_EQ(nlohmann::json::parse(json).at("version"), "0.1.0");
    const StoreStatus back = decodeStoreStatus(json).value();
    EXPECT_EQ(back.traces, status.traces);
    EXPECT_EQ(back.lastRejectNs, kLate);
    EXPECT_EQ(back.retentionNs, 7);
    EXPECT_EQ(back.lastRejectReason, status.lastRejectReason);
    EXPECT_EQ(back.problem, "bad \xEF\xBF\xBD byte");
    EXPECT_EQ(encodeStoreStatus(back, "0.1.0"), json);
    EXPECT_FALSE(decodeStoreStatus(R"({"traces":"many"})").ok());
    EXPECT_FALSE(decodeStoreStatus(R"({"readOnly":0})").ok());
}

TEST(TraceChangesJson, comeBackExactly)
{
    TraceChangeMessage message;
    message.sequence = kMany;
    message.changes = {{*TraceId::fromHex("1"), true, false}, {*TraceId::fromHex("ff"), false, true}};
    EXPECT_EQ(decodeTraceChanges(encodeTraceChanges(message)).value(), message);
    const TraceChangeMessage resync{5, true, {}};
    EXPECT_EQ(encodeTraceChanges(resync), R"({"seq":5,"type":"resync"})");
    EXPECT_EQ(decodeTraceChanges(encodeTraceChanges(resync)).value(), resync);
    const TraceChangeMessage counted{6, true, {}, 1234};
    EXPECT_EQ(encodeTraceChanges(counted), R"({"seq":6,"type":"resync","dropped":1234})");
    EXPECT_EQ(decodeTraceChanges(encodeTraceChanges(counted)).value(), counted);
    EXPECT_FALSE(decodeTraceChanges(R"({"type":"resync","dropped":-1})").ok());
}

TEST(TraceChangesJson, anUnknownKindMeansReadAgain)
{
    EXPECT_TRUE(decodeTraceChanges(R"({"seq":1,"type":"metrics","changes":[]})")->resync);
    EXPECT_TRUE(decodeTraceChanges("{}")->resync);
    EXPECT_FALSE(decodeTraceChanges(R"({"type":"traces","changes":[{"id":""}]})").ok());
    EXPECT_FALSE(decodeTraceChanges(R"({"seq":-1})").ok());
}

TEST(ApiErrorJson, carriesCodeWhatAndHint)
{
    const Error sent = makeError(ErrorCode::NotFound, "store", "no trace \"x\"\xff", "look elsewhere");
    const std::string json = encodeApiError(sent);
    EXPECT_EQ(nlohmann::json::parse(json)["error"]["code"], "notFound");
    const Error got = decodeApiError(json, makeError(ErrorCode::Internal, "collector", "status 404", "", true));
    EXPECT_EQ(got.code, ErrorCode::NotFound);
    EXPECT_EQ(got.what, "no trace \"x\"\xEF\xBF\xBD");
    EXPECT_EQ(got.hint, "look elsewhere");
    EXPECT_EQ(got.source, "collector");
    EXPECT_TRUE(got.retryable);
}

TEST(ApiErrorJson, everyCodeComesBack)
{
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        const Error other = makeError(code == ErrorCode::Busy ? ErrorCode::Internal : ErrorCode::Busy, "x", "y");
        EXPECT_EQ(decodeApiError(encodeApiError(makeError(code, "s", "w")), other).code, code);
    }
}

TEST(ApiErrorJson, anythingElseLeavesTheFallback)
{
    for (const char* text : {"", "<html>", "{}", R"({"error":5})", R"({"error":{"code":7}})"}) {
        const Error got = decodeApiError(text, makeError(ErrorCode::TimedOut, "a", "b", "c"));
        EXPECT_EQ(got.code, ErrorCode::TimedOut);
        EXPECT_EQ(got.what, "b");
        EXPECT_EQ(got.hint, "c");
    }
    EXPECT_EQ(
        decodeApiError(R"({"error":{"code":"brandNew","what":"w"}})", makeError(ErrorCode::TimedOut, "a", "b")).code,
        ErrorCode::TimedOut);
}
