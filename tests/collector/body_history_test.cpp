// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/body_history.h"
#include "collector/packed_list.h"
#include "collector/service_registry.h"
#include "collector/store_schema.h"
#include "tests/collector/store_fixture.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace tracedeck::test {
namespace {

constexpr std::int64_t kMinute = std::int64_t{60} * 1'000'000'000;

class WithDatabase : public ::testing::Test {
protected:
    void SetUp() override
    {
        Result<Database> opened = openStoreDatabase(directory.file("h.db"), false);
        ASSERT_TRUE(opened) << opened.error().what;
        database = std::make_unique<Database>(std::move(opened).value());
    }
    TemporaryDirectory directory;
    std::unique_ptr<Database> database;
};

using BodyHistoryTest = WithDatabase;
using ServiceRegistryTest = WithDatabase;

BodyHash hashOf(const std::string& text)
{
    return hashBody(OtlpSignal::Traces, OtlpEncoding::Protobuf, text);
}

TEST_F(BodyHistoryTest, forgetsAfterTenMinutesAndWhenTheClockWasSetBackFar)
{
    BodyHistory history;
    history.add(hashOf("a"), 100 * kMinute, {3, 1, "bad id", false});
    ASSERT_NE(history.find(hashOf("a"), 100 * kMinute), nullptr); // already in the running transaction
    ASSERT_TRUE(history.store(*database, 100 * kMinute));
    history.publish();
    ASSERT_NE(history.find(hashOf("a"), 109 * kMinute), nullptr);
    EXPECT_EQ(history.find(hashOf("a"), 109 * kMinute)->rejectReason, "bad id");
    EXPECT_EQ(history.find(hashOf("a"), 111 * kMinute), nullptr);
    EXPECT_EQ(history.find(hashOf("a"), 80 * kMinute), nullptr);
    EXPECT_EQ(history.find(hashOf("b"), 100 * kMinute), nullptr);
    BodyHistory reloaded;
    ASSERT_TRUE(reloaded.load(*database, 105 * kMinute));
    ASSERT_NE(reloaded.find(hashOf("a"), 105 * kMinute), nullptr);
    EXPECT_EQ(reloaded.find(hashOf("a"), 105 * kMinute)->accepted, 3U);
    ASSERT_TRUE(reloaded.store(*database, 120 * kMinute));
    reloaded.publish();
    EXPECT_EQ(*database->integerOf("SELECT count(*) FROM recent_body"), 0);
}

TEST_F(BodyHistoryTest, aRolledBackBodyIsNotRemembered)
{
    BodyHistory history;
    history.add(hashOf("a"), kMinute, {1, 0, {}, false});
    history.drop();
    EXPECT_EQ(history.find(hashOf("a"), kMinute), nullptr);
}

TEST(BodyHash, tellsSignalsAndEncodingsApart)
{
    EXPECT_EQ(hashOf("x"), hashOf("x"));
    EXPECT_NE(hashOf("x"), hashBody(OtlpSignal::Logs, OtlpEncoding::Protobuf, "x"));
    EXPECT_NE(hashOf("x"), hashBody(OtlpSignal::Traces, OtlpEncoding::Json, "x"));
}

TEST_F(ServiceRegistryTest, numbersNamesOnceCountsAfterPublishAndReloads)
{
    ServiceRegistry registry;
    ASSERT_TRUE(registry.load(*database));
    const std::uint32_t web = registry.numberOf("web", false);
    const std::uint32_t ownWeb = registry.numberOf("web", true);
    EXPECT_NE(web, ownWeb);
    EXPECT_EQ(registry.numberOf("web", false), web);
    registry.count(web, 5, 2, 70);
    registry.count(ownWeb, 1, 0, 80);
    EXPECT_TRUE(registry.list(true).empty());
    ASSERT_TRUE(registry.store(*database));
    registry.publish();
    EXPECT_EQ(registry.list(false), (std::vector<ServiceSummary>{{"web", 5, 2, 70, false}}));
    registry.count(web, 100, 0, 90);
    registry.drop();
    ServiceRegistry reloaded;
    ASSERT_TRUE(reloaded.load(*database));
    EXPECT_EQ(reloaded.list(true), registry.list(true));
    EXPECT_EQ(reloaded.numberOf("web", true), ownWeb);
    EXPECT_EQ(reloaded.nameOf(web), "web");
    EXPECT_EQ(reloaded.nameOf(4'000'000), "");
}

TEST_F(ServiceRegistryTest, namesWithoutEndShareOneEntry)
{
    ServiceRegistry registry;
    ASSERT_TRUE(registry.load(*database));
    for (std::size_t i = 0; i < ServiceRegistry::kMaxServices; ++i) {
        ASSERT_NE(registry.numberOf("s" + std::to_string(i), false), kFurtherServices);
    }
    EXPECT_EQ(registry.numberOf("one more", false), kFurtherServices);
    EXPECT_EQ(registry.nameOf(kFurtherServices), ServiceRegistry::kFurtherName);
}

TEST(PackedList, givesBackWhatWasPacked)
{
    EXPECT_TRUE(rc::check("parts and services", [](const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) {
        std::string packed;
        std::vector<TracePart> parts;
        std::vector<ServiceShare> services;
        for (const auto& [a, b] : pairs) {
            parts.push_back({static_cast<std::int64_t>(a) << 20U, b});
            services.push_back({a, b, a ^ b});
            appendPart(packed, parts.back());
        }
        std::vector<TracePart> unpacked;
        unpackParts(packed, unpacked);
        RC_ASSERT(unpacked == parts);
        RC_ASSERT(unpackServices(packServices(services)) == services);
    }));
}

TEST(PackedList, damageEndsTheListWithoutHarm)
{
    EXPECT_TRUE(rc::check("random bytes", [](const std::string& bytes) {
        std::vector<TracePart> parts;
        unpackParts(bytes, parts);
        RC_ASSERT(parts.size() <= bytes.size());
        RC_ASSERT(unpackServices(bytes).size() <= bytes.size());
    }));
}

} // namespace
} // namespace tracedeck::test
