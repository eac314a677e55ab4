// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/packed_list.h"
#include "core/ids.h"
#include "core/resource_identity.h"
#include "formats/otlp_decode.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace tracedeck {

/// Services of a trace beyond this many are counted together under kFurtherServices.
inline constexpr std::size_t kMaxServicesPerTrace = 256;

/// A trace keeps the numbers of this many resources; of further ones only that there were some.
inline constexpr std::size_t kMaxResourcesPerTrace = 64;

/// What the list shows of a trace, as a fold over its spans. Order of arrival does not matter except for
/// the order of `services` (first seen first): add() in any order, or merge() of any split, gives the
/// same. The root is the parentless span that starts first (ties: smallest span id).
struct TraceSummary {
    std::int64_t startNs = std::numeric_limits<std::int64_t>::max();
    std::int64_t endNs = std::numeric_limits<std::int64_t>::min();
    std::uint32_t spans = 0;
    std::uint32_t errors = 0;
    bool own = true; ///< every span is Tracedeck's own
    SpanId rootSpan; ///< 0 while no root has arrived
    std::int64_t rootStartNs = 0;
    std::uint32_t rootService = 0;
    std::string rootName; ///< cut to kMaxSummaryText bytes
    std::vector<ServiceShare> services;
    /// Numbers of its resources in ResourceRegistry, first seen first; those that say nothing are left out.
    std::vector<std::uint32_t> resources;
    /// Part = there were too many; Unknown = some spans are of a release that kept no resources.
    ResourceKnowledge resourcesKnown = ResourceKnowledge::Whole;

    void addResource(std::uint32_t resource);
    void add(const SpanBrief& span, std::uint32_t service);
    void merge(const TraceSummary& other);
    /// Latest end minus earliest start; 0 when clocks ran backwards, never overflowing.
    [[nodiscard]] std::int64_t durationNs() const;
    bool operator==(const TraceSummary&) const = default;
};

/// Names longer than this are cut in summaries (at a UTF-8 boundary); the stored spans keep them whole.
inline constexpr std::size_t kMaxSummaryText = 512;
[[nodiscard]] std::string_view cutSummaryText(std::string_view text);

} // namespace tracedeck
