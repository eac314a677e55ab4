// SPDX-License-Identifier: GPL-3.0-or-later
#include "recorded_machine.h"
#include "sources/local_power.h"

#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class LocalPower : public testing::Test {
protected:
    void supply(const std::string& name, const std::string& file, const std::string& text)
    {
        m_machine.write("sys/class/power_supply/" + name + '/' + file, text + "\n");
    }
    std::optional<bool> onBattery()
    {
        LocalFileReader files(m_machine.root());
        return readOnBattery(files);
    }

    RecordedMachine m_machine;
};

} // namespace

TEST_F(LocalPower, aMachineWithoutBatterySaysNothing)
{
    EXPECT_EQ(onBattery(), std::nullopt);
    supply("AC", "type", "Mains");
    supply("AC", "online", "0");
    EXPECT_EQ(onBattery(), std::nullopt);
}

TEST_F(LocalPower, aDischargingBatteryCountsUnlessASupplyIsOnline)
{
    supply("BAT0", "type", "Battery");
    supply("BAT0", "status", "Discharging");
    EXPECT_EQ(onBattery(), true);
    supply("AC", "type", "Mains");
    supply("AC", "online", "1");
    EXPECT_EQ(onBattery(), false) << "a strong load on a weak supply is not running on battery";
    supply("AC", "online", "0");
    EXPECT_EQ(onBattery(), true);
    supply("BAT0", "status", "Not charging");
    EXPECT_EQ(onBattery(), false);
}

TEST_F(LocalPower, batteriesOfDevicesDoNotCount)
{
    supply("hidpp_battery_0", "type", "Battery");
    supply("hidpp_battery_0", "scope", "Device");
    supply("hidpp_battery_0", "status", "Discharging");
    EXPECT_EQ(onBattery(), std::nullopt);
}
