// SPDX-License-Identifier: GPL-3.0-or-later
// Which devices of a machine are counted, and which sensor is believed.
#include "recorded_machine.h"
#include "sources/local_proc_reader.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class LocalDevices : public testing::Test {
protected:
    [[nodiscard]] MachineSample read()
    {
        LocalFileReader files(m_machine.root());
        MachineSample sample;
        readNetDevices(files, sample);
        readDisks(files, sample);
        readTemperature(files, sample);
        return sample;
    }
    void netDevices(std::initializer_list<const char*> names)
    {
        std::string text = "Inter-|   Receive  |  Transmit\n face |bytes packets|bytes packets\n";
        for (const char* name : names) {
            text += std::string(name) + ": 100 1 0 0 0 0 0 0 200 1 0 0 0 0 0 0\n";
        }
        m_machine.write("proc/net/dev", text);
    }
    void disks(std::initializer_list<const char*> names)
    {
        std::string text;
        int minor = 0;
        for (const char* name : names) {
            text += "   8 " + std::to_string(minor++) + ' ' + name + " 10 0 16 5 20 0 32 5 0 5 10\n";
        }
        m_machine.write("proc/diskstats", text);
    }
    void zone(int number, const char* type, const char* millidegrees)
    {
        const std::string folder = "sys/class/thermal/thermal_zone" + std::to_string(number);
        m_machine.write(folder + "/type", std::string(type) + "\n");
        m_machine.write(folder + "/temp", std::string(millidegrees) + "\n");
    }
    static std::vector<std::string> names(const std::vector<NetDeviceSample>& devices)
    {
        std::vector<std::string> all;
        for (const NetDeviceSample& device : devices) {
            all.push_back(device.name);
        }
        return all;
    }

    RecordedMachine m_machine;
};

using Names = std::vector<std::string>;

} // namespace

TEST_F(LocalDevices, PhysicalOnesCountAloneWhereThereAreAny)
{
    netDevices({"lo", "eth0", "wlan0", "docker0", "tun0"});
    m_machine.folder("sys/class/net/eth0/device");
    m_machine.folder("sys/class/net/wlan0/device");
    const MachineSample sample = read();
    EXPECT_TRUE(sample.netReadable);
    EXPECT_EQ(names(sample.netDevices), (Names{"eth0", "wlan0"})) << "what goes through a bridge is counted there";
}

TEST_F(LocalDevices, InAGuestEverythingCountsButBridgesAndTheirMembers)
{
    netDevices({"lo", "venet0", "veth12", "br-1a2b", "vmbr0", "member0", "docker0", "virbr0", "cni0", "flannel.1",
                "ifb0", "dummy0", "tap3"});
    m_machine.folder("sys/class/net/vmbr0/bridge");
    m_machine.folder("sys/class/net/member0/brport");
    EXPECT_EQ(names(read().netDevices), Names{"venet0"});
}

TEST_F(LocalDevices, WithoutTheFileNothingIsClaimed)
{
    const MachineSample sample = read();
    EXPECT_FALSE(sample.netReadable);
    EXPECT_FALSE(sample.disksReadable);
    EXPECT_TRUE(sample.netDevices.empty());
    EXPECT_TRUE(sample.disks.empty());
    EXPECT_FALSE(sample.temperature.has_value());
}

TEST_F(LocalDevices, WholeDisksCountOnce)
{
    disks({"sda", "sda1", "nvme0n1", "nvme0n1p1", "dm-0", "md0", "loop0", "zram0", "ram0", "sr0", "fd0"});
    for (const char* name : {"sda", "nvme0n1", "dm-0", "md0", "loop0", "zram0", "ram0", "sr0", "fd0"}) {
        m_machine.folder(std::string("sys/block/") + name);
    }
    const MachineSample sample = read();
    ASSERT_EQ(sample.disks.size(), 2U) << "what stands on a disk would count its bytes again";
    EXPECT_EQ(sample.disks[0].name, "sda");
    EXPECT_EQ(sample.disks[1].name, "nvme0n1");
    EXPECT_EQ(sample.disks[0].readBytes, 16U * 512U);
    EXPECT_EQ(sample.disks[0].writtenBytes, 32U * 512U);
    EXPECT_EQ(sample.diskNumbers.size(), 2U);
}

TEST_F(LocalDevices, TheProcessorsSensorIsBelievedBeforeHotterOnes)
{
    zone(0, "acpitz", "90000");
    zone(1, "x86_pkg_temp", "61500");
    zone(2, "iwlwifi_1", "45000");
    EXPECT_EQ(read().temperature->sensor, "x86_pkg_temp");
    EXPECT_DOUBLE_EQ(read().temperature->celsius, 61.5);
    m_machine.write("sys/class/hwmon/hwmon0/name", "k10temp\n");
    m_machine.write("sys/class/hwmon/hwmon0/temp1_input", "72000\n");
    EXPECT_EQ(read().temperature->sensor, "k10temp") << "of two processors the hotter";
    m_machine.write("sys/class/hwmon/hwmon1/name", "nvme\n");
    m_machine.write("sys/class/hwmon/hwmon1/temp1_input", "95000\n");
    EXPECT_EQ(read().temperature->sensor, "k10temp") << "a disk is no processor";
}

TEST_F(LocalDevices, SensorsThatAreOffAreNotBelieved)
{
    for (const char* nonsense : {"-273000", "-60000", "200000", "65535000", "hot", ""}) {
        zone(0, "acpitz", nonsense);
        EXPECT_FALSE(read().temperature.has_value()) << nonsense;
    }
    zone(0, "acpitz", "-59000");
    EXPECT_DOUBLE_EQ(read().temperature->celsius, -59) << "a cold machine is one";
    zone(0, "acpitz", "199999");
    EXPECT_TRUE(read().temperature.has_value());
}
