// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/trace_api_json.h"

#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace tracedeck;

namespace {

constexpr std::uint64_t kMany = std::numeric_limits<std::uint64_t>::max();

/// The decoders of the read API under one signature: the error, or nothing.
struct Decoder {
    const char* name;
    std::function<std::optional<Error>(std::string_view)> decode;
    std::string sample;
};

template <class T> std::optional<Error> errorOf(const Result<T>& result)
{
    return result.ok() ? std::nullopt : std::optional<Error>(result.error());
}

std::string samplePage()
{
    TraceListPage page;
    TraceListTable& t = page.traces;
    t.resize(2);
    for (std::size_t row = 0; row < 2; ++row) {
        t.traceId[row] = *TraceId::fromHex("abc" + std::to_string(row));
        t.rootName[row] = t.strings.intern("GET /");
        t.services.add(t.strings.intern("web"));
        t.serviceSpans.push_back(3);
        t.services.endRow();
    }
    t.finish();
    page.nextCursor = "next";
    return encodeTraceListPage(page);
}

std::vector<Decoder> decoders()
{
    const TraceChangeMessage changes{3, false, {{*TraceId::fromHex("1"), true, false}}};
    return {{"page", [](std::string_view json) { return errorOf(decodeTraceListPage(json)); }, samplePage()},
            {"services", [](std::string_view json) { return errorOf(decodeServices(json)); },
             encodeServices({{"web", 4, 1, 99, false}})},
            {"status", [](std::string_view json) { return errorOf(decodeStoreStatus(json)); },
             encodeStoreStatus({}, "1.0")},
            {"changes", [](std::string_view json) { return errorOf(decodeTraceChanges(json)); },
             encodeTraceChanges(changes)}};
}

/// Every scalar of a tree replaced by a value of another kind, one at a time.
void forEachWrongType(nlohmann::json& root, nlohmann::json& node, const std::function<void(const std::string&)>& visit)
{
    if (node.is_structured()) {
        for (auto& item : node.items()) {
            forEachWrongType(root, item.value(), visit);
        }
    }
    const nlohmann::json before = node;
    // A list is neither a number nor a text nor a flag; a number is neither a list nor an object.
    node = before.is_structured() ? nlohmann::json(7) : nlohmann::json::array({nlohmann::json::object()});
    visit(root.dump());
    node = before;
}

/// Every member of a tree removed, one at a time.
void forEachMissing(nlohmann::json& root, nlohmann::json& node, const std::function<void(const std::string&)>& visit)
{
    if (node.is_object()) {
        const nlohmann::json before = node;
        for (const auto& item : before.items()) {
            node.erase(item.key());
            visit(root.dump());
            node = before;
        }
    }
    if (node.is_structured()) {
        for (auto& item : node.items()) {
            forEachMissing(root, item.value(), visit);
        }
    }
}

} // namespace

TEST(ApiJson, aWrongTypeAnywhereIsMalformed)
{
    for (const Decoder& decoder : decoders()) {
        nlohmann::json tree = nlohmann::json::parse(decoder.sample);
        tree.erase("version"); // for people, not read back
        forEachWrongType(tree, tree, [&](const std::string& json) {
            const auto error = decoder.decode(json);
            ASSERT_TRUE(error.has_value()) << decoder.name << ": " << json;
            EXPECT_EQ(error->code, ErrorCode::Malformed);
            EXPECT_EQ(error->source, "api");
        });
    }
}

TEST(ApiJson, missingKeysAreDefaultsButIdsAreNot)
{
    for (const Decoder& decoder : decoders()) {
        nlohmann::json tree = nlohmann::json::parse(decoder.sample);
        forEachMissing(tree, tree, [&](const std::string& json) {
            const bool lostId = json.find("\"traceId\"") == std::string::npos
                || nlohmann::json::parse(json).dump().find("{\"new\":true,\"own\":false}") != std::string::npos;
            const auto error = decoder.decode(json);
            if (std::string_view(decoder.name) == "status" || std::string_view(decoder.name) == "services") {
                EXPECT_FALSE(error.has_value()) << decoder.name << ": " << json;
            } else if (!error.has_value()) {
                SUCCEED();
            } else {
                EXPECT_TRUE(lostId || error->what.find("trace id") != std::string::npos) << error->what;
            }
        });
    }
}

