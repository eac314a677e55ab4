// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace tracedeck {

/// What this thread asked of the heap since the meter was made: malloc, calloc, realloc and so operator new
/// and Qt's own. One meter at a time per thread. Under sanitizers, which bring an allocator of their own,
/// it stays at zero: see works().
class AllocationMeter {
public:
    AllocationMeter();
    AllocationMeter(const AllocationMeter&) = delete;
    AllocationMeter& operator=(const AllocationMeter&) = delete;
    ~AllocationMeter();

    [[nodiscard]] std::size_t allocations() const;
    [[nodiscard]] std::size_t bytes() const; ///< requested
    /// Bytes this thread took and has not given back; blocks freed by another thread count as kept.
    [[nodiscard]] std::ptrdiff_t kept() const;
    /// The most that kept() ever was.
    [[nodiscard]] std::ptrdiff_t peak() const;

    [[nodiscard]] static bool works();
};

} // namespace tracedeck
