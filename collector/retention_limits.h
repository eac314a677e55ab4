// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace tracedeck {

/// How much a store keeps: whatever limit is reached first, the oldest go. Traces that Tracedeck writes about
/// itself have limits of their own.
struct RetentionLimits {
    std::int64_t retentionNs = std::int64_t{7} * 86'400 * 1'000'000'000;
    std::uint64_t retentionBytes = std::uint64_t{2} << 30U;
    std::int64_t ownRetentionNs = std::int64_t{86'400} * 1'000'000'000;
    std::uint64_t ownRetentionBytes = std::uint64_t{50} << 20U;

    bool operator==(const RetentionLimits&) const = default;
};

} // namespace tracedeck
