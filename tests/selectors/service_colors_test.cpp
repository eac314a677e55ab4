// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/service_colors.h"

#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>
#include <set>
#include <string>

using namespace tracedeck;

namespace {

SpanTable withServices(const std::vector<std::string>& services)
{
    SpanTable spans;
    for (const std::string& service : services) {
        spans.resources.serviceName.push_back(spans.strings.intern(service));
        spans.resources.attributes.push_back({});
    }
    return spans;
}

std::vector<std::string> randomServices()
{
    std::vector<std::string> services(*rc::gen::inRange<std::size_t>(0, 30));
    const std::size_t distinct = *rc::gen::inRange<std::size_t>(1, 14);
    for (std::string& service : services) {
        service = "svc" + std::to_string(*rc::gen::inRange<std::size_t>(0, distinct));
    }
    return services;
}

TEST(ServiceColors, noTwoServicesShareOneWhileColoursAreFree)
{
    EXPECT_TRUE(rc::check([] {
        const std::vector<std::string> services = randomServices();
        const std::vector<std::uint8_t> colors = serviceColors(withServices(services));
        RC_ASSERT(colors.size() == services.size());
        std::map<std::string, std::uint8_t> ofService;
        std::set<std::uint8_t> used;
        for (std::size_t i = 0; i < services.size(); ++i) {
            RC_ASSERT(colors[i] < kServiceColors);
            const auto [place, isNew] = ofService.emplace(services[i], colors[i]);
            RC_ASSERT(place->second == colors[i]);
            RC_ASSERT((!isNew || used.insert(colors[i]).second || ofService.size() > kServiceColors));
        }
        RC_ASSERT(used.size() == std::min(ofService.size(), kServiceColors));
    }));
}

TEST(ServiceColors, aTraceThatGrowsKeepsItsColours)
{
    EXPECT_TRUE(rc::check([] {
        const std::vector<std::string> services = randomServices();
        const std::vector<std::uint8_t> all = serviceColors(withServices(services));
        const std::size_t part = *rc::gen::inRange<std::size_t>(0, services.size() + 1);
        const std::vector<std::uint8_t> before =
            serviceColors(withServices({services.begin(), services.begin() + static_cast<std::ptrdiff_t>(part)}));
        RC_ASSERT(std::equal(before.begin(), before.end(), all.begin()));
    }));
}

TEST(ServiceColors, aServiceAloneGetsTheColourItsNameStandsFor)
{
    // Fixed: the same in every release and on every machine.
    EXPECT_EQ(serviceColors(withServices({"checkout"})), serviceColors(withServices({"checkout"})));
    const auto first = serviceColors(withServices({"checkout", "payments"}));
    const auto second = serviceColors(withServices({"payments", "checkout"}));
    if (serviceColors(withServices({"checkout"}))[0] != serviceColors(withServices({"payments"}))[0]) {
        EXPECT_EQ(first[0], second[1]) << "no collision, no dependence on the order";
    }
    EXPECT_TRUE(serviceColors(SpanTable()).empty());
}

} // namespace
