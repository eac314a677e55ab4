// SPDX-License-Identifier: GPL-3.0-or-later
// Where each value of a Pulse resource comes from when several parts of it know it, and what older servers say.
#include "formats/pulse_json.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

PulseResource resourceWith(const std::string& fields)
{
    return decodePulseResource("{\"id\":\"a\"" + (fields.empty() ? fields : "," + fields) + "}").value();
}

TEST(PulseFields, UptimeComesFromTheFirstThatKnowsIt)
{
    // From the last to the first: each one wins over all before it.
    std::string fields = R"("uptime":1)";
    EXPECT_EQ(resourceWith(fields).uptimeSec, 1.0) << "the generic one when nothing else says it";
    double expected = 1;
    for (const char* facet :
         {R"("docker":{"uptimeSeconds":2})", R"("kubernetes":{"uptimeSeconds":3})", R"("pmg":{"uptimeSeconds":4})",
          R"("pbs":{"uptimeSeconds":5})", R"("proxmox":{"uptime":6})", R"("agent":{"uptimeSeconds":7})"}) {
        fields += std::string(",") + facet;
        EXPECT_EQ(resourceWith(fields).uptimeSec, ++expected) << facet;
    }
    EXPECT_FALSE(resourceWith("").uptimeSec) << "not told is not 0";
}

TEST(PulseFields, TemperatureComesFromTheFirstThatKnowsIt)
{
    std::string fields = R"("temperature":31)";
    double expected = 31;
    EXPECT_EQ(resourceWith(fields).temperatureCelsius, expected);
    for (const char* facet :
         {R"("physicalDisk":{"temperature":32})", R"("kubernetes":{"temperature":33})",
          R"("docker":{"temperature":34})", R"("proxmox":{"temperature":35})", R"("agent":{"temperature":36})"}) {
        fields += std::string(",") + facet;
        EXPECT_EQ(resourceWith(fields).temperatureCelsius, ++expected) << facet;
    }
}

TEST(PulseFields, DiskFallsBackToTheSumOfTheAgentsDisks)
{
    const std::string disks = R"("agent":{"disks":[{"used":10,"total":100,"usage":10},{"used":60,"total":100},
        {"used":5,"total":100,"usage":-1},{"total":100},{"used":7,"total":0},{"used":300,"total":100},7]})";
    const PulseResource summed = resourceWith(disks);
    EXPECT_EQ(summed.diskUsedBytes, 70);
    EXPECT_EQ(summed.diskTotalBytes, 200) << "disks whose use is not known do not count";
    EXPECT_EQ(summed.diskPercent, 35.0);
    const PulseResource told = resourceWith(R"("metrics":{"disk":{"percent":5}},)" + disks);
    EXPECT_EQ(told.diskPercent, 5.0) << "what the server says goes before";
    EXPECT_FALSE(told.diskTotalBytes);
    for (const char* nothing : {R"("agent":{"disks":[]})", R"("agent":{"disks":7})", R"("agent":7)",
                                R"("agent":{"disks":[{"used":0,"total":0}]})"}) {
        EXPECT_FALSE(resourceWith(nothing).diskPercent) << nothing;
    }
    EXPECT_TRUE(resourceWith(R"("agent":{"disks":[{"used":1,"total":1152921504606846975},
        {"used":1,"total":1152921504606846975},{"used":1,"total":9223372036854775807}]})")
                    .diskPercent.has_value())
        << "sizes that make no sense do not overflow";
}

TEST(PulseFields, LoadIsThatOfOneMinute)
{
    EXPECT_EQ(resourceWith(R"("agent":{"loadAverage":[0.5,1,2]})").loadAverage1, 0.5);
    EXPECT_FALSE(resourceWith(R"("agent":{"loadAverage":[]})").loadAverage1);
    EXPECT_FALSE(resourceWith(R"("agent":{"loadAverage":"high"})").loadAverage1);
}

