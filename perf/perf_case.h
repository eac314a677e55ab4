// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

namespace tracedeck {

/// One piece of work to measure. prepare() builds its input, unmeasured, and returns the work, which must be
/// able to run again. Names: "/N" at the end is the size (with "/10N" beside it it gives a scaling figure),
/// "/vs:other" behind it the same work done by something else (it gives a ratio).
struct PerfCase {
    std::string name;
    std::function<std::function<void()>()> prepare;
};

/// Keeps a result from being optimised away.
template <class T> void keepAlive(const T& value)
{
    asm volatile("" : : "r,m"(value) : "memory"); // NOLINT(hicpp-no-assembler)
}

} // namespace tracedeck
