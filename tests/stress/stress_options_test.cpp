// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/stress_options.h"

#include <gtest/gtest.h>

namespace tracedeck::stress {
namespace {

TEST(StressOptions, AreRead)
{
    const auto options =
        parseStressOptions({"ws", "--clients", "120", "--duration", "30", "--per-client-cap", "12", "--rate", "50",
                            "--slow", "3", "--stagger", "0", "--plant", "loss", "--host", "::1"});
    ASSERT_TRUE(options.ok()) << options.error().what;
    EXPECT_EQ(options->scenario, "ws");
    EXPECT_EQ(options->clients, 120U);
    EXPECT_EQ(options->duration, std::chrono::seconds(30));
    EXPECT_EQ(options->tokens(), 10U);
    EXPECT_EQ(options->rate, 50U);
    EXPECT_EQ(options->slowClients, 3U);
    EXPECT_EQ(options->planted, PlantedFault::Loss);
    EXPECT_EQ(options->listenHost, "::1");
    EXPECT_EQ(parseStressOptions({"ws", "--clients", "121"})->tokens(), 11U);
    EXPECT_EQ(parseStressOptions({"ingest"})->clients, 8U);
    EXPECT_TRUE(parseStressOptions({"--help"})->help);
}

TEST(StressOptions, NothingUnboundedOrForeignIsTaken)
{
    for (const std::vector<std::string>& wrong : {std::vector<std::string>{},
                                                  {"chat"},
                                                  {"ws", "ingest"},
                                                  {"--clients", "3"},
                                                  {"ws", "--clients"},
                                                  {"ws", "--clients", "0"},
                                                  {"ws", "--clients", "1001"},
                                                  {"ws", "--clients", "-1"},
                                                  {"ws", "--clients", "12x"},
                                                  {"ws", "--duration", "601"},
                                                  {"ws", "--rate", "20000", "--duration", "60"},
                                                  {"ws", "--clients", "2", "--slow", "3"},
                                                  {"ws", "--plant", "bomb"},
                                                  {"ws", "--bogus", "1"}})
        EXPECT_EQ(parseStressOptions(wrong).error().code, ErrorCode::InvalidArgument) << testing::PrintToString(wrong);
    for (const char* host : {"10.0.0.1", "0.0.0.0", "::", "example.org", ""})
        EXPECT_EQ(parseStressOptions({"ws", "--host", host}).error().code, ErrorCode::PermissionDenied) << host;
}

} // namespace
} // namespace tracedeck::stress
