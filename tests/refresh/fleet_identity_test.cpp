// SPDX-License-Identifier: GPL-3.0-or-later
// One fleet out of several sources: what is the same thing, and what its one row says.
#include "refresh/fleet_merge.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

namespace tracedeck {
namespace {

const std::string kLongId = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

struct HostRow {
    std::string name;
    std::string machineId;
    std::vector<std::string> addresses;
    std::optional<double> cpu;
    InfrastructureType type = InfrastructureType::Agent;
};

struct ContainerRow {
    std::string name;
    std::string containerId;
    std::optional<double> cpu;
    Platform platform = Platform::LocalMachine;
    std::string status = "running";
    std::string basis = "of 2 CPUs";
    std::uint8_t flags = 0;
};

RowKey hostKey(const std::string& source, const HostRow& row)
{
    return makeRowKey(RowKind::Infrastructure, source, row.name);
}

FleetSnapshot fleetOf(const std::string& source, const std::vector<HostRow>& hosts,
                      const std::vector<ContainerRow>& containers = {})
{
    auto table = std::make_shared<InfrastructureTable>();
    table->resize(hosts.size());
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        table->keys[i] = hostKey(source, hosts[i]);
        table->id[i] = table->strings.intern(source + hosts[i].name);
        table->name[i] = table->strings.intern(hosts[i].name);
        table->machineId[i] = table->strings.intern(hosts[i].machineId);
        table->type[i] = hosts[i].type;
        table->cpuPercent.set(i, hosts[i].cpu);
        for (const std::string& address : hosts[i].addresses) {
            table->ipAddresses.add(table->strings.intern(address));
        }
        table->ipAddresses.endRow();
    }
    table->finish();
    auto workloads = std::make_shared<WorkloadTable>();
    workloads->resize(containers.size());
    for (std::size_t i = 0; i < containers.size(); ++i) {
        const ContainerRow& row = containers[i];
        StringPool& strings = workloads->strings;
        workloads->keys[i] = makeRowKey(RowKind::Workload, source, row.containerId + row.name);
        workloads->hostKeys[i] = hosts.empty() ? 0 : hostKey(source, hosts.front());
        workloads->name[i] = strings.intern(row.name);
        workloads->status[i] = strings.intern(row.status);
        workloads->containerId[i] = strings.intern(row.containerId);
        workloads->type[i] = WorkloadType::AppContainer;
        workloads->platform[i] = row.platform;
        workloads->platformScopes[i] = platformBit(row.platform);
        workloads->cpuPercent.set(i, row.cpu);
        workloads->cpuBasis[i] = row.cpu ? strings.intern(row.basis) : 0;
        workloads->flags[i] = row.flags;
        workloads->detailNames.add(strings.intern("From"));
        workloads->detailValues.add(strings.intern(source));
        workloads->detailNames.endRow();
        workloads->detailValues.endRow();
    }
    workloads->finish();
    return {table, workloads, {}, {}};
}

std::string text(const WorkloadTable& table, StringId id)
{
    return std::string(table.strings.view(id));
}

std::string detail(const WorkloadTable& table, std::size_t row, const std::string& name)
{
    for (std::size_t i = 0; i < table.detailNames.row(row).size(); ++i) {
        if (text(table, table.detailNames.row(row)[i]) == name) {
            return text(table, table.detailValues.row(row)[i]);
        }
    }
    return {};
}

TEST(FleetIdentity, AContainerSeenTwiceIsOneRowWithTheBestOfBoth)
{
    FleetMerge merge;
    const FleetSnapshot local = fleetOf("local", {{"box", "m1", {}, 12.0}}, {{"0123456789ab", kLongId, 30.0}});
    const FleetSnapshot docker = fleetOf("docker", {{"box", "m1", {}, {}, InfrastructureType::DockerHost}},
                                         {{"web", kLongId, 99.0, Platform::Docker, "paused", "of 8 CPUs"}});
    const FleetSnapshot merged = merge.merge({local, docker}, {"this machine", "Docker"});
    ASSERT_EQ(merged.infrastructure->rows(), 1U);
    EXPECT_EQ(merged.infrastructure->cpuPercent.get(0), 12.0);
    EXPECT_EQ(merged.infrastructure->type[0], InfrastructureType::Agent);
    const WorkloadTable& table = *merged.workloads;
    ASSERT_EQ(table.rows(), 1U);
    EXPECT_EQ(text(table, table.name[0]), "web");
    EXPECT_EQ(text(table, table.status[0]), "paused");
    EXPECT_EQ(table.cpuPercent.get(0), 30.0);
    EXPECT_EQ(text(table, table.cpuBasis[0]), "of 2 CPUs");
    EXPECT_EQ(table.platform[0], Platform::Docker);
    EXPECT_EQ(table.platformScopes[0], platformBit(Platform::Docker) | platformBit(Platform::LocalMachine));
    EXPECT_EQ(table.keys[0], local.workloads->keys[0]);
    EXPECT_EQ(table.hostKeys[0], merged.infrastructure->keys[0]);
    EXPECT_EQ(detail(table, 0, "Seen by"), "this machine, Docker");
    EXPECT_EQ(detail(table, 0, "From"), "docker");
}

TEST(FleetIdentity, ShortIdsMatchLongOnesAndDifferentOnesDoNot)
{
    FleetMerge merge;
    const FleetSnapshot merged =
        merge.merge({fleetOf("a", {}, {{"x", kLongId.substr(0, 12), 1.0}}),
                     fleetOf("b", {}, {{"y", kLongId, 2.0}, {"z", "f" + kLongId.substr(1), 3.0}}),
                     fleetOf("c", {}, {{"tiny", "0123", 4.0}, {"", "", 5.0}})});
    EXPECT_EQ(merged.workloads->rows(), 4U);
}

TEST(FleetIdentity, AMissingValueComesFromTheOtherSourceWithItsBasis)
{
    FleetMerge merge;
    const FleetSnapshot merged =
        merge.merge({fleetOf("local", {}, {{"short", kLongId, {}}}),
                     fleetOf("docker", {}, {{"web", kLongId, 7.0, Platform::Docker, "running", "of 8 CPUs"}})});
    EXPECT_EQ(merged.workloads->cpuPercent.get(0), 7.0);
    EXPECT_EQ(text(*merged.workloads, merged.workloads->cpuBasis[0]), "of 8 CPUs");
}

TEST(FleetIdentity, AStaleSourceNeverCoversAFreshOne)
{
    FleetMerge merge;
    const ContainerRow old{"web", kLongId, 99.0, Platform::Docker, "running", "of 8 CPUs", kRowStale};
    const FleetSnapshot merged = merge.merge(
        {fleetOf("docker", {}, {old}), fleetOf("pulse", {}, {{"web", kLongId, 1.0, Platform::Docker, "stopped"}})});
    EXPECT_EQ(merged.workloads->cpuPercent.get(0), 1.0);
    EXPECT_EQ(text(*merged.workloads, merged.workloads->status[0]), "stopped");
    EXPECT_EQ(merged.workloads->flags[0] & kRowStale, 0);
}

TEST(FleetIdentity, ARowKeepsTheKeyItWasFirstShownWith)
{
    FleetMerge merge;
    const FleetSnapshot local = fleetOf("local", {}, {{"0123456789ab", kLongId, 30.0}});
    const FleetSnapshot docker = fleetOf("docker", {}, {{"web", kLongId, 99.0, Platform::Docker}});
    const RowKey first = merge.merge({{}, docker}).workloads->keys.at(0);
    EXPECT_EQ(first, docker.workloads->keys[0]);
    EXPECT_EQ(merge.merge({local, docker}).workloads->keys.at(0), first);
    EXPECT_EQ(merge.merge({local, {}}).workloads->keys.at(0), first) << "the engine went, the container stays";
    const FleetSnapshot other = fleetOf("local", {}, {{"aaaa", "a" + kLongId.substr(1), 1.0}});
    EXPECT_EQ(merge.merge({other, {}}).workloads->keys.at(0), other.workloads->keys[0]);
}

TEST(FleetIdentity, ARowIsKnownByTheKeysOfAllItsSources)
{
    FleetMerge merge;
    const FleetSnapshot local = fleetOf("local", {{"box", "m1", {}, {}}}, {{"0123456789ab", kLongId, 30.0}});
    const FleetSnapshot docker = fleetOf("docker", {}, {{"web", kLongId, 99.0, Platform::Docker}});
    const FleetSnapshot pulse = fleetOf("pulse", {{"box.lan", "m1", {}, {}}, {"other", "m2", {}, {}}},
                                        {{"web", kLongId.substr(0, 12), 1.0, Platform::Docker}});
    (void)merge.merge({local});
    EXPECT_EQ(merge.mergedKeys(), nullptr) << "one source: nothing is merged";
    const FleetSnapshot merged = merge.merge({local, docker, pulse});
    ASSERT_NE(merge.mergedKeys(), nullptr);
    const RowKey host = merged.infrastructure->keys.at(0);
    const RowKey container = merged.workloads->keys.at(0);
    EXPECT_EQ(keysOf(*merge.mergedKeys(), host), (std::vector<RowKey>{host, pulse.infrastructure->keys[0]}));
    const std::vector<RowKey> three = keysOf(*merge.mergedKeys(), container);
    EXPECT_EQ(three.front(), container);
    EXPECT_EQ(std::set<RowKey>(three.begin(), three.end()),
              (std::set<RowKey>{container, docker.workloads->keys[0], pulse.workloads->keys[0]}));
    EXPECT_EQ(keysOf(*merge.mergedKeys(), pulse.infrastructure->keys[1]).size(), 1U) << "it stands alone";
    EXPECT_EQ(otherKeys(*merge.mergedKeys()).size(), 3U);
    const auto before = merge.mergedKeys();
    (void)merge.merge({fleetOf("local", {{"box", "m1", {}, 5.0}}, {{"0123456789ab", kLongId, 31.0}}), docker, pulse});
    EXPECT_EQ(merge.mergedKeys(), before) << "other values, the same keys";
    (void)merge.merge({local, {}, {}});
    ASSERT_NE(merge.mergedKeys(), nullptr);
    EXPECT_TRUE(merge.mergedKeys()->empty());
}

TEST(FleetIdentity, HostsAreTheSameByMachineIdOrByNameAndAddress)
{
    const auto rows = [](const HostRow& a, const HostRow& b) {
        FleetMerge merge;
        return merge.merge({fleetOf("a", {a}), fleetOf("b", {b})}).infrastructure->rows();
    };
    EXPECT_EQ(rows({"web", "m1", {}, {}}, {"web.example.org", "M1", {}, {}}), 1U);
    EXPECT_EQ(rows({"web", "m1", {"10.0.0.1"}, {}}, {"db", "m1", {"10.0.0.2"}, {}}), 2U) << "cloned machine id";
    EXPECT_EQ(rows({"web", "", {"10.0.0.1"}, {}}, {"WEB.lan", "m2", {"10.0.0.1"}, {}}), 1U);
    EXPECT_EQ(rows({"web", "", {"127.0.0.1"}, {}}, {"web", "", {"127.0.0.1"}, {}}), 2U) << "everybody has that address";
    EXPECT_EQ(rows({"web", "", {}, {}}, {"web", "", {}, {}}), 2U) << "a name alone proves nothing";
    EXPECT_EQ(rows({"web", "m1", {"10.0.0.1"}, {}}, {"web", "m2", {"10.0.0.1"}, {}}), 2U);
    EXPECT_EQ(rows({"10.0.0.1", "", {"10.0.0.1"}, {}}, {"10.0.0.2", "", {"10.0.0.1"}, {}}), 2U);
}

TEST(FleetIdentity, AddressesThatEveryMachineHasJoinNobody)
{
    const auto rows = [](const std::vector<std::string>& addresses) {
        const FleetSnapshot merged = FleetMerge().merge(
            {fleetOf("a", {{"web", "", addresses, {}}}), fleetOf("b", {{"web", "", addresses, {}}})}, {"a", "b"});
        return merged.infrastructure->rows();
    };
    EXPECT_EQ(rows({"10.0.0.7"}), 1U);
    for (const char* common : {"127.0.0.1", "169.254.1.1", "fe80::1", "FE80::1", "172.17.0.1", "::1", ""}) {
        EXPECT_EQ(rows({common}), 2U) << common << " says nothing about who it is";
    }
    EXPECT_EQ(rows({"172.17.0.1", "10.0.0.7"}), 1U) << "beside one that does";
}

TEST(FleetIdentity, AMachineIdHoldsUntilNameAndAddressBothSayOtherwise)
{
    const auto rows = [](const HostRow& first, const HostRow& second) {
        return FleetMerge().merge({fleetOf("a", {first}), fleetOf("b", {second})}, {"a", "b"}).infrastructure->rows();
    };
    const HostRow host{"web", "m1", {"10.0.0.1"}, {}};
    EXPECT_EQ(rows(host, {"web", "m1", {"10.0.0.2"}, {}}), 1U) << "another network of the same machine";
    EXPECT_EQ(rows(host, {"db", "m1", {"10.0.0.1"}, {}}), 1U) << "renamed";
    EXPECT_EQ(rows(host, {"db", "m1", {"10.0.0.2"}, {}}), 2U) << "a cloned image";
    EXPECT_EQ(rows(host, {"web", "m2", {"10.0.0.1"}, {}}), 2U);
}

TEST(FleetIdentity, TwoRowsOfOneSourceStayTwo)
{
    FleetMerge merge;
    const FleetSnapshot merged = merge.merge(
        {fleetOf("a", {{"web", "m1", {}, 1.0}, {"db", "m1", {}, 2.0}}), fleetOf("b", {{"web", "m1", {}, {}}})});
    EXPECT_EQ(merged.infrastructure->rows(), 2U);
}

RC_GTEST_PROP(FleetIdentity, NoRowIsLostOrShownTwice, ())
{
    // Ids of few kinds, so that they meet often.
    const auto pick = *rc::gen::container<std::vector<std::vector<int>>>(
        rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 6)));
    std::vector<FleetSnapshot> sources;
    std::vector<std::string> labels;
    std::vector<bool> seen(6, false);
    for (std::size_t s = 0; s < pick.size(); ++s) {
        std::vector<ContainerRow> rows;
        std::vector<bool> own(6, false);
        for (const int id : pick[s]) {
            if (!own[static_cast<std::size_t>(id)]) {
                rows.push_back({"n", std::string(12, static_cast<char>('a' + id)), 1.0});
            }
            own[static_cast<std::size_t>(id)] = true;
            seen[static_cast<std::size_t>(id)] = true;
        }
        sources.push_back(fleetOf("s" + std::to_string(s), {}, rows));
        labels.push_back("s" + std::to_string(s));
    }
    FleetMerge merge;
    const FleetSnapshot merged = merge.merge(sources, labels);
    RC_ASSERT(merged.workloads->rows() == static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true)));
    const std::set<RowKey> keys(merged.workloads->keys.begin(), merged.workloads->keys.end());
    RC_ASSERT(keys.size() == merged.workloads->rows());
    RC_ASSERT(merged.workloads->detailNames.size() == merged.workloads->rows());
}

} // namespace
} // namespace tracedeck