TEST(ApiJson, nullIsADefaultEverywhere)
{
    EXPECT_TRUE(
        decodeTraceListPage(R"({"traces":null,"nextCursor":null,"matching":null,"matchingKnown":null,"total":null})")
            .ok());
    EXPECT_TRUE(decodeServices(R"({"services":null})").ok());
    EXPECT_TRUE(
        decodeServices(R"({"services":[{"name":null,"spans":null,"errors":null,"lastSeenNs":null,"own":null}]})").ok());
    EXPECT_TRUE(decodeStoreStatus(R"({"traces":null,"readOnly":null,"problem":null,"lastRejectNs":null})").ok());
    const auto changes = decodeTraceChanges(R"({"seq":null,"type":"traces","changes":null})");
    ASSERT_TRUE(changes.ok());
    EXPECT_FALSE(changes->resync);
    EXPECT_TRUE(changes->changes.empty());
}

TEST(ApiJson, everyTruncationAndEveryExtraByteIsMalformed)
{
    for (const Decoder& decoder : decoders()) {
        for (std::size_t size = 0; size < decoder.sample.size(); ++size) {
            ASSERT_TRUE(decoder.decode(std::string_view(decoder.sample).substr(0, size)).has_value())
                << decoder.name << " cut at " << size;
        }
        for (const char* tail : {"x", "{}", ",", "]", "\xff"}) {
            EXPECT_TRUE(decoder.decode(decoder.sample + tail).has_value()) << decoder.name << tail;
        }
        EXPECT_FALSE(decoder.decode(" " + decoder.sample + "\n\t ").has_value()) << decoder.name;
    }
}

TEST(ApiJson, damageNeverDoesMoreThanBeRefused)
{
    const auto all = decoders();
    EXPECT_TRUE(rc::check("damage", [&all] {
        const Decoder& decoder = all[*rc::gen::inRange<std::size_t>(0, all.size())];
        std::string json = decoder.sample;
        for (int left = *rc::gen::inRange(1, 5); left > 0; --left) {
            const auto at = *rc::gen::inRange<std::size_t>(0, json.size());
            json[at] = static_cast<char>(*rc::gen::inRange(0, 256));
        }
        const auto error = decoder.decode(json);
        RC_ASSERT((!error.has_value() || error->code == ErrorCode::Malformed));
        RC_ASSERT((!error.has_value() || !error->what.empty()));
    }));
}

TEST(ApiJson, everyCounterOfTheStatusComesBack)
{
    StoreStatus status;
    std::uint64_t next = kMany;
    for (std::uint64_t StoreStatus::*member :
         {&StoreStatus::traces, &StoreStatus::ownTraces, &StoreStatus::spans, &StoreStatus::logs,
          &StoreStatus::metricPoints, &StoreStatus::requests, &StoreStatus::duplicateRequests, &StoreStatus::rejected,
          &StoreStatus::databaseBytes, &StoreStatus::otherGeneration, &StoreStatus::ownGeneration,
          &StoreStatus::retentionBytes}) {
        status.*member = next;
        const StoreStatus back = decodeStoreStatus(encodeStoreStatus(status, "")).value();
        EXPECT_EQ(back.*member, next) << "a counter is not carried";
        --next;
    }
}

TEST(ApiJson, numbersAreReadExactlyFromTextAndNumber)
{
    EXPECT_EQ(decodeStoreStatus(R"({"spans":"18446744073709551615"})")->spans, kMany);
    EXPECT_EQ(decodeStoreStatus(R"({"spans":9007199254740993})")->spans, 9007199254740993U);
    EXPECT_EQ(decodeStoreStatus(R"({"retentionNs":-1})")->retentionNs, -1);
    EXPECT_FALSE(decodeStoreStatus(R"({"spans":18446744073709551616})").ok());
    EXPECT_FALSE(decodeStoreStatus(R"({"spans":1.5})").ok());
}

TEST(ApiJson, servicesOfATraceKeepTheirCounts)
{
    const auto page = decodeTraceListPage(
        R"({"traces":[{"traceId":"000000000000000000000000000000aa","services":[{"spans":5,"name":"b"},{"name":"a"}]},
                      {"traceId":"000000000000000000000000000000bb"},
                      {"traceId":"000000000000000000000000000000cc","services":[{"name":"b","spans":"7"},null]}]})");
    ASSERT_TRUE(page.ok()) << page.error().what;
    const TraceListTable& t = page->traces;
    ASSERT_EQ(t.rows(), 3U);
    EXPECT_EQ(t.services.row(0).size(), 2U);
    EXPECT_TRUE(t.services.row(1).empty());
    EXPECT_EQ(t.services.row(2).size(), 2U);
    EXPECT_EQ(t.serviceSpans, (std::vector<std::uint32_t>{5, 0, 7, 0}));
    EXPECT_EQ(t.strings.view(t.services.row(0)[0]), "b");
}
