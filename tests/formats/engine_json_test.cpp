// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/engine_json.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

constexpr std::string_view kList = R"j([{
  "Id": "aaaabbbbccccdddd", "Names": ["/other/alias", "/web-1"], "Image": "nginx:1", "ImageID": "sha256:1",
  "Created": 1700000000, "State": "running", "Status": "Up 5 minutes (health: starting)",
  "Labels": {"com.docker.compose.project": "shop", "com.docker.compose.service": "web"},
  "Ports": [{"IP": "::", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"}, {"PrivatePort": 443},
            {"IP": "0.0.0.0", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"}, {"Type": "udp"}],
  "NetworkSettings":
{
    "Networks":
    {
        "shop":
        {
            "IPAddress" : "10.1.0.2", "GlobalIPv6Address" : ""
        }
    }
}
}, {"Names": ["/no-id"]}, {"Id": "a/../../x y"},
 {"Id": "ffff", "Names": null, "State": "exited", "Status": "Exited (137) 3 hours ago", "Labels": null, "Ports": 7}])j";

TEST(EngineJson, ReadsTheListOfContainers)
{
    const auto list = decodeEngineContainers(kList);
    ASSERT_TRUE(list.ok());
    ASSERT_EQ(list->size(), 2U);
    const EngineContainer& web = list->at(0);
    EXPECT_EQ(web.name, "web-1");
    EXPECT_EQ(web.health, "starting");
    EXPECT_EQ(web.project, "shop");
    EXPECT_EQ(web.service, "web");
    EXPECT_EQ(web.ports, "0.0.0.0:8080->80/tcp, 443/tcp, [::]:8080->80/tcp");
    EXPECT_EQ(web.addresses, std::vector<std::string>{"10.1.0.2"});
    EXPECT_FALSE(web.exitCode);
    EXPECT_EQ(list->at(1).exitCode, 137);
    EXPECT_EQ(list->at(1).name, "");
}

TEST(EngineJson, HealthComesFromTheObjectOfNewEnginesOrFromTheStatus)
{
    const auto health = [](const std::string& fields) {
        return decodeEngineContainers(R"([{"Id": "a", )" + fields + "}]").value().at(0).health;
    };
    EXPECT_EQ(health(R"j("Health": {"Status": "unhealthy"}, "Status": "Up (healthy)")j"), "unhealthy");
    EXPECT_EQ(health(R"j("Health": {"Status": "none"}, "Status": "Up 2 days")j"), "");
    EXPECT_EQ(health(R"j("Status": "Up 2 days (unhealthy)")j"), "unhealthy");
    EXPECT_EQ(health(R"j("Status": "Up 2 days (Paused)")j"), "");
    EXPECT_EQ(health(R"j("Status": "Exited (0) 1 day ago")j"), "");
}

TEST(EngineJson, WhatIsNoListIsRefused)
{
    for (const char* text : {"", "{", "[{\"Id\":", "{\"message\":\"no\"}", "7", "\xFF\xFE"}) {
        const auto list = decodeEngineContainers(text);
        ASSERT_FALSE(list.ok()) << text;
        EXPECT_EQ(list.error().code, ErrorCode::Malformed);
        EXPECT_FALSE(decodeEngineImages(text).ok());
    }
    EXPECT_TRUE(decodeEngineContainers("[1, null, {}]").value().empty());
}

TEST(EngineJson, MemoryIsWithoutTheInactiveCacheOfEitherCgroupVersion)
{
    const auto memory = [](const std::string& stats) {
        return decodeEngineStats(R"({"memory_stats": {"usage": 1000, "limit": 4000, "stats": )" + stats + "}}").value();
    };
    EXPECT_EQ(memory(R"({"total_inactive_file": 300, "inactive_file": 1})").memoryBytes, 700);
    EXPECT_EQ(memory(R"({"inactive_file": 100})").memoryBytes, 900);
    EXPECT_FALSE(memory(R"({"inactive_file": 100})").memoryWithCache);
    EXPECT_EQ(memory(R"({"inactive_file": 5000})").memoryBytes, 1000) << "more cache than memory";
    EXPECT_TRUE(memory("{}").memoryWithCache) << "Podman leaves them out";
    const auto unlimited = decodeEngineStats(R"({"memory_stats": {"usage": 5, "limit": 18446744073709551615}})");
    EXPECT_FALSE(unlimited->memoryLimitBytes);
    EXPECT_FALSE(decodeEngineStats(R"({"memory_stats": {}})")->memoryBytes);
}

