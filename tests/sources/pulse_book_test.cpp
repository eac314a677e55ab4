// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/pulse_book.h"

#include "sources/pulse_rows.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

constexpr std::int64_t kNow = 1'800'000'000'000'000'000;

PulsePage pageOf(const std::string& resources)
{
    return decodePulsePage("{\"data\":[" + resources + "],\"meta\":{}}").value();
}

class PulseBookTest : public testing::Test {
protected:
    void take(const std::string& resources)
    {
        std::vector<PulsePage> pages;
        pages.push_back(pageOf(resources));
        m_book.takePages(std::move(pages));
    }
    [[nodiscard]] static std::string text(const WorkloadTable& table, StringId id)
    {
        return std::string(table.strings.view(id));
    }

    PulseBook m_book{"pulse:test"};
};

TEST_F(PulseBookTest, GuestsAndHostsFindTheirTables)
{
    take(R"({"id":"n","type":"agent","status":"online","sources":["proxmox","agent"],"identity":{"machineId":"m1"}},
            {"id":"v","type":"vm","status":"online","parentId":"n","sources":["proxmox"],
             "proxmox":{"instance":"lab","nodeName":"pve1","vmid":101,"clusterName":"c1"}},
            {"id":"p","type":"pod","kubernetes":{"clusterId":"k","podUid":"u","clusterName":"prod"}},
            {"id":"s","type":"storage"})");
    const FleetSnapshot snapshot = m_book.build(kNow);
    ASSERT_EQ(snapshot.infrastructure->rows(), 1U);
    const InfrastructureTable& hosts = *snapshot.infrastructure;
    EXPECT_EQ(hosts.platform[0], Platform::ProxmoxVe);
    EXPECT_EQ(hosts.sources[0], platformBit(Platform::ProxmoxVe) | platformBit(Platform::Agent));
    EXPECT_EQ(hosts.strings.view(hosts.machineId[0]), "m1");
    const WorkloadTable& guests = *snapshot.workloads;
    ASSERT_EQ(guests.rows(), 2U) << "storage is neither";
    EXPECT_EQ(text(guests, guests.id[0]), "lab:pve1:101");
    EXPECT_EQ(text(guests, guests.contextLabel[0]), "pve1 (c1)");
    EXPECT_EQ(text(guests, guests.displayId[0]), "101");
    EXPECT_EQ(guests.hostKeys[0], hosts.keys[0]);
    EXPECT_EQ(text(guests, guests.id[1]), "k8s:k:pod:u");
    EXPECT_EQ(text(guests, guests.contextLabel[1]), "prod");
    EXPECT_EQ(guests.hostKeys[1], 0U);
}

TEST_F(PulseBookTest, AStoppedGuestsZerosAreUnknown)
{
    const std::string metrics = R"("metrics":{"cpu":{"percent":0},"memory":{"percent":0},"netIn":{"value":0}})";
    take(R"({"id":"a","type":"vm","status":"online",)" + metrics + R"(},{"id":"b","type":"vm","status":"offline",)"
         + metrics + "}");
    const FleetSnapshot snapshot = m_book.build(kNow);
    const WorkloadTable& table = *snapshot.workloads;
    EXPECT_EQ(table.cpuPercent.get(0), 0.0) << "idle";
    EXPECT_FALSE(table.cpuPercent.has(1));
    EXPECT_FALSE(table.memoryPercent.has(1));
    EXPECT_FALSE(table.rxBytesPerSec.has(1));
    EXPECT_EQ(table.bucket[1], StatusBucket::Stopped);
}

TEST_F(PulseBookTest, AnUptimeThatTicksChangesNoRow)
{
    constexpr std::int64_t kSecond = 1'000'000'000;
    take(R"({"id":"a","type":"vm","status":"online","uptime":100})");
    const FleetSnapshot before = m_book.build(kNow);
    take(R"({"id":"a","type":"vm","status":"online","uptime":110})");
    EXPECT_EQ(*m_book.build(kNow + 12 * kSecond).workloads, *before.workloads) << "two seconds of waver";
    take(R"({"id":"a","type":"vm","status":"online","uptime":3})");
    EXPECT_NE(*m_book.build(kNow + 20 * kSecond).workloads, *before.workloads) << "it was restarted";
}

TEST_F(PulseBookTest, DoubledIdsAreCounted)
{
    take(R"({"id":"a","type":"vm","name":"first"},{"id":"a","type":"vm","name":"second"})");
    const FleetSnapshot snapshot = m_book.build(kNow);
    ASSERT_EQ(snapshot.workloads->rows(), 1U);
    EXPECT_EQ(text(*snapshot.workloads, snapshot.workloads->name[0]), "first");
    ASSERT_EQ(snapshot.warnings.size(), 1U);
}

TEST_F(PulseBookTest, ALiveStateOfAnotherEstateIsNoticed)
{
    take(R"({"id":"a","type":"vm"})");
    EXPECT_FALSE(m_book.liveIsForeign()) << "there is none";
    ASSERT_TRUE(m_book.live().takeSnapshot(R"({"resources":[{"id":"x"}]})"));
    EXPECT_TRUE(m_book.liveIsForeign());
    ASSERT_TRUE(m_book.live().takeSnapshot(R"({"resources":[{"id":"x"},{"id":"a"}]})"));
    EXPECT_FALSE(m_book.liveIsForeign());
}

} // namespace
} // namespace tracedeck
