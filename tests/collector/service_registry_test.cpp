// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/service_registry.h"

#include "collector/store_schema.h"
#include "store_fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace tracedeck::test {
namespace {

class Services : public testing::Test {
protected:
    void SetUp() override
    {
        auto opened = openStoreDatabase(m_directory.file("traces.db"), false);
        ASSERT_TRUE(opened.ok()) << opened.error().what;
        database = std::make_unique<Database>(std::move(opened).value());
        ASSERT_TRUE(registry.load(*database).ok());
    }

    std::unique_ptr<Database> database;
    ServiceRegistry registry;

private:
    TemporaryDirectory m_directory;
};

TEST_F(Services, NumbersStayAcrossARestart)
{
    const std::uint32_t web = registry.numberOf("web", false);
    const std::uint32_t ownWeb = registry.numberOf("web", true);
    EXPECT_NE(web, ownWeb); // Tracedeck's own spans are counted apart
    EXPECT_EQ(registry.numberOf("web", false), web);
    registry.count(web, 5, 1, 100);
    registry.count(ownWeb, 2, 0, 90);
    ASSERT_TRUE(registry.store(*database).ok());
    registry.publish();
    ServiceRegistry again;
    ASSERT_TRUE(again.load(*database).ok());
    EXPECT_EQ(again.numberOf("web", false), web);
    EXPECT_EQ(again.numberOf("web", true), ownWeb);
    EXPECT_EQ(again.nameOf(web), "web");
    ASSERT_EQ(again.list(true).size(), 2U);
    EXPECT_EQ(again.list(false), (std::vector<ServiceSummary>{{"web", 5, 1, 100, false}}));
}

TEST_F(Services, NothingIsSeenBeforeTheCommitAndNothingStaysOfARollback)
{
    const std::uint32_t web = registry.numberOf("web", false);
    registry.count(web, 5, 1, 100);
    EXPECT_TRUE(registry.list(true).empty());
    registry.drop();
    ASSERT_TRUE(registry.store(*database).ok());
    registry.publish();
    EXPECT_TRUE(registry.list(true).empty());
    registry.count(web, 3, 0, 50);
    registry.publish();
    registry.count(web, -10, -10, 0); // more than there is: counts do not turn around
    registry.publish();
    EXPECT_TRUE(registry.list(true).empty());
}

TEST_F(Services, TooManyNamesShareOneEntry)
{
    for (std::size_t i = 0; i < ServiceRegistry::kMaxServices; ++i)
        EXPECT_NE(registry.numberOf("service-" + std::to_string(i), false), kFurtherServices);
    EXPECT_EQ(registry.numberOf("one-too-many", false), kFurtherServices);
    EXPECT_EQ(registry.numberOf("another", true), kFurtherServices);
    EXPECT_NE(registry.numberOf("service-7", false), kFurtherServices);
    registry.count(kFurtherServices, 4, 0, 10);
    ASSERT_TRUE(registry.store(*database).ok());
    registry.publish();
    EXPECT_EQ(registry.list(true).at(0).name, ServiceRegistry::kFurtherName);
}

TEST_F(Services, NamesAreCutAndUnknownNumbersHaveNone)
{
    const std::string longName(5000, 'x');
    const std::uint32_t number = registry.numberOf(longName, false);
    EXPECT_LT(registry.nameOf(number).size(), 600U);
    EXPECT_EQ(registry.numberOf(longName + "y", false), number); // the same once cut
    EXPECT_EQ(registry.nameOf(123'456), "");
    std::vector<std::string_view> names;
    registry.namesOf({{number, 1, 0}, {123'456, 1, 0}}, names);
    ASSERT_EQ(names.size(), 2U);
    EXPECT_EQ(names[1], "");
}

TEST_F(Services, ReadersSeeWholeNamesWhileNewOnesCome)
{
    std::atomic<bool> stop{false};
    std::thread reader([&] {
        while (!stop) {
            for (std::uint32_t number = 1; number < 3000; ++number) {
                const std::string_view name = registry.nameOf(number);
                EXPECT_TRUE(name.empty() || name.starts_with("service-")) << name;
            }
        }
    });
    for (int i = 0; i < 3000; ++i) {
        registry.count(registry.numberOf("service-" + std::to_string(i), false), 1, 0, i);
        registry.publish();
    }
    stop = true;
    reader.join();
    EXPECT_EQ(registry.list(false).size(), 3000U);
}

TEST_F(Services, CountNothingTakesEverythingBack)
{
    registry.count(registry.numberOf("web", false), 5, 2, 10);
    registry.count(registry.numberOf("db", false), 7, 0, 10);
    registry.publish();
    registry.count(registry.numberOf("web", false), 100, 0, 10); // not committed: forgotten
    registry.countNothing();
    ASSERT_TRUE(registry.store(*database).ok());
    registry.publish();
    EXPECT_TRUE(registry.list(true).empty());
}

} // namespace
} // namespace tracedeck::test