TEST(EngineJson, CountersAreSummedAndMissingOnesStayMissing)
{
    const auto sample = decodeEngineStats(R"({
        "read": "2026-01-02T03:04:05.5Z", "pids_stats": {"current": 3},
        "cpu_stats": {"cpu_usage": {"total_usage": 18446744073709551615, "percpu_usage": [1, 2, 3]}, "online_cpus": 0},
        "networks": {"eth0": {"rx_bytes": 5, "tx_bytes": 1}, "eth1": {"rx_bytes": 7}},
        "blkio_stats": {"io_service_bytes_recursive": [
            {"op": "Read", "value": 10}, {"op": "read", "value": 1}, {"op": "Write", "value": 4}, {"op": "Sync", "value": 9}]}})");
    ASSERT_TRUE(sample.ok());
    EXPECT_EQ(sample->readNs, 1767323045'500000000);
    EXPECT_EQ(sample->cpuNs, 18446744073709551615ULL);
    EXPECT_EQ(sample->onlineCpus, 3);
    EXPECT_EQ(sample->rxBytes, 12U);
    EXPECT_EQ(sample->txBytes, 1U);
    EXPECT_EQ(sample->readBytes, 11U);
    EXPECT_EQ(sample->writtenBytes, 4U);
    EXPECT_EQ(sample->processes, 3);
    const auto hostNetwork =
        decodeEngineStats(R"({"networks": null, "blkio_stats": {"io_service_bytes_recursive": null}})");
    EXPECT_FALSE(hostNetwork->rxBytes);
    EXPECT_FALSE(hostNetwork->readBytes);
    EXPECT_FALSE(hostNetwork->cpuNs);
}

TEST(EngineJson, PodmanGivesAllSamplesAtOnce)
{
    const auto samples = decodePodmanStats(R"({"Error": null, "Stats": [
        {"ContainerID": "a", "CPUNano": 12, "SystemNano": 99, "MemUsage": 5, "MemLimit": 7, "NetInput": 1,
         "NetOutput": 2, "BlockInput": 3, "BlockOutput": 4, "PIDs": 1},
        {"ContainerID": "stopped", "PIDs": 0}, {"PIDs": 4}]})");
    ASSERT_TRUE(samples.ok());
    ASSERT_EQ(samples->size(), 1U);
    EXPECT_EQ(samples->at(0).second.cpuNs, 12U);
    EXPECT_EQ(samples->at(0).second.writtenBytes, 4U);
    EXPECT_FALSE(decodePodmanStats(R"({"Error": "cgroup gone", "Stats": null})").ok());
}

TEST(EngineJson, InspectTellsLimitsStartAndEnd)
{
    const auto inspect = decodeEngineInspect(R"({"RestartCount": 4,
        "State": {"StartedAt": "2026-01-02T03:04:05.123456789+01:00", "ExitCode": 137, "OOMKilled": true, "Pid": 0,
                  "Healthcheck": {"Status": "unhealthy"}},
        "Config": {"Tty": true},
        "HostConfig": {"CpuQuota": 150000, "CpuPeriod": 100000, "Memory": 64, "RestartPolicy": {"Name": "always"}}})");
    ASSERT_TRUE(inspect.ok());
    EXPECT_EQ(inspect->startedAtNs, 1767319445'123456789);
    EXPECT_EQ(inspect->cpuLimit, 1.5);
    EXPECT_EQ(inspect->memoryLimitBytes, 64);
    EXPECT_EQ(inspect->restartPolicy, "always");
    EXPECT_EQ(inspect->health, "unhealthy");
    EXPECT_TRUE(inspect->oomKilled && inspect->tty);
    EXPECT_FALSE(inspect->pid);
    EXPECT_EQ(decodeEngineInspect(R"({"HostConfig": {"NanoCpus": 300000000}})")->cpuLimit, 0.3);
    EXPECT_FALSE(decodeEngineInspect(R"({"State": {"StartedAt": "0001-01-01T00:00:00Z"}})")->startedAtNs);
    EXPECT_FALSE(decodeEngineInspect("[]").ok());
}

TEST(EngineJson, EventsOldAndNew)
{
    const auto event = decodeEngineEvent(
        R"({"Type": "container", "Action": "die", "Actor": {"ID": "a", "Attributes": {"name": "web"}}, "timeNano": 5})");
    ASSERT_TRUE(event.ok());
    EXPECT_EQ(event->action, "die");
    EXPECT_EQ(event->id, "a");
    EXPECT_EQ(event->name, "web");
    EXPECT_EQ(event->timeNs, 5);
    EXPECT_EQ(decodeEngineEvent(R"({"status": "start"})")->action, "start");
    EXPECT_FALSE(decodeEngineEvent("{\"Type\": \"cont").ok());
}

TEST(EngineJson, ErrorAnswersGiveTheirSentence)
{
    EXPECT_EQ(engineErrorMessage(R"({"message": "client version 1.44 is too new"})"), "client version 1.44 is too new");
    EXPECT_EQ(engineErrorMessage(R"({"cause": "no such container"})"), "no such container");
    EXPECT_EQ(engineErrorMessage("404 page not found\n"), "404 page not found");
    EXPECT_EQ(engineErrorMessage(std::string(5000, 'x')).size(), 200U);
}

TEST(EngineJson, TimesOfEveryFormAndNothingElse)
{
    EXPECT_EQ(parseRfc3339("1971-01-01T00:00:00Z"), 31536000'000000000);
    EXPECT_EQ(parseRfc3339("2024-02-29T12:00:00-05:30"), parseRfc3339("2024-02-29T17:30:00Z"));
    for (const char* text : {"", "2024", "0001-01-01T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-01T00:00:00",
                             "2024-01-01X00:00:00Z", "2024-01-01T00:00:00+5", "9999-01-01T00:00:00Z", "hello world"}) {
        EXPECT_FALSE(parseRfc3339(text)) << text;
    }
}

} // namespace
} // namespace tracedeck