TEST(PulseFields, ClustersAreNamedNeverInvented)
{
    EXPECT_EQ(resourceWith(R"("name":"pve1.lab","platformId":"lab")").clusterName, "");
    EXPECT_EQ(resourceWith(R"("kubernetes":{"clusterId":"7f3a","context":"prod-ctx"})").clusterName, "prod-ctx")
        << "the context stands in for a name, an id does not";
    EXPECT_EQ(resourceWith(R"("kubernetes":{"clusterName":"prod","context":"x"})").clusterName, "prod");
    EXPECT_EQ(resourceWith(R"("proxmox":{"clusterName":"pve"},"kubernetes":{"clusterName":"prod"})").clusterName,
              "pve");
    EXPECT_EQ(resourceWith(R"("identity":{"clusterName":"own"},"proxmox":{"clusterName":"pve"})").clusterName, "own");
}

TEST(PulseFields, NamesAreTheFirstThatIsNotEmpty)
{
    EXPECT_EQ(resourceWith("").name, "a");
    EXPECT_EQ(resourceWith(R"("name":"own")").name, "own");
    EXPECT_EQ(resourceWith(R"("name":"own","canonicalIdentity":{"displayName":""})").name, "own");
    EXPECT_EQ(
        resourceWith(R"("canonicalIdentity":{"displayName":"Shown","hostname":"h"},"identity":{"hostnames":["x"]})")
            .hostname,
        "h");
    EXPECT_EQ(resourceWith(R"("identity":{"hostnames":["x","y"]})").hostname, "x");
}

TEST(PulseFields, AMalformedPartIsLeftOutAndTheRestIsRead)
{
    const PulseResource resource = resourceWith(
        R"("sources":["docker",7,"",null,"agent"],"tags":"prod","identity":[],"metrics":{"cpu":{"percent":"high"},
            "memory":3,"netIn":{"value":9}},"docker":"nginx","status":null)");
    EXPECT_EQ(resource.sources, (std::vector<std::string>{"docker", "agent"}));
    EXPECT_TRUE(resource.tags.empty());
    EXPECT_FALSE(resource.cpuPercent);
    EXPECT_FALSE(resource.memoryPercent);
    EXPECT_EQ(resource.rxBytesPerSec, 9.0);
    EXPECT_EQ(resource.image, "");
    EXPECT_EQ(resource.status, "unknown");
}

TEST(PulseFields, CpuIsAPercentageWhateverTheCores)
{
    for (const char* cores : {"1", "8", "64"}) {
        const PulseResource resource =
            resourceWith(std::string(R"("metrics":{"cpu":{"percent":12.5}},"proxmox":{"cpus":)") + cores + "}");
        EXPECT_EQ(resource.cpuPercent, 12.5) << cores;
    }
    EXPECT_EQ(resourceWith(R"("metrics":{"cpu":{"percent":0}})").cpuPercent, 0.0) << "0 was measured";
    EXPECT_FALSE(resourceWith(R"("metrics":{"cpu":null})").cpuPercent) << "and this was not";
    EXPECT_EQ(resourceWith(R"("metrics":{"cpu":{"value":3}})").cpuPercent, 3.0)
        << "the value when there is no percentage";
}

TEST(PulseFields, TargetsOfHistoryInTheirNewWords)
{
    const auto target = [](const char* type, const char* field) {
        const PulseResource resource =
            resourceWith(std::string(R"("metricsTarget":{"resourceType":")") + type + R"(",")" + field + R"(":"x1"})");
        return resource.historyType + " " + resource.historyId;
    };
    EXPECT_EQ(target("vm", "resourceId"), "vm x1");
    EXPECT_EQ(target("agent", "agentId"), "agent x1") << "an agent is found by its own id";
    EXPECT_EQ(target("pod", "resourceId"), "k8s x1");
    EXPECT_EQ(target("k8s-node", "resourceId"), "k8s x1");
    EXPECT_EQ(target("node", "resourceId"), "agent x1") << "an older server";
    EXPECT_EQ(resourceWith(R"("metricsTarget":{"resourceType":"vm"})").historyType, "") << "both or none";
}

} // namespace
} // namespace tracedeck
