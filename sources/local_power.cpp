// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/local_power.h"

#include <string>

namespace tracedeck {
namespace {

std::string wordIn(LocalFileReader& files, const std::string& folder, const char* name)
{
    const std::optional<std::string_view> text = files.read(folder, name);
    return text ? std::string(text->substr(0, text->find('\n'))) : std::string();
}

} // namespace

std::optional<bool> readOnBattery(LocalFileReader& files)
{
    const std::string root = "sys/class/power_supply";
    bool hasBattery = false;
    bool discharging = false;
    bool plugged = false;
    for (const std::string& name : files.list(root)) {
        const std::string folder = root + '/' + name;
        const std::string type = wordIn(files, folder, "type");
        if (type != "Battery") {
            plugged = plugged || (!type.empty() && wordIn(files, folder, "online") == "1");
        } else if (wordIn(files, folder, "scope") != "Device") {
            hasBattery = true;
            discharging = discharging || wordIn(files, folder, "status") == "Discharging";
        }
    }
    return hasBattery ? std::optional(discharging && !plugged) : std::nullopt;
}

} // namespace tracedeck
