// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

namespace tracedeck::test {

/// Highest resident memory of this process since the object was made, in bytes above where it was then.
class MemoryPeak {
public:
    MemoryPeak()
    {
        std::ofstream("/proc/self/clear_refs") << "5"; // resets VmHWM to the current size
        m_start = read("VmRSS:");
    }
    [[nodiscard]] std::int64_t growth() const { return read("VmHWM:") - m_start; }

private:
    static std::int64_t read(const std::string& name)
    {
        std::ifstream status("/proc/self/status");
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with(name))
                return std::stoll(line.substr(name.size())) * 1024;
        }
        return 0;
    }
    std::int64_t m_start = 0;
};

} // namespace tracedeck::test
