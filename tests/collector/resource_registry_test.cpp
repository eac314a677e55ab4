// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/resource_registry.h"

#include "collector/store_schema.h"
#include "collector/trace_summary.h"
#include "tests/collector/store_fixture.h"

#include <gtest/gtest.h>

namespace tracedeck::test {
namespace {

constexpr std::int64_t kHour = std::int64_t{3'600} * 1'000'000'000;
constexpr std::int64_t kStart = 1'000 * kHour;

ResourceIdentity hostAnd(std::string_view host, ResourceKey key, std::string_view value)
{
    ResourceIdentity identity{};
    identity[static_cast<std::size_t>(ResourceKey::HostName)] = host;
    identity[static_cast<std::size_t>(key)] = value;
    return identity;
}

std::vector<std::string_view> valuesOf(const ResourceRegistry& registry, const std::vector<std::uint32_t>& numbers,
                                       ResourceKey key)
{
    ResourceValues values;
    registry.valuesOf(numbers, values);
    return values[static_cast<std::size_t>(key)];
}

/// A store's database without a store around it.
class RegistryTest : public ::testing::Test {
protected:
    RegistryTest() : m_database(openStoreDatabase(m_directory.file("traces.db"), false)) { }

    Database& database() { return m_database.value(); }
    void commit(ResourceRegistry& registry)
    {
        ASSERT_TRUE(registry.store(database()));
        registry.publish();
    }
    std::int64_t storedRows() { return *database().integerOf("SELECT count(*) FROM resource"); }
    void addRequest(std::int64_t receivedNs)
    {
        ASSERT_TRUE(database().execute("INSERT INTO request(received_ns, signal, own, refs, records, stored_bytes)"
                                       " VALUES("
                                       + std::to_string(receivedNs) + ", 0, 0, 1, 1, 1)"));
    }

private:
    TemporaryDirectory m_directory;
    Result<Database> m_database;
};

TEST_F(RegistryTest, givesEqualResourcesOneNumberAndFindsTheirValuesAgain)
{
    ResourceRegistry registry;
    ASSERT_TRUE(registry.load(database()));
    const std::string cart = packResource(hostAnd("edge-1", ResourceKey::PodName, "cart-1"));
    const std::uint32_t first = registry.numberOf(cart, kStart);
    const std::uint32_t second =
        registry.numberOf(packResource(hostAnd("edge-1", ResourceKey::PodName, "cart-2")), kStart);
    EXPECT_EQ(registry.numberOf(cart, kStart), first);
    EXPECT_NE(first, second);
    EXPECT_NE(first, ResourceRegistry::kFurther);
    EXPECT_EQ(valuesOf(registry, {first, second}, ResourceKey::PodName),
              (std::vector<std::string_view>{"cart-1", "cart-2"}));
    EXPECT_EQ(valuesOf(registry, {first, second}, ResourceKey::HostName), (std::vector<std::string_view>{"edge-1"}));
    EXPECT_TRUE(valuesOf(registry, {first + 77}, ResourceKey::HostName).empty());
    commit(registry);
    ResourceRegistry again;
    addRequest(kStart);
    ASSERT_TRUE(again.load(database()));
    EXPECT_EQ(again.numberOf(cart, kStart), first);
    EXPECT_EQ(valuesOf(again, {second}, ResourceKey::PodName), (std::vector<std::string_view>{"cart-2"}));
}

TEST_F(RegistryTest, keepsANumberThroughARollback)
{
    ResourceRegistry registry;
    ASSERT_TRUE(registry.load(database()));
    const std::string cart = packResource(hostAnd("edge-1", ResourceKey::PodName, "cart-1"));
    const std::uint32_t number = registry.numberOf(cart, kStart);
    registry.drop();
    commit(registry);
    EXPECT_EQ(storedRows(), 0);
    EXPECT_EQ(registry.numberOf(cart, kStart), number);
    commit(registry);
    EXPECT_EQ(storedRows(), 1) << "used again, written again";
    registry.forgetStored();
    ASSERT_TRUE(database().execute("DELETE FROM resource"));
    EXPECT_EQ(registry.numberOf(cart, kStart), number);
    commit(registry);
    EXPECT_EQ(storedRows(), 1);
}

TEST_F(RegistryTest, forgetsWhatNoStoredRequestCanNeed)
{
    {
        ResourceRegistry registry;
        ASSERT_TRUE(registry.load(database()));
        static_cast<void>(registry.numberOf(packResource(hostAnd("old", ResourceKey::Node, "n")), kStart));
        static_cast<void>(registry.numberOf(packResource(hostAnd("in use", ResourceKey::Node, "n")), kStart));
        commit(registry);
        static_cast<void>(registry.numberOf(packResource(hostAnd("in use", ResourceKey::Node, "n")), kStart + kHour));
        commit(registry);
    }
    addRequest(kStart + 2 * kHour - 1);
    ResourceRegistry registry;
    ASSERT_TRUE(registry.load(database()));
    EXPECT_EQ(registry.size(), 1U);
    EXPECT_EQ(valuesOf(registry, {1, 2}, ResourceKey::HostName), (std::vector<std::string_view>{"in use"}));
    const std::uint32_t next =
        registry.numberOf(packResource(hostAnd("new", ResourceKey::Node, "n")), kStart + 3 * kHour);
    EXPECT_GT(next, 2U) << "a number is not given twice while its owner may be listed";
}

TEST_F(RegistryTest, writesAResourceInUseAtMostTwiceAnHour)
{
    ResourceRegistry registry;
    ASSERT_TRUE(registry.load(database()));
    const std::string packed = packResource(hostAnd("edge-1", ResourceKey::Node, "n"));
    static_cast<void>(registry.numberOf(packed, kStart));
    commit(registry);
    const auto writtenNs = [&] { return *database().integerOf("SELECT last_seen_ns FROM resource"); };
    EXPECT_EQ(writtenNs(), kStart);
    static_cast<void>(registry.numberOf(packed, kStart + kHour / 2));
    commit(registry);
    EXPECT_EQ(writtenNs(), kStart);
    static_cast<void>(registry.numberOf(packed, kStart + kHour / 2 + 1));
    commit(registry);
    EXPECT_EQ(writtenNs(), kStart + kHour / 2 + 1);
    static_cast<void>(registry.numberOf(packed, kStart - kHour)); // a clock that ran backwards
    commit(registry);
    EXPECT_EQ(writtenNs(), kStart + kHour / 2 + 1);
}

TEST_F(RegistryTest, doesNotGrowForEver)
{
    ResourceRegistry registry;
    ASSERT_TRUE(registry.load(database()));
    std::uint32_t number = 0;
    for (std::size_t i = 0; i <= ResourceRegistry::kMaxResources; ++i) {
        number = registry.numberOf(packResource(hostAnd("h", ResourceKey::ProcessId, std::to_string(i))), kStart);
    }
    EXPECT_EQ(number, ResourceRegistry::kFurther);
    EXPECT_EQ(registry.size(), ResourceRegistry::kMaxResources);
}

TEST_F(RegistryTest, readsAroundDamage)
{
    addRequest(kStart); // or all would be too old to be needed
    ASSERT_TRUE(database().execute("INSERT INTO resource VALUES(1, x'00', 9e18), (2, x'0003006162', 9e18),"
                                   "(3, x'FF010061', 9e18), (4, x'00010061FF', 9e18), (-5, x'00010061', 9e18)"));
    ResourceRegistry registry;
    ASSERT_TRUE(registry.load(database()));
    EXPECT_EQ(valuesOf(registry, {1, 2, 3, 4}, ResourceKey::HostName), (std::vector<std::string_view>{"a"}));
}

TEST(ResourceText, cutsLongValuesAndIsEmptyForNothing)
{
    EXPECT_TRUE(packResource({}).empty());
    const std::string text(10'000, 'x');
    EXPECT_EQ(packResource(hostAnd(text, ResourceKey::Node, "")).size(), 3 + kMaxSummaryText);
}

} // namespace
} // namespace tracedeck::test
