// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace tracedeck {

/// Times of one case over several runs, in milliseconds.
struct BenchTimes {
    double medianMs = 0; ///< wall clock
    double minMs = 0;
    double cpuMs = 0; ///< median CPU time of the thread
    std::size_t runs = 0;
};

/// Stop watch that is started and stopped around each run; enough() says when to end: half a second of
/// work, at least 5 and at most 400 runs.
class BenchTimer {
public:
    void start();
    void stop();
    [[nodiscard]] bool enough() const;
    [[nodiscard]] BenchTimes times() const;

private:
    double m_wallStart = 0;
    double m_cpuStart = 0;
    double m_total = 0;
    std::vector<double> m_wall;
    std::vector<double> m_cpu;
};

} // namespace tracedeck
