// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace tracedeck::testing_support {

/// Counts heap allocations (malloc, calloc, realloc, and so operator new and Qt's own) of this thread while
/// it lives. Counting is off under sanitizers, which bring their own allocator: see works().
class AllocationCount {
public:
    AllocationCount();
    AllocationCount(const AllocationCount&) = delete;
    AllocationCount& operator=(const AllocationCount&) = delete;
    ~AllocationCount();

    [[nodiscard]] std::size_t value() const;
    /// Whether an allocation is seen at all in this build.
    [[nodiscard]] static bool works();
};

} // namespace tracedeck::testing_support
