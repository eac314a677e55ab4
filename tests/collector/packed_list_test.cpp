// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/packed_list.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <limits>

namespace tracedeck::test {
namespace {

TEST(PackedList, PartsComeBackAndAreSmall)
{
    EXPECT_TRUE(rc::check("parts", [] {
        std::vector<TracePart> parts;
        std::string packed;
        const auto count = *rc::gen::inRange<std::size_t>(0, 20);
        for (std::size_t i = 0; i < count; ++i) {
            parts.push_back({*rc::gen::inRange<std::int64_t>(0, std::numeric_limits<std::int64_t>::max()),
                             *rc::gen::arbitrary<std::uint32_t>()});
            appendPart(packed, parts.back());
        }
        std::vector<TracePart> read;
        unpackParts(packed, read);
        RC_ASSERT(read == parts);
    }));
    std::string packed;
    appendPart(packed, {1'000'000, 4096});
    EXPECT_LE(packed.size(), 8U);
}

TEST(PackedList, DamageCostsTheRestAndNothingElse)
{
    std::string packed;
    appendPart(packed, {1, 2});
    appendPart(packed, {300, 70'000});
    for (std::size_t kept = 0; kept < packed.size(); ++kept) {
        std::vector<TracePart> read{{9, 9}};
        unpackParts(std::string_view(packed).substr(0, kept), read);
        EXPECT_EQ(read.size(), kept < 2 ? 1U : 2U) << kept;
        EXPECT_EQ(read[0], (TracePart{9, 9})); // appended to what was there
    }
    std::vector<TracePart> read;
    unpackParts(std::string(40, '\xff'), read); // a number without an end
    EXPECT_TRUE(read.empty());
}

TEST(PackedList, ServicesComeBack)
{
    EXPECT_TRUE(rc::check("services", [] {
        std::vector<ServiceShare> services;
        const auto count = *rc::gen::inRange<std::size_t>(0, 12);
        for (std::size_t i = 0; i < count; ++i)
            services.push_back({*rc::gen::arbitrary<std::uint32_t>(), *rc::gen::arbitrary<std::uint32_t>(),
                                *rc::gen::arbitrary<std::uint32_t>()});
        RC_ASSERT(unpackServices(packServices(services)) == services);
    }));
    const std::string packed = packServices({{1, 2, 3}, {4, 5, 6}});
    EXPECT_EQ(unpackServices(std::string_view(packed).substr(0, 5)), (std::vector<ServiceShare>{{1, 2, 3}}));
}

TEST(PackedList, AnEmptyListOfResourcesIsNotTheSameAsNone)
{
    std::vector<std::uint32_t> resources{7};
    EXPECT_EQ(unpackResources("", resources), ResourceKnowledge::Unknown);
    EXPECT_TRUE(resources.empty());
    for (const ResourceKnowledge known :
         {ResourceKnowledge::Unknown, ResourceKnowledge::Part, ResourceKnowledge::Whole}) {
        const std::string packed = packResources({1, 200, 4'000'000'000U}, known);
        EXPECT_EQ(unpackResources(packed, resources), known);
        EXPECT_EQ(resources, (std::vector<std::uint32_t>{1, 200, 4'000'000'000U}));
        EXPECT_FALSE(packResources({}, known).empty());
    }
    EXPECT_EQ(unpackResources("\x7f", resources), ResourceKnowledge::Unknown); // of a release to come
}

} // namespace
} // namespace tracedeck::test
