// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace tracedeck {

/// What the cache of a source's answers saved since it was made. Whatever is not in `fresh` or `joined` went to the
/// source as a request of its own. Writes (pin, clear) are not counted.
struct CacheCounters {
    std::uint64_t asked = 0; ///< questions, however they were answered
    std::uint64_t fresh = 0; ///< answered by what was kept, nothing sent
    std::uint64_t joined = 0; ///< answered by a request that was in the air already
    std::uint64_t notModified = 0; ///< requests the source answered with "304 not modified"
    bool operator==(const CacheCounters&) const = default;
};

} // namespace tracedeck
