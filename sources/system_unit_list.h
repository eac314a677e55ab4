// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/system_unit.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tracedeck {

/// Asks systemd over D-Bus (org.freedesktop.systemd1, ListUnits) and keeps quiet where there is neither: one that
/// does not answer is left alone for a minute. Blocks up to half a second: for workers, one at a time.
class SystemUnitList {
public:
    /// `busAddress` empty = the system bus. `bootedMark` is there exactly when systemd is the machine's service
    /// manager: sd_booted(3). `patience` is how long an answer is waited for.
    explicit SystemUnitList(std::string busAddress = {}, std::string bootedMark = "/run/systemd/system",
                            std::chrono::milliseconds patience = std::chrono::milliseconds(500))
        : m_busAddress(std::move(busAddress)), m_bootedMark(std::move(bootedMark)), m_patience(patience)
    { }

    /// Nothing when the machine was not started by systemd or the bus does not answer.
    [[nodiscard]] std::optional<std::vector<SystemUnit>> read(std::int64_t monotonicNs);

private:
    std::string m_busAddress;
    std::string m_bootedMark;
    std::chrono::milliseconds m_patience;
    std::int64_t m_notBeforeNs = 0;
};

} // namespace tracedeck
