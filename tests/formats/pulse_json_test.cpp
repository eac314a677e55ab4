// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/pulse_json.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

constexpr std::string_view kGuest = R"({"id": "r1", "type": "vm", "name": "db", "status": "warning",
    "canonicalIdentity": {"displayName": "Database"}, "sources": ["proxmox", "agent"], "tags": ["prod"],
    "identity": {"ipAddresses": ["10.0.0.5"], "clusterName": "lab"}, "parentId": "n1",
    "proxmox": {"nodeName": "pve1", "instance": "lab", "vmid": 101, "cpus": 4, "uptime": 60, "runtimeStatus": "running",
                "lastBackup": "0001-01-01T00:00:00Z"},
    "metrics": {"cpu": {"percent": 12.5}, "memory": {"percent": 50, "used": 100, "total": 200},
                "netIn": {"value": 7}, "disk": null}})";

TEST(PulseJson, ReadsAResource)
{
    const auto resource = decodePulseResource(kGuest);
    ASSERT_TRUE(resource.ok());
    EXPECT_EQ(resource->name, "Database");
    EXPECT_EQ(resource->status, "running");
    EXPECT_EQ(resource->resourceStatus, "warning");
    EXPECT_EQ(resource->cpuPercent, 12.5);
    EXPECT_EQ(resource->memoryTotalBytes, 200);
    EXPECT_EQ(resource->rxBytesPerSec, 7.0);
    EXPECT_FALSE(resource->txBytesPerSec) << "not told is not 0";
    EXPECT_FALSE(resource->diskPercent);
    EXPECT_EQ(resource->vmid, 101);
    EXPECT_EQ(resource->uptimeSec, 60.0);
    EXPECT_FALSE(resource->lastBackupNs) << "year 1 means never";
}

TEST(PulseJson, PowerStatesAreOneVocabulary)
{
    const auto status = [](const std::string& fields) {
        return decodePulseResource("{\"id\":\"a\"," + fields + "}")->status;
    };
    EXPECT_EQ(status(R"("status":"online")"), "running");
    EXPECT_EQ(status(R"("status":"offline")"), "stopped");
    EXPECT_EQ(status(R"("status":"warning","docker":{"containerState":"Exited"})"), "stopped");
    EXPECT_EQ(status(R"("virtualMachine":{"runtimeState":"poweredOn"})"), "running");
    EXPECT_EQ(status(R"("status":"Paused")"), "paused");
    EXPECT_EQ(status(R"("status":7)"), "unknown");
}

TEST(PulseJson, ReadsAPageAndRefusesWhatIsNone)
{
    const auto page = decodePulsePage(R"({"data":[{"id":"a"},{"name":"no id"},{"id":"b"}],
        "meta":{"page":2,"limit":100,"total":250,"totalPages":3}})");
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(page->resources.size(), 2U);
    EXPECT_EQ(page->raw.size(), 2U);
    EXPECT_EQ(page->totalPages, 3);
    EXPECT_EQ(page->total, 250);
    EXPECT_EQ(decodePulsePage(R"({"data":[]})")->totalPages, 1) << "an old server without meta";
    for (const char* text : {"", "[]", "{}", R"({"data":{}})", R"({"data":[)", "\xFF"}) {
        EXPECT_FALSE(decodePulsePage(text).ok()) << text;
    }
}

TEST(PulseJson, MessagesByType)
{
    using Kind = PulseMessage::Kind;
    const auto kind = [](const char* text) { return decodePulseMessage(text)->kind; };
    EXPECT_EQ(kind(R"({"type":"ping"})"), Kind::Ping);
    EXPECT_EQ(kind(R"({"type":"initialState","data":{"resources":[]}})"), Kind::Snapshot);
    EXPECT_EQ(kind(R"({"type":"rawData","data":{"resources":[]}})"), Kind::Snapshot);
    EXPECT_EQ(kind(R"({"type":"rawData","data":{"resourceDelta":{}}})"), Kind::Delta);
    EXPECT_EQ(kind(R"({"type":"stateTooLarge","data":{"bytes":9}})"), Kind::TooLarge);
    EXPECT_EQ(kind(R"({"type":"alert","data":{}})"), Kind::Other);
    EXPECT_FALSE(decodePulseMessage("{").ok());
}

TEST(PulseLiveState, DeltasNeedASnapshotFirst)
{
    PulseLiveState live;
    EXPECT_FALSE(live.takeDelta(R"({"resourceDelta":{"upserts":[{"id":"a"}]}})"));
    EXPECT_FALSE(live.takeSnapshot(R"({"resources":7})"));
    EXPECT_FALSE(live.hasBaseline());
    EXPECT_TRUE(live.takeSnapshot(R"({"resources":[{"id":"a","cpu":1,"x":{"y":1,"z":2}},{"id":"b"},{"noid":1}]})"));
    EXPECT_EQ(live.size(), 2U);
    EXPECT_TRUE(live.takeDelta(R"({"resourceDelta":{"upserts":[{"id":"a","cpu":null,"x":{"y":5}},{"id":"c"}],
                                  "removed":["b"],"order":["c","a"]}})"));
    EXPECT_EQ(live.resource("a"), R"({"id":"a","x":{"y":5,"z":2}})") << "a merge patch: null removes";
    EXPECT_EQ(live.ids(), (std::vector<std::string>{"c", "a"}));
    EXPECT_EQ(live.resource("b"), "");
    EXPECT_TRUE(live.takeDelta(R"({"stats":{}})")) << "other parts of the state are none of ours";
    EXPECT_FALSE(live.takeDelta("nonsense"));
    EXPECT_EQ(live.size(), 2U);
    live.dropBaseline();
    EXPECT_FALSE(live.takeDelta("{}"));
}

TEST(PulseLiveState, IdsMissingFromTheOrderGoLast)
{
    PulseLiveState live;
    ASSERT_TRUE(live.takeSnapshot(R"({"resources":[{"id":"a"},{"id":"b"},{"id":"c"}]})"));
    ASSERT_TRUE(live.takeDelta(R"({"resourceDelta":{"order":["c","unknown",5]}})"));
    EXPECT_EQ(live.ids(), (std::vector<std::string>{"c", "a", "b"}));
}

TEST(PulseMerge, TheLiveRowWinsAndFacetsOfGoneSourcesGo)
{
    const std::string merged = mergedPulseResource(
        R"({"id":"a","name":"rich","sources":["docker","agent"],"docker":{"image":"nginx","health":"ok"},"agent":{"x":1}})",
        R"({"id":"a","status":"offline","sources":["docker"],"docker":{"health":"bad"}})");
    const auto resource = decodePulseResource(merged);
    ASSERT_TRUE(resource.ok());
    EXPECT_EQ(resource->name, "rich");
    EXPECT_EQ(resource->image, "nginx");
    EXPECT_EQ(resource->status, "stopped");
    EXPECT_EQ(merged.find("\"agent\":{"), std::string::npos);
    EXPECT_EQ(mergedPulseResource("nonsense", R"({"id":"a"})"), R"({"id":"a"})");
}

} // namespace
} // namespace tracedeck
