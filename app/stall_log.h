// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace tracedeck {

/// One turn that took too long, and what is known about why.
struct Stall {
    std::int64_t wallNs = 0;
    std::int64_t cpuNs = 0; ///< of this thread; far below `wallNs` = the machine was busy with something else
    std::string stage; ///< longest stage of a refresh inside it ("apply"); empty = there was none
    std::int64_t stageNs = 0;
    std::uint32_t stageRows = 0;
    std::string event; ///< longest event inside it ("Paint to tracedeck::WaterfallView")
    std::int64_t eventNs = 0;
};

/// "The window stood still for 83 ms, 61 ms of them at work: apply of 500,000 rows took 58 ms".
[[nodiscard]] std::string stallText(const Stall& stall);

/// Stalls as lines of the log: a machine under load has many, so at most one line a second, which says how many it
/// stands for.
class StallLog {
public:
    /// The line to write, or nothing when the last one is too near. `nowNs` is monotonic.
    [[nodiscard]] std::optional<std::string> line(const Stall& stall, std::int64_t nowNs);

private:
    std::optional<std::int64_t> m_toldNs;
    std::uint64_t m_untold = 0;
};

} // namespace tracedeck
