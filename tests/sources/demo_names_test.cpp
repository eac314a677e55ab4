// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo_names.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>
#include <string>

using namespace tracedeck;

TEST(DemoNames, ServicesHaveNamesOfTheirOwnAndWrapAround)
{
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < kDemoServices; ++i) {
        const DemoService& service = demoService(i);
        names.insert(service.name);
        EXPECT_FALSE(service.image.empty()) << service.name;
        EXPECT_NE(service.image.find(':'), std::string_view::npos) << service.image << " names its version";
        EXPECT_FALSE(service.project.empty()) << service.name;
        EXPECT_FALSE(service.tag.empty()) << service.name;
    }
    EXPECT_EQ(names.size(), kDemoServices);
    EXPECT_EQ(demoService(kDemoServices).name, demoService(0).name);
    EXPECT_EQ(demoService(kDemoServices * 7 + 3).name, demoService(3).name);
}

TEST(DemoNames, RegionsGoOnWithNumbers)
{
    EXPECT_EQ(demoRegion(0), "west");
    EXPECT_EQ(demoRegion(7), "hill");
    EXPECT_EQ(demoRegion(8), "west2");
    EXPECT_EQ(demoRegion(17), "east3");
    std::set<std::string> all;
    for (std::size_t i = 0; i < 500; ++i) {
        all.insert(demoRegion(i));
    }
    EXPECT_EQ(all.size(), 500U);
}

TEST(DemoNames, AddressesAreOnePerNumber)
{
    EXPECT_EQ(demoAddress(0), "10.0.0.0");
    EXPECT_EQ(demoAddress(255), "10.0.0.255");
    EXPECT_EQ(demoAddress(256), "10.0.1.0");
    EXPECT_EQ(demoAddress((1U << 24U) - 1), "10.255.255.255");
}

RC_GTEST_PROP(DemoNamesProperty, hexAndSuffixHaveTheirLengthAndStayTheSame, (std::uint64_t hash))
{
    const auto digits = *rc::gen::inRange<std::size_t>(0, 70);
    const std::string hex = demoHex(hash, digits);
    RC_ASSERT(hex.size() == digits);
    RC_ASSERT(hex.find_first_not_of("0123456789abcdef") == std::string::npos);
    RC_ASSERT(hex == demoHex(hash, digits));
    RC_ASSERT(demoHex(hash, 64).substr(0, std::min<std::size_t>(digits, 64))
              == hex.substr(0, std::min<std::size_t>(digits, 64)));
    const std::string suffix = demoSuffix(hash, digits);
    RC_ASSERT(suffix.size() == digits);
    RC_ASSERT(suffix.find_first_of("aeiou01") == std::string::npos);
}

RC_GTEST_PROP(DemoNamesProperty, addressesDiffer, ())
{
    const auto first = *rc::gen::inRange<std::uint32_t>(0, 1U << 24U);
    const auto second = *rc::gen::inRange<std::uint32_t>(0, 1U << 24U);
    RC_ASSERT((demoAddress(first) == demoAddress(second)) == (first == second));
}
