// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/resource_identity.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Where a trace has spans: a stored request and the byte offset of the first ResourceSpans that holds
/// one of them.
struct TracePart {
    std::int64_t request = 0;
    std::uint32_t offset = 0;
    bool operator==(const TracePart&) const = default;
};

/// Number of the entry that stands for all services beyond a limit.
inline constexpr std::uint32_t kFurtherServices = 0;

/// What one service has in one trace; `service` is the store's number of it.
struct ServiceShare {
    std::uint32_t service = 0;
    std::uint32_t spans = 0;
    std::uint32_t errors = 0;
    bool operator==(const ServiceShare&) const = default;
};

/// LEB128 pairs: full request number and offset. 4 to 8 bytes per part.
void appendPart(std::string& packed, TracePart part);
/// Appends what `packed` holds; stops without a word at damage, since a lost part must not hide the rest.
void unpackParts(std::string_view packed, std::vector<TracePart>& into);

/// Numbers of a trace's resources and how much is known of them. Never empty, so that an empty blob can
/// stand for a row of a release that kept none.
[[nodiscard]] std::string packResources(const std::vector<std::uint32_t>& resources, ResourceKnowledge known);
/// Replaces `resources`.
[[nodiscard]] ResourceKnowledge unpackResources(std::string_view packed, std::vector<std::uint32_t>& resources);

[[nodiscard]] std::string packServices(const std::vector<ServiceShare>& services);
[[nodiscard]] std::vector<ServiceShare> unpackServices(std::string_view packed);

} // namespace tracedeck
